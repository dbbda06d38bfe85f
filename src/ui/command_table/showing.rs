//! The commands that show and hide annotations: by layer, code chips, everything again.

use crate::model::Layer;
use crate::ui::command_table::{Chord, Entry, Group, NO_PROJECT, Scope};
use crate::ui::desk::{Desk, ShownLinks};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::veil::{Facet, Unveil};
use crate::ui::view::View;
use egui::Key;
use smol_str::{SmolStr, format_smolstr};

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let layers = view.map_or(&[][..], |view| &view.project.codebook.layers);
    let hidden = !desk.veil.is_empty();
    let all = if hidden {
        Ok(Wish::Desk(DeskCommand::Veil(Unveil::All)))
    } else {
        Err("no annotations are hidden")
    };
    let chips = if desk.chips { "Code chips: on hover only" } else { "Code chips: always" };
    let chips = entry(
        "chips",
        chips.to_owned(),
        "The code of every annotation above its words, or only where the pointer is",
        view.map(|_| Wish::Desk(DeskCommand::ToggleChips)).ok_or(NO_PROJECT),
    );
    let invisible =
        if desk.invisible { "Hide invisible characters" } else { "Show invisible characters" };
    let invisible = entry(
        "invisible",
        invisible.to_owned(),
        "Signs for blanks, tabs, ends of paragraphs, and characters that join, part or turn others",
        view.map(|_| Wish::Desk(DeskCommand::ToggleInvisible)).ok_or(NO_PROJECT),
    );
    let cards = if desk.no_cards { "Show margin cards" } else { "Hide margin cards" };
    let cards = entry(
        "margin-cards",
        cards.to_owned(),
        "Notes and comments beside their lines, or only a sign where there is one",
        view.map(|_| Wish::Desk(DeskCommand::ToggleCards)).ok_or(NO_PROJECT),
    );
    let show_all = entry(
        "show-all",
        "Show all annotations".to_owned(),
        "Those that are hidden by layer, code or annotator too",
        all,
    );
    let links = match desk.links.next() {
        ShownLinks::All => "Links on the page: all",
        ShownLinks::None => "Links on the page: none",
        ShownLinks::Selected => "Links on the page: of what is selected",
    };
    let links = entry(
        "links-shown",
        links.to_owned(),
        "Goes round: of what is selected or under the pointer, all in sight, none",
        view.map(|_| Wish::Desk(DeskCommand::TurnLinks)).ok_or(NO_PROJECT),
    );
    let back = if desk.trail.is_empty() {
        Err("you have not jumped anywhere yet")
    } else {
        Ok(Wish::Desk(DeskCommand::GoBack))
    };
    let mut back = entry(
        "go-back",
        "Back to where you were".to_owned(),
        "After a jump to the other end of a link, from a list or from the palette",
        back,
    );
    back.keys = vec![Chord::alt(Key::ArrowLeft)];
    let forward = if desk.ahead.is_empty() {
        Err("you have not gone back from anywhere")
    } else {
        Ok(Wish::Desk(DeskCommand::GoForward))
    };
    let mut forward = entry(
        "go-forward",
        "Forward again".to_owned(),
        "To where you have gone back from",
        forward,
    );
    forward.keys = vec![Chord::alt(Key::ArrowRight)];
    let by_layer = layers.iter().flat_map(|layer| of_layer(layer, desk));
    [back, forward, links, chips, cards, invisible, show_all].into_iter().chain(by_layer).collect()
}

fn of_layer(layer: &Layer, desk: &Desk) -> [Entry; 2] {
    let facet = Facet::Layer(layer.id.clone());
    let verb = if desk.veil.covers(&facet) { "Show" } else { "Hide" };
    let layers = layer.plural.to_lowercase();
    let wish = |unveil| Ok(Wish::Desk(DeskCommand::Veil(unveil)));
    [
        entry(
            format_smolstr!("hide.{}", layer.id),
            format!("{verb} layer {layers}"),
            "On the page, in its map and in the lists; nothing is erased",
            wish(Unveil::Toggle(facet.clone())),
        ),
        entry(
            format_smolstr!("only.{}", layer.id),
            format!("Only layer {layers}"),
            "Hide all other layers; again: show all",
            wish(Unveil::Only(facet)),
        ),
    ]
}

fn entry(
    id: impl Into<SmolStr>,
    name: String,
    hint: &'static str,
    wish: Result<Wish, &'static str>,
) -> Entry {
    Entry {
        id: id.into(),
        name,
        hint,
        group: Group::View,
        keys: Vec::new(),
        scope: Scope::Text,
        wish,
    }
}
