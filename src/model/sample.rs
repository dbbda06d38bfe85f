//! A small codebook and project for tests.

use crate::model::*;
use crate::text::{Offset, Span, Text};
use std::sync::Arc;

/// Layers actor and claim with one code each, a choice and a number, and two kinds of relations.
pub(crate) fn codebook() -> Codebook {
    let layer = |id: &str, key, code: &str| Layer {
        id: LayerId::new(id),
        name: id.into(),
        plural: format!("{id}s").into(),
        key,
        color: id.into(),
        line: LinePattern::Solid,
        entity: Some((id.into(), format!("{id}s").into())),
        codes: vec![Code {
            id: CodeId::new(code),
            name: code.into(),
            digit: Some(1),
            group: "".into(),
            score: None,
            definition: "".into(),
            example: "".into(),
            unknown: Unknown::default(),
        }],
        features: vec![Feature {
            id: FeatureId::new("weight"),
            name: "Weight".into(),
            kind: FeatureKind::Number,
            definition: "".into(),
            default: None,
            when: None,
            unknown: Unknown::default(),
        }],
        entity_codes: true,
        entity_features: Vec::new(),
        unknown: Unknown::default(),
    };
    let kind = |id: &str, from: &str, to: &str, symmetric| RelationKind {
        id: RelationKindId::new(id),
        name: id.into(),
        inverse: id.into(),
        from: vec![LayerId::new(from)],
        to: vec![LayerId::new(to)],
        default: true,
        symmetric,
        definition: "".into(),
        features: Vec::new(),
        unknown: Unknown::default(),
    };
    Codebook {
        id: "test".into(),
        version: 1,
        name: "Test".into(),
        layers: vec![layer("actor", 'A', "actor.person"), layer("claim", 'C', "claim.promise")],
        relations: vec![
            kind("claims", "actor", "claim", false),
            kind("allied", "actor", "actor", true),
        ],
        ..Codebook::default()
    }
}

/// A project with one document, `d_1`, in two scripts.
pub(crate) fn project() -> Project {
    let empty = Project::new(ProjectId::new("p_1"), Arc::new(codebook()));
    apply(&empty, &Edit::Document(DocumentEdit::Add(document("d_1"))), &signature("x")).unwrap()
}

pub(crate) fn document(id: &str) -> Document {
    Document {
        id: DocumentId::new(id),
        title: "Two scripts".into(),
        language: "en".into(),
        meta: Features::new(),
        source: None,
        order: 0,
        text: Text::new("The minister said no. Министр сказал нет.\nThe guest left 😀 early."),
        stated_digest: None,
    }
}

pub(crate) fn signature(hand: &str) -> Signature {
    Signature {
        hand: Hand::new(hand),
        stamp: Stamp::new(Annotator::new("Anna"), "2026-11-23T16:58:00Z".parse().unwrap(), "test"),
    }
}

/// An annotation in `d_1` on the bytes `start..end`.
pub(crate) fn annotation(id: &str, layer: &str, start: u32, end: u32) -> Annotation {
    Annotation {
        id: AnnotationId::new(id),
        document: DocumentId::new("d_1"),
        layer: LayerId::new(layer),
        code: None,
        place: Place::Anchored(Fragments::one(Span::between(Offset(start), Offset(end)).unwrap())),
        entity: None,
        features: Features::new(),
    }
}

/// A decision about an annotation that only we have.
pub(crate) fn decision(about: &Annotation) -> Decision {
    Decision {
        id: DecisionId::new("r_1"),
        guest: GuestName { project: ProjectId::new("p_2"), name: "Jonas".into() },
        class: "only_ours".into(),
        ours: Some(Box::new(Stated {
            id: about.id.clone(),
            document: about.document.clone(),
            layer: about.layer.clone(),
            code: about.code.clone(),
            spans: vec![(4, 12)],
            quote: "minister".into(),
            entity: None,
            features: about.features.clone(),
            links: Vec::new(),
            by: None,
            unknown: Unknown::default(),
        })),
        theirs: None,
        verdict: Verdict::Mine,
        remark: "".into(),
        records: None,
        answer: None,
    }
}

pub(crate) fn relation(id: &str, kind: &str, from: &str, to: &str) -> Relation {
    Relation {
        id: RelationId::new(id),
        kind: RelationKindId::new(kind),
        from: End::Annotation(AnnotationId::new(from)),
        to: End::Annotation(AnnotationId::new(to)),
        features: Features::new(),
    }
}
