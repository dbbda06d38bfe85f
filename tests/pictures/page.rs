//! Dolls and links in Latin, every theme, a large zoom and a small window.

use crate::pictures::album::difference;
use crate::pictures::scene::{Drawn, Scene, file, open};
use egui::Key;
use serde_json::json;

const NESTED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/texts/nested.txt"));
const LINKED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/texts/linked.txt"));

fn nested() -> Scene {
    Scene::of(NESTED, "en")
        .tag("Oruna", "actor.state")
        .tag("the republic of Oruna", "actor.state")
        .tag("the ministry of the republic of Oruna", "actor.body")
        .tag("the audit that the ministry of the republic of Oruna gave", "event.cooperate")
        .tag("the audit that the ministry of the republic of Oruna gave to the council", "event.aid")
        .tag("the audit that the ministry of the republic of Oruna gave to the council of the league", "event.agree")
        .tag("The report of the audit that the ministry of the republic of Oruna gave to the council of the league of the lower towns", "actor.other")
        .tag("The report of the audit that the ministry of the republic of Oruna gave to the council of the league of the lower towns on Monday says little", "claim.assessment")
        .tag("Minister Vell", "actor.person")
        .tag("Minister Vell denied that the gate was shut", "event.reject")
        .tag("the gate was shut, and the elders", "claim.fact")
        .tag_pieces(&["the elders", "believed her"], "claim.praise-blame")
        .tag("Both towns", "actor.state")
        .tag("Both towns", "actor.group")
        .tag_pieces(&["had asked for water", "for money"], "event.demand")
        .tag("Tammer has neither", "claim.fact")
        .tag("Tammer has neither", "claim.assessment")
}

#[test]
fn eight_levels_crossing_identical_and_torn_annotations_can_be_told_apart() {
    nested().open().check("nested");
}

const NAMES: [&str; 25] = [
    "Vell", "Ashby", "Corin", "Dunmore", "Ellis", "Farrow", "Gault", "Harrow", "Irving", "Jessop",
    "Keller", "Lowry", "Maddox", "Nolan", "Osmond", "Pryce", "Quill", "Rowan", "Sutter", "Tolland",
    "Usher", "Vance", "Weller", "Yates", "Thirty",
];

/// Thirty links between twenty-four names: to the next, over two, and to another line.
fn linked(shown: &str) -> Drawn {
    let names = NAMES.iter().take(24);
    let mut scene =
        names.fold(Scene::of(LINKED, "en"), |scene, name| scene.tag(name, "actor.person"));
    let relations = ["allied-with", "opposed-to", "part-of", "represents", "controls"];
    for number in 0..30 {
        let relation = relations[number % relations.len()];
        let (from, to) = match number {
            0..12 => (number * 2, number * 2 + 1),
            12..20 => (number - 12, (number - 12) + 8),
            _ => (number - 6, (number * 7) % 14),
        };
        scene = scene.link(relation, from, to);
    }
    scene.desk("links", shown.into()).open()
}

#[test]
fn no_link_is_drawn_when_none_is_wanted() {
    linked("none").check("links-none");
}

#[test]
fn of_thirty_links_those_of_the_selected_annotation_are_drawn() {
    let mut drawn = linked("selected");
    drawn.window.click_in_text("Jessop");
    drawn.check("links-selected");
}

#[test]
fn thirty_links_are_all_drawn_on_request() {
    linked("all").check("links-all");
}

fn sample(theme: &str, size: [f32; 2], zoom: f32) -> Drawn {
    let settings =
        json!({"annotator": "Anna", "theme": theme, "zoom": zoom, "desk": {"tab": "annotations"}});
    let mut drawn =
        open(&file("projects/summit.json"), &settings, size, "Port Avel gave the river a referee");
    drawn.window.key(Key::Tab);
    drawn
}

#[test]
fn the_whole_window_is_light() {
    sample("light", [1280.0, 800.0], 1.0).check("window-light");
}

#[test]
fn the_whole_window_is_dark() {
    sample("dark", [1280.0, 800.0], 1.0).check("window-dark");
}

#[test]
fn the_whole_window_has_high_contrast_in_light() {
    sample("light-contrast", [1280.0, 800.0], 1.0).check("window-light-contrast");
}

#[test]
fn the_whole_window_has_high_contrast_in_dark() {
    sample("dark-contrast", [1280.0, 800.0], 1.0).check("window-dark-contrast");
}

#[test]
fn the_whole_window_fits_1024_by_640() {
    sample("light", [1024.0, 640.0], 1.0).check("window-small");
}

#[test]
fn at_twice_the_size_everything_is_still_in_its_place() {
    sample("light", [1280.0, 800.0], 2.0).check("window-zoom");
}

#[test]
fn what_was_kept_while_one_scrolled_looks_as_if_it_were_drawn_anew() {
    for (zoom, links) in [(1.0, "all"), (1.25, "selected")] {
        let settings =
            json!({"theme": "light", "zoom": zoom, "desk": {"links": links, "hidden": ["right"]}});
        let project = file("projects/summit.json");
        let mut drawn = open(&project, &settings, [1280.0, 800.0], "Port Avel gave");
        // The map at the right edge follows new heights only when they could be seen there.
        let page = |drawn: &Drawn| drawn.picture().part([0, 0], [1250, 800]);
        for points in [-137.0, -420.0, 260.5, -33.0, -700.0, 95.0, -2500.0, 800.0] {
            drawn.window.wheel(points);
            let kept = page(&drawn);
            // Nothing of a light page can be used for a dark one.
            for _ in 0..2 {
                drawn.window.menu("View", "Light or dark");
                drawn.window.step();
            }
            let (_, count) = difference(&kept, &page(&drawn));
            assert_eq!(count, 0, "pixels after the wheel at {points}, zoom {zoom}, links {links}");
        }
    }
}
