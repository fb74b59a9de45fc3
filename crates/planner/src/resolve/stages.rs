//! The stages in the order of the text, and which of them wait for which.

use std::sync::Arc;

use deployline_engine::{PipelineStatus, Stage, Steps, Work};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::find::StageSource;
use super::propagation::Earlier;
use super::text::expression;
use super::view::View;
use super::{Context, stage, views};
use crate::rules;

/// Reads the stages of the older schema.
pub(super) fn read<'a>(source: &StageSource<'a>, cx: &mut Context<'a>) -> Vec<Stage> {
    let place = |entry| Place { entry, position: 0 };
    match source {
        StageSource::None => Vec::new(),
        StageSource::Stage(view) => vec![stage::read(view, place(0), cx)],
        StageSource::Spec(spec) => vec![stage::read_spec_alone(spec, place(0), cx)],
        StageSource::List(list) => entries(list, cx),
    }
}

/// Where a stage stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Index of its entry.
    pub(super) entry: u32,
    /// How many stages of all kinds are before it.
    pub(super) position: usize,
}

fn entries<'a>(list: &View<'a>, cx: &mut Context<'a>) -> Vec<Stage> {
    if list.kind() != NodeKind::Sequence {
        return no_list(list, cx);
    }
    let items: Vec<(u32, View<'a>)> = list.items().into_iter().zip(0..).flat_map(members).collect();
    cx.earlier.clear();
    // Of several with one name, the first is meant.
    for (name, earlier) in items.iter().filter_map(|(entry, item)| named(*entry, item)) {
        cx.earlier.or_insert_with(name, || earlier);
    }
    let mut stages: Vec<Stage> = Vec::with_capacity(items.len());
    let (mut after, mut first) = (Arc::default(), 0);
    for (position, (entry, item)) in items.iter().enumerate() {
        let place = Place { entry: *entry, position };
        let number = u32::try_from(position).unwrap_or(u32::MAX);
        let mut stage = match item.value("stage") {
            Some(stage) => stage::read(&stage, place, cx),
            None => no_stage(item, place, cx),
        };
        if stages.last().is_some_and(|last| last.entry != *entry) {
            // Everything since the last such place was one entry.
            after = (first..number).collect();
            first = number;
        }
        stage.after = Arc::clone(&after);
        stages.push(stage);
    }
    stages
}

/// The stages of an entry: one, or those of `parallel:`.
fn members<'a>((item, entry): (View<'a>, u32)) -> Vec<(u32, View<'a>)> {
    match item.value("parallel") {
        Some(group) => group.items().into_iter().map(|member| (entry, member)).collect(),
        None => vec![(entry, item)],
    }
}

fn named<'a>(entry: u32, item: &View<'a>) -> Option<(&'a str, Earlier<'a>)> {
    let stage = item.value("stage")?;
    let identifier = stage.str_of("identifier").or_else(|| stage.str_of("name"))?;
    Some((identifier, Earlier { entry, spec: None }))
}

fn no_list<'a>(list: &View<'a>, cx: &mut Context<'a>) -> Vec<Stage> {
    views::keep(list, cx);
    match expression(list) {
        Some(text) => cx.report(
            &rules::RUNTIME_INPUT,
            list.span(),
            format!("The stages are given by `{text}`, which only a run knows."),
        ),
        None => cx.report(
            &rules::NO_STAGES,
            list.span(),
            "Expected a list of stages: each starts with `- stage:` or `- parallel:`.",
        ),
    }
    vec![unknown("stages", 0, list.span())]
}

fn no_stage<'a>(item: &View<'a>, place: Place, cx: &mut Context<'a>) -> Stage {
    views::keep(item, cx);
    cx.report(
        &rules::UNKNOWN_STAGE_ENTRY,
        item.span(),
        "Expected `stage:` with its contents, or `parallel:` with a list of stages. \
         A placeholder stands for it.",
    );
    unknown(&made_up_name(place.position), place.entry, item.span())
}

/// What a stage without a name is called.
pub(super) fn made_up_name(position: usize) -> String {
    format!("stage {}", position + 1)
}

/// A bar for what can't be read.
pub(super) fn unknown(name: &str, entry: u32, span: Span) -> Stage {
    Stage {
        identifier: name.replace(' ', "_"),
        name: name.to_owned(),
        stage_type: String::new(),
        entry,
        after: Arc::default(),
        span,
        pipeline_status: PipelineStatus::default(),
        work: Work::Unknown,
        looping: None,
        steps: Steps::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inputs, resolve};

    /// Each list of stages to wait for, and the stages that share it.
    fn check(text: &str, expected: &[(&[u32], &[usize])]) {
        let parsed = deployline_yaml::parse(text);
        let (pipeline, _) = resolve(&parsed.documents, &Inputs::default());
        let mut found: Vec<(Arc<[u32]>, Vec<usize>)> = Vec::new();
        let waiting = pipeline.stages.iter().enumerate().filter(|(_, it)| !it.after.is_empty());
        for (index, stage) in waiting {
            match found.iter_mut().find(|(after, _)| Arc::ptr_eq(after, &stage.after)) {
                Some((_, sharing)) => sharing.push(index),
                None => found.push((Arc::clone(&stage.after), vec![index])),
            }
        }
        let found: Vec<_> =
            found.iter().map(|(after, sharing)| (&after[..], &sharing[..])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stages_beside_each_other_wait_for_one_list() {
        const A: &str = "{stage: {type: Approval}}";
        check(
            &format!("stages: [{{parallel: [{A}, {A}, {A}]}}, {{parallel: [{A}, {A}]}}, {A}]"),
            &[(&[0, 1, 2], &[3, 4]), (&[3, 4], &[5])],
        );
        // A branch without stages adds nothing to wait for, however often it is there.
        let empty = "{group: {stages: []}}";
        let entry = format!("{{parallel: {{stages: [{empty}, {empty}, {{id: b}}]}}}}");
        check(&format!("stages: [{{id: a}}, {entry}, {entry}]"), &[(&[0], &[1]), (&[1], &[2])]);
        check(
            "stages: [{id: a}, {parallel: {stages: [{group: {stages: [{id: b}, {id: c}]}}, {id: d}]}}]",
            &[(&[0], &[1, 3]), (&[1], &[2])],
        );
    }
}
