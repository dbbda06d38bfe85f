//! The commands about annotations and links; layers and their letters are the codebook's.

use crate::model::{
    Annotation, AnnotationId, Choice, End, Feature, FeatureKind, Fragments, Layer, LayerId, Record,
    RecordId, RelationId, Value,
};
use crate::query::{self, Position};
use crate::text::{
    Offset, Span, Text, grapheme_after, grapheme_before, trimmed, whole_words, word_after,
    word_around, word_before,
};
use crate::ui::command_table::{Chord, Entry, LINK, NO_PROJECT, WHOLE_WORDS, text};
use crate::ui::desk::{Desk, Focus, Selected};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::page::find::Onwards;
use crate::ui::panels::record_of;
use crate::ui::view::View;
use crate::workbench::{AnnotationCommand, Command, RelationCommand, RemarkCommand};
use egui::Key;
use smol_str::format_smolstr;

const NO_WORDS: &str = "select words first, or put the caret in a word";
const NO_ANNOTATION: &str = "select an annotation first";
/// Bytes of a paragraph in which units are not looked for before they are asked for.
const LONG: u32 = 16 * 1024;
const NO_THREAD: &str = "select something that has comments first";
const NO_NEXT: &str = "there is no other annotation in this document";

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let now = Now { view, desk };
    let mut all: Vec<Entry> = now.layers().iter().flat_map(|layer| now.tags(layer)).collect();
    all.extend(now.codes());
    all.extend(now.positions());
    all.extend(now.links());
    all.extend(now.remarks());
    all.extend(now.boundaries());
    all.extend(now.walking());
    all.extend(now.selecting());
    all.extend(now.in_layers());
    all
}

/// Onwards in the text, outwards, larger; or back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Onwards,
    Back,
}

/// An end of a span.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// What the commands are asked of.
struct Now<'a> {
    view: Option<&'a View<'a>>,
    desk: &'a Desk,
}

fn ask(command: AnnotationCommand) -> Wish {
    Wish::Project(Command::Annotation(command))
}

