//! How a person has arranged the window and the page: plain data of `settings.json`, never of a project.
//!
//! Only what differs from the usual is written, and members that this version does not know are kept. What the
//! values mean, and which are allowed, is the window's matter.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Most projects whose last place is remembered.
pub const MAX_PLACES: usize = 40;

/// How the reading page is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// `serif` or `sans`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// Points of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<f32>,
    /// Height of a line against the size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_height: Option<f32>,
    /// Letters in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letters: Option<f32>,
    /// Whether paragraphs are numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<bool>,
    /// What another version wrote.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// How the window is arranged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskState {
    /// Width of the left panel in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<f32>,
    /// Width of the inspector in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<f32>,
    /// Height of the drawer in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawer: Option<f32>,
    /// Panels that are hidden, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
    /// The list that the drawer shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// Whether every annotation shows its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chips: Option<bool>,
    /// Whether characters without ink have signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invisible: Option<bool>,
    /// Whether notes and comments have cards beside the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cards: Option<bool>,
    /// Which links are drawn on the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<String>,
    /// Width and height of the window in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<[f32; 2]>,
    /// Whether the window fills the screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximized: Option<bool>,
    /// Commands chosen in the palette, newest first, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<String>,
    /// Where reading stopped, by project file.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, LastPlace>,
    /// Who was reviewed, by project file.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reviews: BTreeMap<String, LastReview>,
    /// What another version wrote.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Where reading stopped in a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastPlace {
    /// Counts up, so that the oldest can be forgotten.
    pub turn: u64,
    /// The document on the page.
    pub document: String,
    /// In each document the offset at the top of the page, and how much of its paragraph lies above, from 0 to 1.
    pub tops: BTreeMap<String, (u32, f32)>,
}

/// The guests that were open with a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastReview {
    /// Counts up, so that the oldest can be forgotten.
    pub turn: u64,
    /// In the order in which they came.
    pub guests: Vec<LastGuest>,
}

/// A guest as it was open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastGuest {
    /// The file.
    pub path: String,
    /// What the guest was called.
    pub name: String,
    /// Digest of the bytes that were read.
    pub digest: String,
    /// Records that were said to be one, mine first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<[String; 2]>,
    /// Records that were said not to be one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<[String; 2]>,
}

impl DeskState {
    /// Remembers who is reviewed with the project file `key`, and forgets the oldest of too many.
    pub fn review_of(&mut self, key: String, mut review: LastReview) {
        let newest = self.reviews.values().map(|review| review.turn).max().unwrap_or_default();
        review.turn = newest + 1;
        self.reviews.insert(key, review);
        while self.reviews.len() > MAX_PLACES {
            let oldest = self.reviews.iter().min_by_key(|(_, review)| review.turn);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return };
            self.reviews.remove(&oldest);
        }
    }

    /// Remembers where reading stopped in the project file `key`, and forgets the oldest of too many.
    pub fn stop_at(&mut self, key: String, mut place: LastPlace) {
        let newest = self.places.values().map(|place| place.turn).max().unwrap_or_default();
        place.turn = newest + 1;
        self.places.insert(key, place);
        while self.places.len() > MAX_PLACES {
            let oldest = self.places.iter().min_by_key(|(_, place)| place.turn);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return };
            self.places.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::store::{DeskState, LastGuest, LastPlace, LastReview, MAX_PLACES};

    #[test]
    fn the_oldest_reviews_are_forgotten_and_what_was_said_of_records_is_kept() {
        let mut desk = DeskState::default();
        let refused = vec![["n_1".to_owned(), "m_1".to_owned()]];
        let guest = LastGuest { path: "/j.json".to_owned(), refused, ..LastGuest::default() };
        let review = LastReview { turn: 0, guests: vec![guest] };
        for n in 0..=MAX_PLACES {
            desk.review_of(format!("/p{n}.json"), review.clone());
        }
        assert!(desk.reviews.len() == MAX_PLACES && !desk.reviews.contains_key("/p0.json"));
        let text = serde_json::to_string(&desk).unwrap();
        assert_eq!(serde_json::from_str::<DeskState>(&text).unwrap(), desk);
    }

    #[test]
    fn the_oldest_places_are_forgotten() {
        let mut desk = DeskState::default();
        for n in 0..MAX_PLACES + 3 {
            desk.stop_at(format!("/p{n}.json"), LastPlace::default());
            desk.stop_at("/kept.json".to_owned(), LastPlace::default());
        }
        assert_eq!(desk.places.len(), MAX_PLACES);
        assert!(desk.places.contains_key("/kept.json") && !desk.places.contains_key("/p3.json"));
    }

    #[test]
    fn what_another_version_wrote_is_kept() {
        let text = r#"{"left":200.0,"split":{"a":1}}"#;
        let desk: DeskState = serde_json::from_str(text).unwrap();
        assert_eq!(desk.left, Some(200.0));
        assert_eq!(serde_json::to_string(&desk).unwrap(), text);
    }
}
