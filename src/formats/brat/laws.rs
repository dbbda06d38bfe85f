//! Laws: a project that goes to brat and back keeps every span, code and link that brat can hold, and bytes that are
//! flipped or cut never lose a line.

use crate::formats::brat::tests::{TEXT, file, import_with, signature};
use crate::formats::brat::{read_mapping, says_the_same, write};
use crate::formats::default_codebook;
use crate::model::{
    Annotation, AnnotationId, AnyRecord, Document, DocumentId, End, Features, Fragments, Place,
    Project, ProjectId, Record, Relation, RelationId, may_stand,
};
use crate::text::{Offset, Span, Text};
use proptest::prelude::*;
use smol_str::SmolStr;
use std::sync::Arc;

/// Layer, code and fragments of a tag by numbers that always fit.
type Drawn = (usize, usize, Vec<(u32, u32)>);

fn project(words: &str, tags: Vec<Drawn>, links: Vec<(usize, usize, usize)>) -> Project {
    let codebook = default_codebook().unwrap();
    let mut project = Project::new(ProjectId::new("p_1"), Arc::clone(&codebook));
    let text = Text::new(words);
    let length = text.len_code_points();
    let document = Document {
        id: DocumentId::new("d_1"),
        title: "Text".into(),
        language: "".into(),
        meta: Features::new(),
        source: None,
        order: 0,
        text: text.clone(),
        stated_digest: None,
    };
    let signature = signature();
    project.put(AnyRecord::Document(Arc::new(Record::made(document, &signature, 1))));
    for (at, (layer, code, fragments)) in tags.into_iter().enumerate() {
        let layer = &codebook.layers[layer % codebook.layers.len()];
        let code = layer.codes.get(code % (layer.codes.len() + 1));
        let spans = fragments.into_iter().filter_map(|(start, more)| {
            let start = start % length;
            let end = (start + 1 + more).min(length);
            let place = |count| text.at_code_point(count).unwrap_or(Offset(0));
            Span::between(place(start), place(end))
        });
        let Some(fragments) = Fragments::joined(spans.collect()) else { continue };
        let annotation = Annotation {
            id: AnnotationId::new(format!("a_{at}")),
            document: DocumentId::new("d_1"),
            layer: layer.id.clone(),
            code: code.map(|code| code.id.clone()),
            place: Place::Anchored(fragments),
            entity: None,
            features: Features::new(),
        };
        project.put(AnyRecord::Annotation(Arc::new(Record::made(annotation, &signature, 1))));
    }
    for (at, (kind, from, to)) in links.into_iter().enumerate() {
        let end = |number: usize| End::Annotation(AnnotationId::new(format!("a_{number}")));
        let relation = Relation {
            id: RelationId::new(format!("l_{at}")),
            kind: codebook.relations[kind % codebook.relations.len()].id.clone(),
            from: end(from),
            to: end(to),
            features: Features::new(),
        };
        let record = AnyRecord::Relation(Arc::new(Record::made(relation, &signature, 1)));
        if may_stand(&project, &record).is_ok() {
            project.put(record);
        }
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn to_brat_and_back_nothing_is_lost_that_it_can_hold(
        words in "[a-zя가😀\n \u{301}]{1,60}",
        tags in prop::collection::vec((0_usize..9, 0_usize..30, prop::collection::vec((0_u32..80, 0_u32..20), 1..4)), 0..12),
        links in prop::collection::vec((0_usize..30, 0_usize..12, 0_usize..12), 0..40),
    ) {
        let project = project(&words, tags, links);
        let written = write(&project, None);
        prop_assert_eq!(written.annotations, project.annotation_count());
        prop_assert_eq!(written.links, project.relations().len());
        prop_assert!(says_the_same(&written.files, &project, None));
        let mapping = written.files.iter().find(|file| file.name == "mapping.json").unwrap();
        let again = import_with(&written.files, Some(&read_mapping(&mapping.bytes).unwrap()));
        prop_assert_eq!(again.failed, vec![]);
        prop_assert_eq!(again.project.annotation_count(), project.annotation_count());
        prop_assert_eq!(again.project.relations().len(), project.relations().len());
        prop_assert_eq!(&again.project.codebook, &project.codebook, "nothing had to be added");
    }

    #[test]
    fn flipped_and_cut_bytes_lose_no_line(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut ann = b"T1\tPerson 24 32\tminister\nT2\tClaim 10 18\tno taxes\nT3\tLeave 48 52\tleft\n\
            T5\tThing 10 12;13 18\tno taxes\nE1\tLeave:T3 Who:T1 Who2:T2\nR1\tclaims Arg1:T1 Arg2:T2\n\
            *\tEquiv T1 T2\nA1\tNegated T2\nA2\tLevel E1 High\nN1\tReference T1 Wikidata:Q7\tX\n\
            #1\tAnnotatorNotes R1\tcheck\n".to_vec();
        for (at, byte) in flips {
            let at = at.index(ann.len());
            ann[at] = byte;
        }
        if cuts {
            ann.truncate(cut.index(ann.len()));
        }
        let there = String::from_utf8_lossy(&ann).lines().filter(|line| !line.trim().is_empty()).count();
        // What it does with a line is counted in `import_with`: taken, or listed; and no record is broken.
        let import = import_with(&[file("a.txt", TEXT.as_bytes()), file("a.ann", &ann)], None);
        prop_assert!(import.read.lines == there || ann.starts_with(b"\xef\xbb\xbf"));
        let written = write(&import.project, None);
        prop_assert!(says_the_same(&written.files, &import.project, None));
    }

    #[test]
    fn any_name_of_a_part_of_the_codebook_comes_back(
        called in prop::collection::vec("[!-~а-я€😀 ]{0,12}", 1..40),
        tags in prop::collection::vec((0_usize..9, 0_usize..30, prop::collection::vec((0_u32..80, 0_u32..20), 1..2)), 1..8),
        links in prop::collection::vec((0_usize..30, 0_usize..8, 0_usize..8), 0..20),
    ) {
        let mut project = project("A text of some words", tags, links);
        let mut book = (*project.codebook).clone();
        let mut words = called.iter().cycle().map(SmolStr::new);
        let mut next = || words.next().unwrap_or_default();
        for layer in &mut book.layers {
            layer.name = next();
            layer.codes.iter_mut().for_each(|code| code.name = next());
            layer.features.iter_mut().for_each(|feature| feature.name = next());
        }
        book.relations.iter_mut().for_each(|kind| kind.name = next());
        project.codebook = Arc::new(book);
        let written = write(&project, None);
        prop_assert_eq!(written.annotations, project.annotation_count());
        prop_assert_eq!(written.links, project.relations().len());
        prop_assert!(says_the_same(&written.files, &project, None));
    }

    #[test]
    fn any_name_of_a_line_comes_in_goes_out_and_comes_back(
        names in prop::collection::vec("[!-~а-я€😀]{1,12}", 6),
        same in any::<bool>(),
    ) {
        let [span, other, link, apart, together, attribute] = <[String; 6]>::try_from(names).unwrap();
        let apart = if same { link.clone() } else { apart };
        let ann = format!(
            "T1\t{span} 24 32\tminister\nT2\t{span} 10 18\tno taxes\nT3\tPerson 48 52\tleft\nT4\t{other} 37 40\this\n\
            R1\t{link} Arg1:T1 Arg2:T4\n*\t{apart} T3 T1\n*\t{together} T1 T2\nA1\t{attribute} T1 much\n"
        );
        let files = [file("a.txt", TEXT.as_bytes()), file("a.ann", ann.as_bytes())];
        let first = import_with(&files, None);
        prop_assert_eq!(&first.failed, &vec![]);
        let written = write(&first.project, None);
        prop_assert!(says_the_same(&written.files, &first.project, None));
        let mapping = written.files.iter().find(|file| file.name == "mapping.json").unwrap();
        let again = import_with(&written.files, Some(&read_mapping(&mapping.bytes).unwrap()));
        prop_assert_eq!(&again.failed, &vec![]);
        let features = |project: &Project| {
            let all = project.annotations().filter(|one| !one.features.is_empty());
            all.map(|one| (one.place.clone(), one.features.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(features(&first.project), features(&again.project));
        let lines = |files: &[crate::formats::brat::File]| {
            let ann = files.iter().find(|file| file.name == "a.ann").unwrap();
            let ann = String::from_utf8(ann.bytes.clone()).unwrap();
            let all = ann.lines().filter(|line| line.starts_with('*')).map(str::to_owned);
            all.collect::<std::collections::BTreeSet<_>>()
        };
        let told = lines(&written.files);
        prop_assert!(told.contains(&format!("*\t{together} T1 T2")) , "{:?}", told);
        prop_assert_eq!(&lines(&write(&again.project, None).files), &told);
    }
}
