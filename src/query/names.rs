//! Whether words are a name, which aliases a mention teaches, and which records a mention most likely means.
//!
//! One plain rule, so that an analyst can foresee it: words are a name if the mention's form says so; without a form,
//! if all of them but particles begin with a capital, or they are in a script without capitals, and they are neither
//! a pronoun nor begin like a description ("the", "his"). Only layers whose forms know "name" have such mentions.

use crate::model::{
    Annotation, Choice, Entity, EntityId, FeatureId, FeatureKind, Layer, LayerId, Project, Value,
};
use crate::query::same_words;
use crate::text::Offset;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// So many recent records have a digit.
pub const RECENT: usize = 9;
/// Longer words are no name.
const LONGEST: usize = 60;
/// More of them are none either.
const MOST_WORDS: usize = 7;

/// How words refer to something, as far as a rule can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A proper name.
    Name,
    /// A common noun with or without more.
    Description,
    /// A pronoun or possessive.
    Pronoun,
}

impl Form {
    /// The value's id in the shipped codebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::Pronoun => "pronoun",
        }
    }
}

/// The feature in which a layer says how words refer, if its mentions may be names.
pub fn form_feature(layer: &Layer) -> Option<&FeatureId> {
    let knows_names = |values: &[Choice]| values.iter().any(|v| v.id == Form::Name.as_str());
    let form = layer.features.iter().find(|feature| {
        matches!(&feature.kind, FeatureKind::Choice { values, many: false, .. } if knows_names(values))
    });
    form.map(|feature| &feature.id)
}

/// What form `words` seem to have.
pub fn form_guess(words: &str) -> Form {
    let words = words.trim();
    let lower = words.to_lowercase();
    // The country is written in capitals, the pronoun is not.
    let capitals = words.chars().count() > 1 && words == words.to_uppercase() && words != lower;
    if !capitals && PRONOUNS.contains(&lower.as_str()) {
        return Form::Pronoun;
    }
    if DESCRIPTIONS.contains(&lower.as_str()) || words.chars().count() > LONGEST {
        return Form::Description;
    }
    let all: Vec<&str> = words.split_whitespace().collect();
    let begins_low = all.first().is_some_and(|w| OPENERS.contains(&w.to_lowercase().as_str()));
    if all.is_empty() || all.len() > MOST_WORDS || begins_low {
        return Form::Description;
    }
    let named = all.iter().all(|word| is_capital(word) || PARTICLES.contains(word));
    if named && all.iter().any(|word| is_capital(word)) { Form::Name } else { Form::Description }
}

/// Begins with a capital, or with a letter of a script that has none.
fn is_capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
}

/// The alias that attaching `annotation`, which says `words`, to `entity` teaches; none for what it is called already.
pub fn alias_taught(
    layer: &Layer,
    annotation: &Annotation,
    words: &str,
    entity: &Entity,
) -> Option<SmolStr> {
    let form = form_feature(layer)?;
    let is_name = match annotation.features.get(form) {
        Some(Value::Choice(id)) => id == Form::Name.as_str(),
        _ => form_guess(words) == Form::Name,
    };
    let known = entity.names().any(|name| same_words(name, words));
    let tidy: Vec<&str> = words.split_whitespace().collect();
    (is_name && !known && !tidy.is_empty()).then(|| tidy.join(" ").into())
}

