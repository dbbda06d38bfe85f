//! The page alone on a made project, and labels of egui with the same words.

use crate::screen::{SCREEN, Screen};
use egui::{Event, Modifiers, MouseWheelUnit, RichText, TouchPhase, UiBuilder, pos2, vec2};
use matryoshka::text::{Offset, Text};
use matryoshka::ui::desk::{Desk, ShownLinks};
use matryoshka::ui::engine::TextEngine;
use matryoshka::ui::outbox::Outbox;
use matryoshka::ui::page::{Extend, Move, PageDesk, page};
use matryoshka::ui::theme::{self, Tokens};
use matryoshka::ui::view::View;
use matryoshka::workbench::{self, Office, Progress, Workbench};
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

/// Points that the wheel turns in a frame.
const TURN: f32 = 60.0;

/// Frames at one place.
const PLACE: usize = 30;
/// Bytes that the places keep from the title, and from the end if a page more is to be read, or a part of one.
const FROM_TITLE: u32 = 1500;
const TO_END: u32 = 4500;
const SOON_TO_END: u32 = 2500;
/// Bytes after which a jump shows no paragraph of the first page, though it shows some lines above its place.
const BELOW_FIRST_PAGE: u32 = 3900;

/// What happens in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Still,
    Wheel,
    Page,
    Jump,
}

impl Act {
    pub(crate) const ALL: [Self; 4] = [Self::Still, Self::Wheel, Self::Page, Self::Jump];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Still => "a frame, nothing happens",
            Self::Wheel => "a frame, the wheel turns by 60 points",
            Self::Page => "a frame, a page down",
            Self::Jump => "a frame, a jump to any place",
        }
    }
}

/// An open project with nothing but its page on the screen.
pub(crate) struct Book {
    bench: Workbench,
    text: Text,
    desk: Desk,
    engine: TextEngine,
    tokens: Tokens,
    screen: Screen,
    dice: u32,
    turns: usize,
    /// The end of what was in sight in the frame before, and paragraphs that have come into sight since the start.
    seen: (std::ops::Range<usize>, usize),
    _folder: TempDir,
}

impl Book {
    pub(crate) fn open(project: &[u8]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("made.json");
        fs::write(&file, project).expect("the project is written");
        let mut office =
            Office::open(Some(&folder.path().join("state")), Some("Anna")).expect("an office");
        let loaded = workbench::load(&[file], office.desk(), &Progress::default());
        let (bench, _) = Workbench::start(loaded.expect("it opens"), &mut office);
        let sheet = bench.project().documents_in_order().first().copied().expect("a document");
        let (id, text) = (sheet.document().id.clone(), sheet.document().text.clone());
        let desk = Desk { document: Some(id), links: ShownLinks::All, ..Desk::default() };
        let mut book = Self {
            bench,
            text,
            desk,
            engine: TextEngine::bundled_only(),
            tokens: Tokens::light(),
            screen: Screen::default(),
            dice: 0x9e37_79b9,
            turns: 0,
            seen: (0..0, 0),
            _folder: folder,
        };
        theme::apply(&book.screen.ctx, &book.desk.look, &book.tokens);
        // The pointer is on the page, but on no words.
        book.screen.hear(Event::PointerMoved(pos2(1240.0, 400.0)));
        for _ in 0..3 {
            book.frame();
        }
        book
    }

    pub(crate) fn annotation_count(&self) -> usize {
        self.bench.project().annotation_count()
    }

    /// Points of the text, and of a line.
    pub(crate) fn size(&self) -> Look {
        let page = self.desk.look.page;
        Look {
            size: page.size,
            line: page.size * page.leading,
            width: page.letters * page.size * 0.5042,
        }
    }

    pub(crate) fn frame(&mut self) -> Duration {
        let view = View { project: self.bench.project(), bench: &self.bench, tokens: &self.tokens };
        let (desk, engine) = (&mut self.desk, &mut self.engine);
        let taken = self.screen.frame(|ui| {
            let ctx = ui.ctx().clone();
            engine.begin_frame(&ctx, false);
            let mut out = Outbox::default();
            page(&view, desk, engine, &mut out, ui);
            engine.end_frame(&ctx);
        });
        self.count();
        taken
    }

    fn count(&mut self) {
        let Some(span) = self.desk.page.in_sight() else { return };
        let now = self.text.paragraph_at(span.start())..self.text.paragraph_at(span.end()) + 1;
        self.seen.1 += now.clone().filter(|paragraph| !self.seen.0.contains(paragraph)).count();
        self.seen.0 = now;
    }

    /// Paragraphs that have come into sight so far.
    pub(crate) fn laid_out(&self) -> usize {
        self.seen.1
    }

