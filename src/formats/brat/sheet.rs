//! A text with its `.ann` file, line by line, and the account of the lines that could not be taken.

use crate::formats::brat::counting::Counted;
use crate::formats::brat::ids::derived;
use crate::formats::brat::line::{self, Line};
use crate::formats::brat::{Amounts, Failed, File, Way};
use crate::model::{DocumentId, Source};
use crate::text::{decode_as_it_is, digest_hex};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A text and its lines.
#[derive(Debug)]
pub(in crate::formats::brat) struct Sheet<'a> {
    /// Its name without an ending.
    pub(in crate::formats::brat) name: &'a str,
    pub(in crate::formats::brat) id: DocumentId,
    pub(in crate::formats::brat) source: Source,
    pub(in crate::formats::brat) counted: Counted,
    /// Lines that were understood by themselves.
    pub(in crate::formats::brat) lines: Vec<Numbered<'a>>,
}

/// A line with its number, counted from 1.
#[derive(Debug)]
pub(in crate::formats::brat) struct Numbered<'a> {
    pub(in crate::formats::brat) number: usize,
    pub(in crate::formats::brat) words: &'a str,
    pub(in crate::formats::brat) said: Line<'a>,
}

/// Where a line stands: the text's place among the sheets, and its number.
pub(in crate::formats::brat) type Where = (usize, usize);

/// The account of lines that could not be taken, or not whole.
#[derive(Debug, Default)]
pub(in crate::formats::brat) struct Ledger<'a>(BTreeMap<Where, Trouble<'a>>);

/// What is wrong with a line.
#[derive(Debug)]
pub(in crate::formats::brat) struct Trouble<'a> {
    pub(in crate::formats::brat) why: String,
    /// The line, if it has to be kept because no record says it.
    pub(in crate::formats::brat) kept: Option<&'a str>,
}

impl<'a> Ledger<'a> {
    /// A line that no record says, or not all of it. The first reason counts.
    pub(in crate::formats::brat) fn keep(
        &mut self,
        at: Where,
        words: &'a str,
        why: impl Into<String>,
    ) {
        let trouble = self.0.entry(at).or_insert_with(|| Trouble { why: why.into(), kept: None });
        trouble.kept = Some(words);
    }

    /// A line of which a record was made that is not as it should be.
    pub(in crate::formats::brat) fn remark(&mut self, at: Where, why: impl Into<String>) {
        self.0.entry(at).or_insert_with(|| Trouble { why: why.into(), kept: None });
    }

    /// Whether something is wrong with that line.
    pub(in crate::formats::brat) fn has(&self, at: Where) -> bool {
        self.0.contains_key(&at)
    }

    /// All of them in order.
    pub(in crate::formats::brat) fn all(&self) -> impl Iterator<Item = (Where, &Trouble<'a>)> {
        self.0.iter().map(|(at, trouble)| (*at, trouble))
    }
}

/// The words of an `.ann` file. Bytes that are no UTF-8 show as �, and only then the words are a copy.
#[derive(Debug)]
pub(in crate::formats::brat) struct Ann<'a>(pub(in crate::formats::brat) Cow<'a, str>);

/// Texts with their `.ann` files.
#[derive(Debug, Default)]
pub(in crate::formats::brat) struct Sheets<'a> {
    pub(in crate::formats::brat) all: Vec<Sheet<'a>>,
    pub(in crate::formats::brat) ledger: Ledger<'a>,
    /// Files that could not be read at all.
    pub(in crate::formats::brat) failed: Vec<Failed>,
    /// Texts without annotations, of which brat does not speak.
    pub(in crate::formats::brat) left_out: Vec<String>,
    pub(in crate::formats::brat) remarks: Vec<String>,
    /// Lines that are not blank.
    pub(in crate::formats::brat) lines: usize,
}

