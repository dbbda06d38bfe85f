//! The reading surface: frames of the page against egui's own labels with the same words, frames of a large project
//! against those of a small one, and from a key to the annotation on the screen. No window: egui runs and tessellates.
//!
//! `cargo bench --bench surface`; with `-- --huge` also 100 MB with a million annotations.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark talks, may fail, and writes where nobody works"
)]

#[path = "surface/book.rs"]
mod book;
#[path = "surface/screen.rs"]
mod screen;
#[path = "surface/session.rs"]
mod session;
mod shared;
#[path = "surface/strange.rs"]
mod strange;

use book::{Act, Book, Labels};
use session::Session;
use shared::made;
use shared::pairs::{Pair, heading, in_earnest, measured};
use std::cell::RefCell;

/// Times the labels of egui, at most.
const LABEL_LIMIT: f64 = 2.0;
/// Times the small project's frame, at most: nothing grows with the text.
const SIZE_LIMIT: f64 = 1.2;
/// The same for the largest project.
const HUGE_LIMIT: f64 = 1.5;
/// Times the same with few annotations, at most: from the key to the screen, and the frame of the whole window.
const WINDOW_LIMIT: f64 = 2.0;
/// The argument for the largest project.
const HUGE: &str = "--huge";

/// Sizes of the projects, and how often each frame is taken.
struct Plan {
    alone: usize,
    small: usize,
    large: usize,
    few: usize,
    frames: usize,
    strokes: usize,
}

fn main() {
    let plan = if in_earnest() {
        Plan {
            alone: 1_000_000,
            small: 7_000,
            large: 10_000_000,
            few: 10_000,
            frames: 300,
            strokes: 60,
        }
    } else {
        Plan { alone: 20_000, small: 7_000, large: 20_000, few: 10_000, frames: 2, strokes: 1 }
    };
    against_labels(&plan);
    against_small(&plan, plan.large, SIZE_LIMIT);
    if std::env::args().any(|argument| argument == HUGE) {
        against_small(&plan, 10 * plan.large, HUGE_LIMIT);
    }
    whole_window(&plan);
}

/// The page with all its marks and links against labels with nothing but the words.
fn against_labels(plan: &Plan) {
    println!("the page on {} KB, 1280 × 800", plan.alone / 1000);
    heading("page", "egui labels");
    let bytes = made::project(plan.alone);
    let strange = strange::with_new_words(&bytes);
    let known = Act::ALL.map(|act| (act, &bytes, ""));
    // Words that were met before may be laid out more quickly than others.
    let new = [Act::Page, Act::Jump].map(|act| (act, &strange, ", no word was met before"));
    for (act, bytes, how) in known.into_iter().chain(new) {
        let book = RefCell::new(Book::open(bytes));
        let mut labels = Labels::new(book.borrow().size());
        let start = book.borrow().laid_out();
        let pair = measured(
            plan.frames,
            || book.borrow_mut().acted(act),
            || labels.frame(&book.borrow().in_sight()),
        );
        pair.print(&format!("{}{how}", act.name()), LABEL_LIMIT);
        let paragraphs = book.borrow().laid_out() - start;
        println!(
            "{:<58} {:>10.1} paragraphs new in sight per frame",
            "",
            paragraphs as f64 / plan.frames as f64
        );
    }
}

/// Frames of a large text against those of a small one that is as densely annotated, with the same in the caches: both
/// know all words; going to and fro both find every paragraph laid out, after a jump neither does, nor does the
/// processor have anything at hand.
fn against_small(plan: &Plan, large: usize, limit: f64) {
    let made = |bytes| made::of_words(bytes, made::FEW_WORDS);
    let (many, few) = (made(large), made(plan.small));
    let (mut many, mut few) = (Book::open(&many), Book::open(&few));
    println!("the page on {} KB with {} annotations", large / 1000, many.annotation_count());
    heading("large", "small");
    for act in Act::ALL {
        for book in [&mut many, &mut few] {
            // For the frame that does not count, and until the words are known.
            for _ in 0..60 {
                book.acted(Act::Jump);
            }
            book.read_elsewhere();
        }
        let pair = match act {
            Act::Jump => measured(plan.frames, || many.jumped(), || few.opened_and_jumped()),
            Act::Still | Act::Wheel | Act::Page => {
                measured(plan.frames, || many.there_and_back(act), || few.there_and_back(act))
            }
        };
        pair.print(act.name(), limit);
    }
}

fn whole_window(plan: &Plan) {
    let (many, few) = (made::project(plan.large), made::project(plan.few));
    let (mut many, mut few) = (Session::open(&many), Session::open(&few));
    println!("the whole window on {} KB", plan.large / 1000);
    heading("large", "small");
    let pair = measured(plan.strokes, || many.stroke(), || few.stroke());
    pair.print("a key pressed → annotation painted in the next frame", WINDOW_LIMIT);
    let pair: Pair = measured(plan.frames, || many.still(), || few.still());
    pair.print("a frame of the whole window, nothing happens", WINDOW_LIMIT);
}
