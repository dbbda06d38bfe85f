//! The centre of a review: the words of a difference with both layers over them, and below them the card with both
//! sides and what can be decided.

use crate::model::{LinePattern, Project};
use crate::review::{Class, Difference, Whose};
use crate::text::Span;
use crate::ui::desk::{Desk, Focus};
use crate::ui::page::page_id;
use crate::ui::review::bars::{Bar, Side};
use crate::ui::review::card::{self, Half, key_button};
use crate::ui::review::passage::{self, Passage};
use crate::ui::review::session::Visit;
use crate::ui::review::words::{class_name, verdict_name, what};
use crate::ui::review::{
    Pane, ReviewPage, Verdict, agreement, ask, books, bulk, column, records, said, sheet, talk,
    work,
};
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, badge, empty_state, passage as words_passage, within};
use egui::{Align, Layout, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Points between the words and the card, and below it.
const BETWEEN: f32 = 14.0;
const BELOW: f32 = 12.0;
/// Points that the card is thought to take before it was drawn.
const CARD: f32 = 220.0;
/// So many differences before the one that is shown are looked at for bars.
const BEFORE: usize = 2000;

/// The centre's contents.
pub fn centre(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    keyboard(ui, desk);
    if !desk.review.is_open() {
        return nobody(pane, desk, ui);
    }
    match desk.review.page {
        ReviewPage::Sheet => sheet::show(pane, desk, ui),
        ReviewPage::Agreement => agreement::show(pane, desk, ui),
        ReviewPage::Differences => differences(pane, desk, ui),
        ReviewPage::Records => records::show(pane, desk, ui),
        ReviewPage::Work => work::show(pane, desk, ui),
    }
}

/// What the centre says while nobody is reviewed.
fn nobody(pane: &mut Pane<'_>, desk: &Desk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let width = (ui.available_width() - 56.0).clamp(200.0, 560.0);
    let room = ui.available_rect_before_wrap();
    let left = (room.center().x - width / 2.0).round();
    let top = room.top() + (room.height() * 0.16).max(24.0);
    let column = Rect::from_min_max(pos2(left, top), pos2(left + width, room.bottom()));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(column));
    empty_state(
        &mut ui,
        tokens,
        "Nobody is reviewed now",
        "What was decided is in your project. The guests’ files are read again when you go on.",
    );
    ui.add_space(6.0);
    for id in ["review-go-on", "review-open"] {
        let Some(entry) = crate::ui::command_table::review_entry(&pane.view, desk, id) else {
            continue;
        };
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            let button = egui::Button::new(entry.name.as_str()).truncate();
            if let (true, Ok(wish)) =
                (ui.add(button.min_size(vec2(116.0, 32.0))).clicked(), entry.wish)
            {
                pane.out.push(wish);
            }
        });
    }
}

