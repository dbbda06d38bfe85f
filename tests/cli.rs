//! The command line as people meet it: the real program, in folders of its own, on good files and bad ones.
//!
//! Bad input must say what, where and what to do, end with its exit code, and cost no file.

mod compare;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with a state folder in it.
struct Desk(TempDir);

/// What the program said.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), content).unwrap();
        self.path(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program here, without a display.
    fn run(&self, words: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_matryoshka"))
            .current_dir(self.0.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .args(["--state", "state", "--annotator", "Anna"])
            .args(words)
            .output();
        Said::of(&output.unwrap())
    }

    /// A copy of the sample with `change` made to it, as `p.json`.
    fn changed_sample(&self, change: impl FnOnce(&mut Value)) {
        let mut project: Value = serde_json::from_str(&sample()).unwrap();
        change(&mut project);
        self.write("p.json", project.to_string());
    }
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// It ended with that code and said all of `words` on stderr, without a backtrace.
    fn refused(&self, words: &[&str]) {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "“{word}” is not in: {}", self.err);
        }
        assert!(
            !self.err.contains("panicked") && !self.err.contains("RUST_BACKTRACE"),
            "{}",
            self.err
        );
    }
}

fn sample() -> String {
    shipped("summit.json")
}

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects").join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_text_becomes_a_project_that_is_counted_and_without_faults() {
    let desk = Desk::new();
    desk.write("article.txt", "Berg met Lind.\r\nThey will build a railway.\r\n");
    let made = desk.run(&["new", "article.txt", "--out", "p.json"]);
    assert_eq!((made.code, made.out.as_str()), (Some(0), ""), "{}", made.err);
    let info = desk.run(&["info", "p.json", "--json"]);
    assert_eq!(info.code, Some(0), "{}", info.err);
    let counts = info.json();
    assert_eq!(counts["documents"], 1);
    assert_eq!(counts["annotations"]["total"], 0);
    assert_eq!(counts["annotations"]["by_layer"]["claim"], 0);
    assert_eq!(counts["annotators"], serde_json::json!(["Anna"]));
    assert_eq!((&counts["links"], &counts["problems"]), (&0.into(), &0.into()));
    let check = desk.run(&["check", "p.json"]);
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""), "{}", check.err);
    let file: Value = serde_json::from_str(&desk.read("p.json")).unwrap();
    assert_eq!(file["documents"][0]["text"], "Berg met Lind.\nThey will build a railway.\n");
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let desk = Desk::new();
    desk.write("a.txt", "Words.");
    let words = ["new", "a.txt", "--out", "p.json", "--annotator", "Boris"];
    assert_eq!(desk.run(&words[..4]).code, Some(0));
    let output = Command::new(env!("CARGO_BIN_EXE_matryoshka"))
        .current_dir(desk.0.path())
        .args(["info", "p.json", "--json", "--state", "other"])
        .output();
    assert_eq!(Said::of(&output.unwrap()).json()["annotators"][0], "Anna");
}

#[test]
fn the_samples_have_no_faults_and_no_gaps_and_are_counted_as_their_json_says() {
    says_what_it_holds("summit.json", "Port Avel gave the river a referee");
    says_what_it_holds("three-voices.json", "페트렐호 선원들, 20일 만에 귀환");
}

fn says_what_it_holds(name: &str, title: &str) {
    let (desk, sample) = (Desk::new(), shipped(name));
    desk.write("p.json", &sample);
    let file: Value = serde_json::from_str(&sample).unwrap();
    let length = |section: &str| file[section].as_array().unwrap().len();
    let info = desk.run(&["info", "p.json", "--json"]).json();
    assert_eq!(info["annotations"]["total"], length("annotations"));
    assert_eq!(info["links"], length("links"));
    assert_eq!(info["entities"], length("entities"));
    assert_eq!(info["comments"], length("comments"));
    let layers = info["annotations"]["by_layer"].as_object().unwrap();
    let sum: u64 = layers.values().filter_map(Value::as_u64).sum();
    assert_eq!(sum as usize, length("annotations"));
    let words = desk.run(&["info", "p.json"]).out;
    assert!(words.contains(title), "{words}");
    let check = desk.run(&["check", "--gaps", "p.json"]);
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""));
    assert_eq!(desk.read("p.json"), sample);
}

