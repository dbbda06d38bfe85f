//! A list that is made again only when the project has changed.

use crate::model::Project;
use crate::ui::itself::Itself;
use crate::ui::view::View;

/// A value and what it was made from.
#[derive(Default)]
pub(in crate::ui::panels) struct Kept<K, T> {
    from: Option<(Itself<Project>, K)>,
    value: T,
}

impl<K: PartialEq, T> Kept<K, T> {
    /// The value, made again if the project or `key` is not that of the last time.
    pub(in crate::ui::panels) fn of(
        &mut self,
        view: &View<'_>,
        key: K,
        make: impl FnOnce() -> T,
    ) -> &T {
        let from = (Itself::of(view.bench.project()), key);
        if self.from.as_ref() != Some(&from) {
            self.value = make();
            self.from = Some(from);
        }
        &self.value
    }

    /// The value as it was made last.
    pub(in crate::ui::panels) fn last(&self) -> &T {
        &self.value
    }
}
