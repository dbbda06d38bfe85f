//! Records of the project file as they are read: from one JSON object to a typed record, or a plain reason why not.
//!
//! Only what the object itself says is judged here, and whether its words stand in the text. Whether a record may stand
//! in the project is asked of `model::may_stand` by the caller.

use crate::formats::native::Section;
use crate::formats::native::decision::{
    AnswerWire, GuestWire, Parts, StatedRecordWire, StatedWire,
};
use crate::formats::native::value::{StampWire, VersionWire, end, features, stamp};
use crate::formats::raw::{Count, Members, Word, Words, parse, wire};
use crate::model::{
    Annotation, AnnotationId, AnyRecord, CodeId, Comment, CommentId, Decision, Document,
    DocumentId, End, Entity, EntityId, Feature, Fragments, LayerId, Note, NoteId, Orphan, Place,
    Project, Record, RecordId, Refusal, Relation, RelationId, RelationKindId, Signers, Source,
    Tombstone, Unknown,
};
use crate::text::{MAX_TEXT_BYTES, Span, Text};
use serde_json::value::RawValue;
use std::cell::RefCell;
use std::sync::Arc;

/// What a record is read for: the project that has what it leads to, as far as it is read.
pub(in crate::formats) struct Around<'p> {
    pub(in crate::formats) project: &'p Project,
    /// Annotations that are not in the project yet, with their layers: a hundred thousand links ask for them.
    pub(in crate::formats) annotations: &'p [Known],
    /// Who has signed the records that were read before.
    pub(in crate::formats) signers: RefCell<Signers>,
}

/// Annotations by id, with their layers.
#[expect(clippy::disallowed_types, reason = "asked a hundred thousand times and never walked")]
pub(in crate::formats) type Known = std::collections::HashMap<AnnotationId, LayerId>;

impl<'p> Around<'p> {
    /// The project, and annotations that are not in it yet.
    pub(in crate::formats) fn new(project: &'p Project, annotations: &'p [Known]) -> Self {
        Self { project, annotations, signers: RefCell::default() }
    }

    /// The project alone.
    pub(in crate::formats) fn just(project: &'p Project) -> Self {
        Self::new(project, &[])
    }

    /// The layer of what a link's end is.
    pub(in crate::formats) fn layer_of(&self, end: &End) -> Option<&'p LayerId> {
        match end {
            End::Annotation(id) => self.annotation(id),
            End::Entity(_) => self.project.layer_of(end),
        }
    }

    fn annotation(&self, id: &AnnotationId) -> Option<&'p LayerId> {
        let known = self.annotations.iter().find_map(|known| known.get(id));
        known.or_else(|| self.project.annotation(id).map(|annotation| &annotation.layer))
    }

    /// What a bare id at the end of a link means: the annotation of that id, else the entity, else an annotation.
    pub(in crate::formats) fn end_called(&self, id: &str) -> End {
        let annotation = AnnotationId::new(id);
        if self.annotation(&annotation).is_some() {
            return End::Annotation(annotation);
        }
        let entity = EntityId::new(id);
        if self.project.entities().contains_key(&entity) {
            return End::Entity(entity);
        }
        End::Annotation(annotation)
    }
}

/// Why a record cannot be one, in words for people.
pub(in crate::formats) type Reason = String;

/// Members that every record may have.
pub(in crate::formats) struct Common<'a> {
    id: Option<Word<'a>>,
    made: Option<StampWire<'a>>,
    revised: Option<StampWire<'a>>,
    version: Option<VersionWire>,
    conflict: Option<Vec<&'a RawValue>>,
    unknown: Members<'a>,
}

/// The JSON object of a kind of record.
trait Wire<'a>: serde::Deserialize<'a> {
    type Content;

    /// The members that every record may have, taken out.
    fn common(&mut self) -> Common<'a>;

    /// The record's content; nested members that we do not understand go to `unknown`.
    fn content(
        self,
        id: &str,
        around: &Around<'_>,
        unknown: &mut Unknown,
    ) -> Result<Self::Content, Reason>;
}

