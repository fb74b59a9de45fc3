//! Outcomes that the condition of a stage may ask for.

use std::ops::Range;

use deployline_schema::MappingKind;

use super::dependencies;
use super::values::written;
use super::{Completion, CompletionKind};
use crate::lenient::{CursorContext, EntryId, EntryKind, Expected, LenientTree};

/// The key whose value is the condition of a stage, where the cursor is in one.
pub(super) fn condition(tree: &LenientTree<'_>, context: &CursorContext) -> Option<EntryId> {
    let Expected::Value { key } = context.expected else { return None };
    let is_condition = match tree.mapping_kind(tree.parent(key)?) {
        Some(MappingKind::When) => tree.is_key(key, "condition"),
        Some(MappingKind::V1Stage) => tree.is_key(key, "if"),
        _ => false,
    };
    is_condition.then_some(key)
}

/// The expression at the cursor, or the place for one: what stands around it in the condition stays.
pub(super) fn expression(text: &str, word: &Range<usize>, cursor: usize) -> Range<usize> {
    let before = text.get(word.start..cursor).unwrap_or_default();
    let open = before.rfind("<+").filter(|at| !before[*at..].contains('>'));
    match open {
        Some(at) => {
            let behind = &text[cursor..word.end.max(cursor)];
            let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '$');
            let length = behind.find(|c| !is_path(c)).unwrap_or(behind.len());
            let closes = behind[length..].starts_with('>');
            word.start + at..cursor + length + usize::from(closes)
        }
        None if before.ends_with([' ', '(', '!']) => cursor..cursor,
        None => word.clone(),
    }
}

/// Status of each stage that has ended, the last one first, and of all of them.
pub(super) fn outcomes(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    key: EntryId,
) -> Vec<Completion> {
    let item = |label: String, detail: &'static str, doc: &'static str| Completion {
        insert: written(context, &label),
        label,
        detail: detail.into(),
        kind: CompletionKind::Expression,
        doc: doc.into(),
    };
    let mut items: Vec<Completion> = stages_before(tree, key)
        .into_iter()
        .map(|stage| {
            let doc =
                "How the stage has ended: SUCCEEDED, FAILED, IGNORE_FAILED or SKIPPED, in quotes.";
            item(format!("<+pipeline.stages.{stage}.status>"), "status", doc)
        })
        .collect();
    for (name, doc) in [
        ("<+OnPipelineSuccess>", "True while nothing before this stage has failed."),
        ("<+OnPipelineFailure>", "True once something before this stage has failed."),
    ] {
        items.push(item(name.to_owned(), "true or false", doc));
    }
    items
}

/// Identifiers of the stages that have ended when the one around a key starts: in a DAG those that it waits for, else
/// those of the entries before.
fn stages_before<'t>(tree: &LenientTree<'t>, key: EntryId) -> Vec<&'t str> {
    let stage = tree.outwards(key).find(|id| tree.is_key(*id, "stage"));
    if let Some(ended) = stage.and_then(|stage| dependencies::ancestors(tree, stage)) {
        return ended;
    }
    let entry_of = |id: EntryId| {
        let is_entry = |id: &EntryId| {
            tree.entry(*id).kind == EntryKind::Item
                && tree.parent(*id).is_some_and(|of| {
                    tree.is_key(of, "stages") || tree.entry(of).kind == EntryKind::Document
                })
        };
        tree.outwards(id).filter(is_entry).last()
    };
    let Some(own) = entry_of(key) else { return Vec::new() };
    let contents = tree.all_contents();
    let stages = tree.ids().zip(&contents).take_while(|(id, _)| *id < own);
    let names = stages.filter_map(|(id, contents)| {
        let identifier = match contents.mapping? {
            MappingKind::Stage => tree.text_of(id, "identifier"),
            MappingKind::V1Stage => tree.text_of(id, "id"),
            _ => None,
        };
        let is_before = entry_of(id).is_some_and(|entry| entry != own && entry < own);
        identifier.filter(|name| is_before && !name.contains("<+"))
    });
    let mut names: Vec<&str> = names.collect();
    names.reverse();
    names
}
