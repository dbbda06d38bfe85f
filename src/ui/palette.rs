//! The command palette: every command, document, actor and annotation by a few letters of its name.

use crate::model::{End, Project};
use crate::query;
use crate::ui::command_table::{Chord, commands};
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::outbox::{DeskCommand, Outbox, Wish};
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use egui::{Align2, Context, FontId, Id, Key, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

/// Width in points.
const WIDTH: f32 = 560.0;
/// Height of a row.
const ROW: f32 = 30.0;
/// Most rows listed.
const ROWS: usize = 60;

/// What is asked while a link is being made.
const OTHER_END: &str = "The other end of the link: words or a name…";

/// Whether a row is the one that Enter takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Chosen,
    Other,
}

/// Something the palette offers.
struct Offer {
    name: String,
    kind: &'static str,
    shortcut: String,
    wish: Result<Wish, &'static str>,
}

/// Shows the palette while it is open.
pub fn palette(
    ctx: &Context,
    view: Option<&View<'_>>,
    tokens: &Tokens,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let Some(mut state) = desk.palette.take() else { return };
    let offers = offers(view, desk, &state.typed);
    if take(ctx, &Chord::key(Key::Escape)) {
        return;
    }
    if take(ctx, &Chord::key(Key::ArrowDown)) {
        state.chosen += 1;
    }
    if take(ctx, &Chord::key(Key::ArrowUp)) {
        state.chosen = state.chosen.saturating_sub(1);
    }
    state.chosen = state.chosen.min(offers.len().saturating_sub(1));
    let mut taken = take(ctx, &Chord::key(Key::Enter)).then_some(state.chosen);
    let modal = egui::Modal::new(Id::unique("palette")).area(
        egui::Modal::default_area(Id::unique("palette"))
            .anchor(Align2::CENTER_TOP, vec2(0.0, 72.0)),
    );
    let response = modal.show(ctx, |ui| {
        ui.set_width(WIDTH);
        let linking = matches!(desk.mode, Mode::Linking(_));
        let asked = if linking { OTHER_END } else { "Commands, documents, actors…" };
        let field = TextEdit::singleline(&mut state.typed)
            .hint_text(asked)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6));
        let field = ui.add(field);
        let name = "Find a command, document, actor or annotation";
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if field.changed() {
            state.chosen = 0;
        }
        field.request_focus();
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        if offers.is_empty() {
            ui.weak("Nothing has this name. Try fewer letters.");
        }
        egui::ScrollArea::vertical().max_height(ROW * 11.0).show(ui, |ui| {
            for (at, offer) in offers.iter().enumerate() {
                let place = if at == state.chosen { Place::Chosen } else { Place::Other };
                if row(ui, tokens, offer, place) {
                    taken = Some(at);
                }
            }
        });
    });
    match taken.and_then(|at| offers.into_iter().nth(at)) {
        Some(Offer { wish: Ok(wish), .. }) => out.push(wish),
        Some(Offer { wish: Err(reason), name, .. }) => {
            out.desk(DeskCommand::Say(format!("{name}: {reason}")));
        }
        None if response.should_close() => {}
        None => desk.palette = Some(state),
    }
}

fn row(ui: &mut Ui, tokens: &Tokens, offer: &Offer, place: Place) -> bool {
    let chosen = place == Place::Chosen;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let enabled = offer.wish.is_ok();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, chosen, &offer.name));
    if chosen {
        ui.painter().rect_filled(rect, 4.0, tokens.selection);
        response.scroll_to_me(None);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, tokens.panel);
    }
    let color = if enabled { tokens.ink } else { tokens.muted };
    let font = FontId::proportional(13.0);
    let mut right = rect.right() - 10.0;
    for (words, gap) in [(offer.shortcut.as_str(), 14.0), (offer.kind, 0.0)] {
        let at = egui::pos2(right, rect.center().y);
        let small = FontId::proportional(11.5);
        let drawn = ui.painter().text(at, Align2::RIGHT_CENTER, words, small, tokens.muted);
        right = drawn.left() - if words.is_empty() { 0.0 } else { gap };
    }
    let clip = egui::Rect::from_min_max(rect.min, egui::pos2(right - 12.0, rect.max.y));
    let at = rect.left_center() + vec2(10.0, 0.0);
    ui.painter().with_clip_rect(clip).text(at, Align2::LEFT_CENTER, &offer.name, font, color);
    let clicked = response.clicked();
    if let Err(reason) = offer.wish {
        response.on_hover_text(reason);
    }
    clicked
}

