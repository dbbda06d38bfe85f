//! A report of agreement as CSV, JSON and HTML.
//!
//! Takes a plain [`Paper`] that the workbench fills from a study: nothing is computed here. The JSON has a place for every
//! measure of the documented shape; one without a value says why under `undefined`.

use crate::formats::{csv, html};
use crate::query::amount_in_words;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// A report, ready to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// The coders' names.
    pub coders: Vec<String>,
    /// What is labelled: "words".
    pub unit: String,
    /// How many documents are shared.
    pub documents: usize,
    /// What takes part in no figure.
    pub left_out: Vec<Count>,
    /// What should be known of what takes part.
    pub notes: Vec<String>,
    /// The measures with what they say.
    pub measures: Vec<(String, String)>,
    /// Everything first, then each layer.
    pub parts: Vec<PaperPart>,
}

/// Figures about one thing; everything that is not named is meant as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperPart {
    /// In words.
    pub title: String,
    /// Id and name of the layer.
    pub layer: Option<(String, String)>,
    /// The two coders.
    pub pair: Option<(String, String)>,
    /// Id and title of the document.
    pub document: Option<(String, String)>,
    /// How many differences there are of each class.
    pub classes: Vec<(&'static str, usize)>,
    /// Which code one of two gave where the other gave which; none where one has nothing there.
    pub confusion: Vec<PaperCell>,
    /// The figures.
    pub lines: Vec<PaperLine>,
}

/// A cell of the confusion matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperCell {
    /// Id and name of the first one's code.
    pub first: Option<(String, String)>,
    /// Of the second one's.
    pub second: Option<(String, String)>,
    /// How many annotations.
    pub count: u64,
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperLine {
    /// The measure's id.
    pub measure: &'static str,
    /// The measure's name.
    pub name: String,
    /// Whether it is the mean over codes.
    pub mean_over_codes: bool,
    /// Id and name of the code.
    pub code: Option<(String, String)>,
    /// Id and name of the feature that it is about instead of the words.
    pub feature: Option<(String, String)>,
    /// The number, or why there is none.
    pub value: Result<f64, String>,
    /// What goes into it.
    pub parts: Vec<(&'static str, f64)>,
    /// What was counted.
    pub counted: Vec<(String, u64)>,
    /// What was not.
    pub left_out: Vec<Count>,
}

/// So many of something, and why they are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of what.
    pub what: String,
    /// How many.
    pub count: u64,
    /// Why.
    pub why: String,
}

/// Why γ has no value yet; readers of the documented shape find the member.
const NO_GAMMA: &str = "this version does not compute γ";
/// Measures whose value is split into micro, macro and codes.
const SPLIT: [&str; 3] = ["span_f1_exact", "span_f1_overlap", "unit_f1"];

/// The report as JSON.
pub fn json(paper: &Paper) -> Vec<u8> {
    let mut all = object(paper, None);
    all.append(&mut beginning(paper));
    let layers = paper.parts.iter().filter_map(|part| part.layer.as_ref());
    let mut by_layer = Map::new();
    for (id, name) in layers {
        if !by_layer.contains_key(id) {
            let mut layer = object(paper, Some(id));
            layer.insert("name".into(), json!(name));
            by_layer.insert(id.clone(), Value::Object(layer));
        }
    }
    all.insert("layers".into(), Value::Object(by_layer));
    all.insert("figures".into(), paper.parts.iter().flat_map(figures).collect());
    written(all)
}

/// Only what is said of everything together, as JSON: no pairs, documents or layers.
pub fn json_in_short(paper: &Paper) -> Vec<u8> {
    let of_everything =
        |part: &&PaperPart| part.layer.is_none() && part.pair.is_none() && part.document.is_none();
    let part = paper.parts.iter().find(of_everything);
    let mut all = part.map(measures).unwrap_or_default();
    all.append(&mut beginning(paper));
    all.insert("figures".into(), part.into_iter().flat_map(figures).collect());
    written(all)
}

