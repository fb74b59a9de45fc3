//! New items and entries.

use deployline_span::Span;

use super::Refusal;
use super::block::{self, Block};
use super::change::Draft;
use super::flow;
use super::path::{self, Place, Step};
use crate::write::{Layout, Value, Writer};
use crate::{Node, NodeKind, TextEdit, lines};

pub(super) fn item(
    draft: &Draft<'_>,
    list: &[Step],
    at: usize,
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let place = path::find(draft.document, list)?;
    let layout = Layout::near(draft.text, place.node);
    if place.node.kind() != NodeKind::Sequence {
        return Err(refuse("Expected a list here.", place.node));
    }
    match target(draft, &place, layout) {
        Some(target) => {
            let mut writer = line_at(target.column, layout);
            writer.items(target.column, std::slice::from_ref(value));
            target.insert(draft.text, at, &writer.text, place.node)
        }
        None => into_flow(draft.text, place.node, at, &layout.flow(value)),
    }
}

pub(super) fn entry(
    draft: &Draft<'_>,
    map: &[Step],
    after: Option<&str>,
    key: &str,
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let place = path::find(draft.document, map)?;
    let layout = Layout::near(draft.text, place.node);
    if place.node.kind() != NodeKind::Mapping {
        return Err(refuse("Expected keys and values here.", place.node));
    }
    let mut names = place.node.entries().map(|(key, _)| key.as_str());
    let count = names.len();
    let after = after.and_then(|after| names.position(|name| name == Some(after)));
    let position = after.map_or(count, |after| after + 1);
    let Some(block) = block::of(draft.text, &place) else {
        return into_flow(draft.text, place.node, position, &layout.flow_entry(key, value));
    };
    let mut writer = line_at(block.column, layout);
    writer.entry(block.column, key, value);
    let target = Target { column: block.column, block: Some(block), empty: None, layout };
    target.insert(draft.text, position, &writer.text, place.node)
}

/// A writer whose first line is indented to `column`.
fn line_at(column: usize, layout: Layout) -> Writer {
    let mut writer = Writer::new(layout);
    writer.text = " ".repeat(column);
    writer
}

pub(super) fn refuse(reason: &'static str, node: Node<'_>) -> Refusal {
    Refusal { reason, span: path::start_of(node) }
}

/// A list that takes lines.
pub(super) struct Target {
    /// The column of its dashes or keys.
    pub(super) column: usize,
    block: Option<Block>,
    /// `[]` right behind its key, which becomes lines.
    empty: Option<Span>,
    layout: Layout,
}

/// The list at `place` as one that takes lines; `None` where it is written in brackets.
pub(super) fn target(draft: &Draft<'_>, place: &Place<'_>, layout: Layout) -> Option<Target> {
    if let Some(block) = block::of(draft.text, place) {
        return Some(Target { column: block.column, block: Some(block), empty: None, layout });
    }
    let (key, parent) = (place.key?, place.parent?);
    let is_empty = draft.text[place.node.span().range()].trim_matches(['[', ']']).trim().is_empty();
    if !place.node.is_flow() || parent.is_flow() || !is_empty {
        return None;
    }
    let column = lines::column(draft.text, key.span().range().start) + layout.dash_offset;
    Some(Target { column, block: None, empty: Some(place.node.span()), layout })
}

impl Target {
    /// Inserts complete lines, without the last line break.
    pub(super) fn insert(
        &self,
        text: &str,
        at: usize,
        new: &str,
        list: Node<'_>,
    ) -> Result<Vec<TextEdit>, Refusal> {
        let line_break = self.layout.line_break;
        if let Some(empty) = self.empty {
            let before = &text[..empty.range().start];
            let start = before.trim_end_matches([' ', '\t']).len();
            return Ok(vec![
                edit(list, start, empty.range().end, String::new()),
                edit_at(list, lines::end(text, empty.range().end), format!("{line_break}{new}")),
            ]);
        }
        let regions = self.block.as_ref().map_or(&[][..], |block| &block.regions);
        let Some(last) = regions.last().filter(|_| at <= regions.len()) else {
            return Err(refuse("This is not in the text as it is now.", list));
        };
        // Items with blank lines between them stay so.
        let neighbour = regions.get(at.clamp(1, regions.len().max(2) - 1));
        let gap = match neighbour.filter(|next| has_blank_above(text, next.start)) {
            Some(_) => line_break,
            None => "",
        };
        let edit = match regions.get(at) {
            None => edit_at(list, last.end, format!("{gap}{line_break}{new}")),
            Some(next) if lines::is_first(text, next.own) => {
                edit_at(list, next.start, format!("{new}{line_break}{gap}"))
            }
            Some(next) => {
                let new = new.trim_start_matches(' ');
                edit_at(list, next.own, format!("{new}{line_break}{}", " ".repeat(self.column)))
            }
        };
        Ok(vec![edit])
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
    let Some(parts) = flow::parts(text, node).filter(|parts| at <= parts.len()) else {
        return Err(refuse("This list can't be changed safely; change it in the YAML.", node));
    };
    let Some(last) = parts.last() else {
        let open = node.span().range().start + 1;
        return Ok(vec![edit_at(node, open, new.to_owned())]);
    };
    let line_break = lines::line_break(text);
    let indent = |at: usize| {
        let start = lines::start(text, at);
        format!("{line_break}{}", &text[start..at])
    };
    if let Some(next) = parts.get(at) {
        let apart = if flow::has_own_line(text, next) {
            indent(next.start)
        } else {
            between(text, &parts).to_owned()
        };
        return Ok(vec![edit_at(node, next.start, format!("{new},{apart}"))]);
    }
    if !flow::has_own_line(text, last) {
        let comma = if last.comma.is_some() { "" } else { "," };
        let at = last.comma.map_or(last.end, |comma| comma + 1);
        let tail = if last.comma.is_some() { "," } else { "" };
        let apart = between(text, &parts);
        return Ok(vec![edit_at(node, at, format!("{comma}{apart}{new}{tail}"))]);
    }
    // The comment behind the last one stays there.
    let apart = indent(last.start);
    let close = node.span().range().end - 1;
    let behind = last.comma.map_or(last.end, |comma| comma + 1);
    let end = lines::end(text, behind).min(close);
    Ok(match last.comma {
        Some(_) => vec![edit_at(node, end, format!("{apart}{new},"))],
        None if end == last.end => vec![edit_at(node, end, format!(",{apart}{new}"))],
        None => {
            vec![
                edit_at(node, last.end, ",".to_owned()),
                edit_at(node, end, format!("{apart}{new}")),
            ]
        }
    })
}

/// What stands behind the first comma, where these are blanks.
fn between<'a>(text: &'a str, parts: &[flow::Part]) -> &'a str {
    match parts {
        [first, second, ..] => first
            .comma
            .and_then(|comma| text.get(comma + 1..second.start))
            .filter(|blanks| blanks.bytes().all(|b| b == b' '))
            .unwrap_or(" "),
        _ => " ",
    }
}

pub(super) fn edit(near: Node<'_>, start: usize, end: usize, insert: String) -> TextEdit {
    TextEdit { span: Span::new(near.span().source, start, end), insert }
}

pub(super) fn edit_at(near: Node<'_>, at: usize, insert: String) -> TextEdit {
    edit(near, at, at, insert)
}
