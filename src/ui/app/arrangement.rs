//! What is remembered of the window: how wide its panels are, what is open, and where reading stopped.
//!
//! Plain data that the office keeps in the state folder, never in a project. Written some seconds after a change
//! and when a project is left.

use crate::model::DocumentId;
use crate::text::Offset;
use crate::ui::app::App;
use crate::ui::command_table::Keymap;
use crate::ui::desk::{Desk, DrawerDesk, DrawerTab, HiddenPanels, ShownLinks};
use crate::ui::page::Edges;
use crate::ui::theme::{Look, Sizes};
use crate::workbench::{DeskState, LastPlace, Settings};
use egui::Context;
use std::collections::BTreeMap;

/// Seconds that an arrangement has to stay before it is written.
const STAY: f64 = 3.0;

/// Bounds of what can be remembered, so that a broken file cannot hide the window.
const LEFT: (f32, f32) = (180.0, 420.0);
const RIGHT: (f32, f32) = (240.0, 520.0);
const DRAWER: (f32, f32) = (90.0, 520.0);

/// The arrangement as it was last written, and as it was last seen.
#[derive(Default)]
pub(in crate::ui::app) struct Arranged {
    /// As the settings had it at the start.
    pub(in crate::ui::app) start: DeskState,
    written: DeskState,
    /// As the panels are now.
    pub(in crate::ui::app) sizes: PanelSizes,
    seen: Option<(DeskState, f64)>,
}

impl Arranged {
    pub(in crate::ui::app) fn of(settings: &Settings) -> Self {
        let desk = settings.desk.clone();
        Self { start: desk.clone(), written: desk, ..Self::default() }
    }

    pub(in crate::ui::app) fn left(&self, size: &Sizes) -> f32 {
        self.start.left.unwrap_or(size.left).clamp(LEFT.0, LEFT.1)
    }

    pub(in crate::ui::app) fn right(&self, size: &Sizes) -> f32 {
        self.start.right.unwrap_or(size.right).clamp(RIGHT.0, RIGHT.1)
    }

    pub(in crate::ui::app) fn drawer(&self) -> f32 {
        self.start.drawer.unwrap_or(190.0).clamp(DRAWER.0, DRAWER.1)
    }
}

/// Points across the panels, as they were last drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui::app) struct PanelSizes {
    pub(in crate::ui::app) left: Option<f32>,
    pub(in crate::ui::app) right: Option<f32>,
    pub(in crate::ui::app) drawer: Option<f32>,
}

/// The desk at the start, as the settings have it.
pub(in crate::ui::app) fn desk_of(settings: &Settings) -> Desk {
    let state = &settings.desk;
    let hidden = |name: &str| state.hidden.iter().any(|hidden| hidden == name);
    let tab = TABS.into_iter().find(|(_, name)| Some(*name) == state.tab.as_deref());
    let links = LINKS.into_iter().find(|(_, name)| Some(*name) == state.links.as_deref());
    Desk {
        look: Look::of(settings),
        edges: if settings.trim == Some(false) { Edges::Exact } else { Edges::Trimmed },
        keymap: Keymap::of(&settings.keys),
        chosen: state.chosen.iter().map(|id| id.as_str().into()).collect(),
        chips: state.chips.unwrap_or_default(),
        invisible: state.invisible.unwrap_or_default(),
        no_cards: state.cards == Some(false),
        links: links.map(|(links, _)| links).unwrap_or_default(),
        hidden: HiddenPanels { left: hidden("left"), right: hidden("right") },
        drawer: DrawerDesk {
            closed: hidden("drawer"),
            tab: tab.map(|(tab, _)| tab).unwrap_or_default(),
            ..DrawerDesk::default()
        },
        ..Desk::default()
    }
}

const TABS: [(DrawerTab, &str); 6] = [
    (DrawerTab::Annotations, "annotations"),
    (DrawerTab::Links, "links"),
    (DrawerTab::Search, "search"),
    (DrawerTab::Problems, "problems"),
    (DrawerTab::Comments, "comments"),
    (DrawerTab::History, "history"),
];

/// What is not the usual; that is left out.
const LINKS: [(ShownLinks, &str); 2] = [(ShownLinks::All, "all"), (ShownLinks::None, "none")];

