//! Whether a thread of comments is open or resolved: a ring or a tick.

use egui::{Color32, Painter, Pos2, Response, Sense, Shape, Stroke, Ui, vec2};

/// The state of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Something is still to be said.
    Open,
    /// Nothing is.
    Resolved,
}

impl Sign {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
        }
    }
}

/// A ring for what is open, a tick for what is resolved, around `at`.
pub fn paint_sign(painter: &Painter, at: Pos2, sign: Sign, color: Color32) {
    let stroke = Stroke::new(1.3, color);
    match sign {
        Sign::Open => {
            painter.circle_stroke(at, 3.2, stroke);
        }
        Sign::Resolved => {
            let points = vec![at + vec2(-3.5, 0.0), at + vec2(-1.0, 2.8), at + vec2(3.8, -3.4)];
            painter.add(Shape::line(points, stroke));
        }
    }
}

/// The sign in a row of its own height. What it stands in is named by a whole sentence.
pub fn sign(ui: &mut Ui, which: Sign, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(12.0, 16.0), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::set_hidden);
    paint_sign(ui.painter(), rect.center(), which, color);
    response
}
