//! Decisions of a review as they stand in files: the project's and the review file's.
//!
//! What a decision names is not looked up: it speaks of two projects, and of how they were then. Features are read by
//! the rules of the project at hand; what these do not know is kept as it came.

use crate::formats::native::records::{Around, Reason, fit_for_an_id};
use crate::formats::native::value::{end, features, write_end, write_features};
use crate::formats::object::{Object, list};
use crate::formats::raw::{Count, Members, Word, wire};
use crate::model::{
    AnnotationId, Annotator, Answer, CodeId, Decision, DecisionId, Direction, DocumentId, EntityId,
    Feature, GuestName, LayerId, ProjectId, RelationId, RelationKindId, Stated, StatedLink,
    StatedRecord, StatedRecords, Unknown, Verdict,
};
use serde_json::value::RawValue;

wire! { GuestWire needs { project "project": Word<'a>, name "name": Word<'a> } may {} }
wire! { AnswerWire needs {} may { accepted "accepted": bool, disputed "disputed": Word<'a> } }
wire! {
    StatedWire
    needs { id "id": Word<'a>, document "document": Word<'a>, layer "layer": Word<'a>, quote "quote": Word<'a> }
    may {
        code "code": Word<'a>, spans "spans": Vec<(Count, Count)>, entity "entity": Word<'a>,
        entity_name "entity_name": Word<'a>, features "features": Members<'a>,
        links "links": Vec<StatedLinkWire<'a>>, by "by": Word<'a>,
    }
}
wire! {
    StatedRecordWire
    needs { id "id": Word<'a>, layer "layer": Word<'a>, name "name": Word<'a> }
    may {
        aliases "aliases": Vec<Word<'a>>, code "code": Word<'a>, features "features": Members<'a>,
        links "links": Vec<StatedLinkWire<'a>>, by "by": Word<'a>,
    }
}
wire! {
    StatedLinkWire
    needs {
        id "id": Word<'a>, relation "relation": Word<'a>, direction "direction": Word<'a>, other "other": &'a RawValue,
        layer "layer": Word<'a>, words "words": Word<'a>
    }
    may { features "features": Members<'a> }
}

/// The members of a decision.
pub(in crate::formats::native) struct Parts<'a> {
    pub(in crate::formats::native) guest: GuestWire<'a>,
    pub(in crate::formats::native) class: Word<'a>,
    pub(in crate::formats::native) verdict: Word<'a>,
    pub(in crate::formats::native) ours: Option<StatedWire<'a>>,
    pub(in crate::formats::native) theirs: Option<StatedWire<'a>>,
    pub(in crate::formats::native) our_record: Option<StatedRecordWire<'a>>,
    pub(in crate::formats::native) their_record: Option<StatedRecordWire<'a>>,
    pub(in crate::formats::native) remark: Option<Word<'a>>,
    pub(in crate::formats::native) answer: Option<AnswerWire<'a>>,
}

impl Parts<'_> {
    /// The decision that they make, or why they make none.
    pub(in crate::formats::native) fn decision(
        self,
        id: &str,
        around: &Around<'_>,
        unknown: &mut Unknown,
    ) -> Result<Decision, Reason> {
        let verdict = Verdict::of_word(&self.verdict)
            .ok_or_else(|| format!("verdict: there is no “{}”", &*self.verdict))?;
        fit_for_an_id(&self.guest.project)?;
        let guest = GuestName {
            project: ProjectId::new(self.guest.project.small()),
            name: self.guest.name.small(),
        };
        self.guest.unknown.keep("guest/", unknown);
        let (ours, theirs) =
            (side(self.ours, "ours", around)?, side(self.theirs, "theirs", around)?);
        let side = ours.as_ref().or(theirs.as_ref());
        let records = match (self.our_record, self.their_record) {
            (None, None) => None,
            (Some(ours), Some(theirs)) if side.is_none() => {
                let ours = record(ours, around).map_err(|why| format!("our_record: {why}"))?;
                let theirs =
                    record(theirs, around).map_err(|why| format!("their_record: {why}"))?;
                Some(Box::new(StatedRecords { ours, theirs }))
            }
            _ => return Err("“our_record” and “their_record” come together and alone".to_owned()),
        };
        if side.is_none() && records.is_none() {
            return Err("it speaks of nothing: “ours” and “theirs” are missing".to_owned());
        }
        Ok(Decision {
            id: DecisionId::new(id),
            guest,
            class: self.class.small(),
            ours,
            theirs,
            records,
            verdict,
            remark: self.remark.map(|word| word.small()).unwrap_or_default(),
            answer: self.answer.map(|wire| answer(wire, unknown)).transpose()?,
        })
    }
}

fn side(
    wire: Option<StatedWire<'_>>,
    name: &str,
    around: &Around<'_>,
) -> Result<Option<Box<Stated>>, Reason> {
    let side = wire.map(|wire| stated(wire, around)).transpose();
    side.map(|side| side.map(Box::new)).map_err(|reason| format!("{name}: {reason}"))
}

fn answer(wire: AnswerWire<'_>, unknown: &mut Unknown) -> Result<Answer, Reason> {
    wire.unknown.keep("answer/", unknown);
    match (wire.accepted, wire.disputed) {
        (Some(true), None) => Ok(Answer::Accepted),
        (None, Some(words)) => Ok(Answer::Disputed(words.small())),
        _ => Err("answer: expected “accepted” to be true, or “disputed” with words".to_owned()),
    }
}

fn stated(wire: StatedWire<'_>, around: &Around<'_>) -> Result<Stated, Reason> {
    [&wire.id, &wire.document].into_iter().try_for_each(|id| fit_for_an_id(id))?;
    let spans: Vec<(u32, u32)> =
        wire.spans.into_iter().flatten().map(|(start, end)| (start.0, end.0)).collect();
    let ascending = spans.iter().zip(spans.iter().skip(1)).all(|(a, b)| a.1 <= b.0);
    if !ascending || spans.iter().any(|(start, end)| start >= end) {
        return Err("its spans must ascend, none of them empty".to_owned());
    }
    let layer = LayerId::new(wire.layer.small());
    let rules: &[Feature] =
        around.project.codebook.layer(&layer).map_or(&[], |layer| &layer.features);
    let entity = match (wire.entity, wire.entity_name) {
        (Some(id), Some(name)) => Some((EntityId::new(id.small()), name.small())),
        (None, None) => None,
        _ => return Err("“entity” and “entity_name” come together".to_owned()),
    };
    let links = wire.links.into_iter().flatten();
    Ok(Stated {
        id: AnnotationId::new(wire.id.small()),
        document: DocumentId::new(wire.document.small()),
        code: wire.code.map(|code| CodeId::new(code.small())),
        spans,
        quote: wire.quote.into_boxed(),
        entity,
        features: features(wire.features, rules),
        links: links.map(|wire| link(wire, around)).collect::<Result<_, _>>()?,
        by: wire.by.map(|by| Annotator::new(by.small())),
        layer,
        unknown: wire.unknown.unknown(),
    })
}

fn record(wire: StatedRecordWire<'_>, around: &Around<'_>) -> Result<StatedRecord, Reason> {
    fit_for_an_id(&wire.id)?;
    let layer = LayerId::new(wire.layer.small());
    let rules = around.project.codebook.layer(&layer);
    let links = wire.links.into_iter().flatten();
    Ok(StatedRecord {
        id: EntityId::new(wire.id.small()),
        name: wire.name.small(),
        aliases: wire.aliases.into_iter().flatten().map(|name| name.small()).collect(),
        code: wire.code.map(|code| CodeId::new(code.small())),
        features: features(wire.features, rules.map_or(&[], |layer| &layer.entity_features)),
        links: links.map(|wire| link(wire, around)).collect::<Result<_, _>>()?,
        by: wire.by.map(|by| Annotator::new(by.small())),
        layer,
        unknown: wire.unknown.unknown(),
    })
}

fn link(wire: StatedLinkWire<'_>, around: &Around<'_>) -> Result<StatedLink, Reason> {
    fit_for_an_id(&wire.id)?;
    let way = Direction::of_word(&wire.direction)
        .ok_or_else(|| format!("direction: expected out or in, not “{}”", &*wire.direction))?;
    let kind = RelationKindId::new(wire.relation.small());
    let rules = around.project.codebook.relation(&kind);
    Ok(StatedLink {
        id: RelationId::new(wire.id.small()),
        way,
        other: end(wire.other.get()).ok_or("other: expected the kind and id of one record")?,
        layer: LayerId::new(wire.layer.small()),
        words: wire.words.small(),
        features: features(wire.features, rules.map_or(&[], |rules| &rules.features)),
        kind,
        unknown: wire.unknown.unknown(),
    })
}

/// Writes what a decision has beside the members that all records have.
pub(in crate::formats::native) fn write_decision(
    object: &mut Object<'_>,
    decision: &Decision,
    unknown: &Unknown,
) {
    let mut guest = Object::open(object.key("guest"));
    guest.text("project", decision.guest.project.as_str());
    guest.text("name", &decision.guest.name);
    guest.unknown_within("guest/", unknown);
    guest.close();
    object.text("class", &decision.class);
    for (name, side) in [("ours", &decision.ours), ("theirs", &decision.theirs)] {
        if let Some(side) = side {
            write_stated(object.key(name), side);
        }
    }
    if let Some(both) = &decision.records {
        write_record(object.key("our_record"), &both.ours);
        write_record(object.key("their_record"), &both.theirs);
    }
    object.text("verdict", decision.verdict.word());
    object.words("remark", &decision.remark);
    if let Some(answer) = &decision.answer {
        let mut inner = Object::open(object.key("answer"));
        match answer {
            Answer::Accepted => inner.flag("accepted", true),
            Answer::Disputed(words) => inner.text("disputed", words),
        }
        inner.unknown_within("answer/", unknown);
        inner.close();
    }
}

fn write_stated(out: &mut Vec<u8>, stated: &Stated) {
    let mut object = Object::open(out);
    object.text("id", stated.id.as_str());
    object.text("document", stated.document.as_str());
    object.text("layer", stated.layer.as_str());
    if let Some(code) = &stated.code {
        object.text("code", code.as_str());
    }
    if !stated.spans.is_empty() {
        list(object.key("spans"), &stated.spans, |out, (start, end)| {
            list(out, [start, end], |out, at| out.extend_from_slice(at.to_string().as_bytes()));
        });
    }
    object.text("quote", &stated.quote);
    if let Some((id, name)) = &stated.entity {
        object.text("entity", id.as_str());
        object.text("entity_name", name);
    }
    if !stated.features.is_empty() {
        write_features(object.key("features"), &stated.features);
    }
    if !stated.links.is_empty() {
        list(object.key("links"), &stated.links, write_link);
    }
    if let Some(by) = &stated.by {
        object.text("by", by.as_str());
    }
    object.unknown(&stated.unknown);
    object.close();
}

fn write_record(out: &mut Vec<u8>, stated: &StatedRecord) {
    let mut object = Object::open(out);
    object.text("id", stated.id.as_str());
    object.text("layer", stated.layer.as_str());
    object.text("name", &stated.name);
    object.some_texts("aliases", stated.aliases.iter().map(smol_str::SmolStr::as_str));
    if let Some(code) = &stated.code {
        object.text("code", code.as_str());
    }
    if !stated.features.is_empty() {
        write_features(object.key("features"), &stated.features);
    }
    if !stated.links.is_empty() {
        list(object.key("links"), &stated.links, write_link);
    }
    if let Some(by) = &stated.by {
        object.text("by", by.as_str());
    }
    object.unknown(&stated.unknown);
    object.close();
}

fn write_link(out: &mut Vec<u8>, link: &StatedLink) {
    let mut object = Object::open(out);
    object.text("id", link.id.as_str());
    object.text("relation", link.kind.as_str());
    object.text("direction", link.way.word());
    write_end(object.key("other"), &link.other);
    object.text("layer", link.layer.as_str());
    object.text("words", &link.words);
    if !link.features.is_empty() {
        write_features(object.key("features"), &link.features);
    }
    object.unknown(&link.unknown);
    object.close();
}
