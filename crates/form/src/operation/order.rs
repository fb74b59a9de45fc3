//! The order of the stages, in two ways to write it: by their places in the list, or by `dependsOn` as in a DAG.
//!
//! ```text
//! - stage: {identifier: build}           - stage: {identifier: build, dependsOn: []}
//! - parallel:                 ─ to DAG ▶ - stage: {identifier: eu, dependsOn: [build]}
//!   - stage: {identifier: eu} ◀ to list ─ - stage: {identifier: us, dependsOn: [build]}
//!   - stage: {identifier: us}            - stage: {identifier: report, dependsOn: [eu, us]}
//! - stage: {identifier: report}
//! ```
//!
//! - `needed`: stages that a list makes each stage wait for, and those that it refers to;
//! - `layers`: steps of a list in which a DAG could run.
//!
//! Follows `docs/semantics.md`, "DAG pipelines".

mod layers;
mod needed;

use deployline_map::Map;
use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::Dependencies;
use super::change_list::{ChangeList, item, join};
use super::context::{Context, NOT_IN_TEXT, check_unlocked, refuse};
use crate::locks::is_expression;
use crate::read::DEPENDS_ON as KEY;
use crate::stage_source::{EntryKind, entry_kind};
use crate::{Entry, StageForm};
use layers::Layers;

/// The most names that are written: each member of a group names all of the group before it.
const MAX_NAMES: usize = 5_000;

/// The most stages that are read again for those that change their places: the whole list, twice for each.
const MAX_READ: usize = 20_000;

const NEWER: &str = "No public source says what `needs` means in a list of this schema, so the order can't be written \
                     with it.";
const UNREAD: &str = "A line that can't be read may say what a stage waits for: mend it first.";
const IS_DAG: &str = "This is written as a DAG already: a stage has `dependsOn`.";
const NO_DAG: &str = "This is written as a list already: no stage has `dependsOn`.";
pub(super) const NO_IDENTIFIER: &str =
    "This stage has no `identifier` by which others could wait for it: give it one first.";
pub(super) const SAME_IDENTIFIER: &str =
    "Another stage has this `identifier`, too, so it can't be named: change one of them first.";
const EMPTY: &str = "There is no stage in this entry of the list: write `stage:` with an `identifier` and a `type`, or remove \
                     the entry.";
const TOO_MANY: &str = "Each stage would name all those of the group before it, which are too many: split the groups first.";
pub(super) const GROUPED: &str =
    "A DAG has no `parallel:`: put its stages into the list itself first.";
pub(super) const UNCLEAR: &str = "Expected a list of identifiers of stages here: mend it first.";
const UNKNOWN: &str = "No stage has this `identifier`: mend it first.";
const CYCLE: &str =
    "This stage waits for itself, directly or through others, so it never starts: mend it first.";
const OTHER_ORDER: &str = "A list can't have this order: there this stage would wait for others, too. It is one where each \
                           stage waits for all stages of the step before it.";
const FAR_APART: &str = "Too many stages would change their places: put them into the order of their dependencies first.";

/// A stage with its mapping.
struct Placed<'a> {
    form: &'a StageForm,
    path: Path,
    node: Node<'a>,
}

/// Gives each stage the names of those that it waits for, and takes groups apart.
pub(super) fn to_dag(
    cx: &Context<'_>,
    dependencies: Dependencies,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    check_read(cx)?;
    let stages = placed(cx)?;
    if let Some((key, _)) = stages.iter().find_map(|stage| stage.node.entry(KEY)) {
        return refuse(IS_DAG, key);
    }
    let steps = cx.form.entries.iter().map(|entry| match entry {
        Entry::Stage(_) => 1,
        Entry::Group(group) => group.members.len(),
    });
    let needed = needed::of(&stages, &steps.collect::<Vec<_>>(), dependencies);
    if needed.iter().map(Vec::len).sum::<usize>() > MAX_NAMES {
        return refuse(TOO_MANY, cx.root());
    }
    let names = Names::of(&stages);
    for (stage, needed) in stages.iter().zip(needed) {
        let needed = needed.into_iter().map(|other| names.of_stage(&stages[other]));
        let needed = needed.collect::<Result<_, _>>()?;
        changes.list.push(Change::InsertEntry {
            map: stage.path.clone(),
            after: key_before(stage.node),
            key: KEY.to_owned(),
            value: Value::List(needed),
        });
    }
    for entry in cx.form.entries.iter().rev() {
        let Entry::Group(group) = entry else { continue };
        check_unlocked(group.lock.as_ref())?;
        let (path, node) = cx.source.entry(&group.address).ok_or_else(|| cx.not_in_text())?;
        let EntryKind::Group { steps, .. } = entry_kind(node, cx.source.schema, 0) else {
            return refuse(NOT_IN_TEXT, node);
        };
        changes.list.push(match group.members.is_empty() {
            true => Change::Remove { at: path, keeps_comments: true },
            false => Change::Ungroup { at: path, steps: join(&[], steps) },
        });
    }
    Ok(())
}

/// Refuses a text with a line that can't be read: it may name a stage, or say when one runs.
pub(super) fn check_read(cx: &Context<'_>) -> Result<(), Refusal> {
    match cx.unread_lines().next() {
        Some((span, _)) => Err(Refusal { reason: UNREAD, span }),
        None => Ok(()),
    }
}

