//! Two large projects beside each other: comparing and merging them against reading the two files.
//!
//! `cargo bench --bench review`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark talks, may fail, and writes where nobody works"
)]

#[path = "review/revised.rs"]
mod revised;
mod shared;
#[path = "review/worked.rs"]
mod worked;

use matryoshka::formats::native;
use matryoshka::model::{Project, Verdict, apply, check};
use matryoshka::review::agreement::{AgreementReport, Coder, Known, Measure, Study, Unit};
use matryoshka::review::{
    Class, Guest, Ruling, Settled, SideBySide, Watch, compare, decide, merge,
};
use revised::{Kinship, revised};
use shared::clock::median;
use shared::made;
use shared::pairs::{heading, in_earnest, measured, timed};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::{Duration, Instant};
use worked::{signature, worked_on};

/// Times the reading of both files, at most.
const COMPARE: f64 = 3.0;
/// The same for merging them.
const MERGE: f64 = 2.0;
/// Milliseconds for a decision, at most: the frame of a window.
const FRAME: f64 = 16.0;
/// About so many are made.
const DECISIONS: usize = 40;

fn main() {
    let earnest = in_earnest();
    // Annotations and half as many links: 50,000 records and more.
    let bytes = if earnest { 3_400_000 } else { 20_000 };
    let [mine, copy, other] =
        [made::project(bytes), revised(bytes, Kinship::Copy), revised(bytes, Kinship::Independent)];
    let ours = read(&mine);
    println!(
        "two projects of {} records, {:.1} MB each",
        ours.annotation_count() + ours.relations().len() + ours.entities().len(),
        mine.len() as f64 / 1e6,
    );
    heading("engine", "reading both");
    let rounds = if earnest { 9 } else { 1 };
    for (what, theirs) in
        [("compare, copies of one project", &copy), ("compare, independent work", &other)]
    {
        let project = read(theirs);
        let compared = compare(&ours, &Guest::over(&ours, "theirs", project.clone())).counts();
        assert!(compared.get(Class::Same) > 0 && compared.differing() > 0, "{compared:?}");
        let pair = measured(
            rounds,
            || timed(|| compare(&ours, &Guest::over(&ours, "theirs", project.clone()))),
            || timed(|| (read(&mine), read(theirs))),
        );
        pair.print(what, COMPARE);
        let pair = measured(
            rounds,
            || timed(|| with_figures(&ours, &project)),
            || timed(|| (read(&mine), read(theirs))),
        );
        pair.print(&format!("{what}, with agreement"), COMPARE);
        whole_table(&ours, &project);
        deciding(&ours, &project);
        deciding_many(&ours, &project);
    }
    merging(&ours, rounds);
}

/// What `matryoshka compare` works out.
fn with_figures(ours: &Project, theirs: &Project) -> AgreementReport {
    let guest = Guest::over(ours, "theirs", theirs.clone());
    let comparison = compare(ours, &guest);
    let known = BTreeMap::from([(1, Known { guest: &guest, comparison: &comparison })]);
    let nobody: Watch<'_, Infallible> = Watch::new(&|_| Ok(()));
    let Ok(study) = Study::watched(&coders(ours, theirs), Unit::Words, &known, &nobody);
    AgreementReport::in_short(study, &Measure::ALL)
}

/// What the window and `matryoshka agree` work out besides: every layer, code and document.
fn whole_table(ours: &Project, theirs: &Project) {
    let time = timed(|| {
        let study = Study::new(&coders(ours, theirs), Unit::Words);
        AgreementReport::new(study, &Measure::ALL)
    });
    println!("{:<58} {:>10.3} ms", "  all figures of both", time.as_secs_f64() * 1e3);
}

fn coders(ours: &Project, theirs: &Project) -> [Coder; 2] {
    let coder =
        |name: &str, project: &Project| Coder { name: name.into(), project: project.clone() };
    [coder("mine", ours), coder("theirs", theirs)]
}

