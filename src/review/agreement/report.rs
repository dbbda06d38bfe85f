//! The whole table: every measure for everything, for each layer, code and document, and for each two coders.

use crate::review::agreement::{CodeName, Figure, Item, Measure, Scope, Study};
use crate::review::watch::{Watch, unwatched};

/// All figures of a study.
#[derive(Clone, Debug)]
pub struct AgreementReport {
    /// What they were computed of.
    pub study: Study,
    /// Everything first, then each layer; each as a whole, by document, and by pair of coders.
    pub parts: Vec<Part>,
}

/// Figures about one thing.
#[derive(Clone, Debug)]
pub struct Part {
    /// What they are about.
    pub scope: Scope,
    /// In words: "Claims · Anna and Ben".
    pub title: String,
    /// The figures; those of single codes after the others.
    pub rows: Vec<Row>,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub measure: Measure,
    /// About what.
    pub scope: Scope,
    /// On screen; for a single code or feature its name.
    pub label: String,
    /// What it came to.
    pub figure: Figure,
}

impl AgreementReport {
    /// Computes these measures of a study.
    pub fn new(study: Study, measures: &[Measure]) -> Self {
        let Ok(report) = Self::watched(study, measures, &unwatched());
        report
    }

    /// The same while somebody looks on.
    pub fn watched<S>(study: Study, measures: &[Measure], watch: &Watch<'_, S>) -> Result<Self, S> {
        let scopes = scopes(&study);
        let mut parts = Vec::with_capacity(scopes.len());
        let whole = scopes.len();
        for (at, scope) in scopes.into_iter().enumerate() {
            parts.push(part(&study, scope, measures, &watch.between(at, at + 1, whole))?);
        }
        watch.done()?;
        Ok(Self { study, parts })
    }

    /// Only the figures about everything together, and of its codes.
    pub fn in_short(study: Study, measures: &[Measure]) -> Self {
        let Ok(all) = part(&study, Scope::default(), measures, &unwatched());
        Self { study, parts: vec![all] }
    }

    /// What a figure was counted from.
    pub fn items(&self, row: &Row) -> Vec<Item> {
        self.study.items(row.measure, &row.scope)
    }
}

/// Everything, then each layer: as a whole, by pair where there are several, by document.
fn scopes(study: &Study) -> Vec<Scope> {
    let layers = study.layers.iter().map(|layer| Some(layer.id.clone()));
    let mut scopes = Vec::new();
    for layer in std::iter::once(None).chain(layers) {
        let whole = Scope { layer, ..Scope::default() };
        let pairs =
            study.pairs().into_iter().map(|pair| Scope { pair: Some(pair), ..whole.clone() });
        let documents =
            (0..study.documents.len()).map(|at| Scope { document: Some(at), ..whole.clone() });
        scopes.push(whole.clone());
        scopes.extend(pairs);
        scopes.extend(documents);
    }
    scopes
}

fn part<S>(
    study: &Study,
    scope: Scope,
    measures: &[Measure],
    watch: &Watch<'_, S>,
) -> Result<Part, S> {
    let row = |measure: &Measure, scope: Scope, label| Row {
        measure: *measure,
        figure: study.figure(*measure, &scope),
        scope,
        label,
    };
    let codes: Vec<usize> = (0..study.codes.len())
        // A document has few of each code: its codes would be many rows that say little.
        .filter(|code| scope.document.is_none() && study.counts(&scope, *code))
        .collect();
    let (mut rows, whole) = (Vec::new(), codes.len() + 1);
    for measure in measures {
        watch.at(0, whole)?;
        rows.push(row(measure, scope.clone(), measure.name(study.unit)));
    }
    for (at, code) in codes.into_iter().enumerate() {
        watch.at(at + 1, whole)?;
        let of_code = Scope { code: Some(code), ..scope.clone() };
        let name = study.codes.get(code).map_or_else(String::new, CodeName::to_string);
        let single = measures.iter().filter(|measure| !measure.is_macro());
        rows.extend(single.map(|measure| row(measure, of_code.clone(), name.clone())));
    }
    rows.extend(of_features(study, &scope, measures));
    Ok(Part { title: title(study, &scope), scope, rows })
}

/// Agreement about the features of a layer; of all layers together it would say nothing.
fn of_features(study: &Study, scope: &Scope, measures: &[Measure]) -> Vec<Row> {
    let about_labels = |measure: &&Measure| {
        matches!(measure, Measure::Observed | Measure::CohenKappa | Measure::Alpha)
    };
    let mut rows = Vec::new();
    let features = study.features.iter().filter(|name| scope.layer.as_ref() == Some(&name.layer));
    for feature in features.filter(|_| scope.document.is_none()) {
        let scope = Scope { feature: Some(feature.id.clone()), ..scope.clone() };
        for measure in measures.iter().filter(about_labels) {
            rows.push(Row {
                measure: *measure,
                figure: study.figure(*measure, &scope),
                scope: scope.clone(),
                label: feature.name.to_string(),
            });
        }
    }
    rows
}

fn title(study: &Study, scope: &Scope) -> String {
    let layer = scope.layer.as_ref().map(|id| {
        let known = study.layers.iter().find(|layer| layer.id == *id);
        known.map_or_else(|| id.to_string(), |layer| layer.name.to_string())
    });
    let document = scope.document.and_then(|at| study.documents.get(at));
    let name = |coder: usize| study.coders.get(coder).map_or("", |name| name.as_str());
    let mut words = layer.unwrap_or_else(|| "All layers".to_owned());
    if let Some((first, second)) = scope.pair {
        words = format!("{words} · {} and {}", name(first), name(second));
    }
    if let Some(shared) = document {
        words = format!("{words} · {}", shared.title);
    }
    words
}
