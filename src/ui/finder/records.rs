//! Records in the finder: what a mention most likely means in front, the recent ones with their digits, a new one.

use crate::model::{Annotation, AnnotationId, Entity, EntityId, Layer, LayerId};
use crate::query::{self, Form};
use crate::ui::desk::{Desk, Selected};
use crate::ui::finder::{Found, Offer};
use crate::ui::letters::rank;
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::view::View;
use crate::workbench::{AnnotationCommand, Command, EntityCommand};

/// Words up to this number may be proposed as a record's name.
const PROPOSED: usize = 8;

/// What the mention may refer to.
pub(in crate::ui::finder) fn of_mention<'a>(
    view: &View<'a>,
    desk: &Desk,
    id: &AnnotationId,
    typed: &str,
) -> Option<Found<'a>> {
    let project = view.project;
    let annotation = &project.annotation(id)?.value;
    let layer = project.codebook.layer(&annotation.layer)?;
    let (one, _) = layer.entity.as_ref()?;
    let document = project.sheet(&annotation.document)?.document();
    let words = annotation.words(&document.text);
    let recent = query::recent_records(project, annotation, &desk.recent);
    let alike = query::alike(project, &layer.id, &words);
    let mention = Mention { view, layer, annotation, recent: &recent };
    let typed = typed.trim();
    let offers =
        if typed.is_empty() { mention.untyped(&words, &alike) } else { mention.typed(typed) };
    let by_digit = recent.iter().map(|id| mention.attach(id)).collect();
    Some(Found {
        name: format!("{one} of “{words}”"), hint: "Type a name…", offers, by_digit
    })
}

/// A mention that looks for its record.
struct Mention<'a, 'b> {
    view: &'b View<'a>,
    layer: &'a Layer,
    annotation: &'a Annotation,
    recent: &'b [EntityId],
}

impl<'a> Mention<'a, '_> {
    /// The record it has, those that are called alike, the recent ones, the rest by name; a new one of its words first
    /// where nothing is called alike.
    fn untyped(&self, words: &str, alike: &[EntityId]) -> Vec<Offer<'a>> {
        let tidy: Vec<&str> = words.split_whitespace().collect();
        let named = query::form_feature(self.layer).is_some()
            && query::form_guess(words) == Form::Name
            && self.annotation.entity.is_none();
        let mut order: Vec<&EntityId> = self.annotation.entity.iter().collect();
        order.extend(alike.iter().chain(self.recent));
        let mut rest: Vec<&Entity> = self.all().collect();
        rest.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        order.extend(rest.iter().map(|entity| &entity.id));
        let mut seen = std::collections::BTreeSet::new();
        order.retain(|id| seen.insert(*id));
        let mut offers: Vec<Offer<'a>> =
            order.into_iter().filter_map(|id| self.offer(id, "")).collect();
        if (1..=PROPOSED).contains(&tidy.len()) && !alike.iter().any(|id| self.is_called(id, words))
        {
            let at =
                if named && alike.is_empty() { 0 } else { offers.len().min(alike.len().max(1)) };
            offers.insert(at, self.made(&tidy.join(" ")));
        }
        if self.annotation.entity.is_some() {
            offers.push(self.none());
        }
        offers
    }

    fn typed(&self, typed: &str) -> Vec<Offer<'a>> {
        let place = |id: &EntityId| self.recent.iter().position(|r| r == id).unwrap_or(usize::MAX);
        let mut found: Vec<(u8, usize, &Entity)> = self
            .all()
            .filter_map(|entity| {
                let best = entity.names().filter_map(|name| rank(name, typed)).min()?;
                Some((best, place(&entity.id), entity))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
        let exact = found.iter().any(|(_, _, e)| query::same_words(&e.name, typed));
        let mut offers: Vec<Offer<'a>> =
            found.iter().filter_map(|(_, _, entity)| self.offer(&entity.id, typed)).collect();
        if !exact {
            offers.push(self.made(typed));
        }
        offers
    }

    fn all(&self) -> impl Iterator<Item = &'a Entity> {
        let layer = &self.layer.id;
        let all = self.view.project.entities().values().map(|entity| &entity.value);
        all.filter(move |entity| entity.layer == *layer)
    }

    fn is_called(&self, id: &EntityId, words: &str) -> bool {
        let entity = self.view.project.entities().get(id);
        entity.is_some_and(|entity| entity.names().any(|name| query::same_words(name, words)))
    }

    fn attach(&self, id: &EntityId) -> Wish {
        let attach = AnnotationCommand::Attach(self.annotation.id.clone(), Some(id.clone()));
        Wish::Project(Command::Annotation(attach))
    }

    fn offer(&self, id: &EntityId, typed: &str) -> Option<Offer<'a>> {
        let entity = &self.view.project.entities().get(id)?.value;
        let digit = self.recent.iter().position(|recent| recent == id);
        Some(Offer {
            text: entity.name.to_string(),
            aside: aside(self.layer, entity, typed),
            layer: Some(self.layer),
            key: digit.map(|at| format!("Alt+{}", at + 1)).unwrap_or_default(),
            wish: self.attach(id),
        })
    }

    fn made(&self, name: &str) -> Offer<'a> {
        let command = AnnotationCommand::AttachNew(self.annotation.id.clone(), name.into());
        Offer {
            text: new_words(self.layer, name),
            aside: String::new(),
            layer: None,
            key: String::new(),
            wish: Wish::Project(Command::Annotation(command)),
        }
    }

    fn none(&self) -> Offer<'a> {
        let one = self.layer.entity.as_ref().map_or("record", |(one, _)| one.as_str());
        let command = AnnotationCommand::Attach(self.annotation.id.clone(), None);
        Offer {
            text: format!("No {}", one.to_lowercase()),
            aside: String::new(),
            layer: None,
            key: String::new(),
            wish: Wish::Project(Command::Annotation(command)),
        }
    }
}

