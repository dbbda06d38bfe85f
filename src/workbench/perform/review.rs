//! Wishes about a review: what was decided about a guest, and what the author answers.

use crate::model::{CodebookEdit, DecisionEdit, DecisionId, Edit, Project, RecordId};
use crate::workbench::perform::annotation::erasure;
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{Notice, ReviewCommand};

pub(crate) fn plan(project: &Project, command: &ReviewCommand) -> Result<Option<Plan>, Notice> {
    match command {
        ReviewCommand::Decide(decided) => {
            if let (true, Some(left)) = (decided.done.is_empty(), decided.left.first()) {
                return Err(Notice::info(sentence(&left.why)));
            }
            if decided.is_empty() {
                return Ok(None);
            }
            let plan = Plan::of(decided.edit.clone());
            let left = match decided.left.first() {
                Some(left) => Some(left_out(decided.left.len(), &left.why)),
                None => decided.incomplete.then(|| INCOMPLETE.to_owned()),
            };
            Ok(Some(saying(plan, &decided.added, left)))
        }
        ReviewCommand::Answer(answered) => {
            if let (0, Some((_, why))) = (answered.done, answered.left.first()) {
                return Err(Notice::info(sentence(why)));
            }
            let plan = Plan::of(answered.edit.clone());
            let left = match answered.left.first() {
                Some((_, why)) => Some(left_out(answered.left.len(), why)),
                None => answered.incomplete.then(|| INCOMPLETE.to_owned()),
            };
            Ok(Some(saying(plan, &answered.added, left)))
        }
        ReviewCommand::AddToCodebook(parts) => {
            let lacking = parts.iter().filter(|edit| !project.codebook.has(&edit.part()));
            let lacking: Vec<CodebookEdit> = lacking.cloned().collect();
            let Some(said) = added(&lacking) else { return Ok(None) };
            let edits = lacking.into_iter().map(|edit| Edit::Codebook(Box::new(edit))).collect();
            let group = Edit::Group { title: "Add to the codebook".to_owned(), edits };
            Ok(Some(Plan::of(group).saying(said)))
        }
        ReviewCommand::Remark(id, words) => {
            let old = found(project, id)?;
            if old.remark == *words {
                return Ok(None);
            }
            let decision = crate::model::Decision { remark: words.clone(), ..old.clone() };
            Ok(Some(Plan::of(Edit::Decision(DecisionEdit::Decide(decision)))))
        }
        ReviewCommand::Reopen(id) => {
            found(project, id)?;
            // A question that was asked goes with it.
            let edits = erasure(project, &RecordId::Decision(id.clone()));
            Ok(Some(Plan::of(Edit::Group { title: "Open again".to_owned(), edits })))
        }
    }
}

/// The plan with what my codebook gets by it, and what is left out.
fn saying(plan: Plan, parts: &[CodebookEdit], left: Option<String>) -> Plan {
    let said: Vec<String> = added(parts).into_iter().chain(left).collect();
    if said.is_empty() { plan } else { plan.saying(said.join(". ")) }
}

/// So many parts are told by name.
const NAMED: usize = 4;

/// "The code “Rank” was added to your codebook"; none, if nothing was.
fn added(parts: &[CodebookEdit]) -> Option<String> {
    match parts {
        [] => None,
        [one] => Some(format!("The {} was added to your codebook", one.told())),
        many => {
            let mut told: Vec<String> = many.iter().take(NAMED).map(CodebookEdit::told).collect();
            if many.len() > NAMED {
                told.push(format!("{} more", many.len() - NAMED));
            }
            Some(format!("Added to your codebook: {}", told.join(", ")))
        }
    }
}

const INCOMPLETE: &str =
    "A link or reference of theirs stays behind: what it leads to was not taken yet";

fn left_out(count: usize, why: &dyn std::fmt::Display) -> String {
    let what = if count == 1 {
        "1 was left as it is".to_owned()
    } else {
        format!("{count} were left as they are")
    };
    format!("{what}: {why}")
}

fn sentence(why: &dyn std::fmt::Display) -> String {
    format!("Not taken: {why}")
}

fn found<'a>(project: &'a Project, id: &DecisionId) -> Result<&'a crate::model::Decision, Notice> {
    let found = project.decisions().get(id).map(|record| &record.value);
    found.ok_or_else(|| missing(RecordId::Decision(id.clone())))
}
