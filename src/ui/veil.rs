//! Which annotations are hidden while one reads: by layer, by code, by annotator. Part of looking, never of the project.

use crate::model::{Annotation, Annotator, CodeId, LayerId, Project, Record};
use std::collections::BTreeSet;

/// What annotations are hidden by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Their layer.
    Layer(LayerId),
    /// Their code, or having none.
    Code(LayerId, Option<CodeId>),
    /// Who made them.
    Annotator(Annotator),
}

/// A wish about what is hidden.
#[derive(Clone, Debug, PartialEq)]
pub enum Unveil {
    /// Hide these, or show them again.
    Toggle(Facet),
    /// Hide all but these; all are shown again, if it is so already.
    Only(Facet),
    /// Hide nothing.
    All,
}

/// What is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veil(BTreeSet<Facet>);

/// Who made an annotation; nobody, where the file does not say.
pub fn maker(annotation: &Record<Annotation>) -> Annotator {
    annotation.made.as_ref().map_or_else(|| Annotator::new(""), |made| made.by().clone())
}

impl Veil {
    /// Whether nothing is hidden.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the annotation is hidden.
    pub fn hides(&self, annotation: &Record<Annotation>) -> bool {
        !self.0.is_empty() && facets(annotation).iter().any(|facet| self.0.contains(facet))
    }

    /// Whether these are hidden, by themselves or with their layer.
    pub fn covers(&self, facet: &Facet) -> bool {
        let layer = match facet {
            Facet::Code(layer, _) => self.0.contains(&Facet::Layer(layer.clone())),
            Facet::Layer(_) | Facet::Annotator(_) => false,
        };
        layer || self.0.contains(facet)
    }

    /// Does what is wished.
    pub fn perform(&mut self, project: &Project, wish: Unveil) {
        match wish {
            Unveil::All => self.0.clear(),
            Unveil::Toggle(facet) => self.toggle(facet),
            Unveil::Only(facet) => {
                let rest = others(project, &facet);
                let own = |hidden: &Facet| same_kind(hidden, &facet);
                let held: BTreeSet<Facet> = self.0.iter().filter(|f| own(f)).cloned().collect();
                self.0.retain(|hidden| !same_kind(hidden, &facet));
                if held != rest {
                    self.0.extend(rest);
                }
            }
        }
    }

    /// Shows what hides the annotation; says whether anything did.
    pub fn lift(&mut self, annotation: &Record<Annotation>) -> bool {
        let before = self.0.len();
        for facet in facets(annotation) {
            self.0.remove(&facet);
        }
        self.0.len() < before
    }

    fn toggle(&mut self, facet: Facet) {
        // A code of a hidden layer is shown by showing the layer.
        if let Facet::Code(layer, _) = &facet
            && self.0.remove(&Facet::Layer(layer.clone()))
        {
            self.0.remove(&facet);
        } else if !self.0.remove(&facet) {
            self.0.insert(facet);
        }
    }
}

/// Everything that can hide an annotation.
fn facets(annotation: &Record<Annotation>) -> [Facet; 3] {
    let layer = annotation.layer.clone();
    let code = Facet::Code(layer.clone(), annotation.code.clone());
    [Facet::Layer(layer), code, Facet::Annotator(maker(annotation))]
}

/// Layers and codes are one kind: of layers and codes only one can be the only one.
fn same_kind(one: &Facet, other: &Facet) -> bool {
    let annotator = |facet: &Facet| matches!(facet, Facet::Annotator(_));
    annotator(one) == annotator(other)
}

/// What is hidden where only `facet` is shown.
fn others(project: &Project, facet: &Facet) -> BTreeSet<Facet> {
    let layers = project.codebook.layers.iter();
    let other_layers = |layer: &LayerId| {
        let others = layers.clone().map(|other| other.id.clone()).filter(|id| id != layer);
        others.map(Facet::Layer).collect::<BTreeSet<Facet>>()
    };
    match facet {
        Facet::Layer(layer) => other_layers(layer),
        Facet::Code(layer, code) => {
            let mut hidden = other_layers(layer);
            let codes = project.codebook.layer(layer).map_or(&[][..], |layer| &layer.codes);
            let ids = codes.iter().map(|code| Some(code.id.clone())).chain([None]);
            let rest = ids.filter(|id| id != code).map(|id| Facet::Code(layer.clone(), id));
            hidden.extend(rest);
            hidden
        }
        Facet::Annotator(annotator) => {
            let all: BTreeSet<Annotator> = project.annotations().map(|a| maker(a)).collect();
            all.into_iter().filter(|other| other != annotator).map(Facet::Annotator).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::ui::veil::{Facet, Unveil, Veil};

    /// An actor with a code and one without, and a claim.
    fn tagged() -> Project {
        let person = Annotation {
            code: Some(CodeId::new("actor.person")),
            ..annotation("a_1", "actor", 4, 12)
        };
        let all = [person, annotation("a_2", "actor", 0, 3), annotation("a_3", "claim", 13, 20)];
        all.into_iter().fold(project(), |project, annotation| {
            let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
            apply(&project, &edit, &signature("x")).unwrap()
        })
    }

    fn seen(veil: &Veil) -> Vec<String> {
        let project = tagged();
        let all = project.annotations().filter(|annotation| !veil.hides(annotation));
        all.map(|annotation| annotation.id.to_string()).collect()
    }

    fn layer(id: &str) -> Facet {
        Facet::Layer(LayerId::new(id))
    }

    fn person() -> Facet {
        Facet::Code(LayerId::new("actor"), Some(CodeId::new("actor.person")))
    }

    #[test]
    fn what_is_hidden_comes_back_by_the_same_wish() {
        let (project, mut veil) = (tagged(), Veil::default());
        veil.perform(&project, Unveil::Toggle(layer("actor")));
        assert_eq!(seen(&veil), ["a_3"]);
        veil.perform(&project, Unveil::Toggle(person()));
        assert_eq!(seen(&veil), ["a_1", "a_2", "a_3"], "a code is shown with its layer");
        veil.perform(&project, Unveil::Toggle(person()));
        assert_eq!(seen(&veil), ["a_2", "a_3"]);
        veil.perform(&project, Unveil::All);
        assert!(veil.is_empty());
    }

    #[test]
    fn only_one_is_shown_and_then_all_again() {
        let (project, mut veil) = (tagged(), Veil::default());
        veil.perform(&project, Unveil::Only(person()));
        assert_eq!(seen(&veil), ["a_1"]);
        veil.perform(&project, Unveil::Only(layer("claim")));
        assert_eq!(seen(&veil), ["a_3"], "the code before is no longer the only one");
        veil.perform(&project, Unveil::Only(layer("claim")));
        assert!(veil.is_empty());
    }

    #[test]
    fn annotators_and_layers_hide_side_by_side() {
        let (project, mut veil) = (tagged(), Veil::default());
        let anna = Facet::Annotator(Annotator::new("Anna"));
        veil.perform(&project, Unveil::Toggle(anna.clone()));
        assert!(seen(&veil).is_empty());
        veil.perform(&project, Unveil::Only(anna));
        assert!(veil.is_empty(), "she is the only one");
    }

    #[test]
    fn lifting_shows_an_annotation_whatever_hid_it() {
        let (project, mut veil) = (tagged(), Veil::default());
        for facet in [person(), layer("actor"), Facet::Annotator(Annotator::new("Anna"))] {
            veil.perform(&project, Unveil::Toggle(facet));
        }
        let record = project.annotation(&AnnotationId::new("a_1")).unwrap();
        assert!(veil.lift(record) && !veil.hides(record) && !veil.lift(record));
    }
}
