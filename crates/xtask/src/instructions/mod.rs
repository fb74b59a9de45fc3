//! Instructions of each step, counted by callgrind: the same on every run, so that a few per cent
//! show, which no time on a shared machine would.

mod record;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{process, progress, project, setup};
use record::{Figures, Record};

/// Case, size and step, as `crates/bench` knows them.
const COUNTED: [&str; 9] = [
    "grid 10000 parse",
    "grid 10000 resolve",
    "grid 10000 expand",
    "grid 10000 schedule",
    "grid 10000 all",
    "pairs 10000 all",
    "matrix 10000 all",
    "stages 1000 all",
    "real 1 all",
];

/// The growth that is let pass, in per cent.
const TOLERANCE: f64 = 3.0;

/// Counts, prints, and fails where a figure has grown. Figures of another compiler or machine say
/// nothing about these, and are not compared.
pub(crate) fn check() -> Result<()> {
    if !cfg!(target_os = "linux") {
        progress::say("Skipping", "the counts: valgrind is for Linux");
        return Ok(());
    }
    let recorded = record::read()?;
    let counted = Record { compiler: compiler()?, figures: count()? };
    let is_comparable = recorded.compiler == counted.compiler;
    print!("{}", record::table(&counted.figures, is_comparable.then_some(&recorded.figures)));
    if !is_comparable {
        let (theirs, ours) = (&recorded.compiler, &counted.compiler);
        println!("Not compared: recorded with {theirs}, and this is {ours}.");
        return Ok(());
    }
    let grown = record::grown(&counted.figures, &recorded.figures, TOLERANCE);
    ensure!(
        grown.is_empty(),
        "more than {TOLERANCE} % more instructions than recorded: {}. Look at what the last change \
         brought in, or take the new figures over with `cargo xtask bench record`, with a reason",
        grown.join(", ")
    );
    Ok(())
}

/// Counts and writes what later counts are compared to.
pub(crate) fn rewrite() -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "valgrind, which counts, is for Linux");
    setup::ensure(&[&setup::VALGRIND])?;
    let record = Record { compiler: compiler()?, figures: count()? };
    print!("{}", record::table(&record.figures, None));
    record::write(&record)
}

fn count() -> Result<Figures> {
    let mut build = process::cargo();
    build.args(["build", "--quiet", "--release", "--package", "deployline-bench"]);
    process::run(build.args(["--bin", "bench-instructions"]))?;
    let program = project::cargo_target()?.join("release/bench-instructions");
    COUNTED.iter().map(|name| Ok((String::from(*name), count_one(&program, name)?))).collect()
}

fn count_one(program: &Path, name: &str) -> Result<u64> {
    let log = Log::new()?;
    let mut valgrind = process::command("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg("--toggle-collect=*the_step_that_is_counted*");
    valgrind.arg(format!("--log-file={}", log.0.display()));
    process::read(valgrind.arg(program).args(name.split(' ')))?;
    let written = std::fs::read_to_string(&log.0).context("valgrind wrote no log")?;
    let count = collected(&written).filter(|count| *count > 0);
    count.with_context(|| format!("callgrind counted nothing of {name}:\n{written}"))
}

/// `==123== Collected : 8713716`
fn collected(log: &str) -> Option<u64> {
    let (_, count) = log.lines().find_map(|line| line.split_once("Collected : "))?;
    count.trim().parse().ok()
}

/// A file that goes with its owner.
struct Log(PathBuf);

impl Log {
    fn new() -> Result<Self> {
        Ok(Self(project::cargo_target()?.join(format!("instructions-{}.log", std::process::id()))))
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Version of the compiler: the same one makes the same instructions of a source.
fn compiler() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = process::read(process::command(rustc).arg("-vV"))?;
    let of = |key| version.lines().find_map(|line| line.strip_prefix(key));
    let compiler = of("release: ").zip(of("host: "));
    compiler.map(|(release, host)| format!("rustc {release} {host}")).context("rustc -vV is odd")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_found_in_the_log() {
        let log = "==7== \n==7== Events    : Ir\n==7== Collected : 8713716\n";
        assert_eq!(collected(log), Some(8_713_716));
        assert_eq!(collected("==7== nothing"), None);
    }
}