/// The centre has the keyboard while nothing else wants it, and keeps Tab, arrows and Escape.
fn keyboard(ui: &Ui, desk: &mut Desk) {
    let room = ui.available_rect_before_wrap();
    let response = ui.interact(room, page_id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, "Review"));
    if desk.focus.take_if(|focus| *focus == Focus::Page).is_some() {
        response.request_focus();
    }
    if response.has_focus() {
        let tab = !matches!(desk.review.page, ReviewPage::Sheet | ReviewPage::Agreement);
        let filter =
            egui::EventFilter { tab, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

fn differences(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    bulk::strip(pane, desk, ui);
    let (mut ui, width) = column::of_a_card(ui);
    let Some((at, one)) = desk.review.current().map(|(at, one)| (at, one.clone())) else {
        return nothing(pane, desk, &mut ui);
    };
    let Some(visit) = desk.review.visit().cloned() else { return };
    caption(pane, &visit, &one, width, &mut ui);
    ui.add_space(column::gap(&ui));
    let card = if desk.review.card > 0.0 { desk.review.card } else { CARD };
    let shown = around(pane, &visit, at, &one, desk.look.page);
    let room = ui.available_height() - card - BETWEEN - BELOW;
    let most = shown.as_ref().map_or(room, |shown| passage::whole_lines(shown, room));
    let area = ScrollArea::vertical().id_salt((desk.review.guest, at)).max_height(most);
    let area = area.min_scrolled_height(0.0);
    // They come into sight with the difference, and again when the card leaves them less room.
    let seen =
        desk.review.seen.filter(|(guest, seen, _)| (*guest, *seen) == (desk.review.guest, at));
    let fresh = seen.is_none_or(|(_, _, room)| most < room);
    desk.review.seen = Some((desk.review.guest, at, most));
    let strips = &mut desk.review.strips;
    area.show_named(&mut ui, "the words", |ui| {
        ui.add_space(passage::AIR);
        if let Some(shown) = &shown {
            let kit = (pane.view.tokens, &mut *pane.engine, strips);
            let (_, sight) = passage::show(ui, kit, shown, (width, most));
            if let Some(sight) = sight.filter(|_| fresh) {
                ui.scroll_to_rect(sight, Some(Align::Min));
            }
        } else {
            let words = "The words are in no text of yours: they stand on the card alone.";
            let ink = pane.view.tokens.muted;
            words_passage(ui, pane.kit(), words, Face::Plain, ink, width);
        }
        ui.add_space(passage::AIR);
    });
    ui.add_space(BETWEEN);
    let top = ui.cursor().top();
    the_card(pane, desk, (&visit, at, &one), &mut ui);
    desk.review.card = ui.cursor().top() - top;
}

/// What stands there when no difference does.
fn nothing(pane: &mut Pane<'_>, desk: &Desk, ui: &mut Ui) {
    let progress = desk.review.progress();
    let tokens = pane.view.tokens;
    if progress.all == 0 {
        empty_state(ui, tokens, "Nothing differs", "Both of you say the same of every passage.");
    } else if progress.decided == progress.all {
        let words =
            "Save a review file for the author with File, Save review file…, or go on in the text.";
        empty_state(ui, tokens, "Everything is decided", words);
    } else {
        let words = "Show more classes at the left, or all layers, documents and people.";
        empty_state(ui, tokens, "No difference is shown", words);
    }
}

/// "Two leaders, one railway · ¶ 2 · mine above the line, Jonas below".
fn caption(pane: &mut Pane<'_>, visit: &Visit, one: &Difference, width: f32, ui: &mut Ui) {
    let (project, theirs_only) = text_of(pane.view.project, visit, one);
    let Some(sheet) = project.sheet(&one.document) else { return };
    let document = sheet.document();
    let place = one.hull.map_or_else(String::new, |hull| {
        let number = document.paragraph_number(hull.start());
        format!(" · {}", crate::ui::panels::naming::paragraph_mark(number))
    });
    let whose = if theirs_only {
        format!("only {} has this document", within(&visit.called))
    } else {
        format!("mine above the line, {} below", within(&visit.called))
    };
    let sure = one.theirs.as_ref().and_then(|id| visit.guest.place(id));
    let sure = sure.is_some_and(|standing| standing.certainty.is_to_confirm());
    let sure = if sure { " · the text differs: look whether these are the words" } else { "" };
    let words = format!("{}{place} · {whose}{sure}", within(&document.title));
    let muted = pane.view.tokens.muted;
    words_passage(ui, pane.kit(), &words, Face::Small, muted, width);
}

/// The project whose text a difference lies in, and whether that is theirs.
fn text_of<'a>(mine: &'a Project, visit: &'a Visit, one: &Difference) -> (&'a Project, bool) {
    match one.held_by {
        Whose::Theirs => (&visit.guest.project, true),
        Whose::Both | Whose::Ours => (mine, false),
    }
}

/// The words around a difference with all bars over them.
fn around<'a>(
    pane: &Pane<'a>,
    visit: &'a Visit,
    at: usize,
    one: &Difference,
    look: crate::ui::theme::PageLook,
) -> Option<Passage<'a>> {
    let (project, _) = text_of(pane.view.project, visit, one);
    let document = &project.sheet(&one.document)?.document().value;
    let hull = one.hull.filter(|hull| document.text.holds(*hull))?;
    let shown = passage::around(&document.text, hull);
    let tokens = pane.view.tokens;
    let all = &visit.comparison.differences;
    let same = |other: &&Difference| other.document == one.document && other.held_by == one.held_by;
    let before = all.get(at.saturating_sub(BEFORE)..at).unwrap_or_default().iter().rev();
    let after = all.get(at + 1..).unwrap_or_default().iter();
    let near = before.take_while(same).chain(
        after
            .take_while(same)
            .take_while(|other| other.hull.is_none_or(|other| other.start() < shown.end())),
    );
    let near = near.filter(|other| other.hull.is_some_and(|hull| hull.overlaps(shown)));
    let mut bars = Vec::new();
    for other in near {
        bars.extend(bars_of(pane, visit, other));
    }
    let mut own = bars_of(pane, visit, one);
    for bar in &mut own {
        bar.current = true;
    }
    let tinted = own.iter().flat_map(|bar| bar.spans.clone()).collect();
    let layer = pane.view.project.codebook.layer(&one.layer);
    let tint = tokens.layer(layer.map_or("", |layer| layer.color.as_str())).tint;
    bars.extend(own);
    Some(Passage { document, shown, tinted, tint, bars, look })
}

