//! What an analyst still owes: asked of the codebook's words, so a codebook without "claims" owes no claimant.
//!
//! Nothing here is wrong with the file; that is `model::check`.

use crate::model::{
    Annotation, AnnotationId, DateRange, Document, End, Entity, EntityId, FeatureId, Features,
    LayerId, PartialDate, Project, RecordId, RelationKindId, Value,
};
use crate::query::links::CLAIMS;
use std::collections::{BTreeMap, BTreeSet};

/// Something unfinished or doubtful.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Where.
    pub record: RecordId,
    /// What.
    pub what: GapKind,
}

/// What is unfinished or doubtful.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GapKind {
    /// Nobody is linked to the claim as the one who makes it.
    #[error("nobody is linked to it as its claimant")]
    NoClaimant,
    /// Its layer has codes, and it has none.
    #[error("no code is chosen")]
    NoCode,
    /// The same actor says the opposite elsewhere.
    #[error("“{actor}” opposes “{issue}” here and supports it in “{words}”")]
    BothWays {
        /// The actor's name.
        actor: String,
        /// The issue's name.
        issue: String,
        /// The first passage that supports.
        other: AnnotationId,
        /// Its words, shortened.
        words: String,
    },
    /// A pronoun for which nobody has said whom it means.
    #[error("a pronoun: whom or what it means is not said")]
    PronounWithoutEntity,
    /// Another record of the layer has the same name.
    #[error("the name “{name}” is also that of another record")]
    SameName {
        /// The first other one.
        other: EntityId,
        /// The name.
        name: String,
    },
    /// It happened after the text was published.
    #[error("it happened on {event}, after the document’s date {document}")]
    AfterDocument {
        /// The date of the event.
        event: DateRange,
        /// The date of the document.
        document: DateRange,
    },
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.what.fmt(f)
    }
}

/// All gaps: of annotations by document and place, then of entities by id.
pub fn gaps(project: &Project) -> Vec<Gap> {
    let claimed = layers_of_claims(project);
    let sides = both_ways(project);
    let mut gaps = Vec::new();
    for sheet in project.documents_in_order() {
        for annotation in sheet.annotations_in_order() {
            let found = [
                no_claimant(project, &claimed, annotation),
                pronoun_without_entity(project, annotation),
                after_document(annotation, sheet.document()),
                no_code(project, annotation),
            ];
            let record = RecordId::Annotation(annotation.id.clone());
            let both = sides.get(&annotation.id).into_iter().flatten().cloned();
            let found = found.into_iter().flatten().chain(both);
            gaps.extend(found.map(|what| Gap { record: record.clone(), what }));
        }
    }
    gaps.extend(same_names(project));
    gaps
}

/// The id that the codebook gives to the link from a claimant to a claim.
fn claims() -> RelationKindId {
    RelationKindId::new("claims")
}

fn layers_of_claims(project: &Project) -> BTreeSet<LayerId> {
    let kind = project.codebook.relation(&claims()).filter(|kind| kind.default);
    kind.map(|kind| kind.to.iter().cloned().collect()).unwrap_or_default()
}

fn no_claimant(
    project: &Project,
    claimed: &BTreeSet<LayerId>,
    annotation: &Annotation,
) -> Option<GapKind> {
    let end = End::Annotation(annotation.id.clone());
    let missing = claimed.contains(&annotation.layer)
        && !project.relations_at(&end).any(|link| link.kind == claims() && link.to == end);
    missing.then_some(GapKind::NoClaimant)
}

fn no_code(project: &Project, annotation: &Annotation) -> Option<GapKind> {
    let codes = project.codebook.layer(&annotation.layer).is_some_and(|l| !l.codes.is_empty());
    (codes && annotation.code.is_none()).then_some(GapKind::NoCode)
}

/// What an actor has said on an issue: the first passage for it and the first against it.
type Sides<'a> = [Option<(usize, &'a Annotation)>; 2];

