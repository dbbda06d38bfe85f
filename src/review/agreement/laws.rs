//! Laws of agreement: on random ratings, on random spans, and on whole projects.

use crate::model::sample::*;
use crate::model::*;
use crate::review::Class;
use crate::review::agreement::spans::{exactly, overlapping};
use crate::review::agreement::*;
use crate::text::{Offset, Span};
use proptest::prelude::*;
use std::sync::Arc;

type Coefficient = fn(&Ratings) -> Figure;

const ON_RATINGS: [Coefficient; 3] = [observed_agreement, fleiss_kappa, krippendorff_alpha];

fn same(one: &Figure, other: &Figure) -> bool {
    match (&one.value, &other.value) {
        (Ok(one), Ok(other)) => (one - other).abs() < 1e-12,
        (one, other) => one == other,
    }
}

fn ratings(rows: &[Vec<Option<Label>>], coders: usize) -> Ratings {
    let mut ratings = Ratings::new(coders);
    for row in rows {
        ratings.push(row, 1);
    }
    ratings
}

fn rows(coders: usize) -> impl Strategy<Value = Vec<Vec<Option<Label>>>> {
    let label = prop_oneof![9 => (0_u32..4).prop_map(Some), 1 => Just(None)];
    prop::collection::vec(prop::collection::vec(label, coders), 0..30)
}

proptest! {
    #[test]
    fn a_coefficient_is_a_number_up_to_one_or_words(rows in rows(3)) {
        for measure in ON_RATINGS {
            match measure(&ratings(&rows, 3)).value {
                Ok(value) => prop_assert!((-1.0..=1.0).contains(&value), "{value}"),
                Err(why) => prop_assert!(!why.to_string().is_empty()),
            }
        }
    }

    #[test]
    fn neither_the_order_of_coders_nor_that_of_items_matters(rows in rows(3)) {
        let plain = ratings(&rows, 3);
        let turned: Vec<_> = rows.iter().rev().map(|row| vec![row[2], row[0], row[1]]).collect();
        for measure in ON_RATINGS {
            prop_assert!(same(&measure(&plain), &measure(&ratings(&turned, 3))));
        }
        let two = |a: usize, b: usize| {
            ratings(&rows.iter().map(|row| vec![row[a], row[b]]).collect::<Vec<_>>(), 2)
        };
        prop_assert!(same(&cohen_kappa(&two(0, 1)), &cohen_kappa(&two(1, 0))));
    }

    #[test]
    fn other_names_for_the_labels_change_nothing(rows in rows(2)) {
        let plain = ratings(&rows, 2);
        let other = |label: Label| [7, 3, 900, 0][label as usize];
        let renamed: Vec<Vec<_>> =
            rows.iter().map(|row| row.iter().map(|label| label.map(other)).collect()).collect();
        let renamed = ratings(&renamed, 2);
        for measure in ON_RATINGS.into_iter().chain([cohen_kappa as Coefficient]) {
            prop_assert!(same(&measure(&plain), &measure(&renamed)));
        }
    }

    #[test]
    fn who_agrees_in_everything_has_one_unless_there_is_but_one_label(
        labels in prop::collection::vec(0_u32..3, 1..30)
    ) {
        let rows: Vec<_> = labels.iter().map(|label| vec![Some(*label); 2]).collect();
        let one_label = labels.iter().all(|label| *label == labels[0]);
        let expected = if one_label { Err(Undefined::OneLabel) } else { Ok(1.0) };
        for measure in [cohen_kappa, fleiss_kappa, krippendorff_alpha] {
            prop_assert_eq!(measure(&ratings(&rows, 2)).value, expected.clone());
        }
        prop_assert_eq!(observed_agreement(&ratings(&rows, 2)).value, Ok(1.0));
    }
}

fn place(parts: &[(u32, u32)]) -> Fragments {
    let spans = parts
        .iter()
        .filter_map(|(start, length)| Span::between(Offset(*start), Offset(start + length)));
    Fragments::joined(spans.collect()).unwrap()
}