/// The bars of a difference: mine as it is now, theirs where it is in my text.
fn bars_of(pane: &Pane<'_>, visit: &Visit, one: &Difference) -> Vec<Bar> {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let bar = |side: Side, codebook: &crate::model::Codebook, layer, spans: Vec<Span>| {
        let layer = codebook.layer(layer);
        let color = tokens.layer(layer.map_or("", |layer| layer.color.as_str())).mark;
        let pattern = layer.map_or(LinePattern::Solid, |layer| layer.line);
        Bar { side, spans, color, pattern, current: false }
    };
    let mine = one.ours.as_ref().and_then(|id| project.annotation(id));
    let mine = mine.filter(|mine| !mine.place.is_orphan()).map(|mine| {
        let spans = mine.place.fragments().spans().to_vec();
        bar(Side::Mine, &project.codebook, &mine.layer, spans)
    });
    let theirs = one.theirs.as_ref().and_then(|id| {
        let theirs = visit.guest.project.annotation(id)?;
        let spans = if one.held_by == Whose::Theirs {
            (!theirs.place.is_orphan()).then(|| theirs.place.fragments().clone())?
        } else {
            visit.guest.place(id)?.fragments
        };
        let codebook = &visit.guest.project.codebook;
        Some(bar(Side::Theirs, codebook, &theirs.layer, spans.spans().to_vec()))
    });
    mine.into_iter().chain(theirs).collect()
}

fn the_card(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (visit, at, one): (&Visit, usize, &Difference),
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let name = visit.called.as_str();
    card::frame(tokens).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        head(pane, desk, (visit, at, one), ui);
        line(ui, tokens);
        books::line(pane, desk, (visit, at, one), ui);
        let (mine, theirs) = said::both(pane.view.project, visit, one);
        let absent = format!("{name} has nothing like it.");
        let taken = desk.review.verdict(at).is_some_and(|verdict| {
            matches!(verdict, Verdict::Theirs | Verdict::Both | Verdict::Edited)
        });
        let nothing = if taken {
            "You had nothing like it. Now theirs stands in your text."
        } else {
            "You have nothing like it."
        };
        let halves = [
            Half { title: "Mine", said: mine.as_ref(), absent: nothing },
            Half { title: name, said: theirs.as_ref(), absent: &absent },
        ];
        let [one_half, other] = &halves;
        card::scrolled_halves(ui, pane, (at, [one_half, other]), |pane, ui| {
            talk::own_words(pane, &desk.review, ui);
            talk::section(pane, desk, ui);
        });
        line(ui, tokens);
        card::foot(ui, tokens, |ui| {
            if desk.review.draft.is_some() {
                ask::field(pane, desk, name, ui);
            } else {
                foot(pane, desk, one, ui);
            }
        });
    });
}

fn line(ui: &mut Ui, tokens: &crate::ui::theme::Tokens) {
    crate::ui::widgets::hairline(ui, tokens);
}

