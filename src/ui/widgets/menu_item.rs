//! An entry of a menu: words in any script, a key at the right, a tick if it holds.
//!
//! It looks like egui's own entries, which put right-to-left names in the wrong order.

use egui::{Align2, Response, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, vec2};

use crate::ui::engine::{TextEngine, one_line};
use crate::ui::theme::Tokens;
use crate::ui::widgets::Face;

/// Longer names are cut.
const WIDEST: f32 = 420.0;
/// Between the name and its key.
const GAP: f32 = 24.0;
/// Room for the tick.
const TICK: f32 = 18.0;

/// Whether an entry holds now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tick {
    /// Its menu has no ticks.
    None,
    Off,
    On,
}

/// An entry to be shown.
#[must_use]
pub struct MenuItem<'a> {
    name: &'a str,
    key: String,
    tick: Tick,
}

impl<'a> MenuItem<'a> {
    /// An entry named `name`.
    pub fn new(name: &'a str) -> Self {
        Self { name, key: String::new(), tick: Tick::None }
    }

    /// The key that does the same.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// One of several, of which some hold.
    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    pub fn ticked(mut self, on: bool) -> Self {
        self.tick = if on { Tick::On } else { Tick::Off };
        self
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine)) -> Response {
        let style = Face::Plain.style(tokens);
        let name = one_line(engine, self.name, &style, WIDEST, ui.pixels_per_point());
        let font = TextStyle::Button.resolve(ui.style());
        let key = ui.painter().layout_no_wrap(self.key.clone(), font, tokens.muted);
        let padding = ui.spacing().button_padding;
        let indent = if self.tick == Tick::None { 0.0 } else { TICK };
        let gap = if self.key.is_empty() { 0.0 } else { GAP };
        let width = indent + name.size().x + gap + key.size().x + padding.x * 2.0;
        let height = (name.size().y + padding.y * 2.0).max(ui.spacing().interact_size.y);
        let (rect, response) = ui.allocate_at_least(vec2(width, height), Sense::click());
        let (enabled, tick) = (ui.is_enabled(), self.tick);
        response.widget_info(|| match tick {
            Tick::None => WidgetInfo::labeled(Role::Button, enabled, self.name),
            _ => WidgetInfo::selected(Role::MenuItemRadio, enabled, tick == Tick::On, self.name),
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let look = ui.style().interact(&response);
        let (ground, edge) = (look.weak_bg_fill, look.bg_stroke);
        ui.painter().rect(rect, look.corner_radius, ground, edge, egui::StrokeKind::Inside);
        // What cannot be done now is faded by egui as a whole.
        let ink = tokens.ink;
        let left = rect.left_center() + vec2(padding.x, 0.0);
        if self.tick == Tick::On {
            let points = [(1.0, 0.0), (4.0, 3.0), (10.0, -4.0)].map(|(x, y)| left + vec2(x, y));
            ui.painter().line(points.to_vec(), Stroke::new(1.5, ink));
        }
        let at = left + vec2(indent, -name.size().y / 2.0);
        engine.paint(ui.painter(), at, &name, ink);
        if !self.key.is_empty() {
            let at = rect.right_center() - vec2(padding.x, 0.0);
            let at = Align2::RIGHT_CENTER.anchor_size(at, key.size()).min;
            ui.painter().galley_with_override_text_color(at, key, tokens.muted);
        }
        response
    }
}
