//! Where words are on the page, by their offsets in the text, and what the accessibility tree says of them there.

use crate::flows::{Edge, Window, put};
use egui::accesskit::{NodeId, Role};
use egui::{Event, Modifiers, MouseWheelUnit, Pos2, Rect, TouchPhase, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::cmp::Ordering;
use std::ops::Range;

/// A run of the text on the page.
struct Run {
    id: NodeId,
    /// Bytes of the text.
    span: Range<usize>,
    bounds: Rect,
    /// Left edge of each character in points from the run's, and the right edge of the last.
    edges: Vec<f32>,
}

impl Window {
    /// Opened on a text of that content.
    pub(crate) fn on_text(text: &str) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        put(&folder.path().join("article.txt"), text);
        let mut window = Self::on(folder, &["article.txt"]);
        window.wait_for(&format!("Text of {}", text.lines().next().unwrap()));
        window
    }

    /// The part of the page that is in sight.
    pub(crate) fn sight(&self) -> Rect {
        let page = self.harness.query_all_by_role(Role::Document).next().unwrap();
        page.rect().shrink2(vec2(0.0, 16.0))
    }

    /// The text's runs that are laid out, in its order.
    fn runs(&self, text: &str) -> Vec<Run> {
        let mut from = 0;
        let mut runs = Vec::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let data = node.data();
            let (Role::TextRun, Some(value)) = (data.role(), data.value()) else { continue };
            let value = value.trim_end_matches('\n');
            let Some(at) = text.get(from..).unwrap().find(value).filter(|_| !value.is_empty())
            else {
                continue;
            };
            let span = from + at..from + at + value.len();
            from = span.end;
            let (Some(positions), Some(widths), Some(bounds)) =
                (data.character_positions(), data.character_widths(), node.bounding_box())
            else {
                continue;
            };
            let mut edges = positions.to_vec();
            let last = value.chars().count() - 1;
            edges.truncate(last + 1);
            edges.push(positions[last] + widths[last]);
            let bounds = Rect::from_min_max(
                pos2(bounds.x0 as f32, bounds.y0 as f32),
                pos2(bounds.x1 as f32, bounds.y1 as f32),
            );
            runs.push(Run { id: node.locate().0, span, bounds, edges });
        }
        runs
    }

    /// The place of an offset of the text: before the character there, or after the one that ends there.
    pub(crate) fn spot(&self, text: &str, offset: usize, edge: Edge) -> Option<Pos2> {
        let runs = self.runs(text);
        let run = runs.iter().find(|run| match edge {
            Edge::Start => run.span.contains(&offset),
            Edge::End => run.span.start < offset && offset <= run.span.end,
        })?;
        let letter = text.get(run.span.start..offset).unwrap().chars().count();
        Some(pos2(run.bounds.left() + run.edges[letter], run.bounds.center().y))
    }

    /// Where the caret is in the text, as screen readers are told.
    pub(crate) fn caret_offset(&self, text: &str) -> Option<usize> {
        let page = self.harness.query_all_by_role(Role::Document).next().unwrap();
        let focus = page.accesskit_node().data().text_selection()?.focus;
        let runs = self.runs(text);
        let run = runs.iter().find(|run| run.id == focus.node)?;
        let words = text.get(run.span.clone()).unwrap();
        let letter = words.char_indices().nth(focus.character_index);
        Some(run.span.start + letter.map_or(words.len(), |(at, _)| at))
    }

    /// Whether a span is in sight as a whole, or above or below.
    pub(crate) fn where_is(&self, text: &str, span: &Range<usize>) -> Ordering {
        let sight = self.sight();
        let spots = [(span.start, Edge::Start), (span.end, Edge::End)];
        let [start, end] = spots.map(|(offset, edge)| self.spot(text, offset, edge));
        let above = |spot: Option<Pos2>| spot.is_none_or(|spot| spot.y < sight.top());
        let below = |spot: Option<Pos2>| spot.is_none_or(|spot| spot.y > sight.bottom());
        match (start, end) {
            (Some(start), Some(end))
                if sight.y_range().contains(start.y) && sight.y_range().contains(end.y) =>
            {
                Ordering::Equal
            }
            (Some(_), _) if !above(start) => Ordering::Greater,
            (_, Some(_)) if !below(end) => Ordering::Less,
            _ => {
                let first = self.runs(text).first().map_or(0, |run| run.span.start);
                if span.start < first { Ordering::Less } else { Ordering::Greater }
            }
        }
    }

    /// Turns the wheel over the page.
    pub(crate) fn wheel(&mut self, points: f32) {
        let middle = self.sight().center();
        self.harness.hover_at(middle);
        self.harness.step();
        self.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        self.harness.run_steps(20);
    }

    /// Drags from one place to another.
    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.drag_at(from + vec2(0.5, 0.0));
        self.harness.step();
        self.harness.hover_at(from + (to - from) * 0.5);
        self.harness.step();
        self.harness.hover_at(to - vec2(0.5, 0.0));
        self.harness.step();
        self.harness.drop_at(to - vec2(0.5, 0.0));
        self.step();
        self.harness.run_steps(4);
    }

    /// Clicks on the character at `offset`.
    pub(crate) fn click_at(&mut self, text: &str, offset: usize) {
        let at = self.spot(text, offset, Edge::Start).unwrap() + vec2(2.0, 0.0);
        self.harness.hover_at(at);
        self.harness.step();
        self.harness.drag_at(at);
        self.harness.drop_at(at);
        self.step();
        // Two clicks soon after each other would be one double click.
        self.harness.run_steps(6);
    }

    /// The letters by which a link reaches the annotation of a span.
    pub(crate) fn hint_of(&self, text: &str, layer: &str, span: &Range<usize>) -> String {
        let prefix = format!("{layer}: “{}”", text.get(span.clone()).unwrap());
        let at = self.spot(text, span.start, Edge::Start);
        for node in self.harness.query_all_by_label_contains(&prefix) {
            let inner = node.accesskit_node();
            let Some(hint) = inner.data().access_key() else { continue };
            if at.is_none_or(|at| node.rect().expand(2.0).contains(at)) {
                return hint.to_owned();
            }
        }
        panic!("no hint at “{prefix}”; there is {:#?}", self.names());
    }

    /// Where the selected annotation's words are in the text.
    pub(crate) fn selected_span(&self, text: &str) -> Option<Range<usize>> {
        let selected = self.harness.root().children_recursive().find(|node| {
            let inner = node.accesskit_node();
            inner.is_selected() == Some(true)
                && inner.data().access_key().is_none()
                && inner.data().bounds().is_some()
                && inner
                    .label()
                    .is_some_and(|label| label.contains(": “") && !label.contains(", paragraph "))
        })?;
        let label = selected.accesskit_node().label()?;
        let words = label.split_once('“')?.1.split_once('”')?.0.to_owned();
        let place = selected.rect().min;
        let spans = text.match_indices(&words).map(|(at, _)| at..at + words.len());
        let near = |span: &Range<usize>| {
            let spot = self.spot(text, span.start, Edge::Start);
            spot.is_some_and(|spot| {
                selected.rect().expand(3.0).contains(spot) || (spot - place).length() < 24.0
            })
        };
        spans.into_iter().find(near)
    }

    /// Whether the selected link is said to lead from these words to those as `kind`.
    pub(crate) fn link_says(&self, from: &str, kind: &str, to: &str) -> bool {
        let named = |name: String| self.harness.query_all_by_label(&name).next().is_some();
        let kinds = self.harness.query_all_by_role_and_label(Role::ComboBox, "Type of link");
        let says = |value: Option<String>| value.as_deref() == Some(kind);
        kinds.into_iter().any(|picker| says(picker.accesskit_node().value()))
            && named(format!("From: {from}"))
            && named(format!("To: {to}"))
    }

    /// The digit that, with Alt, attaches to the record of that name, as the code popup lists them.
    pub(crate) fn recent_digit(&self, name: &str) -> Option<u8> {
        let listed = self.names().into_iter().filter(|label| label.starts_with("Attach to "));
        let at = listed.into_iter().position(|label| label == format!("Attach to {name}"))?;
        Some(at as u8 + 1)
    }

    /// Whether something whose name begins so is selected.
    pub(crate) fn is_selected(&self, name: &str) -> bool {
        self.harness.root().children_recursive().any(|node| {
            let node = node.accesskit_node();
            node.is_selected() == Some(true)
                && node.label().is_some_and(|label| label.starts_with(name))
        })
    }

    /// Whether a question lies over the window.
    pub(crate) fn asks(&self) -> bool {
        self.harness.root().children_recursive().any(|node| {
            let node = node.accesskit_node();
            node.is_modal() || node.is_dialog()
        })
    }
}
