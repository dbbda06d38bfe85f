//! Where else the words of an annotation stand that nobody has tagged yet: what "tag all" offers.

use crate::model::{Annotation, DocumentId, Entity, EntityId, Place, Project, Record, Sheet};
use crate::query::{
    Edge, Wanted, begins_word, comparable, edge, entity_guess, exactly, occurrences,
};
use crate::text::{Span, words_in};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A place that may be tagged like another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The document.
    pub document: DocumentId,
    /// The words.
    pub span: Span,
    /// Whether it is so likely meant that it is chosen unless somebody says no.
    pub sure: bool,
}

/// What an annotation speaks of, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A record, its own or the one that its words call.
    Known(EntityId),
    /// Nothing yet, but its layer has records: one would be made of these words.
    New(String),
    /// Its layer has no records.
    Words(String),
}

/// What the annotation speaks of; none if its words are lost.
pub fn named(project: &Project, annotation: &Annotation) -> Option<Named> {
    let sheet = project.sheet(&annotation.document)?;
    let words = annotation.words(&sheet.document().text);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(entity) = &annotation.entity {
        return Some(Named::Known(entity.clone()));
    }
    if annotation.place.is_orphan() || words.is_empty() {
        return None;
    }
    let layer = project.codebook.layer(&annotation.layer)?;
    if layer.entity.is_none() {
        return Some(Named::Words(words));
    }
    let known = entity_guess(project, &annotation.layer, &words);
    Some(known.map_or(Named::New(words), Named::Known))
}

/// Untagged places of `documents` where the annotation's record is named or its words stand again, in text order.
pub fn other_mentions(
    project: &Project,
    annotation: &Annotation,
    documents: &[&Sheet],
) -> Vec<Candidate> {
    let Some(spoken_of) = named(project, annotation) else { return Vec::new() };
    let entity = match &spoken_of {
        Named::Known(id) => project.entities().get(id),
        Named::New(_) | Named::Words(_) => None,
    };
    let calls = Calls::of(project, annotation, entity);
    let mut found = Vec::new();
    for sheet in documents {
        found.extend(calls.in_document(sheet, annotation, entity.map(|entity| &entity.id)));
    }
    found
}

/// The words that call a thing, each with whether it surely means it.
struct Calls(Vec<(Wanted, bool)>);

impl Calls {
    fn of(
        project: &Project,
        annotation: &Annotation,
        entity: Option<&Arc<Record<Entity>>>,
    ) -> Self {
        let names = entity.into_iter().flat_map(|entity| entity.names());
        let mut calls: Vec<(String, bool)> = names.map(|name| (name.to_string(), true)).collect();
        if let (Some(sheet), Place::Anchored(fragments)) =
            (project.sheet(&annotation.document), &annotation.place)
            && !fragments.is_discontinuous()
        {
            // "he" may be somebody else elsewhere; "President Berg" shares a word with "Anton Berg".
            let words = sheet.document().text.slice(fragments.hull()).to_owned();
            let sure = entity.is_none_or(|entity| entity.names().any(|n| share_a_word(n, &words)));
            calls.push((words, sure));
        }
        let mut seen = BTreeSet::new();
        calls.retain(|(words, _)| {
            let words = comparable(words.trim());
            !words.is_empty() && seen.insert(words)
        });
        let wanted = |(words, sure): (String, bool)| {
            (Wanted { words: words.trim().to_owned(), ..Wanted::default() }, sure)
        };
        Self(calls.into_iter().map(wanted).collect())
    }

    fn in_document(
        &self,
        sheet: &Sheet,
        like: &Annotation,
        entity: Option<&EntityId>,
    ) -> Vec<Candidate> {
        let text = &sheet.document().text;
        let mut places = Vec::new();
        for (wanted, sure) in &self.0 {
            for span in occurrences(text, wanted).filter(|span| begins_word(text, span.start())) {
                match edge(text, span) {
                    Edge::Word | Edge::Particle => places.push((span, *sure)),
                    Edge::Attached => places.push((span, false)),
                    Edge::Inside => {}
                }
            }
        }
        // Of names that overlap the one that begins first is meant, and of these the longest.
        places.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
        let mut found: Vec<Candidate> = Vec::new();
        for (span, sure) in places {
            if found.last().is_some_and(|last| last.span.overlaps(span)) {
                continue;
            }
            let free = standing(sheet, span, like, entity);
            if free != Standing::Taken {
                let (document, sure) =
                    (sheet.document().id.clone(), sure && free == Standing::Free);
                found.push(Candidate { document, span, sure });
            }
        }
        found
    }
}

/// What already stands on a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Free,
    /// A longer passage of the layer covers it, and nobody has said of what that speaks.
    Doubtful,
    /// It is tagged, or a part of a passage that speaks of the same.
    Taken,
}

fn standing(sheet: &Sheet, span: Span, like: &Annotation, entity: Option<&EntityId>) -> Standing {
    if exactly(sheet, span).iter().any(|other| other.layer == like.layer) {
        return Standing::Taken;
    }
    let mut standing = Standing::Free;
    for other in sheet.overlapping(span).into_iter().filter(|other| other.layer == like.layer) {
        let covers = other.place.fragments().spans().iter().any(|part| part.overlaps(span));
        let same = other.id == like.id || (entity.is_some() && other.entity.as_ref() == entity);
        if covers && same {
            return Standing::Taken;
        }
        if covers && other.entity.is_none() {
            standing = Standing::Doubtful;
        }
    }
    standing
}

