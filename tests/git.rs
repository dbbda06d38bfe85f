//! Git's merge driver with the real git: two clones, edits at once on different and on the same records.
//!
//! Edits go through the engine, each person with a state folder and so a hand of their own.

use matryoshka::model::{AnnotationId, CodeId, End, Fragments, LayerId, Project, RecordId, check};
use matryoshka::query::{conflicts, sides};
use matryoshka::text::{Offset, Span};
use matryoshka::workbench::{
    AnnotationCommand, Command, Office, Progress, RelationCommand, SaveTarget, Workbench, load,
};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output};
use tempfile::TempDir;

/// A person with a clone and a state folder.
struct Clone {
    name: &'static str,
    home: PathBuf,
}

/// A repository with a project in it, and two clones of it; none without git.
fn clones() -> Option<(TempDir, Clone, Clone)> {
    if Process::new("git").arg("--version").output().is_err() {
        println!("SKIPPED: there is no git here");
        return None;
    }
    let folder = TempDir::new().unwrap();
    let person = |name| Clone { name, home: folder.path().join(name) };
    let (anna, jonas) = (person("Anna"), person("Jonas"));
    std::fs::create_dir_all(anna.repository()).unwrap();
    anna.git(&["init", "--quiet", "--initial-branch=main"]);
    anna.set_up();
    let text = "Berg met Lind on the island. They will build a railway. Nobody denied it.\n";
    std::fs::write(anna.repository().join("a.txt"), text).unwrap();
    std::fs::write(anna.repository().join(".gitattributes"), "*.json merge=matryoshka\n").unwrap();
    let made = anna.matryoshka(&["new", "a.txt", "--out", "p.json"]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    anna.edit(|bench| {
        tag(bench, "Berg", "actor");
        tag(bench, "They will build a railway", "claim");
    });
    anna.git(&["add", "."]);
    anna.git(&["commit", "--quiet", "-m", "first"]);
    std::fs::create_dir_all(&jonas.home).unwrap();
    let from = anna.repository().display().to_string();
    let to = jonas.repository().display().to_string();
    assert!(
        Process::new("git")
            .args(["clone", "--quiet", &from, &to])
            .output()
            .unwrap()
            .status
            .success()
    );
    jonas.set_up();
    Some((folder, anna, jonas))
}

impl Clone {
    fn repository(&self) -> PathBuf {
        self.home.join("repository")
    }

    fn file(&self) -> PathBuf {
        self.repository().join("p.json")
    }

    fn set_up(&self) {
        self.git(&["config", "user.name", self.name]);
        self.git(&["config", "user.email", "nobody@example.org"]);
        let state = self.home.join("git state");
        let driver = format!(
            "'{}' --state '{}' merge %A %B --out %A",
            env!("CARGO_BIN_EXE_matryoshka"),
            state.display()
        );
        self.git(&["config", "merge.matryoshka.name", "Matryoshka projects, record by record"]);
        self.git(&["config", "merge.matryoshka.driver", &driver]);
    }

    /// Git without the settings of whoever runs the test.
    fn run(&self, words: &[&str]) -> Output {
        Process::new("git")
            .current_dir(self.repository())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .args(words)
            .output()
            .unwrap()
    }

    #[track_caller]
    fn git(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "git {words:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn matryoshka(&self, words: &[&str]) -> Output {
        Process::new(env!("CARGO_BIN_EXE_matryoshka"))
            .current_dir(self.repository())
            .env_remove("DISPLAY")
            .arg("--state")
            .arg(self.home.join("state"))
            .args(["--annotator", self.name])
            .args(words)
            .output()
            .unwrap()
    }

    /// Opens the project as the window does, works on it, saves.
    fn edit(&self, work: impl FnOnce(&mut Workbench)) {
        let mut office = Office::open(Some(&self.home.join("state")), Some(self.name)).unwrap();
        let loaded = load(&[self.file()], office.desk(), &Progress::default()).unwrap();
        let (mut bench, recovery) = Workbench::start(loaded, &mut office);
        assert!(recovery.is_none());
        work(&mut bench);
        bench.save_now(SaveTarget::Same, &mut office).unwrap();
        bench.close();
    }

    fn commit(&self, work: impl FnOnce(&mut Workbench)) {
        self.edit(work);
        self.git(&["commit", "--quiet", "-am", &format!("by {}", self.name)]);
    }

    fn project(&self) -> Project {
        let bytes = std::fs::read(self.file()).unwrap();
        matryoshka::formats::native::read(&bytes).unwrap().project
    }

    /// What `matryoshka check` ends with.
    fn check(&self) -> (Option<i32>, String) {
        let output = self.matryoshka(&["check", "p.json"]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }
}

fn tag(bench: &mut Workbench, words: &str, layer: &str) {
    let sheet = bench.project().sheets().values().next().unwrap();
    let text = sheet.document().text.as_str();
    let start = text.find(words).unwrap();
    let ends = [start, start + words.len()].map(Offset::of_bytes);
    let tag = AnnotationCommand::Tag {
        document: sheet.document().id.clone(),
        fragments: Fragments::one(Span::between(ends[0], ends[1]).unwrap()),
        layer: LayerId::new(layer),
        code: None,
    };
    bench.perform(&Command::Annotation(tag)).unwrap();
}

fn of_words(project: &Project, words: &str) -> AnnotationId {
    let sheet = project.sheets().values().next().unwrap();
    let text = &sheet.document().text;
    let is_it = |annotation: &&std::sync::Arc<_>| {
        let annotation: &matryoshka::model::Record<matryoshka::model::Annotation> = annotation;
        annotation.words(text) == words
    };
    project.annotations().find(is_it).unwrap().id.clone()
}

fn code(bench: &mut Workbench, words: &str, code: &str) {
    let id = of_words(bench.project(), words);
    let set = AnnotationCommand::SetCode(id, Some(CodeId::new(code)));
    bench.perform(&Command::Annotation(set)).unwrap();
}

fn link(bench: &mut Workbench, from: &str, to: &str) {
    let [from, to] = [from, to].map(|words| End::Annotation(of_words(bench.project(), words)));
    bench.perform(&Command::Relation(RelationCommand::Relate { from, to })).unwrap();
}

fn quotes(project: &Project) -> Vec<String> {
    let sheet = project.sheets().values().next().unwrap();
    let text = &sheet.document().text;
    sheet.annotations_in_order().into_iter().map(|a| a.words(text)).collect()
}

fn is_valid(path: &Path, project: &Project) {
    assert!(project.set_aside.is_empty(), "{}", path.display());
    assert_eq!(check(project).len(), conflicts(project).len());
}

#[test]
fn work_on_different_records_merges_without_a_word() {
    let Some((_folder, anna, jonas)) = clones() else { return };
    anna.commit(|bench| tag(bench, "Lind", "actor"));
    jonas.commit(|bench| {
        tag(bench, "Nobody denied it", "claim");
        link(bench, "Berg", "They will build a railway");
    });
    anna.commit(|bench| code(bench, "Lind", "actor.person"));
    jonas.git(&["fetch", "--quiet"]);
    jonas.git(&["merge", "--quiet", "--no-edit", "origin/main"]);
    let project = jonas.project();
    assert_eq!(quotes(&project), ["Berg", "Lind", "They will build a railway", "Nobody denied it"]);
    assert_eq!(project.relations().len(), 1);
    let lind = project.annotation(&of_words(&project, "Lind")).unwrap();
    assert_eq!(lind.code, Some(CodeId::new("actor.person")));
    assert_eq!(jonas.check(), (Some(0), String::new()));
    // And the other way round there is nothing left to do.
    anna.git(&[
        "pull",
        "--quiet",
        "--no-rebase",
        "--no-edit",
        &jonas.repository().display().to_string(),
        "main",
    ]);
    assert_eq!(std::fs::read(anna.file()).unwrap(), std::fs::read(jonas.file()).unwrap());
}

#[test]
fn work_on_the_same_record_is_a_conflict_in_a_whole_project_until_somebody_decides() {
    let Some((_folder, anna, jonas)) = clones() else { return };
    anna.commit(|bench| code(bench, "Berg", "actor.person"));
    jonas.commit(|bench| {
        code(bench, "Berg", "actor.state");
        tag(bench, "Lind", "actor");
    });
    jonas.git(&["fetch", "--quiet"]);
    let merged = jonas.run(&["merge", "origin/main"]);
    assert_eq!(merged.status.code(), Some(1), "{merged:?}");
    assert!(String::from_utf8_lossy(&merged.stdout).contains("CONFLICT"), "{merged:?}");
    let said = format!("{merged:?}");
    assert!(said.contains("conflict in actor “Berg”") && said.contains("code Person"), "{said}");
    assert!(jonas.git(&["status", "--porcelain"]).contains("UU p.json"));
    // The file is a project, with nothing of either lost.
    let project = jonas.project();
    is_valid(&jonas.file(), &project);
    let torn = RecordId::Annotation(of_words(&project, "Berg"));
    assert_eq!(conflicts(&project), std::slice::from_ref(&torn));
    let (code, lines) = jonas.check();
    assert_eq!(code, Some(1));
    assert!(lines.contains("1 other version") && lines.lines().count() == 1, "{lines}");
    let by_anna = sides(&project, &torn)
        .iter()
        .position(|side| side.by.as_ref().is_some_and(|stamp| stamp.by().as_str() == "Anna"))
        .unwrap();
    jonas.edit(|bench| {
        bench.perform(&Command::TakeSide(torn.clone(), by_anna)).unwrap();
    });
    jonas.git(&["add", "p.json"]);
    jonas.git(&["commit", "--quiet", "--no-edit"]);
    assert_eq!(jonas.check(), (Some(0), String::new()));
    let project = jonas.project();
    let RecordId::Annotation(berg) = &torn else { panic!("it is an annotation") };
    assert_eq!(project.annotation(berg).unwrap().code, Some(CodeId::new("actor.person")));
    // The decision arrives at Anna's, who has worked on meanwhile, without a new question.
    anna.commit(|bench| tag(bench, "Nobody denied it", "claim"));
    anna.git(&[
        "pull",
        "--quiet",
        "--no-rebase",
        "--no-edit",
        &jonas.repository().display().to_string(),
        "main",
    ]);
    assert_eq!(anna.check(), (Some(0), String::new()));
    assert_eq!(quotes(&anna.project()).len(), 4);
}

#[test]
fn a_rebase_and_a_cherry_pick_carry_commits_over() {
    let Some((_folder, anna, jonas)) = clones() else { return };
    anna.commit(|bench| tag(bench, "Lind", "actor"));
    anna.commit(|bench| code(bench, "Lind", "actor.person"));
    jonas.commit(|bench| tag(bench, "Nobody denied it", "claim"));
    jonas.commit(|bench| code(bench, "Nobody denied it", "claim.denial"));
    jonas.commit(|bench| link(bench, "Berg", "Nobody denied it"));
    jonas.git(&["fetch", "--quiet"]);
    jonas.git(&["rebase", "--quiet", "origin/main"]);
    let project = jonas.project();
    assert_eq!(quotes(&project), ["Berg", "Lind", "They will build a railway", "Nobody denied it"]);
    assert_eq!((project.relations().len(), jonas.check().0), (1, Some(0)));
    // One commit of Anna's alone, onto the state before it.
    anna.commit(|bench| tag(bench, "island", "event"));
    jonas.git(&["fetch", "--quiet"]);
    jonas.git(&["cherry-pick", "origin/main"]);
    assert_eq!(quotes(&jonas.project()).len(), 5);
    assert_eq!(jonas.check(), (Some(0), String::new()));
}

#[test]
fn what_cannot_be_merged_is_a_conflict_that_leaves_our_file() {
    let Some((_folder, anna, jonas)) = clones() else { return };
    let whole = std::fs::read_to_string(anna.file()).unwrap();
    let half: String = whole.chars().take(whole.len() / 2).collect();
    std::fs::write(anna.file(), half).unwrap();
    anna.git(&["commit", "--quiet", "-am", "half a file"]);
    jonas.commit(|bench| tag(bench, "Lind", "actor"));
    let ours = std::fs::read(jonas.file()).unwrap();
    jonas.git(&["fetch", "--quiet"]);
    let merged = jonas.run(&["merge", "origin/main"]);
    assert_eq!(merged.status.code(), Some(1), "{merged:?}");
    assert!(jonas.git(&["status", "--porcelain"]).contains("UU p.json"));
    assert_eq!(std::fs::read(jonas.file()).unwrap(), ours);
    assert!(
        String::from_utf8_lossy(&merged.stderr)
            .contains("This is not a project that can be opened"),
        "{merged:?}"
    );
}
