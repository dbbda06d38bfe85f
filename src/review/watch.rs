//! Looking on while something long is worked out: how far it is, and whether it should go on.
//!
//! Laying a guest over a project, comparing and agreement say as they go which share of their work is done. Whoever looks
//! on may stop them, and then nothing comes of it: nothing half done is ever handed out. Where nobody looks on nothing
//! can be stopped, and the type says so.

use std::convert::Infallible;

/// Somebody who looks on. `S` is what they say to stop.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "what looks on is code")]
pub struct Watch<'w, S> {
    told: &'w dyn Fn(f32) -> Result<(), S>,
    from: f32,
    to: f32,
}

impl<'w, S> Watch<'w, S> {
    /// `told` is told which share is done, from 0 to 1 and never less than before; it says an error to stop the work.
    pub fn new(told: &'w dyn Fn(f32) -> Result<(), S>) -> Self {
        Self { told, from: 0.0, to: 1.0 }
    }

    /// A part of the work, from a share of it to another.
    #[must_use]
    pub fn part(&self, from: f32, to: f32) -> Self {
        Self { told: self.told, from: self.share(from), to: self.share(to) }
    }

    /// What lies between two of `whole` steps.
    #[must_use]
    pub fn between(&self, from: usize, to: usize, whole: usize) -> Self {
        let whole = whole.max(1) as f32;
        self.part(from as f32 / whole, to as f32 / whole)
    }

    /// Says that `done` of `whole` steps are behind.
    pub fn at(&self, done: usize, whole: usize) -> Result<(), S> {
        (self.told)(self.share(done as f32 / whole.max(1) as f32))
    }

    /// Says that all of it is done.
    pub fn done(&self) -> Result<(), S> {
        (self.told)(self.to)
    }

    fn share(&self, of_part: f32) -> f32 {
        self.from + (self.to - self.from) * of_part.clamp(0.0, 1.0)
    }
}

