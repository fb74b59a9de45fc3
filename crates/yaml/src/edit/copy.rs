//! An item repeated, in its list or another.

use super::block_lines::block_lines;
use super::draft::Draft;
use super::flow_entries::flow_entries;
use super::insertion::{BlockInsertion, into_flow};
use super::path::{self, Step};
use super::refusal::{NOT_A_LIST, Refusal};
use crate::write::Layout;
use crate::{NodeKind, TextEdit, lines};

const NOT_SAFE: &str = "This can't be moved safely; move it in the YAML.";
const IN_BRACKETS: &str =
    "One of the lists is written in brackets and the other one in lines: move it in the YAML.";
const INTO_ITSELF: &str = "An item can't move into itself.";

/// The text of an item.
enum ItemText<'a> {
    /// Complete lines, the dash at this column.
    Lines { text: String, column: usize },
    /// In brackets, in a line that starts at this column.
    InBrackets { text: &'a str, column: usize },
}

pub(super) fn item(
    draft: &Draft<'_>,
    from: &[Step],
    list: &[Step],
    to: usize,
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let item = item_text(draft, from)?;
    let target = path::follow(draft.document, list)?;
    if target.node.kind() != NodeKind::Sequence {
        return Err(Refusal::at(NOT_A_LIST, target.node));
    }
    if list.starts_with(from) {
        return Err(Refusal::at(INTO_ITSELF, target.node));
    }
    let layout = Layout::near(text, target.node);
    match (BlockInsertion::into_list(text, &target, layout), item) {
        (Some(insertion), ItemText::Lines { text: item, column }) => {
            let by = insertion.column.cast_signed() - column.cast_signed();
            insertion.edits(text, to, &lines::shift(&item, by))
        }
        (Some(insertion), ItemText::InBrackets { text: item, column }) => {
            let inner = insertion.column + layout.content_offset;
            let item = lines::shift_rest(item, inner.cast_signed() - column.cast_signed());
            let indent = " ".repeat(insertion.column);
            let gap = " ".repeat(layout.content_offset - 1);
            insertion.edits(text, to, &format!("{indent}-{gap}{item}"))
        }
        (None, ItemText::InBrackets { text: item, .. }) => into_flow(text, target.node, to, item),
        (None, ItemText::Lines { .. }) => Err(Refusal::at(IN_BRACKETS, target.node)),
    }
}

fn item_text<'a>(draft: &Draft<'a>, from: &[Step]) -> Result<ItemText<'a>, Refusal> {
    let text = draft.text;
    let target = path::follow(draft.document, from)?;
    let Some((Step::Index(_), list)) = from.split_last() else {
        return Err(Refusal::at(NOT_SAFE, target.node));
    };
    let list = path::follow(draft.document, list)?;
    if let Some(block) = block_lines(text, &list) {
        let entry = block.entries[target.position];
        let indent = if lines::is_first(text, entry.marker) { 0 } else { block.column };
        let lines = format!("{}{}", " ".repeat(indent), &text[entry.start..entry.end]);
        return Ok(ItemText::Lines { text: lines, column: block.column });
    }
    let entries = flow_entries(text, list.node);
    let entries = entries.ok_or_else(|| Refusal::at(NOT_SAFE, target.node))?;
    let entry = entries[target.position];
    let line = lines::line(text, lines::start(text, entry.start));
    let column = line.len() - line.trim_start_matches(' ').len();
    Ok(ItemText::InBrackets { text: &text[entry.start..entry.end], column })
}
