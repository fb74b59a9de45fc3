//! The lines of each item or entry of a block collection.
//!
//! ```text
//! values:
//!   # about a          ┐
//!   - name: a  # one   │ item 0: the comment lines directly above it, its lines, and
//!     inputs: []       │ comment lines below it that stand deeper than its dash
//!     # - more         ┘
//!                      ← between items; belongs to none
//!   - name: b          ┐ item 1
//! ```

use super::path::PathTarget;
use crate::{Node, NodeKind, ScalarStyle, lines};

/// The lines of one item or entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryLines {
    /// Offset of its first line, comment lines included; or `marker`, if it does not start a line.
    pub(super) start: usize,
    /// Offset of its dash or key.
    pub(super) marker: usize,
    /// Offset of the end of its last line, before the line break.
    pub(super) end: usize,
}

/// The lines of a block collection.
pub(super) struct BlockLines {
    /// The column of all dashes or keys.
    pub(super) column: usize,
    pub(super) entries: Vec<EntryLines>,
}

/// The lines of the block collection at `target`. `None` where they can't be told apart, or where it
/// is no block collection.
pub(super) fn block_lines(text: &str, target: &PathTarget<'_>) -> Option<BlockLines> {
    let node = target.node;
    if node.is_flow() || node.style().is_some() {
        return None;
    }
    let markers = match node.kind() {
        NodeKind::Sequence => dashes(text, target)?,
        _ => node.entries().map(|(key, _)| key.span().range().start).collect(),
    };
    let first = *markers.first()?;
    let column = lines::column(text, first);
    let ends: Vec<usize> = match node.kind() {
        NodeKind::Sequence => node.items().map(|item| end_of(text, item)).collect(),
        _ => node.entries().map(|(key, value)| end_of_entry(text, key, value)).collect(),
    };
    let is_regular = |marker: &usize| lines::column(text, *marker) == column;
    if !markers.iter().all(is_regular) || markers.len() != ends.len() {
        return None;
    }
    let entries = markers.iter().zip(ends).map(|(&at, end)| entry_lines(text, at, end, column));
    let entries: Vec<EntryLines> = entries.collect();
    // A key behind `? ` is reported in other places than its lines.
    let is_apart = |pair: &[EntryLines]| pair[0].end <= pair[1].start;
    let is_in_order = entries.windows(2).all(is_apart)
        && entries.iter().all(|it| it.start <= it.marker && it.marker <= it.end);
    is_in_order.then_some(BlockLines { column, entries })
}

fn entry_lines(text: &str, marker: usize, end: usize, column: usize) -> EntryLines {
    let mut start = marker;
    if lines::is_first(text, marker) {
        start = lines::start(text, marker);
        // A byte order mark stays where it is.
        start += if text[start..].starts_with('\u{feff}') { 3 } else { 0 };
        while start > 0 {
            let above = lines::start(text, start - 1);
            match lines::comment_column(lines::line(text, above)) {
                Some(comment) if comment <= column => start = above,
                _ => break,
            }
        }
    }
    let mut end = lines::end(text, end.max(marker));
    loop {
        let below = lines::next(text, end);
        match lines::comment_column(lines::line(text, below)) {
            Some(comment) if comment > column && below > end => end = lines::end(text, below),
            _ => return EntryLines { start, marker, end },
        }
    }
}

/// The dash of each item.
fn dashes(text: &str, target: &PathTarget<'_>) -> Option<Vec<usize>> {
    let node = target.node;
    let mut first = node.span().range().start;
    // A list right below its key, not indented, is reported behind its first dash.
    if let Some(key) = target.key {
        first = lines::skip_empty(text, lines::behind_colon(text, key.span().range().end)?);
        // An anchor or a tag.
        while text[first..].starts_with(['&', '!']) {
            let word = text[first..].find([' ', '\n', '\r'])?;
            first = lines::skip_empty(text, first + word);
        }
    }
    let column = lines::column(text, first);
    let mut dashes = Vec::with_capacity(node.items().len());
    let mut at = first;
    for item in node.items() {
        dashes.push(dash_from(text, at, column)?);
        at = end_of(text, item).max(*dashes.last()? + 1);
    }
    Some(dashes)
}

/// The next dash at this column: the first one is at `at`, others start a line.
fn dash_from(text: &str, at: usize, column: usize) -> Option<usize> {
    let is_dash = |at: usize| {
        let rest = &text[at..];
        rest.starts_with('-') && !rest[1..].starts_with(|c: char| !c.is_ascii_whitespace())
    };
    if is_dash(at) && lines::column(text, at) == column {
        return Some(at);
    }
    let mut line = lines::next(text, at);
    while line < text.len() {
        let content = text.get(line + column..).unwrap_or_default();
        let dash = text.len() - content.len();
        if lines::start(text, dash) == line && lines::is_first(text, dash) && is_dash(dash) {
            return Some(dash);
        }
        line = lines::next(text, line);
    }
    None
}

/// Offset of the end of a value's text.
pub(super) fn end_of(text: &str, node: Node<'_>) -> usize {
    let range = node.span().range();
    let (start, end) = (range.start, range.end);
    let last = match node.kind() {
        _ if node.is_aliased() || node.is_flow() => None,
        NodeKind::Mapping => node.entries().last().map(|(key, value)| (Some(key), value)),
        NodeKind::Sequence => node.items().last().map(|item| (None, item)),
        _ => None,
    };
    match last {
        Some((Some(key), value)) => end_of_entry(text, key, value),
        Some((None, item)) => end_of(text, item),
        // A block scalar reaches to what comes after it.
        None if node.style() == Some(ScalarStyle::Block) => start + text[range].trim_end().len(),
        None => end,
    }
}

/// Offset of the end of an entry. The span of a missing value lies before the colon, or, behind `? key`
/// without a colon, where the next line with content starts.
pub(super) fn end_of_entry(text: &str, key: Node<'_>, value: Node<'_>) -> usize {
    let key_end = key.span().range().end;
    let is_missing = value.is_null() && value.span().range().is_empty();
    let between = text.get(key_end..value.span().range().start).unwrap_or_default();
    let is_below = is_missing && between.contains(lines::BREAKS);
    let end = if is_below { key_end } else { end_of(text, value) };
    match lines::behind_colon(text, key_end) {
        Some(colon) => end.max(colon),
        None => end,
    }
}