/// Declares the JSON object of a record: its own members and the common ones.
macro_rules! record {
    ($name:ident needs { $($needs:tt)* } may { $($may:tt)* } $content:ident by $function:ident) => {
        wire! {
            $name
            needs { $($needs)* }
            may {
                $($may)*
                id "id": Word<'a>, made "made": StampWire<'a>, revised "revised": StampWire<'a>,
                version "version": VersionWire, conflict "conflict": Vec<&'a RawValue>,
            }
        }

        impl<'a> Wire<'a> for $name<'a> {
            type Content = $content;

            fn common(&mut self) -> Common<'a> {
                Common {
                    id: self.id.take(),
                    made: self.made.take(),
                    revised: self.revised.take(),
                    version: self.version.take(),
                    conflict: self.conflict.take(),
                    unknown: std::mem::take(&mut self.unknown),
                }
            }

            fn content(self, id: &str, around: &Around<'_>, unknown: &mut Unknown) -> Result<$content, Reason> {
                $function(self, id, around, unknown)
            }
        }
    };
}

record! {
    DocumentWire
    needs { title "title": Word<'a>, text "text": Words<'a> }
    may {
        language "language": Word<'a>, meta "meta": Members<'a>, source "source": SourceWire<'a>,
        digest "digest": Word<'a>, order "order": i64,
    }
    Document by document
}
wire! {
    SourceWire
    needs { name "name": Word<'a>, encoding "encoding": Word<'a>, digest "digest": Word<'a> }
    may {}
}
record! {
    EntityWire
    needs { layer "layer": Word<'a>, name "name": Word<'a> }
    may { aliases "aliases": Vec<Word<'a>>, code "code": Word<'a>, features "features": Members<'a>, }
    Entity by entity
}
record! {
    AnnotationWire
    needs {
        document "document": Word<'a>, layer "layer": Word<'a>, start "start": Count, end "end": Count,
        quote "quote": Word<'a>
    }
    may {
        code "code": Word<'a>, fragments "fragments": Vec<FragmentWire<'a>>,
        entity "entity": Word<'a>, features "features": Members<'a>,
    }
    Annotation by annotation
}
wire! { FragmentWire needs { start "start": Count, end "end": Count, quote "quote": Word<'a> } may {} }
record! {
    LinkWire
    needs { relation "relation": Word<'a>, from "from": &'a RawValue, to "to": &'a RawValue }
    may { features "features": Members<'a>, }
    Relation by link
}
record! {
    NoteWire needs { target "target": Members<'a>, text "text": Word<'a> } may {} Note by note
}
record! {
    CommentWire
    needs { target "target": Members<'a>, thread "thread": Word<'a>, text "text": Word<'a> }
    may { resolved "resolved": bool, }
    Comment by comment
}
record! {
    DecisionWire
    needs { guest "guest": GuestWire<'a>, class "class": Word<'a>, verdict "verdict": Word<'a> }
    may {
        ours "ours": StatedWire<'a>, theirs "theirs": StatedWire<'a>,
        our_record "our_record": StatedRecordWire<'a>, their_record "their_record": StatedRecordWire<'a>,
        remark "remark": Word<'a>, answer "answer": AnswerWire<'a>,
    }
    Decision by decision
}
wire! {
    TombstoneWire
    needs { id "id": Word<'a>, kind "kind": Word<'a> }
    may { version "version": VersionWire, merged_into "merged_into": Word<'a> }
}

/// Reads a record. What it leads to by bare id is looked up in `around`, and so are the texts of annotations.
pub(in crate::formats) fn decode(
    section: Section,
    json: &str,
    around: &Around<'_>,
) -> Result<AnyRecord, Reason> {
    Ok(match section {
        Section::Documents => AnyRecord::Document(read::<DocumentWire<'_>>(json, around)?),
        Section::Entities => AnyRecord::Entity(read::<EntityWire<'_>>(json, around)?),
        Section::Annotations => AnyRecord::Annotation(read::<AnnotationWire<'_>>(json, around)?),
        Section::Links => AnyRecord::Relation(read::<LinkWire<'_>>(json, around)?),
        Section::Notes => AnyRecord::Note(read::<NoteWire<'_>>(json, around)?),
        Section::Comments => AnyRecord::Comment(read::<CommentWire<'_>>(json, around)?),
        Section::Decisions => AnyRecord::Decision(read::<DecisionWire<'_>>(json, around)?),
    })
}

/// Reads a decision of a review.
pub(in crate::formats) fn decode_decision(
    json: &str,
    around: &Around<'_>,
) -> Result<Arc<Record<Decision>>, Reason> {
    read::<DecisionWire<'_>>(json, around)
}

/// Reads a comment of a review.
pub(in crate::formats) fn decode_comment(
    json: &str,
    around: &Around<'_>,
) -> Result<Arc<Record<Comment>>, Reason> {
    read::<CommentWire<'_>>(json, around)
}

/// Reads what is left of an erased record.
pub(in crate::formats) fn decode_tombstone(json: &str) -> Result<Tombstone, Reason> {
    let wire: TombstoneWire<'_> = parse(json).map_err(|wrong| wrong.to_string())?;
    let of_kind = |id: &Word<'_>| {
        fit_for_an_id(id)?;
        let known = RecordId::of_kind(&wire.kind, id);
        known.ok_or_else(|| format!("there is no kind of record called “{}”", &*wire.kind))
    };
    Ok(Tombstone {
        id: of_kind(&wire.id)?,
        merged_into: wire.merged_into.as_ref().map(of_kind).transpose()?,
        version: wire.version.map(|version| version.0).unwrap_or_default(),
        unknown: wire.unknown.unknown(),
    })
}

fn read<'a, W: Wire<'a>>(
    json: &'a str,
    around: &Around<'_>,
) -> Result<Arc<Record<W::Content>>, Reason> {
    record::<W>(json, around, None).map(Arc::new)
}

/// Reads a record, or a side of the conflict of the record `side_of`.
fn record<'a, W: Wire<'a>>(
    json: &'a str,
    around: &Around<'_>,
    side_of: Option<&str>,
) -> Result<Record<W::Content>, Reason> {
    let mut wire: W = parse(json).map_err(|wrong| wrong.to_string())?;
    let common = wire.common();
    let id = match (&common.id, side_of) {
        (Some(id), None) => &**id,
        (None, Some(of)) => of,
        (Some(id), Some(of)) if **id == *of => of,
        (Some(_), Some(_)) => return Err("a side of its conflict is of another record".to_owned()),
        (None, None) => return Err("the member “id” is missing".to_owned()),
    };
    fit_for_an_id(id)?;
    if side_of.is_some() && common.conflict.is_some() {
        return Err("a side of its conflict has a conflict of its own".to_owned());
    }
    let mut unknown = common.unknown.unknown();
    let value = wire.content(id, around, &mut unknown)?;
    let sides = common.conflict.into_iter().flatten();
    let conflict = sides
        .map(|side| record::<W>(side.get(), around, Some(id)))
        .collect::<Result<_, _>>()
        .map_err(|reason| format!("in its conflict: {reason}"))?;
    let mut signed =
        |wire, within| stamp(wire, &mut around.signers.borrow_mut(), within, &mut unknown);
    let made = common.made.map(|wire| signed(wire, "made/"));
    let revised = common.revised.map(|wire| Box::new(signed(wire, "revised/")));
    Ok(Record {
        value,
        made,
        revised,
        version: common.version.map(|version| version.0).unwrap_or_default(),
        conflict,
        unknown,
    })
}

pub(in crate::formats) fn fit_for_an_id(id: &str) -> Result<(), Reason> {
    let fit = (1..=200).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    if fit {
        Ok(())
    } else {
        Err(format!("“{id}” is no id: 1 to 200 ASCII letters, digits and signs"))
    }
}

fn document(
    wire: DocumentWire<'_>,
    id: &str,
    around: &Around<'_>,
    unknown: &mut Unknown,
) -> Result<Document, Reason> {
    let text = wire.text.into_word();
    if text.len() > MAX_TEXT_BYTES {
        return Err(format!(
            "the text holds {} bytes, more than the 256 MB it may have",
            text.len()
        ));
    }
    let text = Text::new(text.into_boxed());
    let stated = wire.digest.filter(|digest| digest.strip_prefix("sha256:") != Some(text.digest()));
    Ok(Document {
        id: DocumentId::new(id),
        title: wire.title.small(),
        language: wire.language.map(|word| word.small()).unwrap_or_default(),
        meta: features(wire.meta, &around.project.codebook.document_features),
        source: wire.source.map(|source| {
            source.unknown.keep("source/", unknown);
            Source {
                name: source.name.small(),
                encoding: source.encoding.small(),
                digest: source.digest.small(),
            }
        }),
        order: wire.order.unwrap_or_default(),
        text,
        stated_digest: stated.map(|digest| digest.small()),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "all kinds of records are read alike")]
fn entity(
    wire: EntityWire<'_>,
    id: &str,
    around: &Around<'_>,
    _unknown: &mut Unknown,
) -> Result<Entity, Reason> {
    let layer = LayerId::new(wire.layer.small());
    let rules = around.project.codebook.layer(&layer);
    Ok(Entity {
        id: EntityId::new(id),
        name: wire.name.small(),
        aliases: wire.aliases.into_iter().flatten().map(|alias| alias.small()).collect(),
        code: wire.code.map(|code| CodeId::new(code.small())),
        features: features(wire.features, rules.map_or(&[], |layer| &layer.entity_features)),
        layer,
    })
}

fn annotation(
    wire: AnnotationWire<'_>,
    id: &str,
    around: &Around<'_>,
    unknown: &mut Unknown,
) -> Result<Annotation, Reason> {
    // Whether it is an orphan is seen by its words.
    unknown.0.retain(|(name, _)| name != "orphan");
    let document = DocumentId::new(wire.document.small());
    let Some(sheet) = around.project.sheet(&document) else {
        return Err(Refusal::Missing(RecordId::Document(document)).to_string());
    };
    let layer = LayerId::new(wire.layer.small());
    let rules: &[Feature] =
        around.project.codebook.layer(&layer).map_or(&[], |layer| &layer.features);
    let hull = Quoted { start: wire.start.0, end: wire.end.0, quote: wire.quote };
    Ok(Annotation {
        id: AnnotationId::new(id),
        place: place(sheet.document(), hull, wire.fragments, unknown)?,
        document,
        layer,
        code: wire.code.map(|code| CodeId::new(code.small())),
        entity: wire.entity.map(|entity| EntityId::new(entity.small())),
        features: features(wire.features, rules),
    })
}

/// A span in code points and the words that stood there.
struct Quoted<'a> {
    start: u32,
    end: u32,
    quote: Word<'a>,
}

/// Where the words are, if they are still there.
fn place(
    document: &Document,
    hull: Quoted<'_>,
    fragments: Option<Vec<FragmentWire<'_>>>,
    unknown: &mut Unknown,
) -> Result<Place, Reason> {
    let whole = span(document, hull.start, hull.end)?;
    let mut there = document.text.slice(whole) == &*hull.quote;
    if there && fragments.is_none() {
        return Ok(Place::Anchored(Fragments::one(whole)));
    }
    let mut quotes = vec![hull.quote];
    let last = match fragments {
        None => Fragments::one(whole),
        Some(wires) => {
            let mut spans = Vec::with_capacity(wires.len());
            for (at, wire) in wires.into_iter().enumerate() {
                if !wire.unknown.0.is_empty() {
                    wire.unknown.keep(&format!("fragments/{at}/"), unknown);
                }
                let span = span(document, wire.start.0, wire.end.0)?;
                there &= document.text.slice(span) == &*wire.quote;
                spans.push(span);
                quotes.push(wire.quote);
            }
            let several = Fragments::exactly(spans).filter(Fragments::is_discontinuous);
            several.filter(|several| several.hull() == whole).ok_or(
                "its fragments must be two or more, ascend without overlap, and reach from start to end",
            )?
        }
    };
    Ok(if there {
        Place::Anchored(last)
    } else {
        let quotes = quotes.into_iter().map(Word::into_boxed).collect();
        Place::Orphan(Box::new(Orphan { last, quotes }))
    })
}

fn span(document: &Document, start: u32, end: u32) -> Result<Span, Reason> {
    if start >= end {
        return Err(format!("the span {start}–{end} covers nothing"));
    }
    let text = &document.text;
    let span = text
        .at_code_point(start)
        .zip(text.at_code_point(end))
        .and_then(|(start, end)| Span::between(start, end));
    span.ok_or_else(|| {
        let (document, length) = (document.id.clone(), text.len_code_points());
        Refusal::SpanOutsideText { document, start, end, length }.to_string()
    })
}

fn link(
    wire: LinkWire<'_>,
    id: &str,
    around: &Around<'_>,
    _unknown: &mut Unknown,
) -> Result<Relation, Reason> {
    let one = |raw: &RawValue, name| match Word::of(raw) {
        Some(id) => Ok(around.end_called(&id)),
        None => end(raw.get()).ok_or_else(|| format!("{name}: expected an id")),
    };
    let (mut from, mut to) = (one(wire.from, "from")?, one(wire.to, "to")?);
    let kind = RelationKindId::new(wire.relation.small());
    let rules = around.project.codebook.relation(&kind);
    if rules.is_some_and(|rules| rules.symmetric) && to.as_str() < from.as_str() {
        std::mem::swap(&mut from, &mut to);
    }
    Ok(Relation {
        id: RelationId::new(id),
        features: features(wire.features, rules.map_or(&[], |rules| &rules.features)),
        kind,
        from,
        to,
    })
}

fn note(
    wire: NoteWire<'_>,
    id: &str,
    _around: &Around<'_>,
    unknown: &mut Unknown,
) -> Result<Note, Reason> {
    let target = target(wire.target, unknown)?;
    Ok(Note { id: NoteId::new(id), target, text: wire.text.small() })
}

fn comment(
    wire: CommentWire<'_>,
    id: &str,
    _around: &Around<'_>,
    unknown: &mut Unknown,
) -> Result<Comment, Reason> {
    Ok(Comment {
        id: CommentId::new(id),
        target: target(wire.target, unknown)?,
        thread: CommentId::new(wire.thread.small()),
        text: wire.text.small(),
        resolved: wire.resolved.unwrap_or_default(),
    })
}

/// What a remark is about: `{"annotation":id}` and the like, one kind only.
fn target(members: Members<'_>, unknown: &mut Unknown) -> Result<RecordId, Reason> {
    let mut found = None;
    let mut others = Members::default();
    for (kind, raw) in members.0 {
        let id = parse::<Word<'_>>(raw.get()).ok().and_then(|id| RecordId::of_kind(&kind, &id));
        match (id, &found) {
            (Some(id), None) => found = Some(id),
            (Some(_), Some(_)) => return Err("target: it names more than one record".to_owned()),
            (None, _) => others.0.push((kind, raw)),
        }
    }
    others.keep("target/", unknown);
    found.ok_or_else(|| "target: expected the kind and id of a record".to_owned())
}

fn decision(
    wire: DecisionWire<'_>,
    id: &str,
    around: &Around<'_>,
    unknown: &mut Unknown,
) -> Result<Decision, Reason> {
    let DecisionWire { guest, class, verdict, ours, theirs, .. } = wire;
    let DecisionWire { our_record, their_record, remark, answer, .. } = wire;
    let parts =
        Parts { guest, class, verdict, ours, theirs, our_record, their_record, remark, answer };
    parts.decision(id, around, unknown)
}