fn share_a_word(a: &str, b: &str) -> bool {
    let words = |words: &str| -> BTreeSet<String> {
        let text = crate::text::Text::new(words);
        let all = crate::text::Offset(text.len_bytes());
        let span = Span::between(crate::text::Offset(0), all);
        let found = span.map(|span| words_in(&text, span)).unwrap_or_default();
        found.into_iter().map(|word| comparable(text.slice(word))).collect()
    };
    words(a).intersection(&words(b)).any(|word| word.chars().count() > 1 || !word.is_ascii())
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{Named, named, other_mentions};
    use crate::text::{Offset, Span, Text};

    /// A project whose only document says `content`.
    fn saying(content: &str) -> Project {
        let document = Document { text: Text::new(content), ..document("d_9") };
        apply(&project(), &Edit::Document(DocumentEdit::Add(document)), &signature("x")).unwrap()
    }

    fn text(project: &Project) -> Text {
        project.sheet(&DocumentId::new("d_9")).unwrap().document().text.clone()
    }

    /// Tags the `nth` place of `words`, counted from 0.
    fn tagged(project: &Project, id: &str, words: &str, nth: usize) -> Project {
        let text = text(project);
        let start = text.as_str().match_indices(words).nth(nth).unwrap().0;
        let span =
            Span::between(Offset::of_bytes(start), Offset::of_bytes(start + words.len())).unwrap();
        let annotation = Annotation {
            document: DocumentId::new("d_9"),
            place: Place::Anchored(Fragments::one(span)),
            ..annotation(id, "actor", 0, 1)
        };
        let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
        apply(project, &edit, &signature("x")).unwrap()
    }

    fn attached(project: &Project, ids: &[&str], name: &str, aliases: &[&str]) -> Project {
        let entity = Entity {
            id: EntityId::new("n_1"),
            layer: LayerId::new("actor"),
            name: name.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            code: None,
            features: Features::new(),
        };
        let mut edits = vec![Edit::Entity(EntityEdit::Add(entity))];
        edits.extend(ids.iter().map(|id| {
            let attach = AnnotationEdit::Attach(AnnotationId::new(*id), Some(EntityId::new("n_1")));
            Edit::Annotation(attach)
        }));
        apply(project, &Edit::Group { title: String::new(), edits }, &signature("x")).unwrap()
    }

    /// The candidates for `a_1`, a doubtful one with "?" behind it.
    fn offered(project: &Project) -> Vec<String> {
        let annotation = project.annotation(&AnnotationId::new("a_1")).unwrap();
        let sheets: Vec<_> = project.sheets().values().collect();
        let text = text(project);
        let words = |found: &crate::query::Candidate| {
            let doubt = if found.sure { "" } else { "?" };
            format!("{}{}{doubt}", found.span.start().0, text.slice(found.span))
        };
        other_mentions(project, annotation, &sheets).iter().map(words).collect()
    }

    #[test]
    fn names_and_aliases_in_any_script_are_found_once_and_the_longest_is_meant() {
        let project = saying("Berg met. ANTON BERG, Берг and iceberg; Anton Berg left Berg.");
        let project = tagged(&project, "a_1", "Berg", 0);
        let project = attached(&project, &["a_1"], "Anton Berg", &["Berg", "Берг"]);
        assert_eq!(offered(&project), ["10ANTON BERG", "22Берг", "44Anton Berg", "60Berg"]);
    }

    #[test]
    fn a_passage_of_another_record_may_hold_a_doll_and_one_of_the_same_may_not() {
        let project = saying("Velen. Institute for Velen Studies; the Velen side; Velen again");
        let project = tagged(&project, "a_1", "Velen", 0);
        let project = tagged(&project, "a_2", "Institute for Velen Studies", 0);
        let project = tagged(&project, "a_3", "the Velen side", 0);
        let project = attached(&project, &["a_1", "a_3"], "Velen", &[]);
        assert_eq!(offered(&project), ["21Velen?", "52Velen"], "nobody has said what it speaks of");
        let other = Entity {
            id: EntityId::new("n_2"),
            name: "Institute".into(),
            ..project.entities()[&EntityId::new("n_1")].value.clone()
        };
        let attach = AnnotationEdit::Attach(AnnotationId::new("a_2"), Some(other.id.clone()));
        let edits = vec![Edit::Entity(EntityEdit::Add(other)), Edit::Annotation(attach)];
        let group = Edit::Group { title: String::new(), edits };
        let project = apply(&project, &group, &signature("x")).unwrap();
        assert_eq!(offered(&project), ["21Velen", "52Velen"]);
    }

    #[test]
    fn the_words_of_the_mention_itself_are_doubtful_unless_they_share_a_word_with_a_name() {
        let project = saying("President Berg spoke. He left. President Berg slept; he ate.");
        let one =
            attached(&tagged(&project, "a_1", "President Berg", 0), &["a_1"], "Anton Berg", &[]);
        assert_eq!(offered(&one), ["31President Berg"]);
        let other = attached(&tagged(&project, "a_1", "He", 0), &["a_1"], "Anton Berg", &[]);
        assert_eq!(offered(&other), ["53he?"]);
    }

    #[test]
    fn without_a_record_the_same_words_count_and_a_korean_ending_is_marked() {
        let project = tagged(&saying("북한은 북한군과 북한, 신북한"), "a_1", "북한", 0);
        let annotation = project.annotation(&AnnotationId::new("a_1")).unwrap();
        assert_eq!(named(&project, annotation), Some(Named::New("북한".into())));
        assert_eq!(offered(&project), ["10북한?", "23북한"]);
    }
}