/// For each actor and issue with passages on both sides the first one against it.
fn both_ways(project: &Project) -> BTreeMap<AnnotationId, Vec<GapKind>> {
    let order: BTreeMap<_, _> = project
        .documents_in_order()
        .iter()
        .enumerate()
        .map(|(at, sheet)| (sheet.document().id.clone(), at))
        .collect();
    let mut said: BTreeMap<(EntityId, EntityId), Sides<'_>> = BTreeMap::new();
    for link in project.relations().values().filter(|link| link.kind.as_str() == CLAIMS) {
        let End::Annotation(claim) = &link.to else { continue };
        let Some(claim) = project.annotation(claim).map(|record| &record.value) else { continue };
        let actor = match &link.from {
            End::Entity(id) => Some(id.clone()),
            End::Annotation(id) => project.annotation(id).and_then(|a| a.entity.clone()),
        };
        let side = match () {
            () if is(claim, "position", "supports") => 0,
            () if is(claim, "position", "opposes") => 1,
            () => continue,
        };
        let (Some(actor), Some(issue)) = (actor, claim.entity.clone()) else { continue };
        let at = order.get(&claim.document).copied().unwrap_or_default();
        let place = |at: usize, claim: &Annotation| (at, claim.place.fragments().hull());
        if let Some(held) = said.entry((actor, issue)).or_default().get_mut(side)
            && held.is_none_or(|(other, first)| place(at, claim) < place(other, first))
        {
            *held = Some((at, claim));
        }
    }
    let name =
        |id: &EntityId| project.entities().get(id).map(|e| e.name.to_string()).unwrap_or_default();
    let gap = |((actor, issue), sides): (&(EntityId, EntityId), &Sides<'_>)| {
        let [Some((_, supports)), Some((_, opposes))] = sides else { return None };
        let words = project
            .sheet(&supports.document)
            .map(|sheet| supports.words(&sheet.document().text))
            .unwrap_or_default();
        let (actor, issue) = (name(actor), name(issue));
        let words = shortened(&words);
        let what = GapKind::BothWays { actor, issue, other: supports.id.clone(), words };
        Some((opposes.id.clone(), what))
    };
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, what) in said.iter().filter_map(gap) {
        found.entry(id).or_default().push(what);
    }
    found
}

/// The beginning of long words.
fn shortened(words: &str) -> String {
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}

fn pronoun_without_entity(project: &Project, annotation: &Annotation) -> Option<GapKind> {
    let refers =
        project.codebook.layer(&annotation.layer).is_some_and(|layer| layer.entity.is_some());
    let missing = refers && annotation.entity.is_none() && is(annotation, "form", "pronoun");
    missing.then_some(GapKind::PronounWithoutEntity)
}

fn after_document(annotation: &Annotation, document: &Document) -> Option<GapKind> {
    let (event, published) = (date(&annotation.features)?, date(&document.meta)?);
    let last_day = latest(published.to.unwrap_or(published.from));
    let late = is(annotation, "status", "happened") && earliest(event.from) > last_day;
    late.then_some(GapKind::AfterDocument { event, document: published })
}

fn same_names(project: &Project) -> Vec<Gap> {
    let key = |entity: &Entity| {
        let words: Vec<String> = entity.name.split_whitespace().map(str::to_lowercase).collect();
        (entity.layer.clone(), words)
    };
    let mut named: BTreeMap<_, Vec<&Entity>> = BTreeMap::new();
    for entity in project.entities().values() {
        named.entry(key(entity)).or_default().push(entity);
    }
    let gap = |entity: &Entity| {
        let same = named.get(&key(entity))?;
        let other = same.iter().find(|other| other.id != entity.id)?.id.clone();
        let what = GapKind::SameName { other, name: entity.name.to_string() };
        Some(Gap { record: RecordId::Entity(entity.id.clone()), what })
    };
    project.entities().values().filter_map(|entity| gap(entity)).collect()
}

