//! An item repeated in its list or another, and an entry in another mapping.

use super::block_lines::block_lines;
use super::draft::Draft;
use super::flow_entries::flow_entries;
use super::insertion::{BlockInsertion, into_flow};
use super::path::{self, Step};
use super::refusal::{NOT_A_LIST, NOT_A_MAPPING, Refusal};
use crate::write::Layout;
use crate::{NodeKind, TextEdit, lines};

const NOT_SAFE: &str = "This can't be moved safely; move it in the YAML.";
const IN_BRACKETS: &str =
    "One of the lists is written in brackets and the other one in lines: move it in the YAML.";
const MAPPING_IN_BRACKETS: &str =
    "One of the mappings is written in brackets and the other one in lines: move it in the YAML.";
const INTO_ITSELF: &str = "An item can't move into itself.";
const IS_THERE: &str = "This key is there already: both would be one.";

/// The text of an item or an entry.
enum ItemText<'a> {
    /// Complete lines, the dash or key at this column.
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

/// Repeats the entry at `from` in the mapping at `map`.
pub(super) fn entry(
    draft: &Draft<'_>,
    from: &[Step],
    map: &[Step],
    after: Option<&str>,
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let (entry, target) = (item_text(draft, from)?, path::follow(draft.document, map)?);
    let node = target.node;
    let Some(Step::Key(key)) = from.last().filter(|_| node.kind() == NodeKind::Mapping) else {
        return Err(Refusal::at(NOT_A_MAPPING, node));
    };
    if map.starts_with(from) {
        return Err(Refusal::at(INTO_ITSELF, node));
    }
    if let Some((there, _)) = node.entry(key) {
        return Err(Refusal::at(IS_THERE, there));
    }
    let mut names = node.entries().map(|(key, _)| key.as_str());
    let count = names.len();
    let after = after.and_then(|after| names.position(|name| name == Some(after)));
    let position = after.map_or(count, |after| after + 1);
    let insertion = block_lines(text, &target).map(|lines| {
        (lines.column, BlockInsertion::into_block(node, lines, Layout::near(text, node)))
    });
    match (insertion, entry) {
        (Some((to, insertion)), ItemText::Lines { text: entry, column }) => {
            let by = to.cast_signed() - column.cast_signed();
            insertion.edits(text, position, &lines::shift(&entry, by))
        }
        (Some((to, insertion)), ItemText::InBrackets { text: entry, column }) => {
            let entry = lines::shift_rest(entry, to.cast_signed() - column.cast_signed());
            insertion.edits(text, position, &format!("{}{entry}", " ".repeat(to)))
        }
        (None, ItemText::InBrackets { text: entry, .. }) => into_flow(text, node, position, entry),
        // What a line holds, a comment aside, reads the same in brackets, or the proof fails.
        (None, ItemText::Lines { text: entry, .. }) if !entry.contains(['#', '\n', '\r']) => {
            into_flow(text, node, position, entry.trim())
        }
        (None, ItemText::Lines { .. }) => Err(Refusal::at(MAPPING_IN_BRACKETS, node)),
    }
}

fn item_text<'a>(draft: &Draft<'a>, from: &[Step]) -> Result<ItemText<'a>, Refusal> {
    let text = draft.text;
    let target = path::follow(draft.document, from)?;
    let Some((_, list)) = from.split_last() else {
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
