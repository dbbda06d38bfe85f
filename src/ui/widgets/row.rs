//! A row of a list: the whole width, one height, clickable anywhere; and a list that draws only what is in view.

use egui::{
    Align, Color32, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::ui::theme::Tokens;

/// How a row shows what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// The selection's ground where it is selected.
    Selection,
    /// A bar and a raised ground where it is selected.
    Bar,
    /// Always that of the pointer: the row that Enter takes.
    Chosen,
    /// None: something else says what is selected.
    Plain,
}

/// A row to be shown.
#[must_use]
pub struct Row<'a> {
    name: &'a str,
    selected: Option<bool>,
    ground: Ground,
    left: f32,
    right: f32,
    height: Option<f32>,
    role: Role,
}

impl<'a> Row<'a> {
    /// A row whose accessible name is `name`.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            selected: None,
            ground: Ground::Selection,
            left: 16.0,
            right: 16.0,
            height: None,
            role: Role::ListItem,
        }
    }

    /// Whether it is the selected one of its list.
    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    /// Selected rows get a bar and a raised ground, as the page's document does, instead of the selection's ground.
    pub fn with_bar(mut self) -> Self {
        self.ground = Ground::Bar;
        self
    }

    /// The row that Enter takes.
    pub fn chosen(mut self) -> Self {
        self.ground = Ground::Chosen;
        self
    }

    /// No ground of its own where it is selected: something else says so.
    pub fn without_ground(mut self) -> Self {
        self.ground = Ground::Plain;
        self
    }

    /// How far the contents keep from the edges.
    pub fn inset(mut self, left: f32, right: f32) -> Self {
        (self.left, self.right) = (left, right);
        self
    }

    /// Another height than that of list rows.
    pub fn height(mut self, height: f32) -> Self {
        self.height = Some(height);
        self
    }

    /// What screen readers call it.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Shows the row; `contents` are laid out from left to right, centred, and only where they can be seen.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens, contents: impl FnOnce(&mut Ui)) -> Response {
        let size = vec2(ui.available_width(), self.height.unwrap_or(tokens.size.row));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| match self.selected {
            Some(selected) => WidgetInfo::selected(self.role, ui.is_enabled(), selected, self.name),
            None => WidgetInfo::labeled(self.role, ui.is_enabled(), self.name),
        });
        if let Some(selected) = self.selected {
            say_selected(ui, response.id, selected);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if ui.is_rect_visible(rect) {
            self.paint_ground(ui, tokens, rect, &response);
            let inner = Rect::from_x_y_ranges(
                rect.left() + self.left..=(rect.right() - self.right).max(rect.left() + self.left),
                rect.y_range(),
            );
            let layout = Layout::left_to_right(Align::Center);
            let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
            child.spacing_mut().item_spacing = vec2(8.0, 0.0);
            contents(&mut child);
        }
        response
    }

    fn paint_ground(&self, ui: &Ui, tokens: &Tokens, rect: Rect, response: &Response) {
        let selected = self.selected == Some(true);
        let ground = match self.ground {
            Ground::Selection if selected => tokens.selection,
            Ground::Bar if selected => tokens.raised,
            Ground::Chosen => tokens.hover,
            _ if response.hovered() => tokens.hover,
            _ => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, 0.0, ground);
        if selected && self.ground == Ground::Bar {
            let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            ui.painter().rect_filled(bar, 0.0, tokens.ink);
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, tokens.focus);
            ui.painter().rect_stroke(
                rect.shrink(1.0),
                tokens.size.radius,
                ring,
                StrokeKind::Inside,
            );
        }
    }
}

/// A row is selected, not switched on, as egui would have it said.
#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
pub fn say_selected(ui: &Ui, id: egui::Id, selected: bool) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.clear_toggled();
        node.set_selected(selected);
    });
}

/// `count` rows of one height, of which only those in view are laid out.
pub fn rows(ui: &mut Ui, height: f32, count: usize, mut show: impl FnMut(&mut Ui, usize)) {
    let (top, clip) = (ui.cursor().top(), ui.clip_rect());
    let reach = |y: f32| (((y - top) / height).floor().max(0.0) as usize).min(count);
    let (first, last) = (reach(clip.top()), (reach(clip.bottom()) + 1).min(count));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(height * first as f32);
        for index in first..last {
            ui.push_id(index, |ui| show(ui, index));
        }
        ui.add_space(height * (count - last.max(first)) as f32);
    });
}
