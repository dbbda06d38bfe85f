//! Before an import: every foreign name of the folder, how often it is there, and what it becomes. Each can be changed;
//! nothing is imported before that is confirmed.

use crate::model::LayerId;
use crate::ui::command_table::Chord;
use crate::ui::desk::{Dialog, Next};
use crate::ui::dialogs::{Answer, Leave, Step, buttons, enter, place, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{
    Face, Item, Picked, Picker, badge, hairline, in_words, section_header, words,
};
use crate::workbench::{Amount, Become, Becomes, FoundName, Known, NameKind, Offer, Proposed};
use egui::{
    Align, EventFilter, Id, Key, Layout, Popup, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use std::cmp::Ordering;

/// Points of everything around the list, and of a remark.
const AROUND: f32 = 290.0;
const REMARK: f32 = 38.0;
/// The most remarks that stand above the list; the receipt has all.
const REMARKS: usize = 3;
/// Kinds of names in the order of the sheet, with what they are called and what they stand on.
const KINDS: [(NameKind, &str, (&str, &str)); 4] = [
    (NameKind::Span, "Types of words", ("annotation", "annotations")),
    (NameKind::Event, "Types of events", ("annotation", "annotations")),
    (NameKind::Link, "Links and roles of events", ("link", "links")),
    (NameKind::Attribute, "Attributes", ("attribute", "attributes")),
];

type Kit<'a, 'e> = (&'a Tokens, &'e mut TextEngine);

/// What the list is drawn with, and where its pickers are.
struct Pen<'a> {
    tokens: &'a Tokens,
    engine: &'a mut TextEngine,
    pickers: Vec<(Pos2, Id)>,
}

impl Pen<'_> {
    fn kit(&mut self) -> Kit<'_, '_> {
        (self.tokens, self.engine)
    }
}

pub(in crate::ui::dialogs) fn import(
    ui: &mut Ui,
    (tokens, engine): Kit<'_, '_>,
    mut mine: Box<Proposed>,
    leave: Leave,
) -> Step {
    // Asked before the pickers, which open on Enter.
    let sure = take(ui.ctx(), &Chord::ctrl(Key::Enter));
    title(ui, "Import: what the names become");
    place(ui, (tokens, &mut *engine), &what_is_there(&mine));
    for remark in mine.remarks().iter().take(REMARKS) {
        let width = ui.available_width();
        crate::ui::widgets::passage(
            ui,
            (tokens, &mut *engine),
            remark,
            Face::Plain,
            tokens.warning,
            width,
        );
    }
    let mut wish = None;
    if mine.found().is_empty() {
        say(ui, tokens, "Nothing is annotated there. The texts become documents.");
    } else {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            heads(ui, (tokens, &mut *engine));
            hairline(ui, tokens);
            let remarks = REMARK * mine.remarks().len().min(REMARKS) as f32;
            let room = ui.ctx().content_rect().height() - AROUND - remarks;
            let height = room.clamp(120.0, 460.0);
            let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
            area.show_named(ui, "what the names become", |ui| {
                let mut pen = Pen { tokens, engine: &mut *engine, pickers: Vec::new() };
                wish = list(ui, &mut pen, &mine);
                move_by_arrows(ui, &pen.pickers);
            });
            hairline(ui, tokens);
        });
        let line = ui.label(egui::RichText::new(what_changes(&mine)).color(tokens.muted));
        let polite = egui::accesskit::Live::Polite;
        ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(polite));
    }
    if let Some((found, to)) = wish {
        mine.change(&found, &to);
    }
    let changed = mine.changed().names > 0;
    let names: &[&str] =
        if changed { &["Import", "Cancel", "As proposed"] } else { &["Import", "Cancel"] };
    let pressed = buttons(ui, names);
    if pressed == Some(2) {
        mine.put_back();
    }
    if sure || pressed == Some(0) || enter(ui) {
        Step::Done(Answer::Import(mine))
    } else if pressed == Some(1) || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Import(mine))
    }
}

/// The question about unsaved changes was answered with neither: the choices are not lost.
pub(in crate::ui::dialogs) fn back_to(next: Next) -> Step {
    match next {
        Next::Import(mine) => Step::Stay(Dialog::Import(mine)),
        _ => Step::Close,
    }
}

