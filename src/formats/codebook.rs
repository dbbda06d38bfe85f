//! The codebook's JSON: layers, codes, features, kinds of relations, read and written.
//!
//! A codebook that cannot be understood makes the whole file unreadable, since every record is read by it; the error
//! names the member. What a newer version added is kept where it stood.

use crate::formats::object::{Object, lines, list, number};
use crate::formats::raw::{Count, Exact, Word, Wrong, parse, wire};
use crate::model::{
    Choice, Code, CodeId, Codebook, Condition, Feature, FeatureId, FeatureKind, Layer, LayerId,
    LinePattern, RelationKind, RelationKindId,
};
use serde_json::value::RawValue;
use smol_str::{SmolStr, ToSmolStr as _};
use std::collections::BTreeSet;

wire! {
    CodebookWire
    needs { id "id": Word<'a>, layers "layers": Vec<LayerWire<'a>> }
    may {
        version "version": Count, name "name": Word<'a>, language "language": Word<'a>,
        relations "relations": Vec<RelationWire<'a>>, document "document": DocumentWire<'a>,
    }
}
wire! { DocumentWire needs {} may { features "features": Vec<FeatureWire<'a>> } }
wire! {
    LayerWire
    needs { id "id": Word<'a>, name "name": Word<'a>, key "key": Letter }
    may {
        plural "plural": Word<'a>, color "color": Word<'a>, line "line": Pattern,
        entity "entity": Word<'a>, entities "entities": Word<'a>,
        entity_codes "entity_codes": bool, codes "codes": Vec<CodeWire<'a>>,
        features "features": Vec<FeatureWire<'a>>, entity_features "entity_features": Vec<FeatureWire<'a>>,
    }
}
wire! {
    CodeWire
    needs { id "id": Word<'a>, name "name": Word<'a> }
    may {
        digit "digit": Digit, group "group": Word<'a>, score "score": Exact,
        definition "definition": Word<'a>, example "example": Word<'a>,
    }
}
wire! {
    FeatureWire
    needs { id "id": Word<'a>, name "name": Word<'a>, kind "type": Kind }
    may {
        values "values": Vec<ChoiceWire<'a>>, many "many": bool, open "open": bool, of "of": Vec<Word<'a>>,
        definition "definition": Word<'a>, default "default": Word<'a>, when "when": &'a RawValue,
    }
}
wire! {
    ChoiceWire
    needs { id "id": Word<'a>, name "name": Word<'a> }
    may {
        symbol "symbol": Word<'a>, key "key": Letter, definition "definition": Word<'a>,
        codes "codes": Vec<Word<'a>>,
    }
}
wire! {
    RelationWire
    needs { id "id": Word<'a>, name "name": Word<'a>, from "from": Vec<Word<'a>>, to "to": Vec<Word<'a>> }
    may {
        inverse "inverse": Word<'a>, default "default": bool, symmetric "symmetric": bool,
        definition "definition": Word<'a>, features "features": Vec<FeatureWire<'a>>,
    }
}
wire! {
    ConditionWire
    needs {}
    may { code "code": Vec<Word<'a>>, feature "feature": Word<'a>, is "is": Vec<Word<'a>> }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Text,
    Number,
    YesNo,
    Choice,
    Choices,
    Date,
    Place,
    Reference,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Pattern {
    Solid,
    Dashed,
    Dotted,
}

/// A single character.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Letter(char);

/// 0 to 9.
struct Digit(u8);

impl<'de> serde::Deserialize<'de> for Digit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Count::deserialize(deserializer)? {
            Count(digit @ 0..=9) => Ok(Self(digit as u8)),
            Count(_) => Err(serde::de::Error::custom("a digit is from 0 to 9")),
        }
    }
}

/// Reads a codebook.
pub(in crate::formats) fn read(json: &str) -> Result<Codebook, Wrong> {
    let wire: CodebookWire<'_> = parse(json)?;
    let mut unknown = wire.unknown.unknown();
    let name = wire.name.as_ref().map_or_else(|| wire.id.small(), Word::small);
    let document_features = wire.document.map_or_else(Vec::new, |document| {
        document.unknown.keep("document/", &mut unknown);
        features(document.features)
    });
    let codebook = Codebook {
        id: wire.id.small(),
        version: wire.version.map_or(1, |count| count.0),
        name,
        language: small(wire.language),
        layers: wire.layers.into_iter().map(layer).collect(),
        relations: wire.relations.into_iter().flatten().map(relation).collect(),
        document_features,
        unknown,
    };
    match repeated_name(&codebook) {
        None => Ok(codebook),
        Some((path, what)) => Err(Wrong { cut: false, line: 1, column: 1, path, what }),
    }
}

fn layer(wire: LayerWire<'_>) -> Layer {
    let entity = wire.entity.map(|one| {
        let several = wire.entities.as_ref().map_or_else(|| one.small(), Word::small);
        (one.small(), several)
    });
    Layer {
        id: LayerId::new(wire.id.small()),
        plural: wire.plural.as_ref().map_or_else(|| wire.name.small(), Word::small),
        name: wire.name.small(),
        key: wire.key.0,
        color: small(wire.color),
        line: match wire.line {
            None | Some(Pattern::Solid) => LinePattern::Solid,
            Some(Pattern::Dashed) => LinePattern::Dashed,
            Some(Pattern::Dotted) => LinePattern::Dotted,
        },
        entity,
        entity_codes: wire.entity_codes.unwrap_or(true),
        codes: wire.codes.into_iter().flatten().map(code).collect(),
        features: features(wire.features),
        entity_features: features(wire.entity_features),
        unknown: wire.unknown.unknown(),
    }
}

fn code(wire: CodeWire<'_>) -> Code {
    Code {
        id: CodeId::new(wire.id.small()),
        name: wire.name.small(),
        digit: wire.digit.map(|digit| digit.0),
        group: small(wire.group),
        score: wire.score.map(|score| score.0),
        definition: small(wire.definition),
        example: small(wire.example),
        unknown: wire.unknown.unknown(),
    }
}

fn relation(wire: RelationWire<'_>) -> RelationKind {
    let layers =
        |words: Vec<Word<'_>>| words.iter().map(|word| LayerId::new(word.small())).collect();
    RelationKind {
        id: RelationKindId::new(wire.id.small()),
        name: wire.name.small(),
        inverse: small(wire.inverse),
        from: layers(wire.from),
        to: layers(wire.to),
        default: wire.default.unwrap_or_default(),
        symmetric: wire.symmetric.unwrap_or_default(),
        definition: small(wire.definition),
        features: features(wire.features),
        unknown: wire.unknown.unknown(),
    }
}

fn features(wires: Option<Vec<FeatureWire<'_>>>) -> Vec<Feature> {
    wires.into_iter().flatten().map(feature).collect()
}

fn feature(wire: FeatureWire<'_>) -> Feature {
    let mut unknown = wire.unknown.unknown();
    let when = wire.when.and_then(|raw| {
        let known = condition(raw);
        if known.is_none() {
            unknown.0.push(("when".into(), raw.get().into()));
        }
        known
    });
    let (many, open) = (wire.many.unwrap_or_default(), wire.open.unwrap_or_default());
    let values = || wire.values.into_iter().flatten().map(choice).collect();
    let kind = match wire.kind {
        Kind::Text => FeatureKind::Text { many },
        Kind::Number => FeatureKind::Number,
        Kind::YesNo => FeatureKind::YesNo,
        Kind::Choice => FeatureKind::Choice { values: values(), many: false, open },
        Kind::Choices => FeatureKind::Choice { values: values(), many: true, open },
        Kind::Date => FeatureKind::Date,
        Kind::Place => FeatureKind::Place,
        Kind::Reference => FeatureKind::Reference {
            of: wire.of.into_iter().flatten().map(|word| LayerId::new(word.small())).collect(),
        },
    };
    Feature {
        id: FeatureId::new(wire.id.small()),
        name: wire.name.small(),
        kind,
        definition: small(wire.definition),
        default: wire.default.map(|word| word.small()),
        when,
        unknown,
    }
}

/// The condition, if it is one that we know; a newer kind is kept as it is and the feature always asked for.
fn condition(raw: &RawValue) -> Option<Condition> {
    let wire: ConditionWire<'_> = parse(raw.get()).ok()?;
    if !wire.unknown.0.is_empty() {
        return None;
    }
    match (wire.code, wire.feature, wire.is) {
        (Some(codes), None, None) => {
            Some(Condition::Code(codes.iter().map(|code| CodeId::new(code.small())).collect()))
        }
        (None, Some(feature), Some(is)) => Some(Condition::Feature {
            feature: FeatureId::new(feature.small()),
            is: is.iter().map(Word::small).collect(),
        }),
        _ => None,
    }
}

fn choice(wire: ChoiceWire<'_>) -> Choice {
    Choice {
        id: wire.id.small(),
        name: wire.name.small(),
        symbol: small(wire.symbol),
        key: wire.key.map(|key| key.0),
        definition: small(wire.definition),
        codes: wire.codes.into_iter().flatten().map(|code| CodeId::new(code.small())).collect(),
        unknown: wire.unknown.unknown(),
    }
}

fn small(word: Option<Word<'_>>) -> SmolStr {
    word.map(|word| word.small()).unwrap_or_default()
}

/// An id that two entries of one list have, as path and words: what a record means would be a matter of order.
fn repeated_name(codebook: &Codebook) -> Option<(String, String)> {
    let layers = codebook.layers.iter().map(|layer| layer.id.as_str());
    let relations = codebook.relations.iter().map(|kind| kind.id.as_str());
    let lists = codebook.layers.iter().enumerate().flat_map(|(at, layer)| {
        let codes: Vec<&str> = layer.codes.iter().map(|code| code.id.as_str()).collect();
        [
            (format!("layers[{at}].codes"), codes),
            (format!("layers[{at}].features"), ids(&layer.features)),
            (format!("layers[{at}].entity_features"), ids(&layer.entity_features)),
        ]
    });
    let of_relations = codebook.relations.iter().enumerate();
    [("layers".to_owned(), layers.collect()), ("relations".to_owned(), relations.collect())]
        .into_iter()
        .chain(lists)
        .chain(
            of_relations
                .map(|(at, kind)| (format!("relations[{at}].features"), ids(&kind.features))),
        )
        .chain([("document.features".to_owned(), ids(&codebook.document_features))])
        .find_map(|(path, ids)| {
            let mut seen = BTreeSet::new();
            let twice = ids.into_iter().find(|id| id.is_empty() || !seen.insert(*id))?;
            Some((path, format!("the id “{twice}” is empty or comes twice")))
        })
}

fn ids(features: &[Feature]) -> Vec<&str> {
    features.iter().map(|feature| feature.id.as_str()).collect()
}

/// Writes a codebook, each layer and each relation on a line of its own.
pub(in crate::formats) fn write(out: &mut Vec<u8>, codebook: &Codebook) {
    let mut object = Object::open(out);
    object.text("id", &codebook.id);
    object.raw("version", codebook.version);
    object.text("name", &codebook.name);
    object.words("language", &codebook.language);
    lines(object.key("layers"), " ", &codebook.layers, write_layer);
    lines(object.key("relations"), " ", &codebook.relations, write_relation);
    let mut document = Object::open(object.key("document"));
    list(document.key("features"), &codebook.document_features, write_feature);
    document.unknown_within("document/", &codebook.unknown);
    document.close();
    object.unknown(&codebook.unknown);
    object.close();
}

fn write_layer(out: &mut Vec<u8>, layer: &Layer) {
    let mut object = Object::open(out);
    object.text("id", layer.id.as_str());
    object.text("name", &layer.name);
    object.text("plural", &layer.plural);
    object.text("key", &layer.key.to_smolstr());
    object.words("color", &layer.color);
    object.text(
        "line",
        match layer.line {
            LinePattern::Solid => "solid",
            LinePattern::Dashed => "dashed",
            LinePattern::Dotted => "dotted",
        },
    );
    if let Some((one, several)) = &layer.entity {
        object.text("entity", one);
        object.text("entities", several);
    }
    if !layer.entity_codes {
        object.raw("entity_codes", false);
    }
    list(object.key("codes"), &layer.codes, write_code);
    list(object.key("features"), &layer.features, write_feature);
    some_features(&mut object, "entity_features", &layer.entity_features);
    object.unknown(&layer.unknown);
    object.close();
}

fn write_code(out: &mut Vec<u8>, code: &Code) {
    let mut object = Object::open(out);
    object.text("id", code.id.as_str());
    object.text("name", &code.name);
    if let Some(digit) = code.digit {
        object.raw("digit", digit);
    }
    object.words("group", &code.group);
    if let Some(score) = code.score {
        number(object.key("score"), score);
    }
    object.words("definition", &code.definition);
    object.words("example", &code.example);
    object.unknown(&code.unknown);
    object.close();
}

fn write_relation(out: &mut Vec<u8>, kind: &RelationKind) {
    let mut object = Object::open(out);
    object.text("id", kind.id.as_str());
    object.text("name", &kind.name);
    object.words("inverse", &kind.inverse);
    object.texts("from", kind.from.iter().map(LayerId::as_str));
    object.texts("to", kind.to.iter().map(LayerId::as_str));
    object.flag("default", kind.default);
    object.flag("symmetric", kind.symmetric);
    object.words("definition", &kind.definition);
    some_features(&mut object, "features", &kind.features);
    object.unknown(&kind.unknown);
    object.close();
}

fn some_features(object: &mut Object<'_>, name: &str, features: &[Feature]) {
    if !features.is_empty() {
        list(object.key(name), features, write_feature);
    }
}

fn write_feature(out: &mut Vec<u8>, feature: &Feature) {
    let mut object = Object::open(out);
    object.text("id", feature.id.as_str());
    object.text("name", &feature.name);
    object.text("type", type_word(&feature.kind));
    match &feature.kind {
        FeatureKind::Text { many } => object.flag("many", *many),
        FeatureKind::Choice { values, open, .. } => {
            if !values.is_empty() {
                list(object.key("values"), values, write_choice);
            }
            object.flag("open", *open);
        }
        FeatureKind::Reference { of } => object.some_texts("of", of.iter().map(LayerId::as_str)),
        FeatureKind::Number | FeatureKind::YesNo | FeatureKind::Date | FeatureKind::Place => {}
    }
    object.words("definition", &feature.definition);
    if let Some(default) = &feature.default {
        object.text("default", default);
    }
    if let Some(when) = &feature.when {
        let mut condition = Object::open(object.key("when"));
        match when {
            Condition::Code(codes) => condition.texts("code", codes.iter().map(CodeId::as_str)),
            Condition::Feature { feature, is } => {
                condition.text("feature", feature.as_str());
                condition.texts("is", is.iter().map(SmolStr::as_str));
            }
        }
        condition.close();
    }
    object.unknown(&feature.unknown);
    object.close();
}

fn type_word(kind: &FeatureKind) -> &'static str {
    match kind {
        FeatureKind::Text { .. } => "text",
        FeatureKind::Number => "number",
        FeatureKind::YesNo => "yes-no",
        FeatureKind::Choice { many: false, .. } => "choice",
        FeatureKind::Choice { many: true, .. } => "choices",
        FeatureKind::Date => "date",
        FeatureKind::Place => "place",
        FeatureKind::Reference { .. } => "reference",
    }
}

fn write_choice(out: &mut Vec<u8>, choice: &Choice) {
    let mut object = Object::open(out);
    object.text("id", &choice.id);
    object.text("name", &choice.name);
    object.words("symbol", &choice.symbol);
    if let Some(key) = choice.key {
        object.text("key", &key.to_smolstr());
    }
    object.words("definition", &choice.definition);
    object.some_texts("codes", choice.codes.iter().map(CodeId::as_str));
    object.unknown(&choice.unknown);
    object.close();
}
