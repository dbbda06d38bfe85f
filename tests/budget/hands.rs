//! Hands at the window that count what they do: a key, a chord, a click, a drag and a turn of the wheel are one action each.

use crate::budget::article::{Article, Kind, Mark};
use crate::budget::paths;
use crate::flows::{Edge, Window};
use egui::{Key, Modifiers};
use serde_json::Value;
use std::fmt::Write as _;
use std::ops::Range;

/// What the hands have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum With {
    /// Mouse and keys.
    Mouse,
    /// Keys alone.
    Keys,
}

/// Counting hands.
pub(crate) struct Hands {
    pub(crate) window: Window,
    text: String,
    with: With,
    step: &'static str,
    counts: Vec<(&'static str, usize)>,
}

impl Hands {
    /// At a window that is open on `text`.
    pub(crate) fn on(text: &str, with: With) -> Self {
        let window = Window::on_text(text);
        Self { window, text: text.to_owned(), with, step: "", counts: Vec::new() }
    }

    /// What comes now belongs to `step`.
    pub(crate) fn step(&mut self, step: &'static str) {
        self.step = step;
        if self.counts.iter().all(|(known, _)| *known != step) {
            self.counts.push((step, 0));
        }
    }

    fn count(&mut self) {
        let step = self.step;
        if let Some((_, count)) = self.counts.iter_mut().find(|(known, _)| *known == step) {
            *count += 1;
        }
    }

    pub(crate) fn total(&self) -> usize {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The actions of a step.
    pub(crate) fn of(&self, step: &str) -> usize {
        self.counts.iter().find(|(known, _)| *known == step).map_or(0, |(_, count)| *count)
    }

    /// Actions by step, as lines.
    pub(crate) fn account(&self) -> String {
        let mut lines = String::new();
        for (step, count) in &self.counts {
            writeln!(lines, "{count:5}  {step}").unwrap();
        }
        let with = if self.with == With::Mouse { "mouse and keys" } else { "keys alone" };
        writeln!(lines, "{:5}  in all, with {with}", self.total()).unwrap();
        lines
    }

    pub(crate) fn key(&mut self, key: Key) {
        self.count();
        self.window.key(key);
    }

    pub(crate) fn shift(&mut self, key: Key) {
        self.chord(Modifiers::SHIFT, key);
    }

    pub(crate) fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.count();
        self.window.chord(modifiers, key);
    }

    pub(crate) fn digit(&mut self, digit: u8) {
        self.key(Key::from_name(&digit.to_string()).unwrap());
    }

    /// A sign that some key types.
    pub(crate) fn sign(&mut self, sign: char) {
        self.count();
        self.window.typed(&sign.to_string());
    }

    /// Letters, each of which is a key.
    pub(crate) fn typed(&mut self, letters: &str) {
        for letter in letters.chars() {
            self.count();
            self.window.typed(&letter.to_string());
        }
    }

    /// The record of that name: by the digit that the popup shows beside it, or else by the beginning of its name.
    pub(crate) fn recent(&mut self, name: &str) {
        if let Some(digit) = self.window.recent_digit(name) {
            let key = Key::from_name(&digit.to_string()).unwrap();
            self.count();
            self.window.chord(Modifiers::ALT, key);
        } else {
            self.typed(&name.chars().take(3).collect::<String>());
            self.key(Key::Enter);
        }
    }

    /// Selects words: by one drag, or by finding their beginning and going on by words.
    pub(crate) fn select(&mut self, mark: &Mark) {
        match self.with {
            With::Mouse => {
                self.bring(&mark.span);
                self.count();
                self.window.drag_between(self.text.as_str(), &mark.span);
            }
            With::Keys => self.go_and_select(mark),
        }
    }

    /// Drags over words where they stand first.
    pub(crate) fn select_words(&mut self, words: &str) {
        let span = self.first(words);
        self.count();
        self.window.drag_between(&self.text, &span);
    }

    fn first(&self, words: &str) -> Range<usize> {
        let start = self.text.find(words).unwrap();
        start..start + words.len()
    }

    /// Types the letters beside the annotation of these words.
    pub(crate) fn hint(&mut self, layer: &str, words: &str) {
        let hint = self.window.hint_of(&self.text, layer, &self.first(words));
        self.letters(&hint);
    }

    /// Drags from what has that name to words: one gesture.
    pub(crate) fn pull(&mut self, name: &str, words: &str) {
        let start = self.first(words).start;
        let to = self.window.spot(&self.text, start, Edge::Start).unwrap() + egui::vec2(6.0, 0.0);
        self.count();
        self.window.drag_to(name, to);
    }

