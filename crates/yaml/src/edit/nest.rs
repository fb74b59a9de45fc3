//! A value moved down into new keys and lists of one item, and up again.
//!
//! ```text
//! service:                          services:
//!   # first                           values:
//!   serviceRef: a    ── nest ──▶        # first
//!   serviceInputs:   ◀─ unnest ─        - serviceRef: a
//!     x: 1                                serviceInputs:
//!                                           x: 1
//! ```

use std::ops::Range;

use super::block_lines::{self, BlockLines, EntryLines, block_lines};
use super::draft::{Draft, delete, insert, replace};
use super::path::{self, Path, PathTarget, Step};
use super::refusal::{COMMENT_IN_THE_WAY, Refusal};
use crate::write::Layout;
use crate::{Node, TextEdit, lines};

const NOT_SAFE: &str = "This can't be rewritten safely here; change it in the YAML.";

const BESIDE: &str = "This stands beside the value and would be lost: move it in the YAML first.";

/// Moves the value at a path down `steps`.
pub(super) fn nest(
    draft: &Draft<'_>,
    at: &[Step],
    steps: &[Step],
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let target = path::follow(draft.document, at)?;
    let layout = Layout::near(text, target.node);
    let Some(block) = block_lines(text, &target) else {
        return Ok(nest_in_brackets(&target, steps, &layout));
    };
    let first = block.entries[0].marker;
    let key = target.key.filter(|_| lines::is_first(text, first));
    let key = key.ok_or_else(|| Refusal::at(NOT_SAFE, target.node))?;
    let keys = NewKeys::new(lines::column(text, key.span().range().start), steps, &layout);
    Ok(nest_lines(text, target.node, &block, &keys, layout.line_break))
}

/// `{values: [` before a value on one line, and `]}` behind it.
fn nest_in_brackets(target: &PathTarget<'_>, steps: &[Step], layout: &Layout) -> Vec<TextEdit> {
    let (open, close) = brackets(steps, layout);
    let range = target.node.span().range();
    vec![insert(target.node, range.start, open), insert(target.node, range.end, close)]
}

/// The brackets of new keys and lists around a value.
pub(super) fn brackets(steps: &[Step], layout: &Layout) -> (String, String) {
    let open = steps.iter().map(|step| match step {
        Step::Key(key) => format!("{{{}: ", layout.key(key, true)),
        Step::Index(_) => "[".to_owned(),
    });
    let close = steps.iter().rev().map(|step| match step {
        Step::Key(_) => "}",
        Step::Index(_) => "]",
    });
    (open.collect(), close.collect())
}

/// The lines and the beginning of a line that lead down to a value.
struct NewKeys {
    lines: Vec<String>,
    /// The beginning of the value's first line.
    lead: String,
    /// The column of comment lines before the value: that of its dash, if it has one.
    comments: usize,
    column: usize,
}

impl NewKeys {
    fn new(key_column: usize, steps: &[Step], layout: &Layout) -> Self {
        let column = key_column + layout.step;
        let mut keys =
            Self { lines: Vec::new(), lead: " ".repeat(column), comments: column, column };
        let mut below = key_column;
        for step in steps {
            match step {
                Step::Key(key) => {
                    keys.lines.push(format!("{}{}:", keys.lead, layout.key(key, false)));
                    below = keys.column;
                    keys.column += layout.step;
                    keys.lead = " ".repeat(keys.column);
                    keys.comments = keys.column;
                }
                Step::Index(_) => {
                    let dash = below + layout.dash_offset;
                    let gap = " ".repeat(layout.content_offset - 1);
                    keys.lead = format!("{}-{gap}", " ".repeat(dash));
                    keys.column = dash + layout.content_offset;
                    keys.comments = dash;
                }
            }
        }
        keys
    }
}

fn nest_lines(
    text: &str,
    near: Node<'_>,
    block: &BlockLines,
    keys: &NewKeys,
    line_break: &str,
) -> Vec<TextEdit> {
    let (start, marker) = (block.entries[0].start, block.entries[0].marker);
    let end = block.entries.last().map_or(marker, |last| last.end);
    let marker_line = lines::start(text, marker);
    let above: String = keys.lines.iter().map(|line| format!("{line}{line_break}")).collect();
    let by = |to: usize| to.cast_signed() - block.column.cast_signed();
    let mut edits = Vec::new();
    if start < marker_line {
        edits.push(insert(near, start, above));
        move_lines(text, near, start..marker_line, by(keys.comments), &mut edits);
        edits.push(replace(near, marker_line..marker, keys.lead.clone()));
    } else {
        edits.push(replace(near, marker_line..marker, format!("{above}{}", keys.lead)));
    }
    move_lines(text, near, lines::next(text, marker)..end, by(keys.column), &mut edits);
    edits
}

/// Moves the lines that start in `range` by some columns; those that have less keep none.
pub(super) fn move_lines(
    text: &str,
    near: Node<'_>,
    range: Range<usize>,
    by: isize,
    edits: &mut Vec<TextEdit>,
) {
    let mut line = range.start;
    while line < range.end {
        let content = lines::line(text, line);
        let blanks = content.len() - content.trim_start_matches(' ').len();
        if !lines::is_blank(content) && by != 0 {
            let taken = if by < 0 { by.unsigned_abs().min(blanks) } else { 0 };
            let added = if by > 0 { by.unsigned_abs() } else { 0 };
            edits.push(replace(near, line..line + taken, " ".repeat(added)));
        }
        line = lines::next(text, line);
    }
}

