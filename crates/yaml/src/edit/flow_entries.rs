//! The bytes of each item or entry of a collection in `[…]` or `{…}`.

use crate::{Node, lines};

/// One item or entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlowEntry {
    pub(super) start: usize,
    /// Offset of the end of its value.
    pub(super) end: usize,
    /// The comma behind it.
    pub(super) comma: Option<usize>,
}

/// The items or entries of a flow collection. `None` where they can't be told apart.
pub(super) fn flow_entries(text: &str, node: Node<'_>) -> Option<Vec<FlowEntry>> {
    let range = node.span().range();
    let ends: Vec<usize> = match node.entries().len() {
        0 => node.items().map(|item| item.span().range().end).collect(),
        _ => node.entries().map(|(key, value)| end_of_entry(text, key, value)).collect(),
    };
    let mut entries = Vec::with_capacity(ends.len());
    let mut start = lines::skip_empty(text, range.start + 1);
    for end in ends {
        let next = lines::skip_empty(text, end);
        let comma = text[next..].starts_with(',').then_some(next);
        if (comma.is_none() && next + 1 != range.end) || start > end {
            return None;
        }
        entries.push(FlowEntry { start, end, comma });
        start = lines::skip_empty(text, comma.map_or(next, |comma| comma + 1));
    }
    Some(entries)
}

fn end_of_entry(text: &str, key: Node<'_>, value: Node<'_>) -> usize {
    let (key, end) = (key.span().range(), value.span().range().end);
    match lines::behind_colon(text, key.end) {
        Some(colon) => end.max(colon),
        None => end,
    }
}

/// Returns true if only spaces stand before it in its line.
pub(super) fn has_own_line(text: &str, entry: &FlowEntry) -> bool {
    lines::is_first(text, entry.start)
}
