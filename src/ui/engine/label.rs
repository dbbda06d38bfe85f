//! Short texts in lists, chips and tooltips: one line, cut with an ellipsis, drawn by the engine.
//!
//! Also the small store that keeps their layouts from frame to frame. Document paragraphs are
//! kept elsewhere, by those who know which of them are near the window.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Color32, Response, Role, Sense, Ui, WidgetInfo};

use crate::ui::engine::paint::TextEngine;
use crate::ui::engine::para::Para;
use crate::ui::engine::style::Style;

/// Frames after which an unused label is forgotten.
const LIFE: u64 = 60;
/// No label shows more characters than this.
const MOST_CHARACTERS: usize = 400;

/// The kept layouts by a hash of what they were made from.
#[derive(Default)]
pub(in crate::ui::engine) struct Labels {
    kept: BTreeMap<u64, Kept>,
    frame: u64,
}

struct Kept {
    text: Box<str>,
    width: f32,
    style: Style,
    para: Arc<Para>,
    last_used: u64,
}

impl Labels {
    pub(in crate::ui::engine) fn begin_frame(&mut self) {
        self.frame += 1;
        let frame = self.frame;
        self.kept.retain(|_, kept| kept.last_used + LIFE >= frame);
    }

    pub(in crate::ui::engine) fn find(
        &mut self,
        text: &str,
        width: f32,
        style: &Style,
        pixels_per_point: f32,
    ) -> Option<Arc<Para>> {
        let kept = self.kept.get_mut(&key(text, width, style, pixels_per_point))?;
        let same = *kept.text == *text
            && kept.width.to_bits() == width.to_bits()
            && kept.style == *style
            && kept.para.pixels_per_point.to_bits() == pixels_per_point.to_bits();
        if !same {
            return None;
        }
        kept.last_used = self.frame;
        Some(Arc::clone(&kept.para))
    }

    pub(in crate::ui::engine) fn keep(
        &mut self,
        text: &str,
        width: f32,
        style: &Style,
        para: Arc<Para>,
    ) {
        let key = key(text, width, style, para.pixels_per_point);
        let (text, style, last_used) = (Box::from(text), style.clone(), self.frame);
        self.kept.insert(key, Kept { text, width, style, para, last_used });
    }
}

fn key(text: &str, width: f32, style: &Style, pixels_per_point: f32) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    for number in [width, style.size, style.line_height, pixels_per_point] {
        number.to_bits().hash(&mut hasher);
    }
    (style.family, style.bold, &style.language).hash(&mut hasher);
    hasher.finish()
}

/// A one-line text drawn by the engine, cut with "…" beyond `max_width` points. Its accessible
/// name is the whole text.
#[expect(clippy::too_many_arguments, reason = "a widget call: all of it is seen at the call")]
pub fn quote_label(
    ui: &mut Ui,
    engine: &mut TextEngine,
    text: &str,
    style: &Style,
    color: Color32,
    max_width: f32,
    sense: Sense,
) -> Response {
    let para = one_line(engine, text, style, max_width, ui.pixels_per_point());
    let (rect, response) = ui.allocate_exact_size(para.size(), sense);
    let role = if sense.senses_click() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), text));
    if ui.is_rect_visible(rect) {
        engine.paint(ui.painter(), rect.min, &para, color);
    }
    response
}

/// The text on one line, cut at a cluster so that it and the ellipsis fit.
pub fn one_line(
    engine: &mut TextEngine,
    text: &str,
    style: &Style,
    max_width: f32,
    pixels_per_point: f32,
) -> Arc<Para> {
    let head = head(text);
    let whole = engine.shaped(&head, f32::INFINITY, style, pixels_per_point);
    if whole.size().x <= max_width && head.len() == text.len() {
        return whole;
    }
    let ellipsis = engine.shaped("…", f32::INFINITY, style, pixels_per_point);
    let mut end = fitting(&whole, max_width - ellipsis.size().x);
    loop {
        let cut = format!("{}…", head.get(..end).unwrap_or_default().trim_end());
        let para = engine.shaped(&cut, f32::INFINITY, style, pixels_per_point);
        // The last letters may take another form before the ellipsis, and a wider one.
        if para.size().x <= max_width || end == 0 {
            return para;
        }
        end = head.get(..end).and_then(|rest| rest.char_indices().next_back()).map_or(0, |c| c.0);
    }
}

