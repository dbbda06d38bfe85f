//! A review through real files: one decides, writes the review, the author opens it, answers, and both agree.

use crate::jobs::Progress;
use crate::model::*;
use crate::review::{
    CannotTake, Class, Comparison, Fate, Guest, Outcome as Fated, Reply, Ruling, SideBySide,
    compare, fates, record_differences,
};
use crate::text::{Offset, Span};
use crate::workbench::write_review;
use crate::workbench::{
    AnnotationCommand, Clock, Command, EntityCommand, Ids, Office, RelationCommand, ReviewCommand,
    SaveTarget, Workbench, load, read_review, work_out,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const TEXT: &str = "The minister said no. The guest left early. Nobody came back to the old house.";

/// Two people, each with a folder and a state of their own.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn office(&self, name: &str, seed: u8) -> Office {
        let office = Office::open(Some(&self.at(&format!("state-{name}"))), Some(name)).unwrap();
        let at = "2026-11-23T16:58:00Z".parse().unwrap();
        office.with(Clock::Fixed(at), Ids::seeded(seed))
    }
}

fn open(path: &Path, office: &mut Office) -> Workbench {
    let loaded = load(&[path.to_path_buf()], office.desk(), &Progress::default()).unwrap();
    Workbench::start(loaded, office).0
}

fn save(bench: &mut Workbench, path: &Path, office: &mut Office) {
    bench.save_now(SaveTarget::Over(path.to_path_buf()), office).unwrap();
}

fn tag(bench: &mut Workbench, words: &str, layer: &str, code: &str) -> AnnotationId {
    let sheet = bench.project().sheets().values().next().unwrap();
    let document = sheet.document().id.clone();
    let start = TEXT.find(words).unwrap();
    let [start, end] = [start, start + words.len()].map(Offset::of_bytes);
    let fragments = Fragments::one(Span::between(start, end).unwrap());
    let (layer, code) = (LayerId::new(layer), Some(CodeId::new(code)));
    let command = AnnotationCommand::Tag { document, fragments, layer, code };
    let outcome = bench.perform(&Command::Annotation(command)).unwrap();
    let Some(RecordId::Annotation(id)) = outcome.made else { panic!("nothing was tagged") };
    id
}

fn link(bench: &mut Workbench, from: &AnnotationId, to: &AnnotationId) {
    let [from, to] = [from, to].map(|id| End::Annotation(id.clone()));
    bench.perform(&Command::Relation(RelationCommand::Relate { from, to })).unwrap();
}

/// The guest at `path` beside the project of `bench`.
fn beside(bench: &Workbench, path: &Path) -> (Guest, Comparison) {
    let bytes = crate::store::read(path).unwrap();
    let theirs = crate::formats::native::read(&bytes).unwrap().project;
    let guest = Guest::over(bench.project(), "jonas.json", theirs);
    let comparison = compare(bench.project(), &guest);
    (guest, comparison)
}

fn rule(
    bench: &mut Workbench,
    guest: &Guest,
    comparison: &Comparison,
    class: Class,
    ruling: &Ruling,
) {
    let project = Arc::clone(bench.project());
    let all = comparison.differences.iter().enumerate();
    let which: Vec<usize> = all.filter(|(_, one)| one.class == class).map(|(at, _)| at).collect();
    assert!(!which.is_empty(), "there is no difference of the class {class:?}");
    let case = SideBySide::new(&project, guest, comparison);
    let decided = bench.decided(&case, &which, ruling);
    assert_eq!(decided.left, vec![]);
    bench.perform(&Command::Review(ReviewCommand::Decide(decided))).unwrap();
}

