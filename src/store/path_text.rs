//! Paths in JSON: as text where they are text, else as the bytes that the system knows.
//!
//! Never refuses a path: a file whose name is not UTF-8 must not keep the settings or the journal from being written.

use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A path as it is written.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum PathText {
    /// Nearly always.
    Text(String),
    /// A name in an old encoding.
    Raw(OsString),
}

impl From<&Path> for PathText {
    fn from(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Raw(path.as_os_str().to_owned()),
        }
    }
}

impl From<PathText> for PathBuf {
    fn from(path: PathText) -> Self {
        match path {
            PathText::Text(text) => text.into(),
            PathText::Raw(raw) => raw.into(),
        }
    }
}

/// For `#[serde(with = "…")]` on a path.
pub(crate) mod one {
    use crate::store::path_text::PathText;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
    use std::path::{Path, PathBuf};

    pub(crate) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        PathText::from(path).serialize(to)
    }

    pub(crate) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(PathText::deserialize(from)?.into())
    }
}

/// For `#[serde(with = "…")]` on a path that may be missing.
pub(crate) mod optional {
    use crate::store::path_text::PathText;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
    use std::path::PathBuf;

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(
        path: &Option<PathBuf>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        path.as_deref().map(PathText::from).serialize(to)
    }

    pub(crate) fn deserialize<'a, D: Deserializer<'a>>(
        from: D,
    ) -> Result<Option<PathBuf>, D::Error> {
        Ok(Option::<PathText>::deserialize(from)?.map(PathBuf::from))
    }
}

/// For `#[serde(with = "…")]` on several paths.
pub(crate) mod list {
    use crate::store::path_text::PathText;
    use serde::{Deserialize as _, Deserializer, Serializer};
    use std::path::PathBuf;

    pub(crate) fn serialize<S: Serializer>(paths: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(paths.iter().map(|path| PathText::from(path.as_path())))
    }

    pub(crate) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
        Ok(Vec::<PathText>::deserialize(from)?.into_iter().map(PathBuf::from).collect())
    }
}
