//! How many annotations are found again when a text was corrected: by a seeded generator that knows where each went.
//!
//! `cargo test corrections -- --nocapture` prints the table. The laws are in `src/text/realign/laws.rs`.

mod sentences;

use crate::corrections::sentences::{Dice, TONGUES, Tongue, pieces};
use matryoshka::text::{Alignment, Offset, Placement, Span, Text};
use std::ops::Range;

/// A piece of a text: a word, a blank or a sign, with the number it had before corrections.
#[derive(Clone)]
struct Piece {
    words: String,
    from: Option<usize>,
    edited: bool,
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// One letter exchanged, lost, doubled or turned round, as a scanner or a typist does.
fn misread(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.roll(letters.len());
    match dice.roll(4) {
        0 if letters.len() > 1 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = letters[(at + 1) % letters.len()],
    }
    letters.into_iter().collect()
}

/// Corrects about one piece in `every`.
fn corrected(
    old: &[String],
    tongue: &Tongue,
    every: usize,
    moves: usize,
    dice: &mut Dice,
) -> Vec<Piece> {
    let number = |(at, words): (usize, &String)| Piece {
        words: words.clone(),
        from: Some(at),
        edited: false,
    };
    let mut new: Vec<Piece> = old.iter().enumerate().map(number).collect();
    for _ in 0..old.len() / every {
        let at = dice.roll(new.len());
        let fresh = |words: &str| Piece { words: words.to_owned(), from: None, edited: true };
        let other = old[dice.roll(old.len())].clone();
        if !is_word(&new[at].words) || !is_word(&other) {
            continue;
        }
        match dice.roll(6) {
            0 if tongue.blank => drop(new.splice(at..at, [fresh(&other), fresh(" ")])),
            0 => new.insert(at, fresh(&other)),
            1 => {
                let to = if tongue.blank && at + 1 < new.len() { at + 2 } else { at + 1 };
                drop(new.drain(at..to));
            }
            2 => {
                // Another word: the old one does not stand any more.
                new[at] = fresh(&other);
            }
            _ => {
                let words = misread(&new[at].words, dice);
                new[at].edited |= new[at].words != words;
                new[at].words = words;
            }
        }
    }
    for _ in 0..moves {
        let ends: Vec<usize> = (0..new.len()).filter(|at| new[*at].words == "\n").collect();
        let which = dice.roll(ends.len() - 1);
        let paragraph: Vec<Piece> = new.drain(ends[which] + 1..=ends[which + 1]).collect();
        let ends: Vec<usize> = (0..new.len()).filter(|at| new[*at].words == "\n").collect();
        let to = ends[dice.roll(ends.len())] + 1;
        new.splice(to..to, paragraph);
    }
    new
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    AsItIs,
    Decomposed,
    LineEnds,
}

impl Form {
    fn of(self, words: &str) -> String {
        match self {
            Self::AsItIs => words.to_owned(),
            Self::LineEnds => words.replace('\n', "\r\n"),
            Self::Decomposed => icu_normalizer::DecomposingNormalizerBorrowed::new_nfd()
                .normalize(words)
                .into_owned(),
        }
    }
}

/// Where pieces are in a text made of them.
fn starts<'p>(pieces: impl Iterator<Item = &'p str>) -> Vec<usize> {
    let mut at = 0;
    let ends = pieces.map(|piece| {
        at += piece.len();
        at
    });
    std::iter::once(0).chain(ends).collect()
}

fn span(from: usize, to: usize) -> Span {
    Span::between(Offset::of_bytes(from), Offset::of_bytes(to)).unwrap()
}

/// What became of annotations of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    all: usize,
    exact: usize,
    confirm: usize,
    /// Of those to confirm, with other borders than the true ones.
    askew: usize,
    elsewhere: usize,
    lost: usize,
    /// Said to be sure and not the true place.
    wrongly_sure: usize,
}