/// A record of that name without a mention; records there are lead to the inspector.
pub(in crate::ui::finder) fn new_record<'a>(
    view: &View<'a>,
    layer: &LayerId,
    typed: &str,
) -> Option<Found<'a>> {
    let project = view.project;
    let layer = project.codebook.layer(layer)?;
    let (one, _) = layer.entity.as_ref()?;
    let typed = typed.trim();
    let mut offers = Vec::new();
    let known = project.entities().values().filter(|entity| entity.layer == layer.id);
    let known: Vec<_> = known
        .filter(|entity| !typed.is_empty() && entity.names().any(|n| rank(n, typed).is_some()))
        .collect();
    if !typed.is_empty() && !known.iter().any(|entity| query::same_words(&entity.name, typed)) {
        offers.push(Offer {
            text: new_words(layer, typed),
            aside: String::new(),
            layer: None,
            key: String::new(),
            wish: Wish::Project(Command::Entity(EntityCommand::Add(
                layer.id.clone(),
                typed.into(),
            ))),
        });
    }
    offers.extend(known.into_iter().map(|entity| Offer {
        text: entity.name.to_string(),
        aside: "show it".to_owned(),
        layer: Some(layer),
        key: String::new(),
        wish: Wish::Desk(DeskCommand::Select(Some(Selected::Entity(entity.id.clone())))),
    }));
    let name = format!("Name of the new {}", one.to_lowercase());
    Some(Found { name, hint: "Type a name…", offers, by_digit: Vec::new() })
}

fn new_words(layer: &Layer, name: &str) -> String {
    let one = layer.entity.as_ref().map_or("record", |(one, _)| one.as_str());
    format!("New {} “{name}”", one.to_lowercase())
}

/// The alias that was meant, or the record's code.
fn aside(layer: &Layer, entity: &Entity, typed: &str) -> String {
    let by_name = typed.is_empty() || rank(&entity.name, typed).is_some();
    let alias = entity.aliases.iter().find(|alias| !by_name && rank(alias, typed).is_some());
    if let Some(alias) = alias {
        return format!("also {alias}");
    }
    let code = entity.code.as_ref().and_then(|id| layer.code(id));
    code.map_or_else(String::new, |code| code.name.to_string())
}
