//! The house keeps its walls: which room may use which, which word may stand where, how a file begins and ends.
//!
//! [`violations`] judges files in memory, so that planted faults show that each rule bites. Every violation names the
//! sentence of ARCHITECTURE.md to read. `scan` turns source text into paths; nothing here compiles anything.

mod scan;

use crate::architecture::scan::{Named, Scanned, scan};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Something that breaks a rule of the house.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    file: String,
    line: usize,
    what: String,
    /// The sentence to read in ARCHITECTURE.md.
    read: &'static str,
}

/// Each room and the rooms that it may use.
const ROOMS: [(&str, &[&str]); 10] = [
    ("text", &[]),
    ("model", &["text"]),
    ("query", &["model", "text"]),
    ("review", &["query", "model", "text"]),
    ("formats", &["query", "jobs", "model", "text"]),
    ("store", &["formats", "model", "text"]),
    ("jobs", &[]),
    ("workbench", &["store", "formats", "review", "query", "jobs", "model", "text"]),
    ("ui", &["workbench", "review", "query", "jobs", "model", "text"]),
    ("cli", &["workbench", "review", "query", "model", "text"]),
];

/// What `main.rs` may use.
const MAIN: &[&str] = &["ui", "cli"];

const ARROWS: &str = "A room uses only the rooms that the table allows it.";
const IMPORTS: &str = "Imports from inside the crate are written from `crate::`.";
const HEADER: &str = "Every file begins with a `//!` header.";
const CAP: &str = "No file is longer than 700 lines.";
const NAMES: &str = "No file is called utils, helpers, common, manager or misc.";
const PLAN: &str =
    "Every folder under `src` is a room of the table, and every room of the table is a folder.";

/// The page that describes the house.
const PAPERS: &str = "ARCHITECTURE.md";

/// The most lines that a file may have.
const MAX_LINES: usize = 700;

const BAD_NAMES: [&str; 7] = ["utils", "util", "helpers", "helper", "common", "manager", "misc"];

/// Paths that may be named in a few places only: each a list of segments, `*` at a segment's end for any ending.
struct Word {
    paths: &'static [&'static [&'static str]],
    only_in: &'static [&'static str],
    read: &'static str,
}

const WORDS: [Word; 9] = [
    Word {
        paths: &[
            &["egui"],
            &["egui_kittest"],
            &["eframe"],
            &["rfd"],
            &["parley"],
            &["harfrust"],
            &["swash"],
            &["fontique"],
        ],
        only_in: &["src/ui/", "src/main.rs"],
        read: "Only `ui` has a face.",
    },
    Word {
        paths: &[&["std", "fs"], &["fs", "*"], &["File", "*"], &["OpenOptions"]],
        only_in: &["src/store/"],
        read: "Only `store` touches the disk.",
    },
    Word {
        paths: &[
            &["SystemTime", "now"],
            &["Instant", "now"],
            &["Timestamp", "now"],
            &["Zoned", "now"],
        ],
        only_in: &["src/workbench/clock.rs"],
        read: "Only `workbench/clock.rs` knows what time it is.",
    },
    Word {
        paths: &[&["thread", "spawn"], &["thread", "Builder"], &["mpsc"]],
        only_in: &["src/jobs/"],
        read: "Only `jobs` owns threads.",
    },
    Word {
        paths: &[&["getrandom"], &["rand"], &["uuid"]],
        only_in: &["src/workbench/ids.rs"],
        read: "Only `workbench/ids.rs` has chance in it.",
    },
    Word {
        paths: &[&["serde"], &["serde_json"], &["serde_path_to_error"]],
        only_in: &["src/formats/", "src/store/", "src/cli/"],
        read: "Only `formats`, `store` and `cli` know serde.",
    },
    Word {
        paths: &[&["Color32", "from_*"], &["hex_color"]],
        only_in: &["src/ui/theme/"],
        read: "Only `ui/theme` makes colours.",
    },
    Word {
        paths: &[&["println"], &["eprintln"], &["print"], &["eprint"], &["process", "exit"]],
        only_in: &["src/cli/", "src/main.rs"],
        read: "Only `cli` and `main.rs` print.",
    },
    Word {
        paths: &[&["TextEdit"], &["text_edit", "*"]],
        only_in: &[],
        read: "A field that one types in is `widgets::TextField`.",
    },
];