/// Records of `layer` that are called somewhat like `words`: all of them first, then those that share a word.
pub fn alike(project: &Project, layer: &LayerId, words: &str) -> Vec<EntityId> {
    let wanted = parts(words);
    let mut found: Vec<(usize, &SmolStr, &EntityId)> = Vec::new();
    for entity in project.entities().values().filter(|entity| entity.layer == *layer) {
        let best = entity.names().map(|name| likeness(name, words, &wanted)).max();
        if let Some(best) = best.filter(|best| *best > 0) {
            found.push((best, &entity.name, &entity.id));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    found.into_iter().map(|(_, _, id)| id.clone()).collect()
}

fn likeness(name: &str, words: &str, wanted: &[String]) -> usize {
    if same_words(name, words) {
        return usize::MAX;
    }
    parts(name).iter().filter(|part| wanted.contains(part)).count()
}

/// Words of three letters and more, of scripts with long words; particles say nothing.
fn parts(words: &str) -> Vec<String> {
    let lower = words.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric());
    let telling = |part: &&str| {
        let letters = part.chars().count();
        !PARTICLES.contains(part) && !OPENERS.contains(part) && (letters > 2 || !part.is_ascii())
    };
    parts.filter(|part| !part.is_empty()).filter(telling).map(str::to_owned).collect()
}

/// So many annotations on each side say what is usual: in a long text what is far away says little, and costs much.
const AROUND: usize = 300;

/// The records that have a digit for `annotation`: those mentioned before it in the text, the nearest first, for a
/// description mostly means somebody who was just named; then those of this sitting; then the most mentioned.
pub fn recent_records(
    project: &Project,
    annotation: &Annotation,
    sitting: &[EntityId],
) -> Vec<EntityId> {
    let of_layer =
        |id: &&EntityId| project.entities().get(*id).is_some_and(|e| e.layer == annotation.layer);
    let here = annotation.place.fragments().hull().start();
    let mut before: BTreeMap<&EntityId, Offset> = BTreeMap::new();
    let mut mentions: BTreeMap<&EntityId, usize> = BTreeMap::new();
    let sheet = project.sheet(&annotation.document);
    let around = sheet
        .into_iter()
        .flat_map(|sheet| sheet.before(here).take(AROUND).chain(sheet.after(here).take(AROUND)));
    for other in around {
        let Some(id) = other.entity.as_ref().filter(|_| other.layer == annotation.layer) else {
            continue;
        };
        *mentions.entry(id).or_default() += 1;
        let start = other.place.fragments().hull().start();
        if start < here && other.id != annotation.id {
            let last = before.entry(id).or_insert(start);
            *last = (*last).max(start);
        }
    }
    let name = |id: &EntityId| project.entities().get(id).map(|entity| entity.name.clone());
    let mut near: Vec<(&EntityId, Offset)> = before.into_iter().collect();
    near.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| name(a).cmp(&name(b))));
    let mut usual: Vec<(&EntityId, usize)> = mentions.into_iter().collect();
    usual.sort_by(|(a, many), (b, few)| few.cmp(many).then_with(|| name(a).cmp(&name(b))));
    let near = near.into_iter().map(|(id, _)| id);
    let all =
        near.chain(sitting.iter().filter(of_layer)).chain(usual.into_iter().map(|(id, _)| id));
    let mut found: Vec<EntityId> = Vec::new();
    for id in all {
        if found.len() < RECENT && !found.contains(id) {
            found.push(id.clone());
        }
    }
    found
}

/// Whole mentions that are pronouns or possessives.
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "mine",
    "we",
    "us",
    "our",
    "ours",
    "you",
    "your",
    "yours",
    "he",
    "him",
    "his",
    "she",
    "her",
    "hers",
    "it",
    "its",
    "they",
    "them",
    "their",
    "theirs",
    "who",
    "whom",
    "whose",
    "himself",
    "herself",
    "itself",
    "themselves",
    "this",
    "that",
    "these",
    "those",
    "я",
    "меня",
    "мне",
    "мой",
    "мы",
    "нас",
    "нам",
    "наш",
    "вы",
    "вас",
    "вам",
    "ваш",
    "он",
    "его",
    "ему",
    "него",
    "нему",
    "нём",
    "им",
    "она",
    "её",
    "ее",
    "ей",
    "неё",
    "нее",
    "ней",
    "оно",
    "они",
    "их",
    "ими",
    "них",
    "ними",
    "кто",
    "который",
    "которая",
    "которые",
    "сам",
    "сама",
    "сами",
    "свой",
    "그",
    "그는",
    "그가",
    "그의",
    "그녀",
    "그녀는",
    "그들",
    "그들은",
    "나",
    "저",
    "우리",
    "자신",
    "이들",
    "他",
    "她",
    "它",
    "他们",
    "她们",
    "它们",
    "我",
    "我们",
    "你",
    "你们",
    "您",
    "自己",
    "他們",
    "我們",
    "彼",
    "彼女",
    "彼ら",
    "私",
    "我々",
    "私たち",
    "あなた",
    "自分",
    "それ",
    "هو",
    "هي",
    "هم",
    "هن",
    "هما",
    "نحن",
    "أنا",
    "أنت",
    "أنتم",
    "er",
    "sie",
    "es",
    "ihn",
    "ihm",
    "ihr",
    "ihre",
    "sein",
    "seine",
    "wir",
    "uns",
    "il",
    "elle",
    "ils",
    "elles",
    "lui",
    "leur",
    "nous",
    "vous",
];