#[test]
fn gaps_are_listed_when_asked_for_and_are_no_faults() {
    let desk = Desk::new();
    desk.changed_sample(|project| project["links"] = Value::Array(Vec::new()));
    assert_eq!(desk.run(&["check", "p.json"]).out, "");
    let gaps = desk.run(&["check", "p.json", "--gaps"]);
    assert_eq!(gaps.code, Some(0), "{}", gaps.err);
    assert!(gaps.out.contains(": gap, nobody is linked to it as its claimant"), "{}", gaps.out);
    let list = desk.run(&["check", "p.json", "--gaps", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), gaps.out.lines().count());
    assert_eq!(list[0]["kind"], "gap");
}

#[test]
fn a_new_project_is_never_written_over_a_file() {
    let desk = Desk::new();
    desk.write("a.txt", "Words.");
    desk.write("p.json", "precious");
    desk.run(&["new", "a.txt", "--out", "p.json"]).refused(&["already", "another name", "p.json"]);
    assert_eq!(desk.read("p.json"), "precious");
    desk.run(&["new", "a.txt", "--out", "q.json", "--codebook", "none"]).refused(&["“none”"]);
    desk.run(&["new", "a.txt", "--out", "nowhere/q.json"]).refused(&["folder", "nowhere"]);
    assert!(!desk.path("q.json").exists());
}

#[test]
fn what_is_no_text_makes_no_project_and_says_why() {
    let desk = Desk::new();
    desk.write("picture.txt", b"GIF89a\0\x01\x02");
    desk.write("empty.txt", "");
    fs::create_dir(desk.path("folder")).unwrap();
    let cases: [(&str, &[&str]); 4] = [
        ("picture.txt", &["binary", "open a plain text file", "picture.txt"]),
        ("empty.txt", &["is empty", "choose", "empty.txt"]),
        ("folder", &["folder", "Choose a file"]),
        ("gone.txt", &["no file", "moved or renamed", "gone.txt"]),
    ];
    for (name, words) in cases {
        desk.run(&["new", name, "--out", "p.json"]).refused(words);
        assert!(!desk.path("p.json").exists(), "{name}");
    }
}

