//! The recorded figures: the file, and the comparison.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project;

/// Instructions by name, in their own order.
pub(super) type Figures = Vec<(String, u64)>;

/// Figures, and what they were counted with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) compiler: String,
    pub(super) figures: Figures,
}

const ABOUT: &str = "\
# Instructions of each step: case, size, step. `cargo xtask bench record` writes this file, and
# `cargo xtask test instructions` fails where a figure has grown.
";

pub(super) fn read() -> Result<Record> {
    let text =
        fs::read_to_string(path()).with_context(|| format!("can't read {}", path().display()))?;
    parse(&text).with_context(|| format!("{} is not as it was written", path().display()))
}

pub(super) fn write(record: &Record) -> Result<()> {
    let text = format(record);
    fs::write(path(), text).with_context(|| format!("can't write {}", path().display()))
}

fn path() -> PathBuf {
    project::root().join("crates/bench/instructions.toml")
}

fn format(record: &Record) -> String {
    let mut text = format!("{ABOUT}compiler = \"{}\"\n\n[instructions]\n", record.compiler);
    for (name, count) in &record.figures {
        let _ = writeln!(text, "\"{name}\" = {count}");
    }
    text
}

/// Reads what [`format`] writes, of TOML no more.
fn parse(text: &str) -> Option<Record> {
    let mut entries = text.lines().filter_map(|line| line.split_once(" = "));
    let (_, compiler) = entries.next().filter(|(key, _)| *key == "compiler")?;
    let figure = |(name, count): (&str, &str)| {
        Some((name.trim_matches('"').to_owned(), count.trim().parse().ok()?))
    };
    let figures = entries.map(figure).collect::<Option<_>>()?;
    Some(Record { compiler: compiler.trim_matches('"').to_owned(), figures })
}

/// Every figure in a line, with its change where there is something to compare it to.
pub(super) fn table(counted: &Figures, recorded: Option<&Figures>) -> String {
    let mut table = String::new();
    for (name, count) in counted {
        let change = recorded.and_then(|recorded| change(name, *count, recorded));
        let change = change.map(|percent| format!("{percent:+.2} %")).unwrap_or_default();
        let _ = writeln!(table, "{}", format!("{name:<20} {count:>12} {change:>9}").trim_end());
    }
    table
}

/// Those beyond the tolerance, in words, and those that were never recorded.
pub(super) fn grown(counted: &Figures, recorded: &Figures, tolerance: f64) -> Vec<String> {
    let grown = counted.iter().filter_map(|(name, count)| match change(name, *count, recorded) {
        Some(percent) if percent <= tolerance => None,
        Some(percent) => Some(format!("{name} by {percent:.1} %")),
        None => Some(format!("{name}, which was not recorded")),
    });
    grown.collect()
}

/// In per cent.
fn change(name: &str, count: u64, recorded: &Figures) -> Option<f64> {
    let (_, before) = recorded.iter().find(|(of, _)| of == name)?;
    Some((count as f64 / *before as f64 - 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(counts: [u64; 2]) -> Figures {
        ["grid 10000 all", "real 1 all"].map(String::from).into_iter().zip(counts).collect()
    }

    #[test]
    fn reads_what_it_writes() {
        let record = Record { compiler: "rustc 1.95.0 x86_64".into(), figures: figures([9, 12]) };
        assert_eq!(parse(&format(&record)), Some(record));
        assert_eq!(parse("[instructions]\n"), None);
    }

    #[test]
    fn growth_beyond_the_tolerance_is_named() {
        let recorded = figures([1_000, 1_000]);
        assert!(grown(&figures([1_029, 500]), &recorded, 3.0).is_empty());
        assert_eq!(grown(&figures([1_031, 999]), &recorded, 3.0), ["grid 10000 all by 3.1 %"]);
        assert_eq!(
            grown(&figures([1_000, 1_000]), &recorded[..1].to_vec(), 3.0),
            ["real 1 all, which was not recorded"]
        );
    }

    #[test]
    fn a_line_for_each_figure() {
        let table_of = |recorded| table(&figures([1_010, 5]), recorded);
        assert_eq!(
            table_of(None),
            "grid 10000 all               1010\nreal 1 all                      5\n"
        );
        assert!(table_of(Some(&figures([1_000, 5]))).contains("1010   +1.00 %\n"));
    }
}
