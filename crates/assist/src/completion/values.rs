//! Values that a key may have.

use std::borrow::Cow;

use deployline_schema::{EntityKind, MappingKind, Takes};

use super::references::{self, Found};
use super::{Completion, CompletionKind};
use crate::sketch::{Id, Sketch, Spot};

/// Values of a key.
pub(super) fn of_key(sketch: &Sketch<'_>, spot: &Spot, key: Id) -> Vec<Completion> {
    let Some(known) = sketch.key(key) else { return variables(sketch, spot, key) };
    let mut items: Vec<Completion> =
        known.takes.iter().flat_map(|takes| of(sketch, spot, key, *takes)).collect();
    let is_one_piece = !matches!(
        known.takes[0],
        Takes::Mapping(_) | Takes::List(_) | Takes::References(_) | Takes::Texts
    );
    if is_one_piece {
        items.extend(variables(sketch, spot, key));
    }
    items
}

/// Values of an item of a list.
pub(super) fn of_item(sketch: &Sketch<'_>, spot: &Spot, list: Id) -> Vec<Completion> {
    let takes = sketch.key(list).map_or(&[][..], |key| key.takes);
    let mut items = Vec::new();
    for takes in takes {
        match takes {
            Takes::References(refers) => {
                items.extend(of(sketch, spot, list, Takes::Reference(*refers)));
            }
            Takes::Texts => {
                let words = ["environments", "infrastructures", "gitOpsClusters"];
                items.extend(words.map(|word| value(spot, word, "", "")));
            }
            _ => {}
        }
    }
    items
}

fn of(sketch: &Sketch<'_>, spot: &Spot, key: Id, takes: Takes) -> Vec<Completion> {
    match takes {
        Takes::Flag => ["true", "false"].map(|word| value(spot, word, "", "")).into(),
        Takes::Words(words) => {
            // Only of some keys is the first word what a missing one means.
            let has_default = ["pipelineStatus", "onFailure"].contains(&sketch.name(key));
            let detail = |at: usize| if at == 0 && has_default { "default" } else { "" };
            words.iter().enumerate().map(|(at, word)| value(spot, word, detail(at), "")).collect()
        }
        Takes::Count if sketch.is_key(key, "maxConcurrency") => {
            ["1", "2", "3", "5", "10"].map(|word| value(spot, word, "", "")).into()
        }
        Takes::Reference(refers) => {
            let found = references::find(sketch, key, refers);
            let mut items: Vec<Completion> =
                found.into_iter().map(|found| reference(spot, found)).collect();
            if refers == EntityKind::Infrastructure && sketch.is_key(key, "deploy-to") {
                items.push(value(spot, "all", "every infrastructure", ""));
            }
            items
        }
        _ => Vec::new(),
    }
}

fn value(
    spot: &Spot,
    word: &str,
    detail: &'static str,
    doc: impl Into<Cow<'static, str>>,
) -> Completion {
    Completion {
        label: word.to_owned(),
        detail: detail.into(),
        insert: written(spot, word),
        kind: CompletionKind::Value,
        doc: doc.into(),
    }
}

fn reference(spot: &Spot, Found { name, detail }: Found<'_>) -> Completion {
    let item = value(spot, name, "", "");
    Completion { detail: detail.into(), kind: CompletionKind::Reference, ..item }
}

fn written(spot: &Spot, word: &str) -> String {
    if spot.needs_blank { format!(" {word}") } else { word.to_owned() }
}

/// Variables of the strategy of the stage that the cursor is in.
fn variables(sketch: &Sketch<'_>, spot: &Spot, key: Id) -> Vec<Completion> {
    let with_strategy = |id: &Id| {
        let is_stage =
            || matches!(sketch.place(*id), Some(MappingKind::Stage | MappingKind::V1Stage));
        sketch.get(*id, "strategy").is_some() && is_stage()
    };
    // The strategy itself is read before there are any.
    if sketch.outwards(key).any(|id| sketch.is_key(id, "strategy")) {
        return Vec::new();
    }
    let Some(strategy) =
        sketch.outwards(key).find(with_strategy).and_then(|stage| sketch.get(stage, "strategy"))
    else {
        return Vec::new();
    };
    let variable = |name: &str, detail: &'static str, doc: &'static str| Completion {
        kind: CompletionKind::Expression,
        ..value(spot, name, detail, doc)
    };
    let mut items = Vec::new();
    if let Some(matrix) = sketch.get(strategy, "matrix") {
        let known = |id: &Id| {
            MappingKind::Matrix.key(sketch.name(*id)).is_none()
                && MappingKind::V1Matrix.key(sketch.name(*id)).is_none()
        };
        let axes = sketch.children(matrix).filter(known);
        items.extend(axes.map(|axis| {
            let doc = "The value of this axis in each run of the stage.";
            variable(&format!("<+matrix.{}>", sketch.name(axis)), "axis", doc)
        }));
    }
    if let Some(repeat) = sketch.get(strategy, "repeat") {
        if sketch.get(repeat, "partitionSize").is_some() {
            items.push(variable("<+repeat.partition>", "part", "The items of this run."));
        } else if sketch.get(repeat, "items").is_some() {
            items.push(variable("<+repeat.item>", "item", "The item of this run."));
        }
    }
    items.push(variable("<+strategy.iteration>", "number", "The number of this run, from 0."));
    items.push(variable("<+strategy.iterations>", "count", "How many runs there are."));
    items
}
