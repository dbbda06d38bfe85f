//! What the program remembers about one person on one computer: plain data, kept as `settings.json`.
//!
//! Never part of a project, and nothing here is needed to open one. Reading and writing is in `state.rs`.

use crate::store::arrangement::{DeskState, Reading};
use crate::store::path_text;
use crate::store::replace::canonical;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many opened files are remembered.
pub const MAX_RECENT: usize = 20;

/// The settings. Members that this version does not know are kept as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who is working, as the person gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotator: Option<String>,
    /// The name of a theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// How much larger than usual everything is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoom: Option<f32>,
    /// Whether nothing moves by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reduced_motion: Option<bool>,
    /// Whether blanks, quotation marks and final punctuation are left out of what is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trim: Option<bool>,
    /// How the page is set.
    pub reading: Reading,
    /// Keys of commands where they are not the usual ones, by the command's id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, Vec<String>>,
    /// The projects that were open, newest first; see [`Settings::opened`].
    #[serde(with = "path_text::list")]
    pub recent: Vec<PathBuf>,
    /// Which hand is mine in which copy of which project, by [`Settings::hand_key`].
    pub hands: BTreeMap<String, KnownHand>,
    /// How the window was arranged.
    pub desk: DeskState,
    /// What another version wrote.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A hand that is mine, and what it had done when the file was last saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownHand {
    /// The hand.
    pub hand: String,
    /// How many edits it had made.
    pub count: u32,
    /// The digest of the file that was saved then: another one may be an older copy, whose counts must not be used again.
    pub digest: String,
}

impl Settings {
    /// Puts a file to the front of those that were open.
    pub fn opened(&mut self, path: &Path) {
        let path = canonical(path);
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(MAX_RECENT);
    }

    /// The key of [`Settings::hands`] for one copy of a project.
    pub fn hand_key(project: &str, path: &Path) -> String {
        format!("{project} {}", canonical(path).display())
    }
}

#[cfg(test)]
mod tests {
    use crate::store::{MAX_RECENT, Settings};
    use std::path::{Path, PathBuf};

    #[test]
    fn the_newest_file_comes_first_once_and_the_oldest_falls_off() {
        let mut settings = Settings::default();
        for number in 0..MAX_RECENT + 5 {
            settings.opened(Path::new(&format!("/nowhere/{number}.json")));
        }
        settings.opened(Path::new("/nowhere/20.json"));
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(settings.recent[0], PathBuf::from("/nowhere/20.json"));
        assert_eq!(settings.recent[1], PathBuf::from("/nowhere/24.json"));
        assert!(!settings.recent.contains(&PathBuf::from("/nowhere/4.json")));
    }

    #[cfg(unix)]
    #[test]
    fn two_names_of_one_file_have_one_hand() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.json"), folder.path().join("b.json"));
        std::fs::File::options().write(true).create_new(true).open(&file).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(Settings::hand_key("p_1", &file), Settings::hand_key("p_1", &link));
        assert_ne!(Settings::hand_key("p_1", &file), Settings::hand_key("p_2", &file));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_unicode_comes_back_as_it_was() {
        use std::os::unix::ffi::OsStringExt as _;
        let odd = PathBuf::from(std::ffi::OsString::from_vec(b"/nowhere/caf\xe9.json".to_vec()));
        let settings =
            Settings { recent: vec![odd, "/nowhere/b.json".into()], ..Settings::default() };
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), settings);
    }
}
