//! Records that both have and know otherwise: one card after the other, mine beside theirs, each decided by a key; all of
//! them below it.
//!
//! Which record is which is asked on the check sheet. What deciding comes to is `review::decide_records`.

use crate::model::{
    Codebook, Decision, DecisionId, End, Entity, EntityId, Feature, FeatureId, Project, Record,
    RelationId, Verdict,
};
use crate::review::{
    Comparison, RecordAspect, RecordDifference, SideBySide, listed_records, record_decisions_about,
};
use crate::ui::desk::Desk;
use crate::ui::itself::Itself;
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::naming::value_words;
use crate::ui::review::card::{self, Half};
use crate::ui::review::said::{Fact, Said, fact, link_words, signed};
use crate::ui::review::session::Visit;
use crate::ui::review::words::verdict_name;
use crate::ui::review::{
    Pane, ReviewDesk, ReviewPage, ReviewWish, ask, books, bulk, column, talk, view,
};
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{
    Face, Row, badge, empty_state, hairline, in_words, quiet_button, section_header, spoken_words,
    words,
};
use egui::{Align, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where lines of the check sheet begin.
const LEFT: f32 = 116.0;
/// Least points of the list below the card.
const LIST: f32 = 150.0;

/// The records of the guest that is shown.
#[derive(Default)]
pub struct Records {
    from: Option<(Itself<Project>, Itself<Comparison>)>,
    /// Those that differ.
    pub all: Arc<[RecordDifference]>,
    decisions: BTreeMap<(EntityId, EntityId), Arc<Record<Decision>>>,
    /// What taking theirs would add to my codebook, and of which record that was worked out.
    gain: Option<(usize, Option<String>)>,
    /// The one that is shown, counted from 0.
    pub at: usize,
}

impl Records {
    /// The one that is shown.
    pub fn current(&self) -> Option<&RecordDifference> {
        self.all.get(self.at)
    }

    /// What was decided about one.
    pub fn verdict(&self, one: &RecordDifference) -> Option<Verdict> {
        self.decision(one).map(|decision| decision.verdict)
    }

    /// The decision about one.
    pub fn decision(&self, one: &RecordDifference) -> Option<&Arc<Record<Decision>>> {
        self.decisions.get(&(one.ours.clone(), one.theirs.clone()))
    }

    /// Where the one stands that this was decided about.
    pub fn place_of(&self, decision: &DecisionId) -> Option<usize> {
        let is = |one: &RecordDifference| self.decision(one).is_some_and(|one| one.id == *decision);
        self.all.iter().position(is)
    }

    /// Those that wait for a decision, in their order.
    pub fn all_open(&self) -> Vec<RecordDifference> {
        self.all.iter().filter(|one| self.verdict(one).is_none()).cloned().collect()
    }

    /// How many wait for a decision.
    pub fn open(&self) -> usize {
        self.all.iter().filter(|one| self.verdict(one).is_none()).count()
    }

    /// The next that waits, after the one that is shown; from the start again, if there is none after it.
    pub fn next_open(&self) -> Option<usize> {
        let count = self.all.len();
        let order = (self.at + 1..count).chain(0..self.at.min(count));
        let waits = |at: &usize| self.all.get(*at).is_some_and(|one| self.verdict(one).is_none());
        order.into_iter().find(waits)
    }
}

/// Brings the list up to date with the guest that is shown and with what is decided.
pub fn refresh(view: &View<'_>, review: &mut ReviewDesk) {
    let Some(visit) = review.visit().cloned() else {
        review.records = Records::default();
        return;
    };
    let records = &mut review.records;
    let from = (Itself::of(view.bench.project()), Itself::of(&visit.comparison));
    if records.from.as_ref() == Some(&from) {
        return;
    }
    if records.from.as_ref().is_none_or(|(_, comparison)| *comparison != from.1) {
        let case = SideBySide::new(&visit.ours, &visit.guest, &visit.comparison);
        records.all = listed_records(&case).into();
        records.at = records.at.min(records.all.len().saturating_sub(1));
    }
    records.decisions = BTreeMap::new();
    records.gain = None;
    if !view.project.decisions().is_empty() {
        let case = SideBySide::new(view.project, &visit.guest, &visit.comparison);
        records.decisions = record_decisions_about(&case);
    }
    records.from = Some(from);
}

/// On the check sheet of the guest that is shown: how many there are, and the way to them.
pub(in crate::ui::review) fn row_on_sheet(
    pane: &mut Pane<'_>,
    desk: &Desk,
    at: usize,
    ui: &mut Ui,
) {
    let records = &desk.review.records;
    if at != desk.review.guest || records.all.is_empty() {
        return;
    }
    let all = records.all.len();
    let words = match records.open() {
        0 => format!("{}, all decided", in_words(all, "record differed", "records differed")),
        open => {
            let count = in_words(all, "record differs", "records differ");
            format!("{count}, {open} to decide")
        }
    };
    ui.horizontal(|ui| {
        ui.add_space(LEFT);
        if quiet_button(ui, pane.view.tokens, &words).clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Page(ReviewPage::Records)));
        }
    });
}

