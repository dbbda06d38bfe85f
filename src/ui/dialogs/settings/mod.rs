//! Settings: how everything looks, keys, the person, where files lie. Each applies at once; there is nothing to confirm.
//!
//! A file for each page. Nothing here writes a setting: wishes go to the window, which keeps them.

mod files;
mod keys;
mod look;
mod person;
mod tagging;

pub(in crate::ui::dialogs) use crate::ui::dialogs::settings::files::place;

use crate::ui::desk::{Desk, Dialog};
use crate::ui::dialogs::{Leave, Step, buttons, title};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::hairline;
use egui::{Align, Layout, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};
use smol_str::SmolStr;

/// What the settings remember while they are open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettingsDesk {
    /// The page that is open.
    pub page: SettingsPage,
    /// Words that a row of the keys must have.
    pub filter: String,
    /// The command whose new key is waited for.
    pub waiting: Option<SmolStr>,
    /// What was said about a key, and of which command.
    pub said: Option<(SmolStr, String)>,
    /// The name being typed.
    pub name: String,
    /// The name as it is known.
    pub known: String,
    /// Where files lie.
    pub files: FilePlaces,
}

/// A page of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SettingsPage {
    /// Theme, zoom, reading.
    #[default]
    Look,
    /// Keys of commands.
    Keys,
    /// The annotator.
    Person,
    /// What is tagged.
    Tagging,
    /// Where files lie.
    Files,
}

/// Where files lie, for people to read and copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePlaces {
    /// The state folder.
    pub state: String,
    /// The log.
    pub log: String,
    /// The project's file, if it has one.
    pub project: Option<String>,
}

impl SettingsPage {
    const ALL: [Self; 5] = [Self::Look, Self::Keys, Self::Tagging, Self::Person, Self::Files];

    fn name(self) -> &'static str {
        match self {
            Self::Look => "Look",
            Self::Keys => "Keys",
            Self::Person => "Person",
            Self::Tagging => "Tagging",
            Self::Files => "Files",
        }
    }
}

/// Height of a page in points, where the window has the room.
const HEIGHT: f32 = 420.0;

/// What a page is drawn with.
struct Sheet<'a, 'v> {
    view: Option<&'a View<'v>>,
    tokens: &'a Tokens,
    engine: &'a mut TextEngine,
    desk: &'a Desk,
    out: &'a mut Outbox,
}

pub(in crate::ui::dialogs) fn settings(
    ui: &mut Ui,
    (view, tokens, engine): (Option<&View<'_>>, &Tokens, &mut TextEngine),
    desk: &Desk,
    mut mine: SettingsDesk,
    leave: Leave,
    out: &mut Outbox,
) -> Step {
    title(ui, "Settings");
    pages(ui, tokens, &mut mine);
    hairline(ui, tokens);
    let height = HEIGHT.min(ui.ctx().content_rect().height() - 190.0);
    let mut sheet = Sheet { view, tokens, engine, desk, out };
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_size(vec2(ui.available_width(), height));
        ui.spacing_mut().item_spacing.y = 8.0;
        if mine.page == SettingsPage::Keys {
            keys::page(ui, &mut sheet, &mut mine);
        } else {
            ScrollArea::vertical().auto_shrink(false).max_height(height).show_named(
                ui,
                "the settings",
                |ui| match mine.page {
                    SettingsPage::Look => look::page(ui, &mut sheet),
                    SettingsPage::Person => person::page(ui, &mut sheet, &mut mine),
                    SettingsPage::Tagging => tagging::page(ui, &mut sheet),
                    _ => files::page(ui, &sheet, &mine.files),
                },
            );
        }
    });
    if buttons(ui, &["Close"]).is_some() || leave == Leave::Now {
        // A name that was typed counts, however one leaves.
        person::keep(&mine, sheet.out);
        Step::Close
    } else {
        Step::Stay(Dialog::Settings(mine))
    }
}

fn pages(ui: &mut Ui, tokens: &Tokens, mine: &mut SettingsDesk) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for page in SettingsPage::ALL {
            if tab(ui, tokens, page.name(), Chosen::when(mine.page == page)) {
                mine.page = page;
                (mine.waiting, mine.said) = (None, None);
            }
        }
    });
}

/// Whether a tab is the one that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

impl Chosen {
    #[expect(clippy::fn_params_excessive_bools, reason = "made of a comparison")]
    fn when(chosen: bool) -> Self {
        if chosen { Self::Yes } else { Self::No }
    }
}

fn tab(ui: &mut Ui, tokens: &Tokens, name: &str, chosen: Chosen) -> bool {
    let chosen = chosen == Chosen::Yes;
    let family = if chosen { "bold" } else { "" };
    let font = match family {
        "" => egui::FontId::proportional(tokens.size.text),
        bold => egui::FontId::new(tokens.size.text, egui::FontFamily::Name(bold.into())),
    };
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, tokens.ink);
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 24.0, 30.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, name));
    let ink = if chosen || response.hovered() { tokens.ink } else { tokens.muted };
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley_with_override_text_color(at, galley, ink);
    if chosen {
        let stroke = Stroke::new(2.0, tokens.ink);
        ui.painter().hline(rect.x_range().shrink(4.0), rect.bottom() - 1.0, stroke);
    }
    if response.has_focus() {
        let ring = Stroke::new(tokens.stroke.ring, tokens.focus);
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect.shrink(3.0), tokens.size.radius, ring, inside);
    }
    response.clicked()
}

/// A heading inside of a page.
fn heading(ui: &mut Ui, tokens: &Tokens, words: &str) {
    ui.add_space(6.0);
    let bold = egui::FontFamily::Name("bold".into());
    ui.label(RichText::new(words).family(bold).size(tokens.size.small).color(tokens.muted));
}

/// A name at the left and a control at the right of it.
pub(in crate::ui::dialogs) fn setting<R>(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    control: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(150.0, 26.0), Sense::hover());
        let mut child = ui.new_child(
            egui::UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)),
        );
        child.label(RichText::new(name).color(tokens.ink));
        control(ui)
    })
    .inner
}
