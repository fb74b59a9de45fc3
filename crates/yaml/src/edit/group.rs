//! Items put into a new item as its list, and back into the list around it.
//!
//! ```text
//! stages:                              stages:
//!   # to the east                        - parallel:
//!   - stage: {name: East}  ── group ──▶      # to the east
//!   - stage: {name: West}  ◀─ ungroup ─      - stage: {name: East}
//!                                            - stage: {name: West}
//! ```

use std::ops::Range;

use super::block_lines::{BlockLines, EntryLines, block_lines};
use super::change::Change;
use super::draft::{Draft, delete, insert, replace};
use super::flow_entries::flow_entries;
use super::nest;
use super::path::{self, Path, Step};
use super::refusal::{GONE, NOT_A_LIST, Refusal};
use crate::write::Layout;
use crate::{Node, NodeKind, TextEdit, lines};

const NOT_SAFE: &str = "These can't be grouped safely here; change it in the YAML.";

const NOT_SAFE_BACK: &str = "This group can't be taken apart safely here; change it in the YAML.";

/// A list that holds groups, or shall hold them.
struct List<'a> {
    node: Node<'a>,
    /// Its items, where they are lines.
    block: Option<BlockLines>,
}

impl<'a> List<'a> {
    fn at(draft: &Draft<'a>, path: &[Step]) -> Result<Self, Refusal> {
        let target = path::follow(draft.document, path)?;
        if target.node.kind() != NodeKind::Sequence {
            return Err(Refusal::at(NOT_A_LIST, target.node));
        }
        Ok(Self { node: target.node, block: block_lines(draft.text, &target) })
    }
}

/// Edits of changes of one list that leave each other in place.
pub(super) fn all(
    draft: &Draft<'_>,
    list: &[Step],
    batch: &[Change],
) -> Result<Vec<TextEdit>, Refusal> {
    let list = List::at(draft, list)?;
    let edits = batch.iter().map(|change| match change {
        Change::Group { at, count, steps, .. } => {
            group(draft, &list, *at..at.saturating_add(*count), steps)
        }
        Change::Ungroup { at, steps } => ungroup(draft, &list, at, steps),
        _ => Ok(Vec::new()),
    });
    Ok(edits.collect::<Result<Vec<_>, _>>()?.concat())
}

/// Puts the items in `range` of a list into a new item, below `steps`.
fn group(
    draft: &Draft<'_>,
    list: &List<'_>,
    range: Range<usize>,
    steps: &[Step],
) -> Result<Vec<TextEdit>, Refusal> {
    let (text, node) = (draft.text, list.node);
    let not_safe = || Refusal::at(NOT_SAFE, node);
    let gone = || Refusal::at(GONE, node);
    let last = range.end.checked_sub(1).filter(|last| range.contains(last)).ok_or_else(gone)?;
    let layout = Layout::near(text, node);
    if node.is_flow() {
        let entries = flow_entries(text, node).ok_or_else(not_safe)?;
        let first = entries.get(range.start).ok_or_else(gone)?;
        let last = entries.get(last).ok_or_else(gone)?;
        let (open, close) = nest::brackets(steps, &layout);
        let (open, close) = (format!("{open}["), format!("]{close}"));
        return Ok(vec![insert(node, first.start, open), insert(node, last.end, close)]);
    }
    let block = list.block.as_ref().ok_or_else(not_safe)?;
    let first = block.entries.get(range.start).ok_or_else(gone)?;
    let last = block.entries.get(last).ok_or_else(gone)?;
    if !lines::is_first(text, first.marker) {
        return Err(not_safe());
    }
    let (above, dash) = lines_above(block.column, steps, &layout);
    let mut edits = vec![insert(node, first.start, above)];
    let by = dash.cast_signed() - block.column.cast_signed();
    nest::move_lines(text, node, first.start..last.end, by, &mut edits);
    Ok(joined(edits))
}

