//! What became of my work: every decision of a reviewer about it, with the reviewer's words; each is accepted or
//! answered.
//!
//! The decisions came in a review file and speak for themselves; what I say to them stands in my project.

use crate::model::{Answer, Decision, LinePattern, Project, Reviewed};
use crate::review::{Fate, Outcome, fates};
use crate::text::{Offset, Span, Text};
use crate::ui::desk::Desk;
use crate::ui::itself::Itself;
use crate::ui::review::bars::{Bar, Side};
use crate::ui::review::card::{self, Half, key_button};
use crate::ui::review::passage::{self, Passage};
use crate::ui::review::stated::{OUTCOMES, outcome_name, sides};
use crate::ui::review::{Pane, ReviewDesk, ask, column};
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{
    Face, badge, empty_state, hairline, passage as words_passage, spoken_words,
};
use egui::{Align, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Points that the card is thought to take before it was drawn.
const CARD: f32 = 240.0;

/// How many of each outcome, and how many are answered.
pub(in crate::ui::review) fn counts(all: &[Fate]) -> (BTreeMap<Outcome, usize>, usize) {
    let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
    for fate in all {
        *counts.entry(fate.outcome).or_default() += 1;
    }
    (counts, all.iter().filter(|fate| fate.answer.is_some()).count())
}

/// Brings the list up to date: what I have said to a decision stands in my project.
pub fn refresh(view: &View<'_>, review: &mut ReviewDesk) {
    let work = &mut review.work;
    let Some(letter) = &work.letter else { return };
    let key = Itself::of(view.bench.project());
    if work.from.as_ref() != Some(&key) {
        let mut all = fates(view.project, letter).unwrap_or_default();
        // What asks for an answer comes first.
        all.sort_by_key(|fate| OUTCOMES.iter().position(|outcome| *outcome == fate.outcome));
        work.all = all.into();
        let mut named = view.project.clone();
        named.codebook = Arc::new(named.codebook.widened(&letter.codebook));
        work.named = Some(Arc::new(named));
        work.from = Some(key);
        work.at = work.at.min(work.all.len().saturating_sub(1));
    } else if work.without == work.hidden {
        return;
    }
    let shown = |(at, fate): (usize, &Fate)| (!work.hidden.contains(&fate.outcome)).then_some(at);
    work.rows = work.all.iter().enumerate().filter_map(shown).collect();
    work.without = work.hidden.clone();
}

/// A review of my work, and where one is in it.
#[derive(Default)]
pub struct Work {
    /// The review as it was read.
    pub letter: Option<Arc<Reviewed>>,
    from: Option<Itself<Project>>,
    /// My project, with the names of what only the reviewer's codebook defines.
    named: Option<Arc<Project>>,
    /// What became of my work.
    pub all: Arc<[Fate]>,
    /// The decision that is shown, counted from 0.
    pub at: usize,
    /// Outcomes that are not listed.
    pub hidden: BTreeSet<Outcome>,
    rows: Arc<[usize]>,
    /// What was hidden when the rows were found.
    without: BTreeSet<Outcome>,
}

impl Work {
    /// Of a review that was read; what stands as I made it is not listed.
    pub fn of(letter: Reviewed) -> Self {
        let hidden = BTreeSet::from([Outcome::Kept, Outcome::Withdrawn]);
        Self { letter: Some(Arc::new(letter)), hidden, ..Self::default() }
    }

    /// The rows that are listed, by their places among all.
    pub fn rows(&self) -> &Arc<[usize]> {
        &self.rows
    }

    /// The decision that is shown.
    pub fn current(&self) -> Option<&Fate> {
        self.all.get(self.at).filter(|fate| !self.hidden.contains(&fate.outcome))
    }

    /// The next one without an answer, after the one that is shown; else the first.
    pub fn next_open(&self) -> Option<usize> {
        let rows = self.rows();
        let after = rows.iter().filter(|at| **at > self.at);
        let before = rows.iter().filter(|at| **at < self.at);
        let open = |at: &&usize| self.all.get(**at).is_some_and(|one| one.answer.is_none());
        after.chain(before).find(open).copied()
    }
}

/// The centre.
pub(in crate::ui::review) fn show(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let Some(fate) = desk.review.work.current().cloned() else {
        let what = "Show more outcomes at the left, or go to a row of the list.";
        return empty_state(ui, pane.view.tokens, "No decision is shown", what);
    };
    let decision = Arc::clone(&fate.decision);
    let (mut ui, width) = column::of_a_card(ui);
    let reviewer = reviewer(&desk.review.work);
    let place = place(pane.view.project, &decision);
    let caption = place.as_ref().map_or_else(
        || {
            let record = decision.records.is_some();
            let words =
                if record { "A record that both of you have" } else { "What became of your work" };
            words.to_owned()
        },
        |(document, hull)| {
            let number = document.paragraph_number(hull.start());
            let mark = crate::ui::panels::naming::paragraph_mark(number);
            format!("{} · {mark} · {reviewer} above the line, you below", document.title)
        },
    );
    let muted = pane.view.tokens.muted;
    words_passage(&mut ui, pane.kit(), &caption, Face::Small, muted, width);
    ui.add_space(10.0);
    let height = if desk.review.card > 0.0 { desk.review.card } else { CARD };
    let most = (ui.available_height() - height - 36.0).max(80.0);
    let area = ScrollArea::vertical().id_salt(("work", desk.review.work.at)).max_height(most);
    let area = area.min_scrolled_height(0.0);
    let look = desk.look.page;
    // They come into sight with the decision.
    let now = (usize::MAX, desk.review.work.at, most);
    let fresh = desk.review.seen.replace(now) != Some(now);
    let strips = &mut desk.review.strips;
    // A record has no words of its own in the text.
    if let Some((document, hull)) = place {
        area.show_named(&mut ui, "the words", |ui| {
            ui.add_space(8.0);
            let shown = around(pane, document, hull, &decision, look);
            let kit = (pane.view.tokens, &mut *pane.engine, strips);
            let (_, sight) = passage::show(ui, kit, &shown, (width, most));
            if let Some(sight) = sight.filter(|_| fresh) {
                ui.scroll_to_rect(sight, Some(Align::Min));
            }
            ui.add_space(8.0);
        });
        ui.add_space(14.0);
    }
    let top = ui.cursor().top();
    the_card(pane, desk, &fate, &mut ui);
    desk.review.card = ui.cursor().top() - top;
}

/// Who decided.
pub(in crate::ui::review) fn reviewer(work: &Work) -> String {
    let by = work.letter.as_ref().map_or("", |letter| letter.made.by().as_str());
    if by.is_empty() { "the reviewer".to_owned() } else { by.to_owned() }
}

/// My document and where in it the decision is, as far as the text still has it.
fn place<'a>(
    project: &'a Project,
    decision: &Decision,
) -> Option<(&'a crate::model::Document, Span)> {
    // Of what only they have the document is known by its title alone, unless both have one project.
    let side = decision.theirs.as_ref().or(decision.ours.as_ref())?;
    let document = &project.sheet(&side.document)?.document().value;
    let spans = spans(&document.text, decision.theirs.as_deref());
    let all = spans.into_iter().chain(spans_of_reviewer(&document.text, decision));
    all.reduce(Span::hull).map(|hull| (document, hull))
}

