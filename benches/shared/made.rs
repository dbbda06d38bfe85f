//! Projects of any size, always the same ones: sentences with a claim over the whole, an actor in it, a state in the
//! actor's name, an event, and links between them. One annotation for each 100 bytes, half as many links.

use matryoshka::formats::native;
use serde_json::{Value, json};
use std::fmt::Write as _;

const PEOPLE: [&str; 6] = ["Berg", "Ro", "Kroll", "Denti", "Ansa", "Wei"];
const OFFICES: [&str; 5] = ["President", "Chairman", "Minister", "Ambassador", "General"];
const STATES: [&str; 6] = ["Velen", "Halvern", "Oruna", "Tammer", "Korr", "Avel"];
const DEEDS: [&str; 5] = [
    "signed the treaty",
    "moved two battalions",
    "opened the border",
    "called the talks off",
    "sent a letter",
];
const TAILS: [&str; 6] = [
    "before the summer, and that nobody had asked for more",
    "in the night, although the port was closed",
    "against the advice of three ministries",
    "as soon as the river had gone down",
    "and would answer every question in the chamber",
    "for reasons that the report does not give",
];
/// What made-up words are made of.
const BEGINNINGS: [&str; 24] = [
    "b", "br", "c", "ch", "d", "dr", "f", "g", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t",
    "tr", "v", "w", "", "sh", "gl",
];
const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "ie"];
const ENDS: [&str; 10] = ["", "n", "r", "l", "s", "t", "nd", "ck", "m", "ng"];
/// So many different ones there are: the text of a long report has about as many.
const VOCABULARY: usize = 20_000;
/// So few that each is soon met.
pub(crate) const FEW_WORDS: usize = 200;
/// Words of a made-up sentence, and of one in few words, which are shorter.
const LENGTH: usize = 20;
const LENGTH_IN_FEW: usize = 28;

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = self.roll() as usize % words.len().max(1);
        words.get(at).copied().unwrap_or_default()
    }

    /// A made-up word: the one in a thousandth place is met a thousandth as often as the first, as in a real text.
    fn word(&mut self, vocabulary: usize) -> String {
        let share = (self.roll() % 1_000_000) as f64 / 1e6;
        let mut rest = (vocabulary as f64).powf(share) as usize;
        let mut word = String::new();
        // The first few words are as short as those that are met most often.
        while rest > 0 {
            for parts in [&BEGINNINGS[..], &MIDDLES[..], &ENDS[..]] {
                word.push_str(parts.get(rest % parts.len()).copied().unwrap_or_default());
                rest /= parts.len();
            }
        }
        word
    }

    /// A sentence of made-up words.
    fn filler(&mut self, vocabulary: usize) -> String {
        let length = if vocabulary == FEW_WORDS { LENGTH_IN_FEW } else { LENGTH };
        let mut words: Vec<String> = (0..length).map(|_| self.word(vocabulary)).collect();
        if let Some(comma) = words.get_mut(length / 2) {
            comma.push(',');
        }
        let mut sentence = words.join(" ");
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        sentence.push('.');
        sentence
    }

    /// An id as the program makes them: a letter and sixteen of 32 letters and digits.
    fn id(&mut self, kind: &str) -> String {
        let mut id = kind.to_owned();
        for _ in 0..16 {
            let at = self.roll() as usize % 32;
            id.push(char::from(
                b"abcdefghijklmnopqrstuvwxyz234567".get(at).copied().unwrap_or(b'a'),
            ));
        }
        id
    }
}

/// A project file with one document of about that many bytes, written as the program writes it.
pub(crate) fn project(bytes: usize) -> Vec<u8> {
    of_words(bytes, VOCABULARY)
}

/// The same in so many different words: in [`FEW_WORDS`] a short text has as many of them as a long one.
pub(crate) fn of_words(bytes: usize, vocabulary: usize) -> Vec<u8> {
    let read = native::read(&written(bytes, vocabulary)).expect("the made project is one").project;
    assert!(read.set_aside.is_empty(), "nothing of the made project is set aside");
    native::write(&read)
}

struct Made {
    dice: Dice,
    text: String,
    annotations: Vec<Value>,
    links: Vec<Value>,
    count: u64,
    people: Vec<(String, String)>,
}

