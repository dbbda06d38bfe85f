//! Two people's projects on the same ten texts, made by the test: exactly a hundred things that they say otherwise.
//!
//! Each text has ten sentences, and each sentence one of the ways in which two people differ.

#![expect(clippy::string_slice, reason = "a text of the test cut where the test says")]

use serde_json::{Value, json};

/// So many texts, each with so many differences.
pub(crate) const TEXTS: usize = 10;
/// All of them.
pub(crate) const ALL: usize = TEXTS * 10;

/// Ways in which a sentence is seen otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Boundary,
    Code,
    Position,
    Actor,
    OnlyMine,
    OnlyTheirs,
}

const WAYS: [Way; 10] = [
    Way::Boundary,
    Way::Code,
    Way::Position,
    Way::OnlyTheirs,
    Way::Boundary,
    Way::Code,
    Way::Position,
    Way::Actor,
    Way::OnlyMine,
    Way::OnlyTheirs,
];

/// Whose project.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Anna,
    Jonas,
}

impl Who {
    fn name(self) -> &'static str {
        if self == Self::Anna { "Anna" } else { "Jonas" }
    }
}

/// The text of that number, and where its sentences and what they claim begin.
fn text(number: usize) -> (String, Vec<(usize, usize)>) {
    let mut words = format!("Report {number} from the river\n");
    let mut places = Vec::new();
    for sentence in 0..WAYS.len() {
        let start = words.len();
        words.push_str(&["Minister Vell", &number.to_string(), " said that "].concat());
        let claim = words.len();
        let gate = sentence.to_string();
        let claimed = ["the gate ", &gate, " of the dam would be opened before the autumn. "];
        words.push_str(&claimed.concat());
        places.push((start, claim));
    }
    (words + "\n", places)
}

/// The project of one of the two, as a file.
pub(crate) fn project(who: Who) -> String {
    let sample = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/summit.json"));
    let sample: Value = serde_json::from_str(sample).unwrap();
    let (mut documents, mut annotations, mut entities) = (Vec::new(), Vec::new(), Vec::new());
    for name in ["Vell", "The other Vell"] {
        let id = if name == "Vell" { "n_vell" } else { "n_other" };
        entities.push(json!({"id": id, "layer": "actor", "name": name, "code": "actor.person"}));
    }
    for number in 0..TEXTS {
        let (words, places) = text(number);
        let id = format!("d_{number}");
        let title = words.lines().next().unwrap();
        documents.push(json!({"id": id, "title": title, "language": "en", "text": words}));
        for (sentence, ((start, claim), way)) in places.into_iter().zip(WAYS).enumerate() {
            let made = json!({"by": who.name(), "at": "2026-11-23T16:58:00Z", "via": "key"});
            let prefix = if who == Who::Anna { "a" } else { "j" };
            let actor = if way == Way::Actor && who == Who::Jonas { "n_other" } else { "n_vell" };
            let span = start..start + format!("Minister Vell{number}").len();
            annotations.push(json!({
                "id": format!("a_{prefix}{number}{sentence}m"), "document": id, "layer": "actor",
                "code": "actor.person", "start": span.start, "end": span.end,
                "quote": &words[span], "entity": actor, "made": made,
            }));
            let mine = who == Who::Anna;
            if way == Way::OnlyMine && !mine || way == Way::OnlyTheirs && mine {
                continue;
            }
            let whole = format!("the gate {sentence} of the dam would be opened before the autumn");
            let long = way != Way::Boundary || mine;
            let end =
                claim + if long { whole.len() } else { whole.len() - " before the autumn".len() };
            let code = if way == Way::Code && !mine { "claim.prediction" } else { "claim.demand" };
            let position = if way == Way::Position && !mine { "opposes" } else { "supports" };
            annotations.push(json!({
                "id": format!("a_{prefix}{number}{sentence}c"), "document": id, "layer": "claim",
                "code": code, "start": claim, "end": end, "quote": &words[claim..end],
                "features": {"position": position}, "made": made,
            }));
        }
    }
    let id = if who == Who::Anna { "p_anna" } else { "p_jonas" };
    json!({
        "format": "matryoshka-project", "version": {"major": 1, "minor": 0}, "id": id,
        "codebook": sample["codebook"], "documents": documents, "entities": entities,
        "annotations": annotations, "links": [],
    })
    .to_string()
}

/// The codes of the claims of a saved project that begin with these words.
pub(crate) fn claims<'a>(project: &'a Value, code: &str) -> Vec<&'a Value> {
    let all = project["annotations"].as_array().unwrap().iter();
    all.filter(|one| one["layer"] == "claim" && one["code"] == code).collect()
}