/// Key that the new one stands behind.
pub(super) fn key_before(stage: Node<'_>) -> Option<String> {
    let key = ["type", "identifier", "name"].into_iter().find(|key| stage.get(key).is_some());
    key.map(str::to_owned)
}

/// Puts stages that wait for the same ones into groups, in the order of the text, and takes the names away.
pub(super) fn to_list(
    cx: &Context<'_>,
    adds_waits: bool,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    check_read(cx)?;
    let stages = placed(cx)?;
    let Some((first, _)) = stages.iter().find_map(|stage| stage.node.entry(KEY)) else {
        return refuse(NO_DAG, cx.root());
    };
    if let Some(Entry::Group(group)) =
        cx.form.entries.iter().find(|entry| matches!(entry, Entry::Group(_)))
    {
        return Err(Refusal { reason: GROUPED, span: group.span });
    }
    let names = Names::of(&stages);
    let waits_for = stages.iter().map(|stage| names.waits_for(stage.node));
    let waits_for = waits_for.collect::<Result<Vec<_>, _>>()?;
    let place = |stage: usize| stages[stage].node.entry(KEY).map_or(stages[stage].node, |it| it.0);
    let layers = Layers::of(&waits_for)
        .map_err(|stage| Refusal { reason: CYCLE, span: place(stage).span() })?;
    if let Some(stage) = layers.first_that_waits_longer(&waits_for).filter(|_| !adds_waits) {
        return refuse(OTHER_ORDER, place(stage));
    }
    let (list, _) = cx.source.list(&[]).ok_or_else(|| cx.not_in_text())?;
    for stage in stages.iter().filter(|stage| stage.node.entry(KEY).is_some()) {
        let at = join(&stage.path, &[KEY]);
        changes.list.push(Change::Remove { at, keeps_comments: true });
    }
    let moves = layers.moves();
    if moves.len() * stages.len() > MAX_READ {
        return refuse(FAR_APART, first);
    }
    for (from, to) in moves {
        changes.list.push(Change::MoveItem { from: item(&list, from), list: list.clone(), to });
    }
    let ranges: Vec<_> = layers.ranges().filter(|range| range.len() > 1).collect();
    for range in ranges.into_iter().rev() {
        let (at, count) = (range.start, range.len());
        let steps = vec![Step::from("parallel")];
        changes.list.push(Change::Group { list: list.clone(), at, count, steps });
    }
    Ok(())
}

/// All stages, each of which can be changed.
fn placed<'a>(cx: &Context<'a>) -> Result<Vec<Placed<'a>>, Refusal> {
    check_unlocked(cx.form.lock.as_ref())?;
    if cx.is_v1() {
        return refuse(NEWER, cx.root());
    }
    let placed = cx.form.stages().map(|form| {
        check_unlocked(form.lock.as_ref())?;
        let (path, node) = match cx.source.stage(&form.address) {
            Some((_, node)) if node.kind() != NodeKind::Mapping => return refuse_empty(cx, form),
            None => return refuse_empty(cx, form),
            Some(_) => cx.stage_node(&form.address)?,
        };
        Ok(Placed { form, path, node })
    });
    placed.collect()
}

/// Refuses an entry without a stage in it.
fn refuse_empty<T>(cx: &Context<'_>, form: &StageForm) -> Result<T, Refusal> {
    check_unlocked(form.lock.as_ref())?;
    let (_, entry) = cx.source.entry(&form.address).ok_or_else(|| cx.not_in_text())?;
    refuse(EMPTY, entry)
}

/// The stages by their identifiers.
struct Names<'a>(Map<&'a str, Vec<usize>>);

impl<'a> Names<'a> {
    fn of(stages: &[Placed<'a>]) -> Self {
        let mut names: Map<&str, Vec<usize>> = Map::new();
        for (index, stage) in stages.iter().enumerate() {
            let identifier = stage.form.identifier.text.as_deref();
            identifier.into_iter().for_each(|it| names.or_default(it).push(index));
        }
        Self(names)
    }

    /// The name of a stage, which no other one has.
    fn of_stage(&self, stage: &Placed<'_>) -> Result<Value, Refusal> {
        let field = &stage.form.identifier;
        check_unlocked(field.lock.as_ref())?;
        let Some(text) = field.text.as_deref() else {
            return Err(Refusal { reason: NO_IDENTIFIER, span: field.span });
        };
        match self.0.get(text).map(Vec::len) {
            Some(1) => Ok(Value::text(text)),
            _ => Err(Refusal { reason: SAME_IDENTIFIER, span: field.span }),
        }
    }

    /// The stages that one names.
    fn waits_for(&self, stage: Node<'_>) -> Result<Vec<usize>, Refusal> {
        let Some((_, value)) = stage.entry(KEY) else { return Ok(Vec::new()) };
        let names: Vec<Node<'_>> = match value.kind() {
            NodeKind::Sequence => value.items().collect(),
            NodeKind::Scalar => vec![value],
            NodeKind::Null => Vec::new(),
            NodeKind::Mapping => return refuse(UNCLEAR, value),
        };
        let stages = names.into_iter().map(|name| match name.as_str() {
            Some(text) if !is_expression(name) => match self.0.get(text).map(Vec::as_slice) {
                Some([stage]) => Ok(*stage),
                Some(_) => refuse(SAME_IDENTIFIER, name),
                None => refuse(UNKNOWN, name),
            },
            _ => refuse(UNCLEAR, name),
        });
        stages.collect()
    }
}
