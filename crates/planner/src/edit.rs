//! Edits that flip a flag.

use deployline_engine::{
    AxisName, Deploy, FlagPlace, Parallel, ParallelSource, Pipeline, Stage, Work,
};
use deployline_span::Span;
use deployline_yaml::edit::{self, Refusal};
use deployline_yaml::{Budget, Document, Node, NodeKind, TextEdit, parse_with};

/// The edit that makes an axis of stage `stage_idx` parallel or sequential: `metadata.parallel` of
/// `services`, `environments` or `environmentGroup`, replaced or added. `documents` are those of
/// `text`, and `pipeline` is what they hold. Later stages that take the list by `useFromStage` follow, as
/// they do in the product.
///
/// Nothing is planned for it: the edited text is parsed, and must be the tree with this flag and no other
/// change.
///
/// # Errors
/// Refuses, with the reason, where the stage has no such list, other places share it, or the text can't be
/// changed safely.
pub fn set_parallel(
    text: &str,
    documents: &[Document],
    pipeline: &Pipeline,
    stage_idx: usize,
    axis: AxisName,
    parallel: bool,
) -> Result<TextEdit, Refusal> {
    let stage = &pipeline.stages[stage_idx];
    let refuse = |reason, span| Refusal { reason, span };
    let parallel_before = deploy_of(stage).and_then(|deploy| deploy.parallel(axis));
    let place = flag_at(pipeline, (stage_idx, axis))
        .ok_or_else(|| refuse(no_place(parallel_before), stage.span))?;
    let FlagPlace { list, path } = place;
    let found = documents.iter().find_map(|document| Some((document, document.mapping_at(list)?)));
    let (document, node) = found.ok_or_else(|| {
        refuse("The list comes from an alias, which other places share; change it there.", list)
    })?;
    if let Some(flag) = node.at(path).filter(|flag| is_expression(*flag)) {
        let reason = "An expression stands here, and its value comes from elsewhere.";
        return Err(refuse(reason, flag.span()));
    }
    // Services decide what the flag of an environment group means.
    edit::check_siblings(text, document, node)?;
    let edit = edit::set(text, node, path, if parallel { "true" } else { "false" })?;
    let is_decided =
        parallel_before.is_some_and(|it| it.source == ParallelSource::AlwaysForGroup && !parallel);
    if is_decided || !is_only_change(text, documents, &edit, place, parallel) {
        let reason = "This can't be changed safely here; write `parallel` by hand.";
        return Err(refuse(reason, list));
    }
    let is_own = |other: &(usize, AxisName)| *other == (stage_idx, axis);
    if axes(pipeline).any(|other| !is_own(&other) && flag_at(pipeline, other) == Some(place)) {
        let reason =
            "Several stages use the template of this list: the change would be theirs too.";
        return Err(refuse(reason, list));
    }
    if is_aliased(document, node, path) {
        let reason = "Other places share this list by an alias: the change would be theirs too.";
        return Err(refuse(reason, list));
    }
    Ok(edit)
}

fn no_place(parallel: Option<Parallel>) -> &'static str {
    match parallel {
        None => "There is no list here: nothing to run in parallel.",
        Some(_) => {
            "This list is not written in one place of its own: change `parallel` in the YAML."
        }
    }
}

fn is_expression(node: Node<'_>) -> bool {
    node.as_str().is_some_and(|text| text.contains("<+"))
}

/// Both axes of all stages.
fn axes(pipeline: &Pipeline) -> impl Iterator<Item = (usize, AxisName)> {
    let stages = 0..pipeline.stages.len();
    stages.flat_map(|stage_idx| [AxisName::Services, AxisName::Targets].map(|it| (stage_idx, it)))
}

fn flag_at(pipeline: &Pipeline, (stage_idx, axis): (usize, AxisName)) -> Option<FlagPlace> {
    deploy_of(pipeline.stages.get(stage_idx)?)?.flag_place(axis)
}

fn deploy_of(stage: &Stage) -> Option<&Deploy> {
    match &stage.work {
        Work::Deploy(deploy) => Some(deploy),
        _ => None,
    }
}

/// True where an alias repeats the list, something around it, or a value on the way to its flag.
fn is_aliased(document: &Document, list: Node<'_>, path: &[&str]) -> bool {
    let on_the_way = (1..=path.len()).filter_map(|depth| list.at(&path[..depth]));
    let on_the_way: Vec<Span> = on_the_way.map(Node::span).collect();
    let list = list.span();
    let is_around = |span: &Span| span.start <= list.start && list.end <= span.end;
    document.shared().iter().any(|span| is_around(span) || on_the_way.contains(span))
}

/// True where the edited text is the tree with the flag and no other change, and no more or less is wrong
/// with it.
fn is_only_change(
    text: &str,
    documents: &[Document],
    edit: &TextEdit,
    place: FlagPlace,
    parallel: bool,
) -> bool {
    let source = place.list.source;
    let edited = edit.apply(text);
    let [before, after] = [text, &edited].map(|text| parse_with(text, source, Budget::default()));
    let documents = documents.iter().filter(|document| document.source() == source);
    let is_same = |(before, after): (&Document, &Document)| {
        is_same_but_flag(before.root(), after.root(), place, parallel)
    };
    edit::leaves_out_the_same((text, &before), (&edited, &after))
        && documents.clone().count() == after.documents.len()
        && documents.zip(&after.documents).all(is_same)
}

fn is_same_but_flag(before: Node<'_>, after: Node<'_>, place: FlagPlace, parallel: bool) -> bool {
    // What an alias repeats is compared where it is written.
    if before.is_aliased() || after.is_aliased() {
        return before.is_aliased() && after.is_aliased();
    }
    if before.kind() == NodeKind::Mapping && before.span() == place.list {
        return has_flag(Some(before), after, place, parallel);
    }
    let is_same = |(before, after)| is_same_but_flag(before, after, place, parallel);
    before.kind() == after.kind()
        && (before.as_str(), before.style()) == (after.as_str(), after.style())
        && before.items().len() == after.items().len()
        && before.items().zip(after.items()).all(is_same)
        && before.entries().count() == after.entries().count()
        && before.entries().zip(after.entries()).all(|((key, value), (key_after, value_after))| {
            key.as_str() == key_after.as_str() && is_same((value, value_after))
        })
}

/// The same from the mapping down that holds the flag at the rest of its path.
fn has_flag(before: Option<Node<'_>>, after: Node<'_>, place: FlagPlace, parallel: bool) -> bool {
    let Some((key, path)) = place.path.split_first() else {
        return after.as_bool() == Some(parallel);
    };
    let others_before = before.map(|before| others(before, key)).unwrap_or_default();
    let others_after = others(after, key);
    let inner = before.and_then(|before| before.get(key)).filter(|inner| !inner.is_null());
    others_before.len() == others_after.len()
        && others_before.into_iter().zip(others_after).all(|((key, value), (key_after, after))| {
            key.as_str() == key_after.as_str() && is_same_but_flag(value, after, place, parallel)
        })
        && after
            .get(key)
            .is_some_and(|after| has_flag(inner, after, FlagPlace { path, ..place }, parallel))
}

fn others<'a>(mapping: Node<'a>, key: &str) -> Vec<(Node<'a>, Node<'a>)> {
    mapping.entries().filter(|(other, _)| other.as_str() != Some(key)).collect()
}
