//! Links on the page: curves from the selected annotation to the other ends in sight, typed and with an arrow head.

use crate::model::{AnnotationId, End, Project};
use crate::ui::page::marks::Drawn;
use crate::ui::theme::Tokens;
use egui::epaint::CubicBezierShape;
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

/// Draws the links of `selected` whose other end is in sight.
pub fn draw(
    painter: &Painter,
    project: &Project,
    tokens: &Tokens,
    drawn: &[Drawn],
    selected: &AnnotationId,
) {
    let rect = |end: &End| match end {
        End::Annotation(id) => drawn
            .iter()
            .find(|drawn| drawn.id == *id)
            .and_then(|drawn| drawn.rects.first().copied()),
        End::Entity(_) => None,
    };
    let mut labels: Vec<Rect> = Vec::new();
    for link in project.relations_at(&End::Annotation(selected.clone())) {
        let Some((from, to)) = rect(&link.from).zip(rect(&link.to)) else { continue };
        let name = project.codebook.relation(&link.kind).map(|kind| kind.name.as_str());
        curve(painter, tokens, from, to, name.unwrap_or_default(), &mut labels);
    }
}

fn curve(
    painter: &Painter,
    tokens: &Tokens,
    from: Rect,
    to: Rect,
    name: &str,
    labels: &mut Vec<Rect>,
) {
    let stroke = Stroke::new(1.0, tokens.muted);
    let top = |rect: Rect| pos2(rect.center().x.min(rect.left() + 60.0), rect.top() + 7.0);
    let (start, end) = (top(from), top(to));
    let lift = 13.0 + (start.x - end.x).abs() / 60.0;
    let (rise, fall) = (start - vec2(0.0, lift), end - vec2(0.0, lift));
    let shape = CubicBezierShape::from_points_stroke(
        [start, rise, fall, end],
        false,
        Color32::TRANSPARENT,
        stroke,
    );
    painter.add(shape);
    head(painter, end, (end - fall).normalized(), stroke.color);
    // Labels lie between two lines, where they cover bars but no words.
    let middle = bend(start, rise, fall, end);
    let line = from.height().max(1.0);
    let y = from.top() + ((middle.y - from.top()) / line).round() * line - 1.0;
    label(painter, tokens, pos2(middle.x, y), name, labels);
}

/// The middle of the curve.
fn bend(start: Pos2, rise: Pos2, fall: Pos2, end: Pos2) -> Pos2 {
    let sum = start.to_vec2() + 3.0 * rise.to_vec2() + 3.0 * fall.to_vec2() + end.to_vec2();
    (sum / 8.0).to_pos2()
}

fn head(painter: &Painter, tip: Pos2, along: egui::Vec2, color: Color32) {
    let back = tip - along * 7.0;
    let side = vec2(-along.y, along.x) * 3.5;
    painter.add(egui::Shape::convex_polygon(
        vec![tip, back + side, back - side],
        color,
        Stroke::NONE,
    ));
}

fn label(painter: &Painter, tokens: &Tokens, middle: Pos2, name: &str, labels: &mut Vec<Rect>) {
    let galley = painter.layout_no_wrap(name.to_owned(), FontId::proportional(11.5), tokens.muted);
    let mut ground = Rect::from_center_size(middle, galley.size() + vec2(12.0, 1.0));
    // Labels that would cover each other step aside.
    while let Some(other) = labels.iter().find(|other| other.intersects(ground)) {
        ground = ground.translate(vec2(other.right() + 2.0 - ground.left(), 0.0));
    }
    painter.rect(ground, 8.0, tokens.page, Stroke::new(1.0, tokens.line), egui::StrokeKind::Inside);
    painter.galley(
        Align2::CENTER_CENTER.anchor_size(ground.center(), galley.size()).min,
        galley,
        tokens.muted,
    );
    labels.push(ground);
}
