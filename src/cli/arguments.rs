//! What can be asked on the command line, and the examples in each help text. Answers are in the files beside it.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Tag actors, claims and events in texts, link them and review each other's work.
///
/// Without a command it opens the window: with a project, or with texts that become a new one.
#[derive(Debug, Parser)]
#[command(name = "matryoshka", version, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A project, or texts for a new one (a file that is named like a command: ./new)
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Keep settings and journals in this folder
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) state: Option<PathBuf>,
    /// Sign what is made in this sitting with this name
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) annotator: Option<String>,
    #[command(subcommand)]
    pub(crate) ask: Option<Ask>,
}

const EXAMPLES: &str = "\
Examples:
  matryoshka                                   the window
  matryoshka summit.json                       the window with a project
  matryoshka article.txt                       the window with a text in a new project
  matryoshka info summit.json                  what a project holds
  matryoshka check summit.json                 what is wrong with it
  matryoshka compare mine.json theirs.json     where two projects differ
  matryoshka merge mine.json annas.json --out mine.json
  matryoshka --annotator Anna new article.txt --out article.json

Exit codes: 0 done, 1 done with faults or losses, 2 not done.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Ask {
    /// Make a project from texts
    New(NewAsk),
    /// Count what a project holds
    Info(InfoAsk),
    /// List what is wrong with a project, one fault a line
    Check(CheckAsk),
    /// List where two projects differ, one difference a line
    Compare(CompareAsk),
    /// List the formats that can be read and written, and what they cannot hold
    Formats(FormatsAsk),
    /// Write annotations for another program, with a receipt on stdout
    Export(ExportAsk),
    /// Make a project of what another program has written, with a receipt on stdout
    Import(ImportAsk),
    /// Make one project of two copies, record by record; works as git's merge driver
    Merge(MergeAsk),
    /// Measure how far people agree who tagged the same texts
    Agree(AgreeAsk),
}

/// Make a project from texts.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka new article.txt --out article.json
  matryoshka new 2024-*.txt --out press.json --codebook actors-claims-events

A file that is there is never written over. Exit codes: 0 made, 2 not made.")]
pub(crate) struct NewAsk {
    /// Plain texts, each a document of the project
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) texts: Vec<PathBuf>,
    /// The project file to make
    #[arg(long, value_name = "P.json")]
    pub(crate) out: PathBuf,
    /// The codebook to tag with; the default one, if none is named
    #[arg(long, value_name = "ID")]
    pub(crate) codebook: Option<String>,
}

/// Count what a project holds.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka info summit.json
  matryoshka info summit.json --json

