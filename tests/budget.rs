//! The product's budget: an article with its load annotated through real widgets, by a script that counts each key
//! and each gesture of the pointer as one action. What comes out is compared with what was wanted, record by record.
//!
//! `cargo test budget -- --nocapture` prints the actions of each step.

mod article;
mod hands;
mod paths;
mod steps;

use crate::budget::article::{ACTORS, Article, CLAIMS, Claim, EVENTS, Event, Kind, OTHERS};
use crate::budget::hands::{Hands, With};
use egui::Key;
use std::collections::{BTreeMap, BTreeSet};

/// Most actions now; suggestions are to bring it to 250.
const MOST: usize = 320;
/// Most actions with the mouse unplugged.
const MOST_KEYS: usize = 830;

#[test]
fn the_article_takes_no_more_actions_than_the_budget_and_comes_out_as_wanted() {
    let article = Article::read();
    let mut hands = Hands::on(&article.text, With::Mouse);
    annotate(&article, &mut hands);
    println!("{}", hands.account());
    let total = hands.total();
    assert!(total <= MOST, "{total} actions");
    compare(&article, &hands.saved());
}

#[test]
fn the_same_article_is_annotated_with_the_mouse_unplugged() {
    let article = Article::read();
    let mut hands = Hands::on(&article.text, With::Keys);
    annotate(&article, &mut hands);
    println!("{}", hands.account());
    let total = hands.total();
    assert!(total <= MOST_KEYS, "{total} actions");
    compare(&article, &hands.saved());
}

/// One pass from top to bottom: actors, claims and events of a paragraph, and their links as soon as both ends are
/// there.
fn annotate(article: &Article, hands: &mut Hands) {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut issues: BTreeSet<&str> = BTreeSet::new();
    let ends: Vec<usize> = article.text.match_indices('\n').map(|(at, _)| at).collect();
    let mut start = 0;
    for end in ends {
        let here =
            || article.marks.iter().filter(move |m| m.span.start >= start && m.span.end <= end);
        for mark in here() {
            match mark.kind {
                Kind::First => first_mention(article, hands, mark.name.trim_end_matches('!')),
                Kind::Description => description(article, hands, mark.name.trim_end_matches('~')),
                Kind::Repeat | Kind::Claim | Kind::Event => {}
            }
            done.insert(&mark.name);
        }
        for mark in here() {
            if let Some(made) = CLAIMS.iter().find(|claim| claim.0 == mark.name) {
                let issue_is = if issues.insert(made.3) { Issue::New } else { Issue::Known };
                claim(article, hands, made, issue_is);
            }
            if let Some(made) = EVENTS.iter().find(|event| event.0 == mark.name) {
                event(article, hands, made);
            }
            for (from, kind, to) in OTHERS {
                let later = article.mark(from).span.start.max(article.mark(to).span.start);
                if later == mark.span.start && kind != "is-about" {
                    link(article, hands, (from, kind, to));
                }
            }
        }
        start = end;
    }
}

/// Whether a claim's issue has been named before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Issue {
    New,
    Known,
}

fn actor(key: &str) -> (u8, &'static str) {
    let found = ACTORS.iter().find(|actor| actor.0 == key).unwrap();
    (found.1, found.3)
}

/// Tagged, coded; then all its other mentions, or at least its record.
fn first_mention(article: &Article, hands: &mut Hands, key: &str) {
    let (digit, _) = actor(key);
    hands.step("actors: first mention");
    hands.select(article.mark(&format!("{key}!")));
    hands.key(Key::A);
    hands.digit(digit);
    let repeated = article.marks.iter().any(|mark| mark.name == format!("{key}.1"));
    if repeated {
        hands.step("actors: all other mentions");
        hands.shift(Key::A);
        hands.key(Key::Enter);
    } else {
        hands.shift(Key::R);
    }
}

fn description(article: &Article, hands: &mut Hands, key: &str) {
    hands.step("actors: descriptions");
    hands.select(article.mark(&format!("{key}~")));
    hands.key(Key::A);
    hands.recent(actor(key).1);
}

