//! `compare` as people meet it: what differs, and how far the two agree.

use crate::cli::{Desk, beside, sample};
use serde_json::{Value, json};

#[test]
fn a_project_and_its_copy_are_the_same_whatever_is_noted_in_it() {
    let desk = Desk::new();
    desk.write("mine.json", sample());
    beside(&desk, "theirs.json", |project| {
        let target = json!({"kind": "annotation", "id": project["annotations"][0]["id"]});
        let note = json!({"id": "o_1", "target": target, "text": "Look.", "version": {"h": 1}});
        project["notes"].as_array_mut().unwrap().push(note);
    });
    let said = desk.run(&["compare", "mine.json", "theirs.json", "--json"]);
    assert_eq!(said.code, Some(0), "{} {}", said.err, said.out);
    let project: Value = serde_json::from_str(&sample()).unwrap();
    let classes = &said.json()["classes"];
    assert_eq!(classes["same"], project["annotations"].as_array().unwrap().len());
    let names = ["boundary", "code", "features", "entity", "links", "only_ours", "only_theirs"];
    assert!(names.iter().all(|name| classes[name] == 0), "{classes}");
    let words = desk.run(&["compare", "mine.json", "theirs.json"]);
    assert!(words.err.contains("Nothing differs") && words.code == Some(0), "{}", words.err);
}

#[test]
fn what_differs_is_counted_once_and_told_on_a_line() {
    let desk = Desk::new();
    desk.write("mine.json", sample());
    let (mut quote, mut erased) = (String::new(), String::new());
    beside(&desk, "theirs.json", |project| {
        let links = project["links"].take();
        let linked = |id: &Value| {
            links.as_array().unwrap().iter().any(|link| link["from"] == *id || link["to"] == *id)
        };
        let annotations = project["annotations"].as_array_mut().unwrap();
        let at = annotations.iter().position(|one| !linked(&one["id"])).unwrap();
        erased = annotations.remove(at)["quote"].as_str().unwrap().to_owned();
        let coded = annotations.iter_mut().find(|one| one["layer"] == "claim").unwrap();
        quote = coded["quote"].as_str().unwrap().to_owned();
        coded.as_object_mut().unwrap().remove("code");
        project["links"] = links;
    });
    let data = desk.run(&["compare", "mine.json", "theirs.json", "--json"]);
    assert_eq!(data.code, Some(1), "{} {}", data.err, data.out);
    let data = data.json();
    assert_eq!((&data["classes"]["code"], &data["classes"]["only_ours"]), (&json!(1), &json!(1)));
    assert_eq!((&data["copies"], &data["documents"]["same"]), (&json!(true), &json!(1)));
    let differences = data["differences"].as_array().unwrap();
    let coded = differences.iter().find(|one| one["class"] == "code").unwrap();
    assert_eq!(coded["ours"]["quote"], quote.as_str());
    assert!(coded["theirs"]["code"].is_null() && coded["overlap"] == 1.0, "{coded}");
    // It agrees as `agree` says of everything together.
    let agreed = desk.run(&["agree", "mine.json", "theirs.json", "--json"]).json();
    for (name, value) in data["agreement"].as_object().unwrap() {
        if name != "figures" {
            assert_eq!(*value, agreed[name], "{name}");
        }
    }
    let f1 = data["agreement"]["span_f1_exact"]["micro"].as_f64().unwrap();
    assert!(f1 > 0.9 && f1 < 1.0, "{f1}");
    let words = desk.run(&["compare", "mine.json", "theirs.json"]);
    assert!(
        words.out.contains(&format!("Span F1, same words                 {f1:.3}")),
        "{}",
        words.out
    );
    let only_mine = words.out.lines().find(|line| line.contains(": only mine")).unwrap();
    let first: String = erased.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    assert!(only_mine.contains(&first), "{only_mine}");
    assert!(words.out.contains("theirs none"), "{}", words.out);
    let counts: Vec<&str> = words.out.lines().take(8).collect();
    assert!(counts[0].starts_with("same ") && counts[7].starts_with("only theirs "), "{counts:?}");
}

#[test]
fn what_is_no_project_is_not_compared_and_an_empty_one_is() {
    let desk = Desk::new();
    desk.write("mine.json", sample());
    desk.write("other.json", "[1, 2]");
    desk.run(&["compare", "mine.json", "other.json"]).refused(&["other.json"]);
    desk.run(&["compare", "mine.json", "nowhere.json"]).refused(&["nowhere.json"]);
    desk.write("article.txt", "Other words.");
    desk.run(&["new", "article.txt", "--out", "empty.json"]);
    let said = desk.run(&["compare", "mine.json", "empty.json", "--json"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let documents = &said.json()["documents"];
    assert_eq!((&documents["only_ours"], &documents["only_theirs"]), (&json!(1), &json!(1)));
    let undefined = &said.json()["agreement"]["cohen_kappa"]["undefined"];
    assert_eq!(undefined, "no document is in two of these projects", "{undefined}");
    let words = desk.run(&["compare", "mine.json", "empty.json"]);
    assert!(words.out.contains(" undefined: "), "{}", words.out);
}