fn is(annotation: &Annotation, feature: &str, choice: &str) -> bool {
    matches!(annotation.feature(feature), Some(Value::Choice(chosen)) if chosen == choice)
}

fn date(features: &Features) -> Option<DateRange> {
    match features.get(&FeatureId::new("date")) {
        Some(Value::Date(range)) => Some(*range),
        _ => None,
    }
}

/// The first day that the date may mean.
fn earliest(date: PartialDate) -> (u16, u8, u8) {
    (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// The last day that the date may mean, or one past it in a short month.
fn latest(date: PartialDate) -> (u16, u8, u8) {
    (date.year, date.month.unwrap_or(12), date.day.unwrap_or(31))
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{GapKind, gaps};
    use std::sync::Arc;

    fn feature(id: &str, kind: FeatureKind) -> Feature {
        Feature { id: FeatureId::new(id), kind, ..codebook().layers[0].features[0].clone() }
    }

    fn choice(id: &str) -> Feature {
        feature(id, FeatureKind::Choice { values: Vec::new(), many: false, open: true })
    }

    fn with(edits: Vec<Edit>) -> Project {
        let mut book = codebook();
        book.layers[0].features.extend([
            choice("form"),
            choice("status"),
            feature("date", FeatureKind::Date),
        ]);
        book.layers.iter_mut().for_each(|layer| {
            if layer.id.as_str() == "claim" {
                layer.features.retain(|feature| feature.id.as_str() != "position");
                layer.features.push(choice("position"));
            }
        });
        book.document_features.push(feature("date", FeatureKind::Date));
        let mut empty = project();
        empty.codebook = Arc::new(book);
        apply(&empty, &Edit::Group { title: "All".into(), edits }, &signature("x")).unwrap()
    }

    fn tag(id: &str, layer: &str, features: &[(&str, Value)]) -> Edit {
        let features =
            features.iter().map(|(id, value)| (FeatureId::new(*id), value.clone())).collect();
        let code = codebook().layer(&LayerId::new(layer)).unwrap().codes[0].id.clone();
        Edit::Annotation(AnnotationEdit::Annotate(Annotation {
            features,
            code: Some(code),
            ..annotation(id, layer, 4, 12)
        }))
    }

    fn found(edits: Vec<Edit>) -> Vec<(String, String)> {
        let gaps = gaps(&with(edits));
        gaps.iter().map(|gap| (gap.record.as_str().to_owned(), gap.to_string())).collect()
    }

    #[test]
    fn a_claim_needs_a_link_from_its_claimant_if_the_codebook_says_so_by_default() {
        let mut edits =
            vec![tag("a_1", "actor", &[]), tag("a_2", "claim", &[]), tag("a_3", "claim", &[])];
        edits.push(Edit::Relation(RelationEdit::Relate(relation("l_1", "claims", "a_1", "a_2"))));
        assert_eq!(
            found(edits.clone()),
            [("a_3".into(), "nobody is linked to it as its claimant".into())]
        );
        let mut lenient = with(edits);
        let mut book = Codebook::clone(&lenient.codebook);
        book.relations[0].default = false;
        lenient.codebook = Arc::new(book);
        assert_eq!(gaps(&lenient), []);
    }

    #[test]
    fn an_annotation_of_a_layer_with_codes_needs_one() {
        let bare = Edit::Annotation(AnnotationEdit::Annotate(annotation("a_1", "actor", 4, 12)));
        let edits = vec![bare, tag("a_2", "actor", &[])];
        assert_eq!(found(edits), [("a_1".to_owned(), "no code is chosen".to_owned())]);
    }

    #[test]
    fn one_actor_on_both_sides_of_an_issue_is_doubtful_and_both_passages_are_named() {
        let side = |position: &str| [("position", Value::Choice(position.into()))];
        let mut edits = vec![named("e_1", "Anna", "actor"), named("e_2", "The line", "claim")];
        edits.push(tag("a_1", "actor", &[]));
        edits.extend([
            tag("a_2", "claim", &side("opposes")),
            tag("a_3", "claim", &side("supports")),
            tag("a_4", "claim", &side("opposes")),
        ]);
        let attach = |id: &str, entity: &str| {
            let entity = Some(EntityId::new(entity));
            Edit::Annotation(AnnotationEdit::Attach(AnnotationId::new(id), entity))
        };
        edits.extend([attach("a_1", "e_1"), attach("a_2", "e_2"), attach("a_3", "e_2")]);
        let link = |id: &str, from: End, to: &str| {
            let link = Relation { from, ..relation(id, "claims", "a_1", to) };
            Edit::Relation(RelationEdit::Relate(link))
        };
        // By a mention, by the record itself, and by somebody else's claim without an issue.
        edits.push(link("l_1", End::Annotation(AnnotationId::new("a_1")), "a_2"));
        edits.push(link("l_3", End::Annotation(AnnotationId::new("a_1")), "a_4"));
        let mut agreed = edits.clone();
        edits.push(link("l_2", End::Entity(EntityId::new("e_1")), "a_3"));
        let sentence = "“Anna” opposes “The line” here and supports it in “minister”".to_owned();
        assert_eq!(found(edits), [("a_2".to_owned(), sentence)]);
        let other = named("e_3", "Boris", "actor");
        agreed.extend([other, link("l_2", End::Entity(EntityId::new("e_3")), "a_3")]);
        assert_eq!(found(agreed), []);
    }

    #[test]
    fn a_pronoun_needs_somebody_it_means() {
        let pronoun = [("form", Value::Choice("pronoun".into()))];
        let name = [("form", Value::Choice("name".into()))];
        let entity = named("e_1", "Anna", "actor");
        let attach = AnnotationEdit::Attach(AnnotationId::new("a_3"), Some(EntityId::new("e_1")));
        let edits = vec![
            entity,
            tag("a_1", "actor", &pronoun),
            tag("a_2", "actor", &name),
            tag("a_3", "actor", &pronoun),
            Edit::Annotation(attach),
        ];
        let gaps = gaps(&with(edits));
        assert_eq!(gaps.len(), 1);
        assert_eq!(
            (gaps[0].record.as_str(), &gaps[0].what),
            ("a_1", &GapKind::PronounWithoutEntity)
        );
    }

    fn named(id: &str, name: &str, layer: &str) -> Edit {
        Edit::Entity(EntityEdit::Add(Entity {
            id: EntityId::new(id),
            layer: LayerId::new(layer),
            name: name.into(),
            aliases: Vec::new(),
            code: None,
            features: Features::new(),
        }))
    }

    #[test]
    fn one_name_for_two_records_of_a_layer_is_doubtful() {
        let edits = vec![
            named("e_1", "Anna Bell", "actor"),
            named("e_2", "ANNA  bell", "actor"),
            named("e_3", "Anna Bell", "claim"),
        ];
        let records: Vec<_> = found(edits).into_iter().map(|(record, _)| record).collect();
        assert_eq!(records, ["e_1", "e_2"]);
    }

    #[test]
    fn what_happened_cannot_be_later_than_its_document() {
        let day = |words: &str| Value::Date(words.parse().unwrap());
        let published = DocumentEdit::SetField(
            DocumentId::new("d_1"),
            FeatureId::new("date"),
            Some(day("2026-04")),
        );
        let event = |id, status: &str, date| {
            tag(id, "actor", &[("status", Value::Choice(status.into())), ("date", day(date))])
        };
        let edits = vec![
            Edit::Document(published),
            event("a_1", "happened", "2026-05-01"),
            event("a_2", "happened", "2026-04-30"),
            event("a_3", "planned", "2027"),
            event("a_4", "happened", "2026"),
        ];
        let sentence = "it happened on 2026-05-01, after the document’s date 2026-04";
        assert_eq!(found(edits), [("a_1".to_owned(), sentence.to_owned())]);
    }
}
