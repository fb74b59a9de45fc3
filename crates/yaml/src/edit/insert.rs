//! New items and entries.

use super::block_lines::block_lines;
use super::draft::Draft;
use super::insertion::{BlockInsertion, into_flow};
use super::path::{self, PathTarget, Step};
use super::refusal::{NOT_A_LIST, NOT_A_MAPPING, Refusal};
use crate::write::{Layout, Value, Writer};
use crate::{NodeKind, TextEdit};

pub(super) fn item(
    draft: &Draft<'_>,
    list: &[Step],
    at: usize,
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let target = path::follow(draft.document, list)?;
    if target.node.kind() != NodeKind::Sequence {
        return Err(Refusal::at(NOT_A_LIST, target.node));
    }
    let layout = Layout::near(draft.text, target.node);
    let Some(insertion) = BlockInsertion::into_list(draft.text, &target, layout) else {
        return into_flow(draft.text, target.node, at, &layout.flow(value));
    };
    let mut writer = line_at(insertion.column, layout);
    writer.items(insertion.column, std::slice::from_ref(value));
    insertion.edits(draft.text, at, &writer.text)
}

pub(super) fn entry(
    draft: &Draft<'_>,
    map: &[Step],
    after: Option<&str>,
    key: &str,
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let target = path::follow(draft.document, map)?;
    if target.node.kind() != NodeKind::Mapping {
        return Err(Refusal::at(NOT_A_MAPPING, target.node));
    }
    entry_at(draft.text, &target, after, key, value)
}

/// Inserts an entry into the mapping at `target`.
pub(super) fn entry_at(
    text: &str,
    target: &PathTarget<'_>,
    after: Option<&str>,
    key: &str,
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let mut names = target.node.entries().map(|(key, _)| key.as_str());
    let count = names.len();
    let after = after.and_then(|after| names.position(|name| name == Some(after)));
    let position = after.map_or(count, |after| after + 1);
    let Some(block) = block_lines(text, target) else {
        let entry = Layout::in_brackets(target.node).flow_entry(key, value);
        return into_flow(text, target.node, position, &entry);
    };
    let layout = Layout::near(text, target.node);
    let mut writer = line_at(block.column, layout);
    writer.entry(block.column, key, value);
    let insertion = BlockInsertion::into_block(target.node, block, layout);
    insertion.edits(text, position, &writer.text)
}

/// A writer whose first line is indented to `column`.
fn line_at(column: usize, layout: Layout) -> Writer {
    let mut writer = Writer::new(layout);
    writer.text = " ".repeat(column);
    writer
}
