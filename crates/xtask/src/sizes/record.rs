//! The file with the recorded sizes.
//!
//! ```text
//! [embed]
//! wasm = 120000
//! JavaScript = 12000
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project;

/// What the files of one kind in one part come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) part: String,
    pub(super) kind: String,
    pub(super) gzip_bytes: usize,
}

const ABOUT: &str = "\
# Bytes after `gzip -9` of what is loaded together. `cargo xtask sizes record` writes this file, and
# `cargo xtask build` fails where a part has grown by more than 2 %.
";

pub(super) fn read() -> Result<Vec<Figure>> {
    let text = fs::read_to_string(path()).with_context(|| {
        format!("can't read {}, which `cargo xtask sizes record` writes", path().display())
    })?;
    parse(&text).with_context(|| {
        format!("{} is not as `cargo xtask sizes record` writes it", path().display())
    })
}

pub(super) fn write(figures: &[Figure]) -> Result<()> {
    fs::write(path(), format(figures)).with_context(|| format!("can't write {}", path().display()))
}

fn path() -> PathBuf {
    project::root().join("crates/xtask/sizes.toml")
}

fn format(figures: &[Figure]) -> String {
    let mut text = ABOUT.to_owned();
    let mut last = "";
    for Figure { part, kind, gzip_bytes } in figures {
        if part != last {
            let _ = writeln!(text, "\n[{part}]");
            last = part;
        }
        let _ = writeln!(text, "{kind} = {gzip_bytes}");
    }
    text
}

/// Reads what [`format`] writes, of TOML no more.
fn parse(text: &str) -> Option<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut part = None;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            part = Some(name.to_owned());
            continue;
        }
        let (kind, bytes) = line.split_once(" = ")?;
        let gzip_bytes = bytes.parse().ok()?;
        figures.push(Figure { part: part.clone()?, kind: kind.to_owned(), gzip_bytes });
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let figure = |part: &str, kind: &str, gzip_bytes| {
            let (part, kind) = (part.to_owned(), kind.to_owned());
            Figure { part, kind, gzip_bytes }
        };
        let figures =
            [figure("embed", "wasm", 9), figure("embed", "CSS", 0), figure("page", "wasm", 12)];
        assert_eq!(parse(&format(&figures)).unwrap(), figures);
        assert_eq!(parse(&format(&[])).unwrap(), []);
    }

    #[test]
    fn takes_nothing_else() {
        for text in ["wasm = 9\n", "[page]\nwasm = many\n", "[page]\nwasm\n", "<<<<<<< HEAD\n"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
