//! A value down into keys and lists of one item, and up again.
//!
//! ```text
//! service:                         services:
//!   # first                          values:
//!   serviceRef: a    ── down ──▶       # first
//!   serviceInputs:   ◀── up ───        - serviceRef: a
//!     x: 1                               serviceInputs:
//!                                          x: 1
//! ```

use super::Refusal;
use super::block::{self, Block};
use super::change::Draft;
use super::insert::{edit, edit_at, refuse};
use super::path::{self, Path, Place, Step};
use crate::write::Layout;
use crate::{Node, TextEdit, lines};

const NOT_SAFE: &str = "This can't be rewritten safely here; change it in the YAML.";

pub(super) fn down(
    draft: &Draft<'_>,
    at: &[Step],
    steps: &[Step],
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let place = path::find(draft.document, at)?;
    let layout = Layout::near(text, place.node);
    let Some(block) = block::of(text, &place) else {
        return Ok(around(&place, steps, &layout));
    };
    let first = block.regions[0].own;
    let key = place.key.filter(|_| lines::is_first(text, first));
    let key = key.ok_or_else(|| refuse(NOT_SAFE, place.node))?;
    let frame = Frame::new(lines::column(text, key.span().range().start), steps, &layout);
    Ok(into_frame(text, place.node, &block, &frame, layout.line_break))
}

/// `{values: [` before a value on one line, and `]}` behind it.
fn around(place: &Place<'_>, steps: &[Step], layout: &Layout) -> Vec<TextEdit> {
    let open = steps.iter().map(|step| match step {
        Step::Key(key) => format!("{{{}: ", layout.key(key, true)),
        Step::Index(_) => "[".to_owned(),
    });
    let close = steps.iter().rev().map(|step| match step {
        Step::Key(_) => "}",
        Step::Index(_) => "]",
    });
    let range = place.node.span().range();
    vec![
        edit_at(place.node, range.start, open.collect()),
        edit_at(place.node, range.end, close.collect()),
    ]
}

/// The lines and the beginning of a line that lead down to a value.
struct Frame {
    lines: Vec<String>,
    /// What the value's first line begins with.
    lead: String,
    /// The column of comment lines before the value: that of its dash, if it has one.
    comments: usize,
    column: usize,
}

impl Frame {
    fn new(key_column: usize, steps: &[Step], layout: &Layout) -> Self {
        let column = key_column + layout.step;
        let mut frame =
            Self { lines: Vec::new(), lead: " ".repeat(column), comments: column, column };
        let mut below = key_column;
        for step in steps {
            match step {
                Step::Key(key) => {
                    frame.lines.push(format!("{}{}:", frame.lead, layout.key(key, false)));
                    below = frame.column;
                    frame.column += layout.step;
                    frame.lead = " ".repeat(frame.column);
                    frame.comments = frame.column;
                }
                Step::Index(_) => {
                    let dash = below + layout.dash_offset;
                    let gap = " ".repeat(layout.content_offset - 1);
                    frame.lead = format!("{}-{gap}", " ".repeat(dash));
                    frame.column = dash + layout.content_offset;
                    frame.comments = dash;
                }
            }
        }
        frame
    }
}

fn into_frame(
    text: &str,
    near: Node<'_>,
    block: &Block,
    frame: &Frame,
    line_break: &str,
) -> Vec<TextEdit> {
    let (start, own) = (block.regions[0].start, block.regions[0].own);
    let end = block.regions.last().map_or(own, |last| last.end);
    let own_line = lines::start(text, own);
    let above: String = frame.lines.iter().map(|line| format!("{line}{line_break}")).collect();
    let by = |to: usize| to.cast_signed() - block.column.cast_signed();
    let mut edits = Vec::new();
    if start < own_line {
        edits.push(edit_at(near, start, above));
        move_lines(text, near, start..own_line, by(frame.comments), &mut edits);
        edits.push(edit(near, own_line, own, frame.lead.clone()));
    } else {
        edits.push(edit(near, own_line, own, format!("{above}{}", frame.lead)));
    }
    move_lines(text, near, lines::next(text, own)..end, by(frame.column), &mut edits);
    edits
}

