//! An item once more, in its list or another.

use super::change::Draft;
use super::insert::{self, into_flow, refuse};
use super::path::{self, Step};
use super::{Refusal, block, flow};
use crate::write::Layout;
use crate::{NodeKind, TextEdit, lines};

const NOT_SAFE: &str = "This can't be moved safely; move it in the YAML.";
const IN_BRACKETS: &str =
    "One of the lists is written in brackets and the other one in lines: move it in the YAML.";

/// The text of an item.
enum Source<'a> {
    /// Complete lines, the dash at this column.
    Lines { text: String, column: usize },
    /// In brackets.
    Part { text: &'a str, column: usize },
}

pub(super) fn item(
    draft: &Draft<'_>,
    from: &[Step],
    list: &[Step],
    to: usize,
) -> Result<Vec<TextEdit>, Refusal> {
    let source = source(draft, from)?;
    let place = path::find(draft.document, list)?;
    if place.node.kind() != NodeKind::Sequence || list.starts_with(from) {
        return Err(refuse("It can't go there.", place.node));
    }
    let layout = Layout::near(draft.text, place.node);
    match (insert::target(draft, &place, layout), source) {
        (Some(target), Source::Lines { text, column }) => {
            let by = target.column.cast_signed() - column.cast_signed();
            target.insert(draft.text, to, &lines::shift(&text, by), place.node)
        }
        (Some(target), Source::Part { text, column }) => {
            let inner = target.column + layout.content_offset;
            let by = inner.cast_signed() - column.cast_signed();
            let item = lines::shift_rest(text, by);
            let (indent, gap) = (" ".repeat(target.column), " ".repeat(layout.content_offset - 1));
            target.insert(draft.text, to, &format!("{indent}-{gap}{item}"), place.node)
        }
        (None, Source::Part { text, .. }) => into_flow(draft.text, place.node, to, text),
        (None, Source::Lines { .. }) => Err(refuse(IN_BRACKETS, place.node)),
    }
}

fn source<'a>(draft: &Draft<'a>, from: &[Step]) -> Result<Source<'a>, Refusal> {
    let text = draft.text;
    let place = path::find(draft.document, from)?;
    let Some((Step::Index(_), of)) = from.split_last() else {
        return Err(refuse(NOT_SAFE, place.node));
    };
    let parent = path::find(draft.document, of)?;
    if let Some(block) = block::of(text, &parent) {
        let region = block.regions[place.position];
        let indent = if lines::is_first(text, region.own) { 0 } else { block.column };
        let lines = format!("{}{}", " ".repeat(indent), &text[region.start..region.end]);
        return Ok(Source::Lines { text: lines, column: block.column });
    }
    let parts = flow::parts(text, parent.node).ok_or_else(|| refuse(NOT_SAFE, place.node))?;
    let part = parts[place.position];
    let line = lines::line(text, lines::start(text, part.start));
    let column = line.len() - line.trim_start_matches(' ').len();
    Ok(Source::Part { text: &text[part.start..part.end], column })
}
