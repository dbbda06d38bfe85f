//! The head of the page: the title where the text does not begin with it, and the line that says where it comes from.
//!
//! A click on the line puts the document into the inspector. While nothing is known it asks for it quietly.

use crate::model::{
    Choice, Document, FeatureId, FeatureKind, Project, Value, date_in_words, feature,
};
use crate::ui::desk::Desk;
use crate::ui::engine::{Para, Style, TextEngine};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::{Frame, TITLE, family};
use crate::ui::panels::language::language_name;
use crate::ui::widgets::{Face, words};
use egui::{CursorIcon, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::borrow::Cow;
use std::sync::Arc;

/// Points above a title that is not in the text.
const ABOVE: f32 = 26.0;
/// Points between the line below a title and the text.
const BELOW: f32 = 8.0;
/// Points above the text that begins with its title.
const HEAD_TITLED: f32 = 28.0;
/// Points of the line below the title.
pub(in crate::ui::page) const LINE: f32 = 26.0;

/// The title of a text that does not begin with it, as large as the column lets it be; long ones take several lines.
fn shaped_title(
    (ppp, desk): (f32, &Desk),
    document: &Document,
    width: f32,
    engine: &mut TextEngine,
) -> Arc<Para> {
    let full = (desk.look.page.size * TITLE).round();
    let family = family(desk.look.page.face);
    let style = |size: f32| Style {
        family,
        size,
        line_height: size * 1.35,
        bold: true,
        language: document.language.clone(),
    };
    let title = engine.shaped(&document.title, f32::INFINITY, &style(full), ppp);
    let size = full * (width / title.size().x.max(1.0)).clamp(0.7, 1.0);
    engine.shaped(&document.title, width, &style(size), ppp)
}

/// Points above the text: of the margin, or of the title and the line below it.
pub(in crate::ui::page) fn height(
    (ppp, desk): (f32, &Desk),
    document: &Document,
    width: f32,
    engine: &mut TextEngine,
) -> f32 {
    if document.begins_with_title() {
        return HEAD_TITLED;
    }
    let title = shaped_title((ppp, desk), document, width, engine).size().y;
    ABOVE + title + LINE + BELOW
}

/// Draws the title, where the text does not begin with it.
pub(in crate::ui::page) fn title(frame: &Frame<'_>, desk: &Desk, engine: &mut TextEngine) {
    let Some(first) = frame.placed.first().filter(|placed| placed.index == 0) else { return };
    let document = frame.shelf.document();
    if document.begins_with_title() {
        return;
    }
    let ppp = frame.painter.pixels_per_point();
    let title = shaped_title((ppp, desk), document, frame.column.width(), engine);
    let top = first.y - BELOW - LINE - title.size().y;
    engine.paint(frame.painter, frame.origin + vec2(0.0, top), &title, frame.view.tokens.ink);
}

/// The line below the title.
pub(in crate::ui::page) fn line(
    ui: &mut Ui,
    frame: &Frame<'_>,
    engine: &mut TextEngine,
    out: &mut Outbox,
) {
    let Some(first) = frame.placed.first().filter(|placed| placed.index == 0) else { return };
    let document = frame.shelf.document();
    let y = if document.begins_with_title() {
        first.y + first.para.size().y
    } else {
        first.y - LINE - BELOW
    };
    let (tokens, project) = (frame.view.tokens, frame.view.project);
    let known = known(project, document);
    let text = said(project, document, &known);
    let ppp = frame.painter.pixels_per_point();
    let style = Face::Plain.style(tokens);
    let shown = isolated(&text);
    let wide = engine.shaped(&shown, f32::INFINITY, &style, ppp).size().x.ceil();
    let size = vec2(wide.min(frame.column.width()), LINE);
    // Below a title that begins at the right the line does too.
    let aside = if first.para.is_rtl() { frame.column.width() - size.x } else { 0.0 };
    let rect = Rect::from_min_size(pos2(frame.origin.x + aside, frame.origin.y + y), size);
    let clip = frame.painter.clip_rect();
    if !clip.intersects(rect) {
        return;
    }
    let response =
        ui.interact(rect.intersect(clip), ui.scope_id().with("source line"), Sense::click());
    let name = format!("About this document: {text}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let near = response.hovered() || response.has_focus();
    let color = match (near, known.is_empty()) {
        (true, _) => tokens.ink,
        (false, false) => tokens.muted,
        (false, true) => tokens.faint,
    };
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    child.set_clip_rect(clip);
    words(&mut child, (tokens, engine), &shown, Face::Plain, color);
    if near {
        let stroke = egui::Stroke::new(1.0, tokens.line);
        frame.painter.hline(rect.x_range(), rect.bottom() - 4.0, stroke);
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() {
        out.desk(DeskCommand::Describe(document.id.clone()));
    }
}

/// The parts of the line, each kept together: beside an Arabic name the day of a date would else leave its month.
fn isolated(text: &str) -> Cow<'_, str> {
    // Hebrew to the end of the Arabic blocks, and their presentation forms.
    let turns = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
    if !text.contains(turns) {
        return text.into();
    }
    let parts: Vec<String> =
        text.split(SEPARATOR).map(|part| format!("\u{2068}{part}\u{2069}")).collect();
    parts.join(SEPARATOR).into()
}

/// Between the parts of the line.
const SEPARATOR: &str = " · ";

/// Outlet, authors, date, genre as words.
fn known(project: &Project, document: &Document) -> Vec<String> {
    let value = |id: &str| document.meta.get(&FeatureId::new(id));
    let fields = ["outlet", "authors", "date", "genre"].into_iter();
    let mut known: Vec<String> =
        fields.filter_map(|id| words_of(project, id, value(id)?)).collect();
    if let Some(Value::Choice(grade)) = value("reliability") {
        known.push(format!("source {grade}"));
    }
    known
}

/// What is known with the language before the grade, or what could be known.
fn said(project: &Project, document: &Document, known: &[String]) -> String {
    let language = (!document.language.is_empty()).then(|| language_name(&document.language));
    let mut parts: Vec<String> = known.to_vec();
    let graded = known.last().is_some_and(|last| last.starts_with("source "));
    if let Some(language) = language {
        let at = if graded { parts.len() - 1 } else { parts.len() };
        parts.insert(at, language);
    }
    if known.is_empty() && !project.codebook.document_features.is_empty() {
        parts.push("Add outlet, author, date…".to_owned());
    }
    parts.join(SEPARATOR)
}

fn words_of(project: &Project, id: &str, value: &Value) -> Option<String> {
    let rule = feature(&project.codebook.document_features, &FeatureId::new(id))?;
    let named = |id: &str| match &rule.kind {
        FeatureKind::Choice { values, .. } => {
            let choice: Option<&Choice> = values.iter().find(|choice| choice.id == id);
            choice.map_or_else(|| id.to_owned(), |choice| choice.name.to_string())
        }
        _ => id.to_owned(),
    };
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Choice(id) => Some(named(id)),
        Value::Several(all) => Some(all.iter().map(|id| named(id)).collect::<Vec<_>>().join(", ")),
        Value::Date(date) => Some(date_in_words(date)),
        _ => None,
    }
    .filter(|words| !words.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use crate::ui::page::head::isolated;

    #[test]
    fn beside_a_right_to_left_name_each_part_of_the_line_is_kept_together() {
        assert_eq!(isolated("Northern Review · 25 April"), "Northern Review · 25 April");
        let parts = "\u{2068}إذاعة\u{2069} · \u{2068}21 March 2026\u{2069}";
        assert_eq!(isolated("إذاعة · 21 March 2026"), parts);
    }
}
