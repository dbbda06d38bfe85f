//! Rows that can be hidden: a count that is struck out, an eye, a small menu; and the annotators with theirs.

use egui::{Align, Layout, Response, Stroke, Ui};

use crate::model::Annotator;
use crate::ui::desk::Desk;
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::Pane;
use crate::ui::veil::{Facet, Unveil};
use crate::ui::widgets::{Eye, Face, MenuItem, Row, eye, in_words, section_header, told, words};

/// What a row stands for, and whether it is shown.
pub(in crate::ui::panels) struct Seen<'a> {
    /// Its name.
    pub(in crate::ui::panels) name: &'a str,
    /// Whether its annotations are shown.
    pub(in crate::ui::panels) shown: bool,
    /// What they are hidden by.
    pub(in crate::ui::panels) facet: Facet,
}

impl Seen<'_> {
    fn verb(&self) -> String {
        format!("{} {}", if self.shown { "Hide" } else { "Show" }, self.name)
    }
}

/// Contents of a row with a count at the right and an eye beside it.
pub(in crate::ui::panels) fn counted(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    seen: &Seen<'_>,
    count: usize,
    contents: impl FnOnce(&mut Pane<'_>, &mut Ui),
) {
    let tokens = pane.view.tokens;
    let near = ui.rect_contains_pointer(ui.max_rect());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let number = words(ui, pane.kit(), &count.to_string(), Face::Plain, tokens.muted).rect;
        if !seen.shown {
            let stroke = Stroke::new(1.0, tokens.muted);
            ui.painter().hline(number.x_range().expand(1.0), number.center().y, stroke);
        }
        let look = if seen.shown { Eye::Open } else { Eye::Shut };
        let eye = eye(ui, tokens, &seen.verb(), look, near);
        if eye.clicked() {
            let only = ui.input(|input| input.modifiers.alt);
            let facet = seen.facet.clone();
            let wish = if only { Unveil::Only(facet) } else { Unveil::Toggle(facet) };
            pane.out.desk(DeskCommand::Veil(wish));
        }
        told(eye, pane.kit(), &format!("{}. Alt+click: only this one", seen.verb()));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            contents(pane, ui);
        });
    });
}

/// The same by the right button.
pub(in crate::ui::panels) fn menu(pane: &mut Pane<'_>, response: &Response, seen: &Seen<'_>) {
    response.context_menu(|ui| {
        let facet = || seen.facet.clone();
        let only = format!("Only {}", seen.name);
        let wishes = [
            (seen.verb(), Unveil::Toggle(facet())),
            (only, Unveil::Only(facet())),
            ("Show all annotations".to_owned(), Unveil::All),
        ];
        for (words, wish) in wishes {
            if MenuItem::new(&words).show(ui, pane.kit()).clicked() {
                pane.out.desk(DeskCommand::Veil(wish));
                ui.close();
            }
        }
    });
}

/// Who made annotations, if there are several.
pub(in crate::ui::panels) fn annotators(
    pane: &mut Pane<'_>,
    desk: &Desk,
    all: &[(Annotator, usize)],
    ui: &mut Ui,
) {
    if all.len() < 2 {
        return;
    }
    let tokens = pane.view.tokens;
    section_header(ui, pane.kit(), "Annotators", &all.len().to_string());
    for (annotator, count) in all {
        let facet = Facet::Annotator(annotator.clone());
        let name = match annotator.as_str() {
            "" => "No name",
            name => name,
        };
        let seen = Seen { name, shown: !desk.veil.covers(&facet), facet };
        let sentence = format!("{name}, {}", in_words(*count, "annotation", "annotations"));
        let response = Row::new(&sentence).show(ui, tokens, |ui| {
            counted(pane, ui, &seen, *count, |pane, ui| {
                let ink = if seen.shown { tokens.ink } else { tokens.muted };
                words(ui, pane.kit(), name, Face::Plain, ink);
            });
        });
        menu(pane, &response, &seen);
    }
    ui.add_space(tokens.size.grid * 2.0);
}
