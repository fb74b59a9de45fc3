//! The place and the separators of something new in a collection.

use deployline_span::Span;

use super::block_lines::{BlockLines, block_lines};
use super::draft::{delete, insert};
use super::flow_entries::{FlowEntry, flow_entries, has_own_line};
use super::path::PathTarget;
use super::refusal::{GONE, NOT_SAFE, Refusal};
use crate::write::Layout;
use crate::{Node, TextEdit, lines};

/// An insertion of lines into a collection.
pub(super) struct BlockInsertion<'a> {
    collection: Node<'a>,
    /// The column of its dashes or keys.
    pub(super) column: usize,
    content: Content,
    layout: Layout,
}

enum Content {
    Lines(BlockLines),
    /// `[]` right behind its key, which becomes lines.
    EmptyBrackets(Span),
}

impl<'a> BlockInsertion<'a> {
    pub(super) fn into_block(collection: Node<'a>, lines: BlockLines, layout: Layout) -> Self {
        Self { collection, column: lines.column, content: Content::Lines(lines), layout }
    }

    /// An insertion into the list at `target`; `None` where it is written in brackets.
    pub(super) fn into_list(text: &str, target: &PathTarget<'a>, layout: Layout) -> Option<Self> {
        let collection = target.node;
        if let Some(lines) = block_lines(text, target) {
            return Some(Self::into_block(collection, lines, layout));
        }
        let (key, parent) = (target.key?, target.parent?);
        let span = collection.span();
        let is_empty = text[span.range()].trim_matches(['[', ']']).trim().is_empty();
        if !collection.is_flow() || parent.is_flow() || !is_empty {
            return None;
        }
        let column = lines::column(text, key.span().range().start) + layout.dash_offset;
        Some(Self { collection, column, content: Content::EmptyBrackets(span), layout })
    }

    /// Inserts complete lines, without the last line break, as number `at`.
    pub(super) fn edits(&self, text: &str, at: usize, new: &str) -> Result<Vec<TextEdit>, Refusal> {
        let line_break = self.layout.line_break;
        let entries = match &self.content {
            Content::Lines(lines) => &lines.entries,
            Content::EmptyBrackets(brackets) => {
                let brackets = brackets.range();
                let start = text[..brackets.start].trim_end_matches([' ', '\t']).len();
                let end_of_line = lines::end(text, brackets.end);
                return Ok(vec![
                    delete(self.collection, start..brackets.end),
                    insert(self.collection, end_of_line, format!("{line_break}{new}")),
                ]);
            }
        };
        let Some(last) = entries.last().filter(|_| at <= entries.len()) else {
            return Err(Refusal::at(GONE, self.collection));
        };
        // Items with blank lines between them stay so.
        let neighbour = entries.get(at.clamp(1, entries.len().max(2) - 1));
        let gap = match neighbour.filter(|next| has_blank_above(text, next.start)) {
            Some(_) => line_break,
            None => "",
        };
        let (at, new) = match entries.get(at) {
            None => (last.end, format!("{gap}{line_break}{new}")),
            Some(next) if lines::is_first(text, next.marker) => {
                (next.start, format!("{new}{line_break}{gap}"))
            }
            Some(next) => {
                let (new, indent) = (new.trim_start_matches(' '), " ".repeat(self.column));
                (next.marker, format!("{new}{line_break}{indent}"))
            }
        };
        Ok(vec![insert(self.collection, at, new)])
    }
}

fn has_blank_above(text: &str, at: usize) -> bool {
    let start = lines::start(text, at);
    start > 0 && lines::is_blank(lines::line(text, lines::start(text, start - 1)))
}

/// Inserts into `[…]` or `{…}`.
pub(super) fn into_flow(
    text: &str,
    node: Node<'_>,
    at: usize,
    new: &str,
) -> Result<Vec<TextEdit>, Refusal> {
    let Some(entries) = flow_entries(text, node).filter(|entries| at <= entries.len()) else {
        return Err(Refusal::at(NOT_SAFE, node));
    };
    let Some(last) = entries.last() else {
        let open = node.span().range().start + 1;
        return Ok(vec![insert(node, open, new.to_owned())]);
    };
    if let Some(next) = entries.get(at) {
        let separator = if has_own_line(text, next) {
            line_break_and_indent(text, next.start)
        } else {
            blanks_behind_comma(text, &entries).to_owned()
        };
        return Ok(vec![insert(node, next.start, format!("{new},{separator}"))]);
    }
    if has_own_line(text, last) {
        return Ok(behind_last_line(text, node, last, new));
    }
    let separator = blanks_behind_comma(text, &entries);
    Ok(vec![match last.comma {
        Some(comma) => insert(node, comma + 1, format!("{separator}{new},")),
        None => insert(node, last.end, format!(",{separator}{new}")),
    }])
}

/// A new line behind that of the last entry, whose comment stays where it is.
fn behind_last_line(text: &str, node: Node<'_>, last: &FlowEntry, new: &str) -> Vec<TextEdit> {
    let separator = line_break_and_indent(text, last.start);
    let close = node.span().range().end - 1;
    let behind = last.comma.map_or(last.end, |comma| comma + 1);
    let end = lines::end(text, behind).min(close);
    match last.comma {
        Some(_) => vec![insert(node, end, format!("{separator}{new},"))],
        None if end == last.end => vec![insert(node, end, format!(",{separator}{new}"))],
        None => vec![
            insert(node, last.end, ",".to_owned()),
            insert(node, end, format!("{separator}{new}")),
        ],
    }
}

fn line_break_and_indent(text: &str, at: usize) -> String {
    format!("{}{}", lines::line_break(text, at), &text[lines::start(text, at)..at])
}

/// The spaces behind the first comma; one where something else stands there.
fn blanks_behind_comma<'a>(text: &'a str, entries: &[FlowEntry]) -> &'a str {
    match entries {
        [first, second, ..] => first
            .comma
            .and_then(|comma| text.get(comma + 1..second.start))
            .filter(|blanks| blanks.bytes().all(|b| b == b' '))
            .unwrap_or(" "),
        _ => " ",
    }
}
