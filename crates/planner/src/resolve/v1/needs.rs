//! `needs`: stages that must have ended. Stages of a list run one after the other all the same, so that it orders
//! the members of a `parallel` alone, in either direction.

use deployline_engine::Stage;
use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use crate::resolve::budget::CountedList;
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::view::View;
use crate::{fix, rules};

/// `needs` of a stage, until all stages are read.
pub(super) struct Needs<'a> {
    pub(super) stage: usize,
    pub(super) view: View<'a>,
    pub(super) key: Span,
}

/// Lets each stage wait for those that it needs.
pub(super) fn apply<'a>(all: Vec<Needs<'a>>, stages: &mut [Stage], reader: &mut Reader<'_, 'a>) {
    if all.is_empty() {
        return;
    }
    let mut by_name: Map<String, usize> = Map::new();
    for (index, stage) in stages.iter().enumerate() {
        by_name.or_insert_with(stage.identifier.clone(), || index);
    }
    for needs in all {
        let list = items_of(&needs.view, reader);
        let mut added = Vec::new();
        for item in &list {
            added.extend(needed(item, &needs, (&by_name, stages), reader));
        }
        match added.is_empty() {
            true => {}
            false => {
                let after = stages[needs.stage].after.iter().copied().chain(added);
                stages[needs.stage].after = after.collect();
            }
        }
    }
}

/// The stage that an item names, where the stage would not wait for it without that.
fn needed(
    item: &View<'_>,
    needs: &Needs<'_>,
    (by_name, stages): (&Map<String, usize>, &[Stage]),
    reader: &mut Reader<'_, '_>,
) -> Option<u32> {
    let name = name_in(item, reader)?;
    let Some(&index) = by_name.get(&name) else {
        report_unknown(item, &name, by_name, reader);
        return None;
    };
    let stage = needs.stage;
    if index == stage || waits_for(stage, index, stages, reader) {
        let what = match index {
            _ if index == stage => "this stage itself, which can't wait for its own end",
            _ if index > stage => "a later stage, which waits for this one",
            _ => "a stage that waits for this one",
        };
        let message = format!(
            "`{name}` is {what}. It is drawn without that. Name a stage before this one, or another member of its \
             `parallel`."
        );
        reader.report(&rules::NEEDS_INVALID, item.span(), message);
        return None;
    }
    if waits_for(index, stage, stages, reader) {
        let message = format!(
            "`{name}` has ended before this stage in any case, since stages of a list run one after the other: this \
             changes nothing. No public source says so; the assumption `needs-as-dag` changes it."
        );
        reader.report(&rules::NEEDS_IN_SEQUENCE, needs.key, message);
        return None;
    }
    u32::try_from(index).ok()
}

/// The items of a `needs`, which may be one name; none where these are too many.
pub(super) fn items_of<'a>(view: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<View<'a>> {
    let list = match view.kind() {
        NodeKind::Sequence => view.items(),
        _ => vec![view.clone()],
    };
    let counted = CountedList { name: "needs", of: None, count: list.len(), span: view.span() };
    if reader.cx.budget.inspect(list.len(), &counted) { list } else { Vec::new() }
}

/// The name of a stage; `None` where only a run knows it: reports that.
pub(super) fn name_in(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<String> {
    match scalar::read(item, reader) {
        Some(Scalar::Known(name)) => Some(name),
        Some(Scalar::Runtime(text)) => {
            let words = ("Which stage must have ended is", "It is drawn without it.");
            scalar::report_given(item.span(), words, &text, reader);
            None
        }
        None => Some(String::new()),
    }
}

/// Reports a name that no stage has.
pub(super) fn report_unknown(
    item: &View<'_>,
    name: &str,
    by_name: &Map<String, usize>,
    reader: &mut Reader<'_, '_>,
) {
    let fix = fix::spelling(item.node(), &mut by_name.keys().map(String::as_str));
    let message =
        format!("There is no stage `{name}`. The stage is drawn as if it didn't need it.");
    reader.report_with_fix(&rules::NEEDS_INVALID, item.span(), message, fix);
}

/// Returns `true` where `stage` starts after `other` has ended.
fn waits_for(other: usize, stage: usize, stages: &[Stage], reader: &mut Reader<'_, '_>) -> bool {
    let (own, entry) = (stages[stage].entry, stages[other].entry);
    if own != entry {
        return entry < own;
    }
    let mut open = vec![stage];
    let mut seen = Set::new();
    while let Some(at) = open.pop() {
        let after = &stages[at].after;
        let span = stages[stage].span;
        let list = CountedList { name: "needs", of: None, count: after.len(), span };
        if !reader.cx.budget.inspect(after.len() + 1, &list) {
            return true;
        }
        for before in after.iter().map(|before| *before as usize) {
            if before == other {
                return true;
            }
            if stages[before].entry == own && seen.insert(before) {
                open.push(before);
            }
        }
    }
    false
}
