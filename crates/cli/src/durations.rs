//! `--durations FILE`

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use deployline_engine::{DurationKey, Ms};
use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{LineIndex, NodeKind, parse};

use crate::files::{self, Limit};

const FILE: Limit = Limit { megabytes: 1, what: "a file of durations" };

/// Reads a map from keys to durations.
///
/// # Errors
/// Where the file can't be read, is no such map, or a value is no duration.
pub(crate) fn read(path: &Path) -> Result<Map<DurationKey, Ms>> {
    let source = files::read(path, FILE).context("can't read the durations")?;
    read_text(&source.text).with_context(|| format!("in the durations of {}", source.name))
}

/// Reads by the reader of pipelines, which bounds nesting and aliases and names the place of a mistake.
fn read_text(text: &str) -> Result<Map<DurationKey, Ms>> {
    const EXPECTED: &str = "expected a map such as `cart@prod/eu-1: 5m`";
    let index = LineIndex::new(text);
    let place = |span: Span| {
        let place = index.line_column(text, span.start as usize);
        format!("line {}, column {}", place.line, place.column)
    };
    let parsed = parse(text);
    if let Some(problem) = parsed.diagnostics.first() {
        bail!("{}: {}", place(problem.span), problem.message);
    }
    let Some(document) = parsed.documents.first() else { bail!("the file is empty; {EXPECTED}") };
    ensure!(parsed.documents.len() == 1, "expected one document; remove the lines `---`");
    let root = document.root();
    ensure!(root.kind() == NodeKind::Mapping, "{}: {EXPECTED}", place(root.span()));
    let entries = root.entries().map(|(key, value)| {
        let key = key.as_str().ok_or_else(|| anyhow!("{}: {EXPECTED}", place(key.span())))?;
        let at = || place(value.span());
        let text =
            value.as_str().ok_or_else(|| anyhow!("{}: expected a duration such as `5m`", at()))?;
        let duration = text.parse().with_context(|| format!("{}: `{key}`", at()))?;
        Ok((DurationKey::from_text(key), duration))
    });
    entries.collect()
}