/// What was read, and how one goes on.
fn what_is_there(mine: &Proposed) -> String {
    let (texts, without) = mine.texts();
    let (lines, failed) = mine.lines();
    let amounts = amounts(mine.all());
    let amounts = if amounts.is_empty() { String::new() } else { format!(": {amounts}") };
    let texts = in_words(texts, "text", "texts");
    let name = mine.folder();
    let mut said = vec![format!(
        "“{name}” has {texts}{amounts}. It becomes a new project; the folder stays as it is."
    )];
    if without > 0 {
        let texts =
            in_words(without, "text without an .ann file is", "texts without an .ann file are");
        said.push(format!("{texts} left out."));
    }
    if failed > 0 {
        let lines = in_words(lines, "line", "lines");
        said.push(format!("Of {lines} {failed} cannot be taken whole; they are kept and listed."));
    }
    said.join(" ")
}

/// "57 annotations, 3 links"; nothing of what there is none.
fn amounts(amounts: Amount) -> String {
    let all = [
        in_words(amounts.annotations, "annotation", "annotations"),
        in_words(amounts.links, "link", "links"),
        in_words(amounts.attributes, "attribute", "attributes"),
    ];
    some_of(all)
}

/// Those that are not of nothing.
fn some_of<const N: usize>(all: [String; N]) -> String {
    let some = all.into_iter().filter(|words| !words.starts_with("0 "));
    some.collect::<Vec<_>>().join(", ")
}

/// What differs from the proposal, and what the codebook does not have yet.
fn what_changes(mine: &Proposed) -> String {
    let changed = mine.changed();
    let amounts = amounts(changed);
    let amounts = if amounts.is_empty() { String::new() } else { format!(": {amounts}") };
    let first = match changed.names {
        0 => "Click what a name becomes to change it".to_owned(),
        names => format!("{} changed{amounts}", in_words(names, "name is", "names are")),
    };
    let new = |offers: Vec<Offer>| offers.iter().filter(|offer| offer.known == Known::New).count();
    let layers = mine.layers();
    let codes = layers.iter().map(|layer| new(mine.codes(&layer.id))).sum();
    let all = [
        in_words(new(layers), "layer", "layers"),
        in_words(codes, "code", "codes"),
        in_words(new(mine.kinds()), "kind of link", "kinds of links"),
        in_words(new(mine.features()), "feature", "features"),
    ];
    let all = some_of(all);
    let added = if all.is_empty() {
        "the codebook has all of it".to_owned()
    } else {
        format!("new in the codebook: {all}")
    };
    format!("{first} · {added}.")
}

/// Where the cells of a row are.
struct Cells {
    name: Rect,
    count: Rect,
    example: Rect,
    layer: Rect,
    code: Rect,
    sign: Rect,
}

impl Cells {
    fn of(row: Rect) -> Self {
        let inner = row.shrink2(vec2(16.0, 0.0));
        let cell =
            |left: f32, right: f32| Rect::from_x_y_ranges(left..=right.max(left), inner.y_range());
        let sign = inner.right() - 92.0;
        let code = sign - inner.width() * 0.20;
        let layer = code - inner.width() * 0.185;
        let name = inner.left() + inner.width() * 0.19;
        let count = name + 64.0;
        Self {
            name: cell(inner.left(), name - 8.0),
            count: cell(name, count),
            example: cell(count + 16.0, layer - 16.0),
            layer: cell(layer, code - 12.0),
            code: cell(code, sign - 12.0),
            sign: cell(sign, inner.right()),
        }
    }
}

/// A cell; what is in it is put in the middle of its height.
fn inside(ui: &mut Ui, rect: Rect, show: impl FnOnce(&mut Ui)) {
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    child.spacing_mut().item_spacing.x = 6.0;
    show(&mut child);
}

fn heads(ui: &mut Ui, (tokens, engine): Kit<'_, '_>) {
    let size = vec2(ui.available_width(), tokens.size.row);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let cells = Cells::of(rect);
    let heads = [(cells.name, "In brat"), (cells.example, "For example"), (cells.layer, "Becomes")];
    for (cell, head) in heads {
        inside(ui, cell, |ui| {
            words(ui, (tokens, &mut *engine), head, Face::Small, tokens.muted);
        });
    }
    at_right(ui, (tokens, engine), cells.count, ("Number", Face::Small));
}

/// Words that end at the right of a cell.
fn at_right(ui: &mut Ui, kit: Kit<'_, '_>, cell: Rect, (said, face): (&str, Face)) {
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout));
    let muted = kit.0.muted;
    words(&mut child, kit, said, face, muted);
}

