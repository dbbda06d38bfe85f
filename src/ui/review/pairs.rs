//! Records that may be one: who is taken for whom, why, and whether that is right.

use crate::model::{EntityId, Project};
use crate::review::{EntityPair, Why};
use crate::ui::desk::Desk;
use crate::ui::outbox::DeskCommand;
use crate::ui::review::session::Visit;
use crate::ui::review::sheet::lines;
use crate::ui::review::{Pane, ReviewWish};
use crate::ui::widgets::{Face, badge, in_words, pill_toggle, quiet_button, words};
use egui::{Align, Layout, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

/// So many pairs are listed before the rest is asked for.
const SHOWN: usize = 6;

/// How many records go together, and those that a person should look at.
pub(in crate::ui::review) fn rows(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (at, visit): (usize, &Visit),
    ui: &mut Ui,
) {
    let pairs = &visit.comparison.entities;
    let mut asked: Vec<(EntityPair, Said)> = pairs
        .pairs()
        .iter()
        .filter_map(|pair| said(visit, pair).map(|said| (pair.clone(), said)))
        .collect();
    let refused = visit.choices.refused.iter().map(|(ours, theirs)| {
        let pair = EntityPair {
            ours: ours.clone(),
            theirs: theirs.clone(),
            why: Why::Confirmed,
            differs: Vec::new(),
        };
        (pair, Said::Refused)
    });
    asked.extend(refused);
    asked.sort_by(|(a, _), (b, _)| {
        let unsure = |pair: &EntityPair| match pair.why {
            Why::Mentions { .. } => 0,
            Why::Alias => 1,
            _ => 2,
        };
        unsure(a).cmp(&unsure(b)).then_with(|| (&a.ours, &a.theirs).cmp(&(&b.ours, &b.theirs)))
    });
    let open = asked.iter().filter(|(_, said)| *said == Said::Nothing).count();
    let mut summary = vec![(
        format!(
            "{} in both · {} only yours · {} only {}’s",
            pairs.pairs().len(),
            pairs.only_ours().len(),
            pairs.only_theirs().len(),
            visit.guest.name
        ),
        false,
    )];
    if open > 0 {
        let words = in_words(open, "pair is", "pairs are");
        summary.push((format!("{words} guessed: say whether they are right"), true));
    }
    lines(pane, "Actors, issues", &summary, ui);
    let all = desk.review.all_pairs.contains(&at);
    let count = if all { asked.len() } else { asked.len().min(SHOWN) };
    for (pair, said) in asked.iter().take(count) {
        row(pane, (at, visit), (pair, *said), ui);
    }
    if asked.len() > SHOWN {
        ui.horizontal(|ui| {
            ui.add_space(116.0);
            let name = if all {
                "Show fewer pairs".to_owned()
            } else {
                format!("Show all {} pairs", asked.len())
            };
            if quiet_button(ui, pane.view.tokens, &name).clicked()
                && !desk.review.all_pairs.remove(&at)
            {
                desk.review.all_pairs.insert(at);
            }
        });
    }
}

/// What a person said of a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Confirmed,
    Refused,
}

/// What was said of a pair of the comparison; none, if it is not asked about. The comparison still has a pair that was
/// refused a moment ago: that one is listed among the refused.
fn said(visit: &Visit, pair: &EntityPair) -> Option<Said> {
    let key = (pair.ours.clone(), pair.theirs.clone());
    if visit.choices.refused.contains(&key) {
        return None;
    }
    if visit.choices.confirmed.contains(&key) {
        return Some(Said::Confirmed);
    }
    pair.why.asks().then_some(Said::Nothing)
}

/// Why two records are taken for one.
fn why(why: Why) -> String {
    match why {
        Why::Confirmed => "you said so".to_owned(),
        Why::SameId => "the same record".to_owned(),
        Why::Name => "the same name".to_owned(),
        Why::Alias => "a name of one is an alias of the other".to_owned(),
        Why::Mentions { shared, joint } => format!("{shared} of {joint} mentions are the same"),
    }
}

fn row(
    pane: &mut Pane<'_>,
    (at, visit): (usize, &Visit),
    (pair, said): (&EntityPair, Said),
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let name = |project: &Project, id: &EntityId| {
        project.entities().get(id).map_or_else(|| id.to_string(), |entity| entity.name.to_string())
    };
    let ours = name(pane.view.project, &pair.ours);
    let theirs = name(&visit.guest.project, &pair.theirs);
    let reason = if said == Said::Refused { "you said no".to_owned() } else { why(pair.why) };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let spoken = format!("{ours} and {theirs}: {reason}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let inner = rect.with_min_x(rect.left() + 116.0);
    let layout = Layout::right_to_left(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(&spoken));
    line.spacing_mut().item_spacing.x = 6.0;
    let answers = [
        ("Not the same", Said::Refused, tokens.ink),
        ("One and the same", Said::Confirmed, tokens.ink),
    ];
    for (words, answer, color) in answers {
        let spoken = format!("{words}: {ours} and {theirs}");
        let on = said == answer;
        if pill_toggle(&mut line, tokens, (words, &spoken), color, on).clicked() {
            let pair = (pair.ours.clone(), pair.theirs.clone());
            let one = (answer == Said::Confirmed).then_some(true);
            let answer = if on { None } else { one.or(Some(false)) };
            pane.out.desk(DeskCommand::Review(ReviewWish::Pair(at, pair.0, pair.1, answer)));
        }
    }
    line.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let layer = pane.view.project.entities().get(&pair.ours).map(|entity| &entity.layer);
        let layer = layer.and_then(|layer| pane.view.project.codebook.layer(layer));
        badge(ui, pane.kit(), layer);
        let shown = if ours == theirs { ours } else { format!("{ours} ↔ {theirs}") };
        words(ui, pane.kit(), &shown, Face::Plain, tokens.ink);
        words(ui, pane.kit(), &reason, Face::Small, tokens.muted);
    });
}
