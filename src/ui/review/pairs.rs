//! Records that may be one: who is taken for whom, why, and whether that is right.
//!
//! Records of one name and code are one line that is answered by one key; every other guess is asked about by itself,
//! the most doubtful first.

use crate::model::{Entity, EntityId, Project};
use crate::query::comparable;
use crate::review::{EntityPair, RecordAspect, SideBySide, Why};
use crate::ui::desk::Desk;
use crate::ui::outbox::DeskCommand;
use crate::ui::review::card::key_button;
use crate::ui::review::session::Visit;
use crate::ui::review::sheet::{NAMES, lines};
use crate::ui::review::{Pane, ReviewWish};
use crate::ui::widgets::{Face, badge, in_words, pill_toggle, quiet_button, spoken_words, words};
use crate::workbench::{Command, ReviewCommand};
use egui::{Align, Layout, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

/// So many pairs are listed before the rest is asked for.
const SHOWN: usize = 6;
/// Height of a row.
const ROW: f32 = 26.0;

/// A record of mine and one of theirs.
type Pair = (EntityId, EntityId);

/// What a person said of a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Confirmed,
    Refused,
}

/// Records of one name and code.
#[derive(Default)]
struct Namesakes {
    /// They are one.
    one: Vec<Pair>,
    /// A person keeps them apart.
    apart: Vec<Pair>,
}

impl Namesakes {
    fn of(visit: &Visit) -> Self {
        let mut all = Self::default();
        let pairs = visit.comparison.entities.pairs();
        for pair in visit.namesakes.iter() {
            let at = pairs
                .binary_search_by(|other| (&other.ours, &other.theirs).cmp(&(&pair.0, &pair.1)));
            let found = at.ok().and_then(|at| pairs.get(at));
            if visit.choices.refused.contains(pair) {
                all.apart.push(pair.clone());
            } else if found.map_or(visit.is_stale(), |found| found.why != Why::SameId) {
                all.one.push(pair.clone());
            }
        }
        let others = pairs.iter().filter(|pair| pair.why.asks() && !pair.is_doubtful());
        let others = others.map(|pair| (pair.ours.clone(), pair.theirs.clone()));
        all.one.extend(others.filter(|pair| {
            !visit.namesakes.contains(pair) && !visit.choices.refused.contains(pair)
        }));
        all
    }

    /// "38 records have the same name in both and are taken as one".
    fn said(&self) -> String {
        let all = self.one.len() + self.apart.len();
        let have = in_words(all, "record has", "records have");
        match (self.one.len(), self.apart.len()) {
            (1, 0) => format!("{have} the same name in both and is taken as one"),
            (_, 0) => format!("{have} the same name in both and are taken as one"),
            (0, 1) => format!("{have} the same name in both and is kept apart"),
            (0, _) => format!("{have} the same name in both and are kept apart"),
            (_, apart) => {
                let apart = in_words(apart, "is", "are");
                format!("{have} the same name in both and are taken as one; {apart} kept apart")
            }
        }
    }
}

/// The other way with all records of one name: which pairs, and the answer. Whoever keeps some apart takes all as one.
pub fn turned(visit: &Visit) -> (Vec<Pair>, Option<bool>) {
    let all = Namesakes::of(visit);
    if all.apart.is_empty() { (all.one, Some(false)) } else { (all.apart, None) }
}

/// Whether there are records of one name to answer for.
pub fn has_namesakes(visit: &Visit) -> bool {
    let pairs = visit.comparison.entities.pairs();
    pairs.iter().any(|pair| pair.why.asks() && !pair.is_doubtful())
        || visit.choices.refused.iter().any(|pair| visit.namesakes.contains(pair))
}

