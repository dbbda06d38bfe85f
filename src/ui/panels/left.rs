//! The left panel: documents, codebook, and what the mentions refer to.

use egui::{ScrollArea, Ui};
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Annotator, EntityId, LayerId, Project};
use crate::query::{self, Counts};
use crate::ui::desk::Desk;
use crate::ui::later::Later;
use crate::ui::panels::Pane;
use crate::ui::panels::documents::DocumentsDesk;
use crate::ui::panels::entities::RecordsDesk;
use crate::ui::panels::{codebook, documents, entities, seen};
use crate::ui::veil::maker;
use crate::ui::widgets::Scrolled as _;

/// What the left panel keeps between frames.
#[derive(Default)]
pub struct LeftDesk {
    census: Later<(), Census>,
    /// The lists of records.
    pub(in crate::ui::panels) records: RecordsDesk,
    /// The list of documents.
    pub documents: DocumentsDesk,
    /// Layers whose unused codes are shown too.
    pub(in crate::ui::panels) all_codes: BTreeSet<LayerId>,
    /// Layers whose codes are folded away.
    pub(in crate::ui::panels) folded: BTreeSet<LayerId>,
    /// Layers all of whose entities are shown.
    pub(in crate::ui::panels) all_entities: BTreeSet<LayerId>,
}

/// What is counted once after each change.
#[derive(Default)]
pub(in crate::ui::panels) struct Census {
    /// Counts by layer, code and document.
    pub(in crate::ui::panels) counts: Counts,
    /// Entities of each layer with their mentions, most mentioned first.
    pub(in crate::ui::panels) entities: BTreeMap<LayerId, Vec<(EntityId, usize)>>,
    /// Who made how many annotations, most first.
    pub(in crate::ui::panels) makers: Vec<(Annotator, usize)>,
}

/// The left panel's contents.
pub(in crate::ui::panels) fn show(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut LeftDesk,
    ui: &mut Ui,
) {
    let view = pane.view;
    let mut census = std::mem::take(&mut mine.census);
    let counted = census.of((&view, ui.ctx()), (), take_census);
    ScrollArea::vertical().auto_shrink(false).show_named(
        ui,
        "documents, codebook and records",
        |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(view.tokens.size.grid);
            documents::list(pane, desk, &mut mine.documents, &counted.counts, ui);
            codebook::list(pane, desk, mine, &counted.counts, ui);
            seen::annotators(pane, desk, &counted.makers, ui);
            entities::lists(pane, desk, mine, &counted.entities, ui);
            ui.add_space(view.tokens.size.grid * 3.0);
        },
    );
    mine.census = census;
}

fn take_census(project: &Project) -> Census {
    let mut mentions: BTreeMap<&EntityId, usize> = BTreeMap::new();
    for id in project.annotations().filter_map(|annotation| annotation.entity.as_ref()) {
        *mentions.entry(id).or_default() += 1;
    }
    let mut entities: BTreeMap<LayerId, Vec<(EntityId, usize)>> = BTreeMap::new();
    for (id, entity) in project.entities() {
        let count = mentions.get(id).copied().unwrap_or_default();
        entities.entry(entity.layer.clone()).or_default().push((id.clone(), count));
    }
    let name = |id: &EntityId| project.entities().get(id).map(|entity| &entity.name);
    for list in entities.values_mut() {
        list.sort_by(|(a, many), (b, few)| few.cmp(many).then_with(|| name(a).cmp(&name(b))));
    }
    Census { counts: query::counts(project), entities, makers: makers(project) }
}

fn makers(project: &Project) -> Vec<(Annotator, usize)> {
    let mut all: BTreeMap<Annotator, usize> = BTreeMap::new();
    for annotation in project.annotations() {
        *all.entry(maker(annotation)).or_default() += 1;
    }
    let mut all: Vec<(Annotator, usize)> = all.into_iter().collect();
    all.sort_by(|(_, many), (_, few)| few.cmp(many));
    all
}