/// The page.
pub(in crate::ui::review) fn show(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    bulk::strip(pane, desk, ui);
    let (mut ui, _) = column::of_a_card(ui);
    let ui = &mut ui;
    let Some(visit) = desk.review.visit().cloned() else { return };
    let Some(one) = desk.review.records.current().cloned() else {
        let words = "Records that both of you have say the same.";
        return empty_state(ui, pane.view.tokens, "No record differs", words);
    };
    let room = ui.available_height();
    let top = ui.cursor().top();
    ui.scope(|ui| {
        ui.set_max_height((room - LIST).max(room / 2.0));
        the_card(pane, desk, (&visit, &one), ui);
    });
    ui.add_space(16.0);
    let all = Arc::clone(&desk.review.records.all);
    section_header(ui, pane.kit(), "Records that differ", &all.len().to_string());
    let left = room - (ui.cursor().top() - top);
    let area = ScrollArea::vertical().id_salt("records that differ").max_height(left.max(60.0));
    area.auto_shrink([false, true]).show_named(ui, "records that differ", |ui| {
        for (at, one) in all.iter().enumerate() {
            listed(pane, desk, (&visit, at, one), ui);
        }
    });
}

fn listed(
    pane: &mut Pane<'_>,
    desk: &Desk,
    (visit, at, one): (&Visit, usize, &RecordDifference),
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let (project, entity) = mine(pane.view.project, visit, one);
    let name = entity.map_or("", |entity| entity.name.as_str());
    let differs = differs(one, [&project.codebook, &visit.guest.project.codebook], entity);
    let verdict = desk.review.records.verdict(one).map(verdict_name).unwrap_or_default();
    let decided = if verdict.is_empty() { String::new() } else { format!(", {verdict}") };
    let spoken = format!("{} “{name}”: {differs}{decided}", kind(project, entity));
    let row = Row::new(&spoken).inset(0.0, 0.0).selected(at == desk.review.records.at);
    let response = row.show(ui, tokens, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.add_space(card::INSET);
            words(ui, pane.kit(), verdict, Face::Bold, tokens.ink);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(card::INSET);
                let layer = entity.and_then(|entity| project.codebook.layer(&entity.layer));
                badge(ui, pane.kit(), layer);
                words(ui, pane.kit(), name, Face::Plain, tokens.ink);
                words(ui, pane.kit(), &differs, Face::Plain, tokens.muted);
            });
        });
    });
    if response.clicked() {
        pane.out.desk(DeskCommand::Review(ReviewWish::Go(at)));
    }
}

fn the_card(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (visit, one): (&Visit, &RecordDifference),
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    card::frame(tokens).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        head(pane, desk, (visit, one), ui);
        hairline(ui, tokens);
        gain(pane, &mut desk.review, (visit, one), ui);
        let name = visit.called.as_str();
        let (mine, theirs) = both(pane.view.project, visit, one);
        let halves = [
            Half { title: "Mine", said: mine.as_ref(), absent: "Your record has gone." },
            Half { title: name, said: theirs.as_ref(), absent: "Theirs has gone." },
        ];
        let [one_half, other] = &halves;
        let at = desk.review.records.at;
        card::scrolled_halves(ui, pane, (at, [one_half, other]), |pane, ui| {
            talk::own_words(pane, &desk.review, ui);
            talk::section(pane, desk, ui);
        });
        hairline(ui, tokens);
        card::foot(ui, tokens, |ui| {
            if desk.review.draft.is_some() {
                return ask::field(pane, desk, name, ui);
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
                for way in [
                    ("review-mine", "keep mine", "Keep mine"),
                    ("review-theirs", "take theirs", "Take theirs"),
                    ("review-both", "both: mine, and what only they know", "Take both"),
                    ("review-remark", "remark", "Write a remark"),
                    ("review-comment", "comment", "Comment on it"),
                ] {
                    view::foot_button(pane, desk, ui, way);
                }
            });
        });
    });
}

