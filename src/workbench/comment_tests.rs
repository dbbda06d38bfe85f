//! Comments through the workbench: begun, answered, reworded, resolved, erased, undone, and safe while one types.

use crate::jobs::Progress;
use crate::model::{Annotator, CommentId, Fragments, LayerId, RecordId, check, same_content};
use crate::query::{all_threads, threads_on};
use crate::text::{Offset, Span};
use crate::workbench::{
    AnnotationCommand, Clock, Command, Ids, Office, RemarkCommand, SaveTarget, Workbench, load,
};
use std::path::Path;
use tempfile::TempDir;

fn office(folder: &TempDir) -> Office {
    let at = "2026-11-23T16:58:00Z".parse().unwrap();
    let office = Office::open(Some(&folder.path().join("state")), Some("Anna")).unwrap();
    office.with(Clock::Fixed(at), Ids::seeded(7))
}

fn open(path: &Path, office: &mut Office) -> (Workbench, Option<crate::workbench::Recovery>) {
    let loaded = load(&[path.to_path_buf()], office.desk(), &Progress::default()).unwrap();
    Workbench::start(loaded, office)
}

/// A saved project with one annotation.
fn bench(folder: &TempDir, office: &mut Office) -> (Workbench, RecordId) {
    let article = folder.path().join("article.txt");
    let disk = crate::store::RealDisk;
    let words = "Two leaders met on the island.".as_bytes();
    crate::store::replace(&disk, &article, words, crate::store::Expected::Anything).unwrap();
    let (mut bench, _) = open(&article, office);
    let document = bench.project().sheets().keys().next().unwrap().clone();
    let words = Span::between(Offset::of_bytes(4), Offset::of_bytes(11)).unwrap();
    let tag = AnnotationCommand::Tag {
        document,
        fragments: Fragments::one(words),
        layer: LayerId::new("actor"),
        code: None,
    };
    let made = bench.perform(&Command::Annotation(tag)).unwrap().made.unwrap();
    bench.save_now(SaveTarget::As(folder.path().join("p.json")), office).unwrap();
    (bench, made)
}

fn ask(bench: &mut Workbench, command: RemarkCommand) -> Option<CommentId> {
    match bench.perform(&Command::Remark(command)).unwrap().made {
        Some(RecordId::Comment(id)) => Some(id),
        _ => None,
    }
}

fn refused(bench: &mut Workbench, command: RemarkCommand) -> String {
    let before = std::sync::Arc::clone(bench.project());
    let why = bench.perform(&Command::Remark(command)).unwrap_err().title;
    assert!(std::sync::Arc::ptr_eq(&before, bench.project()), "a refusal changes nothing");
    why
}

fn said(bench: &Workbench) -> Vec<String> {
    let threads = all_threads(bench.project());
    let words = threads.iter().flat_map(|t| t.comments.iter().map(|c| c.text.to_string()));
    words.collect()
}

fn last_step(bench: &Workbench) -> &str {
    &bench.history().step(bench.history().cursor()).unwrap().about
}

#[test]
fn a_comment_that_is_typed_is_one_step_and_every_letter_is_journalled() {
    let folder = TempDir::new().unwrap();
    let mut anna = office(&folder);
    let (mut bench, target) = bench(&folder, &mut anna);
    let steps = bench.history().len();
    let text = "W".into();
    let comment = ask(&mut bench, RemarkCommand::Begin { target: target.clone(), text }).unwrap();
    for text in ["Wh", "Who", "Who?"] {
        let command = RemarkCommand::Reword { comment: comment.clone(), text: text.into() };
        ask(&mut bench, command);
    }
    assert_eq!(bench.history().len(), steps + 1);
    assert_eq!(last_step(&bench), "Comment on “leaders”");
    bench.perform(&Command::Undo).unwrap();
    assert_eq!(said(&bench), [""; 0]);
    bench.perform(&Command::Redo).unwrap();
    assert_eq!(said(&bench), ["Who?"]);
    drop(bench); // Killed in the middle of the word.
    let mut anna = office(&folder);
    let (mut bench, recovery) = open(&folder.path().join("p.json"), &mut anna);
    bench.replay(recovery.unwrap()).unwrap();
    assert_eq!(said(&bench), ["Who?"]);
    assert_eq!(threads_on(bench.project(), &target)[0].id, comment);
}

#[test]
fn words_that_are_taken_back_while_one_types_leave_no_comment_and_no_step() {
    let folder = TempDir::new().unwrap();
    let mut anna = office(&folder);
    let (mut bench, target) = bench(&folder, &mut anna);
    let steps = bench.history().len();
    assert_eq!(
        ask(&mut bench, RemarkCommand::Begin { target: target.clone(), text: " ".into() }),
        None
    );
    let begin = RemarkCommand::Begin { target, text: "No".into() };
    let comment = ask(&mut bench, begin).unwrap();
    ask(&mut bench, RemarkCommand::Reword { comment, text: "".into() });
    assert_eq!((said(&bench).len(), bench.history().len()), (0, steps));
    assert!(!bench.is_dirty());
    bench.perform(&Command::Undo).unwrap();
    assert_eq!(bench.project().annotation_count(), 0, "the step before is undone");
}

