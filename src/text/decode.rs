//! Bytes of a source file become a text, once, at the door.
//!
//! A byte order mark decides; else UTF-8 if it is; else a browser's detector guesses among the old encodings.
//! Line ends become `\n` before any offset exists. Nothing else of the text is changed: it is evidence.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use thiserror::Error;

/// The largest source text that is read, in bytes.
pub const MAX_TEXT_BYTES: usize = 256 * 1024 * 1024;

/// A decoded source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a byte order mark; its line ends are `\n`, unless they were asked for as they are.
    pub content: String,
    /// The encoding it was in, by its WHATWG name.
    pub encoding: &'static str,
    /// How many places could not be decoded and hold U+FFFD now.
    pub replaced: usize,
}

/// Why bytes are not a text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// A NUL or many control characters: a program's file, not a text.
    #[error("it is not a text but binary data (byte {at} is {byte:#04x}); open a plain text file")]
    Binary {
        /// Bytes from the file's start.
        at: usize,
        /// What stands there.
        byte: u8,
    },
    /// More than [`MAX_TEXT_BYTES`].
    #[error("it holds {0} bytes, more than the 256 MB that a document may have; split it")]
    TooLarge(usize),
    /// No characters at all.
    #[error("it is empty; choose a file with text in it")]
    Empty,
}

/// Decodes a source file.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let mut decoded = decode_as_it_is(bytes)?;
    decoded.content = with_plain_line_ends(&decoded.content);
    if decoded.content.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    Ok(decoded)
}

/// Decodes a text to which another program's offsets point: its line ends are still those of the file, and it may be
/// empty. [`with_plain_line_ends`] is what is left to do.
pub fn decode_as_it_is(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(DecodeError::TooLarge(bytes.len()));
    }
    let encoding = encoding_of(bytes)?;
    let (content, encoding, _) = encoding.decode(bytes);
    let replaced = content.matches('\u{fffd}').count();
    Ok(Decoded { content: content.into_owned(), encoding: encoding.name(), replaced })
}

fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, DecodeError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(at) = bytes.iter().position(|byte| is_binary(*byte)) {
        return Err(DecodeError::Binary { at, byte: bytes.get(at).copied().unwrap_or_default() });
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Ok(detector.guess(None, Utf8Detection::Allow))
}

/// Control characters that no text has: all but tab, line ends, form feed, and the escape of ISO-2022-JP.
fn is_binary(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x0b | 0x1b | 0x1a)
}

/// The same text with `\n` for every kind of line end, and without a byte order mark.
pub fn with_plain_line_ends(content: &str) -> String {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    content.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

#[cfg(test)]
mod tests {
    use crate::text::{DecodeError, decode};

    #[test]
    fn line_ends_become_one_and_marks_go() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\rc").unwrap().content, "a\nb\nc");
        let utf16 = decode(b"\xff\xfe\x1f\x04\x40\x04").unwrap();
        assert_eq!((utf16.content.as_str(), utf16.encoding), ("Пр", "UTF-16LE"));
    }

    #[test]
    fn an_old_russian_file_is_read() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251
            .encode("Президент встретился с министром на острове и обсудил железную дорогу.");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "windows-1251");
        assert!(decoded.content.starts_with("Президент встретился"), "{}", decoded.content);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"ab\0c"), Err(DecodeError::Binary { at: 2, byte: 0 }));
        assert_eq!(decode(b" \n"), Err(DecodeError::Empty));
    }
}
