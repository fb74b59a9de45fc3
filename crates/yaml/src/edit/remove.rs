//! Items and entries removed.

use super::block_lines::{EntryLines, block_lines};
use super::draft::{Draft, delete, insert};
use super::flow_entries::{FlowEntry, flow_entries, has_own_line};
use super::path::{self, PathTarget, Step};
use super::refusal::{COMMENT_IN_THE_WAY, Refusal};
use crate::{Node, NodeKind, TextEdit, lines};

const NOT_SAFE: &str = "This can't be removed safely; change it in the YAML.";

/// Removes one item or entry.
pub(super) fn one(
    draft: &Draft<'_>,
    at: &[Step],
    keeps_comments: bool,
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let target = path::follow(draft.document, at)?;
    let Some((_, parent)) = at.split_last() else { return Err(Refusal::at(NOT_SAFE, target.node)) };
    let parent = path::follow(draft.document, parent)?;
    if parent.node.is_flow() {
        let entries = flow_entries(text, parent.node);
        let entries = entries.ok_or_else(|| Refusal::at(NOT_SAFE, parent.node))?;
        return from_flow(text, parent.node, &entries, target.position);
    }
    let block = block_lines(text, &parent).ok_or_else(|| Refusal::at(NOT_SAFE, parent.node))?;
    match block.entries.as_slice() {
        [] => Err(Refusal::at(NOT_SAFE, parent.node)),
        [only] => last_one(text, &parent, only),
        entries => from_block(text, parent.node, entries, target.position, keeps_comments),
    }
}

/// Removes all items but one, and what stands between them.
pub(super) fn all_but(
    draft: &Draft<'_>,
    list: &[Step],
    at: usize,
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let target = path::follow(draft.document, list)?;
    let not_safe = || Refusal::at(NOT_SAFE, target.node);
    let (before, behind) = if target.node.is_flow() {
        let entries = flow_entries(text, target.node).ok_or_else(not_safe)?;
        let (Some(kept), Some(first), Some(last)) =
            (entries.get(at), entries.first(), entries.last())
        else {
            return Err(not_safe());
        };
        (first.start..kept.start, kept.end..last.end)
    } else {
        let block = block_lines(text, &target).ok_or_else(not_safe)?;
        let entries = &block.entries;
        let (Some(kept), Some(first), Some(last)) =
            (entries.get(at), entries.first(), entries.last())
        else {
            return Err(not_safe());
        };
        if !lines::is_first(text, first.marker) {
            return Err(not_safe());
        }
        (first.start..kept.start, kept.end..last.end)
    };
    Ok(vec![
        delete(target.node, before.start..before.end),
        delete(target.node, behind.start..behind.end),
    ])
}

/// The lines of all but the only item.
fn from_block(
    text: &str,
    parent: Node<'_>,
    entries: &[EntryLines],
    position: usize,
    keeps_comments: bool,
) -> Result<Vec<TextEdit>, Refusal> {
    let removed = &entries[position];
    let next = entries.get(position + 1);
    if !lines::is_first(text, removed.marker) {
        // It stands behind a dash, and the next one takes its place.
        let between = |next: &EntryLines| text.get(removed.end..next.marker);
        let next = next.filter(|next| between(next).is_some_and(|it| it.trim().is_empty()));
        let next = next.ok_or_else(|| Refusal::at(NOT_SAFE, parent))?;
        return Ok(vec![delete(parent, removed.marker..next.marker)]);
    }
    let start = if keeps_comments {
        lines::start(text, removed.marker).max(removed.start)
    } else {
        removed.start
    };
    let (start, end) = with_blank_lines(text, start, removed, next);
    Ok(vec![delete(parent, start..end)])
}