#[test]
fn a_thread_is_answered_resolved_reopened_and_told_in_the_history() {
    let folder = TempDir::new().unwrap();
    let mut anna = office(&folder);
    let (mut bench, target) = bench(&folder, &mut anna);
    let begin = RemarkCommand::Begin { target: target.clone(), text: "Who?".into() };
    let thread = ask(&mut bench, begin).unwrap();
    bench.set_annotator(Annotator::new("Boris"));
    let answer = |text: &str| RemarkCommand::Answer { thread: thread.clone(), text: text.into() };
    let first = ask(&mut bench, answer("Both")).unwrap();
    assert_eq!(last_step(&bench), "Answer on “leaders”");
    assert_eq!(
        bench.project().comments().get(&first).unwrap().made.as_ref().unwrap().by().as_str(),
        "Boris"
    );
    // To resolve an answer is to resolve its thread.
    ask(&mut bench, RemarkCommand::Resolve(first));
    assert_eq!(last_step(&bench), "Resolve the thread on “leaders”");
    assert!(threads_on(bench.project(), &target)[0].is_resolved());
    let resolved = std::sync::Arc::clone(bench.project());
    ask(&mut bench, RemarkCommand::Resolve(thread.clone()));
    assert!(std::sync::Arc::ptr_eq(&resolved, bench.project()), "it is resolved already");
    ask(&mut bench, RemarkCommand::Reopen(thread.clone()));
    assert_eq!(last_step(&bench), "Reopen the thread on “leaders”");
    bench.perform(&Command::Undo).unwrap();
    assert!(same_content(&resolved, bench.project()));
    ask(&mut bench, answer("But"));
    assert!(!threads_on(bench.project(), &target)[0].is_resolved(), "an answer opens it again");
    assert_eq!(said(&bench).len(), 3);
    bench.perform(&Command::Undo).unwrap();
    assert!(same_content(&resolved, bench.project()), "answer and reopening are one step");
    assert_eq!(check(bench.project()), Vec::new());
}

#[test]
fn only_ones_own_words_are_reworded_and_words_with_answers_are_not_emptied() {
    let folder = TempDir::new().unwrap();
    let mut anna = office(&folder);
    let (mut bench, target) = bench(&folder, &mut anna);
    let thread = ask(&mut bench, RemarkCommand::Begin { target, text: "Who?".into() }).unwrap();
    ask(&mut bench, RemarkCommand::Settle);
    let reword = |text: &str| RemarkCommand::Reword { comment: thread.clone(), text: text.into() };
    ask(&mut bench, reword("Who is it?"));
    assert_eq!(last_step(&bench), "Reword a comment on “leaders”");
    bench.set_annotator(Annotator::new("Boris"));
    let answer = RemarkCommand::Answer { thread: thread.clone(), text: "Both".into() };
    ask(&mut bench, answer);
    let why = "These are the words of Anna: answer them instead";
    assert_eq!(refused(&mut bench, reword("Boris was here")), why);
    bench.set_annotator(Annotator::new("Anna"));
    assert_eq!(refused(&mut bench, reword(" ")), "A comment that has answers needs words");
    assert_eq!(said(&bench), ["Who is it?", "Both"]);
}

#[test]
fn what_was_said_first_is_erased_with_its_answers_in_one_step() {
    let folder = TempDir::new().unwrap();
    let mut anna = office(&folder);
    let (mut bench, target) = bench(&folder, &mut anna);
    let begin = RemarkCommand::Begin { target: target.clone(), text: "Who?".into() };
    let thread = ask(&mut bench, begin).unwrap();
    for text in ["Both", "Sure"] {
        let answer = RemarkCommand::Answer { thread: thread.clone(), text: text.into() };
        ask(&mut bench, answer);
    }
    let erase = Command::Remark(RemarkCommand::EraseComment(thread));
    let outcome = bench.perform(&erase).unwrap();
    assert_eq!(outcome.said.as_deref(), Some("Comment erased with its 2 answers"));
    assert_eq!(last_step(&bench), "Erase a comment on “leaders”");
    assert_eq!(said(&bench).len(), 0);
    assert_eq!(bench.perform(&erase).unwrap_err().severity, crate::workbench::Severity::Info);
    bench.perform(&Command::Undo).unwrap();
    assert_eq!(said(&bench).len(), 3);
    let RecordId::Annotation(id) = target else { panic!("an annotation was tagged") };
    let outcome = bench.perform(&Command::Annotation(AnnotationCommand::Erase(id))).unwrap();
    assert_eq!(outcome.said.as_deref(), Some("Erased with its 3 comments"));
    bench.perform(&Command::Undo).unwrap();
    assert_eq!(said(&bench).len(), 3);
}
