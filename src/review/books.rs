//! Two codebooks as one, part by part: what only one has is kept, what both define otherwise is taken from the higher
//! version.
//!
//! Where the versions do not tell, the same one of the two is taken whoever merges, part by part, and the link kind
//! joins what either lets it join. So nothing that stands in one of the copies is left without its code. Order, keys and
//! digits are how one works: those of the one that comes first stay, and a key that is taken is left out.
//! Codes are never deleted by a merge; what only one side lacks may just not have come to it.

use crate::model::{
    Choice, Code, Codebook, Feature, FeatureKind, Layer, LayerId, RelationKind, Unknown,
};
use crate::review::codebooks::codebook_differences;
use crate::review::difference::Whose;
use std::cmp::Ordering;
use std::fmt::Debug;
use std::sync::Arc;

/// Everything of both; the same whoever asks.
pub fn joined_codebooks(ours: &Arc<Codebook>, theirs: &Arc<Codebook>) -> Arc<Codebook> {
    if ours == theirs {
        return Arc::clone(ours);
    }
    let join = Join(ours.version.cmp(&theirs.version));
    let mut book = join.book(ours, theirs);
    settle_keys(&mut book);
    Arc::new(book)
}

/// Whether both define something otherwise and the versions do not say which is later.
pub(crate) fn disagree(ours: &Codebook, theirs: &Codebook) -> bool {
    let headed = |book: &Codebook| (book.id.clone(), book.name.clone(), book.language.clone());
    let defined = || codebook_differences(ours, theirs).iter().any(|one| one.whose == Whose::Both);
    ours.version == theirs.version && (headed(ours) != headed(theirs) || defined())
}

/// Which of the two is later.
#[derive(Clone, Copy)]
struct Join(Ordering);