/// How many records go together, and those that a person should look at.
pub(in crate::ui::review) fn rows(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (at, visit): (usize, &Visit),
    ui: &mut Ui,
) {
    let pairs = &visit.comparison.entities;
    let asked = doubtful(pane.view.project, visit);
    let open = asked.iter().filter(|(_, said)| *said == Said::Nothing).count();
    let mut summary = vec![(
        format!(
            "{} in both · {} only yours · {} only {}’s",
            pairs.pairs().len(),
            pairs.only_ours().len(),
            pairs.only_theirs().len(),
            visit.called
        ),
        false,
    )];
    match open {
        0 => {}
        1 => summary.push(("1 pair is guessed: say whether it is right".to_owned(), true)),
        _ => summary.push((format!("{open} pairs are guessed: say whether they are right"), true)),
    }
    lines(pane, "Actors, issues", &summary, ui);
    let all = desk.review.all_pairs.contains(&at);
    let count = if all { asked.len() } else { asked.len().min(SHOWN) };
    for (pair, said) in asked.iter().take(count) {
        row(pane, (at, visit), (pair, *said), ui);
    }
    if asked.len() > SHOWN {
        ui.horizontal(|ui| {
            ui.add_space(NAMES);
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
    namesakes(pane, desk, (at, visit), ui);
    lone(pane, visit, ui);
}

/// Records that only they have and nobody mentions there: no difference would bring them.
fn lone(pane: &mut Pane<'_>, visit: &Visit, ui: &mut Ui) {
    let case = SideBySide::new(pane.view.project, &visit.guest, &visit.comparison);
    let lacking: Vec<EntityId> =
        visit.lone.iter().filter(|id| !case.has_record(id)).cloned().collect();
    if lacking.is_empty() {
        return;
    }
    let name = visit.guest.name.as_str();
    let count = in_words(lacking.len(), "record", "records");
    let said = format!("{count} that only {name} has, without a mention");
    let mut line = line_of(ui, &said);
    let spoken = format!("Add to mine: {said}");
    let response = quiet_button(&mut line, pane.view.tokens, "Add to mine");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.clicked() {
        let taken = pane.view.bench.taken_records(&case, &lacking);
        pane.out.ask(Command::Review(ReviewCommand::Decide(taken)));
    }
    line.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let ink = pane.view.tokens.ink;
        words(ui, pane.kit(), &said, Face::Plain, ink);
    });
}

/// The line about records of one name, and the records if they are to be seen.
fn namesakes(pane: &mut Pane<'_>, desk: &mut Desk, (at, visit): (usize, &Visit), ui: &mut Ui) {
    let all = Namesakes::of(visit);
    if all.one.is_empty() && all.apart.is_empty() {
        return;
    }
    let listed = desk.review.listed_namesakes.contains(&at);
    let said = all.said();
    let mut line = line_of(ui, &said);
    let (label, name) = if all.apart.is_empty() {
        ("keep apart", "Keep records of the same name apart")
    } else {
        ("take as one", "Take records of the same name as one")
    };
    let name = format!("{name}: {}", visit.called);
    let entry = crate::ui::command_table::review_entry(&pane.view, desk, "review-namesakes");
    // The key is for the guest that is shown.
    let key = entry.filter(|_| at == desk.review.guest).map(|entry| entry.shortcut());
    let key = key.unwrap_or_default();
    if key_button(&mut line, pane.view.tokens, (&key, label, &name), Ok(())).clicked() {
        let (pairs, answer) = turned(visit);
        pane.out.desk(DeskCommand::Review(ReviewWish::Pair(at, pairs, answer)));
    }
    let show = if listed { "Hide" } else { "Show" };
    let response = quiet_button(&mut line, pane.view.tokens, show);
    let spoken = format!("{show} the records of the same name: {}", visit.called);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.clicked() && !desk.review.listed_namesakes.remove(&at) {
        desk.review.listed_namesakes.insert(at);
    }
    line.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let ink = pane.view.tokens.ink;
        spoken_words(ui, pane.kit(), &said, Face::Plain, ink);
    });
    if listed {
        let mut shown: Vec<(&Pair, Said)> =
            all.one.iter().map(|pair| (pair, Said::Nothing)).collect();
        shown.extend(all.apart.iter().map(|pair| (pair, Said::Refused)));
        shown.sort_by_cached_key(|(pair, _)| {
            let entity = pane.view.project.entities().get(&pair.0);
            entity.map(|entity| (entity.layer.clone(), comparable(&entity.name)))
        });
        for (pair, said) in shown {
            let (ours, theirs) = pair.clone();
            let pair = EntityPair { ours, theirs, why: Why::Name, differs: Vec::new() };
            row(pane, (at, visit), (&pair, said), ui);
        }
    }
}