/// One document, its annotations in any order.
fn written(bytes: usize, vocabulary: usize) -> Vec<u8> {
    let sample: Value = serde_json::from_slice(include_bytes!("../../projects/summit.json"))
        .expect("the sample is JSON");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let people = PEOPLE.iter().map(|name| (dice.id("n_"), (*name).to_owned())).collect();
    let mut made = Made {
        dice,
        text: String::with_capacity(bytes + 1000),
        annotations: Vec::new(),
        links: Vec::new(),
        count: 0,
        people,
    };
    let mut sentences = 0;
    while made.text.len() < bytes {
        made.sentence();
        for _ in 0..3 {
            let filler = made.dice.filler(vocabulary);
            write!(made.text, " {filler}").ok();
        }
        sentences += 1;
        made.text.push_str(if sentences % 2 == 0 { "\n" } else { " " });
    }
    let entities: Vec<Value> = made
        .people
        .iter()
        .map(|(id, name)| json!({"id": id, "layer": "actor", "name": name, "code": "actor.person"}))
        .collect();
    let file = json!({
        "format": "matryoshka-project", "version": {"major": 1, "minor": 0},
        "written_by": "matryoshka", "id": "p_made", "codebook": sample["codebook"],
        "documents": [{"id": "d_made", "title": "Made for measuring", "language": "en", "text": made.text}],
        "entities": entities, "annotations": made.annotations, "links": made.links,
    });
    file.to_string().into_bytes()
}

impl Made {
    /// `President Berg of Velen said that Oruna signed the treaty before the summer …`: four annotations, two links.
    fn sentence(&mut self) {
        let start = self.text.len();
        let who = self.dice.roll() as usize % self.people.len().max(1);
        let (person, name) = self.people.get(who).cloned().unwrap_or_default();
        let (office, state) = (self.dice.pick(&OFFICES), self.dice.pick(&STATES));
        let (deed, tail) = (self.dice.pick(&DEEDS), self.dice.pick(&TAILS));
        write!(self.text, "{office} {name} of {state}").ok();
        let actor_end = self.text.len();
        write!(self.text, " said that the other side {deed}").ok();
        let deed_end = self.text.len();
        write!(self.text, " {tail}.").ok();
        let end = self.text.len() - 1;
        let actor = self.tag("actor", "actor.person", (start, actor_end), Some(&person));
        self.tag("actor", "actor.state", (actor_end - state.len(), actor_end), None);
        let event = self.tag("event", "event.agree", (deed_end - deed.len(), deed_end), None);
        let claim = self.tag("claim", "claim.fact", (start, end), None);
        self.link("claims", &actor, &claim);
        self.link("is-about", &claim, &event);
    }

    fn tag(
        &mut self,
        layer: &str,
        code: &str,
        (start, end): (usize, usize),
        entity: Option<&str>,
    ) -> String {
        let id = self.dice.id("a_");
        let features = match layer {
            "claim" => json!({"position": "opposes", "form": "reported", "refers-to": "past"}),
            "event" => json!({"status": "happened"}),
            _ => json!({"form": "name"}),
        };
        let mut annotation = json!({
            "id": id, "document": "d_made", "layer": layer, "code": code, "start": start, "end": end,
            "quote": self.text.get(start..end), "features": features,
        });
        if let Some(entity) = entity {
            annotation["entity"] = json!(entity);
        }
        let annotation = self.stamped(annotation);
        self.annotations.push(annotation);
        id
    }

    fn link(&mut self, relation: &str, from: &str, to: &str) {
        let id = self.dice.id("l_");
        let link = json!({"id": id, "relation": relation, "from": from, "to": to});
        let link = self.stamped(link);
        self.links.push(link);
    }

    fn stamped(&mut self, mut record: Value) -> Value {
        self.count += 1;
        let (minutes, seconds) = (self.count / 60 % 60, self.count % 60);
        let at = format!("2026-11-20T09:{minutes:02}:{seconds:02}Z");
        record["made"] = json!({"by": "Anna", "at": at, "via": "key"});
        record["version"] = json!({"4ysni2g3iitn5xvk": self.count});
        record
    }
}