/// The number of the paragraph that a decision is about.
pub(in crate::ui::review) fn paragraph(project: &Project, fate: &Fate) -> Option<u32> {
    let (document, hull) = place(project, &fate.decision)?;
    Some(document.paragraph_number(hull.start()))
}

fn spans(text: &Text, side: Option<&crate::model::Stated>) -> Vec<Span> {
    let at = |point: u32| -> Option<Offset> { text.at_code_point(point) };
    let all = side.into_iter().flat_map(|side| &side.spans);
    all.filter_map(|(from, to)| Span::between(at(*from)?, at(*to)?)).collect()
}

fn spans_of_reviewer(text: &Text, decision: &Decision) -> Vec<Span> {
    spans(text, decision.ours.as_deref())
}

fn around<'a>(
    pane: &Pane<'a>,
    document: &'a crate::model::Document,
    hull: Span,
    decision: &Decision,
    look: crate::ui::theme::PageLook,
) -> Passage<'a> {
    let tokens = pane.view.tokens;
    let layer = decision.layer().and_then(|id| pane.view.project.codebook.layer(id));
    let colors = tokens.layer(layer.map_or("", |layer| layer.color.as_str()));
    let pattern = layer.map_or(LinePattern::Solid, |layer| layer.line);
    let bar = |side, spans: Vec<Span>| {
        let some = !spans.is_empty();
        some.then_some(Bar { side, spans, color: colors.mark, pattern, current: true })
    };
    // The reviewer stands above the line, where mine stands when I review.
    let above = bar(Side::Mine, spans_of_reviewer(&document.text, decision));
    let below = bar(Side::Theirs, spans(&document.text, decision.theirs.as_deref()));
    let bars: Vec<Bar> = above.into_iter().chain(below).collect();
    let tinted = bars.iter().flat_map(|bar| bar.spans.clone()).collect();
    let shown = passage::around(&document.text, hull);
    Passage { document, shown, tinted, tint: colors.tint, bars, look }
}

fn the_card(pane: &mut Pane<'_>, desk: &mut Desk, fate: &Fate, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let reviewer = reviewer(&desk.review.work);
    card::frame(tokens).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        head(pane, desk, fate, &reviewer, ui);
        hairline(ui, tokens);
        let named = desk.review.work.named.clone();
        let project = named.as_deref().unwrap_or(pane.view.project);
        let (mine, theirs) = sides(project, &fate.decision);
        let absent = format!("{reviewer} has nothing like it.");
        let halves = [
            Half { title: "You", said: mine.as_ref(), absent: "You had nothing like it." },
            Half { title: &reviewer, said: theirs.as_ref(), absent: &absent },
        ];
        let [one, other] = &halves;
        card::scrolled_halves(ui, pane, (desk.review.work.at, [one, other]), |_, _| {});
        words_of(pane, fate, &reviewer, ui);
        hairline(ui, tokens);
        card::foot(ui, tokens, |ui| {
            if desk.review.draft.is_some() {
                ask::field(pane, desk, &reviewer, ui);
            } else {
                foot(pane, desk, ui);
            }
        });
    });
}