impl App {
    /// Writes the arrangement, if it has changed and stayed so for a while.
    pub(in crate::ui::app) fn remember_soon(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let state = self.arrangement(ctx);
        let same = |a: &DeskState, b: &DeskState| {
            let placeless = |state: &DeskState| DeskState {
                places: BTreeMap::default(),
                reviews: BTreeMap::default(),
                ..state.clone()
            };
            placeless(a) == placeless(b)
        };
        if same(&state, &self.arranged.written) {
            self.arranged.seen = None;
            return;
        }
        match &self.arranged.seen {
            Some((seen, since)) if same(seen, &state) && now - since >= STAY => self.remember(ctx),
            Some((seen, _)) if same(seen, &state) => {}
            _ => self.arranged.seen = Some((state, now)),
        }
    }

    /// Writes the arrangement now.
    pub(in crate::ui::app) fn remember(&mut self, ctx: &Context) {
        let state = self.arrangement(ctx);
        let place = self.last_place();
        if state == self.arranged.written && place.is_none() {
            return;
        }
        self.office.update(|settings| {
            // Other windows know other places.
            let places = std::mem::take(&mut settings.desk.places);
            let reviews = std::mem::take(&mut settings.desk.reviews);
            settings.desk = DeskState { places, reviews, ..state.clone() };
            if let Some((key, place)) = place.clone() {
                settings.desk.stop_at(key, place);
            }
        });
        self.arranged.written = state;
        self.arranged.seen = None;
    }

    /// The arrangement as it is, with the places that were remembered.
    fn arrangement(&self, ctx: &Context) -> DeskState {
        let written = &self.arranged.written;
        // While only the page is shown, what comes back is remembered.
        let now = (self.desk.hidden, self.desk.drawer.closed);
        let (hidden, drawer_closed) = self.desk.unfocused.unwrap_or(now);
        let names = [(hidden.left, "left"), (hidden.right, "right"), (drawer_closed, "drawer")];
        let hidden = names.into_iter().filter(|(hidden, _)| *hidden);
        let tab = TABS.into_iter().find(|(tab, _)| *tab == self.desk.drawer.tab);
        let links = LINKS.into_iter().find(|(links, _)| *links == self.desk.links);
        let usual_tab = self.desk.drawer.tab == DrawerTab::default();
        let zoom = ctx.zoom_factor();
        let (window, maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect.map(|rect| rect.size() * zoom), viewport.maximized)
        });
        let maximized = maximized.unwrap_or_default();
        let window = window.filter(|_| !maximized).map(|size| [size.x.round(), size.y.round()]);
        DeskState {
            left: self.arranged.sizes.left.or(written.left),
            right: self.arranged.sizes.right.or(written.right),
            drawer: self.arranged.sizes.drawer.or(written.drawer),
            hidden: hidden.map(|(_, name)| name.to_owned()).collect(),
            tab: tab.filter(|_| !usual_tab).map(|(_, name)| name.to_owned()),
            chips: self.desk.chips.then_some(true),
            invisible: self.desk.invisible.then_some(true),
            cards: self.desk.no_cards.then_some(false),
            links: links.map(|(_, name)| name.to_owned()),
            window: window.or(written.window),
            maximized: maximized.then_some(true),
            chosen: self.desk.chosen.iter().map(ToString::to_string).collect(),
            places: written.places.clone(),
            reviews: written.reviews.clone(),
            unknown: written.unknown.clone(),
        }
    }

    /// Where reading stands in the project that is open, if it has a file.
    fn last_place(&self) -> Option<(String, LastPlace)> {
        let bench = self.bench.as_ref()?;
        let key = bench.path()?.display().to_string();
        let project = bench.project();
        let tops = self.desk.page.all_tops().into_iter().filter_map(|(id, (at, above))| {
            project.sheet(&id).is_some().then(|| (id.to_string(), (at.0, above)))
        });
        let document = self.desk.document.as_ref().map(ToString::to_string).unwrap_or_default();
        Some((key, LastPlace { turn: 0, document, tops: tops.collect() }))
    }

    /// Goes on where reading stopped in this project.
    pub(in crate::ui::app) fn go_on_reading(&mut self) {
        let Some(bench) = &self.bench else { return };
        let Some(key) = bench.path().map(|path| path.display().to_string()) else { return };
        let Some(place) = self.office.settings.desk.places.get(&key) else { return };
        let project = bench.project();
        for (id, (at, above)) in &place.tops {
            let id = DocumentId::new(id.as_str());
            let holds = |sheet: &crate::model::Sheet| {
                let text = &sheet.document().text;
                text.as_str().is_char_boundary(*at as usize)
            };
            if project.sheet(&id).is_some_and(holds) && above.is_finite() {
                self.desk.page.tops.insert(id, (Offset(*at), *above));
            }
        }
        let document = DocumentId::new(place.document.as_str());
        if project.sheet(&document).is_some() {
            self.desk.document = Some(document);
        }
    }
}