/// Whole mentions in scripts without capitals that are no names.
const DESCRIPTIONS: &[&str] = &[
    "대통령",
    "총리",
    "장관",
    "정부",
    "당국",
    "관계자",
    "국민",
    "전문가",
    "의원",
    "总统",
    "總統",
    "主席",
    "总理",
    "總理",
    "部长",
    "政府",
    "官员",
    "当局",
    "专家",
    "大統領",
    "首相",
    "大臣",
    "当局者",
    "専門家",
    "الرئيس",
    "الوزير",
    "الحكومة",
    "المسؤول",
    "المسؤولون",
    "السلطات",
    "الخبراء",
];

/// Words that begin a description, not a name.
const OPENERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my",
    "your", "some", "many", "several", "both", "all", "no", "one", "two", "three", "four", "five",
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "einem", "einen", "seine",
    "ihre", "le", "la", "les", "un", "une", "ses", "son", "sa", "el", "los", "las", "una", "этот",
    "эта", "эти", "его", "её", "ее", "их", "наш", "два", "две", "три",
];

/// Small words inside a name.
const PARTICLES: &[&str] = &[
    "of", "the", "for", "and", "&", "de", "da", "do", "dos", "di", "del", "della", "du", "des",
    "la", "le", "el", "al", "bin", "ibn", "von", "van", "der", "den", "zu", "und", "et", "y", "и",
    "по", "of", "on", "in",
];

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::names::*;

    #[test]
    fn names_descriptions_and_pronouns_are_told_apart_in_several_scripts() {
        for name in [
            "Berg",
            "President Berg",
            "Institute for Velen Studies",
            "US",
            "Берг",
            "베르그",
            "周恩来",
            "بيرغ",
        ] {
            assert_eq!(form_guess(name), Form::Name, "{name}");
        }
        for words in [
            "the Commission",
            "his guest",
            "two officials",
            "officials",
            "этот министр",
            "대통령",
            "الرئيس",
            "",
        ] {
            assert_eq!(form_guess(words), Form::Description, "{words}");
        }
        for words in ["he", "They", "us", "они", "그는", "他们", "هم"] {
            assert_eq!(form_guess(words), Form::Pronoun, "{words}");
        }
    }

    #[test]
    fn who_was_named_just_before_comes_first_then_who_was_used_last_then_the_usual() {
        let entity = |id: &str| {
            Edit::Entity(EntityEdit::Add(Entity {
                id: EntityId::new(id),
                layer: LayerId::new("actor"),
                name: id.into(),
                aliases: Vec::new(),
                code: None,
                features: Features::new(),
            }))
        };
        let mention = |id: &str, start, entity: &str| {
            Edit::Annotation(AnnotationEdit::Annotate(Annotation {
                entity: Some(EntityId::new(entity)),
                ..annotation(id, "actor", start, start + 1)
            }))
        };
        let mut edits: Vec<Edit> = ["e_1", "e_2", "e_3", "e_4"].map(entity).into();
        edits.extend([
            mention("a_1", 0, "e_1"),
            mention("a_2", 4, "e_2"),
            mention("a_3", 18, "e_3"),
        ]);
        edits.push(Edit::Annotation(AnnotationEdit::Annotate(annotation("a_9", "actor", 13, 17))));
        let all = Edit::Group { title: "All".into(), edits };
        let project = apply(&project(), &all, &signature("x")).unwrap();
        let here = project.annotation(&AnnotationId::new("a_9")).unwrap();
        let found = recent_records(&project, here, &[EntityId::new("e_4"), EntityId::new("e_1")]);
        let found: Vec<&str> = found.iter().map(EntityId::as_str).collect();
        assert_eq!(found, ["e_2", "e_1", "e_4", "e_3"]);
    }
}
