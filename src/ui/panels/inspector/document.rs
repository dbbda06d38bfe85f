//! A document: title, language, what the codebook asks of its source, the file it came from, counts, note, history.

use egui::{Id, Ui};

use crate::model::{Document, DocumentId, Project};
use crate::text::words_in;
use crate::text::{Offset, Span};
use crate::ui::desk::{Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::{
    Field, InspectorDesk, entity, features, history, links, remarks,
};
use crate::ui::panels::language::{COMMON, language_name};
use crate::ui::widgets::{
    Face, Item, Picked, Picker, field_row, in_words, passage, side_text, words,
};
use crate::workbench::{Command, DocumentCommand};

/// Hexadecimal digits of a digest that are shown.
const DIGEST: usize = 12;

/// What takes a walk through the text; kept while nothing changes.
#[derive(Default)]
pub(in crate::ui::panels::inspector) struct Measure {
    words: usize,
    paragraphs: u32,
    annotations: usize,
    layers: Vec<(String, usize)>,
}

/// Shows the document; none if there is none of that id.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    id: &DocumentId,
    focus: Option<Focus>,
    ui: &mut Ui,
) -> Option<()> {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let record = project.sheet(id)?.document();
    let selected = Selected::Document(id.clone());
    mine.measure.of(&pane.view, Some(selected.clone()), || measure(project, id));
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.size.row);
        words(ui, pane.kit(), "Document", Face::Bold, tokens.ink);
        let count = mine.measure.last().annotations;
        side_text(ui, tokens, &in_words(count, "annotation", "annotations"));
    });
    ui.add_space(6.0);
    let at = Id::unique(("title of", id));
    entity::line(
        pane,
        mine,
        (&selected, Field::Name, at),
        ("Title", "A title", &record.title),
        focus,
        ui,
    );
    ui.add_space(6.0);
    language(pane, record, ui);
    features::show(pane, mine, &selected, ui);
    links::heading(pane, "Text", "", ui);
    source(pane, record, ui);
    counts(pane, mine.measure.last(), ui);
    remarks::show(pane, mine, &selected, focus, ui);
    let stamps = (record.made.as_ref(), record.revised.as_deref());
    history::show(pane, mine, &selected, stamps, ui);
    Some(())
}

fn measure(project: &Project, id: &DocumentId) -> Measure {
    let Some(sheet) = project.sheet(id) else { return Measure::default() };
    let text = &sheet.document().text;
    let end = Offset(text.as_str().len() as u32);
    let whole = Span::between(Offset(0), end);
    let layers = project.codebook.layers.iter().filter_map(|layer| {
        let count = sheet.annotations().values().filter(|a| a.layer == layer.id).count();
        (count > 0).then(|| (layer.plural.to_lowercase(), count))
    });
    Measure {
        words: whole.map_or(0, |whole| words_in(text, whole).len()),
        paragraphs: sheet.document().paragraph_number(end),
        annotations: sheet.annotations().len(),
        layers: layers.collect(),
    }
}

/// Common languages by name; any other by its code.
fn language(pane: &mut Pane<'_>, document: &Document, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let now = document.language.as_str();
    let shown = if now.is_empty() { "–".to_owned() } else { language_name(now) };
    let mut picked = None;
    let definition = "The language of the text. Another one: type its code, such as ka or pt-BR.";
    field_row(ui, pane.kit(), ("Language", definition), |ui, engine| {
        let list = Picker::new("Language", &shown).unset(now.is_empty()).makes("language code");
        picked = list.show(ui, (tokens, engine), || {
            let none = Item { text: "Not said".into(), key: None, checked: now.is_empty() };
            let common = COMMON.iter().map(|(code, name)| Item {
                text: (*name).to_owned(),
                key: None,
                checked: now == *code,
            });
            std::iter::once(none).chain(common).collect()
        });
    });
    let code = match picked {
        Some(Picked::Item(0)) => String::new(),
        Some(Picked::Item(at)) => match COMMON.get(at - 1) {
            Some((code, _)) => (*code).to_owned(),
            None => return,
        },
        Some(Picked::New(code)) => code,
        None => return,
    };
    let command = DocumentCommand::SetLanguage(document.id.clone(), code.into());
    pane.out.ask(Command::Document(command));
}

fn source(pane: &mut Pane<'_>, document: &Document, ui: &mut Ui) {
    let Some(source) = &document.source else {
        return fact(pane, "File", "pasted or made here", "", ui);
    };
    fact(pane, "File", &source.name, "The file that the text was read from", ui);
    fact(pane, "Encoding", &source.encoding, "How its bytes were read", ui);
    let digest = source.digest.strip_prefix("sha256:").unwrap_or(&source.digest);
    if !digest.is_empty() {
        let short: String = digest.chars().take(DIGEST).chain("…".chars()).collect();
        fact(pane, "SHA-256", &short, &source.digest, ui);
    }
}

fn counts(pane: &mut Pane<'_>, measure: &Measure, ui: &mut Ui) {
    let paragraphs = in_words(measure.paragraphs as usize, "paragraph", "paragraphs");
    let length = format!("{}, {paragraphs}", in_words(measure.words, "word", "words"));
    fact(pane, "Length", &length, "", ui);
    let layers: Vec<String> =
        measure.layers.iter().map(|(name, count)| format!("{count} {name}")).collect();
    if !layers.is_empty() {
        fact(pane, "Tagged", &layers.join(", "), "", ui);
    }
}

/// Something that is known and not changed here.
fn fact(pane: &mut Pane<'_>, name: &str, value: &str, hover: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    field_row(ui, pane.kit(), (name, hover), |ui, engine| {
        ui.add_space(4.0);
        let width = ui.available_width();
        passage(ui, (tokens, engine), value, Face::Plain, tokens.ink, width);
        ui.add_space(4.0);
    });
}