    /// By the keys of the caret where that is a short way, else by finding the words.
    fn go_and_select(&mut self, mark: &Mark) {
        let from = self.window.caret_offset(&self.text);
        let way = from.and_then(|from| paths::keys(&self.text, from, &mark.span));
        let found = mark.span.len() + 4;
        let Some(way) = way.filter(|way| way.len() < found) else { return self.find(mark) };
        for (held, key) in way {
            self.chord(held, key);
        }
    }

    /// Ctrl+F, the words, Enter until it is these, Escape: the words are selected.
    fn find(&mut self, mark: &Mark) {
        let words = self.text.get(mark.span.clone()).unwrap().to_owned();
        let nth = self.text.get(..mark.span.start).unwrap().matches(&words).count() + 1;
        self.count();
        self.window.chord(Modifiers::COMMAND, Key::F);
        // Letter by letter it would be the same, and slow.
        words.chars().for_each(|_| self.count());
        self.window.typed(&words);
        let all = self.text.matches(&words).count();
        for _ in 0..=all {
            if self.window.shows(&format!("{nth} of ")) {
                break;
            }
            self.key(Key::Enter);
        }
        self.key(Key::Escape);
    }

    /// Scrolls until the words are in sight.
    fn bring(&mut self, span: &Range<usize>) {
        for _ in 0..40 {
            match self.window.where_is(&self.text, span) {
                std::cmp::Ordering::Equal => return,
                way => {
                    self.count();
                    self.window.wheel(if way == std::cmp::Ordering::Less { 420.0 } else { -420.0 });
                }
            }
        }
        panic!("{span:?} does not come into sight");
    }

    /// Selects the annotation of a mark: by a click, or by walking there.
    pub(crate) fn choose(&mut self, article: &Article, name: &str) {
        let mark = article.mark(name);
        match self.with {
            With::Mouse => {
                self.bring(&mark.span);
                self.count();
                self.window.click_at(&self.text, mark.span.start);
            }
            With::Keys => self.walk_to(mark),
        }
    }

    /// Tab or Shift+Tab until the annotation is selected; Escape lets go of a link first.
    fn walk_to(&mut self, mark: &Mark) {
        for _ in 0..200 {
            let now = self.window.selected_span(&self.text);
            if now.as_ref() == Some(&mark.span) {
                return;
            }
            let back = now.as_ref().is_some_and(|now| now.start > mark.span.start);
            if now.is_none() {
                self.key(Key::Escape);
            }
            self.count();
            self.window.chord(if back { Modifiers::SHIFT } else { Modifiers::NONE }, Key::Tab);
        }
        panic!("walked by “{}”", mark.name);
    }

    /// Links the selected annotation, or the origin of the selected link, with that of a mark by its letters.
    pub(crate) fn link_to(&mut self, article: &Article, name: &str) {
        let mark = article.mark(name);
        if self.with == With::Mouse {
            self.bring(&mark.span);
        }
        self.key(Key::L);
        let layer = match mark.kind {
            Kind::Claim => "Claim",
            Kind::Event => "Event",
            _ => "Actor",
        };
        let hint = self.window.hint_of(&self.text, layer, &mark.span);
        self.letters(&hint);
    }

    fn letters(&mut self, hint: &str) {
        for letter in hint.chars() {
            self.key(Key::from_name(&letter.to_uppercase().to_string()).unwrap());
        }
    }

    /// Tab until the selected link says `kind` from one mark to the other.
    pub(crate) fn turn_until(&mut self, kind: &str, from: &str, to: &str, article: &Article) {
        let (from, to) = (article.words(article.mark(from)), article.words(article.mark(to)));
        let kind = kind.replace('-', " ").replace("evidence", "is evidence").replace("is is", "is");
        for _ in 0..20 {
            if self.window.link_says(from, &kind, to) {
                return;
            }
            self.key(Key::Tab);
        }
        panic!("never “{from}” {kind} “{to}”; there is {:#?}", self.window.names());
    }

    /// Saves; that is none of the budget's actions.
    pub(crate) fn saved(&mut self) -> Value {
        self.window.save_as("p.json")
    }
}

impl Window {
    /// Drags from the first letter of a span to its last.
    fn drag_between(&mut self, text: &str, span: &Range<usize>) {
        let from = self.spot(text, span.start, Edge::Start).unwrap();
        let to = self.spot(text, span.end, Edge::End).unwrap();
        self.drag(from, to);
    }
}