/// All that breaks a rule: `files` are the paths, from the project's root, and contents of its sources and of
/// ARCHITECTURE.md.
fn violations(files: &[(String, String)]) -> Vec<Violation> {
    let mut found = plan(files);
    for (path, content) in files.iter().filter(|(path, _)| path != PAPERS) {
        let mut say = |line, what: String, read| {
            found.push(Violation { file: path.clone(), line, what, read });
        };
        form(path, content, &mut say);
        if path.starts_with("src/") {
            let scanned = scan(content);
            imports(path, &scanned, &mut say);
            words(path, &scanned, &mut say);
        }
    }
    found
}

/// The rooms as folders, and as chapters of ARCHITECTURE.md.
fn plan(files: &[(String, String)]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut say = |file: &str, what: String| {
        found.push(Violation { file: file.to_owned(), line: 1, what, read: PLAN });
    };
    let papers = files.iter().find(|(path, _)| path == PAPERS);
    for (room, _) in ROOMS {
        let folder = format!("src/{room}/mod.rs");
        if !files.iter().any(|(path, _)| *path == folder) {
            say(&folder, format!("the room {room} is missing"));
        }
        if !papers.is_some_and(|(_, content)| content.contains(&format!("`{room}`"))) {
            say(PAPERS, format!("the room {room} is not described"));
        }
    }
    for (path, _) in files.iter().filter(|(path, _)| path.starts_with("src/")) {
        let known = match room_of(path) {
            Some(room) => allowed(room).is_some(),
            None => matches!(path.as_str(), "src/lib.rs" | "src/main.rs"),
        };
        if !known {
            say(path, "it is in no room of the table".to_owned());
        }
    }
    found
}

fn room_of(path: &str) -> Option<&str> {
    Some(path.strip_prefix("src/")?.split_once('/')?.0)
}

fn allowed(room: &str) -> Option<&'static [&'static str]> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed)
}

/// Header, length and name.
fn form(path: &str, content: &str, say: &mut impl FnMut(usize, String, &'static str)) {
    if !content.starts_with("//!") {
        say(1, "it does not begin with a header".to_owned(), HEADER);
    }
    let lines = content.lines().count();
    if lines > MAX_LINES {
        say(MAX_LINES + 1, format!("it has {lines} lines"), CAP);
    }
    let words = path.trim_end_matches(".rs").split(['/', '_']);
    for bad in words.filter(|word| BAD_NAMES.contains(word)) {
        say(1, format!("“{bad}” says nothing about what is in it"), NAMES);
    }
}

/// Where the names of this crate are used, and from where.
fn imports(path: &str, scanned: &Scanned, say: &mut impl FnMut(usize, String, &'static str)) {
    for (line, what) in &scanned.hidden {
        say(*line, (*what).to_owned(), IMPORTS);
    }
    for named in &scanned.paths {
        for (at, (line, segment)) in named.iter().enumerate() {
            let next = named.get(at + 1).map(|(_, segment)| segment.as_str());
            if segment == "super" && next.is_some() {
                say(*line, "super:: climbs out of a module".to_owned(), IMPORTS);
            }
        }
        if let [(_, root), (line, room), ..] = named.as_slice()
            && matches!(root.as_str(), "crate" | "matryoshka")
        {
            let own = room_of(path);
            let may = own.map_or(Some(MAIN), allowed).unwrap_or_default();
            if own != Some(room) && !may.contains(&room.as_str()) {
                let from = own.unwrap_or("the crate's root");
                say(*line, format!("{from} uses {room}"), ARROWS);
            }
        }
    }
}

/// Words that stand where they may not.
fn words(path: &str, scanned: &Scanned, say: &mut impl FnMut(usize, String, &'static str)) {
    let mut said = BTreeSet::new();
    for Word { paths, only_in, read } in &WORDS {
        if only_in.iter().any(|place| path.starts_with(place)) {
            continue;
        }
        for (named, forbidden) in scanned
            .paths
            .iter()
            .flat_map(|named| paths.iter().map(move |forbidden| (named, forbidden)))
        {
            if let Some(line) = line_of(named, forbidden)
                && said.insert((line, *read))
            {
                say(line, format!("{} is named", forbidden.join("::")), read);
            }
        }
    }
}

/// The line where `named` has the segments of `forbidden` one after the other.
fn line_of(named: &Named, forbidden: &[&str]) -> Option<usize> {
    let fits = |(segment, pattern): (&(usize, String), &&str)| match pattern.strip_suffix('*') {
        Some(beginning) => segment.1.starts_with(beginning),
        None => segment.1 == **pattern,
    };
    let window =
        named.windows(forbidden.len()).find(|window| window.iter().zip(forbidden).all(fits))?;
    window.last().map(|(line, _)| *line)
}

/// The sources of this project and its ARCHITECTURE.md.
fn house() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        walk(root, &root.join(folder), &mut files);
    }
    let papers = fs::read_to_string(root.join(PAPERS)).unwrap();
    files.push((PAPERS.to_owned(), papers));
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn list(found: &[Violation]) -> String {
    let line = |v: &Violation| format!("{}:{}: {}. Read: {}\n", v.file, v.line, v.what, v.read);
    found.iter().map(line).collect()
}

#[test]
fn the_house_keeps_its_own_rules() {
    let found = violations(&house());
    assert!(found.is_empty(), "\n{}", list(&found));
}

#[test]
fn every_sentence_to_read_stands_in_architecture_md() {
    let papers = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAPERS));
    let papers: Vec<String> = papers.unwrap().split_whitespace().map(str::to_owned).collect();
    let papers = papers.join(" ");
    let sentences = [ARROWS, IMPORTS, HEADER, CAP, NAMES, PLAN];
    for sentence in sentences.into_iter().chain(WORDS.iter().map(|word| word.read)) {
        assert!(papers.contains(sentence), "“{sentence}” is not in ARCHITECTURE.md");
    }
}

