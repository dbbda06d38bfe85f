//! The real window on a large project: from the start of the process to the first frame that shows it, and what it
//! keeps in memory and does when nobody touches it. Needs Linux with Xvfb.
//!
//! `cargo bench --bench window`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark talks, may fail, and writes where nobody works"
)]

#[path = "shared/clock.rs"]
mod clock;
#[path = "shared/made.rs"]
mod made;

use clock::{in_earnest, median, timed};
use matryoshka::formats::native;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Times the empty window and the engine together, at most.
const START_LIMIT: f64 = 1.2;
/// Bytes of memory more than the empty window's, at most.
const MEMORY_LIMIT: f64 = 150e6;
/// The argument by which this program is the empty window.
const EMPTY: &str = "--empty-window";
const SCREEN: &str = ":97";
const PATIENCE: Duration = Duration::from_mins(1);

fn main() {
    if std::env::args().any(|argument| argument == EMPTY) {
        return empty_window();
    }
    let Ok(screen) = Command::new("Xvfb")
        .args([SCREEN, "-screen", "0", "1440x900x24", "-nolisten", "tcp"])
        .stderr(Stdio::null())
        .spawn()
    else {
        println!("the real window is not measured: Xvfb is missing");
        return;
    };
    let mut screen = Running(screen);
    sleep(Duration::from_millis(700));
    measure(if in_earnest() { (10_000_000, 7) } else { (200_000, 1) });
    screen.end();
}

fn measure((bytes, rounds): (usize, usize)) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("large.json");
    let made = made::project(bytes);
    fs::write(&file, &made).expect("the project is written");
    let (mut empty, mut engine, mut window) = (Vec::new(), Vec::new(), Vec::new());
    let (mut empty_bytes, mut window_bytes, mut ticks) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=rounds {
        let (first, mut shown) = start_empty();
        settle();
        let (first_bytes, opened) = (resident(&shown.0), timed(|| native::read(&made)));
        shown.end();
        let (large, mut shown) = start_window(&file, &folder.path().join(format!("state{round}")));
        settle();
        let before = processor_ticks(&shown.0);
        sleep(Duration::from_secs(if rounds > 1 { 3 } else { 1 }));
        let idle = processor_ticks(&shown.0) - before;
        // The first round finds nothing in the caches of the disk.
        if round > 0 {
            empty.push(first);
            engine.push(opened);
            window.push(large);
            empty_bytes.push(first_bytes);
            window_bytes.push(resident(&shown.0));
            ticks.push(idle);
        }
        shown.end();
    }
    let (empty, engine, window) = (median(empty), median(engine), median(window));
    let ratio = window.as_secs_f64() / (empty + engine).as_secs_f64();
    let kept = |holds: bool| if holds { "kept" } else { "NOT KEPT" };
    println!("the real window on {:.1} MB", made.len() as f64 / 1e6);
    println!(
        "start to first frame: {window:.0?}; empty window {empty:.0?} + engine {engine:.0?}: {ratio:.2} × (≤ {START_LIMIT} ×: {})",
        kept(ratio <= START_LIMIT)
    );
    let (empty, window) = (median(empty_bytes), median(window_bytes));
    let more = window - empty;
    println!(
        "resident memory: {:.0} MB; empty window {:.0} MB: + {:.0} MB (≤ + {:.0} MB: {})",
        window / 1e6,
        empty / 1e6,
        more / 1e6,
        MEMORY_LIMIT / 1e6,
        kept(more <= MEMORY_LIMIT),
    );
    println!("idle: {} ticks of a hundredth second", median(ticks));
}

/// Everything that comes late has come.
fn settle() {
    sleep(Duration::from_millis(2500));
}

/// A child process that does not outlive the measuring.
struct Running(Child);

impl Running {
    fn end(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

fn start_empty() -> (Duration, Running) {
    let program = std::env::current_exe().expect("this program");
    let begun = Instant::now();
    let mut child = Command::new(program)
        .arg(EMPTY)
        .env("DISPLAY", SCREEN)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the empty window starts");
    let mut line = String::new();
    let out = child.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut line).expect("it says when it is shown");
    assert_eq!(line, "shown\n", "the empty window opens");
    (begun.elapsed(), Running(child))
}

fn start_window(file: &Path, state: &Path) -> (Duration, Running) {
    let log = state.join("matryoshka.log");
    let begun = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_matryoshka"))
        .args(["--annotator", "Anna", "--state"])
        .arg(state)
        .arg(file)
        .env("DISPLAY", SCREEN)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stderr(Stdio::null())
        .spawn()
        .expect("the window starts");
    let running = Running(child);
    while !fs::read_to_string(&log)
        .is_ok_and(|log| log.lines().any(|line| line.ends_with(" shown")))
    {
        assert!(begun.elapsed() < PATIENCE, "the window shows the project");
        sleep(Duration::from_micros(500));
    }
    (begun.elapsed(), running)
}

/// A window of the same libraries with nothing in it.
fn empty_window() {
    let mut said = false;
    eframe::run_ui_native("Empty", eframe::NativeOptions::default(), move |_ui, _frame| {
        if !std::mem::replace(&mut said, true) {
            println!("shown");
            std::io::stdout().flush().ok();
        }
    })
    .expect("an empty window");
}

/// Resident bytes of a process.
fn resident(child: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    number.expect("the memory of a process that runs") * 1024.0
}

/// Hundredths of a second that a process has used a processor for.
fn processor_ticks(child: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}