/// Jonas tags an article; Anna tags another copy of it (or goes on with his file), decides and writes the review.
fn reviewed(place: &Place, kin: Kin) -> (PathBuf, PathBuf, PathBuf) {
    let article = place.at("article.txt");
    let disk = crate::store::RealDisk;
    let expected = crate::store::Expected::Anything;
    crate::store::replace(&disk, &article, TEXT.as_bytes(), expected).unwrap();
    let [jonas, anna, review] =
        ["jonas.json", "anna.json", "review.json"].map(|name| place.at(name));
    let mut office = place.office("Jonas", 1);
    let mut bench = open(&article, &mut office);
    save(&mut bench, &jonas, &mut office);
    if kin == Kin::Copy {
        save(&mut bench, &anna, &mut office);
        bench = open(&jonas, &mut office);
    }
    let minister = tag(&mut bench, "The minister", "actor", "actor.person");
    let claim = tag(&mut bench, "said no", "claim", "claim.demand");
    tag(&mut bench, "Nobody", "actor", "actor.person");
    link(&mut bench, &minister, &claim);
    save(&mut bench, &jonas, &mut office);
    let mut office = place.office("Anna", 2);
    let mut bench = open(if kin == Kin::Copy { &anna } else { &article }, &mut office);
    let minister = tag(&mut bench, "minister", "actor", "actor.person");
    tag(&mut bench, "The guest", "actor", "actor.person");
    let (guest, comparison) = beside(&bench, &jonas);
    let mine = Ruling { verdict: Verdict::Mine, remark: "Without the article.".into() };
    rule(&mut bench, &guest, &comparison, Class::Boundary, &mine);
    rule(&mut bench, &guest, &comparison, Class::OnlyOurs, &Ruling::plain(Verdict::Mine));
    let all = comparison.differences.iter().enumerate();
    let only_theirs = all.filter(|(_, one)| one.class == Class::OnlyTheirs);
    for (at, one) in only_theirs {
        let layer = one.layer.as_str();
        let verdict = if layer == "claim" { Verdict::Theirs } else { Verdict::Neither };
        let project = Arc::clone(bench.project());
        let case = SideBySide::new(&project, &guest, &comparison);
        let decided = bench.decided(&case, &[at], &Ruling::plain(verdict));
        bench.perform(&Command::Review(ReviewCommand::Decide(decided))).unwrap();
    }
    let linked = bench.project().relations_at(&End::Annotation(minister)).count();
    assert_eq!(linked, 1, "the claim came with its claimant");
    save(&mut bench, &anna, &mut office);
    // The decisions are in Anna's file, and the review is written from there.
    let bench = open(&anna, &mut office);
    let case = SideBySide::new(bench.project(), &guest, &comparison);
    let written = write_review(&case, bench.author().signature().stamp, &review).unwrap();
    assert_eq!((written.decisions, written.comments), (4, 0));
    (jonas, anna, review)
}

#[derive(Clone, Copy, PartialEq)]
enum Kin {
    Copy,
    Own,
}

#[test]
fn the_author_sees_what_became_of_the_work_accepts_and_both_say_the_same() {
    for kin in [Kin::Own, Kin::Copy] {
        let place = Place::new();
        let (jonas, anna, review) = reviewed(&place, kin);
        let mut office = place.office("Jonas", 3);
        let mut bench = open(&jonas, &mut office);
        let opened = read_review(&review, bench.project()).unwrap();
        assert_eq!(opened.unread, Vec::<String>::new());
        let all = fates(bench.project(), &opened.review).unwrap();
        let mut outcomes: Vec<_> = all.iter().map(|fate| fate.outcome).collect();
        outcomes.sort();
        assert_eq!(outcomes, [Fated::Kept, Fated::Changed, Fated::Rejected, Fated::Added]);
        let changed = all.iter().find(|fate| fate.outcome == Fated::Changed).unwrap();
        assert_eq!(changed.decision.remark, "Without the article.");
        let before = Arc::clone(bench.project());
        let every: Vec<_> = all.iter().collect();
        let answered = bench.answered(&opened.review, &every, &Reply::Accept);
        assert_eq!((answered.done, &answered.left, answered.incomplete), (4, &vec![], false));
        bench.perform(&Command::Review(ReviewCommand::Answer(answered))).unwrap();
        save(&mut bench, &jonas, &mut office);
        let (_, comparison) = beside(&bench, &anna);
        let differs: Vec<_> = comparison.differences.iter().filter(|one| one.differs()).collect();
        assert!(differs.is_empty(), "{differs:#?}");
        if kin == Kin::Copy {
            let bytes = crate::store::read(&anna).unwrap();
            let theirs = crate::formats::native::read(&bytes).unwrap().project;
            let merged = crate::review::merge(bench.project(), &theirs).unwrap();
            assert_eq!(merged.counts.conflicts, 0);
        }
        let answers = fates(bench.project(), &opened.review).unwrap();
        assert!(answers.iter().all(|fate| fate.answer == Some(Answer::Accepted)));
        bench.perform(&Command::Undo).unwrap();
        assert!(same_content(bench.project(), &before));
    }
}