/// Badge, class, which one, how much they share; at the right what was decided.
fn head(
    pane: &mut Pane<'_>,
    desk: &Desk,
    (visit, at, one): (&Visit, usize, &Difference),
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let size = vec2(ui.available_width(), 42.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut inner = rect.shrink2(vec2(card::INSET, 0.0));
    let decided = desk.review.verdict(at);
    if decided.is_none() {
        inner.max.x += card::AROUND_KEY;
    }
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    row.spacing_mut().item_spacing.x = 8.0;
    if let Some(verdict) = decided {
        let words = format!("✓ {}", verdict_name(verdict));
        crate::ui::widgets::spoken_words(&mut row, pane.kit(), &words, Face::Bold, tokens.ink);
    } else if one.differs() {
        foot_button(pane, desk, &mut row, ASK);
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let project = pane.view.project;
        let layer = project.codebook.layer(&one.layer);
        let layer = layer.or_else(|| visit.guest.project.codebook.layer(&one.layer));
        badge(ui, pane.kit(), layer);
        let record = layer.and_then(|layer| layer.entity.as_ref()).map(|(one, _)| one.as_str());
        let name = match (one.class, record) {
            (Class::Entity, Some(record)) => record.to_owned(),
            (class, _) => class_name(class).to_owned(),
        };
        crate::ui::widgets::spoken_words(ui, pane.kit(), &name, Face::Bold, tokens.ink);
        let place = desk.review.place_of(at).map_or(0, |place| place + 1);
        let count = desk.review.queue().len();
        let mut parts = vec![format!("difference {place} of {count}"), what(project, visit, one)];
        if one.ours.is_some() && one.theirs.is_some() && one.overlap < 1.0 {
            parts.push(format!("overlap {:.0} %", (one.overlap * 100.0).round()));
        }
        let others = one.aspects.iter().skip(1).map(|aspect| class_name((*aspect).into()));
        let others: Vec<String> = others.map(str::to_lowercase).collect();
        if !others.is_empty() {
            parts.push(format!("also {}", others.join(", ")));
        }
        let words = parts.join(" · ");
        crate::ui::widgets::spoken_words(ui, pane.kit(), &words, Face::Plain, tokens.muted);
    });
}

/// A thing that can be decided: the command's id, its usual key, the words on the card.
pub(in crate::ui::review) type Way = (&'static str, &'static str, &'static str);

/// The question to the author.
pub(in crate::ui::review) const ASK: Way = ("review-ask", "ask", "Ask the author");

/// What can be decided, each with its key.
fn foot(pane: &mut Pane<'_>, desk: &Desk, one: &Difference, ui: &mut Ui) {
    let ways: [Way; 4] = match one.class {
        Class::OnlyTheirs => [
            ("review-mine", "leave out", "Keep mine: leave theirs out"),
            ("review-theirs", "take it", "Take theirs"),
            ("review-both", "take it", "Take both"),
            ("review-neither", "reject", "Reject both"),
        ],
        Class::OnlyOurs => [
            ("review-mine", "keep it", "Keep mine"),
            ("review-theirs", "take it out", "Take theirs: mine goes"),
            ("review-both", "keep it", "Take both"),
            ("review-neither", "reject", "Reject both"),
        ],
        _ => [
            ("review-mine", "keep mine", "Keep mine"),
            ("review-theirs", "take theirs", "Take theirs"),
            ("review-both", "both", "Take both"),
            ("review-neither", "reject both", "Reject both"),
        ],
    };
    let only = matches!(one.class, Class::OnlyOurs | Class::OnlyTheirs);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        for way in ways {
            if !(only && way.0 == "review-both") {
                foot_button(pane, desk, ui, way);
            }
        }
        if one.ours.is_some() {
            foot_button(pane, desk, ui, ("review-edit", "edit", "Edit mine in the text"));
        }
        foot_button(pane, desk, ui, ("review-remark", "remark", "Write a remark"));
        foot_button(pane, desk, ui, ("review-comment", "comment", "Comment on it"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.available_width() > 110.0 {
                let words = "next opens by itself";
                let muted = pane.view.tokens.muted;
                crate::ui::widgets::words(ui, pane.kit(), words, Face::Plain, muted);
            }
        });
    });
}

/// A button that does what the command does, with the key that it has.
pub(in crate::ui::review) fn foot_button(
    pane: &mut Pane<'_>,
    desk: &Desk,
    ui: &mut Ui,
    (id, words, name): Way,
) {
    let entry = crate::ui::command_table::review_entry(&pane.view, desk, id);
    let Some(entry) = entry else { return };
    let can = entry.wish.as_ref().map(drop).map_err(|why| *why);
    let response = key_button(ui, pane.view.tokens, (&entry.shortcut(), words, name), can);
    if let (true, Ok(wish)) = (response.clicked(), entry.wish) {
        pane.out.push(wish);
    }
}