fn offers(view: Option<&View<'_>>, desk: &Desk, typed: &str) -> Vec<Offer> {
    let typed = typed.trim().to_lowercase();
    if let (Some(view), Mode::Linking(linking)) = (view, &desk.mode) {
        let may = |end: &End| {
            query::way_between(view.project, &linking.from, end, linking.wanted.as_ref()).is_some()
        };
        let mut ends = records(view.project, &typed, may);
        ends.retain(|(_, offer)| offer.kind != "Document");
        ends.sort_by_key(|(rank, _)| *rank);
        return ends.into_iter().take(ROWS).map(|(_, offer)| offer).collect();
    }
    let entries = commands(view, desk).into_iter().map(|entry| Offer {
        shortcut: entry.shortcut(),
        name: entry.name,
        kind: entry.group.name(),
        wish: entry.wish,
    });
    let mut ranked: Vec<(u8, Offer)> =
        entries.filter_map(|offer| rank(&offer.name, &typed).map(|rank| (rank, offer))).collect();
    if let Some(view) = view
        && !typed.is_empty()
    {
        ranked.extend(records(view.project, &typed, |_| true));
    }
    // Of equals, what cannot be done now comes last.
    ranked.sort_by_key(|(rank, offer)| (*rank, offer.wish.is_err()));
    ranked.into_iter().take(ROWS).map(|(_, offer)| offer).collect()
}

fn records(project: &Project, typed: &str, may: impl Fn(&End) -> bool) -> Vec<(u8, Offer)> {
    let may = &may;
    let offer = |name: String, kind, command| Offer {
        name,
        kind,
        shortcut: String::new(),
        wish: Ok(Wish::Desk(command)),
    };
    let documents = project.sheets().values().filter_map(|sheet| {
        let document = sheet.document();
        let show = DeskCommand::Show(document.id.clone());
        rank(&document.title, typed)
            .map(|rank| (rank, offer(document.title.to_string(), "Document", show)))
    });
    let entities = project.entities().values().filter_map(|entity| {
        let best = entity.names().filter_map(|name| rank(name, typed)).min()?;
        may(&End::Entity(entity.id.clone())).then_some(())?;
        let select = DeskCommand::Select(Some(Selected::Entity(entity.id.clone())));
        Some((best, offer(entity.name.to_string(), "Record", select)))
    });
    let annotations = project.sheets().values().flat_map(|sheet| {
        sheet.annotations().values().filter_map(move |annotation| {
            let words = annotation.words(&sheet.document().text);
            let reveal = DeskCommand::Reveal(annotation.id.clone());
            let rank = rank(&words, typed)?;
            may(&End::Annotation(annotation.id.clone())).then_some(())?;
            Some((rank + 4, offer(words, "Annotation", reveal)))
        })
    });
    documents.chain(entities).chain(annotations.take(ROWS)).collect()
}

/// Lower is better: the name begins so, a word of it does, it has it anywhere, it has the letters in order.
fn rank(name: &str, typed: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(typed) {
        return Some(0);
    }
    if name.split_whitespace().any(|word| word.starts_with(typed)) {
        return Some(1);
    }
    if name.contains(typed) {
        return Some(2);
    }
    let mut letters = name.chars();
    let scattered = typed.chars().all(|wanted| letters.any(|letter| letter == wanted));
    (scattered && typed.chars().count() > 2).then_some(3)
}
