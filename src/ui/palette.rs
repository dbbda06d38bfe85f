//! The command palette: every command, code, document, actor and annotation by a few letters of its name.
//!
//! With nothing typed the commands that were chosen lately come first. A code tags the selected words, or is set where
//! an annotation of its layer is selected.

use crate::model::{End, Layer, LayerId, Project};
use crate::query;
use crate::ui::command_table::{Chord, commands, is_of_codebook};
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::engine::TextEngine;
use crate::ui::letters;
use crate::ui::outbox::{DeskCommand, Outbox, Wish};
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, TextField, paint_badge, words};
use crate::workbench::{AnnotationCommand, Command};
use egui::{Align2, Context, Id, Key, Role, Sense, Ui, WidgetInfo, vec2};
use smol_str::SmolStr;

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

/// Most commands remembered.
const LATELY: usize = 8;

/// Something the palette offers.
pub(in crate::ui) struct Offer<'a> {
    /// The command's id; none for records.
    pub(in crate::ui) id: SmolStr,
    name: String,
    kind: &'a str,
    /// The layer whose badge stands in front.
    layer: Option<&'a Layer>,
    shortcut: String,
    wish: Result<Wish, &'static str>,
}

/// Shows the palette while it is open.
pub fn palette(
    ctx: &Context,
    view: Option<&View<'_>>,
    (tokens, engine): (&Tokens, &mut TextEngine),
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
        let name = "Find a command, code, document, actor or annotation";
        let field = TextField::one_line(Id::unique("palette’s field"), name, &mut state.typed);
        let field = field.hint(asked).show(ui, (tokens, &mut *engine));
        if field.changed() {
            state.chosen = 0;
        }
        field.request_focus();
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        if offers.is_empty() {
            ui.weak("Nothing has this name. Try fewer letters.");
        }
        egui::ScrollArea::vertical().max_height(ROW * 11.0).show_named(
            ui,
            "what was found",
            |ui| {
                for (at, offer) in offers.iter().enumerate() {
                    let place = if at == state.chosen { Place::Chosen } else { Place::Other };
                    if row(ui, (tokens, engine), offer, place) {
                        taken = Some(at);
                    }
                }
            },
        );
    });
    match taken.and_then(|at| offers.into_iter().nth(at)) {
        Some(Offer { wish: Ok(wish), id, .. }) => {
            if !id.is_empty() && !is_of_codebook(&id) {
                desk.chosen.retain(|other| *other != id);
                desk.chosen.insert(0, id);
                desk.chosen.truncate(LATELY);
            }
            out.push(wish);
        }
        Some(Offer { wish: Err(reason), name, .. }) => {
            out.desk(DeskCommand::Say(format!("{name}: {reason}")));
        }
        None if response.should_close() => {}
        None => desk.palette = Some(state),
    }
}

fn row(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    offer: &Offer<'_>,
    place: Place,
) -> bool {
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
    let mut right = rect.right() - 10.0;
    for (words, gap) in [(offer.shortcut.as_str(), 14.0), (offer.kind, 0.0)] {
        let (style, scale) = (Face::Small.style(tokens), ui.pixels_per_point());
        let para = engine.shaped(words, f32::INFINITY, &style, scale);
        let size = para.size();
        let at = egui::pos2(right - size.x, rect.center().y - size.y / 2.0);
        engine.paint(ui.painter(), at, &para, tokens.muted);
        right = at.x - if words.is_empty() { 0.0 } else { gap };
    }
    let mut left = rect.left() + 10.0;
    if offer.layer.is_some() {
        let center = egui::pos2(left + 8.0, rect.center().y);
        paint_badge(ui.painter(), (tokens, engine), center, offer.layer);
        left += 24.0;
    }
    let room = egui::Rect::from_x_y_ranges(left..=(right - 12.0).max(left), rect.y_range());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(layout));
    words(&mut child, (tokens, engine), &offer.name, Face::Plain, color);
    let clicked = response.clicked();
    if let Err(reason) = offer.wish {
        response.on_hover_text(reason);
    }
    clicked
}