impl<'a> Now<'a> {
    fn layers(&self) -> &'a [Layer] {
        self.view.map_or(&[], |view| &view.project.codebook.layers)
    }

    fn selected(&self) -> Result<&'a Annotation, &'static str> {
        let view = self.view.ok_or(NO_PROJECT)?;
        match &self.desk.selected {
            Some(Selected::Annotation(id)) => {
                view.project.annotation(id).map(|record| &record.value).ok_or(NO_ANNOTATION)
            }
            _ => Err(NO_ANNOTATION),
        }
    }

    fn selected_link(&self) -> Option<&'a RelationId> {
        match &self.desk.selected {
            Some(Selected::Relation(id)) => Some(id),
            _ => None,
        }
    }

    /// The words selected, or the word at the caret.
    fn words(&self) -> Result<Fragments, &'static str> {
        let view = self.view.ok_or(NO_PROJECT)?;
        if let Some(words) = &self.desk.words {
            return Ok(words.clone());
        }
        let sheet =
            self.desk.document.as_ref().and_then(|id| view.project.sheet(id)).ok_or(NO_PROJECT)?;
        let text = &sheet.document().text;
        let word = word_around(text, self.desk.page.caret.at).ok_or(NO_WORDS)?;
        Ok(Fragments::one(trimmed(text, word)))
    }

    /// Tag as a layer; with only an annotation selected its layer changes; with Alt a further annotation on its words.
    fn tags(&self, layer: &Layer) -> [Entry; 2] {
        let key = Chord::letter(layer.key);
        let tag = |fragments: Fragments| {
            let document = self.desk.document.clone().ok_or(NO_PROJECT)?;
            let layer = layer.id.clone();
            Ok(ask(AnnotationCommand::Tag { document, fragments, layer, code: None }))
        };
        let plain = match (&self.desk.words, self.selected()) {
            (None, Ok(annotation)) if annotation.layer == layer.id => {
                Ok(Wish::Desk(DeskCommand::Code(annotation.id.clone())))
            }
            (None, Ok(annotation)) => {
                Ok(ask(AnnotationCommand::SetLayer(annotation.id.clone(), layer.id.clone())))
            }
            _ => self.words().and_then(tag),
        };
        let further = self.selected().and_then(|a| tag(a.place.fragments().clone()));
        let name = layer.name.to_lowercase();
        let keys = if key.stroke == Chord::letter('l').stroke { Vec::new() } else { vec![key] };
        let with_alt: Vec<Chord> = keys.iter().map(|key| Chord { alt: true, ..*key }).collect();
        [
            text(
                format_smolstr!("tag.{}", layer.id),
                format!("Tag as {name}"),
                "The selected words, or the word at the caret",
                &keys,
                plain,
            ),
            text(
                format_smolstr!("tag-again.{}", layer.id),
                format!("Tag again as {name}"),
                "A further annotation on the same words",
                &with_alt,
                further,
            ),
        ]
    }

    /// The codes of the selected annotation's layer, by digit where the codebook gives one.
    fn codes(&self) -> Vec<Entry> {
        let Ok(annotation) = self.selected() else { return Vec::new() };
        let layer = self.layers().iter().find(|layer| layer.id == annotation.layer);
        let codes = layer.map_or(&[][..], |layer| &layer.codes);
        let entry = |code: &crate::model::Code| {
            let key = code.digit.and_then(|digit| Key::from_name(&digit.to_string()));
            let keys: Vec<Chord> = key.map(Chord::key).into_iter().collect();
            let set = AnnotationCommand::SetCode(annotation.id.clone(), Some(code.id.clone()));
            text(
                format_smolstr!("code.{}", code.id),
                format!("Code: {}", code.name),
                "Set the code of the selected annotation",
                &keys,
                Ok(ask(set)),
            )
        };
        codes.iter().map(entry).collect()
    }

    /// Values that the codebook gives a key, such as a claim's position; pressed again they are taken away.
    fn positions(&self) -> Vec<Entry> {
        let Ok(annotation) = self.selected() else { return Vec::new() };
        let layer = self.layers().iter().find(|layer| layer.id == annotation.layer);
        let features = layer.map_or(&[][..], |layer| &layer.features);
        features.iter().flat_map(|feature| Self::values(annotation, feature)).collect()
    }

    fn values(annotation: &Annotation, feature: &Feature) -> Vec<Entry> {
        let FeatureKind::Choice { values, many: false, .. } = &feature.kind else {
            return Vec::new();
        };
        let entry = |choice: &Choice, key: char| {
            let value = Value::Choice(choice.id.clone());
            let set = annotation.features.get(&feature.id) == Some(&value);
            let value = if set { None } else { Some(value) };
            let command =
                AnnotationCommand::SetFeature(annotation.id.clone(), feature.id.clone(), value);
            let name = format!("{}: {}", feature.name, choice.name);
            let id = format_smolstr!("value.{}.{}.{}", annotation.layer, feature.id, choice.id);
            text(id, name, "Pressed again: none", &[Chord::sign(key)], Ok(ask(command)))
        };
        values.iter().filter_map(|choice| choice.key.map(|key| entry(choice, key))).collect()
    }

    fn links(&self) -> Vec<Entry> {
        let cycle = self
            .selected_link()
            .ok_or("make or select a link first")
            .map(|id| Wish::Project(Command::Relation(RelationCommand::Cycle(id.clone()))));
        let erase = match (self.selected_link(), self.selected()) {
            (Some(id), _) => {
                Ok(Wish::Project(Command::Relation(RelationCommand::Erase(id.clone()))))
            }
            (None, selected) => selected.map(|a| ask(AnnotationCommand::Erase(a.id.clone()))),
        };
        let inspect = self.desk.selected.as_ref().map(|_| DeskCommand::Focus(Focus::Inspector));
        let desk = |command: Option<DeskCommand>| command.map(Wish::Desk).ok_or(NO_ANNOTATION);
        // The key Tab also walks; it cycles while a link is selected.
        let cycle_keys =
            if self.selected_link().is_some() { vec![Chord::key(Key::Tab)] } else { Vec::new() };
        let erase_keys = [Chord::key(Key::Delete), Chord::key(Key::Backspace)];
        vec![
            text(
                "link",
                "Link from here…",
                "Then type the letter of the other end, or click it; after a link: one more from the same end",
                &[LINK],
                self.linking(self.near_end()),
            ),
            text(
                "link-onwards",
                "Link from the other end…",
                "Begin a link where the selected one leads to",
                &[Chord::shift(Key::L)],
                self.linking(self.far_end()),
            ),
            text(
                "next-kind",
                "Next kind of link",
                "Or the other direction, where the codebook allows it",
                &cycle_keys,
                cycle,
            ),
            text(
                "erase",
                "Erase",
                "The selected annotation with its links, or the selected link",
                &erase_keys,
                erase,
            ),
            text(
                "inspect",
                "Edit in the inspector",
                "Move the keyboard to its first field",
                &[Chord::key(Key::Enter)],
                desk(inspect),
            ),
        ]
    }

    /// What is noted for oneself and said to others.
    fn remarks(&self) -> Vec<Entry> {
        let field = |focus| {
            let some = self.desk.selected.as_ref().ok_or(NO_ANNOTATION);
            some.map(|_| Wish::Desk(DeskCommand::Focus(focus)))
        };
        vec![
            text(
                "note",
                "Note",
                "Write what you think about the selected record",
                &[Chord::key(Key::N)],
                field(Focus::Note),
            ),
            text(
                "comment",
                "Comment",
                "Answer what is asked about the selected record, or ask something yourself",
                &[Chord::key(Key::M)],
                field(Focus::Comment),
            ),
            text(
                "new-thread",
                "Comment on something else",
                "Begin a further thread about the selected record",
                &[],
                field(Focus::Thread),
            ),
            text(
                "resolve",
                "Resolve or reopen the thread",
                "The open thread of the selected record; if none is open, what was resolved last",
                &[Chord::shift(Key::M)],
                self.settling(),
            ),
        ]
    }

    /// Resolves the thread of what is selected that was opened last, else the newest open one, or reopens it.
    fn settling(&self) -> Result<Wish, &'static str> {
        let target = self.desk.selected.as_ref().map(record_of).ok_or(NO_THREAD)?;
        settling(self.view, self.desk, &[target])
    }

    /// What is selected, or where the selected link was begun.
    fn near_end(&self) -> Result<End, &'static str> {
        match (&self.desk.selected, self.link_ends()) {
            (Some(Selected::Entity(id)), _) => Ok(End::Entity(id.clone())),
            (_, Some((near, _))) => Ok(near),
            _ => self.selected().map(|annotation| End::Annotation(annotation.id.clone())),
        }
    }

    fn far_end(&self) -> Result<End, &'static str> {
        self.link_ends().map(|(_, far)| far).ok_or("make or select a link first")
    }

    /// The ends of the selected link, the one where it was begun first.
    fn link_ends(&self) -> Option<(End, End)> {
        let id = self.selected_link()?;
        let relation = self.view?.project.relations().get(id)?;
        let (from, to) = (relation.from.clone(), relation.to.clone());
        let begun = self.desk.linked.as_ref().filter(|(link, _)| link == id).map(|(_, end)| end);
        Some(if begun == Some(&to) { (to, from) } else { (from, to) })
    }

    fn linking(&self, from: Result<End, &'static str>) -> Result<Wish, &'static str> {
        let (view, from) = (self.view.ok_or(NO_PROJECT)?, from?);
        let layer = view.project.layer_of(&from).ok_or(NO_ANNOTATION)?;
        if query::ways_at(&view.project.codebook, layer).is_empty() {
            return Err("the codebook has no link that starts or ends here");
        }
        Ok(Wish::Desk(DeskCommand::LinkFrom(from)))
    }

    /// The ends of the selected annotation by a word, or with Alt by a character.
    fn boundaries(&self) -> Vec<Entry> {
        type Step = fn(&Text, Offset) -> Offset;
        let rows: [(&str, &str, Key, Edge, Step, Step); 4] = [
            (
                "start-left",
                "Start to the left",
                Key::OpenBracket,
                Edge::Start,
                word_before,
                grapheme_before,
            ),
            (
                "start-right",
                "Start to the right",
                Key::CloseBracket,
                Edge::Start,
                next_word_start,
                grapheme_after,
            ),
            (
                "end-left",
                "End to the left",
                Key::OpenBracket,
                Edge::End,
                previous_word_end,
                grapheme_before,
            ),
            (
                "end-right",
                "End to the right",
                Key::CloseBracket,
                Edge::End,
                word_after,
                grapheme_after,
            ),
        ];
        let mut all = Vec::new();
        for (id, name, key, edge, by_word, by_character) in rows {
            let shift = edge == Edge::End;
            for (alt, step) in [(false, by_word), (true, by_character)] {
                let id = if alt { format_smolstr!("{id}-character") } else { id.into() };
                let name = if alt { format!("{name} by a character") } else { name.to_owned() };
                let chord = Chord { shift, alt, ..Chord::key(key) };
                let wish =
                    self.selected().and_then(|annotation| self.moved(annotation, edge, step));
                all.push(text(
                    id,
                    name,
                    "Move a boundary of the selected annotation",
                    &[chord],
                    wish,
                ));
            }
        }
        all
    }

    fn moved(
        &self,
        annotation: &Annotation,
        edge: Edge,
        step: fn(&Text, Offset) -> Offset,
    ) -> Result<Wish, &'static str> {
        let view = self.view.ok_or(NO_PROJECT)?;
        let sheet = view.project.sheet(&annotation.document).ok_or(NO_PROJECT)?;
        let text = &sheet.document().text;
        let mut spans = annotation.place.fragments().spans().to_vec();
        let at = if edge == Edge::End { spans.len().saturating_sub(1) } else { 0 };
        let span = spans.get_mut(at).ok_or(NO_ANNOTATION)?;
        let (from, to) = (span.start(), span.end());
        let (from, to) =
            if edge == Edge::End { (from, step(text, to)) } else { (step(text, from), to) };
        *span =
            Span::between(from, to).filter(|_| from < to).ok_or("nothing would be left of it")?;
        let fragments = Fragments::joined(spans).ok_or(NO_ANNOTATION)?;
        Ok(ask(AnnotationCommand::Place(annotation.id.clone(), fragments)))
    }

    fn walking(&self) -> Vec<Entry> {
        let reveal = |id: Option<AnnotationId>| {
            id.map(|id| Wish::Desk(DeskCommand::Reveal(id))).ok_or(NO_NEXT)
        };
        // While a link is selected Tab cycles its kind.
        let tab =
            if self.selected_link().is_some() { Vec::new() } else { vec![Chord::key(Key::Tab)] };
        let doll = |way| self.doll(way).ok_or("no annotation is around or inside it");
        vec![
            text(
                "next-annotation",
                "Next annotation",
                "In the order of the text",
                &tab,
                reveal(self.step(Way::Onwards)),
            ),
            text(
                "previous-annotation",
                "Previous annotation",
                "In the order of the text",
                &[Chord::shift(Key::Tab)],
                reveal(self.step(Way::Back)),
            ),
            text(
                "outer",
                "Outer annotation",
                "The doll around the selected one",
                &[Chord::alt(Key::ArrowUp)],
                doll(Way::Onwards),
            ),
            text(
                "inner",
                "Inner annotation",
                "A doll inside the selected one",
                &[Chord::alt(Key::ArrowDown)],
                doll(Way::Back),
            ),
        ]
    }

    fn selecting(&self) -> [Entry; 4] {
        [
            text(
                "grow",
                "Larger selection",
                "Word, phrase, sentence, paragraph",
                &[Chord::shift_alt(Key::ArrowRight)],
                self.grown(Way::Onwards),
            ),
            text(
                "shrink",
                "Smaller selection",
                "Back to the selection before",
                &[Chord::shift_alt(Key::ArrowLeft)],
                self.grown(Way::Back),
            ),
            text(
                "fragment",
                "Further fragment",
                "Keep the selected words and select more",
                &[Chord::ctrl(Key::Space)],
                self.fragment(),
            ),
            text(
                "whole-words",
                "Whole words",
                "Move ends that are inside a word to its ends: of the selection, or of the selected annotation",
                &[WHOLE_WORDS],
                self.whole_words(),
            ),
        ]
    }

    /// To annotations of one layer.
    fn in_layers(&self) -> Vec<Entry> {
        let here = self.desk.document.as_ref().ok_or(NO_PROJECT);
        let step = |layer: &LayerId, onwards| {
            here.map(|_| Wish::Desk(DeskCommand::StepInLayer(layer.clone(), onwards)))
        };
        let same = |onwards| self.selected().and_then(|own| step(&own.layer, onwards));
        let hint = "In the order of the text";
        let mut all = vec![
            text(
                "next-of-layer",
                "Next of the same layer",
                hint,
                &[Chord::sign('.')],
                same(Onwards::Yes),
            ),
            text(
                "previous-of-layer",
                "Previous of the same layer",
                hint,
                &[Chord::sign(',')],
                same(Onwards::No),
            ),
        ];
        for layer in self.layers() {
            let name = layer.name.to_lowercase();
            for (way, word, onwards) in
                [("next", "Next", Onwards::Yes), ("previous", "Previous", Onwards::No)]
            {
                let id = format_smolstr!("{way}.{}", layer.id);
                let wish = step(&layer.id, onwards);
                all.push(text(id, format!("{word} {name}"), hint, &[], wish));
            }
        }
        all
    }

    fn step(&self, way: Way) -> Option<AnnotationId> {
        let view = self.view?;
        let sheet = view.project.sheet(self.desk.document.as_ref()?)?;
        let id = self.selected().ok().filter(|a| a.document == sheet.document().id).map(|a| &a.id);
        let at = self.desk.page.caret.at;
        let from = id.map_or(Position::Offset(at), Position::Annotation);
        let shown = |annotation: &Record<Annotation>| !self.desk.veil.hides(annotation);
        let next = if way == Way::Onwards {
            query::next_annotation_that(sheet, from, shown)
        } else {
            query::previous_annotation_that(sheet, from, shown)
        };
        next.map(|annotation| annotation.id.clone())
    }

    fn doll(&self, way: Way) -> Option<Wish> {
        let annotation = self.selected().ok()?;
        let sheet = self.view?.project.sheet(&annotation.document)?;
        let own = annotation.place.fragments().hull();
        let all = sheet.overlapping(own).into_iter();
        let others = all.filter(|other| other.id != annotation.id && !self.desk.veil.hides(other));
        let size = |span: Span| span.len_bytes();
        let hull = |other: &Annotation| other.place.fragments().hull();
        let found = if way == Way::Onwards {
            others
                .filter(|o| hull(o).contains(own) && size(hull(o)) > size(own))
                .min_by_key(|o| size(hull(o)))
        } else {
            others
                .filter(|o| own.contains(hull(o)) && size(hull(o)) < size(own))
                .max_by_key(|o| size(hull(o)))
        };
        found.map(|other| Wish::Desk(DeskCommand::Reveal(other.id.clone())))
    }

    fn grown(&self, way: Way) -> Result<Wish, &'static str> {
        let (text, caret) = (self.text()?, &self.desk.page.caret);
        // Where it takes long to know, the key tells.
        let (start, end) = text.paragraph_bounds(text.paragraph_at(caret.at));
        if end.0 - start.0 > LONG {
            let grow = way == Way::Onwards;
            return Ok(Wish::Desk(if grow { DeskCommand::Grow } else { DeskCommand::Shrink }));
        }
        if way == Way::Onwards {
            let larger = caret.larger(text, self.desk.edges);
            return larger
                .map(|_| Wish::Desk(DeskCommand::Grow))
                .ok_or("the whole paragraph is selected");
        }
        let smaller = caret.can_shrink(text, self.desk.edges);
        smaller.then_some(Wish::Desk(DeskCommand::Shrink)).ok_or("nothing larger is selected")
    }

    /// The text on the page.
    fn text(&self) -> Result<&'a Text, &'static str> {
        let view = self.view.ok_or(NO_PROJECT)?;
        let sheet = self.desk.document.as_ref().and_then(|id| view.project.sheet(id));
        sheet.map(|sheet| &sheet.document().text).ok_or(NO_PROJECT)
    }

    fn whole_words(&self) -> Result<Wish, &'static str> {
        let text = self.text()?;
        let own = match (&self.desk.words, self.selected()) {
            (Some(words), _) => words,
            (None, Ok(annotation)) if Some(&annotation.document) == self.desk.document.as_ref() => {
                annotation.place.fragments()
            }
            _ => return Err(NO_WORDS),
        };
        let cut =
            own.spans().iter().any(|span| text.holds(*span) && whole_words(text, *span) != *span);
        cut.then_some(Wish::Desk(DeskCommand::WholeWords)).ok_or("no end is inside a word")
    }

    fn fragment(&self) -> Result<Wish, &'static str> {
        self.desk.words.as_ref().ok_or(NO_WORDS)?;
        Ok(Wish::Desk(DeskCommand::KeepFragment))
    }
}

