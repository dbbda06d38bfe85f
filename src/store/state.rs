//! The state folder: where settings and journals of this person on this computer are kept.
//!
//! Never holds the only copy of saved work. A broken settings file is moved aside and said, never fatal and never
//! overwritten. The settings themselves are in `settings.rs`, the journals in `journal`.

use crate::store::disk::{Disk as _, RealDisk};
use crate::store::error::StoreError;
use crate::store::replace::{Expected, read, replace};
use crate::store::settings::{MAX_RECENT, Settings};
use std::fs::{DirBuilder, File};
use std::path::{Path, PathBuf};

/// A folder for settings and journals. It is made when something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFolder(PathBuf);

impl StateFolder {
    /// This folder (`--state`).
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Where the system wants such things.
    pub fn default_place() -> Result<Self, StoreError> {
        let place = dirs::state_dir().or_else(dirs::data_local_dir);
        place.map(|folder| Self(folder.join("matryoshka"))).ok_or(StoreError::NoStateFolder)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Reads the settings. If that fails they are the usual ones, and the text says where the broken file went.
    pub fn load_settings(&self) -> (Settings, Option<String>) {
        let path = self.settings_path();
        let bytes = match read(&path) {
            Ok(bytes) => bytes,
            Err(StoreError::Missing(_)) => return (Settings::default(), None),
            Err(error) => return (Settings::default(), Some(self.move_aside(&error.to_string()))),
        };
        match serde_json::from_slice::<Settings>(&bytes) {
            Ok(mut settings) => {
                settings.recent.truncate(MAX_RECENT);
                (settings, None)
            }
            Err(error) => (Settings::default(), Some(self.move_aside(&error.to_string()))),
        }
    }

    /// Writes the settings. Two windows: the last one wins; see [`StateFolder::update_settings`].
    pub fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let path = self.settings_path();
        make_folder(&self.0)?;
        let mut text = serde_json::to_vec_pretty(settings).map_err(|error| {
            StoreError::NotWritten { path: path.clone(), reason: error.to_string() }
        })?;
        text.push(b'\n');
        replace(&RealDisk, &path, &text, Expected::Anything)?;
        Ok(())
    }

    /// Reads the settings, changes them and writes them, while no other window can do the same.
    pub fn update_settings(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Settings, StoreError> {
        make_folder(&self.0)?;
        let gate = self.0.join("settings.lock");
        let open = File::options().create(true).truncate(false).write(true).open(&gate);
        let gate = open.map_err(|error| StoreError::writing(&gate, &error))?;
        // A folder that knows no locks must not keep anyone from changing a setting.
        gate.lock().ok();
        let (mut settings, _) = self.load_settings();
        change(&mut settings);
        self.save_settings(&settings)?;
        Ok(settings)
    }

    pub(crate) fn journal_folder(&self) -> PathBuf {
        self.0.join("journal")
    }

    fn settings_path(&self) -> PathBuf {
        self.0.join("settings.json")
    }

    fn move_aside(&self, why: &str) -> String {
        let names = (1..).map(|number| self.0.join(format!("settings-broken-{number}.json")));
        let aside = names.into_iter().find(|path| path.symlink_metadata().is_err());
        let moved = aside.filter(|aside| RealDisk.rename(&self.settings_path(), aside).is_ok());
        match moved {
            Some(aside) => format!(
                "The settings could not be read ({why}) and start afresh. The old ones were kept as: {}",
                aside.display()
            ),
            None => format!("The settings could not be read ({why}) and start afresh"),
        }
    }
}

/// Makes a folder that only this person can look into: it holds words of their documents.
pub(crate) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.recursive(true).create(folder);
    made.map_err(|error| StoreError::writing(folder, &error))
}

#[cfg(test)]
mod tests {
    use crate::store::{KnownHand, Settings, StateFolder, StoreError};
    use serde_json::json;
    use std::fs;

    fn put(state: &StateFolder, text: &str) {
        use std::io::Write as _;
        fs::create_dir_all(state.path()).unwrap();
        let path = state.path().join("settings.json");
        let mut file =
            fs::File::options().write(true).create(true).truncate(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn state() -> (tempfile::TempDir, StateFolder) {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("deep/state"));
        (folder, state)
    }

    #[test]
    fn without_a_file_the_settings_are_the_usual_ones_and_nothing_is_said() {
        let (_folder, state) = state();
        assert_eq!(state.load_settings(), (Settings::default(), None));
        assert!(!state.path().exists(), "reading makes nothing");
    }

    #[test]
    fn settings_come_back_as_they_were_saved() {
        let (_folder, state) = state();
        let mut settings = Settings {
            annotator: Some("Ana 😀".into()),
            theme: Some("dark".into()),
            recent: vec!["/b.json".into(), "/a.json".into()],
            ..Settings::default()
        };
        let hand = KnownHand { hand: "h1".into(), count: 7, digest: "sha256:0".into() };
        settings.hands.insert("p /a.json".into(), hand);
        settings.desk.left = Some(200.0);
        state.save_settings(&settings).unwrap();
        assert_eq!(state.load_settings(), (settings, None));
    }

    #[test]
    fn what_another_version_wrote_survives() {
        let (_folder, state) = state();
        put(&state, r#"{"annotator":"Ana","magnify":{"text":1.5},"later":[1,null]}"#);
        let (mut settings, warning) = state.load_settings();
        assert_eq!(warning, None);
        settings.annotator = Some("Bo".into());
        state.save_settings(&settings).unwrap();
        let text = fs::read_to_string(state.path().join("settings.json")).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["magnify"], json!({"text": 1.5}));
        assert_eq!(value["later"], json!([1, null]));
        assert_eq!(value["annotator"], json!("Bo"));
    }

    #[test]
    fn broken_settings_are_moved_aside_each_time_under_a_new_name() {
        let (_folder, state) = state();
        for (number, broken) in ["{\"annotator\": 3}", "not JSON"].into_iter().enumerate() {
            put(&state, broken);
            let (settings, warning) = state.load_settings();
            assert_eq!(settings, Settings::default());
            let aside = state.path().join(format!("settings-broken-{}.json", number + 1));
            assert!(warning.unwrap().ends_with(&aside.display().to_string()));
            assert_eq!(fs::read_to_string(aside).unwrap(), broken);
            assert_eq!(state.load_settings(), (Settings::default(), None));
        }
    }

    #[test]
    fn updates_of_many_windows_are_all_kept() {
        let (_folder, state) = state();
        let state = &state;
        let update = |key: String| {
            let change = |settings: &mut Settings| drop(settings.unknown.insert(key, json!(true)));
            state.update_settings(change).unwrap();
        };
        std::thread::scope(|scope| {
            for window in 0..4 {
                scope.spawn(move || (0..5).for_each(|n| update(format!("{window}.{n}"))));
            }
        });
        assert_eq!(state.load_settings().0.unknown.len(), 20);
    }

    #[test]
    fn a_state_folder_below_a_file_is_a_clear_error() {
        let (folder, _) = state();
        let file = folder.path().join("file");
        fs::File::options().write(true).create_new(true).open(&file).unwrap();
        let state = StateFolder::at(file.join("state"));
        let error = state.save_settings(&Settings::default()).unwrap_err();
        assert!(matches!(error, StoreError::NoFolder(_)), "{error}");
    }
}