/// Whose work it is about, and what should be known of it.
fn beginning(paper: &Paper) -> Map<String, Value> {
    let left_out = paper.left_out.iter().map(count).collect();
    let members = [
        ("coders", json!(paper.coders)),
        ("unit", json!(paper.unit)),
        ("notes", json!(paper.notes)),
        ("left_out", left_out),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn figures(part: &PaperPart) -> impl Iterator<Item = Value> {
    part.lines.iter().map(move |line| figure(part, line))
}

fn written(all: Map<String, Value>) -> Vec<u8> {
    let mut bytes = format!("{:#}", Value::Object(all)).into_bytes();
    bytes.push(b'\n');
    bytes
}

/// The measures of a layer or of everything, with those of each pair and document.
fn object(paper: &Paper, layer: Option<&String>) -> Map<String, Value> {
    let mut whole = Map::new();
    let (mut pairs, mut documents) = (Vec::new(), Vec::new());
    for part in paper.parts.iter().filter(|part| part.layer.as_ref().map(|(id, _)| id) == layer) {
        let mut measures = measures(part);
        match (&part.pair, &part.document) {
            (Some((a, b)), _) => {
                measures.insert("a".into(), json!(a));
                measures.insert("b".into(), json!(b));
                pairs.push(Value::Object(measures));
            }
            (None, Some((id, title))) => {
                measures.insert("id".into(), json!(id));
                measures.insert("title".into(), json!(title));
                documents.push(Value::Object(measures));
            }
            (None, None) => whole = measures,
        }
    }
    whole.insert("pairs".into(), Value::Array(pairs));
    whole.insert("documents".into(), Value::Array(documents));
    whole
}

fn measures(part: &PaperPart) -> Map<String, Value> {
    let mut all = Map::new();
    for line in &part.lines {
        let code = line.code.as_ref().map(|(id, _)| id.as_str());
        let average = if line.mean_over_codes { "macro" } else { "micro" };
        let split = SPLIT.contains(&line.measure);
        if let Some((feature, _)) = &line.feature {
            put(&mut all, &["features", feature, line.measure], value(&line.value));
            continue;
        }
        let path = match code {
            Some(code) if split => vec![line.measure, "by_code", code],
            Some(code) => vec!["codes", code, line.measure],
            None if split => vec![line.measure, average],
            None => vec![line.measure],
        };
        put(&mut all, &path, value(&line.value));
    }
    put(&mut all, &["gamma", "undefined"], json!(NO_GAMMA));
    for (class, count) in &part.classes {
        put(&mut all, &["classes", class], json!(count));
    }
    let id = |code: &Option<(String, String)>| json!(code.as_ref().map(|(id, _)| id));
    let cell = |one: &PaperCell| json!({ "first": id(&one.first), "second": id(&one.second), "count": one.count });
    put(&mut all, &["confusion"], part.confusion.iter().map(cell).collect());
    all
}

/// Puts a value into objects within each other, made where they are missing.
fn put(map: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [last] => drop(map.insert((*last).to_owned(), value)),
        [first, rest @ ..] => {
            let inner = map.entry(*first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

fn value(value: &Result<f64, String>) -> Value {
    match value {
        Ok(number) => json!(number),
        Err(why) => json!({ "undefined": why }),
    }
}

fn count(count: &Count) -> Value {
    json!({ "what": count.what, "count": count.count, "why": count.why })
}

fn figure(part: &PaperPart, line: &PaperLine) -> Value {
    let parts: Map<String, Value> =
        line.parts.iter().map(|(name, number)| ((*name).to_owned(), json!(number))).collect();
    let counted: Vec<Value> =
        line.counted.iter().map(|(what, count)| json!({ "what": what, "count": count })).collect();
    json!({
        "layer": part.layer.as_ref().map(|(id, _)| id),
        "pair": part.pair.as_ref().map(|(a, b)| [a, b]),
        "document": part.document.as_ref().map(|(id, _)| id),
        "code": line.code.as_ref().map(|(id, _)| id),
        "feature": line.feature.as_ref().map(|(id, _)| id),
        "measure": line.measure,
        "mean_over_codes": line.mean_over_codes,
        "value": value(&line.value),
        "parts": parts,
        "counted": counted,
        "left_out": line.left_out.iter().map(count).collect::<Vec<Value>>(),
    })
}

/// The report as CSV, one figure a line.
pub fn csv(paper: &Paper) -> Vec<u8> {
    const HEADS: [&str; 12] = [
        "layer",
        "coder a",
        "coder b",
        "document",
        "code",
        "feature",
        "measure",
        "value",
        "undefined",
        "made of",
        "counted",
        "left out",
    ];
    let mut text = csv::BEGINNING.to_owned();
    text.push_str(&csv::line(&HEADS.map(csv::cell)));
    for part in &paper.parts {
        for line in &part.lines {
            text.push_str(&csv::line(&cells(part, line)));
        }
    }
    for left in &paper.left_out {
        let mut cells = HEADS.map(|_| String::new());
        if let Some(last) = cells.last_mut() {
            *last = csv::cell(&words(left));
        }
        text.push_str(&csv::line(&cells));
    }
    text.into_bytes()
}

fn cells(part: &PaperPart, line: &PaperLine) -> [String; 12] {
    let name = |pair: Option<&(String, String)>| pair.map_or("", |(_, name)| name).to_owned();
    let (a, b) = part.pair.clone().unwrap_or_default();
    let (number, why) = match &line.value {
        Ok(value) => (csv::number(*value), String::new()),
        Err(why) => (String::new(), csv::cell(why)),
    };
    [
        csv::cell(&name(part.layer.as_ref())),
        csv::cell(&a),
        csv::cell(&b),
        csv::cell(&name(part.document.as_ref())),
        csv::cell(&name(line.code.as_ref())),
        csv::cell(&name(line.feature.as_ref())),
        csv::cell(&line.name),
        number,
        why,
        csv::cell(&made_of(line)),
        csv::cell(&counted(line)),
        csv::cell(&left_out(&line.left_out)),
    ]
}

fn made_of(line: &PaperLine) -> String {
    let parts = line.parts.iter().map(|(name, number)| format!("{name} {number:.4}"));
    parts.collect::<Vec<_>>().join("; ")
}

fn counted(line: &PaperLine) -> String {
    let counts = line.counted.iter().map(|(what, count)| amount_in_words(*count, what));
    counts.collect::<Vec<_>>().join("; ")
}

fn left_out(all: &[Count]) -> String {
    all.iter().map(words).collect::<Vec<_>>().join("; ")
}

fn words(left: &Count) -> String {
    format!("{}: {}", amount_in_words(left.count, &left.what), left.why)
}

const STYLE: &str = "body{font:15px/1.5 sans-serif;margin:2em auto;max-width:75em;padding:0 1em;color:#222;background:#fff}\
    table{border-collapse:collapse;width:100%;margin:.5em 0 2em}\
    th,td{text-align:left;vertical-align:top;padding:.2em .6em;border-bottom:1px solid #ccc}\
    td.value{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
    td.why{font-style:italic}small{color:#555}dt{font-weight:bold}";

/// The report as a page that needs nothing else and runs nothing.
pub fn html(paper: &Paper) -> Vec<u8> {
    let coders = paper.coders.join(", ");
    let mut page = html::beginning(&format!("Agreement: {coders}"), STYLE);
    writeln!(page, "<h1>Agreement of {}</h1>", html::escaped(&coders)).ok();
    writeln!(
        page,
        "<p>Shared documents: {}. Labels are on {}.</p>",
        paper.documents,
        html::escaped(&paper.unit)
    )
    .ok();
    for note in &paper.notes {
        writeln!(page, "<p>{}.</p>", html::escaped(note)).ok();
    }
    if !paper.left_out.is_empty() {
        page.push_str("<h2>Left out of every figure</h2>\n<ul>\n");
        for left in &paper.left_out {
            writeln!(page, "<li>{}</li>", html::escaped(&words(left))).ok();
        }
        page.push_str("</ul>\n");
    }
    for part in &paper.parts {
        table(&mut page, part);
    }
    page.push_str("<h2>What the figures say</h2>\n<dl>\n");
    for (name, meaning) in &paper.measures {
        writeln!(page, "<dt>{}</dt><dd>{}</dd>", html::escaped(name), html::escaped(meaning)).ok();
    }
    page.push_str("</dl>\n");
    page.push_str(html::END);
    page.into_bytes()
}

fn table(page: &mut String, part: &PaperPart) {
    writeln!(page, "<h2>{}</h2>\n<table>", html::escaped(&part.title)).ok();
    page.push_str(
        "<tr><th>Code or feature</th><th>Measure</th><th>Value</th><th>Counted</th><th>Left out</th></tr>\n",
    );
    for line in &part.lines {
        let code = line.code.as_ref().or(line.feature.as_ref()).map_or("", |(_, name)| name);
        let value = match &line.value {
            Ok(number) => format!("<td class=\"value\">{number:.4}</td>"),
            Err(why) => format!("<td class=\"why\">{}</td>", html::escaped(why)),
        };
        let (made, counted) = (html::escaped(&made_of(line)), html::escaped(&counted(line)));
        let left = html::escaped(&left_out(&line.left_out));
        writeln!(
            page,
            "<tr><td>{}</td><td>{}</td>{value}<td>{counted}<br><small>{made}</small></td><td>{left}</td></tr>",
            html::escaped(code),
            html::escaped(&line.name)
        )
        .ok();
    }
    page.push_str("</table>\n");
    confusion(page, part);
}

/// Which code one of two gave where the other gave which.
fn confusion(page: &mut String, part: &PaperPart) {
    if part.confusion.is_empty() {
        return;
    }
    page.push_str("<h3>Codes beside each other</h3>\n<table>\n<tr><th>One</th><th>The other</th><th>Annotations</th></tr>\n");
    let name = |code: &Option<(String, String)>| {
        html::escaped(code.as_ref().map_or("nothing there", |(_, name)| name))
    };
    for cell in &part.confusion {
        writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td class=\"value\">{}</td></tr>",
            name(&cell.first),
            name(&cell.second),
            cell.count
        )
        .ok();
    }
    page.push_str("</table>\n");
}

#[cfg(test)]
mod tests {
    use crate::formats::agreement_report::*;

    const HOSTILE: &str = "<script>alert(1)</script>\"' =HYPERLINK(\"x\")";

    fn line(measure: &'static str, code: Option<&str>, value: Result<f64, String>) -> PaperLine {
        PaperLine {
            measure,
            name: measure.to_owned(),
            mean_over_codes: false,
            code: code.map(|id| (id.to_owned(), format!("={id}"))),
            feature: None,
            value,
            parts: vec![("precision", 0.5)],
            counted: vec![("words".to_owned(), 12)],
            left_out: vec![Count { what: "annotations".into(), count: 3, why: HOSTILE.into() }],
        }
    }

    fn paper() -> Paper {
        let lines = vec![
            line("span_f1_exact", None, Ok(0.75)),
            PaperLine { mean_over_codes: true, ..line("span_f1_exact", None, Ok(0.5)) },
            line("span_f1_exact", Some("a.b"), Err("nobody used it".into())),
            line("cohen_kappa", None, Ok(-0.25)),
            line("cohen_kappa", Some("a.b"), Ok(0.125)),
        ];
        let whole =
            PaperPart { title: HOSTILE.into(), lines: lines.clone(), ..PaperPart::default() };
        let layer = Some(("claim".to_owned(), HOSTILE.to_owned()));
        let parts = vec![
            whole.clone(),
            PaperPart { pair: Some(("Anna".into(), HOSTILE.into())), ..whole.clone() },
            PaperPart { document: Some(("d_1".into(), HOSTILE.into())), ..whole.clone() },
            PaperPart { layer, ..whole },
        ];
        Paper {
            coders: vec!["Anna".into(), HOSTILE.into()],
            unit: "words".into(),
            parts,
            ..Paper::default()
        }
    }

    #[test]
    fn json_has_the_documented_shape() {
        let value: Value = serde_json::from_slice(&json(&paper())).unwrap();
        for object in
            [&value, &value["pairs"][0], &value["documents"][0], &value["layers"]["claim"]]
        {
            assert_eq!(object["span_f1_exact"]["micro"], 0.75);
            assert_eq!(object["span_f1_exact"]["macro"], 0.5);
            assert_eq!(object["span_f1_exact"]["by_code"]["a.b"]["undefined"], "nobody used it");
            assert_eq!(object["cohen_kappa"], -0.25);
            assert_eq!(object["codes"]["a.b"]["cohen_kappa"], 0.125);
            assert!(object["gamma"]["undefined"].is_string());
        }
        assert_eq!(value["pairs"][0]["a"], "Anna");
        assert_eq!(value["figures"].as_array().map(Vec::len), Some(20));
        assert_eq!(value["figures"][0]["left_out"][0]["count"], 3);
    }

    #[test]
    fn in_short_json_says_of_everything_together_what_the_whole_says() {
        let whole: Value = serde_json::from_slice(&json(&paper())).unwrap();
        let short: Value = serde_json::from_slice(&json_in_short(&paper())).unwrap();
        for (name, value) in
            short.as_object().unwrap().iter().filter(|(name, _)| *name != "figures")
        {
            assert_eq!(*value, whole[name], "{name}");
        }
        let figures = whole["figures"].as_array().unwrap();
        assert_eq!(short["figures"].as_array().unwrap()[..], figures[..5]);
        let parts = ["pairs", "documents", "layers"];
        assert!(parts.iter().all(|name| short.get(name).is_none()), "{short}");
    }

    #[test]
    fn html_has_no_markup_of_the_project() {
        let page = String::from_utf8(html(&paper())).unwrap();
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
        assert_eq!(page.matches("<table>").count(), 4);
        assert_eq!(page.matches("<tr>").count(), 4 * 6);
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn csv_has_a_line_for_each_figure_and_no_formula() {
        let text = String::from_utf8(csv(&paper())).unwrap();
        assert!(text.starts_with('\u{feff}'));
        assert_eq!(text.matches("\r\n").count(), 21);
        assert!(text.contains(",-0.25,") && text.contains("'=a.b"));
    }
}
