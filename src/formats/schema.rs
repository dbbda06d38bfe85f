//! The JSON Schemas against what is written: all of it must pass, and a file with one thing wrong must not.

use crate::formats::annotation_json::{self, Form};
use crate::formats::native;
use crate::formats::review_file;
use crate::formats::sample::{project, project_file};
use crate::model::{Project, ProjectId};
use jsonschema::Validator;
use serde_json::{Value, json};

const PROJECT: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/schema/matryoshka-project.schema.json"
));
const ANNOTATIONS: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/schema/matryoshka-annotations.schema.json"
));

const REVIEW: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/schema/matryoshka-review.schema.json"
));

fn schema(text: &str) -> Validator {
    jsonschema::draft202012::new(&serde_json::from_str(text).unwrap()).unwrap()
}

fn assert_valid(schema: &Validator, value: &Value) {
    let errors: Vec<String> = schema
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Puts `to` where `path` leads, or takes the member away; says whether there was something.
fn change(value: &mut Value, path: &str, to: Option<Value>) -> bool {
    let (parent, name) = path.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap();
    match (parent, to) {
        (Value::Object(members), None) => members.remove(name).is_some(),
        (Value::Object(members), Some(to)) => members.insert(name.to_owned(), to).is_some(),
        (Value::Array(items), Some(to)) => {
            items[name.parse::<usize>().unwrap()] = to;
            true
        }
        _ => false,
    }
}

#[test]
fn every_project_file_that_we_write_is_valid() {
    let schema = schema(PROJECT);
    let rich = serde_json::from_slice(&native::write(&project())).unwrap();
    assert_valid(&schema, &rich);
    let empty = Project::new(ProjectId::new("p_1"), crate::formats::default_codebook().unwrap());
    assert_valid(&schema, &serde_json::from_slice(&native::write(&empty)).unwrap());
}

#[test]
fn the_shipped_samples_are_valid() {
    let summit = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/summit.json"));
    let voices = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/three-voices.json"));
    for sample in [summit, voices] {
        assert_valid(&schema(PROJECT), &serde_json::from_str(sample).unwrap());
    }
}

#[test]
fn a_project_file_with_one_thing_wrong_is_invalid() {
    let schema = schema(PROJECT);
    let sound: Value = serde_json::from_str(&project_file()).unwrap();
    let wrong: [(&str, Option<Value>); 42] = [
        ("/format", Some(json!("matryoshka"))),
        ("/version", None),
        ("/version/major", Some(json!("1"))),
        ("/version/minor", None),
        ("/id", Some(json!("p 1"))),
        ("/codebook", None),
        ("/codebook/layers/0/key", Some(json!("AB"))),
        ("/codebook/layers/0/line", Some(json!("wavy"))),
        ("/codebook/layers/0/codes/0/digit", Some(json!(10))),
        ("/codebook/layers/0/features/0/type", Some(json!("colour"))),
        ("/codebook/relations/0/from", Some(json!("actor"))),
        ("/documents", Some(json!({}))),
        ("/documents/0/text", None),
        ("/documents/0/digest", Some(json!("sha256:abc"))),
        ("/documents/0/source/encoding", None),
        ("/documents/0/order", Some(json!(1.5))),
        ("/entities/0/name", None),
        ("/entities/0/aliases", Some(json!("Berg"))),
        ("/annotations/0/id", Some(json!(""))),
        ("/annotations/0/start", Some(json!(-1))),
        ("/annotations/0/end", Some(json!(12.5))),
        ("/annotations/0/quote", None),
        ("/annotations/0/code", Some(Value::Null)),
        ("/annotations/0/made/at", Some(json!("yesterday"))),
        ("/annotations/0/version/h1", Some(json!(-2))),
        ("/annotations/0/conflict/0/layer", None),
        ("/annotations/1/fragments", Some(json!([]))),
        ("/annotations/2/orphan", Some(json!(false))),
        ("/links/0/to", None),
        ("/notes/0/target", Some(json!("a_1"))),
        ("/comments/0/thread", Some(json!(7))),
        ("/decisions/0/guest/project", None),
        ("/decisions/0/class", Some(json!(1))),
        ("/decisions/0/verdict", Some(json!("later"))),
        ("/decisions/0/ours/quote", None),
        ("/decisions/0/ours/spans/0", Some(json!([4]))),
        ("/decisions/0/ours/entity_name", None),
        ("/decisions/0/ours/links/0/direction", Some(json!("up"))),
        ("/decisions/0/answer/disputed", Some(json!(true))),
        ("/decisions/1/theirs", None),
        ("/decisions/1/answer/accepted", Some(json!(false))),
        ("/erased/0/kind", Some(json!("thought"))),
    ];
    for (path, to) in wrong {
        let mut value = sound.clone();
        assert!(change(&mut value, path, to.clone()), "{path} is not in the sample");
        assert!(!schema.is_valid(&value), "{path} → {to:?} is valid");
    }
}

#[test]
fn every_review_is_valid_and_one_with_something_wrong_is_not() {
    let schema = schema(REVIEW);
    let review = review_file::tests::review();
    let sound: Value = serde_json::from_slice(&review_file::write(&review, &project())).unwrap();
    assert_valid(&schema, &sound);
    let wrong: [(&str, Option<Value>); 21] = [
        ("/format", Some(json!("matryoshka-project"))),
        ("/codebook/layers/0/key", Some(json!("AB"))),
        ("/version", None),
        ("/version/major", Some(json!("1"))),
        ("/project", Some(json!("p 1"))),
        ("/guest", None),
        ("/guest/name", None),
        ("/made/by", None),
        ("/made/at", Some(json!("yesterday"))),
        ("/documents/0/theirs", None),
        ("/agreed/0", Some(json!(["a_2"]))),
        ("/decisions", Some(json!({}))),
        ("/decisions/0/id", None),
        ("/decisions/0/verdict", Some(json!("later"))),
        ("/decisions/0/ours/document", None),
        ("/decisions/0/ours/links/0/id", None),
        ("/decisions/1/theirs", None),
        ("/comments/0/target", Some(json!("a_1"))),
        ("/comments/0/text", None),
        ("/versions/0/kind", Some(json!("thought"))),
        ("/versions/0/version/h1", Some(json!(-1))),
    ];
    for (path, to) in wrong {
        let mut value = sound.clone();
        assert!(change(&mut value, path, to.clone()), "{path} is not in the sample");
        assert!(!schema.is_valid(&value), "{path} → {to:?} is valid");
    }
}

#[test]
fn every_annotation_export_is_valid_and_one_with_something_wrong_is_not() {
    let whole = schema(ANNOTATIONS);
    let sound: Value =
        serde_json::from_slice(&annotation_json::write(&project(), None, Form::Json)).unwrap();
    assert_valid(&whole, &sound);
    let wrong: [(&str, Option<Value>); 10] = [
        ("/format", Some(json!("matryoshka-project"))),
        ("/project", None),
        ("/documents/0/digest", Some(json!("md5:0"))),
        ("/documents/0/length", Some(json!(-1))),
        ("/annotations/0/utf16", None),
        ("/annotations/0/utf8/start", Some(json!("4"))),
        ("/annotations/0/layer", Some(json!("actor"))),
        ("/annotations/0/links/0/direction", Some(json!("up"))),
        ("/annotations/0/links/0/other/kind", Some(json!("event"))),
        ("/annotations/1/fragments/0/quote", None),
    ];
    for (path, to) in wrong {
        let mut value = sound.clone();
        assert!(change(&mut value, path, to.clone()), "{path} is not in the sample");
        assert!(!whole.is_valid(&value), "{path} → {to:?} is valid");
    }
}

#[test]
fn every_line_of_json_lines_is_an_annotation_by_itself() {
    let mut rules: Value = serde_json::from_str(ANNOTATIONS).unwrap();
    rules["required"] = json!([]);
    rules["properties"] = json!({});
    rules["$ref"] = json!("#/$defs/annotation");
    let schema = schema(&rules.to_string());
    let lines = annotation_json::write(&project(), None, Form::Lines);
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.lines().count(), project().annotation_count());
    for line in lines.lines() {
        assert_valid(&schema, &serde_json::from_str(line).unwrap());
    }
}