#[test]
fn a_dispute_changes_nothing_but_the_answer() {
    let place = Place::new();
    let (jonas, _, review) = reviewed(&place, Kin::Own);
    let mut office = place.office("Jonas", 3);
    let mut bench = open(&jonas, &mut office);
    let opened = read_review(&review, bench.project()).unwrap();
    let all = fates(bench.project(), &opened.review).unwrap();
    let rejected = all.iter().find(|fate| fate.outcome == Fated::Rejected).unwrap();
    let before = Arc::clone(bench.project());
    let words = "It is a name.";
    let answered = bench.answered(&opened.review, &[rejected], &Reply::Dispute(words.into()));
    bench.perform(&Command::Review(ReviewCommand::Answer(answered))).unwrap();
    let differing = differing(&before, bench.project());
    let id = RecordId::Decision(rejected.decision.id.clone());
    assert_eq!(differing.into_iter().collect::<Vec<_>>(), [id]);
    let again = fates(bench.project(), &opened.review).unwrap();
    let answers: Vec<_> = again.iter().filter_map(|fate| fate.answer.clone()).collect();
    assert_eq!(answers, [Answer::Disputed(words.into())]);
}

#[test]
fn another_file_and_a_review_of_another_project_are_told() {
    let place = Place::new();
    let (jonas, anna, review) = reviewed(&place, Kin::Own);
    let mut office = place.office("Jonas", 3);
    let mine = open(&jonas, &mut office);
    let said =
        |path: &Path, bench: &Workbench| read_review(path, bench.project()).unwrap_err().detail;
    assert!(said(&anna, &mine).contains("not a review"), "{}", said(&anna, &mine));
    let other = open(&anna, &mut office);
    assert!(said(&review, &other).contains("another project"), "{}", said(&review, &other));
}

/// Jonas's project, where an actor has a code and a value that Anna's codebook lacks.
fn with_a_ghost(bench: &Workbench, jonas: &Path) -> (Guest, AnnotationId) {
    let (mut guest, _) = beside(bench, jonas);
    let codebook = Arc::make_mut(&mut guest.project.codebook);
    let actor = codebook.layers.iter_mut().find(|layer| layer.id.as_str() == "actor").unwrap();
    let mut code = actor.codes[0].clone();
    (code.id, code.name) = (CodeId::new("actor.ghost"), "Ghost".into());
    actor.codes.push(code);
    let found = guest.project.annotations().find(|a| a.layer.as_str() == "actor");
    let id = found.unwrap().id.clone();
    let code = AnnotationEdit::SetCode(id.clone(), Some(CodeId::new("actor.ghost")));
    let signature = bench.author().signature();
    guest.project = apply(&guest.project, &Edit::Annotation(code), &signature).unwrap();
    (guest, id)
}

#[test]
fn a_code_that_my_codebook_lacks_comes_along_is_told_saved_and_undone() {
    let place = Place::new();
    let (jonas, anna, _) = reviewed(&place, Kin::Own);
    let mut office = place.office("Anna", 4);
    let mut bench = open(&anna, &mut office);
    let (guest, id) = with_a_ghost(&bench, &jonas);
    let comparison = compare(bench.project(), &guest);
    let at =
        comparison.differences.iter().position(|one| one.theirs.as_ref() == Some(&id)).unwrap();
    let before = Arc::clone(bench.project());
    let case = SideBySide::new(&before, &guest, &comparison);
    let decided = bench.decided(&case, &[at], &Ruling::plain(Verdict::Theirs));
    let told: Vec<String> = decided.added.iter().map(CodebookEdit::told).collect();
    assert_eq!((told, decided.done.len()), (vec!["code “Ghost”".to_owned()], 1));
    let outcome = bench.perform(&Command::Review(ReviewCommand::Decide(decided))).unwrap();
    assert_eq!(outcome.said.unwrap(), "The code “Ghost” was added to your codebook");
    assert_eq!(check(bench.project()), []);
    let again = bench.decided(
        &SideBySide::new(bench.project(), &guest, &comparison),
        &[at],
        &Ruling::plain(Verdict::Theirs),
    );
    assert!(again.is_empty() && again.added.is_empty());
    save(&mut bench, &anna, &mut office);
    let reopened = open(&anna, &mut office);
    assert!(same_content(reopened.project(), bench.project()));
    let ghost = CodebookPart::Code(LayerId::new("actor"), CodeId::new("actor.ghost"));
    assert!(reopened.project().codebook.has(&ghost));
    bench.perform(&Command::Undo).unwrap();
    assert!(same_content(bench.project(), &before));
}

