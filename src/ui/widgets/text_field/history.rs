//! What a field was before each step of typing, so that Ctrl+Z brings it back.
//!
//! It knows nothing of carets on the screen or of keys; `editing.rs` says when a step begins.

/// Most steps kept.
const STEPS: usize = 200;
/// Most bytes kept in all steps together.
const BYTES: usize = 4 << 20;

/// What a step does. Steps of one kind that follow one another are undone together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ui::widgets) enum Kind {
    /// A letter was typed.
    Typed,
    /// A letter was taken away.
    Erased,
    /// Anything else: pasted, cut, composed.
    Other,
}

/// A text with its selection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::ui::widgets) struct Moment {
    pub(in crate::ui::widgets) text: String,
    pub(in crate::ui::widgets) at: usize,
    pub(in crate::ui::widgets) anchor: usize,
}

/// The moments before and after now.
#[derive(Clone, Default, Debug)]
pub(in crate::ui::widgets) struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
    last: Option<Kind>,
}

impl History {
    /// Call before the text changes; `moment` is asked for only where a step begins.
    pub(in crate::ui::widgets) fn before(&mut self, kind: Kind, moment: impl FnOnce() -> Moment) {
        let goes_on = kind != Kind::Other && self.last == Some(kind);
        self.last = Some(kind);
        self.future.clear();
        if goes_on {
            return;
        }
        self.past.push(moment());
        let bytes = |past: &[Moment]| past.iter().map(|moment| moment.text.len()).sum::<usize>();
        while self.past.len() > STEPS || (self.past.len() > 1 && bytes(&self.past) > BYTES) {
            self.past.remove(0);
        }
    }

    /// What is typed next is a step of its own.
    pub(in crate::ui::widgets) fn pause(&mut self) {
        self.last = None;
    }

    /// Forgets everything.
    pub(in crate::ui::widgets) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The moment before the last step.
    pub(in crate::ui::widgets) fn undo(&mut self, now: Moment) -> Option<Moment> {
        let before = other_than(&mut self.past, &now.text)?;
        self.future.push(now);
        self.pause();
        Some(before)
    }

    /// The moment after the step that was undone last.
    pub(in crate::ui::widgets) fn redo(&mut self, now: Moment) -> Option<Moment> {
        let after = other_than(&mut self.future, &now.text)?;
        self.past.push(now);
        self.pause();
        Some(after)
    }
}

/// The last moment whose text differs: a composition that was given up leaves one that does not.
fn other_than(moments: &mut Vec<Moment>, text: &str) -> Option<Moment> {
    while let Some(moment) = moments.pop() {
        if moment.text != text {
            return Some(moment);
        }
    }
    None
}