/// Returns the bytes to delete for these lines, with the blank lines on one side of them.
fn with_blank_lines(
    text: &str,
    mut start: usize,
    removed: &EntryLines,
    next: Option<&EntryLines>,
) -> (usize, usize) {
    let mut end = lines::next(text, removed.end);
    let above = |at: usize| {
        let line = (at > 0).then(|| lines::start(text, at - 1))?;
        lines::is_blank(lines::line(text, line)).then_some(line)
    };
    match next {
        Some(next) => {
            let has_blank_above = above(start).is_some();
            let between = text.get(end..next.start);
            let blank = between.is_some_and(|between| between.trim().is_empty());
            let is_first = lines::start(text, start) == start && !has_blank_above;
            let was_first = start == removed.start && is_first;
            if blank && (has_blank_above || was_first) {
                end = next.start;
            }
        }
        None => {
            while let Some(line) = above(start) {
                start = line;
            }
        }
    }
    // The last line may have no line break: that of the line above goes.
    if end == text.len() && !text.ends_with(lines::BREAKS) {
        start -= usize::from(text[..start].ends_with('\n'));
        start -= usize::from(text[..start].ends_with('\r'));
    }
    (start, end)
}

/// The only item: an empty list or mapping is left.
fn last_one(
    text: &str,
    parent: &PathTarget<'_>,
    removed: &EntryLines,
) -> Result<Vec<TextEdit>, Refusal> {
    let colon = parent.key.and_then(|key| lines::behind_colon(text, key.span().range().end));
    let Some(colon) = colon.filter(|_| lines::is_first(text, removed.marker)) else {
        return Err(Refusal::at(NOT_SAFE, parent.node));
    };
    let empty = if parent.node.kind() == NodeKind::Sequence { " []" } else { " {}" };
    let mut start = removed.start;
    let end = lines::next(text, removed.end);
    if end == text.len() && !text.ends_with(lines::BREAKS) {
        start = text[..start].trim_end_matches(lines::BREAKS).len();
    }
    Ok(vec![insert(parent.node, colon, empty.to_owned()), delete(parent.node, start..end)])
}

fn from_flow(
    text: &str,
    parent: Node<'_>,
    entries: &[FlowEntry],
    position: usize,
) -> Result<Vec<TextEdit>, Refusal> {
    let entry = entries.get(position).ok_or_else(|| Refusal::at(NOT_SAFE, parent))?;
    let behind = entry.comma.map_or(entry.end, |comma| comma + 1);
    let before = position.checked_sub(1).and_then(|before| entries.get(before));
    let next = entries.get(position + 1);
    let tail = text[behind..lines::end(text, behind)].trim_start();
    let is_alone = has_own_line(text, entry) && (tail.is_empty() || tail.starts_with('#'));
    if is_alone {
        let (start, end) = own_lines(text, entry, behind);
        let mut edits = vec![delete(parent, start..end)];
        if let (None, None, Some(comma)) = (next, entry.comma, before.and_then(|it| it.comma)) {
            edits.insert(0, delete(parent, comma..comma + 1));
        }
        return Ok(edits);
    }
    let (start, end) = match (before, next) {
        (_, Some(next)) => (entry.start, next.start),
        (Some(before), None) => (before.end, entry.end),
        (None, None) => (entry.start, behind),
    };
    let removed = text.get(start..end).ok_or_else(|| Refusal::at(NOT_SAFE, parent))?;
    if removed.contains('#') && removed.contains(lines::BREAKS) {
        return Err(Refusal::at(COMMENT_IN_THE_WAY, parent));
    }
    Ok(vec![delete(parent, start..end)])
}

/// Returns the bytes of the lines that an entry has for itself, with the comment lines directly above.
fn own_lines(text: &str, entry: &FlowEntry, behind: usize) -> (usize, usize) {
    let mut start = lines::start(text, entry.start);
    while start > 0 {
        let above = lines::start(text, start - 1);
        if lines::comment_column(lines::line(text, above)).is_none() {
            break;
        }
        start = above;
    }
    (start, lines::next(text, behind))
}