#[test]
fn what_was_decided_about_a_record_goes_back_with_the_codes_that_the_author_lacks() {
    for kin in [Kin::Own, Kin::Copy] {
        let place = Place::new();
        let (jonas, anna, review) = reviewed(&place, kin);
        // Both know of Berg; Anna another name, and a code that is hers alone.
        let known = |bench: &mut Workbench, words: &str| {
            let is = |one: &&Arc<Record<Annotation>>| {
                one.code.as_ref().is_some_and(|code| code.as_str() == "actor.person")
            };
            let id = bench.project().annotations().find(is).unwrap().id.clone();
            let attach = AnnotationCommand::AttachNew(id, "Berg".into());
            bench.perform(&Command::Annotation(attach)).unwrap();
            let berg = bench.project().entities().keys().next().unwrap().clone();
            let alias = EntityCommand::AddAlias(berg.clone(), words.into());
            bench.perform(&Command::Entity(alias)).unwrap();
            berg
        };
        let mut office = place.office("Jonas", 5);
        let mut bench = open(&jonas, &mut office);
        let theirs = known(&mut bench, "B.");
        save(&mut bench, &jonas, &mut office);
        let mut office = place.office("Anna", 6);
        let mut bench = open(&anna, &mut office);
        let ours = known(&mut bench, "The minister");
        let mut ghost =
            bench.project().codebook.layer(&LayerId::new("actor")).unwrap().codes[0].clone();
        (ghost.id, ghost.name) = (CodeId::new("actor.ghost"), "Ghost".into());
        let ghost = CodebookEdit::AddCode(LayerId::new("actor"), ghost);
        bench.perform(&Command::Review(ReviewCommand::AddToCodebook(vec![ghost]))).unwrap();
        let code = EntityCommand::SetCode(ours.clone(), Some(CodeId::new("actor.ghost")));
        bench.perform(&Command::Entity(code)).unwrap();
        let (guest, comparison) = beside(&bench, &jonas);
        let project = Arc::clone(bench.project());
        let all = record_differences(&project, &guest.project, &comparison);
        assert_eq!(all.len(), 1);
        let case = SideBySide::new(&project, &guest, &comparison);
        let ask = Ruling { verdict: Verdict::Ask, remark: "Is B. his name?".into() };
        let decided = bench.decided_records(&case, &all, &ask);
        bench.perform(&Command::Review(ReviewCommand::Decide(decided))).unwrap();
        let project = Arc::clone(bench.project());
        let question = project.comments().values().next().unwrap();
        assert_eq!(question.text, "Is B. his name?");
        let case = SideBySide::new(&project, &guest, &comparison);
        let mine = Ruling { verdict: Verdict::Mine, remark: "He is called so.".into() };
        let decided = bench.decided_records(&case, &all, &mine);
        bench.perform(&Command::Review(ReviewCommand::Decide(decided))).unwrap();
        let case = SideBySide::new(bench.project(), &guest, &comparison);
        write_review(&case, bench.author().signature().stamp, &review).unwrap();
        let reviewer = bench.project().entities()[&ours].value.clone();

        let mut office = place.office("Jonas", 3);
        let mut bench = open(&jonas, &mut office);
        let opened = read_review(&review, bench.project()).unwrap();
        assert_eq!(opened.unread, Vec::<String>::new());
        let all = fates(bench.project(), &opened.review).unwrap();
        let of_record = |fate: &&Fate| fate.decision.records.is_some();
        let fate = all.iter().find(of_record).unwrap();
        assert_eq!(
            (fate.outcome, &fate.mine),
            (Fated::Changed, &Some(RecordId::Entity(theirs.clone())))
        );
        assert_eq!((fate.decision.remark.as_str(), fate.comments.len()), ("He is called so.", 1));
        let answered = bench.answered(&opened.review, &[fate], &Reply::Accept);
        assert_eq!(answered.left, vec![]);
        let outcome = bench.perform(&Command::Review(ReviewCommand::Answer(answered))).unwrap();
        assert_eq!(outcome.said.unwrap(), "The code “Ghost” was added to your codebook");
        let now = bench.project().entities()[&theirs].value.clone();
        assert_eq!(now, Entity { id: theirs, ..reviewer });
        assert_eq!(check(bench.project()), []);
    }
}