#[test]
fn what_is_no_project_is_refused_by_every_command_and_left_as_it_is() {
    let desk = Desk::new();
    let whole = sample();
    let cut: String = whole.chars().take(whole.chars().count() / 2).collect();
    let files: [(&str, &[u8], &[&str]); 6] = [
        ("empty.json", b"", &["empty", "backup"]),
        ("cut.json", cut.as_bytes(), &["ends in the middle", "backup", "line "]),
        ("array.json", b"[1, 2]", &["a JSON array, not a project"]),
        ("other.json", br#"{"type": "FeatureCollection"}"#, &["another program's JSON object"]),
        ("binary.json", b"\0\x01\x02\x03", &["binary data"]),
        ("article.txt", b"Only words.", &["a text, not a project", "matryoshka new"]),
    ];
    for (name, content, words) in files {
        desk.write(name, content);
        for command in [
            &["info", name][..],
            &["check", name],
            &["export", "--to", "annotation-json", name, "--out", "o.json"],
        ] {
            let said = desk.run(command);
            said.refused(words);
            said.refused(&[name]);
        }
        assert_eq!(fs::read(desk.path(name)).unwrap(), content);
        assert!(!desk.path("o.json").exists(), "{name}");
    }
    fs::create_dir(desk.path("folder")).unwrap();
    desk.run(&["info", "folder"]).refused(&["folder", "Choose a file"]);
    desk.run(&["check", "gone.json"]).refused(&["no file", "gone.json"]);
}

#[test]
fn a_file_of_a_newer_version_can_be_read_and_says_that_it_is_read_only() {
    let desk = Desk::new();
    desk.changed_sample(|project| project["version"]["major"] = 9.into());
    let info = desk.run(&["info", "p.json", "--json"]);
    assert_eq!(info.code, Some(0), "{}", info.err);
    assert!(info.err.contains("read-only") && info.err.contains("update"), "{}", info.err);
    assert!(info.json()["read_only"].is_string());
    assert!(info.json()["annotations"]["total"].as_u64() > Some(0));
}

#[test]
fn each_fault_of_a_file_is_listed_by_its_record_and_nothing_is_dropped() {
    let desk = Desk::new();
    let mut ids = Vec::new();
    desk.changed_sample(|project| {
        let text = project["documents"][0]["text"].as_str().unwrap().chars().count();
        let annotations = project["annotations"].as_array_mut().unwrap();
        let lost = annotations[0]["id"].take();
        annotations[0]["id"] = annotations[1]["id"].clone();
        annotations[2]["end"] = (text + 5).into();
        annotations[3]["quote"] = "words that are not there".into();
        ids = annotations[1..4].iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect();
        let links = project["links"].as_array_mut().unwrap();
        let ends = |link: &Value| [link["from"].clone(), link["to"].clone()];
        links.retain(|link| {
            ends(link).iter().all(|end| *end != lost && !ids.iter().any(|id| end == id.as_str()))
        });
        links[0]["to"] = "a_nothing".into();
        ids.push(links[0]["id"].as_str().unwrap().to_owned());
    });
    let before = desk.read("p.json");
    let check = desk.run(&["check", "p.json"]);
    assert_eq!(check.code, Some(1), "{}", check.err);
    for (id, section) in ids.iter().zip(["annotations", "annotations", "annotations", "links"]) {
        let place = format!("p.json: {section}/{id}: ");
        assert!(
            check.out.lines().any(|line| line.starts_with(&place)),
            "{place} not in\n{}",
            check.out
        );
    }
    let list = desk.run(&["check", "p.json", "--json"]);
    assert_eq!(list.code, Some(1));
    assert_eq!(list.json().as_array().unwrap().len(), check.out.lines().count());
    let info = desk.run(&["info", "p.json", "--json"]).json();
    assert_eq!(info["problems"], check.out.lines().count());
    // One of the two with the same id, the dangling link and the span past the end are aside; the orphan stands.
    let file: Value = serde_json::from_str(&before).unwrap();
    assert_eq!(info["annotations"]["total"], file["annotations"].as_array().unwrap().len() - 2);
    assert_eq!(info["links"], file["links"].as_array().unwrap().len() - 1);
    assert_eq!(desk.read("p.json"), before);
}

#[test]
fn an_export_is_what_its_receipt_says() {
    let desk = Desk::new();
    desk.write("p.json", sample());
    desk.write("out.json", "an older export");
    let file: Value = serde_json::from_str(&sample()).unwrap();
    let annotations = file["annotations"].as_array().unwrap().len();
    let one = desk.run(&["export", "--to", "annotation-json", "p.json", "--out", "out.json"]);
    // The sample has comments, which the format cannot hold.
    assert_eq!(one.code, Some(1), "{}", one.err);
    let receipt = one.json();
    assert_eq!(receipt["read"]["annotations"], annotations);
    assert_eq!(receipt["written"]["annotations"], annotations);
    assert_eq!(receipt["reread_equal"], true);
    assert_eq!(receipt["failed"], serde_json::json!([]));
    let lost = receipt["lost"].as_array().unwrap();
    let comments = lost.iter().find(|lost| lost["what"] == "comments").unwrap();
    assert_eq!(comments["count"], file["comments"].as_array().unwrap().len());
    let exported: Value = serde_json::from_str(&desk.read("out.json")).unwrap();
    assert_eq!(exported["annotations"].as_array().unwrap().len(), annotations);
    let text: Vec<char> = file["documents"][0]["text"].as_str().unwrap().chars().collect();
    for annotation in exported["annotations"].as_array().unwrap() {
        let at = |name: &str| annotation[name].as_u64().unwrap() as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(annotation["quote"], words);
    }

    let lines = desk.run(&["export", "p.json", "--to", "annotation-jsonl", "--out", "out.jsonl"]);
    assert_eq!(lines.json()["written"], receipt["written"]);
    let read: Vec<Value> =
        desk.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), annotations);
}

