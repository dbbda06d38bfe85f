//! The comparison as JSON. Members may be added, none renamed or taken away. Offsets are code points.

use crate::cli::compare::{
    Compared, agreement, code_name, link_words, quote, record_name, written,
};
use crate::model::{
    Annotation, AnnotationId, CodebookPart, FeatureId, Holder, Project, Record, Sheet, Value,
};
use crate::review::{
    Aspect, Class, ClassCounts, CodebookDifference, Difference, History, Kinship, LinkDifference,
    RecordAspect, Whose, Why,
};
use crate::text::Text;
use crate::workbench::Notice;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct Data {
    classes: Classes,
    by_layer: BTreeMap<String, Classes>,
    agreement: serde_json::Value,
    copies: bool,
    documents: Documents,
    entities: Entities,
    record_links: Vec<LinkData>,
    codebook: Vec<CodebookData>,
    differences: Vec<DifferenceData>,
}

#[derive(Serialize)]
struct Classes {
    same: usize,
    boundary: usize,
    code: usize,
    features: usize,
    entity: usize,
    links: usize,
    only_ours: usize,
    only_theirs: usize,
}

#[derive(Serialize)]
struct Documents {
    same: usize,
    realigned: usize,
    moved: usize,
    to_confirm: usize,
    lost: usize,
    only_ours: usize,
    only_theirs: usize,
}

#[derive(Serialize)]
struct Entities {
    pairs: Vec<PairData>,
    only_ours: Vec<String>,
    only_theirs: Vec<String>,
}

#[derive(Serialize)]
struct PairData {
    ours: String,
    theirs: String,
    why: &'static str,
    to_confirm: bool,
    differs: Vec<String>,
}

#[derive(Serialize)]
struct LinkData {
    ours: Option<LinkSide>,
    theirs: Option<LinkSide>,
}

#[derive(Serialize)]
struct LinkSide {
    id: String,
    kind: String,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct CodebookData {
    part: &'static str,
    layer: Option<String>,
    id: String,
    name: String,
    held_by: &'static str,
}

#[derive(Serialize)]
struct DifferenceData {
    class: &'static str,
    aspects: Vec<&'static str>,
    layer: String,
    document: String,
    held_by: &'static str,
    paragraph: Option<u32>,
    start: Option<u32>,
    end: Option<u32>,
    overlap: f64,
    ours: Option<SideData>,
    theirs: Option<SideData>,
    features: Vec<FeatureData>,
    links: Vec<LinkData>,
    history: Option<&'static str>,
}

#[derive(Serialize)]
struct SideData {
    id: String,
    layer: String,
    code: Option<String>,
    code_name: Option<String>,
    quote: String,
    entity: Option<String>,
    entity_name: Option<String>,
}

#[derive(Serialize)]
struct FeatureData {
    id: String,
    ours: Option<String>,
    theirs: Option<String>,
}

/// Everything but what both say alike, which is only counted.
pub(crate) fn of(compared: &Compared<'_>) -> Result<Data, Notice> {
    let comparison = &compared.comparison;
    let mut layers: BTreeMap<String, Vec<Class>> = BTreeMap::new();
    for one in &comparison.differences {
        layers.entry(one.layer.to_string()).or_default().push(one.class);
    }
    let by_layer = layers.into_iter();
    let differing = comparison.differences.iter().filter(|one| one.differs());
    Ok(Data {
        classes: classes(comparison.counts()),
        by_layer: by_layer
            .map(|(layer, all)| (layer, classes(all.into_iter().collect())))
            .collect(),
        agreement: agreement::data(&compared.agreement)?,
        copies: compared.sheet.kinship == Kinship::Copies,
        documents: documents(compared),
        entities: entities(compared),
        record_links: comparison
            .record_links
            .iter()
            .map(|link| link_data(compared, link))
            .collect(),
        codebook: comparison.codebook.iter().map(codebook_data).collect(),
        differences: differing.map(|one| difference_data(compared, one)).collect(),
    })
}

fn classes(counts: ClassCounts) -> Classes {
    Classes {
        same: counts.get(Class::Same),
        boundary: counts.get(Class::Boundary),
        code: counts.get(Class::Code),
        features: counts.get(Class::Features),
        entity: counts.get(Class::Entity),
        links: counts.get(Class::Links),
        only_ours: counts.get(Class::OnlyOurs),
        only_theirs: counts.get(Class::OnlyTheirs),
    }
}

fn documents(compared: &Compared<'_>) -> Documents {
    let counts = compared.sheet.counts();
    Documents {
        same: counts.same,
        realigned: counts.realigned,
        moved: counts.found.moved,
        to_confirm: counts.found.confirm,
        lost: counts.found.lost,
        only_ours: counts.only_ours,
        only_theirs: counts.only_theirs,
    }
}

fn entities(compared: &Compared<'_>) -> Entities {
    let entities = &compared.comparison.entities;
    let pairs = entities.pairs().iter().map(|pair| PairData {
        ours: pair.ours.to_string(),
        theirs: pair.theirs.to_string(),
        why: why(pair.why),
        to_confirm: pair.is_doubtful(),
        differs: pair.differs.iter().map(aspect_of_record).collect(),
    });
    Entities {
        pairs: pairs.collect(),
        only_ours: entities.only_ours().iter().map(ToString::to_string).collect(),
        only_theirs: entities.only_theirs().iter().map(ToString::to_string).collect(),
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Confirmed => "confirmed",
        Why::SameId => "id",
        Why::Name => "name",
        Why::Alias => "alias",
        Why::Mentions { .. } => "mentions",
    }
}

fn aspect_of_record(aspect: &RecordAspect) -> String {
    match aspect {
        RecordAspect::Name => "name".to_owned(),
        RecordAspect::Aliases => "aliases".to_owned(),
        RecordAspect::Code => "code".to_owned(),
        RecordAspect::Feature(id) => id.to_string(),
    }
}

fn link_data(compared: &Compared<'_>, link: &LinkDifference) -> LinkData {
    let side = |project, id: &Option<_>| {
        let id = id.as_ref()?;
        let (kind, from, to) = link_words(project, id)?;
        Some(LinkSide { id: id.to_string(), kind, from, to })
    };
    LinkData {
        ours: side(compared.ours, &link.ours),
        theirs: side(&compared.guest.project, &link.theirs),
    }
}

fn codebook_data(one: &CodebookDifference) -> CodebookData {
    let (part, layer, id) = match &one.part {
        CodebookPart::Layer(id) => ("layer", None, id.to_string()),
        CodebookPart::Code(layer, id) => ("code", Some(layer.to_string()), id.to_string()),
        CodebookPart::Feature(holder, id) => {
            let (part, layer) = held(holder);
            (part, layer, id.to_string())
        }
        CodebookPart::Value(holder, feature, id) => {
            ("value", held(holder).1, format!("{feature}: {id}"))
        }
        CodebookPart::Link(id) => ("link", None, id.to_string()),
    };
    CodebookData { part, layer, id, name: one.name.to_string(), held_by: held_by(one.whose) }
}

/// What a feature is called by who has it, and the layer or link that it belongs to.
fn held(holder: &Holder) -> (&'static str, Option<String>) {
    match holder {
        Holder::Annotations(layer) => ("feature", Some(layer.to_string())),
        Holder::Records(layer) => ("entity_feature", Some(layer.to_string())),
        Holder::Links(kind) => ("link_feature", Some(kind.to_string())),
        Holder::Documents => ("document_feature", None),
    }
}

fn held_by(whose: Whose) -> &'static str {
    match whose {
        Whose::Both => "both",
        Whose::Ours => "ours",
        Whose::Theirs => "theirs",
    }
}