fn places(most_parts: usize) -> impl Strategy<Value = Vec<Fragments>> {
    let parts = prop::collection::vec((0_u32..24, 1_u32..8), 1..=most_parts);
    prop::collection::vec(parts.prop_map(|parts| place(&parts)), 0..7).prop_map(|mut places| {
        places.sort();
        places
    })
}

/// The most pairs there can be, by trying everything.
fn most(first: &[&Fragments], second: &[&Fragments]) -> usize {
    let Some((one, rest)) = first.split_first() else { return 0 };
    let shares = |other: &&&Fragments| {
        one.spans().iter().any(|a| other.spans().iter().any(|b| a.overlaps(*b)))
    };
    let mut best = most(rest, second);
    for at in second.iter().enumerate().filter(|(_, other)| shares(other)).map(|(at, _)| at) {
        let mut left = second.to_vec();
        left.remove(at);
        best = best.max(1 + most(rest, &left));
    }
    best
}

fn check_pairs(first: &[Fragments], second: &[Fragments]) -> Result<(), TestCaseError> {
    let (a, b): (Vec<_>, Vec<_>) = (first.iter().collect(), second.iter().collect());
    let pairs = overlapping(&a, &b).unwrap();
    prop_assert_eq!(pairs.len(), most(&a, &b));
    let mut firsts: Vec<_> = pairs.iter().map(|pair| pair.0).collect();
    let mut seconds: Vec<_> = pairs.iter().map(|pair| pair.1).collect();
    seconds.sort_unstable();
    firsts.dedup();
    seconds.dedup();
    prop_assert_eq!((firsts.len(), seconds.len()), (pairs.len(), pairs.len()));
    for (one, other) in pairs {
        prop_assert_eq!(most(&[a[one]], &[b[other]]), 1, "they share nothing");
    }
    Ok(())
}

proptest! {
    #[test]
    fn as_many_as_possible_are_paired(first in places(1), second in places(1)) {
        check_pairs(&first, &second)?;
    }

    #[test]
    fn as_many_as_possible_are_paired_in_parts_too(first in places(3), second in places(3)) {
        check_pairs(&first, &second)?;
    }

    #[test]
    fn each_of_the_same_place_is_paired_once(first in places(2), second in places(2)) {
        let (a, b): (Vec<_>, Vec<_>) = (first.iter().collect(), second.iter().collect());
        let pairs = exactly(&a, &b);
        let times = |all: &[&Fragments], place| all.iter().filter(|other| **other == place).count();
        let mut kinds = a.clone();
        kinds.dedup();
        let expected: usize = kinds.iter().map(|p| times(&a, *p).min(times(&b, *p))).sum();
        prop_assert_eq!(pairs.len(), expected);
        prop_assert!(pairs.iter().all(|(one, other)| a[*one] == b[*other]));
    }
}

#[test]
fn a_tangle_past_the_limit_is_said_and_not_searched() {
    let many: Vec<Fragments> = (0..300).map(|at| place(&[(at, 1), (1000 + at, 500)])).collect();
    let all: Vec<&Fragments> = many.iter().collect();
    assert_eq!(overlapping(&all, &all), None);
    let plain: Vec<Fragments> = (0..300).map(|at| place(&[(at, 1000)])).collect();
    let all: Vec<&Fragments> = plain.iter().collect();
    assert_eq!(overlapping(&all, &all).map(|pairs| pairs.len()), Some(300));
}

/// Layer, code, start and length: an annotation in the sample text.
type Tag = (bool, bool, u32, u32);