/// What one decision takes, one after the other: what it comes to, and doing it.
fn deciding(ours: &Project, theirs: &Project) {
    let guest = Guest::over(ours, "theirs", theirs.clone());
    let comparison = compare(ours, &guest);
    let all = &comparison.differences;
    for (verdict, words) in
        [(Verdict::Mine, "mine"), (Verdict::Theirs, "theirs"), (Verdict::Neither, "neither")]
    {
        let signature = signature("reviewer");
        let mut now = ours.clone();
        let open: Vec<usize> = (0..all.len()).filter(|at| all[*at].differs()).collect();
        let mut times: Vec<Duration> = Vec::new();
        for at in open.iter().step_by((open.len() / DECISIONS).max(1)) {
            times.push(timed(|| {
                let case = SideBySide::new(&now, &guest, &comparison);
                let decided = decide(&case, &[*at], &Ruling::plain(verdict), &signature);
                now = apply(&now, &decided.edit, &signature).expect("what was tried fits");
            }));
        }
        let longest = times.iter().max().copied().unwrap_or_default();
        let [median, longest] = [median(times), longest].map(|time| time.as_secs_f64() * 1e3);
        let what = format!("  a decision “{words}” (longest {longest:.1} ms)");
        let kept = if median <= FRAME { "kept" } else { "NOT KEPT" };
        println!("{what:<58} {median:>10.3} ms (≤ {FRAME} ms: {kept})");
    }
}

/// What deciding many at once takes, which the window does in a job: what it comes to, and doing it. Then what finding
/// out what is decided takes, and one more decision with all that a window has to know after it.
fn deciding_many(ours: &Project, theirs: &Project) {
    let guest = Guest::over(ours, "theirs", theirs.clone());
    let comparison = compare(ours, &guest);
    let all = &comparison.differences;
    for (verdict, words) in
        [(Verdict::Mine, "mine"), (Verdict::Theirs, "theirs"), (Verdict::Neither, "neither")]
    {
        let signature = signature("reviewer");
        for count in [1_000, 10_000, all.len()] {
            let some: Vec<usize> = (0..all.len()).step_by(all.len().div_ceil(count)).collect();
            let case = SideBySide::new(ours, &guest, &comparison);
            let start = Instant::now();
            let decided = decide(&case, &some, &Ruling::plain(verdict), &signature);
            let deciding = start.elapsed();
            let start = Instant::now();
            let after = apply(ours, &decided.edit, &signature).expect("what was tried fits");
            let applying = start.elapsed();
            let mut settled = Settled::default();
            let found = timed(|| settled.follow(&SideBySide::new(&after, &guest, &comparison)));
            let one_more = timed(|| {
                let case = SideBySide::new(&after, &guest, &comparison).knowing(Some(&settled));
                let one = decide(&case, &[some[0]], &Ruling::plain(Verdict::Ask), &signature);
                let next = apply(&after, &one.edit, &signature).expect("what was tried fits");
                settled.follow(&SideBySide::new(&next, &guest, &comparison));
            });
            let ms = [deciding, applying, found, one_more].map(|time| time.as_secs_f64() * 1e3);
            println!(
                "  {} at once “{words}”: {:.0} ms, done in {:.0} ms, found decided in {:.1} ms, one more {:.2} ms",
                decided.done.len(),
                ms[0],
                ms[1],
                ms[2],
                ms[3],
            );
        }
    }
}

/// Every fifth annotation changed by one of two, every twentieth by both, and new ones on both sides.
fn merging(base: &Project, rounds: usize) {
    let ours = worked_on(base, "ours", |at| at % 10 == 0 || at % 20 == 5);
    let theirs = worked_on(base, "theirs", |at| at % 10 == 1 || at % 20 == 5);
    let files = [&ours, &theirs].map(native::write);
    // As from two files: nothing is shared in memory.
    let both = || files.each_ref().map(|file| read(file));
    let [ours, theirs] = both();
    let merged = merge(&ours, &theirs).expect("they are copies of one project");
    assert!(merged.unplaced.is_empty() && merged.counts.conflicts > 0, "{:?}", merged.counts);
    assert_eq!(check(&merged.project).len(), merged.counts.conflicts);
    let pair = measured(rounds, || timed(|| merge(&ours, &theirs)), || timed(both));
    pair.print("merge, copies of one project", MERGE);
}

fn read(bytes: &[u8]) -> Project {
    native::read(bytes).expect("the made project is one").project
}