/// Where the word after the one at `at` begins.
fn next_word_start(text: &Text, at: Offset) -> Offset {
    let end = word_after(text, at);
    let next = word_after(text, end);
    word_before(text, next).max(end)
}

/// Where the word before the one that ends at `at` ends.
fn previous_word_end(text: &Text, at: Offset) -> Offset {
    let start = word_before(text, at);
    let before = word_before(text, start);
    word_after(text, before).min(start)
}

/// Resolves the thread about any of these that was opened last, else the newest open one, or reopens it.
pub(in crate::ui::command_table) fn settling(
    view: Option<&View<'_>>,
    desk: &Desk,
    about: &[RecordId],
) -> Result<Wish, &'static str> {
    let view = view.ok_or(NO_PROJECT)?;
    let threads: Vec<query::Thread<'_>> =
        about.iter().flat_map(|target| query::threads_on(view.project, target)).collect();
    let opened = threads.iter().find(|thread| Some(&thread.id) == desk.thread.as_ref());
    let newest = || threads.iter().rfind(|thread| !thread.is_resolved());
    let thread = opened.or_else(newest).or(threads.last()).ok_or(NO_THREAD)?;
    let id = thread.id.clone();
    Ok(Wish::Project(Command::Remark(if thread.is_resolved() {
        RemarkCommand::Reopen(id)
    } else {
        RemarkCommand::Resolve(id)
    })))
}