/// Moves the lines that start in `range` by some columns; those that have less keep none.
fn move_lines(
    text: &str,
    near: Node<'_>,
    range: std::ops::Range<usize>,
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
            edits.push(edit(near, line, line + taken, " ".repeat(added)));
        }
        line = lines::next(text, line);
    }
}

pub(super) fn up(draft: &Draft<'_>, at: &[Step], steps: &[Step]) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let outer = path::find(draft.document, at)?;
    let inner_path: Path = at.iter().chain(steps).cloned().collect();
    let inner = path::find(draft.document, &inner_path)?;
    if outer.node.is_flow() {
        return out_of_brackets(text, outer.node, inner.node);
    }
    let block = block::of(text, &outer).ok_or_else(|| refuse(NOT_SAFE, outer.node))?;
    match block::of(text, &inner) {
        Some(inner) => out_of_frame(text, outer.node, &block, &inner),
        None => to_one_line(text, &outer, &block, inner.node),
    }
}

fn out_of_brackets(text: &str, outer: Node<'_>, inner: Node<'_>) -> Result<Vec<TextEdit>, Refusal> {
    let (range, kept) = (outer.span().range(), inner.span().range());
    let (before, behind) = (range.start..kept.start, kept.end..range.end);
    if text[before.clone()].contains('#') || text[behind.clone()].contains('#') {
        return Err(refuse("A comment is in the way; change it in the YAML.", outer));
    }
    Ok(vec![
        edit(outer, before.start, before.end, String::new()),
        edit(outer, behind.start, behind.end, String::new()),
    ])
}

/// What was in lines comes right behind the key, where the value is on one line.
fn to_one_line(
    text: &str,
    outer: &Place<'_>,
    block: &Block,
    inner: Node<'_>,
) -> Result<Vec<TextEdit>, Refusal> {
    let key = outer.key.ok_or_else(|| refuse(NOT_SAFE, outer.node))?;
    let colon = lines::behind_colon(text, key.span().range().end);
    let colon = colon.ok_or_else(|| refuse(NOT_SAFE, outer.node))?;
    let kept = inner.span().range();
    let end = block::end_of(text, outer.node).max(kept.end);
    if text[colon..kept.start].contains('#') || text[kept.end..end].contains('#') {
        return Err(refuse("A comment is in the way; change it in the YAML.", outer.node));
    }
    debug_assert!(block.regions.len() == 1);
    Ok(vec![
        edit(inner, colon, kept.start, " ".to_owned()),
        edit(inner, kept.end, end, String::new()),
    ])
}

fn out_of_frame(
    text: &str,
    near: Node<'_>,
    outer: &Block,
    inner: &Block,
) -> Result<Vec<TextEdit>, Refusal> {
    let (start, own) = (outer.regions[0].start, inner.regions[0].own);
    let end = outer.regions.last().map_or(own, |last| last.end);
    if !lines::is_first(text, outer.regions[0].own) {
        return Err(refuse(NOT_SAFE, near));
    }
    let indent = " ".repeat(outer.column);
    let mut edits = Vec::new();
    let mut line = start;
    let own_line = lines::start(text, own);
    while line < own_line {
        let next = lines::next(text, line);
        let content = lines::line(text, line);
        // Of the lines that led down, comments are left.
        match (lines::comment_column(content), content.find(" #")) {
            (Some(column), _) => edits.push(edit(near, line, line + column, indent.clone())),
            (None, Some(comment)) => {
                edits.push(edit(near, line, line + comment + 1, indent.clone()));
            }
            (None, None) => edits.push(edit(near, line, next, String::new())),
        }
        line = next;
    }
    edits.push(edit(near, own_line, own, indent));
    let by = outer.column.cast_signed() - inner.column.cast_signed();
    move_lines(text, near, lines::next(text, own)..end, by, &mut edits);
    Ok(edits)
}
