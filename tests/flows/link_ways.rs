//! Which way a link goes, where the next one begins, and ends that are out of sight.

use crate::flows::Window;
use crate::flows::linking::claim_and_actor;
use egui::{Key, Modifiers};

#[test]
fn tab_comes_round_through_both_directions_between_two_of_one_layer() {
    let mut window = Window::on_article();
    window.tag("denied every word", Key::C, Key::Num9);
    window.tag("on the island", Key::C, Key::Num7);
    window.key(Key::L);
    window.click("Claim: “denied every word”, Denial");
    let state = |window: &mut Window| {
        let link = window.save_as_again()["links"][0].clone();
        let member = |name: &str| link[name].as_str().unwrap().to_owned();
        (member("relation"), member("from"))
    };
    let first = state(&mut window);
    let mut seen = vec![first.clone()];
    loop {
        window.key(Key::Tab);
        let now = state(&mut window);
        if now == first {
            break;
        }
        assert!(!seen.contains(&now) && seen.len() < 6, "it does not come round: {seen:?} {now:?}");
        seen.push(now);
    }
    let of = |kind: &str| seen.iter().filter(|(other, _)| other == kind).count();
    assert_eq!((of("supports"), of("rebuts"), of("repeats")), (2, 2, 1), "{seen:?}");
}

#[test]
fn shift_l_goes_on_from_the_other_end_of_a_link() {
    let mut window = claim_and_actor();
    window.tag("met", Key::E, Key::Escape);
    window.click("Claim: “denied every word”, Denial");
    window.key(Key::L);
    window.click("Actor: “Chairman Ro”, Person");
    window.chord(Modifiers::SHIFT, Key::L);
    assert!(window.shows("Link from this actor"), "{:?}", window.names());
    window.click("Event: “met”, no code");
    let project = window.save_as("p.json");
    let kinds: Vec<_> =
        project["links"].as_array().unwrap().iter().map(|l| &l["relation"]).collect();
    assert!(kinds.contains(&&"does".into()) && kinds.contains(&&"claims".into()), "{kinds:?}");
}

#[test]
fn an_end_out_of_sight_is_a_chip_that_leads_there_and_alt_left_comes_back() {
    let mut window = Window::empty();
    window.wait_for("Try the sample");
    window.click("Try the sample");
    window.wait_for("Text of Port Avel gave the river a referee");
    let on_page = |name: &String| name.starts_with("Event: ") && !name.contains(", paragraph");
    let chip =
        |window: &Window| window.names().into_iter().find(|name| name.starts_with("Go to: ↓"));
    let events: Vec<String> = window.names().into_iter().filter(on_page).collect();
    let here = events.into_iter().find(|event| {
        window.click(event);
        chip(&window).is_some()
    });
    let (here, there) = (here.expect("an event with a link far away"), chip(&window).unwrap());
    window.click(&there);
    assert!(!window.names().contains(&here), "it is out of sight");
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(window.names().contains(&here), "{:?}", window.names());
}
