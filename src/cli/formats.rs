//! `matryoshka formats`: what can be read and written, and what each format cannot hold.

use crate::cli::answer::Answer;
use crate::cli::arguments::FormatsAsk;
use crate::workbench::{FormatInfo, Notice, all_formats};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Row {
    id: &'static str,
    name: &'static str,
    reads: bool,
    writes: bool,
    losses: &'static [&'static str],
}

pub(crate) fn answer(ask: &FormatsAsk) -> Result<Answer, Notice> {
    if ask.json {
        let rows: Vec<Row> = all_formats().iter().map(row).collect();
        return Answer::json(&rows);
    }
    let mut words = String::new();
    for format in all_formats() {
        let does = match (format.reads, format.writes) {
            (true, true) => "reads and writes",
            (true, false) => "reads",
            _ => "writes",
        };
        writeln!(words, "{:<20}{does:<18}{}", format.id, format.name).ok();
        if !format.losses.is_empty() {
            writeln!(words, "{:20}cannot hold: {}", "", format.losses.join(", ")).ok();
        }
    }
    Ok(Answer::words(words))
}

fn row(format: &FormatInfo) -> Row {
    let FormatInfo { id, name, reads, writes, losses } = *format;
    Row { id, name, reads, writes, losses }
}