impl Tally {
    fn count(&mut self, placement: Placement, truth: Option<Span>) {
        self.all += 1;
        let near = |found: Span| {
            truth.is_some_and(|truth| {
                let shared = found
                    .end()
                    .0
                    .min(truth.end().0)
                    .saturating_sub(found.start().0.max(truth.start().0));
                shared * 2 >= truth.len_bytes().max(found.len_bytes())
            })
        };
        match placement {
            Placement::Exact(found) if Some(found) == truth => self.exact += 1,
            Placement::Exact(_) => self.wrongly_sure += 1,
            Placement::Similar(found, score) => {
                assert!(score > 0.0 && score < 1.0);
                self.confirm += usize::from(near(found));
                self.askew += usize::from(near(found) && Some(found) != truth);
                self.elsewhere += usize::from(!near(found));
            }
            Placement::Nowhere => self.lost += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.all += other.all;
        self.exact += other.exact;
        self.confirm += other.confirm;
        self.askew += other.askew;
        self.elsewhere += other.elsewhere;
        self.lost += other.lost;
        self.wrongly_sure += other.wrongly_sure;
    }

    fn found(self) -> f64 {
        (self.exact + self.confirm) as f64 / self.all.max(1) as f64
    }

    fn print(self, name: &str) {
        println!(
            "{name:<34}{:>7}{:>8}{:>9}{:>7}{:>11}{:>6}{:>7}{:>9.2} %",
            self.all,
            self.exact,
            self.confirm,
            self.askew,
            self.elsewhere,
            self.lost,
            self.wrongly_sure,
            self.found() * 100.0
        );
    }
}

/// Annotations by what happened to their words: nothing, up to a tenth edited, more, all gone.
type Kinds = [Tally; 4];

/// The number of the kind of annotation that covered the pieces `were`, where `now` stands in their place.
fn kind(old: &[String], now: &[Piece], were: Range<usize>) -> usize {
    let letters = |words: &str| words.chars().count();
    let stands = |at: usize| now.iter().find(|piece| piece.from == Some(at));
    let lost = |at: usize| match stands(at) {
        None => letters(&old[at]),
        // A misread word has one wrong letter or two, another word all of them.
        Some(piece) if piece.edited => letters(&piece.words).abs_diff(letters(&old[at])).max(2),
        Some(_) => 0,
    };
    let fresh = now.iter().filter(|piece| piece.from.is_none_or(|from| !were.contains(&from)));
    let errors = were.clone().map(lost).sum::<usize>()
        + fresh.map(|piece| letters(&piece.words)).sum::<usize>();
    let all: usize = old[were].iter().map(|words| letters(words)).sum();
    match errors {
        0 => 0,
        errors if errors * 10 <= all => 1,
        _ => 2,
    }
}

fn tally(tongue: &Tongue, (every, moves): (usize, usize), form: Form, seed: u64) -> Kinds {
    let mut dice = Dice::new(seed);
    let old = pieces(tongue, 250, &mut dice);
    let new = corrected(&old, tongue, every, moves, &mut dice);
    let formed: Vec<String> = new.iter().map(|piece| form.of(&piece.words)).collect();
    let (old_starts, new_starts) =
        (starts(old.iter().map(String::as_str)), starts(formed.iter().map(String::as_str)));
    let (old_text, new_text) = (Text::new(old.concat()), Text::new(formed.concat()));
    let alignment = Alignment::between(&old_text, &new_text);
    let mut where_now = vec![None; old.len()];
    for (at, piece) in new.iter().enumerate() {
        if let Some(from) = piece.from {
            where_now[from] = Some(at);
        }
    }
    let mut kinds = Kinds::default();
    for _ in 0..1200 {
        let first = dice.roll(old.len());
        let most = [1, 1, 3, 7, 15, 41][dice.roll(6)];
        let last = (first + dice.roll(most)).min(old.len() - 1);
        if !is_word(&old[first]) || !is_word(&old[last]) {
            continue;
        }
        let stand: Vec<usize> = where_now[first..=last].iter().flatten().copied().collect();
        let truth = stand.iter().min().zip(stand.iter().max()).map(|(a, b)| (*a, *b));
        let kind = truth.map_or(3, |(a, b)| kind(&old, &new[a..=b], first..last + 1));
        let truth = truth.map(|(a, b)| span(new_starts[a], new_starts[b + 1]));
        let placement = alignment.place(span(old_starts[first], old_starts[last + 1]));
        kinds[kind].count(placement, truth);
    }
    kinds
}

#[test]
fn annotations_of_corrected_texts_are_found_again() {
    let names = ["words as they were", "up to a tenth of them edited", "more edited", "all gone"];
    println!(
        "{:<34}{:>7}{:>8}{:>9}{:>7}{:>11}{:>6}{:>7}{:>9}",
        "", "all", "exact", "confirm", "askew", "elsewhere", "lost", "wrong", "found"
    );
    let mut sums = Kinds::default();
    for tongue in &TONGUES {
        for (at, (every, moves)) in [(400, 0), (100, 2), (30, 4)].into_iter().enumerate() {
            let mut kinds = Kinds::default();
            for (form_at, form) in
                [Form::AsItIs, Form::Decomposed, Form::LineEnds].into_iter().enumerate()
            {
                let seed = (at * 10 + form_at) as u64;
                for (sum, one) in kinds.iter_mut().zip(tally(tongue, (every, moves), form, seed)) {
                    sum.add(one);
                }
            }
            for (name, (sum, one)) in names.iter().zip(sums.iter_mut().zip(kinds)) {
                one.print(&format!("{} 1:{every} {name}", tongue.name));
                sum.add(one);
            }
        }
    }
    for (name, sum) in names.iter().zip(sums) {
        sum.print(name);
        assert_eq!(sum.wrongly_sure, 0, "{name}");
        assert_eq!(sum.all, sum.exact + sum.confirm + sum.elsewhere + sum.lost, "none is dropped");
    }
    let [verbatim, edited, ..] = sums;
    assert!(verbatim.all > 3000 && edited.all > 300, "{verbatim:?} {edited:?}");
    assert!(verbatim.found() >= 0.99, "{verbatim:?}");
    assert!(edited.found() >= 0.95, "{edited:?}");
}

/// What takes a second in a quick build takes ten in a slow one; something quadratic takes hours.
#[test]
fn large_and_monotonous_texts_take_no_long_time() {
    let mut dice = Dice::new(5);
    let words = pieces(&TONGUES[0], 1500, &mut dice);
    let mut changed = words.clone();
    for _ in 0..100 {
        let at = dice.roll(changed.len());
        changed[at] = "correction".to_owned();
    }
    let half = words.len() / 2;
    let turned: Vec<String> = [&words[half..], &words[..half]].concat();
    let same = "no ".repeat(60_000);
    let texts = [
        (words.concat(), changed.concat()),
        (words.concat(), turned.concat()),
        (same.clone(), same.replacen("no no", "no yes", 1) + "yes"),
        (same.clone(), "yes ".repeat(60_000)),
        ("界".repeat(60_000), "界".repeat(50_000) + "世" + &"界".repeat(9_000)),
        (String::new(), words.concat()),
    ];
    let mut sure = Vec::new();
    for (old, new) in texts {
        let (old, new) = (Text::new(old), Text::new(new));
        let alignment = Alignment::between(&old, &new);
        sure.push(0);
        for _ in 0..40 {
            let ends = (dice.roll(old.as_str().len().max(1)), dice.roll(90));
            let start = old.as_str().floor_char_boundary(ends.0);
            let end = old.as_str().floor_char_boundary(start + ends.1);
            if let Some(span) = Span::between(Offset::of_bytes(start), Offset::of_bytes(end)) {
                let exact = matches!(alignment.place(span), Placement::Exact(_));
                *sure.last_mut().unwrap() += u32::from(exact);
            }
        }
    }
    // Corrected; turned round; the same word again and again, corrected; another; a letter likewise; of nothing.
    assert!(sure[0] > 30 && sure[2] > 30 && sure[4] > 30, "{sure:?}");
    assert!(sure[1] >= 10 && sure[3] == 0 && sure[5] == 0, "{sure:?}");
}