impl Join {
    /// The one that counts, then the other. `said` is what each means and, if that is the same, how it is reached.
    fn sorted<'t, T>(self, a: &'t T, b: &'t T, said: impl Fn(&T) -> [String; 2]) -> [&'t T; 2] {
        match self.0.then_with(|| said(a).cmp(&said(b))) {
            Ordering::Less => [b, a],
            Ordering::Equal | Ordering::Greater => [a, b],
        }
    }

    /// Both lists as one: that which counts in its order, then what only the other has in its.
    fn lists<T: Clone>(
        self,
        a: &[T],
        b: &[T],
        id: impl Fn(&T) -> &str,
        join: impl Fn(&T, &T) -> T,
    ) -> Vec<T> {
        let ids = |list: &[T]| list.iter().map(|one| id(one).to_owned()).collect::<Vec<_>>();
        let [first, second] = match self.0.then_with(|| ids(a).cmp(&ids(b))) {
            Ordering::Less => [b, a],
            Ordering::Equal | Ordering::Greater => [a, b],
        };
        let other = |one: &T, list: &[T]| list.iter().position(|other| id(other) == id(one));
        let mut all = Vec::with_capacity(first.len().max(second.len()));
        for one in first.iter().chain(second.iter().filter(|one| other(one, first).is_none())) {
            let both =
                other(one, a).and_then(|at| a.get(at)).zip(other(one, b).and_then(|at| b.get(at)));
            all.push(both.map_or_else(|| one.clone(), |(a, b)| join(a, b)));
        }
        all
    }

    /// The members that we do not understand: all names, and for each what the one says that counts.
    fn unknown(self, a: &Unknown, b: &Unknown) -> Unknown {
        let mut all = a.0.iter().chain(&b.0).cloned().collect::<Vec<_>>();
        let of_later = |one: &(_, _)| match self.0 {
            Ordering::Greater => a.0.contains(one),
            Ordering::Less => b.0.contains(one),
            Ordering::Equal => false,
        };
        all.sort_by(|x, y| {
            x.0.cmp(&y.0).then_with(|| of_later(y).cmp(&of_later(x))).then_with(|| y.1.cmp(&x.1))
        });
        all.dedup_by(|x, y| x.0 == y.0);
        if all.len() == a.0.len() && all.iter().all(|one| a.0.contains(one)) {
            return a.clone();
        }
        if all.len() == b.0.len() && all.iter().all(|one| b.0.contains(one)) {
            return b.clone();
        }
        Unknown(all.into())
    }

    fn book(self, a: &Codebook, b: &Codebook) -> Codebook {
        let headed =
            |book: &Codebook| [debugged(&(&book.id, &book.name, &book.language)), String::new()];
        let [first, _] = self.sorted(a, b, headed);
        Codebook {
            id: first.id.clone(),
            version: a.version.max(b.version),
            name: first.name.clone(),
            language: first.language.clone(),
            layers: self.lists(
                &a.layers,
                &b.layers,
                |one| one.id.as_str(),
                |a, b| self.layer(a, b),
            ),
            relations: self.lists(
                &a.relations,
                &b.relations,
                |one| one.id.as_str(),
                |a, b| self.kind(a, b),
            ),
            document_features: self.features(&a.document_features, &b.document_features),
            unknown: self.unknown(&a.unknown, &b.unknown),
        }
    }

    fn layer(self, a: &Layer, b: &Layer) -> Layer {
        let said = |one: &Layer| {
            let meaning = (&one.name, &one.plural, &one.entity, one.entity_codes);
            [debugged(&meaning), debugged(&(one.key, &one.color, one.line))]
        };
        let [first, _] = self.sorted(a, b, said);
        Layer {
            codes: self.lists(&a.codes, &b.codes, |one| one.id.as_str(), |a, b| self.code(a, b)),
            features: self.features(&a.features, &b.features),
            entity_features: self.features(&a.entity_features, &b.entity_features),
            unknown: self.unknown(&a.unknown, &b.unknown),
            ..first.clone()
        }
    }

    fn code(self, a: &Code, b: &Code) -> Code {
        let bare = |one: &Code| Code { digit: None, unknown: Unknown::default(), ..one.clone() };
        let [first, _] = self.sorted(a, b, |one| [debugged(&bare(one)), debugged(&one.digit)]);
        Code { unknown: self.unknown(&a.unknown, &b.unknown), ..first.clone() }
    }

    fn features(self, a: &[Feature], b: &[Feature]) -> Vec<Feature> {
        self.lists(a, b, |one| one.id.as_str(), |a, b| self.feature(a, b))
    }

    fn feature(self, a: &Feature, b: &Feature) -> Feature {
        let said = |one: &Feature| {
            let Feature { name, kind, definition, default, when, .. } = one;
            // Of a list and another kind the list stays, so that a third copy's values find it.
            let (is_list, bare) = match kind {
                FeatureKind::Choice { many, open, .. } => {
                    (true, FeatureKind::Choice { values: Vec::new(), many: *many, open: *open })
                }
                other => (false, other.clone()),
            };
            [debugged(&(is_list, bare, name, definition, default, when)), String::new()]
        };
        let [first, second] = self.sorted(a, b, said);
        let mut joined = first.clone();
        if let (FeatureKind::Choice { values, .. }, FeatureKind::Choice { .. }) =
            (&mut joined.kind, &second.kind)
        {
            let list = |one: &Feature| match &one.kind {
                FeatureKind::Choice { values, .. } => values.clone(),
                _ => Vec::new(),
            };
            *values = self.lists(&list(a), &list(b), |one| &one.id, |a, b| self.value(a, b));
        }
        joined.unknown = self.unknown(&a.unknown, &b.unknown);
        joined
    }

    fn value(self, a: &Choice, b: &Choice) -> Choice {
        let bare = |one: &Choice| Choice { key: None, unknown: Unknown::default(), ..one.clone() };
        let [first, _] = self.sorted(a, b, |one| [debugged(&bare(one)), debugged(&one.key)]);
        Choice { unknown: self.unknown(&a.unknown, &b.unknown), ..first.clone() }
    }

    fn kind(self, a: &RelationKind, b: &RelationKind) -> RelationKind {
        let said = |one: &RelationKind| {
            let RelationKind { name, inverse, default, symmetric, definition, .. } = one;
            [debugged(&(name, inverse, symmetric, definition)), debugged(default)]
        };
        let [first, second] = self.sorted(a, b, said);
        let mut joined = first.clone();
        if self.0 == Ordering::Equal {
            let all =
                |a: &[LayerId], b: &[LayerId]| self.lists(a, b, LayerId::as_str, |a, _| a.clone());
            joined.from = all(&first.from, &second.from);
            joined.to = all(&first.to, &second.to);
        }
        joined.features = self.features(&a.features, &b.features);
        joined.unknown = self.unknown(&a.unknown, &b.unknown);
        joined
    }
}

fn debugged<T: Debug>(value: &T) -> String {
    format!("{value:?}")
}

/// A key or digit that comes twice stays where it comes first.
fn settle_keys(book: &mut Codebook) {
    for at in 0..book.layers.len() {
        let (before, rest) = book.layers.split_at(at);
        let taken = rest.first().is_some_and(|one| before.iter().any(|other| other.key == one.key));
        let key = book.free_key();
        let Some(layer) = book.layers.get_mut(at) else { continue };
        if taken {
            layer.key = key;
        }
        let mut digits = Vec::new();
        for code in &mut layer.codes {
            code.digit = code.digit.filter(|digit| !digits.contains(digit));
            digits.extend(code.digit);
        }
        settle_values(&mut layer.features);
        settle_values(&mut layer.entity_features);
    }
    book.relations.iter_mut().for_each(|kind| settle_values(&mut kind.features));
    settle_values(&mut book.document_features);
}

