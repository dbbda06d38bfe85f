//! A made project in which hardly any word comes twice.

use serde_json::Value;

/// Small letters, as often as in English.
const LETTERS: &[u8] = b"eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnssssssrrrrrrhhhhhhllllddddccuummffppggwwyybvk";

/// The same project with other small letters in its text: as long, as densely tagged, but all words are new.
pub(crate) fn with_new_words(project: &[u8]) -> Vec<u8> {
    let mut file: Value = serde_json::from_slice(project).expect("the made project is JSON");
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut other = |c: char| {
        if !c.is_ascii_lowercase() {
            return c;
        }
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        char::from(LETTERS[dice as usize % LETTERS.len()])
    };
    let text = &mut file["documents"][0]["text"];
    let new: String = text.as_str().expect("a text").chars().map(&mut other).collect();
    assert!(new.is_ascii(), "bytes are letters");
    *text = Value::from(new.as_str());
    for annotation in file["annotations"].as_array_mut().expect("annotations") {
        let place = |name: &str| annotation[name].as_u64().expect("a place") as usize;
        let quote = new.get(place("start")..place("end")).expect("words");
        annotation["quote"] = Value::from(quote);
    }
    serde_json::to_vec(&file).expect("JSON again")
}
