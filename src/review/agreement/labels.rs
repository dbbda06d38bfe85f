//! What each unit of a text is labelled with: the set of codes that cover it, of each coder.
//!
//! Nested and stacked annotations are the rule here, so one code for each unit would have to leave some out. A unit's
//! label is the whole set: two coders agree about it if they gave it the same codes. For a single code the label is
//! whether it is in the set.

use crate::review::agreement::Label;
use crate::review::agreement::study::Mark;
use crate::review::agreement::units::Cut;
use std::collections::BTreeMap;
use std::ops::Range;

/// Sets of codes, each with a number; the empty one is 0.
#[derive(Clone, Debug)]
pub(in crate::review::agreement) struct LabelSets {
    sets: Vec<Vec<usize>>,
    numbers: BTreeMap<Vec<usize>, Label>,
}

impl Default for LabelSets {
    fn default() -> Self {
        Self { sets: vec![Vec::new()], numbers: BTreeMap::from([(Vec::new(), 0)]) }
    }
}

impl LabelSets {
    /// The number of that set; the codes ascend.
    pub(in crate::review::agreement) fn number(&mut self, codes: Vec<usize>) -> Label {
        if let Some(number) = self.numbers.get(&codes) {
            return *number;
        }
        let number = self.sets.len() as Label;
        self.sets.push(codes.clone());
        self.numbers.insert(codes, number);
        number
    }

    /// The codes of a label.
    pub(in crate::review::agreement) fn codes(&self, label: Label) -> &[usize] {
        self.sets.get(label as usize).map_or(&[], Vec::as_slice)
    }
}

/// Labels with some of their codes only. A set is narrowed when it is first met: of a large study a figure meets few.
#[derive(Debug)]
pub(in crate::review::agreement) struct Narrowing<'a> {
    sets: &'a LabelSets,
    /// Which codes stay.
    kept: Vec<bool>,
    known: Vec<Option<Label>>,
    narrow: LabelSets,
}

impl<'a> Narrowing<'a> {
    /// Leaves of each set the codes that `kept` says.
    pub(in crate::review::agreement) fn new(sets: &'a LabelSets, kept: Vec<bool>) -> Self {
        let known = vec![None; sets.sets.len()];
        Self { sets, kept, known, narrow: LabelSets::default() }
    }

    /// What is left of a label; the empty set stays 0.
    pub(in crate::review::agreement) fn label(&mut self, label: Label) -> Label {
        if let Some(known) = self.known.get(label as usize).copied().flatten() {
            return known;
        }
        let codes = self.sets.codes(label).iter().copied();
        let left = codes.filter(|code| self.kept.get(*code).is_some_and(|kept| *kept)).collect();
        let narrowed = self.narrow.number(left);
        if let Some(known) = self.known.get_mut(label as usize) {
            *known = Some(narrowed);
        }
        narrowed
    }
}

/// Units that follow each other and were labelled alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::review::agreement) struct Stretch {
    pub(in crate::review::agreement) units: Range<u32>,
    /// Of each coder; none of one who does not have the document.
    pub(in crate::review::agreement) labels: Vec<Option<Label>>,
}

/// All units of a text, as few stretches as possible. Costs what the marks are, not what the text is.
pub(in crate::review::agreement) fn stretches(
    cut: &Cut,
    marks: &[Vec<Mark>],
    present: &[bool],
    sets: &mut LabelSets,
) -> Vec<Stretch> {
    let mut changes: BTreeMap<u32, Vec<(usize, Label)>> = BTreeMap::new();
    for (coder, marks) in marks.iter().enumerate() {
        for (at, label) in of_coder(cut, marks, sets) {
            changes.entry(at).or_default().push((coder, label));
        }
    }
    let mut labels: Vec<Option<Label>> =
        present.iter().map(|present| present.then_some(0)).collect();
    let mut found: Vec<Stretch> = Vec::new();
    let mut from = 0;
    let close = |found: &mut Vec<Stretch>, from: u32, to: u32, labels: &[Option<Label>]| {
        if from < to {
            found.push(Stretch { units: from..to, labels: labels.to_vec() });
        }
    };
    for (at, changed) in changes {
        close(&mut found, from, at, &labels);
        for (coder, label) in changed {
            if let Some(old) = labels.get_mut(coder) {
                *old = Some(label);
            }
        }
        from = at;
    }
    close(&mut found, from, cut.len(), &labels);
    found
}

/// Where a coder's label changes, and to what; before the first place it is the empty one.
fn of_coder(cut: &Cut, marks: &[Mark], sets: &mut LabelSets) -> Vec<(u32, Label)> {
    // Starts and ends of codes, by place.
    let mut edges: Vec<(u32, usize, bool)> = Vec::new();
    for mark in marks {
        for span in mark.fragments.spans() {
            let units = cut.covered(*span);
            if !units.is_empty() {
                edges.extend([(units.start, mark.code, true), (units.end, mark.code, false)]);
            }
        }
    }
    edges.sort_unstable();
    let mut open: BTreeMap<usize, u32> = BTreeMap::new();
    let mut changes: Vec<(u32, Label)> = Vec::new();
    for place in edges.chunk_by(|a, b| a.0 == b.0) {
        // Those that start count first, so that no count goes below nothing.
        for (_, code, starts) in place.iter().rev() {
            let count = open.entry(*code).or_default();
            *count = if *starts { *count + 1 } else { count.saturating_sub(1) };
        }
        open.retain(|_, count| *count > 0);
        let label = sets.number(open.keys().copied().collect());
        let before = changes.last().map_or(0, |(_, label)| *label);
        if let Some((at, _, _)) = place.first().filter(|_| label != before) {
            changes.push((*at, label));
        }
    }
    changes
}