fn coder(name: &str, tags: &[Tag]) -> Coder {
    let mut project = project();
    let text = document("d_1").text;
    for (number, (claim, coded, start, length)) in tags.iter().enumerate() {
        let (layer, code) =
            if *claim { ("claim", "claim.promise") } else { ("actor", "actor.person") };
        let at = |point: u32| text.at_code_point(point.min(text.len_code_points())).unwrap();
        let Some(span) = Span::between(at(*start), at(start + length)) else { continue };
        let annotation = Annotation {
            place: Place::Anchored(Fragments::one(span)),
            code: coded.then(|| CodeId::new(code)),
            ..annotation(&format!("a_{number}"), layer, 0, 3)
        };
        let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
        project = apply(&project, &edit, &signature("x")).unwrap();
    }
    Coder { name: name.into(), project }
}

fn tags() -> impl Strategy<Value = Vec<Tag>> {
    prop::collection::vec((any::<bool>(), any::<bool>(), 0_u32..65, 1_u32..14), 0..9)
}

fn whole(study: &Study, measure: Measure) -> Figure {
    study.figure(measure, &Scope::default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn who_tags_the_same_agrees_in_every_measure(tags in tags()) {
        let coders = ["Anna", "Ben", "Cem"].map(|name| coder(name, &tags));
        for unit in Unit::ALL {
            let study = Study::new(&coders, unit);
            for measure in Measure::ALL {
                match whole(&study, measure).value {
                    Ok(value) => prop_assert!((value - 1.0).abs() < 1e-12, "{measure:?} {value}"),
                    Err(Undefined::NoPairHasOne(why)) => prop_assert!(is_about_nothing(&why)),
                    Err(why) => prop_assert!(is_about_nothing(&why), "{measure:?} {why}"),
                }
            }
        }
    }

    #[test]
    fn the_order_of_projects_changes_no_value(a in tags(), b in tags(), c in tags()) {
        let coders = [coder("Anna", &a), coder("Ben", &b), coder("Cem", &c)];
        let turned = [coders[2].clone(), coders[0].clone(), coders[1].clone()];
        let [study, turned] = [&coders, &turned].map(|coders| Study::new(coders, Unit::Words));
        for measure in Measure::ALL {
            let (one, other) = (whole(&study, measure), whole(&turned, measure));
            match (&one.value, &other.value) {
                (Ok(_), Ok(_)) => prop_assert!(same(&one, &other), "{measure:?} {one:?} {other:?}"),
                (one, other) => prop_assert!(one.is_err() && other.is_err(), "{one:?} {other:?}"),
            }
        }
    }

    #[test]
    fn every_number_leads_to_the_passages_that_it_counts(a in tags(), b in tags()) {
        let study = Study::new(&[coder("Anna", &a), coder("Ben", &b)], Unit::Characters);
        let report = AgreementReport::new(study, &Measure::ALL);
        for row in report.parts.iter().flat_map(|part| &part.rows) {
            let items = report.items(row);
            let said = |coder: usize| {
                let of = |item: &&Item| item.said.iter().any(|s| s.coder == coder && !s.codes.is_empty());
                items.iter().filter(of).count() as u64
            };
            let both = items.iter().filter(|item| item.agree).count() as u64;
            if matches!(row.measure, Measure::ExactF1 | Measure::OverlapF1) {
                let counted: Vec<u64> = row.figure.counted.iter().map(|amount| amount.count).collect();
                prop_assert_eq!(counted, [both, said(0), said(1)]);
            } else if row.measure == Measure::Observed && row.figure.value == Ok(1.0) {
                prop_assert_eq!(both as usize, items.len());
            }
            let named = |item: &Item| item.said.iter().all(|s| s.codes.is_empty() == s.annotations.is_empty());
            prop_assert!(items.iter().all(named), "{items:?}");
        }
    }
}

fn is_about_nothing(why: &Undefined) -> bool {
    matches!(why, Undefined::NothingTagged | Undefined::OneLabel)
}

#[test]
fn nothing_tagged_is_said_in_words_by_every_measure() {
    let study = Study::new(&[coder("Anna", &[]), coder("Ben", &[])], Unit::Words);
    for measure in Measure::ALL.into_iter().filter(|measure| *measure != Measure::Observed) {
        assert_eq!(whole(&study, measure).value, Err(Undefined::NothingTagged), "{measure:?}");
    }
    assert_eq!(whole(&study, Measure::Observed).value, Ok(1.0));
    for coders in [Vec::new(), vec![coder("Anna", &[])]] {
        let alone = Study::new(&coders, Unit::Words);
        assert_eq!(whole(&alone, Measure::Alpha).value, Err(Undefined::OneCoder));
    }
}

#[test]
fn a_text_that_nobody_else_has_is_left_out_and_said() {
    let mut other = coder("Ben", &[(true, true, 0, 3)]);
    let text = crate::text::Text::new("Another text.");
    let changed = Document { text, ..document("d_2") };
    other.project =
        apply(&project(), &Edit::Document(DocumentEdit::Add(changed)), &signature("x")).unwrap();
    let alone = coder("Anna", &[(true, true, 0, 3)]);
    let study = Study::new(&[alone.clone(), other.clone()], Unit::Words);
    assert_eq!(study.documents.len(), 1, "the sample's text is in both");
    let said: Vec<String> = study.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["1 document of Ben, with 0 annotations: no other project has this text"]);
    let gone = Edit::Document(DocumentEdit::Erase(DocumentId::new("d_1")));
    other.project = apply(&other.project, &gone, &signature("x")).unwrap();
    let study = Study::new(&[alone, other], Unit::Words);
    for measure in Measure::ALL {
        assert_eq!(whole(&study, measure).value, Err(Undefined::NoDocuments));
    }
    assert_eq!(study.left_out.len(), 2);
}