Exit codes: 0 read, 2 unreadable.")]
pub(crate) struct InfoAsk {
    /// The project
    #[arg(value_name = "P.json")]
    pub(crate) project: PathBuf,
    /// As one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// List what is wrong with a project.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka check summit.json
  matryoshka check summit.json --gaps
  matryoshka check summit.json --json

A line is “file: section/record: what is wrong”. A gap is work that is still owed, such as a claim without a
claimant; it is marked and is no fault. Nothing is changed. Exit codes: 0 no faults, 1 faults, 2 unreadable.")]
pub(crate) struct CheckAsk {
    /// The project
    #[arg(value_name = "P.json")]
    pub(crate) project: PathBuf,
    /// Also what the analyst still owes
    #[arg(long)]
    pub(crate) gaps: bool,
    /// As a JSON list
    #[arg(long)]
    pub(crate) json: bool,
}

/// List where two projects differ, and say how far they agree.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka compare mine.json theirs.json
  matryoshka compare mine.json theirs.json --json

B may be annotation JSON too: it has no texts and is laid over those of A. Where texts differ, annotations are looked for.
Annotations of two copies of one project are paired by id, those of independent work by place. A difference counts
once, by what weighs most: boundary, code, actor or issue, features, links. Notes, comments and times never count.
How far the two agree is said of everything together; by layer, code and document see matryoshka agree.
Nothing is changed. Exit codes: 0 the same, 1 they differ, 2 unreadable.")]
pub(crate) struct CompareAsk {
    /// My project
    #[arg(value_name = "A.json")]
    pub(crate) ours: PathBuf,
    /// Theirs
    #[arg(value_name = "B.json")]
    pub(crate) theirs: PathBuf,
    /// As one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// List the formats.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka formats
  matryoshka formats --json")]
pub(crate) struct FormatsAsk {
    /// As a JSON list
    #[arg(long)]
    pub(crate) json: bool,
}

/// Write annotations for another program.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka export --to annotation-json summit.json --out annotations.json
  matryoshka export --to annotation-jsonl summit.json --out annotations.jsonl
  matryoshka export --to annotation-json press.json --document d_ctgnkejvsv3ibc7q --out one.json
  matryoshka export --to brat press.json --out press-brat

The receipt on stdout says what was read, written, read again and compared, and what the format cannot hold.
A file at --out is written over; a folder (brat) must be new or empty. Exit codes: 0 everything written, 1 with losses, 2 failed.")]
pub(crate) struct ExportAsk {
    /// The format, as matryoshka formats names it
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: String,
    /// The project
    #[arg(value_name = "P.json")]
    pub(crate) project: PathBuf,
    /// The file to write; for brat the folder
    #[arg(long, value_name = "PATH")]
    pub(crate) out: PathBuf,
    /// Only this document (matryoshka info lists their ids)
    #[arg(long, value_name = "ID")]
    pub(crate) document: Option<String>,
}

/// Make a project of what another program has written.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka import --from brat news --show-mapping > mapping.json
  matryoshka import --from brat news --out news.json
  matryoshka import --from brat news --mapping mapping.json --out news.json
  matryoshka --annotator Lisa import --from brat study/Lisa --out lisa.json
  matryoshka import --from brat study --annotator-folders --out projects

The receipt on stdout says what was read, what was written, whether the project says the same when it is read again,
which lines failed and why, and what each foreign name has become (mapping). The mapping can be edited and given back.
Lines that cannot be understood are kept in the project as set aside. A file that is there is never written over.
Exit codes: 0 everything read, 1 with losses, 2 failed.")]
pub(crate) struct ImportAsk {
    /// The format: brat
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: String,
    /// Folders with texts and their .ann files, or single ones of these
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// The project file to make; with --annotator-folders the folder for the projects
    #[arg(long, value_name = "P.json", required_unless_present = "show_mapping")]
    pub(crate) out: Option<PathBuf>,
    /// What foreign names become, as --show-mapping prints it
    #[arg(long, value_name = "M.json")]
    pub(crate) mapping: Option<PathBuf>,
    /// Only print what foreign names would become
    #[arg(long)]
    pub(crate) show_mapping: bool,
    /// Each folder inside INPUT is the work of one annotator: a project for each, signed with its name
    #[arg(long)]
    pub(crate) annotator_folders: bool,
    /// Only the receipt, without a summary in words on stderr
    #[arg(long)]
    pub(crate) json: bool,
}

/// Make one project of two copies.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka merge mine.json annas.json --out mine.json
  matryoshka merge mine.json annas.json --out both.json --json

Each record knows which edits it has seen, so no common ancestor is needed. Where both have changed one record, both
sides are kept in the file, which any reader can use, until somebody decides in the window (Problems). OUT may be OURS;
another file is written over only if it would lose nothing. A line on stdout for each conflict, the counts on stderr.
Exit codes: 0 settled, 1 something waits for a decision, 2 failed and nothing written.

As git's merge driver:
  echo '*.json merge=matryoshka' >> .gitattributes
  git config merge.matryoshka.name 'Matryoshka projects, record by record'
  git config merge.matryoshka.driver 'matryoshka merge %A %B --out %A'
After exit code 1 git says CONFLICT; the file is a whole project all the same. Open it, decide what Problems lists,
save, and go on with git add.")]
pub(crate) struct MergeAsk {
    /// Our copy
    #[arg(value_name = "OURS.json")]
    pub(crate) ours: PathBuf,
    /// The other copy
    #[arg(value_name = "THEIRS.json")]
    pub(crate) theirs: PathBuf,
    /// Where to write both together
    #[arg(long, value_name = "OUT.json")]
    pub(crate) out: PathBuf,
    /// The receipt as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Measure how far people agree who tagged the same texts.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  matryoshka agree anna.json ben.json
  matryoshka agree anna.json ben.json cem.json --unit characters
  matryoshka agree anna.json ben.json --measure cohen_kappa --measure alpha_u --json
  matryoshka agree anna.json ben.json --out agreement.html

Measures: span_f1_exact, span_f1_overlap, unit_f1, observed_agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha,
alpha_u. Documents belong together if their texts are the same or two versions of one; what is in one project only is left
out, and the answer says so. For κ and α the label of a word is the set of codes that cover it, and nothing tagged is a label too. With more
than two projects Cohen's κ and F1 are means over all pairs. A measure without a value says why. What is at --out is
written over. Exit codes: 0 measured, 2 not measured.")]
pub(crate) struct AgreeAsk {
    /// Two projects or more, each the work of one person
    #[arg(value_name = "P.json", required = true)]
    pub(crate) projects: Vec<PathBuf>,
    /// As one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Only this measure, by its name in the list below; may be given several times
    #[arg(long, value_name = "MEASURE")]
    pub(crate) measure: Vec<String>,
    /// What is labelled for κ and α: words, characters, or tokens (what stands between blanks)
    #[arg(long, value_name = "UNIT", default_value = "words")]
    pub(crate) unit: String,
    /// Write the report to this file: .csv, .json or .html
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
}
