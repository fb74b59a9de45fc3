//! Reads texts with one long list, for `cargo xtask test growth` and `cargo xtask bench limits`.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use deployline_bench::{List, Prepared, READERS, Reader, lists};

const USAGE: &str = "usage: bench-lists names        the names of all lists, a line each
       bench-lists text NAME N  the text in which that list has N items
       bench-lists count NAME N has each reader read N, 2 N and 4 N items, for callgrind
       bench-lists longest NAME B  the longest such text of B bytes
       bench-lists time NAME B [READER]  the longest such text of B bytes: READER MILLISECONDS MEGABYTES";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Some(()) => ExitCode::SUCCESS,
        None => {
            eprintln!("{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Option<()> {
    match words {
        ["names"] => lists().iter().for_each(|list| println!("{}", list.name)),
        ["text", name, n] => print!("{}", named(name)?.text(n.parse().ok()?)),
        ["longest", name, bytes] => print!("{}", named(name)?.text_of(bytes.parse().ok()?)),
        ["count", name, n] => count(&named(name)?, n.parse().ok()?),
        ["time", name, bytes] => time(named(name)?.text_of(bytes.parse().ok()?), None),
        ["time", name, bytes, reader] => {
            time(named(name)?.text_of(bytes.parse().ok()?), Some(reader));
        }
        _ => return None,
    }
    Some(())
}

fn named(name: &str) -> Option<List> {
    lists().into_iter().find(|list| list.name == name)
}

/// Prints the readers in the order in which each reads the three lengths.
fn count(list: &List, n: usize) {
    let texts = [n, 2 * n, 4 * n].map(|n| Prepared::new(list.text(n)));
    for reader in READERS {
        println!("{}", reader.0);
        for text in &texts {
            black_box(the_reading_that_is_counted(*reader, text));
        }
    }
}

/// Callgrind counts from where this is called to where it returns, and knows it by its name.
#[inline(never)]
fn the_reading_that_is_counted((_, read): Reader, text: &Prepared) -> usize {
    read(text)
}

fn time(text: String, reader: Option<&str>) {
    let text = Prepared::new(text);
    for (name, read) in READERS.iter().filter(|(name, _)| reader.is_none_or(|it| it == *name)) {
        forget_peak();
        let start = Clock::now();
        black_box(read(&text));
        println!("{name}\t{}\t{}", start.milliseconds(), peak_megabytes());
    }
}

/// Measures the time that the processor has spent on this process, which is the same however much else
/// runs, or where the system doesn't tell, the time that has passed.
struct Clock {
    ticks: Option<u64>,
    instant: Instant,
}

impl Clock {
    fn now() -> Self {
        Self { ticks: processor_ticks(), instant: Instant::now() }
    }

    fn milliseconds(&self) -> u128 {
        match (self.ticks, processor_ticks()) {
            (Some(start), Some(end)) => u128::from((end - start) * MILLISECONDS_OF_A_TICK),
            _ => self.instant.elapsed().as_millis(),
        }
    }
}

/// Linux counts in hundredths of a second on every machine (`USER_HZ`).
const MILLISECONDS_OF_A_TICK: u64 = 10;

/// Time that this process has run, in its own code and in the system's.
fn processor_ticks() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name of the program, which may hold spaces; the times are fields 14 and 15 of the line.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// Begins the peak of memory anew, so that each reader has its own.
fn forget_peak() {
    // Elsewhere than on Linux there is none to forget, and none is printed.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that this process has had since then, where the system tells.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