/// The lines that lead down to the items from a new one at a column, and the column of their dashes.
fn lines_above(column: usize, steps: &[Step], layout: &Layout) -> (String, usize) {
    let gap = " ".repeat(layout.content_offset - 1);
    let mut lines = format!("{}-{gap}", " ".repeat(column));
    let mut key_column = column + layout.content_offset;
    for (depth, step) in steps.iter().enumerate() {
        if depth > 0 {
            key_column += layout.step;
            lines += &" ".repeat(key_column);
        }
        if let Step::Key(key) = step {
            lines += &format!("{}:{}", layout.key(key, false), layout.line_break);
        }
    }
    (lines, key_column + layout.dash_offset)
}

/// The edits with the first two as one, where both insert at one place: their order would not be certain.
fn joined(mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    if let [first, second, ..] = edits.as_mut_slice()
        && first.span.start == second.span.start
    {
        second.insert = format!("{}{}", first.insert, second.insert);
        edits.remove(0);
    }
    edits
}

/// Puts the items of the list below `steps` in the place of the item at a path.
fn ungroup(
    draft: &Draft<'_>,
    list: &List<'_>,
    at: &[Step],
    steps: &[Step],
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let outer = path::follow(draft.document, at)?;
    let not_safe = || Refusal::at(NOT_SAFE_BACK, outer.node);
    let inner_path: Path = at.iter().chain(steps).cloned().collect();
    let inner = path::follow(draft.document, &inner_path)?;
    if inner.node.kind() != NodeKind::Sequence {
        return Err(Refusal::at(NOT_A_LIST, inner.node));
    }
    nest::check_is_only_value(outer.node, steps)?;
    let block = list.block.as_ref();
    if let Some(members) = block_lines(text, &inner) {
        let block = block.ok_or_else(not_safe)?;
        let entry = block.entries[outer.position];
        return nest::lines_up(text, outer.node, (&entry, block.column), &members);
    }
    let members = flow_entries(text, inner.node).filter(|members| !members.is_empty());
    let members: Vec<Range<usize>> =
        members.ok_or_else(not_safe)?.iter().map(|it| it.start..it.end).collect();
    if list.node.is_flow() {
        return out_of_brackets(text, outer.node, &members);
    }
    let block = block.ok_or_else(not_safe)?;
    let entry = block.entries[outer.position];
    let end = outer.node.span().range().end;
    into_lines(text, outer.node, (&entry, end), &members, block)
}

/// Takes the brackets around items away that stay in those of the list.
fn out_of_brackets(
    text: &str,
    outer: Node<'_>,
    members: &[Range<usize>],
) -> Result<Vec<TextEdit>, Refusal> {
    let range = outer.span().range();
    let (first, last) = (&members[0], &members[members.len() - 1]);
    let (before, behind) = (range.start..first.start, last.end..range.end);
    nest::check_no_comment(text, [&before, &behind], outer)?;
    Ok(vec![delete(outer, before), delete(outer, behind)])
}

/// Gives each item in brackets a line of its own.
fn into_lines(
    text: &str,
    outer: Node<'_>,
    (entry, end): (&EntryLines, usize),
    members: &[Range<usize>],
    block: &BlockLines,
) -> Result<Vec<TextEdit>, Refusal> {
    let layout = Layout::near(text, outer);
    let dash = format!("-{}", " ".repeat(layout.content_offset - 1));
    let mut edits = Vec::new();
    let mut from = entry.marker;
    for member in members {
        nest::check_no_comment(text, [&(from..member.start), &(0..0)], outer)?;
        let lead = match from == entry.marker {
            true => dash.clone(),
            false => format!("{}{}{dash}", layout.line_break, " ".repeat(block.column)),
        };
        edits.push(replace(outer, from..member.start, lead));
        from = member.end;
    }
    nest::check_no_comment(text, [&(from..end), &(0..0)], outer)?;
    edits.push(delete(outer, from..end));
    Ok(edits)
}