/// Pairs texts and annotations by name; `anns` are the contents of the `.ann` files by their names without ending.
pub(in crate::formats::brat) fn sheets<'a>(
    files: &'a [File],
    anns: &'a BTreeMap<&'a str, Ann<'a>>,
    way: &Way<'_>,
) -> Sheets<'a> {
    let mut all = Sheets::default();
    let texts: BTreeMap<&str, &File> =
        files.iter().filter_map(|file| Some((file.name.strip_suffix(".txt")?, file))).collect();
    let without = texts.iter().filter(|(stem, _)| !anns.contains_key(*stem));
    all.left_out = without.map(|(_, file)| file.name.clone()).collect();
    let mut digests = BTreeSet::new();
    for (at, (stem, ann)) in anns.iter().enumerate() {
        if !way.goes_on((0, 50), at, anns.len()) {
            break;
        }
        let lines = ann.0.lines().filter(|line| !line.trim().is_empty()).count();
        let decoded = match texts.get(stem).map(|file| (*file, decode_as_it_is(&file.bytes))) {
            None => {
                let lines = if lines == 1 { "line".to_owned() } else { format!("{lines} lines") };
                Err(format!("there is no {stem}.txt for its {lines}; put the text beside it"))
            }
            Some((_, Err(error))) => Err(format!("of its text, {error}")),
            Some((file, Ok(decoded))) => Ok((file, decoded)),
        };
        let (file, decoded) = match decoded {
            Ok(decoded) => decoded,
            Err(why) => {
                all.failed.push(Failed { place: format!("{stem}.ann"), why });
                continue;
            }
        };
        if decoded.replaced > 0 {
            all.remarks.push(format!(
                "{}: {} characters are no {} and show as �",
                file.name, decoded.replaced, decoded.encoding
            ));
        }
        let counted = Counted::new(&decoded, &file.bytes);
        let digest = counted.text.digest().to_owned();
        // The same text twice: each needs an id of its own.
        let first = digests.insert(digest.clone());
        let id = derived("d", &[if first { "" } else { *stem }, &digest]);
        let source = Source {
            name: file.name.rsplit('/').next().unwrap_or_default().into(),
            encoding: decoded.encoding.into(),
            digest: format!("sha256:{}", digest_hex(&file.bytes)).into(),
        };
        let id = DocumentId::new(id);
        all.add(Sheet { name: stem, id, source, counted, lines: Vec::new() }, ann);
    }
    all
}

impl<'a> Sheets<'a> {
    fn add(&mut self, mut sheet: Sheet<'a>, ann: &'a Ann<'a>) {
        let place = self.all.len();
        for (number, words) in (1..).zip(ann.0.split('\n')) {
            let words = words.strip_suffix('\r').unwrap_or(words);
            if words.trim().is_empty() {
                continue;
            }
            // Only a file that is no UTF-8 had to be copied.
            let broken = matches!(ann.0, Cow::Owned(_)) && words.contains('\u{fffd}');
            let said = if broken {
                Err("it has characters that are no UTF-8; save the file as UTF-8".to_owned())
            } else {
                line::read(words)
            };
            match said {
                Ok(said) => {
                    if line::says_more(words) {
                        let why = "behind it stands what brat does not know; the line is taken, and kept with that";
                        self.ledger.keep((place, number), words, why);
                    }
                    sheet.lines.push(Numbered { number, words, said });
                }
                Err(why) => self.ledger.keep((place, number), words, why),
            }
            self.lines += 1;
        }
        let quotes: Vec<_> = sheet.lines.iter().filter_map(|line| line.said.quote()).collect();
        sheet.counted.choose_way(&quotes);
        if !sheet.counted.is_usual() {
            self.remarks.push(format!(
                "{}.ann: its offsets do not count as brat does; those that fit its words were taken",
                sheet.name
            ));
        }
        self.all.push(sheet);
    }

    /// Where a line stands, as a person would look for it.
    pub(in crate::formats::brat) fn place(&self, (sheet, line): Where) -> String {
        let name = self.all.get(sheet).map_or("", |sheet| sheet.name);
        format!("{name}.ann:{line}")
    }

    /// How many lines of each kind were taken whole.
    pub(in crate::formats::brat) fn amounts(&self) -> Amounts {
        let mut amounts = Amounts { documents: self.all.len(), ..Amounts::default() };
        for (place, sheet) in self.all.iter().enumerate() {
            for line in sheet.lines.iter().filter(|line| !self.ledger.has((place, line.number))) {
                *match &line.said {
                    Line::Span { .. } => &mut amounts.annotations,
                    Line::Event { .. } => &mut amounts.events,
                    Line::Link { .. } => &mut amounts.links,
                    Line::Same { .. } => &mut amounts.equivalences,
                    Line::Attribute { .. } => &mut amounts.attributes,
                    Line::Reference { .. } => &mut amounts.references,
                    Line::Note { .. } => &mut amounts.notes,
                } += 1;
            }
        }
        amounts.lines = self.lines;
        amounts.failed = self.ledger.0.len();
        amounts
    }
}

impl<'a> Line<'a> {
    /// The places and words of a span that has words.
    fn quote(&self) -> Option<(&[line::Range], &'a str)> {
        match self {
            Self::Span { ranges, words: Some(words), .. } => Some((ranges, words)),
            _ => None,
        }
    }
}
