//! Values of features and the things that every record has: stamps, versions, targets, ends.
//!
//! A value that its feature does not allow is kept as JSON text ([`Value::Foreign`]) and is no reason to refuse.

use crate::formats::object::{Object, list, number, string};
use crate::formats::raw::{Count, Exact, Members, Word, exact, parse, twice, wire};
use crate::model::{
    AnnotationId, End, EntityId, Feature, FeatureId, Features, Hand, Location, Signers, Stamp,
    Unknown, Value, Version, feature,
};
use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use smol_str::SmolStr;

wire! { StampWire needs { by "by": Word<'a>, at "at": Time } may { via "via": Word<'a> } }
wire! {
    PlaceWire
    needs { name "name": Word<'a> }
    may { country "country": Word<'a>, geonames "geonames": u64, lat "lat": Exact, lon "lon": Exact }
}
wire! { EndWire needs {} may { annotation "annotation": Word<'a>, entity "entity": Word<'a> } }

/// A moment in RFC 3339.
pub(in crate::formats) struct Time(Timestamp);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Word::deserialize(deserializer)?;
        let wrong =
            |_| D::Error::custom(format!("“{}” is no time such as 2026-11-23T16:58:00Z", &*word));
        word.parse().map(Self).map_err(wrong)
    }
}

/// A record's version: hands and counts.
pub(in crate::formats) struct VersionWire(pub(in crate::formats) Version);

struct Counts;

impl<'de> Visitor<'de> for Counts {
    type Value = VersionWire;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<VersionWire, A::Error> {
        let mut version = Version::default();
        while let Some(name) = map.next_key::<Word<'de>>()? {
            let hand = Hand::new(name.small());
            if version.entries().any(|(other, _)| *other == hand) {
                return Err(twice(&name));
            }
            let Count(count) = map.next_value()?;
            version = version.with(&hand, count);
        }
        Ok(VersionWire(version))
    }
}

impl<'de> Deserialize<'de> for VersionWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Counts)
    }
}

/// The stamp; members of it that we do not understand go to the record's, behind `within`.
pub(in crate::formats) fn stamp(
    wire: StampWire<'_>,
    signers: &mut Signers,
    within: &str,
    unknown: &mut Unknown,
) -> Stamp {
    wire.unknown.keep(within, unknown);
    signers.stamp(&wire.by, wire.at.0, wire.via.as_deref().unwrap_or_default())
}

/// The features of a record by their rules.
pub(in crate::formats) fn features(members: Option<Members<'_>>, rules: &[Feature]) -> Features {
    let members = members.into_iter().flat_map(|members| members.0);
    members
        .map(|(name, raw)| {
            let id = FeatureId::new(name.small());
            let known = feature(rules, &id)
                .and_then(|rules| value(rules, raw).filter(|value| rules.accepts(value)));
            let value = known.unwrap_or_else(|| Value::Foreign(raw.get().into()));
            (id, value)
        })
        .collect()
}

fn value(rules: &Feature, json: &RawValue) -> Option<Value> {
    use crate::model::FeatureKind as Kind;
    let raw = json.get();
    let word = || Word::of(json);
    Some(match rules.kind {
        Kind::Text { many: false } => Value::Text(word()?.small()),
        Kind::Choice { many: false, .. } => Value::Choice(word()?.small()),
        Kind::Text { many: true } | Kind::Choice { many: true, .. } => {
            let words: Vec<Word<'_>> = parse(raw).ok()?;
            Value::Several(words.iter().map(Word::small).collect())
        }
        Kind::Number => Value::Number(exact(raw)?),
        Kind::YesNo => Value::YesNo(parse(raw).ok()?),
        Kind::Date => Value::Date(word()?.parse().ok()?),
        Kind::Place => Value::Place(Box::new(location(raw)?)),
        Kind::Reference { .. } => Value::Reference(end(raw)?),
    })
}

fn location(raw: &str) -> Option<Location> {
    let wire: PlaceWire<'_> = parse(raw).ok()?;
    let position = match (wire.lat, wire.lon) {
        (None, None) => None,
        (Some(lat), Some(lon)) => Some((lat.0, lon.0)),
        _ => return None,
    };
    wire.unknown.0.is_empty().then(|| Location {
        name: wire.name.small(),
        country: wire.country.map(|country| country.small()),
        geonames: wire.geonames,
        position,
    })
}

/// `{"annotation":id}` or `{"entity":id}`.
pub(in crate::formats) fn end(raw: &str) -> Option<End> {
    let wire: EndWire<'_> = parse(raw).ok()?;
    match (wire.annotation, wire.entity) {
        _ if !wire.unknown.0.is_empty() => None,
        (Some(id), None) => Some(End::Annotation(AnnotationId::new(id.small()))),
        (None, Some(id)) => Some(End::Entity(EntityId::new(id.small()))),
        _ => None,
    }
}

pub(in crate::formats) fn write_features(out: &mut Vec<u8>, features: &Features) {
    let mut object = Object::open(out);
    for (id, value) in features {
        write_value(object.key(id.as_str()), value);
    }
    object.close();
}

pub(in crate::formats) fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Text(text) | Value::Choice(text) => string(out, text),
        Value::Number(value) => number(out, *value),
        Value::YesNo(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        Value::Several(words) => list(out, words.iter().map(SmolStr::as_str), string),
        Value::Date(range) => string(out, &range.to_string()),
        Value::Place(location) => write_location(out, location),
        Value::Reference(end) => write_end(out, end),
        Value::Foreign(raw) => out.extend_from_slice(raw.as_bytes()),
    }
}

fn write_location(out: &mut Vec<u8>, location: &Location) {
    let mut object = Object::open(out);
    object.text("name", &location.name);
    if let Some(country) = &location.country {
        object.text("country", country);
    }
    if let Some(number) = location.geonames {
        object.raw("geonames", number);
    }
    if let Some((lat, lon)) = location.position {
        number(object.key("lat"), lat);
        number(object.key("lon"), lon);
    }
    object.close();
}

pub(in crate::formats) fn write_end(out: &mut Vec<u8>, end: &End) {
    let mut object = Object::open(out);
    match end {
        End::Annotation(id) => object.text("annotation", id.as_str()),
        End::Entity(id) => object.text("entity", id.as_str()),
    }
    object.close();
}

pub(in crate::formats) fn write_version(out: &mut Vec<u8>, version: &Version) {
    let mut object = Object::open(out);
    for (hand, count) in version.entries() {
        object.raw(hand.as_str(), count);
    }
    object.close();
}