/// Moves the only value below `steps` up to a path.
pub(super) fn unnest(
    draft: &Draft<'_>,
    at: &[Step],
    steps: &[Step],
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let outer = path::follow(draft.document, at)?;
    let inner_path: Path = at.iter().chain(steps).cloned().collect();
    let inner = path::follow(draft.document, &inner_path)?;
    check_is_only_value(outer.node, steps)?;
    if outer.node.is_flow() {
        return unnest_from_brackets(text, outer.node, inner.node);
    }
    let block = block_lines(text, &outer).ok_or_else(|| Refusal::at(NOT_SAFE, outer.node))?;
    match block_lines(text, &inner) {
        Some(inner) => unnest_lines(text, outer.node, &block, &inner),
        None => unnest_to_one_line(text, &outer, inner.node),
    }
}

/// Refuses to lose what stands beside the value below `steps`.
pub(super) fn check_is_only_value(outer: Node<'_>, steps: &[Step]) -> Result<(), Refusal> {
    let mut holder = outer;
    for step in steps {
        let Some(target) = path::child(holder, step) else { break };
        let others = holder.entries().map(|(key, _)| key).chain(holder.items()).enumerate();
        if let Some((_, other)) = others.into_iter().find(|(at, _)| *at != target.position) {
            return Err(Refusal { reason: BESIDE, span: other.span() });
        }
        holder = target.node;
    }
    Ok(())
}

fn unnest_from_brackets(
    text: &str,
    outer: Node<'_>,
    inner: Node<'_>,
) -> Result<Vec<TextEdit>, Refusal> {
    let (range, kept) = (outer.span().range(), inner.span().range());
    let (before, behind) = (range.start..kept.start, kept.end..range.end);
    check_no_comment(text, [&before, &behind], outer)?;
    Ok(vec![delete(outer, before.start..before.end), delete(outer, behind.start..behind.end)])
}

/// Refuses to remove a comment.
pub(super) fn check_no_comment(
    text: &str,
    removed: [&Range<usize>; 2],
    near: Node<'_>,
) -> Result<(), Refusal> {
    for range in removed {
        let removed = text.get(range.clone()).ok_or_else(|| Refusal::at(NOT_SAFE, near))?;
        if removed.contains('#') {
            return Err(Refusal::at(COMMENT_IN_THE_WAY, near));
        }
    }
    Ok(())
}

/// Puts a value on one line right behind the key that stays.
fn unnest_to_one_line(
    text: &str,
    outer: &PathTarget<'_>,
    inner: Node<'_>,
) -> Result<Vec<TextEdit>, Refusal> {
    let key = outer.key.ok_or_else(|| Refusal::at(NOT_SAFE, outer.node))?;
    let colon = lines::behind_colon(text, key.span().range().end);
    let colon = colon.ok_or_else(|| Refusal::at(NOT_SAFE, outer.node))?;
    let kept = inner.span().range();
    let end = block_lines::end_of(text, outer.node).max(kept.end);
    check_no_comment(text, [&(colon..kept.start), &(kept.end..end)], outer.node)?;
    Ok(vec![replace(inner, colon..kept.start, " ".to_owned()), delete(inner, kept.end..end)])
}

fn unnest_lines(
    text: &str,
    near: Node<'_>,
    outer: &BlockLines,
    inner: &BlockLines,
) -> Result<Vec<TextEdit>, Refusal> {
    let end = outer.entries.last().map_or(inner.entries[0].marker, |last| last.end);
    let column = outer.column;
    let outer = EntryLines { end, ..outer.entries[0] };
    lines_up(text, near, (&outer, column), inner)
}

/// Moves the entries of a collection up to the place of the lines around them, of which only comments are left.
pub(super) fn lines_up(
    text: &str,
    near: Node<'_>,
    (outer, column): (&EntryLines, usize),
    inner: &BlockLines,
) -> Result<Vec<TextEdit>, Refusal> {
    let (start, marker) = (outer.start, inner.entries[0].marker);
    let end = outer.end;
    if !lines::is_first(text, outer.marker) {
        return Err(Refusal::at(NOT_SAFE, near));
    }
    let indent = " ".repeat(column);
    let mut edits = Vec::new();
    let mut line = start;
    let marker_line = lines::start(text, marker);
    while line < marker_line {
        let next = lines::next(text, line);
        let content = lines::line(text, line);
        // Of the lines that led down, comments are left.
        match (lines::comment_column(content), content.find(" #")) {
            (Some(column), _) => edits.push(replace(near, line..line + column, indent.clone())),
            (None, Some(comment)) => {
                edits.push(replace(near, line..line + comment + 1, indent.clone()));
            }
            (None, None) => edits.push(delete(near, line..next)),
        }
        line = next;
    }
    edits.push(replace(near, marker_line..marker, indent));
    let by = column.cast_signed() - inner.column.cast_signed();
    move_lines(text, near, lines::next(text, marker)..end, by, &mut edits);
    Ok(edits)
}