#[test]
fn an_export_never_takes_the_place_of_its_project_and_says_what_it_does_not_know() {
    let desk = Desk::new();
    desk.write("p.json", sample());
    let to = |format, out| ["export", "--to", format, "p.json", "--out", out];
    desk.run(&to("annotation-json", "./p.json")).refused(&["take the place", "p.json"]);
    assert_eq!(desk.read("p.json"), sample());
    let unknown = desk.run(&to("docx", "out.docx"));
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("“docx”") && unknown.err.contains("matryoshka formats"),
        "{}",
        unknown.err
    );
    assert_eq!(unknown.json()["failed"][0]["where"], "out.docx");
    let document = [&to("annotation-json", "out.json")[..], &["--document", "d_none"]].concat();
    desk.run(&document).refused(&["“d_none”", "matryoshka info"]);
    assert!(!desk.path("out.json").exists() && !desk.path("out.docx").exists());
}

#[test]
fn a_brat_folder_becomes_a_project_and_a_project_a_brat_folder() {
    let desk = Desk::new();
    for name in ["Lisa", "Max"] {
        fs::create_dir_all(desk.path("study").join(name)).unwrap();
        let file = |ending: &str| format!("study/{name}/a.{ending}");
        desk.write(&file("txt"), "A \u{1f600} says\r\nno taxes");
        desk.write(&file("ann"), format!("T1\tPER 4 8\tsays\nT2\tTax 10 18\tno taxes\nX{name}\n"));
    }
    let import = |input, out| ["import", "--from", "brat", input, "--out", out];
    let lisa = desk.run(&import("study/Lisa", "lisa.json"));
    assert_eq!(lisa.code, Some(1), "{}", lisa.err);
    assert!(lisa.err.contains("a.ann:3: there is no tab"), "{}", lisa.err);
    let receipt = lisa.json();
    assert_eq!(
        (&receipt["read"]["annotations"], &receipt["read"]["lines"]),
        (&2.into(), &3.into())
    );
    assert_eq!(
        (&receipt["written"]["annotations"], &receipt["reread_equal"]),
        (&2.into(), &true.into())
    );
    assert_eq!(receipt["failed"][0]["where"], "a.ann:3");
    assert_eq!(receipt["mapping"]["types"]["PER"]["code"], "actor.person");
    assert!(desk.read("lisa.json").contains("\"XLisa\""));
    desk.run(&import("study/Lisa", "lisa.json")).refused(&["lisa.json"]);
    desk.run(&import("study", "all.json")).refused(&["Lisa, Max", "--annotator-folders"]);
    desk.run(&import("nothing", "all.json")).refused(&["nothing"]);
    let shown = ["import", "--from", "brat", "study/Lisa", "--show-mapping"];
    let mapping = desk.run(&shown).out;
    desk.write("m.json", mapping.replace("imported.tax", "imported.levy"));
    let again =
        [&import("study/Lisa", "levy.json")[..], &["--mapping", "m.json", "--json"]].concat();
    assert_eq!(desk.run(&again).json()["mapping"]["types"]["Tax"]["code"], "imported.levy");
    fs::create_dir(desk.path("people")).unwrap();
    let both = [&import("study", "people")[..], &["--annotator-folders"]].concat();
    let both = desk.run(&both).json();
    assert_eq!((&both[0]["annotator"], &both[1]["annotator"]), (&"Lisa".into(), &"Max".into()));
    assert!(desk.read("people/Max.json").contains("\"by\":\"Max\""));
    let export = ["export", "--to", "brat", "lisa.json", "--out", "out"];
    let exported = desk.run(&export);
    assert_eq!((exported.code, &exported.json()["reread_equal"]), (Some(1), &true.into()));
    assert!(desk.read("out/a.ann").contains("T1\tPerson 4 8\tsays"));
    assert_eq!(desk.run(&export).code, Some(2), "what is in a folder is never written over");
}

