//! The page of settings on looking: theme, zoom, motion, and how the page is set.

use crate::ui::dialogs::settings::{Sheet, heading, setting};
use crate::ui::outbox::DeskCommand;
use crate::ui::theme::{
    LEADING, LETTERS, Look, PageLook, ReadingFace, SIZE, ThemeChoice, Tokens, ZOOM,
};
use crate::ui::widgets::pill_toggle;
use egui::{Slider, Ui};

pub(in crate::ui::dialogs::settings) fn page(ui: &mut Ui, sheet: &mut Sheet<'_, '_>) {
    let (tokens, before) = (sheet.tokens, sheet.desk.look);
    let mut look = before;
    heading(ui, tokens, "Window");
    setting(ui, tokens, "Theme", |ui| theme(ui, tokens, &mut look));
    setting(ui, tokens, "Zoom", |ui| zoom(ui, &mut look));
    setting(ui, tokens, "Motion", |ui| {
        ui.checkbox(&mut look.still, "Nothing moves by itself");
    });
    heading(ui, tokens, "Reading");
    setting(ui, tokens, "Font", |ui| face(ui, tokens, &mut look.page));
    let page = &mut look.page;
    setting(ui, tokens, "Size of the text", |ui| {
        slider(ui, tokens, "Size of the text", &mut page.size, with_unit(SIZE, " pt"));
    });
    setting(ui, tokens, "Line height", |ui| {
        slider(ui, tokens, "Line height", &mut page.leading, with_unit(LEADING, ""));
    });
    setting(ui, tokens, "Width of the column", |ui| {
        slider(
            ui,
            tokens,
            "Width of the column",
            &mut page.letters,
            with_unit(LETTERS, " letters"),
        );
    });
    setting(ui, tokens, "Paragraphs", |ui| {
        ui.checkbox(&mut page.numbers, "Numbers in the margin");
    });
    ui.add_space(8.0);
    let usual = look == Look::default();
    if ui.add_enabled(!usual, egui::Button::new("Reset this page")).clicked() {
        look = Look::default();
    }
    if look != before {
        sheet.out.desk(DeskCommand::Look(look));
    }
}

fn theme(ui: &mut Ui, tokens: &Tokens, look: &mut Look) {
    let mut pill = |ui: &mut Ui, choice: ThemeChoice| {
        let name = format!("Theme: {}", choice.name());
        let on = look.theme == choice;
        if pill_toggle(ui, tokens, (choice.name(), &name), tokens.focus, on).clicked() {
            look.theme = choice;
        }
    };
    ui.vertical(|ui| {
        for row in ThemeChoice::ALL.chunks(3) {
            ui.horizontal(|ui| row.iter().for_each(|choice| pill(ui, *choice)));
        }
    });
}

fn face(ui: &mut Ui, tokens: &Tokens, page: &mut PageLook) {
    for (choice, name) in [(ReadingFace::Serif, "Serif"), (ReadingFace::Sans, "Sans serif")] {
        let on = page.face == choice;
        let label = format!("Font: {name}");
        if pill_toggle(ui, tokens, (name, &label), tokens.focus, on).clicked() {
            page.face = choice;
        }
    }
}

/// Steps rather than a slider: the window must not grow under the pointer that drags it.
fn zoom(ui: &mut Ui, look: &mut Look) {
    let smaller = ui.add_enabled(look.zoom > ZOOM.0, egui::Button::new("−"));
    if smaller.accessible_name("Zoom out").clicked() {
        *look = look.zoomed(-1.0);
    }
    ui.label(format!("{:.0} %", look.zoom * 100.0));
    let larger = ui.add_enabled(look.zoom < ZOOM.1, egui::Button::new("+"));
    if larger.accessible_name("Zoom in").clicked() {
        *look = look.zoomed(1.0);
    }
}

fn slider(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    value: &mut f32,
    (least, most, step, unit): (f32, f32, f32, &str),
) {
    ui.spacing_mut().slider_width = 220.0;
    // The rail has the ground of a button, which is that of the dialog too.
    ui.visuals_mut().widgets.inactive.bg_fill = tokens.line;
    ui.visuals_mut().selection.bg_fill = tokens.focus;
    let digits = if step < 1.0 { 2 } else { 0 };
    let slider = Slider::new(value, least..=most).step_by(f64::from(step)).suffix(unit);
    let slider = slider.trailing_fill(true);
    ui.add(slider.fixed_decimals(digits)).accessible_name(name);
}

fn with_unit((least, most, step): (f32, f32, f32), unit: &str) -> (f32, f32, f32, &str) {
    (least, most, step, unit)
}