#[test]
fn an_annotation_on_an_emoji_covers_no_word_and_is_said_to_be_left_out() {
    let emoji = document("d_1").text.as_str().chars().position(|c| c == '😀').unwrap() as u32;
    let tags = [(false, true, emoji, 1), (false, true, 4, 8)];
    let coders = [coder("Anna", &tags), coder("Ben", &tags[1..])];
    let study = Study::new(&coders, Unit::Words);
    let kappa = whole(&study, Measure::CohenKappa);
    assert_eq!(kappa.value, Ok(1.0));
    assert_eq!(kappa.left_out.len(), 1);
    assert_eq!(kappa.left_out[0].to_string(), "1 annotation: no word lies there");
    let study = Study::new(&coders, Unit::Characters);
    assert!(whole(&study, Measure::CohenKappa).value.unwrap() < 1.0);
}

#[test]
fn nested_annotations_make_a_set_and_each_code_a_series_of_its_own() {
    // Anna nests an actor in a claim; Ben has the claim only.
    let anna = coder("Anna", &[(true, true, 0, 20), (false, true, 4, 8)]);
    let ben = coder("Ben", &[(true, true, 0, 20)]);
    let study = Study::new(&[anna, ben], Unit::Words);
    assert_eq!(
        study.codes.iter().map(CodeName::id).collect::<Vec<_>>(),
        ["actor.person", "claim.promise"]
    );
    let of = |scope: Scope| study.figure(Measure::Observed, &scope).value;
    // One of eleven words has {actor, claim} with Anna and {claim} with Ben.
    assert_eq!(of(Scope::default()), Ok(10.0 / 11.0));
    assert_eq!(of(Scope { layer: Some(LayerId::new("claim")), ..Scope::default() }), Ok(1.0));
    assert_eq!(of(Scope { code: Some(1), ..Scope::default() }), Ok(1.0));
    let actor = Scope { code: Some(0), ..Scope::default() };
    assert_eq!(study.figure(Measure::CohenKappa, &actor).value, Ok(0.0));
    assert_eq!(study.figure(Measure::UnitF1, &actor).value, Ok(0.0));
}