#[test]
fn the_formats_are_listed_with_what_they_cannot_hold() {
    let desk = Desk::new();
    let list = desk.run(&["formats", "--json"]).json();
    let ids: Vec<_> = list.as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"matryoshka-project") && ids.contains(&"annotation-jsonl"), "{ids:?}");
    let words = desk.run(&["formats"]).out;
    assert!(ids.iter().all(|id| words.contains(id)) && words.contains("cannot hold"), "{words}");
}

#[test]
fn every_help_has_examples() {
    let desk = Desk::new();
    let whole = desk.run(&["--help"]);
    assert_eq!(whole.code, Some(0));
    for command in ["new", "info", "check", "compare", "formats", "export", "import"] {
        assert!(whole.out.contains(&format!("  {command} ")), "{}", whole.out);
        let help = desk.run(&[command, "--help"]);
        assert_eq!(help.code, Some(0));
        assert!(help.out.contains(&format!("Examples:\n  matryoshka {command}")), "{}", help.out);
    }
}

#[test]
fn what_is_neither_command_nor_file_is_refused() {
    let desk = Desk::new();
    desk.run(&["frobnicate"]).refused(&["neither a file nor a command", "--help", "frobnicate"]);
    desk.run(&["info"]).refused(&["P.json", "--help"]);
    desk.run(&["info", "a.json", "--frob"]).refused(&["--frob", "--help"]);
    desk.write("a.json", sample());
    desk.run(&["a.json", "formats"]).refused(&["a command comes before any path", "formats"]);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_program_names_what_works_without_one() {
    let desk = Desk::new();
    desk.write("new", "A text that is named like a command.");
    let said = desk.run(&["./new"]);
    said.refused(&["matryoshka info", "check", "export"]);
    let why =
        if cfg!(feature = "gui") { "No display was found" } else { "This build has no window" };
    said.refused(&[why]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_goes_away_is_no_failure_and_a_full_disk_is_one() {
    let desk = Desk::new();
    desk.write("p.json", sample());
    let program = env!("CARGO_BIN_EXE_matryoshka");
    let shell = |line: &str| {
        let mut shell = Command::new("sh");
        Said::of(&shell.current_dir(desk.0.path()).args(["-c", line]).output().unwrap())
    };
    // `:` reads nothing; the program is given time to meet the closed pipe.
    let piped =
        shell(&format!("({program} --state s info p.json --json; echo $? >code) | :; cat code"));
    assert_eq!((piped.out.trim(), piped.err.as_str()), ("0", ""));
    let full = shell(&format!("{program} --state s info p.json >/dev/full"));
    assert_eq!(full.code, Some(2));
    assert!(full.err.contains("could not be written"), "{}", full.err);
}

/// A copy of the sample with `change` made to it, as `name`.
fn beside(desk: &Desk, name: &str, change: impl FnOnce(&mut Value)) {
    let mut project: Value = serde_json::from_str(&sample()).unwrap();
    change(&mut project);
    desk.write(name, project.to_string());
}

/// A project of the sample's text in which `change` may change the annotations.
fn of_the_sample(desk: &Desk, name: &str, change: impl FnOnce(&mut Vec<Value>)) {
    let mut project: Value = serde_json::from_str(&sample()).unwrap();
    change(project["annotations"].as_array_mut().unwrap());
    project["links"] = Value::Array(Vec::new());
    desk.write(name, project.to_string());
}

/// Two copies of the sample in which the first annotation has another code each.
fn two_copies(desk: &Desk) {
    for (name, hand, code) in
        [("a.json", "anna", "actor.person"), ("b.json", "boris", "actor.state")]
    {
        let mut project: Value = serde_json::from_str(&sample()).unwrap();
        let annotations = project["annotations"].as_array_mut().unwrap();
        let first = annotations.iter_mut().find(|a| a["layer"] == "actor").unwrap();
        first["code"] = code.into();
        first["version"][hand] = 1.into();
        first["revised"] =
            serde_json::json!({"by": hand, "at": "2026-11-23T16:58:00Z", "via": "key"});
        let mut added = first.clone();
        added["id"] = format!("a_of{hand}").into();
        added["version"] = serde_json::json!({hand: 2});
        annotations.push(added);
        desk.write(name, project.to_string());
    }
}

#[test]
fn two_copies_merge_into_a_file_that_keeps_both_sides_of_a_conflict() {
    let desk = Desk::new();
    two_copies(&desk);
    let merged = desk.run(&["merge", "a.json", "b.json", "--out", "both.json"]);
    assert_eq!(merged.code, Some(1), "{}", merged.err);
    assert_eq!(merged.out.lines().count(), 1, "{}", merged.out);
    for word in ["both.json: conflict in actor “", "anna, ", "code Person", "boris, ", "code State"]
    {
        assert!(merged.out.contains(word), "“{word}” is not in: {}", merged.out);
    }
    assert!(merged.err.contains("1 record added") && merged.err.contains("1 conflict waits"));
    let check = desk.run(&["check", "both.json"]);
    assert_eq!((check.code, check.out.lines().count()), (Some(1), 1), "{}", check.out);
    assert!(check.out.contains("1 other version waits for a decision"));
    // The same from the other side, byte for byte, and over the file of a copy.
    let json = desk.run(&["merge", "b.json", "a.json", "--out", "b.json", "--json"]).json();
    assert_eq!((&json["added"], &json["set_aside"]), (&1.into(), &serde_json::json!([])));
    assert_eq!(json["conflicts"][0]["sides"].as_array().unwrap().len(), 2);
    assert_eq!(desk.read("b.json"), desk.read("both.json"));
    // Once more: what is in the file is in the result anyhow, so it may go.
    let again = desk.run(&["merge", "a.json", "b.json", "--out", "both.json"]);
    assert_eq!(
        (again.code, desk.read("b.json")),
        (Some(1), desk.read("both.json")),
        "{}",
        again.err
    );
}

#[test]
fn copies_without_a_conflict_are_settled() {
    let desk = Desk::new();
    two_copies(&desk);
    desk.write("old.json", sample());
    let merged = desk.run(&["merge", "old.json", "b.json", "--out", "old.json"]);
    assert_eq!((merged.code, merged.out.as_str()), (Some(0), ""), "{}", merged.err);
    assert!(
        merged.err.contains("1 record added, 1 changed, 0 erased; no conflict"),
        "{}",
        merged.err
    );
    let json = desk.run(&["merge", "old.json", "b.json", "--out", "old.json", "--json"]);
    assert_eq!((json.code, &json.json()["added"]), (Some(0), &0.into()));
}

#[test]
fn what_cannot_be_merged_is_refused_and_no_file_changes() {
    let desk = Desk::new();
    two_copies(&desk);
    desk.write("half.json", sample().chars().take(500).collect::<String>());
    desk.write("other.json", shipped("three-voices.json"));
    desk.write("newer.json", sample().replacen("\"major\":1", "\"major\":2", 1));
    desk.write("notes.json", "{\"mine\":1}");
    desk.write("words.txt", "Some words.");
    let names = ["a.json", "b.json", "half.json", "other.json", "newer.json", "notes.json"];
    let before: Vec<String> = names.iter().map(|name| desk.read(name)).collect();
    let merge = |theirs: &str, out: &str| desk.run(&["merge", "a.json", theirs, "--out", out]);
    merge("half.json", "a.json").refused(&["not a project that can be opened", "half.json"]);
    merge("other.json", "a.json").refused(&["cannot be merged", "another project"]);
    merge("newer.json", "a.json").refused(&["newer version", "update the program"]);
    merge("notes.json", "a.json").refused(&["another program's JSON object"]);
    merge("words.txt", "a.json").refused(&["This is a text"]);
    merge("gone.json", "a.json").refused(&["There is no file here"]);
    merge("b.json", "notes.json").refused(&["Not merged", "already a file of this name"]);
    merge("b.json", "other.json").refused(&["already a file of this name"]);
    merge("b.json", "no/such/folder.json").refused(&["This folder does not exist"]);
    let after: Vec<String> = names.iter().map(|name| desk.read(name)).collect();
    assert_eq!(before, after);
}

#[test]
fn records_that_were_set_aside_are_merged_along_and_kept() {
    let desk = Desk::new();
    desk.changed_sample(|project| {
        let odd = serde_json::json!({"id": "a_odd", "document": "d_none", "layer": "actor", "start": 0, "end": 1, "quote": "x"});
        project["annotations"].as_array_mut().unwrap().push(odd);
    });
    desk.write("a.json", sample());
    let merged = desk.run(&["merge", "a.json", "p.json", "--out", "a.json"]);
    assert_eq!(merged.code, Some(0), "nothing new waits: {}", merged.err);
    let project: Value = serde_json::from_str(&desk.read("a.json")).unwrap();
    assert_eq!(project["set_aside"][0]["record"]["id"], "a_odd", "{}", project["set_aside"]);
}

#[test]
fn agreement_is_measured_per_layer_code_and_pair_and_says_what_is_undefined() {
    let desk = Desk::new();
    of_the_sample(&desk, "anna.json", |_| {});
    of_the_sample(&desk, "ben.json", |all| all.retain(|one| one["layer"] != "claim"));
    let same = desk.run(&["agree", "anna.json", "anna.json", "--json"]);
    assert_eq!((same.code, same.err.as_str()), (Some(0), ""));
    let same = same.json();
    for measure in ["cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "alpha_u"] {
        assert_eq!(same[measure], 1.0, "{measure}");
    }
    assert_eq!(same["span_f1_exact"]["micro"], 1.0);
    let half = desk.run(&["agree", "anna.json", "ben.json", "--json"]).json();
    assert_eq!(
        (&half["pairs"][0]["a"], &half["pairs"][0]["b"]),
        (&"anna.json".into(), &"ben.json".into())
    );
    assert_eq!(half["layers"]["actor"]["span_f1_exact"]["micro"], 1.0);
    assert_eq!(half["layers"]["claim"]["span_f1_exact"]["micro"], 0.0);
    assert!(half["span_f1_overlap"]["micro"].as_f64().unwrap() < 1.0);
    of_the_sample(&desk, "nobody.json", Vec::clear);
    let nothing = desk.run(&["agree", "nobody.json", "nobody.json", "--json"]).json();
    let why = nothing["cohen_kappa"]["undefined"].as_str().unwrap();
    assert!(why.contains("nobody tagged"), "{why}");
    let table = desk.run(&["agree", "nobody.json", "nobody.json"]).out;
    assert!(table.contains("[1] nobody tagged anything here") && !table.contains("NaN"), "{table}");
}

#[test]
fn a_report_of_agreement_is_written_in_the_form_that_its_name_says() {
    let desk = Desk::new();
    of_the_sample(&desk, "anna.json", |_| {});
    of_the_sample(&desk, "ben.json", |all| all.truncate(9));
    for (name, begins) in
        [("r.csv", "\u{feff}layer,"), ("r.json", "{"), ("r.html", "<!DOCTYPE html>")]
    {
        let said = desk.run(&["agree", "anna.json", "ben.json", "--out", name]);
        assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(0), "", ""));
        assert!(desk.read(name).starts_with(begins), "{name}");
    }
    let before = desk.read("anna.json");
    let over = desk.run(&["agree", "anna.json", "ben.json", "--out", "anna.json"]);
    over.refused(&["cannot take the place of a project", "anna.json"]);
    assert_eq!(desk.read("anna.json"), before);
    desk.run(&["agree", "anna.json", "ben.json", "--out", "r.docx"]).refused(&[".csv", "r.docx"]);
    desk.run(&["agree", "anna.json"]).refused(&["at least two projects"]);
    desk.run(&["agree", "anna.json", "gone.json"]).refused(&["gone.json"]);
    desk.run(&["agree", "anna.json", "ben.json", "--measure", "luck"])
        .refused(&["luck", "alpha_u"]);
    desk.run(&["agree", "anna.json", "ben.json", "--unit", "letters"])
        .refused(&["letters", "tokens"]);
}
