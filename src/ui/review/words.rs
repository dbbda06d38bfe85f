//! Names and sentences of the review: classes on screen, the status line, what assistive programs are told.

use crate::model::Project;
use crate::review::{Class, Difference};
use crate::ui::desk::Desk;
use crate::ui::review::session::Visit;
use crate::ui::review::{ReviewPage, Verdict, records, said};
use crate::ui::view::View;
use crate::ui::widgets::in_words;
use crate::workbench::FileNow;

/// A class on screen.
pub fn class_name(class: Class) -> &'static str {
    match class {
        Class::Same => "Same",
        Class::Boundary => "Boundary",
        Class::Code => "Code",
        Class::Features => "Features",
        Class::Entity => "Actor or issue",
        Class::Links => "Links",
        Class::OnlyOurs => "Only mine",
        Class::OnlyTheirs => "Only theirs",
    }
}

/// A verdict in a list.
pub(in crate::ui::review) fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Mine => "mine",
        Verdict::Theirs => "theirs",
        Verdict::Both => "both",
        Verdict::Neither => "neither",
        Verdict::Ask => "asked",
        Verdict::Edited => "edited",
    }
}

/// What the status line says: "7 of 41 decided · about 5 minutes left".
pub fn status(desk: &Desk) -> Option<String> {
    desk.review.visit()?;
    if desk.review.shown && desk.review.page == ReviewPage::Records {
        let records = &desk.review.records;
        let all = records.all.len();
        return Some(format!(
            "{} of {} decided",
            all - records.open(),
            in_words(all, "record", "records")
        ));
    }
    let progress = desk.review.progress();
    let left = desk.review.pace.left(progress.all - progress.decided);
    let left = left.map(|left| format!(" · {left}")).unwrap_or_default();
    Some(format!("{} of {} decided{left}", progress.decided, progress.all))
}

/// "jonas-summit.json unchanged", for the status line; and whether that asks for a look.
pub fn file_status(desk: &Desk) -> Option<(String, bool)> {
    let review = &desk.review;
    let visit = review.visit().filter(|_| review.shown)?;
    let name = said::cut(&visit.file(), 32);
    Some(match visit.source.now {
        FileNow::Unchanged => (format!("{name} unchanged"), false),
        FileNow::Changed => (format!("⚠ {name} has changed"), true),
        FileNow::Gone => (format!("⚠ {name} is gone"), true),
        FileNow::Unreachable => (format!("⚠ {name} cannot be read"), true),
    })
}

/// "Claim", and by whom where that is known.
pub(in crate::ui::review) fn what(project: &Project, visit: &Visit, one: &Difference) -> String {
    let (side, id) = match (&one.ours, &one.theirs) {
        (Some(id), _) => (visit.mine(project, id).unwrap_or(project), id),
        (None, Some(id)) => (&visit.guest.project, id),
        (None, None) => return String::new(),
    };
    let layer = side.codebook.layer(&one.layer);
    let layer = layer.map_or(one.layer.as_str(), |layer| layer.name.as_str()).to_lowercase();
    let here = crate::model::End::Annotation(id.clone());
    match crate::query::doer(side, &here) {
        Some(who) => {
            format!("{layer} by {}", said::cut(&crate::query::label_of_end(side, who), 32))
        }
        None => layer,
    }
}

/// How things stand, for screen readers; said when it changes.
pub fn situation(view: &View<'_>, desk: &Desk) -> String {
    let review = &desk.review;
    if review.page == ReviewPage::Work {
        let Some(decision) = review.work.current() else { return String::new() };
        let (outcome, quote, says, answer) = crate::ui::review::work::line(&review.work, decision);
        let place = review.work.at + 1;
        let answer = if answer.is_empty() { "not answered" } else { answer };
        return format!(
            "Decision {place} of {} about my work: {}, “{quote}”, {says}, {answer}. Y accepts, D answers",
            review.work.all.len(),
            outcome
        );
    }
    let Some(visit) = review.visit() else { return String::new() };
    match review.page {
        ReviewPage::Sheet => format!("Check sheet of the review with {}", visit.called),
        ReviewPage::Agreement | ReviewPage::Work => "Agreement table".to_owned(),
        ReviewPage::Records => records::situation(view, review),
        ReviewPage::Differences => {
            let progress = review.progress();
            let Some((at, one)) = review.current() else {
                return format!("No difference is shown. {} left", progress.all - progress.decided);
            };
            let place = review.place_of(at).map_or(0, |place| place + 1);
            let quote = said::quote(view.project, visit, one);
            let short = said::short(view.project, visit, one);
            let decided =
                review.verdict(at).map(|verdict| format!(", decided: {}", verdict_name(verdict)));
            let decided = decided.unwrap_or_default();
            format!(
                "Difference {place} of {}: {}, {}, “{}”, {short}{decided}. M mine, T theirs, B both, R reject, question mark asks, C comments, Enter edits",
                review.queue().len(),
                class_name(one.class),
                what(view.project, visit, one),
                said::cut(&quote, 80),
            )
        }
    }
}