fn difference_data(compared: &Compared<'_>, one: &Difference) -> DifferenceData {
    let (ours, theirs) = (compared.ours, &compared.guest.project);
    let home = if one.held_by == Whose::Theirs { theirs } else { ours };
    let document = home.sheet(&one.document).map(Sheet::document);
    let text: Option<&Text> = document.map(|document| &document.text);
    let hull = one.hull.zip(text);
    let mine = one.ours.as_ref().and_then(|id| ours.annotation(id));
    let other = one.theirs.as_ref().and_then(|id| theirs.annotation(id));
    let feature = |id: &FeatureId| {
        let value = |side: Option<&std::sync::Arc<Record<Annotation>>>| -> Option<String> {
            side?.features.get(id).map(|value: &Value| written(value))
        };
        FeatureData { id: id.to_string(), ours: value(mine), theirs: value(other) }
    };
    DifferenceData {
        class: one.class.as_str(),
        aspects: one.aspects.iter().map(|aspect: &Aspect| Class::from(*aspect).as_str()).collect(),
        layer: one.layer.to_string(),
        document: one.document.to_string(),
        held_by: held_by(one.held_by),
        paragraph: one
            .hull
            .zip(document)
            .map(|(hull, document)| document.paragraph_number(hull.start())),
        start: hull.map(|(hull, text)| text.code_points(hull.start())),
        end: hull.map(|(hull, text)| text.code_points(hull.end())),
        overlap: one.overlap,
        ours: side_data(ours, one.ours.as_ref()),
        theirs: side_data(theirs, one.theirs.as_ref()),
        features: one.features.iter().map(feature).collect(),
        links: one.links.iter().map(|link| link_data(compared, link)).collect(),
        history: history(one.history),
    }
}

fn side_data(project: &Project, id: Option<&AnnotationId>) -> Option<SideData> {
    let annotation = project.annotation(id?)?;
    Some(SideData {
        id: annotation.id.to_string(),
        layer: annotation.layer.to_string(),
        code: annotation.code.as_ref().map(ToString::to_string),
        code_name: code_name(project, &annotation.layer, annotation.code.as_ref()),
        quote: quote(project, annotation),
        entity: annotation.entity.as_ref().map(ToString::to_string),
        entity_name: record_name(project, annotation),
    })
}

fn history(history: History) -> Option<&'static str> {
    match history {
        History::Unknown => None,
        History::Even => Some("even"),
        History::OursLater => Some("ours_later"),
        History::TheirsLater => Some("theirs_later"),
        History::Apart => Some("apart"),
        History::Erased => Some("erased"),
    }
}
