//! Keys that a person has given to commands, and why a chord cannot be given.
//!
//! Only what differs from the table is kept, by the command's id. Keys of the codebook (layers, digits, signs of
//! values) are changed in the codebook, never here. The settings hold the same as words.

use crate::model::{Codebook, FeatureKind};
use crate::ui::command_table::{Chord, Entry, PALETTE, Scope, commands};
use crate::ui::desk::Desk;
use crate::ui::view::View;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Keys that a person has given, by the command's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(BTreeMap<SmolStr, Vec<Chord>>);

impl Keymap {
    /// As the settings say; chords that cannot be read are left out, and those of the codebook's commands.
    pub fn of(keys: &BTreeMap<String, Vec<String>>) -> Self {
        let read = |(id, chords): (&String, &Vec<String>)| {
            let chords = chords.iter().filter_map(|words| words.parse().ok()).collect();
            (SmolStr::from(id.as_str()), chords)
        };
        Self(keys.iter().filter(|(id, _)| !is_of_codebook(id)).map(read).collect())
    }

    /// Whether the command has other keys than usual.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The command's keys, if they are not the usual ones.
    pub(in crate::ui::command_table) fn keys(&self, id: &str) -> Option<&[Chord]> {
        self.0.get(id).map(Vec::as_slice)
    }

    /// The command's first key, which is usually that one.
    pub fn first(&self, id: &str, usual: Chord) -> Option<Chord> {
        self.keys(id).map_or(Some(usual), |keys| keys.first().copied())
    }

    /// The keys of the palette, which are read before fields are.
    pub fn palette(&self) -> &[Chord] {
        self.keys("palette").unwrap_or(&PALETTE)
    }

    /// Whether any command has.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the commands their keys.
    pub(in crate::ui::command_table) fn apply(&self, entries: &mut [Entry]) {
        for entry in entries {
            if let Some(chords) = self.0.get(&entry.id) {
                entry.keys.clone_from(chords);
            }
        }
    }
}

/// Whether the command comes from the codebook, so that its keys stand there.
pub fn is_of_codebook(id: &str) -> bool {
    id.contains('.')
}

/// Why the command cannot have the chord: what has it already, or who reads it first.
pub fn trouble(view: Option<&View<'_>>, desk: &Desk, id: &str, chord: &Chord) -> Option<String> {
    let entries = commands(view, desk);
    let scope = entries.iter().find(|entry| entry.id == id)?.scope;
    if chord.is_clipboard() {
        return Some(format!("{chord} belongs to the clipboard"));
    }
    let has_it =
        |entry: &&Entry| entry.id != id && entry.keys.contains(chord) && entry.scope.meets(scope);
    if let Some(other) = entries.iter().find(has_it) {
        return Some(format!("{chord} is taken by “{}”", other.name));
    }
    let tags = scope.meets(Scope::Text);
    if let Some(of) = view.filter(|_| tags).and_then(|v| of_codebook(&v.project.codebook, chord)) {
        return Some(format!("{chord} is taken by “{of}” of the codebook"));
    }
    if scope == Scope::Global && chord.belongs_to_fields() {
        return Some(format!(
            "{chord} is needed where words are typed, and this command works there too: hold Ctrl or Alt, or take a function key"
        ));
    }
    let digit = tags && chord.is_bare() && chord.to_string().parse::<u8>().is_ok();
    digit.then(|| format!("{chord} is a digit, which the codebook gives to codes"))
}

/// What the codebook does with the chord, whether or not it can be done just now.
fn of_codebook(codebook: &Codebook, chord: &Chord) -> Option<String> {
    for layer in &codebook.layers {
        let key = Chord::letter(layer.key);
        if *chord == key || *chord == (Chord { alt: true, ..key }) {
            return Some(format!("Tag as {}", layer.name.to_lowercase()));
        }
        for feature in &layer.features {
            let FeatureKind::Choice { values, .. } = &feature.kind else { continue };
            let value = values.iter().find(|v| v.key.is_some_and(|key| Chord::sign(key) == *chord));
            if let Some(value) = value {
                return Some(format!("{}: {}", feature.name, value.name));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::ui::command_table::{Chord, Keymap, commands, trouble};
    use crate::ui::desk::Desk;
    use std::collections::BTreeMap;

    fn chord(words: &str) -> Chord {
        words.parse().unwrap()
    }

    #[test]
    fn a_chord_that_another_command_has_is_refused_with_its_name() {
        let desk = Desk::default();
        let said = trouble(None, &desk, "inspector", &chord("Ctrl+B")).unwrap();
        assert!(said.contains("Documents and codebook"), "{said}");
        assert_eq!(trouble(None, &desk, "inspector", &chord("Ctrl+Shift+I")), None);
        assert!(trouble(None, &desk, "inspector", &chord("Z")).unwrap().contains("typed"));
        assert!(trouble(None, &desk, "note", &chord("Left")).unwrap().contains("caret"));
        assert!(trouble(None, &desk, "note", &chord("3")).unwrap().contains("codes"));
        assert!(trouble(None, &desk, "note", &chord("Ctrl+C")).unwrap().contains("clipboard"));
    }

    #[test]
    fn given_keys_replace_the_usual_ones_and_the_codebooks_stay() {
        let keys = BTreeMap::from([
            ("save".to_owned(), vec!["Ctrl+Shift+W".to_owned(), "no such key".to_owned()]),
            ("tag.actor".to_owned(), vec!["Q".to_owned()]),
            ("inspector".to_owned(), Vec::new()),
        ]);
        let desk = Desk { keymap: Keymap::of(&keys), ..Desk::default() };
        let entries = commands(None, &desk);
        let keys = |id: &str| entries.iter().find(|e| e.id == id).map(|e| e.keys.clone());
        assert_eq!(keys("save"), Some(vec![chord("Ctrl+Shift+W")]));
        assert_eq!(keys("inspector"), Some(Vec::new()));
        assert!(!desk.keymap.has("tag.actor"));
        // What became free can be given.
        assert_eq!(trouble(None, &desk, "drawer", &chord("Ctrl+I")), None);
    }
}