/// A house in which nothing is wrong.
fn empty_house() -> Vec<(String, String)> {
    let mut files = vec![("src/lib.rs".to_owned(), "//! The house.\n".to_owned())];
    files.extend(
        ROOMS.map(|(room, _)| (format!("src/{room}/mod.rs"), format!("//! The room {room}.\n"))),
    );
    files.push((PAPERS.to_owned(), ROOMS.map(|(room, _)| format!("`{room}`")).join("\n")));
    files
}

/// What is found in a file alone in an empty house.
fn planted(path: &str, content: &str) -> Vec<Violation> {
    let mut files = empty_house();
    files.retain(|(other, _)| other != path);
    files.push((path.to_owned(), content.to_owned()));
    violations(&files)
}

/// File, content, and the line and sentence that must be found there, alone.
fn plants() -> Vec<(&'static str, String, usize, &'static str)> {
    let [face, disk, clock, threads, chance, serde, colours, printing, fields] =
        [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|at: usize| WORDS[at].read);
    let long = format!("//! h\n{}", "\n".repeat(MAX_LINES));
    let plants: Vec<(&'static str, &str, usize, &'static str)> = vec![
        ("src/query/a.rs", "//! h\nuse super::super::store::Disk;", 2, IMPORTS),
        ("src/text/a.rs", "//! h\nfn f() { self::super::g() }", 2, IMPORTS),
        ("src/text/a.rs", "//! h\nuse crate as house;", 2, IMPORTS),
        ("src/text/a.rs", "//! h\nextern crate matryoshka as m;", 2, IMPORTS),
        ("src/text/a.rs", "//! h\n#[path = \"../ui/mod.rs\"]\nmod x;", 2, IMPORTS),
        ("src/model/a.rs", "//! h\nuse crate::{text, store::Disk};", 2, ARROWS),
        (
            "src/model/a.rs",
            "//! h\nuse crate::{\n  text::{\n    Span,\n  },\n  query,\n};",
            6,
            ARROWS,
        ),
        ("src/text/a.rs", "//! h\nmacro_rules! m {\n () => { $crate::ui::run() };\n}", 3, ARROWS),
        ("src/review/a.rs", "//! h\npub(in crate::formats) fn f() {}", 2, ARROWS),
        ("src/jobs/a.rs", "//! h\n#[cfg(test)]\nmod tests { use matryoshka::model; }", 3, ARROWS),
        ("src/ui/a.rs", "//! h\nfn f() { crate :: store :: read(p) }", 2, ARROWS),
        ("src/cli/a.rs", "//! h\nuse crate::r#formats as f;", 2, ARROWS),
        ("src/main.rs", "//! h\nuse matryoshka::workbench::Office;", 2, ARROWS),
        ("src/query/a.rs", "//! h\nfn f(ui: &mut egui::Ui) {}", 2, face),
        ("src/workbench/a.rs", "//! h\nuse {std::{fs, io}};", 2, disk),
        ("src/formats/a.rs", "//! h\n/* /* File::open */ */\nfn f() { File::open(p) }", 3, disk),
        ("src/model/a.rs", "//! h\nfn f() { let t = jiff::Timestamp::now(); }", 2, clock),
        ("src/store/a.rs", "//! h\nuse std::sync::{Arc, mpsc::channel};", 2, threads),
        ("src/workbench/a.rs", "//! h\nfn f() { getrandom::fill(&mut seed); }", 2, chance),
        ("src/model/a.rs", "//! h\n#[derive(serde::Serialize)]\nstruct S;", 2, serde),
        ("src/ui/a.rs", "//! h\nconst RED: C = Color32::from_rgb(255, 0, 0);", 2, colours),
        ("src/store/a.rs", "//! h\nfn f() {\n  println!(\"saved\");\n}", 3, printing),
        ("src/ui/a.rs", "//! h\nfn f() { egui::TextEdit::singleline(&mut s); }", 2, fields),
        ("src/store/a.rs", "use std::fs;\n", 1, HEADER),
        ("tests/flows/a.rs", "fn f() {}\n", 1, HEADER),
        ("src/text/a.rs", &long, MAX_LINES + 1, CAP),
        ("src/ui/theme_utils.rs", "//! h\n", 1, NAMES),
        ("src/network/mod.rs", "//! h\n", 1, PLAN),
        ("src/loose.rs", "//! h\n", 1, PLAN),
    ];
    plants
        .into_iter()
        .map(|(file, content, line, read)| (file, content.to_owned(), line, read))
        .collect()
}