/// The names; and what the person wants of one.
fn list(ui: &mut Ui, pen: &mut Pen<'_>, mine: &Proposed) -> Option<(FoundName, Become)> {
    let mut wish = None;
    for (kind, title, _) in KINDS {
        let of_kind = mine.found().iter().filter(|found| found.kind == kind);
        // Names that are only declared come last.
        let (used, declared): (Vec<_>, Vec<_>) = of_kind.partition(|found| found.count > 0);
        let count = used.len() + declared.len();
        if count == 0 {
            continue;
        }
        section_header(ui, pen.kit(), title, &count.to_string());
        for found in used.into_iter().chain(declared) {
            let change = ui.push_id((title, &found.name), |ui| row(ui, pen, mine, found));
            if let Some(to) = change.inner {
                wish = Some((found.clone(), to));
            }
        }
    }
    wish
}

fn row(ui: &mut Ui, pen: &mut Pen<'_>, mine: &Proposed, found: &FoundName) -> Option<Become> {
    let tokens = pen.tokens;
    let size = vec2(ui.available_width(), tokens.size.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let becomes = mine.becomes(found)?;
    let sign = sign(mine, found, &becomes);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ListItem, true, spoken(found, &becomes, &sign)));
    let cells = Cells::of(rect);
    if ui.is_rect_visible(rect) {
        if response.contains_pointer() {
            ui.painter().rect_filled(rect, 0.0, tokens.hover);
        }
        let face = if mine.is_changed(found) { Face::Bold } else { Face::Plain };
        inside(ui, cells.name, |ui| {
            words(ui, pen.kit(), &found.label, face, tokens.ink);
        });
        at_right(ui, pen.kit(), cells.count, (&found.count.to_string(), Face::Plain));
        let example = if found.count == 0 { "in the configuration only" } else { &found.example };
        inside(ui, cells.example, |ui| {
            words(ui, pen.kit(), example, Face::Plain, tokens.muted);
        });
        inside(ui, cells.sign, |ui| {
            words(ui, pen.kit(), &sign, Face::Small, tokens.muted);
        });
    }
    // Also where they cannot be seen: the keyboard goes on to them.
    match becomes {
        Becomes::Annotations(layer, code) => {
            let of_layer = layer_of(ui, pen, mine, (found, &cells), &layer);
            of_layer.or(code_of(ui, pen, mine, (found, &cells), (&layer, code)))
        }
        Becomes::Links(now) => {
            let named = (format!("Link that {} becomes", found.label), "kind of link");
            one_of(ui, pen, (&cells, "Link"), &named, (&|| mine.kinds(), &now))
        }
        Becomes::Feature(now) => {
            let named = (format!("Feature that {} becomes", found.label), "feature");
            one_of(ui, pen, (&cells, "Feature"), &named, (&|| mine.features(), &now))
        }
    }
}