#[test]
fn what_both_codebooks_define_otherwise_stays_mine_with_words() {
    let place = Place::new();
    let (jonas, anna, _) = reviewed(&place, Kin::Own);
    let mut office = place.office("Anna", 4);
    let bench = open(&anna, &mut office);
    let (mut guest, id) = with_a_ghost(&bench, &jonas);
    let actor = LayerId::new("actor");
    let feature_of = |book: &mut Codebook| {
        let layer = book.layers.iter_mut().find(|layer| layer.id == actor).unwrap();
        layer.features[0].kind = FeatureKind::Number;
        layer.features[0].id.clone()
    };
    let feature = feature_of(Arc::make_mut(&mut guest.project.codebook));
    let value = Some(Value::Number(3.0));
    let edit = AnnotationEdit::SetFeature(id.clone(), feature.clone(), value);
    let signature = bench.author().signature();
    guest.project = apply(&guest.project, &Edit::Annotation(edit), &signature).unwrap();
    let comparison = compare(bench.project(), &guest);
    let at =
        comparison.differences.iter().position(|one| one.theirs.as_ref() == Some(&id)).unwrap();
    let case = SideBySide::new(bench.project(), &guest, &comparison);
    let decided = bench.decided(&case, &[at], &Ruling::plain(Verdict::Theirs));
    assert!(decided.is_empty() && decided.done.is_empty() && decided.added.is_empty());
    assert_eq!(decided.left[0].why, CannotTake::OtherFeature(feature));
}

#[test]
fn a_question_opens_a_thread_and_goes_with_the_decision() {
    let place = Place::new();
    let (jonas, anna, review) = reviewed(&place, Kin::Own);
    let mut office = place.office("Anna", 4);
    let mut bench = open(&anna, &mut office);
    let (guest, comparison) = beside(&bench, &jonas);
    let ask = Ruling { verdict: Verdict::Ask, remark: "Is that a person?".into() };
    rule(&mut bench, &guest, &comparison, Class::OnlyTheirs, &ask);
    let asked = bench.project().comments().values().next().unwrap().clone();
    let RecordId::Decision(decision) = &asked.target else { panic!("it is about the decision") };
    let project = Arc::clone(bench.project());
    let case = SideBySide::new(&project, &guest, &comparison);
    write_review(&case, bench.author().signature().stamp, &review).unwrap();
    let mut office = place.office("Jonas", 3);
    let mine = open(&jonas, &mut office);
    let opened = read_review(&review, mine.project()).unwrap();
    let all = fates(mine.project(), &opened.review).unwrap();
    let fate = all.iter().find(|fate| fate.outcome == Fated::Asked).unwrap();
    assert_eq!(fate.comments[0].text, "Is that a person?");
    bench.perform(&Command::Review(ReviewCommand::Reopen(decision.clone()))).unwrap();
    assert!(bench.project().comments().is_empty());
    bench.perform(&Command::Undo).unwrap();
    assert_eq!(bench.project().comments().len(), 1);
}

#[test]
fn what_was_worked_out_beside_is_done_and_anew_where_the_project_has_gone_on() {
    let place = Place::new();
    let (jonas, anna, _) = reviewed(&place, Kin::Own);
    let mut office = place.office("Anna", 9);
    for goes_on in [false, true] {
        let mut bench = open(&anna, &mut office);
        let (guest, comparison) = beside(&bench, &jonas);
        let all: Vec<usize> = (0..comparison.differences.len()).collect();
        let (mine, ruling) = (Arc::clone(bench.project()), Ruling::plain(Verdict::Mine));
        let case = SideBySide::new(&mine, &guest, &comparison);
        let (signature, progress) = (bench.author().signature(), Progress::default());
        let what = (all.as_slice(), &ruling);
        let worked_out = work_out(Arc::clone(&mine), &case, what, signature, &progress).unwrap();
        assert_eq!(progress.fraction(), Some(1.0));
        let own = goes_on.then(|| tag(&mut bench, "old house", "actor", "actor.person"));
        let before = Arc::clone(bench.project());
        let decided = bench.decided(&case, &all, &ruling);
        assert_eq!(worked_out.decided.done, decided.done);
        let wanted = apply(&before, &decided.edit, &bench.author().signature()).unwrap();
        bench.perform_worked_out(worked_out).unwrap();
        assert!(same_content(bench.project(), &wanted));
        assert!(own.is_none_or(|id| bench.project().annotation(&id).is_some()));
        bench.perform(&Command::Undo).unwrap();
        assert!(same_content(bench.project(), &before), "it is one step");
    }
}