    /// A frame in which that happens; down through the text.
    pub(crate) fn acted(&mut self, act: Act) -> Duration {
        match act {
            Act::Still => {}
            Act::Wheel => self.turn(-TURN),
            Act::Page => self.page(1.0),
            Act::Jump => {
                let to = self.somewhere();
                self.desk.page.reveal_at(to);
            }
        }
        self.frame()
    }

    /// The same to and fro where everything is laid out already; now and then at another place, because on no two places
    /// there is as much to see.
    pub(crate) fn there_and_back(&mut self, act: Act) -> Duration {
        if self.turns == PLACE {
            self.read_elsewhere();
        }
        self.turns += 1;
        match act {
            Act::Still | Act::Jump => {}
            Act::Wheel => self.turn(if self.turns % 30 < 15 { -TURN } else { TURN }),
            Act::Page => self.page(if self.turns % 2 == 1 { 1.0 } else { -1.0 }),
        }
        self.frame()
    }

    /// A jump to any place, out of memory that was not read for a while.
    pub(crate) fn jumped(&mut self) -> Duration {
        let to = self.somewhere();
        self.desk.page.reveal_at(to);
        self.screen.forget();
        self.frame()
    }

    /// The same within a short text that is opened anew before it: nothing is laid out where it leads.
    pub(crate) fn opened_and_jumped(&mut self) -> Duration {
        let room = self.text.len_bytes().saturating_sub(BELOW_FIRST_PAGE + SOON_TO_END).max(1);
        let to = BELOW_FIRST_PAGE + self.somewhere().0 % room;
        self.desk.page = PageDesk::default();
        self.frame();
        self.desk.page.reveal_at(Offset(to));
        self.screen.forget();
        self.frame()
    }

    /// Goes to any place, neither at the title nor at the end, and reads on for a page, so that all is laid out.
    pub(crate) fn read_elsewhere(&mut self) {
        let room = self.text.len_bytes() - FROM_TITLE - TO_END;
        let to = FROM_TITLE + self.somewhere().0 % room.max(1);
        self.desk.page.reveal_at(Offset(to));
        self.frame();
        for way in [1.0, 1.0, -1.0, -1.0, 0.0] {
            self.page(way);
            self.frame();
        }
        self.turns = 0;
    }

    fn turn(&mut self, points: f32) {
        self.screen.hear(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
    }

    fn page(&mut self, way: f32) {
        if way != 0.0 {
            self.desk.page.moves.push((Move::Page(way), Extend::No));
        }
    }

    fn somewhere(&mut self) -> Offset {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 17;
        self.dice ^= self.dice << 5;
        Offset(self.dice % self.text.len_bytes().max(1))
    }

    /// The paragraphs in sight, and which part of the first lies above.
    pub(crate) fn in_sight(&self) -> InSight {
        let tops = self.desk.page.all_tops();
        let above = tops.values().next().map_or(0.0, |(_, above)| *above);
        let span = self.desk.page.in_sight().expect("words are in sight");
        let words = self.text.as_str().get(span.start().bytes()..span.end().bytes());
        let paragraphs = words.unwrap_or_default().split('\n').map(str::to_owned).collect();
        InSight { paragraphs, above }
    }
}

/// Words on the screen.
pub(crate) struct InSight {
    paragraphs: Vec<String>,
    above: f32,
}

/// How words are set.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    size: f32,
    line: f32,
    width: f32,
}

/// A screen with nothing but labels of egui.
pub(crate) struct Labels {
    screen: Screen,
    look: Look,
}

impl Labels {
    pub(crate) fn new(look: Look) -> Self {
        let screen = Screen::default();
        theme::apply(&screen.ctx, &Desk::default().look, &Tokens::light());
        Self { screen, look }
    }

    /// A frame with a label for each paragraph, in a column as wide as the page's.
    pub(crate) fn frame(&mut self, words: &InSight) -> Duration {
        let look = self.look;
        // Where the first one begins is only needed roughly: the same number of lines is in sight.
        let first = words.paragraphs.first().map_or(0, String::len) as f32;
        let top = -words.above * (first / (look.width / look.size * 2.0)).ceil() * look.line;
        let mut room = SCREEN;
        room.min = pos2(64.0, top);
        room.set_width(look.width);
        self.screen.frame(|ui| {
            let mut column = ui.new_child(UiBuilder::new().max_rect(room));
            column.spacing_mut().item_spacing.y = 12.0;
            for words in &words.paragraphs {
                let words = RichText::new(words).size(look.size).line_height(Some(look.line));
                column.add(egui::Label::new(words).wrap().selectable(false));
            }
        })
    }
}