fn claim(article: &Article, hands: &mut Hands, claim: &Claim, issue_is: Issue) {
    let Claim(mark, digit, _, issue, sign, _, claimant) = claim;
    hands.step("claims: words and code");
    hands.select(article.mark(mark));
    hands.key(Key::C);
    if issue_is == Issue::New {
        hands.digit(*digit);
        hands.step("claims: issue and position");
        hands.key(Key::R);
        hands.typed(issue);
        hands.key(Key::Enter);
    } else {
        // While the popup is open it lists the recent ones with their digits.
        hands.recent(issue);
        hands.digit(*digit);
        hands.step("claims: issue and position");
    }
    hands.sign(*sign);
    hands.step("links: claimants");
    hands.link_to(article, claimant);
    for (from, kind, to) in OTHERS {
        if from == *mark && kind == "is-about" {
            hands.step("links: others");
            hands.link_to(article, to);
            hands.turn_until(kind, from, to, article);
        }
    }
}

fn event(article: &Article, hands: &mut Hands, event: &Event) {
    let Event(mark, letters, _, sign, _, doers) = event;
    hands.step("events: words and type");
    hands.select(article.mark(mark));
    hands.key(Key::E);
    hands.typed(letters);
    hands.key(Key::Enter);
    hands.step("events: status");
    hands.sign(*sign);
    hands.step("links: who does it");
    for doer in *doers {
        hands.link_to(article, doer);
    }
}

fn link(article: &Article, hands: &mut Hands, (from, kind, to): (&str, &str, &str)) {
    hands.step("links: others");
    hands.choose(article, from);
    hands.link_to(article, to);
    hands.turn_until(kind, from, to, article);
}

/// The saved project says what the tables of the article say, no more and no less.
fn compare(article: &Article, project: &serde_json::Value) {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = |member: &str| project[member].as_array().unwrap().clone();
    let names: BTreeMap<String, String> = list("entities")
        .iter()
        .map(|entity| (text(&entity["id"]), text(&entity["name"])))
        .collect();
    let mut marks = BTreeMap::new();
    let mut found = BTreeSet::new();
    for annotation in list("annotations") {
        let start = annotation["start"].as_u64().unwrap() as usize;
        let byte = article.text.char_indices().nth(start).unwrap().0;
        let span = byte..byte + text(&annotation["quote"]).len();
        let mark = article.marks.iter().find(|mark| mark.span == span);
        let name = mark.map_or_else(|| text(&annotation["quote"]), |mark| mark.name.clone());
        marks.insert(text(&annotation["id"]), name.clone());
        let entity = names.get(&text(&annotation["entity"])).cloned().unwrap_or_default();
        let features = &annotation["features"];
        let said = format!("{}{}", text(&features["position"]), text(&features["status"]));
        found.insert((name, text(&annotation["code"]), entity, said));
    }
    let wanted = wanted(article);
    let missing: Vec<_> = wanted.difference(&found).collect();
    let extra: Vec<_> = found.difference(&wanted).collect();
    assert!(found == wanted, "missing: {missing:#?}, extra: {extra:#?}");
    let links: BTreeSet<_> = list("links")
        .iter()
        .map(|link| {
            let end = |member: &str| marks[&text(&link[member])].clone();
            (end("from"), text(&link["relation"]), end("to"))
        })
        .collect();
    assert_eq!(links, wanted_links());
    let issues = CLAIMS.iter().map(|claim| claim.3).collect::<BTreeSet<_>>().len();
    assert_eq!(names.len(), ACTORS.len() + issues, "{names:?}");
}

/// Mark, code, record, position or status.
fn wanted(article: &Article) -> BTreeSet<(String, String, String, String)> {
    let one = |mark: &str, code: &str, entity: &str, said: &str| {
        (mark.to_owned(), code.to_owned(), entity.to_owned(), said.to_owned())
    };
    let mentions = article.marks.iter().filter_map(|mark| {
        let key = mark.name.split(['!', '~', '.']).next()?;
        let (_, _, code, name) = ACTORS.iter().find(|actor| actor.0 == key)?;
        Some(one(&mark.name, code, name, ""))
    });
    let claims = CLAIMS.iter().map(|claim| one(claim.0, claim.2, claim.3, claim.5));
    let events = EVENTS.iter().map(|event| one(event.0, event.2, "", event.4));
    mentions.chain(claims).chain(events).collect()
}

fn wanted_links() -> BTreeSet<(String, String, String)> {
    let claimed = CLAIMS.iter().map(|claim| (claim.6, "claims", claim.0));
    let done = EVENTS.iter().flat_map(|event| event.5.iter().map(|doer| (*doer, "does", event.0)));
    let all = claimed.chain(done).chain(OTHERS);
    all.map(|(from, kind, to)| (from.to_owned(), kind.to_owned(), to.to_owned())).collect()
}
