//! What words most likely mean, from what was coded before. Only sure guesses; a tie is none.

use crate::model::{CodeId, DocumentId, EntityId, LayerId, Project};
use crate::text::Offset;
use std::collections::BTreeMap;

/// The same words with other blanks or capitals differ by so many bytes at most.
const SLACK: u32 = 4;
/// Bytes on each side that are near: more than most documents have, so that it costs the same in the longest.
const NEAR: u32 = 200_000;

/// The one entity of `layer` that is called `words`, by name or alias, whatever the case.
pub fn entity_guess(project: &Project, layer: &LayerId, words: &str) -> Option<EntityId> {
    let mut named = project.entities().values().filter(|entity| {
        entity.layer == *layer && entity.names().any(|name| same_words(name, words))
    });
    let first = named.next()?;
    named.next().is_none().then(|| first.id.clone())
}

/// The code of the entity that `words` call, else the code most often given to the same words in this layer; in a long
/// document to those near `place`.
pub fn code_guess(
    project: &Project,
    layer: &LayerId,
    words: &str,
    place: (&DocumentId, Offset),
) -> Option<CodeId> {
    let entity = entity_guess(project, layer, words);
    let known = entity.and_then(|id| record_code(project, &id).cloned());
    known.or_else(|| usual_code(project, layer, words, place))
}

/// The code that the mentions of a record have with it; none where the layer's records do not share its codes.
pub fn record_code<'a>(project: &'a Project, entity: &EntityId) -> Option<&'a CodeId> {
    let entity = project.entities().get(entity)?;
    project.codebook.layer(&entity.layer).filter(|layer| layer.entity_codes)?;
    entity.code.as_ref()
}

/// Of annotations in one piece: what was said in several parts is seldom said so again.
fn usual_code(
    project: &Project,
    layer: &LayerId,
    words: &str,
    (document, at): (&DocumentId, Offset),
) -> Option<CodeId> {
    let mut times: BTreeMap<&CodeId, usize> = BTreeMap::new();
    for sheet in project.sheets().values() {
        let text = &sheet.document().text;
        let here = sheet.document().id == *document;
        let middle = if here { at } else { Offset(0) };
        let within = Offset(middle.0.saturating_sub(NEAR))..Offset(middle.0.saturating_add(NEAR));
        for (hull, id) in sheet.hulls_of_about((words.len() as u32, SLACK), within) {
            if !same_words(text.slice(hull), words) {
                continue;
            }
            let annotation = sheet.annotations().get(id);
            let like = annotation.filter(|annotation| {
                annotation.layer == *layer && !annotation.place.fragments().is_discontinuous()
            });
            if let Some(code) = like.and_then(|annotation| annotation.code.as_ref()) {
                *times.entry(code).or_default() += 1;
            }
        }
    }
    let most = times.values().copied().max()?;
    let mut usual = times.into_iter().filter(|(_, count)| *count == most);
    let (code, _) = usual.next()?;
    usual.next().is_none().then(|| code.clone())
}

/// Whether both are the same words: case and the blanks around and between them left out.
pub fn same_words(a: &str, b: &str) -> bool {
    folded(a).eq(folded(b))
}

fn folded(words: &str) -> impl Iterator<Item = char> {
    words
        .split_whitespace()
        .flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{code_guess, entity_guess, same_words};
    use crate::text::Offset;
    use std::sync::Arc;

    fn actor() -> LayerId {
        LayerId::new("actor")
    }

    fn entity(id: &str, name: &str, alias: &str, code: Option<&str>) -> Edit {
        Edit::Entity(EntityEdit::Add(Entity {
            id: EntityId::new(id),
            layer: actor(),
            name: name.into(),
            aliases: vec![alias.into()],
            code: code.map(CodeId::new),
            features: Features::new(),
        }))
    }

    fn coded(id: &str, code: &str, start: u32, end: u32) -> Edit {
        let code = Some(CodeId::new(code));
        Edit::Annotation(AnnotationEdit::Annotate(Annotation {
            code,
            ..annotation(id, "actor", start, end)
        }))
    }

    fn with(edits: Vec<Edit>) -> Project {
        let mut book = codebook();
        let other = Code { id: CodeId::new("actor.state"), ..book.layers[0].codes[0].clone() };
        book.layers[0].codes.push(other);
        let mut empty = project();
        empty.codebook = Arc::new(book);
        apply(&empty, &Edit::Group { title: "All".into(), edits }, &signature("x")).unwrap()
    }

    #[test]
    fn words_are_the_same_in_any_case_and_over_a_line_break() {
        assert!(same_words(" Prime  Minister", "prime\nMINISTER"));
        assert!(same_words("МИНИСТР", "министр"));
        assert!(!same_words("prime minister", "primeminister") && !same_words("a", "b"));
    }

    #[test]
    fn a_name_or_alias_guesses_the_entity_unless_two_are_called_so() {
        let project = with(vec![
            entity("e_1", "The Minister", "Smith", None),
            entity("e_2", "The guest", "smith", None),
        ]);
        assert_eq!(entity_guess(&project, &actor(), "the minister"), Some(EntityId::new("e_1")));
        assert_eq!(entity_guess(&project, &actor(), "Smith"), None);
        assert_eq!(entity_guess(&project, &LayerId::new("claim"), "The guest"), None);
    }

    #[test]
    fn the_code_is_the_entitys_then_the_usual_one_and_a_tie_is_none() {
        let twice = vec![
            coded("a_1", "actor.person", 4, 12),
            coded("a_2", "actor.state", 4, 12),
            coded("a_3", "actor.state", 4, 12),
            coded("a_4", "actor.person", 0, 3),
        ];
        let guess = |project: &Project| {
            code_guess(project, &actor(), "MINISTER", (&DocumentId::new("d_1"), Offset(0)))
        };
        assert_eq!(guess(&with(twice.clone())), Some(CodeId::new("actor.state")));
        assert_eq!(guess(&with(twice[..2].to_vec())), None);
        let mut known = twice;
        known.push(entity("e_1", "Minister", "", Some("actor.person")));
        assert_eq!(guess(&with(known)), Some(CodeId::new("actor.person")));
    }
}