#[test]
fn a_document_that_one_of_three_lacks_is_a_gap_for_alpha_and_left_out_of_fleiss() {
    let tags = [(true, true, 0, 20), (false, true, 24, 8)];
    let coders = [coder("Anna", &tags), coder("Ben", &tags), coder("Cem", &tags)];
    let mut coders = coders.to_vec();
    let more = Document { text: crate::text::Text::new("One two three four."), ..document("d_2") };
    for coder in coders.iter_mut().take(2) {
        let add = Edit::Document(DocumentEdit::Add(more.clone()));
        coder.project = apply(&coder.project, &add, &signature("x")).unwrap();
    }
    let study = Study::new(&coders, Unit::Words);
    let alpha = whole(&study, Measure::Alpha);
    assert_eq!((alpha.counted[0].count, alpha.left_out.len()), (15, 0));
    for measure in [Measure::FleissKappa, Measure::Observed] {
        let figure = whole(&study, measure);
        assert_eq!((figure.counted[0].count, figure.left_out[0].count), (11, 4), "{measure:?}");
    }
    let alpha_u = whole(&study, Measure::AlphaU);
    assert_eq!((alpha_u.value, alpha_u.left_out[0].count), (Ok(1.0), 1));
}

#[test]
fn codebooks_that_differ_keep_their_codes_apart() {
    let mut ben = coder("Ben", &[(true, true, 0, 20)]);
    let mut codebook = (*ben.project.codebook).clone();
    codebook.layers[1].codes[0].name = "Vow".into();
    ben.project.codebook = Arc::new(codebook);
    let study = Study::new(&[coder("Anna", &[(true, true, 0, 20)]), ben], Unit::Words);
    assert_eq!(study.codes.len(), 1, "one id is one code");
    assert_eq!(study.codes[0].name, "claim.promise", "by the first one's name");
}

#[test]
fn what_was_tagged_in_another_version_of_the_text_is_found_again() {
    let tags = [(true, true, 0, 20), (false, true, 24, 8), (true, true, 45, 10)];
    let anna = coder("Anna", &tags);
    let mut ben = coder("Ben", &[]);
    // Ben's copy has a word more at its beginning, so that all of his places are further on.
    let more = "Yesterday. ";
    let text = crate::text::Text::new(format!("{more}{}", document("d_1").text.as_str()));
    let put = Document { text, ..document("d_1") };
    let edit = Edit::Document(DocumentEdit::Add(put));
    let empty = Project::new(ProjectId::new("p_2"), Arc::new(codebook()));
    ben.project = apply(&empty, &edit, &signature("x")).unwrap();
    for one in anna.project.annotations() {
        let hull = one.place.fragments().hull();
        let moved = |offset: Offset| Offset(offset.0 + more.len() as u32);
        let span = Span::between(moved(hull.start()), moved(hull.end())).unwrap();
        let annotation =
            Annotation { place: Place::Anchored(Fragments::one(span)), ..one.value.clone() };
        let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
        ben.project = apply(&ben.project, &edit, &signature("x")).unwrap();
    }
    let study = Study::new(&[anna.clone(), ben.clone()], Unit::Words);
    assert_eq!(study.documents.len(), 1);
    assert!(study.left_out.is_empty(), "{:?}", study.left_out);
    assert!(study.notes[0].starts_with("3 annotations of Ben"), "{:?}", study.notes);
    for measure in Measure::ALL {
        assert_eq!(whole(&study, measure).value, Ok(1.0), "{measure:?}");
    }
    assert_eq!(study.classes(&Scope::default()).get(Class::Same), 3);
    // A copy of one project has one document of an id, but these words have nothing to do with Anna's.
    let empty = Project::new(anna.project.id.clone(), Arc::new(codebook()));
    let strange = Document { text: crate::text::Text::new("Other words."), ..document("d_1") };
    let edit = Edit::Document(DocumentEdit::Add(strange));
    ben.project = apply(&empty, &edit, &signature("x")).unwrap();
    let study = Study::new(&[anna, ben], Unit::Words);
    assert_eq!(whole(&study, Measure::Alpha).value, Err(Undefined::NoDocuments));
    let said: Vec<String> = study.left_out.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|words| words.contains("another version")), "{said:?}");
}