/// The pairs that are asked about one by one, the most doubtful first, each with what was said of it. What is said does
/// not move a pair.
fn doubtful(project: &Project, visit: &Visit) -> Vec<(EntityPair, Said)> {
    let key = |pair: &EntityPair| (pair.ours.clone(), pair.theirs.clone());
    let choices = &visit.choices;
    let pairs = visit.comparison.entities.pairs().iter().filter(|pair| {
        pair.is_doubtful() || (pair.why == Why::Confirmed && !visit.namesakes.contains(&key(pair)))
    });
    // The comparison still has a pair that was refused a moment ago.
    let pairs = pairs.filter(|pair| !choices.refused.contains(&key(pair)));
    let said = |pair: &EntityPair| {
        if choices.confirmed.contains(&key(pair)) { Said::Confirmed } else { Said::Nothing }
    };
    let mut asked: Vec<_> = pairs.map(|pair| (pair.clone(), said(pair))).collect();
    let refused = choices.refused.iter().filter(|pair| !visit.namesakes.contains(*pair));
    asked.extend(refused.map(|(ours, theirs)| {
        let (ours, theirs) = (ours.clone(), theirs.clone());
        let pair = EntityPair { ours, theirs, why: Why::Confirmed, differs: Vec::new() };
        (pair, Said::Refused)
    }));
    asked.sort_by_cached_key(|(pair, _)| {
        let ours =
            project.entities().get(&pair.ours).or_else(|| visit.ours.entities().get(&pair.ours));
        let theirs = visit.guest.project.entities().get(&pair.theirs);
        let name = ours.map(|entity| comparable(&entity.name));
        (ours.zip(theirs).map(|(ours, theirs)| in_common(ours, theirs)), name, key(pair))
    });
    asked
}

/// 2 for one name, 1 for another name that both have, 0 for no name in common.
fn in_common(ours: &Entity, theirs: &Entity) -> u8 {
    let of = |entity: &Entity| entity.names().map(|name| comparable(name)).collect::<Vec<_>>();
    let (here, there) = (of(ours), of(theirs));
    if comparable(&ours.name) == comparable(&theirs.name) {
        2
    } else {
        u8::from(here.iter().any(|name| there.contains(name)))
    }
}

/// Why two records are taken for one.
fn why(pair: &EntityPair) -> String {
    match pair.why {
        Why::Confirmed => "you said so".to_owned(),
        Why::SameId => "the same record".to_owned(),
        Why::Name if pair.differs.contains(&RecordAspect::Code) => {
            "the same name, but another code".to_owned()
        }
        Why::Name => "the same name".to_owned(),
        Why::Alias => "a name of one is an alias of the other".to_owned(),
        Why::Mentions { shared, joint } => format!("{shared} of {joint} mentions are the same"),
    }
}

/// The room of a line behind the names of rows, filled from the right.
fn line_of(ui: &mut Ui, spoken: &str) -> Ui {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let inner = rect.with_min_x(rect.left() + NAMES);
    let layout = Layout::right_to_left(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(spoken));
    line.spacing_mut().item_spacing.x = 6.0;
    line
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
    let reason = if said == Said::Refused { "you said no".to_owned() } else { why(pair) };
    let spoken = format!("{ours} and {theirs}: {reason}");
    let mut line = line_of(ui, &format!("{} {}", pair.ours, pair.theirs));
    let response = line.interact(line.max_rect(), line.scope_id().with("row"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let sure = pair.why == Why::Name && pair.differs.is_empty();
    let answers = [("Not the same", Said::Refused), ("One and the same", Said::Confirmed)];
    for (words, answer) in answers.into_iter().take(if sure { 1 } else { 2 }) {
        let spoken = format!("{words}: {ours} and {theirs}");
        let on = said == answer;
        if pill_toggle(&mut line, tokens, (words, &spoken), tokens.ink, on).clicked() {
            let pair = (pair.ours.clone(), pair.theirs.clone());
            let one = (answer == Said::Confirmed).then_some(true);
            let answer = if on { None } else { one.or(Some(false)) };
            pane.out.desk(DeskCommand::Review(ReviewWish::Pair(at, vec![pair], answer)));
        }
    }
    line.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let layer = pane.view.project.entities().get(&pair.ours).map(|entity| &entity.layer);
        let layer = layer.and_then(|layer| pane.view.project.codebook.layer(layer));
        badge(ui, pane.kit(), layer);
        let shown = if ours == theirs { ours } else { format!("{ours} ↔ {theirs}") };
        words(ui, pane.kit(), &shown, Face::Plain, tokens.ink);
        if !sure || said == Said::Refused {
            words(ui, pane.kit(), &reason, Face::Small, tokens.muted);
        }
    });
}