/// Nobody looks on.
pub(crate) fn unwatched() -> Watch<'static, Infallible> {
    Watch::new(&|_| Ok(()))
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::review::agreement::{AgreementReport, Coder, Known, Measure, Study, Unit};
    use crate::review::watch::Watch;
    use crate::review::{
        EntityChoices, Guest, Ruling, SideBySide, compare, compare_watched, decide_watched,
    };
    use crate::text::Text;
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    #[test]
    fn parts_of_parts_are_told_as_shares_of_the_whole() {
        let told = RefCell::new(Vec::new());
        let look = |share| {
            told.borrow_mut().push(share);
            if share < 0.9 { Ok(()) } else { Err("enough") }
        };
        let watch = Watch::new(&look);
        let half = watch.part(0.5, 1.0);
        assert_eq!(watch.at(1, 4), Ok(()));
        assert_eq!(half.at(0, 0), Ok(()));
        assert_eq!(half.between(0, 1, 2).at(1, 2), Ok(()));
        assert_eq!(half.between(0, 1, 2).done(), Ok(()));
        assert_eq!(half.between(1, 2, 2).at(7, 7), Err("enough"));
        assert_eq!(told.into_inner(), [0.25, 0.5, 0.625, 0.75, 1.0]);
    }

    /// A project of two documents with every word tagged; `words` are those of the second.
    fn tagged(id: &str, words: &str) -> Project {
        let empty = Project::new(ProjectId::new(id), project().codebook.clone());
        let texts = [("d_1", "One two three four five six seven."), ("d_2", words)];
        texts.into_iter().fold(empty, |project, (document, text)| {
            let added = Document {
                text: Text::new(text),
                title: document.into(),
                ..sample::document(document)
            };
            let add = |project: &Project, edit| apply(project, &edit, &signature(id)).unwrap();
            let project = add(&project, Edit::Document(DocumentEdit::Add(added)));
            text.split(' ').fold(project, |project, word| {
                let start = text.find(word).unwrap() as u32;
                let layer = if word.len() > 3 { "actor" } else { "claim" };
                let name = format!("a_{id}{document}{start}");
                let one = annotation(&name, layer, start, start + word.len() as u32);
                let document = DocumentId::new(document);
                let one = Annotation { document, ..one };
                add(&project, Edit::Annotation(AnnotationEdit::Annotate(one)))
            })
        })
    }

    fn both() -> [Project; 2] {
        [
            tagged("p_1", "Anton Berg said no to the plan on Monday night."),
            tagged("p_2", "On Tuesday Anton Berg said yes to the new plan."),
        ]
    }

    /// Does the work once and looks at the shares, then stops it at each of them.
    fn looked_at(work: impl Fn(&Watch<'_, usize>) -> Result<(), usize>) {
        let told = RefCell::new(Vec::new());
        let listen = |share| {
            told.borrow_mut().push(share);
            Ok(())
        };
        assert_eq!(work(&Watch::new(&listen)), Ok(()));
        let shares = told.into_inner();
        assert!(shares.is_sorted(), "{shares:?}");
        assert!(shares.len() > 4 && shares.first() < Some(&0.5), "{shares:?}");
        assert_eq!(shares.last(), Some(&1.0), "{shares:?}");
        for last in 1..=shares.len() {
            let count = RefCell::new(0);
            let stop = |_| {
                *count.borrow_mut() += 1;
                if *count.borrow() == last { Err(last) } else { Ok(()) }
            };
            assert_eq!(work(&Watch::new(&stop)), Err(last));
            assert_eq!(count.into_inner(), last, "it goes on after it was stopped");
        }
    }

    #[test]
    fn laying_a_guest_over_mine_says_how_far_it_is_and_can_be_stopped() {
        let [ours, theirs] = both();
        looked_at(|watch| Guest::watched(&ours, "b", theirs.clone(), watch).map(drop));
    }

    #[test]
    fn comparing_says_how_far_it_is_and_can_be_stopped() {
        let [ours, theirs] = both();
        let guest = Guest::over(&ours, "b", theirs);
        let choices = EntityChoices::default();
        looked_at(|watch| compare_watched(&ours, &guest, &choices, watch).map(drop));
    }

    #[test]
    fn deciding_many_says_how_far_it_is_and_can_be_stopped() {
        let [ours, theirs] = both();
        let guest = Guest::over(&ours, "b", theirs);
        let comparison = compare(&ours, &guest);
        let all: Vec<usize> = (0..comparison.differences.len()).collect();
        let case = SideBySide::new(&ours, &guest, &comparison);
        let ruling = Ruling::plain(Verdict::Theirs);
        looked_at(|watch| decide_watched(&case, &all, &ruling, &signature("x"), watch).map(drop));
    }

    #[test]
    fn agreement_says_how_far_it_is_and_can_be_stopped() {
        let [a, b] = both();
        let coder =
            |name: &str, project: &Project| Coder { name: name.into(), project: project.clone() };
        let coders = [coder("Anna", &a), coder("Ben", &b), coder("Cem", &a)];
        looked_at(|watch| {
            let half = watch.part(0.0, 0.5);
            let study = Study::watched(&coders, Unit::Words, &BTreeMap::new(), &half)?;
            AgreementReport::watched(study, &Measure::ALL, &watch.part(0.5, 1.0)).map(drop)
        });
    }

    #[test]
    fn what_is_known_of_a_comparison_gives_the_same_figures() {
        let [a, b] = both();
        let guest = Guest::over(&a, "Ben", b.clone());
        let comparison = compare(&a, &guest);
        let known = BTreeMap::from([(1, Known { guest: &guest, comparison: &comparison })]);
        let coders = [("Anna", &a), ("Ben", &b), ("Cem", &b)];
        let coders =
            coders.map(|(name, project)| Coder { name: name.into(), project: project.clone() });
        let anew = AgreementReport::new(Study::new(&coders, Unit::Words), &Measure::ALL);
        let look = |_| Ok::<(), std::convert::Infallible>(());
        let Ok(study) = Study::watched(&coders, Unit::Words, &known, &Watch::new(&look));
        let report = AgreementReport::new(study, &Measure::ALL);
        let figures = |report: &AgreementReport| {
            let rows = report.parts.iter().flat_map(|part| part.rows.clone());
            rows.map(|row| (row.label, row.scope, row.figure)).collect::<Vec<_>>()
        };
        assert_eq!(figures(&report), figures(&anew));
        for (part, other) in report.parts.iter().zip(&anew.parts) {
            assert_eq!(report.study.classes(&part.scope), anew.study.classes(&other.scope));
        }
        let short = AgreementReport::in_short(Study::new(&coders, Unit::Words), &Measure::ALL);
        assert_eq!(figures(&short), figures(&anew)[..short.parts[0].rows.len()]);
    }
}
