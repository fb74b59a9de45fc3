//! Values that a key may have.

use std::borrow::Cow;

use deployline_schema::{EntityKind, MappingKind, Takes};

use super::candidate::Candidate;
use super::references;
use super::{Completion, CompletionKind};
use crate::lenient::{CursorContext, EntryId, LenientTree};

/// Values of a key.
pub(super) fn of_key(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    key: EntryId,
) -> Vec<Completion> {
    let Some(known) = tree.key(key) else { return variables(tree, context, key) };
    let mut items: Vec<Completion> =
        known.takes.iter().flat_map(|takes| of(tree, context, key, *takes)).collect();
    let is_single = !matches!(
        known.takes[0],
        Takes::Mapping(_) | Takes::List(_) | Takes::References(_) | Takes::Texts | Takes::Items
    );
    if is_single {
        items.extend(variables(tree, context, key));
    }
    items
}

/// Values of an item of a list.
pub(super) fn of_item(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    list: EntryId,
) -> Vec<Completion> {
    let takes = tree.key(list).map_or(&[][..], |key| key.takes);
    let mut items = Vec::new();
    for takes in takes {
        match takes {
            Takes::References(refers) => {
                items.extend(of(tree, context, list, Takes::Reference(*refers)));
            }
            Takes::Texts => {
                let words = ["environments", "infrastructures", "gitOpsClusters"];
                items.extend(words.map(|word| value(context, word, "", "")));
            }
            _ => {}
        }
    }
    items
}

fn of(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    key: EntryId,
    takes: Takes,
) -> Vec<Completion> {
    match takes {
        Takes::Flag => ["true", "false"].map(|word| value(context, word, "", "")).into(),
        Takes::Words(words) => {
            // Only of some keys is the first word what a missing one means.
            let has_default = tree.name(key) == "pipelineStatus";
            let detail = |at: usize| if at == 0 && has_default { "default" } else { "" };
            words
                .iter()
                .enumerate()
                .map(|(at, word)| value(context, word, detail(at), ""))
                .collect()
        }
        Takes::Count if tree.is_key(key, "maxConcurrency") => {
            ["1", "2", "3", "5", "10"].map(|word| value(context, word, "", "")).into()
        }
        Takes::Reference(refers) => {
            let found = references::find(tree, key, refers);
            let mut items: Vec<Completion> =
                found.into_iter().map(|found| reference(context, found)).collect();
            if refers == EntityKind::Infrastructure && tree.is_key(key, "deploy-to") {
                items.push(value(context, "all", "every infrastructure", ""));
            }
            items
        }
        _ => Vec::new(),
    }
}

fn value(
    context: &CursorContext,
    word: &str,
    detail: &'static str,
    doc: impl Into<Cow<'static, str>>,
) -> Completion {
    Completion {
        label: word.to_owned(),
        detail: detail.into(),
        insert: written(context, word),
        kind: CompletionKind::Value,
        doc: doc.into(),
    }
}

fn reference(context: &CursorContext, Candidate { name, detail }: Candidate<'_>) -> Completion {
    let item = value(context, name, "", "");
    Completion { detail: detail.into(), kind: CompletionKind::Reference, ..item }
}

pub(super) fn written(context: &CursorContext, word: &str) -> String {
    if context.needs_blank { format!(" {word}") } else { word.to_owned() }
}

/// Variables of the strategy of the stage that the cursor is in.
fn variables(tree: &LenientTree<'_>, context: &CursorContext, key: EntryId) -> Vec<Completion> {
    let with_strategy = |id: &EntryId| {
        let is_stage =
            || matches!(tree.mapping_kind(*id), Some(MappingKind::Stage | MappingKind::V1Stage));
        tree.get(*id, "strategy").is_some() && is_stage()
    };
    // The strategy itself is read before there are any.
    if tree.outwards(key).any(|id| tree.is_key(id, "strategy")) {
        return Vec::new();
    }
    let Some(strategy) =
        tree.outwards(key).find(with_strategy).and_then(|stage| tree.get(stage, "strategy"))
    else {
        return Vec::new();
    };
    let variable = |name: &str, detail: &'static str, doc: &'static str| Completion {
        kind: CompletionKind::Expression,
        ..value(context, name, detail, doc)
    };
    let mut items = Vec::new();
    if let Some(matrix) = tree.get(strategy, "matrix") {
        let known = |id: &EntryId| {
            MappingKind::Matrix.key(tree.name(*id)).is_none()
                && MappingKind::V1Matrix.key(tree.name(*id)).is_none()
        };
        let axes = tree.children(matrix).filter(known);
        items.extend(axes.map(|axis| {
            let doc = "The value of this axis in each run of the stage.";
            variable(&format!("<+matrix.{}>", tree.name(axis)), "axis", doc)
        }));
    }
    if let Some(repeat) = tree.get(strategy, "repeat") {
        let sizes = ["partitionSize", "partition-size"];
        if sizes.iter().any(|key| tree.get(repeat, key).is_some()) {
            items.push(variable("<+repeat.partition>", "part", "The items of this run."));
        } else if tree.get(repeat, "items").is_some() {
            items.push(variable("<+repeat.item>", "item", "The item of this run."));
        }
    }
    items.push(variable("<+strategy.iteration>", "number", "The number of this run, from 0."));
    items.push(variable("<+strategy.iterations>", "count", "The number of runs."));
    items
}