/// What a label can show at most, without line breaks.
fn head(text: &str) -> Cow<'_, str> {
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    let breaks = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    if head.contains(breaks) { Cow::Owned(head.replace(breaks, " ")) } else { Cow::Borrowed(head) }
}

/// The byte up to which the clusters, in reading order, fit into `width`.
fn fitting(para: &Para, width: f32) -> usize {
    let mut clusters: Vec<_> = para.clusters.iter().collect();
    clusters.sort_by_key(|cluster| cluster.start);
    let mut used = 0.0;
    let fit = clusters.iter().take_while(|cluster| {
        used += cluster.x1 - cluster.x0;
        used <= width
    });
    fit.last().map_or(0, |cluster| cluster.end as usize)
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};
    use smol_str::SmolStr;

    use crate::ui::engine::Family;
    use crate::ui::engine::label::*;

    fn style() -> Style {
        Style {
            family: Family::Interface,
            size: 13.0,
            line_height: 18.0,
            bold: false,
            language: SmolStr::default(),
        }
    }

    #[test]
    fn a_text_that_fits_is_shown_whole() {
        let mut engine = TextEngine::bundled_only();
        let label = one_line(&mut engine, "Actor", &style(), 200.0, 1.0);
        assert_eq!(label, engine.shaped("Actor", f32::INFINITY, &style(), 1.0));
    }

    #[test]
    fn a_longer_text_ends_in_an_ellipsis_within_the_width() {
        let mut engine = TextEngine::bundled_only();
        let long = "The protests in the capital end at noon. ".repeat(40);
        for text in [long.as_str(), "Министр заявил во вторник, что протесты прекратятся"]
        {
            for width in [60.0, 120.0, 200.0] {
                let label = one_line(&mut engine, text, &style(), width, 1.0);
                assert!(label.size().x <= width, "{} of {width}", label.size().x);
                assert!(label.size().x > width * 0.7, "{} of {width}", label.size().x);
                assert_eq!(label.lines().len(), 1);
            }
        }
    }

    #[test]
    fn a_width_too_small_for_anything_leaves_the_ellipsis() {
        let mut engine = TextEngine::bundled_only();
        let label = one_line(&mut engine, "Actor and claim", &style(), 1.0, 1.0);
        assert_eq!(label, engine.shaped("…", f32::INFINITY, &style(), 1.0));
    }

    #[test]
    fn line_breaks_of_every_kind_stay_on_the_line() {
        let mut engine = TextEngine::bundled_only();
        let label = one_line(&mut engine, "a\nb\r\nc\u{2028}d\u{85}e", &style(), 300.0, 1.0);
        assert_eq!(label.lines().len(), 1);
    }

    #[test]
    fn a_layout_is_kept_while_it_is_asked_for_and_forgotten_later() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        let first = engine.shaped("Actor", 200.0, &style(), 1.0);
        for _ in 0..LIFE {
            engine.begin_frame(&ctx, false);
        }
        assert!(Arc::ptr_eq(&first, &engine.shaped("Actor", 200.0, &style(), 1.0)));
        for _ in 0..LIFE + 2 {
            engine.begin_frame(&ctx, false);
        }
        assert!(!Arc::ptr_eq(&first, &engine.shaped("Actor", 200.0, &style(), 1.0)));
    }

    #[test]
    fn the_accessible_name_is_the_whole_text() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        ctx.enable_accesskit();
        let text = "A quotation that is much too long for its place in the list";
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let (color, sense) = (Color32::WHITE, Sense::click());
            let label = quote_label(ui, &mut engine, text, &style(), color, 90.0, sense);
            assert!(label.rect.width() <= 90.0);
        });
        output.textures_delta.clear();
        let update = output.platform_output.accesskit_update.unwrap();
        assert!(update.nodes.iter().any(|(_, node)| node.label() == Some(text)));
    }
}
