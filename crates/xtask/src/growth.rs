//! Growth: no list that a text can have takes the square of its length to read.
//!
//! `crates/bench` makes a text for each list of the schema and of YAML, and knows what reads texts: the
//! plan, each format, the parts of the page. Callgrind counts the instructions at N, 2 N and 4 N items.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, anyhow, ensure};

use crate::{process, progress, project};

/// The shortest of the three lengths: beyond what is listed of each diagnostic, and so long that the square
/// of it outweighs all else.
const ITEMS: &str = "500";

/// The most instructions of one length, as a multiple of those of half of it. It is 2 where all items take
/// the same time, a bit more for sorting, and 4 for the square.
const MAX_GROWTH: f64 = 2.3;

/// Fewer instructions than these are lost among those of starting.
const NOISE: u64 = 100_000;

/// A reader of a list, and its instructions at the three lengths.
struct Measure {
    list: String,
    reader: String,
    counts: [u64; 3],
}

impl Measure {
    /// The worse one of the last doubling and the mean of both: the allocator tidies up at one length and not at
    /// another, so that the first doubling alone says little.
    fn growth(&self) -> f64 {
        let [one, two, four] = self.counts.map(|count| count.max(NOISE) as f64);
        (four / two).max((four / one).sqrt())
    }

    fn is_too_much(&self) -> bool {
        self.growth() > MAX_GROWTH
    }
}

/// Counts every reader of every list, prints the worst, and fails where one grows too fast.
pub(crate) fn check() -> Result<()> {
    if !cfg!(target_os = "linux") {
        progress::say("Skipping", "the growth: valgrind is for Linux");
        return Ok(());
    }
    let program = build()?;
    let names = process::read(process::command(&program).arg("names"))?;
    let names: Vec<&str> = names.lines().collect();
    progress::say(
        "Counting",
        &format!("{} lists at {ITEMS} items, twice and four times", names.len()),
    );
    let mut measures = count_all(&program, &names)?;
    print!("{}", table(&mut measures));
    let failed: Vec<String> = measures
        .iter()
        .filter(|measure| measure.is_too_much())
        .map(|it| format!("{}, {}: {:.2}", it.list, it.reader, it.growth()))
        .collect();
    ensure!(
        failed.is_empty(),
        "a list takes more than {MAX_GROWTH} times as much with each doubling:\n  {}\n\
         `bench-lists text LIST N` prints such a text",
        failed.join("\n  ")
    );
    Ok(())
}

/// The program that reads the lists.
pub(crate) fn build() -> Result<PathBuf> {
    let mut build = process::cargo();
    build.args(["build", "--quiet", "--release", "--package", "deployline-bench"]);
    process::run(build.args(["--bin", "bench-lists"]))?;
    Ok(project::cargo_target()?.join("release/bench-lists"))
}

/// Every reader of every list, as many lists at once as there are processors.
fn count_all(program: &Path, names: &[&str]) -> Result<Vec<Measure>> {
    let next = AtomicUsize::new(0);
    let count_next = || -> Result<Vec<Measure>> {
        let mut measures = Vec::new();
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            measures.extend(count(program, name)?);
        }
        Ok(measures)
    };
    let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..processors).map(|_| scope.spawn(count_next)).collect();
        let mut measures = Vec::new();
        for thread in threads {
            let counted = thread.join().map_err(|_| anyhow!("a thread that counts has ended"))?;
            measures.extend(counted?);
        }
        Ok(measures)
    })
}

/// Every reader of one list.
fn count(program: &Path, list: &str) -> Result<Vec<Measure>> {
    const COUNTED: &str = "bench_lists::the_reading_that_is_counted";
    let folder = Folder::new()?;
    let mut valgrind = process::command("valgrind");
    valgrind.args(["--quiet", "--tool=callgrind"]);
    valgrind.arg(format!("--callgrind-out-file={}", folder.0.join("dump").display()));
    valgrind.args([format!("--zero-before={COUNTED}"), format!("--dump-after={COUNTED}")]);
    valgrind.arg(program).args(["count", list, ITEMS]);
    let readers = process::read(&mut valgrind).with_context(|| format!("counting `{list}`"))?;
    readers
        .lines()
        .enumerate()
        .map(|(index, reader)| {
            let of = |length: usize| folder.total(3 * index + length + 1);
            let counts = [of(0)?, of(1)?, of(2)?];
            Ok(Measure { list: list.to_owned(), reader: reader.to_owned(), counts })
        })
        .collect()
}

/// The twenty that grow most.
fn table(measures: &mut [Measure]) -> String {
    measures.sort_by(|a, b| b.growth().total_cmp(&a.growth()));
    let row = |it: &Measure| {
        let [one, two, four] = it.counts;
        format!("{:>6.2} {one:>12} {two:>12} {four:>12}  {}, {}\n", it.growth(), it.list, it.reader)
    };
    let head = "growth      N items    2 N items    4 N items  list, reader\n";
    std::iter::once(head.to_owned()).chain(measures.iter().take(20).map(row)).collect()
}

/// A folder for callgrind's dumps, which goes with its owner.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let thread = format!("{:?}", std::thread::current().id());
        let digits: String = thread.chars().filter(char::is_ascii_digit).collect();
        let folder = format!("growth-{}-{digits}", std::process::id());
        let folder = project::cargo_target()?.join(folder);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// The instructions of a dump; they are numbered from 1.
    fn total(&self, dump: usize) -> Result<u64> {
        let path = self.0.join(format!("dump.{dump}"));
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("callgrind wrote no {}", path.display()))?;
        total(&text).with_context(|| format!("no total in {}", path.display()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `summary: 8713716`
fn total(dump: &str) -> Option<u64> {
    let mut lines = dump.lines();
    lines.find_map(|line| line.strip_prefix("summary: "))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(counts: [u64; 3]) -> Measure {
        Measure { list: String::new(), reader: String::new(), counts }
    }

    #[test]
    fn the_square_is_too_much_and_sorting_is_not() {
        let of = |cost: fn(f64) -> f64| {
            measure([500.0, 1000.0, 2000.0].map(|n| 50_000 + cost(n) as u64))
        };
        assert!(!of(|n| 3_000.0 * n).is_too_much());
        assert!(!of(|n| 500.0 * n * n.log2()).is_too_much());
        assert!(of(|n| n * n).is_too_much());
        assert!(of(|n| 3_000.0 * n + 5.0 * n * n).is_too_much());
        assert!(!of(|_| 0.0).is_too_much());
        assert!(!of(|n| 0.02 * n * n).is_too_much());
    }

    #[test]
    fn the_total_is_found_in_a_dump() {
        assert_eq!(total("events: Ir\nsummary: 8713716\n\nfn=a\n"), Some(8_713_716));
        assert_eq!(total("events: Ir\n"), None);
    }
}
