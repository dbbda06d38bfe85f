//! What a guest's codebook has that mine lacks: listed on the check sheet, where it can be added, and told before a
//! decision that would bring it along.
//!
//! What both define otherwise stays mine; here it is only said.

use crate::model::{
    Codebook, CodebookEdit, CodebookPart, Holder, LayerId, Project, RelationKindId,
};
use crate::review::{
    CodebookDifference, Comparison, Difference, RecordDifference, Ruling, Settled, SideBySide,
    Whose, codebook_differences,
};
use crate::ui::desk::Desk;
use crate::ui::itself::Itself;
use crate::ui::review::session::Visit;
use crate::ui::review::sheet::row;
use crate::ui::review::{Pane, Verdict, card};
use crate::ui::view::View;
use crate::ui::widgets::{Face, hairline, in_words, passage, quiet_button, spoken_words};
use crate::workbench::{Command, ReviewCommand};
use egui::{Align, Layout, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

/// So many parts are listed before the rest is asked for.
const SHOWN: usize = 6;
/// So many parts are named before the rest is counted.
const NAMED: usize = 4;
/// Where the lines begin.
const LEFT: f32 = 116.0;

/// What the line on the card was worked out from, and its words.
#[derive(Clone, Debug, Default)]
pub(in crate::ui::review) struct Gain {
    from: Option<(Itself<Project>, Itself<Comparison>, usize)>,
    words: Option<String>,
}

/// What the codebooks have not alike, each part that only they have with a button that adds it.
pub(in crate::ui::review) fn rows(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (at, visit): (usize, &Visit),
    ui: &mut Ui,
) {
    let (mine, theirs) = (&pane.view.project.codebook, &visit.guest.project.codebook);
    let mut all = codebook_differences(mine, theirs);
    if all.is_empty() {
        return row(pane, ("Codebook", "The same as yours"), ui);
    }
    // What can be done something about comes first.
    all.sort_by_key(|one| match one.whose {
        Whose::Theirs => 0,
        Whose::Both => 1,
        Whose::Ours => 2,
    });
    let new: Vec<CodebookEdit> = all
        .iter()
        .filter(|one| one.whose == Whose::Theirs)
        .filter_map(|one| theirs.part(&one.part))
        .collect();
    row(pane, ("Codebook", &summary(&all, &visit.called)), ui);
    let unfolded = desk.review.all_parts.contains(&at);
    let count = if unfolded || all.len() == SHOWN + 1 { all.len() } else { all.len().min(SHOWN) };
    for one in all.iter().take(count) {
        part(pane, visit, one, ui);
    }
    if all.len() <= SHOWN + 1 && new.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(LEFT);
        ui.spacing_mut().item_spacing.x = 14.0;
        if new.len() > 1 {
            let words = format!("Add all {} to mine", new.len());
            if quiet_button(ui, pane.view.tokens, &words).clicked() {
                pane.out.ask(Command::Review(ReviewCommand::AddToCodebook(new)));
            }
        }
        if all.len() > SHOWN + 1 {
            let words = if unfolded {
                "Show fewer parts".to_owned()
            } else {
                format!("Show all {} parts", all.len())
            };
            if quiet_button(ui, pane.view.tokens, &words).clicked()
                && !desk.review.all_parts.remove(&at)
            {
                desk.review.all_parts.insert(at);
            }
        }
    });
}

/// "2 parts only Jonas has · 1 part defined otherwise: yours stays · 3 parts only yours".
fn summary(all: &[CodebookDifference], name: &str) -> String {
    let count = |whose| all.iter().filter(|one| one.whose == whose).count();
    let parts = [
        (Whose::Theirs, format!("only {name} has")),
        (Whose::Both, "defined otherwise: yours stays".to_owned()),
        (Whose::Ours, "only yours".to_owned()),
    ];
    let parts = parts.into_iter().filter_map(|(whose, words)| {
        let count = count(whose);
        (count > 0).then(|| format!("{} {words}", in_words(count, "part", "parts")))
    });
    parts.collect::<Vec<_>>().join(" · ")
}