/// What would come into my codebook is told before.
fn gain(
    pane: &mut Pane<'_>,
    review: &mut ReviewDesk,
    (visit, one): (&Visit, &RecordDifference),
    ui: &mut Ui,
) {
    let records = &mut review.records;
    if records.verdict(one).is_some() {
        return;
    }
    if records.gain.as_ref().is_none_or(|(at, _)| *at != records.at) {
        let words = {
            let one = std::slice::from_ref(one);
            books::gain_of_records(&pane.view, visit, one, Verdict::Theirs)
        };
        records.gain = Some((records.at, words));
    }
    if let Some((_, Some(words))) = &records.gain {
        books::on_card(pane, words, ui);
    }
}

/// Badge, what kind of record, which one; at the right what was decided.
fn head(pane: &mut Pane<'_>, desk: &Desk, (visit, one): (&Visit, &RecordDifference), ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let (project, entity) = mine(pane.view.project, visit, one);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 42.0), Sense::hover());
    let inner = rect.shrink2(vec2(card::INSET, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    row.spacing_mut().item_spacing.x = 8.0;
    let records = &desk.review.records;
    if let Some(verdict) = records.verdict(one) {
        let words = format!("✓ {}", verdict_name(verdict));
        spoken_words(&mut row, pane.kit(), &words, Face::Bold, tokens.ink);
    } else {
        view::foot_button(pane, desk, &mut row, view::ASK);
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        badge(ui, pane.kit(), entity.and_then(|entity| project.codebook.layer(&entity.layer)));
        let kind = kind(project, entity);
        spoken_words(ui, pane.kit(), &kind, Face::Bold, tokens.ink);
        let books = [&project.codebook, &visit.guest.project.codebook];
        let place = format!("record {} of {}", records.at + 1, records.all.len());
        let words = format!("{place} · {}", differs(one, books.map(|book| &**book), entity));
        spoken_words(ui, pane.kit(), &words, Face::Plain, tokens.muted);
    });
}

/// My record as it is now, or as it was when the review began; and in which project.
fn mine<'a>(
    project: &'a Project,
    visit: &'a Visit,
    one: &RecordDifference,
) -> (&'a Project, Option<&'a Record<Entity>>) {
    let here = project.entities().get(&one.ours);
    let project = if here.is_some() { project } else { &*visit.ours };
    (project, project.entities().get(&one.ours).map(AsRef::as_ref))
}

/// "Actor record", "Issue record", "Event record".
fn kind(project: &Project, entity: Option<&Record<Entity>>) -> String {
    let layer = entity.and_then(|entity| project.codebook.layer(&entity.layer));
    let name = layer.and_then(|layer| layer.entity.as_ref()).map_or("", |(one, _)| one.as_str());
    match name {
        "" => "Record".to_owned(),
        name if name.to_lowercase().contains("record") => name.to_owned(),
        name => format!("{name} record"),
    }
}

/// "other names, country, 1 link".
fn differs(
    one: &RecordDifference,
    books: [&Codebook; 2],
    entity: Option<&Record<Entity>>,
) -> String {
    let feature = |id: &FeatureId| {
        let found = entity.and_then(|entity| {
            books.iter().find_map(|book| {
                crate::model::feature(&book.layer(&entity.layer)?.entity_features, id)
            })
        });
        found.map_or_else(|| id.to_string(), |rule| rule.name.to_lowercase())
    };
    let aspects = one.differs.iter().map(|aspect| match aspect {
        RecordAspect::Name => "name".to_owned(),
        RecordAspect::Aliases => "other names".to_owned(),
        RecordAspect::Code => "code".to_owned(),
        RecordAspect::Feature(id) => feature(id),
    });
    let links = (!one.links.is_empty()).then(|| in_words(one.links.len(), "link", "links"));
    let all = aspects.chain(links).collect::<Vec<_>>().join(", ");
    // Decided on another day.
    if all.is_empty() { "the same by now".to_owned() } else { all }
}