pub(in crate::ui) fn offers<'a>(
    view: Option<&'a View<'_>>,
    desk: &Desk,
    typed: &str,
) -> Vec<Offer<'a>> {
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
        id: entry.id,
        name: entry.name,
        kind: entry.group.name(),
        layer: None,
        wish: entry.wish,
    });
    let mut ranked: Vec<(u8, Offer<'_>)> = entries
        .filter_map(|offer| {
            let lately = desk.chosen.iter().position(|id| *id == offer.id);
            match lately.filter(|_| typed.is_empty()) {
                // Before all that only begins so.
                Some(at) => Some((at as u8, Offer { kind: "Lately", ..offer })),
                None => rank(&offer.name, &typed).map(|rank| (rank + LATELY as u8, offer)),
            }
        })
        .collect();
    if let Some(view) = view
        && !typed.is_empty()
    {
        let found = codes(view, desk, &typed).into_iter();
        let found = found.chain(records(view.project, &typed, |_| true));
        // In long names scattered letters are found by chance.
        let found = found.filter(|(rank, _)| *rank % 4 != SCATTERED);
        ranked.extend(found.map(|(rank, offer)| (rank + LATELY as u8, offer)));
    }
    // Of equals, what cannot be done now comes last.
    ranked.sort_by_key(|(rank, offer)| (*rank, offer.wish.is_err()));
    ranked.into_iter().take(ROWS).map(|(_, offer)| offer).collect()
}

/// Codes by their names: set where an annotation of their layer is selected, else put on the selected words.
fn codes<'a>(view: &'a View<'_>, desk: &Desk, typed: &str) -> Vec<(u8, Offer<'a>)> {
    let selected = match &desk.selected {
        Some(Selected::Annotation(id)) => view.project.annotation(id).map(|record| &record.value),
        _ => None,
    };
    let mut all = Vec::new();
    for layer in &view.project.codebook.layers {
        let same = selected.filter(|a| desk.words.is_none() && a.layer == layer.id);
        for code in &layer.codes {
            let Some(rank) = rank(&code.name, typed) else { continue };
            let command = match (same, desk.words.clone().zip(desk.document.clone())) {
                (Some(annotation), _) => {
                    Ok(AnnotationCommand::SetCode(annotation.id.clone(), Some(code.id.clone())))
                }
                (None, Some((fragments, document))) => {
                    let (layer, code) = (layer.id.clone(), Some(code.id.clone()));
                    Ok(AnnotationCommand::Tag { document, fragments, layer, code })
                }
                (None, None) => Err("select words first"),
            };
            let offer = Offer {
                id: SmolStr::default(),
                name: code.name.to_string(),
                kind: "Code",
                layer: Some(layer),
                shortcut: code.digit.map(|digit| digit.to_string()).unwrap_or_default(),
                wish: command.map(|command| Wish::Project(Command::Annotation(command))),
            };
            all.push((rank, offer));
        }
    }
    all
}

fn records<'a>(
    project: &'a Project,
    typed: &str,
    may: impl Fn(&End) -> bool,
) -> Vec<(u8, Offer<'a>)> {
    let may = &may;
    let layer = |id: &LayerId| project.codebook.layer(id);
    let offer = |name: String, (kind, layer): (&'a str, Option<&'a Layer>), command| Offer {
        id: SmolStr::default(),
        name,
        kind,
        layer,
        shortcut: String::new(),
        wish: Ok(Wish::Desk(command)),
    };
    let documents = project.sheets().values().filter_map(|sheet| {
        let document = sheet.document();
        let show = DeskCommand::Show(document.id.clone());
        rank(&document.title, typed)
            .map(|rank| (rank, offer(document.title.to_string(), ("Document", None), show)))
    });
    let entities = project.entities().values().filter_map(|entity| {
        let best = entity.names().filter_map(|name| rank(name, typed)).min()?;
        may(&End::Entity(entity.id.clone())).then_some(())?;
        let select = DeskCommand::Select(Some(Selected::Entity(entity.id.clone())));
        let of = layer(&entity.layer);
        let kind = of.map_or("Record", |layer| {
            layer.entity.as_ref().map_or("Record", |(one, _)| one.as_str())
        });
        Some((best, offer(entity.name.to_string(), (kind, of), select)))
    });
    let annotations = project.sheets().values().flat_map(|sheet| {
        sheet.annotations().values().filter_map(move |annotation| {
            let words = annotation.words(&sheet.document().text);
            let reveal = DeskCommand::Reveal(annotation.id.clone());
            let rank = rank(&words, typed)?;
            may(&End::Annotation(annotation.id.clone())).then_some(())?;
            Some((rank + 4, offer(words, ("Annotation", layer(&annotation.layer)), reveal)))
        })
    });
    documents.chain(entities).chain(annotations.take(ROWS)).collect()
}

/// The rank of a name that has the letters in order, with others between.
const SCATTERED: u8 = 3;

/// As everywhere, and last where it has the letters in order.
fn rank(name: &str, typed: &str) -> Option<u8> {
    letters::rank(name, typed).or_else(|| {
        let name = name.to_lowercase();
        let mut letters = name.chars();
        let scattered = typed.chars().all(|wanted| letters.any(|letter| letter == wanted));
        (scattered && typed.chars().count() > 2).then_some(SCATTERED)
    })
}