/// What a row says beside its words.
fn sign(mine: &Proposed, found: &FoundName, becomes: &Becomes) -> String {
    let known = match becomes {
        Becomes::Annotations(layer, code) => {
            code.as_ref().map_or(layer.known, |code| code.known.max(layer.known))
        }
        Becomes::Links(one) | Becomes::Feature(one) => one.known,
    };
    let changed = mine.is_changed(found).then_some("changed");
    let new = (known == Known::New).then_some("new");
    [changed, new].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn spoken(found: &FoundName, becomes: &Becomes, sign: &str) -> String {
    let of = KINDS.iter().find(|(kind, ..)| *kind == found.kind);
    let (one, several) = of.map_or(("", ""), |(.., words)| *words);
    let example = if found.count == 0 {
        "in the configuration only".to_owned()
    } else {
        format!("for example “{}”", found.example)
    };
    let becomes = match becomes {
        Becomes::Annotations(layer, Some(code)) => format!("{}, {}", layer.name, code.name),
        Becomes::Annotations(layer, None) => format!("{} without a code", layer.name),
        Becomes::Links(kind) => format!("the link “{}”", kind.name),
        Becomes::Feature(feature) => format!("the feature “{}”", feature.name),
    };
    let sign = if sign.is_empty() { String::new() } else { format!(", {sign}") };
    let count = in_words(found.count, one, several);
    format!("{}: {count}, {example}, becomes {becomes}{sign}", found.label)
}

fn layer_of(
    ui: &mut Ui,
    pen: &mut Pen<'_>,
    mine: &Proposed,
    (found, cells): (&FoundName, &Cells),
    now: &Offer,
) -> Option<Become> {
    let layer = mine.codebook().layer(&LayerId::new(now.id.as_str()));
    let mark =
        Rect::from_min_max(cells.layer.min, pos2(cells.layer.left() + 16.0, cells.layer.bottom()));
    inside(ui, mark, |ui| {
        badge(ui, pen.kit(), layer);
    });
    let name = format!("Layer of {}", found.label);
    let picker = Picker::new(&name, &now.name).makes("layer");
    let cell = cells.layer.with_min_x(mark.right() + 8.0);
    match pick(ui, pen, cell, picker, || items(&mine.layers(), now))? {
        Picked::New(called) => Some(Become::NewLayer(called)),
        Picked::Item(at) => mine.layers().get(at).map(|offer| Become::Layer(offer.id.clone())),
    }
}

fn code_of(
    ui: &mut Ui,
    pen: &mut Pen<'_>,
    mine: &Proposed,
    (found, cells): (&FoundName, &Cells),
    (layer, now): (&Offer, Option<Offer>),
) -> Option<Become> {
    const NONE: &str = "No code";
    let name = format!("Code of {}", found.label);
    let shown = now.as_ref().map_or(NONE, |code| &code.name);
    let picker = Picker::new(&name, shown).unset(now.is_none()).makes("code");
    let offers = || mine.codes(&layer.id);
    let all = || {
        let none = Item { text: NONE.to_owned(), key: None, checked: now.is_none() };
        let codes = offers().into_iter().map(|code| Item {
            checked: now.as_ref().is_some_and(|now| now.id == code.id),
            text: code.name,
            key: None,
        });
        std::iter::once(none).chain(codes).collect()
    };
    match pick(ui, pen, cells.code, picker, all)? {
        Picked::New(called) => Some(Become::NewCode(called)),
        Picked::Item(0) => Some(Become::Code(None)),
        Picked::Item(at) => offers().get(at - 1).map(|code| Become::Code(Some(code.id.clone()))),
    }
}

fn one_of(
    ui: &mut Ui,
    pen: &mut Pen<'_>,
    (cells, what): (&Cells, &str),
    (name, thing): &(String, &str),
    (offers, now): (&dyn Fn() -> Vec<Offer>, &Offer),
) -> Option<Become> {
    let tokens = pen.tokens;
    inside(ui, cells.layer, |ui| {
        words(ui, pen.kit(), what, Face::Plain, tokens.muted);
    });
    let picker = Picker::new(name, &now.name).makes(thing);
    match pick(ui, pen, cells.code, picker, || items(&offers(), now))? {
        Picked::New(called) => Some(Become::New(called)),
        Picked::Item(at) => offers().get(at).map(|offer| Become::Known(offer.id.clone())),
    }
}

fn items(offers: &[Offer], now: &Offer) -> Vec<Item> {
    let item =
        |offer: &Offer| Item { text: offer.name.clone(), key: None, checked: offer.id == now.id };
    offers.iter().map(item).collect()
}

fn pick(
    ui: &mut Ui,
    pen: &mut Pen<'_>,
    cell: Rect,
    picker: Picker<'_>,
    items: impl FnOnce() -> Vec<Item>,
) -> Option<Picked> {
    let mut taken = None;
    inside(ui, cell, |ui| {
        pen.pickers.push((cell.min, ui.next_auto_id()));
        taken = picker.show(ui, pen.kit(), items);
    });
    taken
}

/// Arrow keys lead from picker to picker; egui's own would lead to what lies below the dialog, too.
fn move_by_arrows(ui: &Ui, pickers: &[(Pos2, Id)]) {
    let focused = ui.memory(egui::Memory::focused);
    let Some((here, id)) = pickers.iter().find(|(_, id)| focused == Some(*id)) else { return };
    let filter =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(*id, filter));
    if Popup::is_any_open(ui.ctx()) {
        return;
    }
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    let Some(key) = arrows.into_iter().find(|key| take(ui.ctx(), &Chord::key(*key))) else {
        return;
    };
    let way = |to: Pos2| match key {
        Key::ArrowUp => here.y - to.y,
        Key::ArrowDown => to.y - here.y,
        Key::ArrowLeft => here.x - to.x,
        _ => to.x - here.x,
    };
    let sideways = matches!(key, Key::ArrowLeft | Key::ArrowRight);
    let onwards = pickers
        .iter()
        .filter(|(at, _)| way(*at) > 1.0 && (!sideways || (at.y - here.y).abs() < 1.0));
    // The next row or column first, and there what is nearest.
    let far = |at: Pos2| (way(at).round(), (at.x - here.x).abs().round());
    let next =
        onwards.min_by(|(a, _), (b, _)| far(*a).partial_cmp(&far(*b)).unwrap_or(Ordering::Equal));
    if let Some((_, id)) = next {
        ui.memory_mut(|memory| memory.request_focus(*id));
    }
}