/// What the reviewer wrote, and what was answered.
fn words_of(pane: &mut Pane<'_>, fate: &Fate, reviewer: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let verb = if fate.outcome == Outcome::Asked { "asks" } else { "remarks" };
    let remark = &fate.decision.remark;
    let remark = (!remark.is_empty()).then(|| format!("{reviewer} {verb}: {remark}"));
    let comments = fate.comments.iter().filter(|comment| comment.text != fate.decision.remark);
    let comments = comments.map(|comment| {
        let by = comment.made.as_ref().map_or("", |stamp| stamp.by().as_str());
        format!("{}: {}", if by.is_empty() { reviewer } else { by }, comment.text)
    });
    let answer = fate.answer.as_ref().map(|answer| match answer {
        Answer::Accepted => "✓ You accepted it.".to_owned(),
        Answer::Disputed(words) => format!("You answered: {words}"),
    });
    let all: Vec<String> = remark.into_iter().chain(comments).chain(answer).collect();
    if !all.is_empty() {
        hairline(ui, tokens);
        ui.add_space(8.0);
    }
    for words in all {
        ui.horizontal(|ui| {
            ui.add_space(card::INSET);
            let width = ui.available_width() - card::INSET;
            words_passage(ui, pane.kit(), &words, Face::Plain, tokens.ink, width);
        });
        ui.add_space(8.0);
    }
}

fn head(pane: &mut Pane<'_>, desk: &Desk, fate: &Fate, reviewer: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 42.0), Sense::hover());
    let inner = rect.shrink2(vec2(card::INSET, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    row.spacing_mut().item_spacing.x = 8.0;
    let project = desk.review.work.named.as_deref().unwrap_or(pane.view.project);
    let layer = fate.decision.layer().and_then(|id| project.codebook.layer(id));
    badge(&mut row, pane.kit(), layer);
    let name = outcome_name(fate.outcome);
    spoken_words(&mut row, pane.kit(), name, Face::Bold, tokens.ink);
    let rows = desk.review.work.rows();
    let place = rows.iter().position(|at| *at == desk.review.work.at).map_or(0, |at| at + 1);
    let words =
        format!("decision {place} of {} · {}", rows.len(), sentence(reviewer, fate.outcome));
    spoken_words(&mut row, pane.kit(), &words, Face::Plain, tokens.muted);
}

/// What was decided, in a sentence.
fn sentence(who: &str, outcome: Outcome) -> String {
    match outcome {
        Outcome::Kept => format!("{who} took it as you have it"),
        Outcome::Changed => format!("{who} has it otherwise"),
        Outcome::Joined => format!("{who} took yours and kept another one"),
        Outcome::Rejected => format!("{who} left it out"),
        Outcome::Added => format!("{who} has it besides"),
        Outcome::Withdrawn => format!("{who} gave it up"),
        Outcome::Asked => format!("{who} asks you"),
    }
}

fn foot(pane: &mut Pane<'_>, desk: &Desk, ui: &mut Ui) {
    let ways = [
        ("work-accept", "accept", "Accept the decision"),
        ("work-answer", "answer", "Answer the reviewer"),
        ("work-show", "show in the text", "Show mine in the text"),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        for (id, words, name) in ways {
            let Some(entry) = crate::ui::command_table::review_entry(&pane.view, desk, id) else {
                continue;
            };
            let can = entry.wish.as_ref().map(drop).map_err(|why| *why);
            let response = key_button(ui, pane.view.tokens, (&entry.shortcut(), words, name), can);
            if let (true, Ok(wish)) = (response.clicked(), entry.wish) {
                pane.out.push(wish);
            }
        }
    });
}

/// What the list shows of a decision: outcome, the words, what was decided, and what I say to it.
pub(in crate::ui::review) fn line(
    work: &Work,
    fate: &Fate,
) -> (&'static str, String, String, &'static str) {
    let quote = crate::ui::review::said::cut(fate.decision.quote(), 160);
    let (reviewer, remark) = (reviewer(work), &fate.decision.remark);
    let remark = if remark.is_empty() {
        sentence(&reviewer, fate.outcome)
    } else {
        format!("{reviewer}: {remark}")
    };
    let answer = match &fate.answer {
        None => "",
        Some(Answer::Accepted) => "accepted",
        Some(Answer::Disputed(_)) => "answered",
    };
    (outcome_name(fate.outcome), quote, remark, answer)
}