#[test]
fn every_planted_violation_is_found_where_it_is() {
    assert_eq!(violations(&empty_house()), []);
    let mut report = String::new();
    for (file, content, line, read) in plants() {
        let found = planted(file, &content);
        report.push_str(&list(&found));
        let places: Vec<_> = found.iter().map(|v| (v.file.as_str(), v.line, v.read)).collect();
        assert!(places.contains(&(file, line, read)), "{file}: {content}\n{}", list(&found));
        // A path that climbs twice is told at each step; nothing else is told twice or besides.
        assert!(found.iter().all(|v| v.line == line && v.read == read), "{}", list(&found));
    }
    println!("{report}");
}

#[test]
fn a_room_that_is_missing_or_not_described_is_found() {
    let mut files = empty_house();
    files.retain(|(path, _)| path != "src/jobs/mod.rs" && path != PAPERS);
    let found = violations(&files);
    assert!(
        found.iter().any(|v| v.file == "src/jobs/mod.rs" && v.read == PLAN),
        "{}",
        list(&found)
    );
    assert_eq!(found.iter().filter(|v| v.file == PAPERS).count(), ROOMS.len());
}

#[test]
fn the_same_words_in_comments_strings_and_innocent_names_are_no_violations() {
    let content = r##"//! Not crate::ui, not egui, not std::fs.
/// `println!` and Timestamp::now() in words.
fn f<'a>(c: &'a str) -> char {
    // use super::super::store;
    /* crate::store /* nested egui */ serde */
    let _ = "crate::ui \" std::fs";
    let _ = r#"use crate::store; " println!"#;
    let _ = (br#"mpsc " egui"#, b"rfd", c"thread::spawn", 'e', '"', '\'', b'"');
    let fs = image.from_rgba_premultiplied(c); // a field called like a folder
    let egui_free = Profile::open(c);
    '"'
}
pub(super) fn g() { crate::text::h() }
pub(crate) mod eprint_free {}
"##;
    assert_eq!(list(&planted("src/text/a.rs", content)), "");
    assert_eq!(
        list(&planted("src/ui/a.rs", "//! h\nuse crate::{jobs, ui::Desk};\nuse egui::Ui;")),
        ""
    );
    let picture = "//! h\nfn f() { ColorImage::from_rgba_premultiplied(size, data); }";
    assert_eq!(list(&planted("src/ui/a.rs", picture)), "");
}