/// What both say.
fn both(project: &Project, visit: &Visit, one: &RecordDifference) -> (Option<Said>, Option<Said>) {
    let guest = &visit.guest.project;
    let (here, ours) = mine(project, visit, one);
    let theirs = guest.entities().get(&one.theirs).map(AsRef::as_ref);
    let rules = rules([(here, ours), (guest, theirs)]);
    let links = |of: fn(&crate::review::LinkDifference) -> Option<&RelationId>| {
        one.links.iter().map(of).map(Option::<&RelationId>::cloned).collect::<Vec<_>>()
    };
    let [own, other] = [links(|link| link.ours.as_ref()), links(|link| link.theirs.as_ref())];
    let mine = ours.map(|entity| said(here, entity, (one, &own), &rules));
    let theirs = theirs.map(|entity| said(guest, entity, (one, &other), &rules));
    (mine, theirs)
}

/// The features that either record may have, in the order of my codebook, then theirs.
fn rules<'a>(sides: [(&'a Project, Option<&Record<Entity>>); 2]) -> Vec<&'a Feature> {
    let mut all: Vec<&Feature> = Vec::new();
    for (project, entity) in sides {
        let layer = entity.and_then(|entity| project.codebook.layer(&entity.layer));
        let features = layer.into_iter().flat_map(|layer| &layer.entity_features);
        for rule in features {
            if !all.iter().any(|other| other.id == rule.id) {
                all.push(rule);
            }
        }
    }
    all
}

fn said(
    project: &Project,
    entity: &Record<Entity>,
    (one, links): (&RecordDifference, &[Option<RelationId>]),
    rules: &[&Feature],
) -> Said {
    let has = |aspect: &RecordAspect| one.differs.contains(aspect);
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |name: &str, value: &str, differs| {
        if differs || !value.is_empty() {
            facts.push(fact(name, value, differs));
        }
    };
    let aliases =
        entity.aliases.iter().map(smol_str::SmolStr::as_str).collect::<Vec<_>>().join(" · ");
    add("Also called", &aliases, has(&RecordAspect::Aliases));
    let layer = project.codebook.layer(&entity.layer);
    let code = entity.code.as_ref().map(|id| {
        let known = layer.and_then(|layer| layer.code(id));
        known.map_or_else(|| id.to_string(), |code| code.name.to_string())
    });
    add("Code", &code.unwrap_or_default(), has(&RecordAspect::Code));
    let unknown = entity.features.keys().chain(one.differs.iter().filter_map(|one| match one {
        RecordAspect::Feature(id) => Some(id),
        _ => None,
    }));
    let known = rules.iter().map(|rule| &rule.id).collect::<BTreeSet<_>>();
    let unknown: BTreeSet<_> = unknown.filter(|id| !known.contains(*id)).collect();
    for id in rules.iter().map(|rule| &rule.id).chain(unknown) {
        let own = layer.and_then(|layer| crate::model::feature(&layer.entity_features, id));
        let rule = own.or_else(|| rules.iter().find(|rule| rule.id == *id).copied());
        let value = entity.features.get(id).map(|value| value_words(project, rule, value));
        let name = rule.map_or(id.as_str(), |rule| rule.name.as_str());
        let differs = has(&RecordAspect::Feature(id.clone()));
        add(name, &value.unwrap_or_default(), differs);
    }
    let here = End::Entity(entity.id.clone());
    for id in links {
        let link = id.as_ref().and_then(|id| project.relations().get(id));
        let words = link.map(|link| link_words(project, link, &here));
        add("Link", &words.unwrap_or_default(), true);
    }
    let name = entity.name.to_string();
    let differs = has(&RecordAspect::Name).then_some(0..name.len()).into_iter().collect();
    let by = signed(entity);
    Said { quote: name, differs, facts, by, note: String::new(), comments: Vec::new() }
}

/// How things stand, for screen readers.
pub(in crate::ui::review) fn situation(view: &View<'_>, review: &ReviewDesk) -> String {
    let records = &review.records;
    let (Some(visit), Some(one)) = (review.visit(), records.current()) else {
        return "No record differs".to_owned();
    };
    let (project, entity) = mine(view.project, visit, one);
    let books = [&*project.codebook, &*visit.guest.project.codebook];
    let decided =
        records.verdict(one).map(|verdict| format!(", decided: {}", verdict_name(verdict)));
    format!(
        "Record {} of {}: {} “{}”, {}{}. M mine, T theirs, B both, question mark asks, C comments",
        records.at + 1,
        records.all.len(),
        kind(project, entity),
        entity.map_or("", |entity| entity.name.as_str()),
        differs(one, books, entity),
        decided.unwrap_or_default()
    )
}
