//! The recorded sizes: the file, and the comparison.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Part, table};
use crate::project;

/// Bytes after gzip by part, in their own order.
pub(super) type Figures = Vec<(String, usize)>;

/// The growth that is let pass, in per cent.
const TOLERANCE: usize = 2;

const ABOUT: &str = "\
# Bytes after `gzip -9` of what is loaded together. `cargo xtask sizes record` writes this file, and
# `cargo xtask build` fails where a figure has grown by more than 2 %.
";

pub(super) fn read() -> Result<Figures> {
    let text =
        fs::read_to_string(path()).with_context(|| format!("can't read {}", path().display()))?;
    parse(&text).with_context(|| format!("{} is not as it was written", path().display()))
}

pub(super) fn write(figures: &Figures) -> Result<()> {
    fs::write(path(), format(figures)).with_context(|| format!("can't write {}", path().display()))
}

fn path() -> PathBuf {
    project::root().join("crates/xtask/sizes.toml")
}

fn format(figures: &Figures) -> String {
    let mut text = format!("{ABOUT}[gzip]\n");
    for (name, bytes) in figures {
        let _ = writeln!(text, "{name} = {bytes}");
    }
    text
}

/// Reads what [`format`] writes, of TOML no more.
fn parse(text: &str) -> Option<Figures> {
    let entries = text.lines().filter_map(|line| line.split_once(" = "));
    let figures = entries.map(|(name, bytes)| Some((name.to_owned(), bytes.trim().parse().ok()?)));
    figures.collect::<Option<Figures>>().filter(|figures| !figures.is_empty())
}

/// Every part in a line: its size, its change, and how far it is from what it is to be.
pub(super) fn table(measured: &Figures, recorded: &Figures, parts: &[Part]) -> String {
    let mut table = String::new();
    for ((name, bytes), part) in measured.iter().zip(parts) {
        let before = before(name, recorded);
        let change = before.map(|before| format!("{:+.2} %", percent(*bytes, before)));
        let change = change.unwrap_or_default();
        let wanted = part.wanted_gzip_bytes;
        let goal = match bytes.checked_sub(wanted) {
            Some(over @ 1..) => {
                let (wanted, over) = (table::group_digits(wanted), table::group_digits(over));
                format!("{over} more than the {wanted} it is to be")
            }
            _ => format!("of at most {}", table::group_digits(wanted)),
        };
        let bytes = table::group_digits(*bytes);
        let _ = writeln!(table, "{name:<6} {bytes:>9} gzip -9 {change:>9}  {goal}");
    }
    table
}

/// Those beyond the tolerance, in words, and those that were never recorded.
pub(super) fn grown(measured: &Figures, recorded: &Figures) -> Vec<String> {
    let grown = measured.iter().filter_map(|(name, bytes)| match before(name, recorded) {
        Some(before) if bytes * 100 <= before * (100 + TOLERANCE) => None,
        Some(before) => Some(format!("{name} by {:.1} %", percent(*bytes, before))),
        None => Some(format!("{name}, which was not recorded")),
    });
    grown.collect()
}

fn before(name: &str, recorded: &Figures) -> Option<usize> {
    recorded.iter().find(|(of, _)| of == name).map(|(_, bytes)| *bytes)
}

fn percent(bytes: usize, before: usize) -> f64 {
    (bytes as f64 / before as f64 - 1.0) * 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(bytes: [usize; 2]) -> Figures {
        ["embed", "page"].map(String::from).into_iter().zip(bytes).collect()
    }

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(parse(&format(&figures([9, 12]))), Some(figures([9, 12])));
        assert_eq!(parse("[gzip]\n"), None);
    }

    #[test]
    fn growth_beyond_the_tolerance_is_named() {
        let recorded = figures([100_000, 300_000]);
        assert!(grown(&figures([102_000, 1_000]), &recorded).is_empty());
        assert_eq!(grown(&figures([102_001, 300_000]), &recorded), ["embed by 2.0 %"]);
        assert_eq!(
            grown(&figures([1, 1]), &recorded[..1].to_vec()),
            ["page, which was not recorded"]
        );
    }

    #[test]
    fn a_line_says_how_far_it_is_from_what_it_is_to_be() {
        let figures = figures([150_000, 400_000]);
        assert_eq!(
            table(&figures, &figures, &super::super::PARTS),
            "embed    150,000 gzip -9   +0.00 %  of at most 150,000\n\
             page     400,000 gzip -9   +0.00 %  50,000 more than the 350,000 it is to be\n"
        );
    }
}