fn part(pane: &mut Pane<'_>, visit: &Visit, one: &CodebookDifference, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let name = visit.called.as_str();
    let theirs = &visit.guest.project.codebook;
    let what = what(one, [&pane.view.project.codebook, theirs]);
    let words = match one.whose {
        Whose::Both => format!("{what}: the two of you define it otherwise"),
        Whose::Ours => format!("{what}: only you have it"),
        Whose::Theirs => format!("{what}: only {name} has it"),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let inner = rect.with_min_x(rect.left() + LEFT);
    let layout = Layout::right_to_left(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(&words));
    if let (Whose::Theirs, Some(edit)) = (one.whose, theirs.part(&one.part)) {
        let button = quiet_button(&mut line, tokens, "Add to mine");
        let spoken = format!("Add to mine: {what}");
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        if button.clicked() {
            pane.out.ask(Command::Review(ReviewCommand::AddToCodebook(vec![edit])));
        }
    }
    line.with_layout(Layout::left_to_right(Align::Center), |ui| {
        spoken_words(ui, pane.kit(), &words, Face::Plain, tokens.ink);
    });
}

/// "Code “Rank” of Actor".
fn what(one: &CodebookDifference, books: [&Codebook; 2]) -> String {
    let layer = |id: &LayerId| {
        let found = books.iter().find_map(|book| book.layer(id));
        found.map_or_else(|| id.to_string(), |layer| layer.name.to_string())
    };
    let link = |id: &RelationKindId| {
        let found = books.iter().find_map(|book| book.relation(id));
        found.map_or_else(|| id.to_string(), |kind| kind.name.to_string())
    };
    let held = |holder: &Holder| match holder {
        Holder::Annotations(of) => layer(of),
        Holder::Records(of) => format!("{} records", layer(of)),
        Holder::Links(of) => format!("the link “{}”", link(of)),
        Holder::Documents => "documents".to_owned(),
    };
    match &one.part {
        CodebookPart::Layer(_) => format!("Layer “{}”", one.name),
        CodebookPart::Code(of, _) => format!("Code “{}” of {}", one.name, layer(of)),
        CodebookPart::Feature(Holder::Documents, _) => {
            format!("Field “{}” of documents", one.name)
        }
        CodebookPart::Feature(of, _) => format!("Feature “{}” of {}", one.name, held(of)),
        CodebookPart::Value(of, id, _) => {
            let found = books.iter().find_map(|book| {
                crate::model::feature(book.features_of(of)?, id).map(|one| one.name.to_string())
            });
            let feature = found.unwrap_or_else(|| id.to_string());
            format!("Value “{}” of “{feature}”, {}", one.name, held(of))
        }
        CodebookPart::Link(_) => format!("Link “{}”", one.name),
    }
}

/// "adds to your codebook: code “Rank”, layer “Frame”": what deciding so would bring along; none, if nothing.
pub(in crate::ui::review) fn gain(
    view: &View<'_>,
    (visit, settled): (&Visit, Option<&Settled>),
    which: &[usize],
    verdict: Verdict,
) -> Option<String> {
    if !matches!(verdict, Verdict::Theirs | Verdict::Both) || !know_more(view, visit) {
        return None;
    }
    let case = SideBySide::new(view.project, &visit.guest, &visit.comparison).knowing(settled);
    told(&view.bench.decided(&case, which, &Ruling::plain(verdict)).added)
}

/// The same where there are too many to look what exactly.
pub(in crate::ui::review) fn possible_gain(
    view: &View<'_>,
    visit: &Visit,
    verdict: Verdict,
) -> Option<String> {
    let takes = matches!(verdict, Verdict::Theirs | Verdict::Both);
    let name = &visit.called;
    (takes && know_more(view, visit))
        .then(|| format!("may add to your codebook what only {name} has"))
}

/// The same for records that both have.
pub(in crate::ui::review) fn gain_of_records(
    view: &View<'_>,
    visit: &Visit,
    which: &[RecordDifference],
    verdict: Verdict,
) -> Option<String> {
    if !know_more(view, visit) {
        return None;
    }
    let case = SideBySide::new(view.project, &visit.guest, &visit.comparison);
    told(&view.bench.decided_records(&case, which, &Ruling::plain(verdict)).added)
}

/// Whether their codebook has anything that mine lacks.
fn know_more(view: &View<'_>, visit: &Visit) -> bool {
    let (mine, theirs) = (&view.project.codebook, &visit.guest.project.codebook);
    let more = || codebook_differences(mine, theirs);
    mine != theirs && more().iter().any(|one| one.whose == Whose::Theirs)
}

fn told(added: &[CodebookEdit]) -> Option<String> {
    let mut told: Vec<String> = added.iter().take(NAMED).map(CodebookEdit::told).collect();
    if added.len() > NAMED {
        told.push(format!("{} more", added.len() - NAMED));
    }
    (!told.is_empty()).then(|| format!("adds to your codebook: {}", told.join(", ")))
}

/// The line on the card that says so.
pub(in crate::ui::review) fn line(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (visit, at, one): (&Visit, usize, &Difference),
    ui: &mut Ui,
) {
    if one.theirs.is_none() || desk.review.verdict(at).is_some() {
        return;
    }
    let project = Itself::of(pane.view.bench.project());
    let from = Some((project, Itself::of(&visit.comparison), at));
    if desk.review.gain.from != from {
        let settled = desk.review.kept.settled(desk.review.guest);
        let words = gain(&pane.view, (visit, settled), &[at], Verdict::Theirs);
        desk.review.gain = Gain { from, words };
    }
    if let Some(words) = &desk.review.gain.words {
        on_card(pane, words, ui);
    }
}

/// "Taking theirs adds to your codebook: …", over the width of a card.
pub(in crate::ui::review) fn on_card(pane: &mut Pane<'_>, words: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    card::strip(ui, tokens, tokens.raised, |ui| {
        let width = ui.available_width();
        let words = format!("Taking theirs {words}");
        passage(ui, pane.kit(), &words, Face::Plain, tokens.ink, width);
    });
    hairline(ui, tokens);
}
