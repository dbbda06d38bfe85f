//! A review: what to know before, nested differences with both layers over the words, agreement, and the author's view.

use crate::flows::pair::{self, Who};
use crate::flows::put;
use crate::pictures::scene::{Drawn, Scene, open};
use egui::Key;
use serde_json::{Value, json};

const NESTED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/texts/nested.txt"));

fn settings(theme: &str) -> Value {
    json!({"annotator": "Anna", "theme": theme, "desk": {}})
}

/// My dolls.
fn mine() -> Scene {
    Scene::of(NESTED, "en")
        .tag("Oruna", "actor.state")
        .tag("the ministry of the republic of Oruna", "actor.body")
        .tag("the audit that the ministry of the republic of Oruna gave", "event.cooperate")
        .tag("The report of the audit that the ministry of the republic of Oruna gave to the council of the league of the lower towns on Monday says little", "claim.assessment")
        .tag("Minister Vell", "actor.person")
        .tag("Minister Vell denied that the gate was shut", "event.reject")
}

/// Those of a colleague, on the same text.
fn theirs() -> Scene {
    Scene::of(NESTED, "en")
        .tag("Oruna", "actor.state")
        .tag("the republic of Oruna", "actor.state")
        .tag("the ministry of the republic of Oruna", "actor.body")
        .tag("the audit that the ministry of the republic of Oruna gave to the council", "event.aid")
        .tag("The report of the audit that the ministry of the republic of Oruna gave to the council of the league of the lower towns", "claim.assessment")
        .tag("Minister Vell", "actor.person")
        .tag_pieces(&["the elders", "believed her"], "claim.praise-blame")
}

/// My project with a guest, on the check sheet.
fn guest(mine: &str, theirs: &str, theme: &str, title: &str) -> Drawn {
    let mut drawn = open(mine, &settings(theme), [1280.0, 800.0], title);
    put(&drawn.window.path("jonas.json"), theirs);
    drawn.window.will_choose("jonas.json");
    drawn.window.menu("Review", "Open for review…");
    drawn.window.wait_for("Begin review");
    drawn.window.wait_for("F1, same words: ");
    drawn
}

fn nested(theme: &str) -> Drawn {
    let title = NESTED.lines().next().unwrap();
    // Work of their own, not a copy of mine: nothing goes together by its id.
    let theirs = theirs().project().replace("p_picture", "p_jonas").replace("\"a_", "\"a_j");
    let mut drawn = guest(&mine().project(), &theirs, theme, title);
    drawn.window.key(Key::Enter);
    drawn
}

#[test]
fn the_check_sheet_of_a_pair_of_projects() {
    let (anna, jonas) = (pair::project(Who::Anna), pair::project(Who::Jonas));
    guest(&anna, &jonas, "light", "Report 0 from the river").check("review-sheet");
}

#[test]
fn nested_differences_have_mine_above_and_theirs_below_in_light() {
    nested("light").check("review-light");
}

#[test]
fn nested_differences_have_mine_above_and_theirs_below_in_dark() {
    nested("dark").check("review-dark");
}

#[test]
fn the_agreement_table_with_a_figure_and_its_list() {
    let (anna, jonas) = (pair::project(Who::Anna), pair::project(Who::Jonas));
    let mut drawn = guest(&anna, &jonas, "light", "Report 0 from the river");
    drawn.window.menu("Review", "Agreement table");
    drawn.window.click_beginning("Span F1, same words, Claims");
    drawn.check("review-agreement");
}

#[test]
fn the_author_sees_what_became_of_the_work() {
    let (anna, jonas) = (pair::project(Who::Anna), pair::project(Who::Jonas));
    let mut drawn = guest(&anna, &jonas, "light", "Report 0 from the river");
    drawn.window.key(Key::Enter);
    for key in [Key::M, Key::T, Key::B, Key::M] {
        drawn.window.key(key);
    }
    drawn.window.on_layout(&[(Key::Questionmark, Key::Slash, "?")]);
    drawn.window.typed("Why does it end there?");
    drawn.window.key(Key::Enter);
    drawn.window.will_choose("for-jonas.review.json");
    drawn.window.menu("Review", "Save review file…");
    drawn.window.wait_for("Saved 5 decisions for Jonas");
    let letter = std::fs::read_to_string(drawn.window.path("for-jonas.review.json")).unwrap();
    let mut author = open(&jonas, &settings("light"), [1280.0, 800.0], "Report 0 from the river");
    put(&author.window.path("review.json"), &letter);
    author.window.will_choose("review.json");
    author.window.menu("Review", "Open for review…");
    author.window.wait_for("Reviewed by Anna");
    // The tabs have come in the frame before.
    author.window.step();
    author.check("review-work");
}

const ARABIC: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/texts/arabic.txt"));

#[test]
fn differences_in_arabic_have_their_bars_where_the_words_are_and_a_card_that_reads_from_the_right()
{
    let long = "الاتفاق (المعروف باسم «Port Avel») سيكلّف 3.5 مليون يورو، أي أقل من تقدير المعهد";
    let mine = Scene::of(ARABIC, "ar")
        .tag("ليلى حداد", "actor.person")
        .tag("وزيرة المياه ليلى حداد", "actor.body")
        .tag(long, "claim.prediction")
        .tag("«لن ندفع أكثر من 60% قبل 2026/01/15»", "claim.demand");
    let theirs = Scene::of(ARABIC, "ar")
        .tag("ليلى حداد", "actor.person")
        .tag("المياه ليلى حداد", "actor.body")
        .tag("الاتفاق (المعروف باسم «Port Avel») سيكلّف 3.5 مليون يورو", "claim.prediction")
        .tag_pieces(&["شركة Brask Hydro", "4,750 صحيح"], "claim.assessment");
    let theirs = theirs.project().replace("p_picture", "p_jonas").replace("\"a_", "\"a_j");
    let title = ARABIC.lines().next().unwrap();
    let mut drawn = guest(&mine.project(), &theirs, "light", title);
    drawn.window.key(Key::Enter);
    drawn.window.key(Key::J);
    drawn.check("review-arabic");
}