fn settle_values(features: &mut [Feature]) {
    let mut keys = Vec::new();
    for feature in features {
        if let FeatureKind::Choice { values, .. } = &mut feature.kind {
            for value in values {
                value.key = value.key.filter(|key| !keys.contains(key));
                keys.extend(value.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::codebook;
    use crate::model::*;
    use crate::review::books::{disagree, joined_codebooks};
    use std::sync::Arc;

    fn with(change: impl FnOnce(&mut Codebook)) -> Arc<Codebook> {
        let mut book = codebook();
        change(&mut book);
        Arc::new(book)
    }

    /// The same from both sides, and nothing changes when it is joined again.
    fn joined(a: &Arc<Codebook>, b: &Arc<Codebook>) -> Codebook {
        let both = joined_codebooks(a, b);
        assert_eq!(both, joined_codebooks(b, a));
        assert_eq!((&both, &both), (&joined_codebooks(&both, b), &joined_codebooks(a, &both)));
        Codebook::clone(&both)
    }

    fn coded(id: &str, digit: u8) -> Code {
        let first = codebook().layers[0].codes[0].clone();
        Code { id: CodeId::new(id), digit: Some(digit), ..first }
    }

    #[test]
    fn what_only_one_has_is_kept_and_a_key_that_is_taken_is_left_out() {
        let layer =
            |id: &str, key| Layer { id: LayerId::new(id), key, ..codebook().layers[0].clone() };
        let a = with(|book| {
            book.layers[0].codes.push(coded("actor.rank", 2));
            book.layers.push(layer("frame", 'X'));
        });
        let b = with(|book| {
            book.layers[0].codes.push(coded("actor.ghost", 2));
            book.layers.push(layer("tone", 'X'));
            book.version = 2;
        });
        let both = joined(&a, &b);
        let codes: Vec<_> =
            both.layers[0].codes.iter().map(|code| (code.id.as_str(), code.digit)).collect();
        assert_eq!(
            codes,
            [("actor.person", Some(1)), ("actor.ghost", Some(2)), ("actor.rank", None)]
        );
        let keys: Vec<_> = both.layers.iter().map(|layer| (layer.id.as_str(), layer.key)).collect();
        assert_eq!(keys, [("actor", 'A'), ("claim", 'C'), ("tone", 'X'), ("frame", 'I')]);
        assert!(both.version == 2 && !disagree(&a, &b));
    }

    #[test]
    fn the_later_definition_stands_and_where_the_versions_do_not_tell_it_is_said() {
        let told = |version, definition: &str| {
            with(|book| {
                book.version = version;
                book.layers[0].codes[0].definition = definition.into();
            })
        };
        let (old, new, other) = (told(1, "z"), told(2, "a"), told(2, "b"));
        assert_eq!(joined(&old, &new).layers[0].codes[0].definition, "a");
        assert_eq!(joined(&new, &other).layers[0].codes[0].definition, "b");
        assert!(!disagree(&old, &new) && disagree(&new, &other) && !disagree(&new, &new));
    }

    #[test]
    fn lists_and_ends_of_links_are_joined_too_and_a_list_outlives_another_kind() {
        let list = |words: &[&str]| FeatureKind::Choice {
            values: words
                .iter()
                .map(|word| Choice {
                    id: (*word).into(),
                    name: (*word).into(),
                    symbol: "".into(),
                    key: Some('+'),
                    definition: "".into(),
                    codes: Vec::new(),
                    unknown: Unknown::default(),
                })
                .collect(),
            many: false,
            open: false,
        };
        let a = with(|book| {
            book.layers[0].features[0].kind = list(&["hot"]);
            book.relations[0].to.push(LayerId::new("actor"));
        });
        let b = with(|book| {
            book.layers[0].features[0].kind = list(&["cold"]);
            book.relations[0].from.push(LayerId::new("claim"));
        });
        let both = joined(&a, &b);
        let FeatureKind::Choice { values, .. } = &both.layers[0].features[0].kind else { panic!() };
        let values: Vec<_> = values.iter().map(|one| (one.id.as_str(), one.key)).collect();
        assert_eq!(values, [("hot", Some('+')), ("cold", None)]);
        assert_eq!((both.relations[0].from.len(), both.relations[0].to.len()), (2, 2));
        assert_eq!(joined(&with(|_| {}), &b).layers[0].features, b.layers[0].features);
    }

    #[test]
    fn members_that_nobody_understands_are_kept_from_both() {
        let said = |version, name: &str, words: &str| {
            with(|book| {
                book.version = version;
                let all = vec![(name.into(), words.into()), ("both".into(), words.into())];
                book.layers[0].unknown = Unknown(all.into());
            })
        };
        let both = joined(&said(1, "one", "z"), &said(2, "two", "a"));
        let kept: Vec<_> =
            both.layers[0].unknown.0.iter().map(|(name, words)| (&**name, &**words)).collect();
        assert_eq!(kept, [("both", "a"), ("one", "z"), ("two", "a")]);
    }
}
