//! Stages that run another pipeline: which one, and with which values.
//!
//! ```text
//! regions: matrix {region: [north, south]}      wanted: child with north, child with south
//!   inputs: {variables: [… <+matrix.region>]}
//! ```
//!
//! Follows `docs/semantics.md`, "Stages that run other pipelines".

use deployline_engine::{Stage, Work, bounded_name};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::budget::CountedList;
use super::chained_state::{Chain, Pending, Wanted};
use super::children;
use super::context::Reader;
use super::found;
use super::runtime_input::is_input;
use super::scalar::{self, Scalar};
use super::strategy::Strategy;
use super::view::View;
use crate::expression::{Value, is_expression};
use crate::rules;

/// Reads what the runs of the stage at an index want to run. The pipelines are read when all of this one is.
pub(super) fn read<'a>(
    (stage, index): (&mut Stage, usize),
    chain: Chain<'a>,
    strategy: Option<&Strategy>,
    reader: &mut Reader<'_, 'a>,
) {
    if let Some(name) = chain.pipeline.as_ref().and_then(View::as_str) {
        stage.steps.lines.push(bounded_name(&format!("runs the pipeline {name}")));
    }
    if reader.cx.chained.is_child {
        return report_nested(stage, &chain, reader);
    }
    if let Some(span) = strategy.and_then(|strategy| strategy.span) {
        let message = "The documentation of the product allows no looping strategy on a stage that runs a pipeline; \
                       the schema has it. Each run is drawn with the pipeline that it runs.";
        reader.report(&rules::CHAINED_PIPELINE_STRATEGY, span, message);
    }
    // One bar stands for more than can be drawn.
    if stage.work == Work::Unknown {
        return;
    }
    let wanted = |reader: &mut Reader<'_, 'a>| wanted(&chain, reader);
    let (of_runs, wanted) = match strategy {
        Some(strategy) => children::read_each(strategy, wanted, reader),
        None => match wanted(reader) {
            Some(wanted) => (vec![Some(0)], vec![wanted]),
            None => (vec![None], Vec::new()),
        },
    };
    reader.cx.chained.pending.push(Pending { stage: index, chain, of_runs, wanted });
}

/// What one run of the stage wants.
fn wanted<'a>(chain: &Chain<'a>, reader: &mut Reader<'_, 'a>) -> Option<Wanted> {
    let Some(pipeline) = &chain.pipeline else {
        let message = "The stage does not say which pipeline it runs. One bar stands for it, as long as is assumed. \
                       Write the identifier of the pipeline.";
        reader.report(&rules::CHAINED_PIPELINE_MISSING, chain.span, message);
        return None;
    };
    let name = match scalar::read(pipeline, reader)? {
        Scalar::Known(name) => name,
        Scalar::Runtime(_) | Scalar::Several(_) => {
            let drawn = "One bar stands for it, as long as is assumed.";
            let subject = ("The pipeline that this stage runs is", drawn);
            scalar::report_given(pipeline.span(), subject, scalar::written(pipeline), reader);
            return None;
        }
    };
    let inputs = chain.inputs.as_ref();
    let values = inputs.map(|inputs| input_values(inputs, reader)).unwrap_or_default();
    let sets = chain.input_sets.as_ref();
    let sets = sets.map(|list| set_names(list, reader)).unwrap_or_default();
    Some(Wanted { name, values, sets })
}

/// Names and places of the input sets that a stage names, in order.
fn set_names(list: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<(String, Span)> {
    if list.kind() == NodeKind::Scalar {
        return match scalar::read(list, reader) {
            Some(Scalar::Known(name)) => {
                let expected = "Expected a list of names of input sets: put brackets around it. It is read as a list of \
                                one.";
                found::report(&rules::LIST_EXPECTED, list, expected, reader);
                vec![(name, list.span())]
            }
            Some(Scalar::Several(Value::List(names))) => {
                names.into_iter().map(|name| (name.into_text(), list.span())).collect()
            }
            Some(Scalar::Several(_) | Scalar::Runtime(_)) => {
                report_open_set(list, ("Which input sets are used is", "None is."), reader);
                Vec::new()
            }
            None => Vec::new(),
        };
    }
    let count = list.item_count();
    let counted = CountedList { name: "input sets", of: None, count, span: list.span() };
    if !reader.cx.budget.inspect(count, &counted) {
        return Vec::new();
    }
    let items = list.items();
    let names = items.iter().filter_map(|item| match scalar::read(item, reader)? {
        Scalar::Known(name) => Some((name, item.span())),
        Scalar::Runtime(_) | Scalar::Several(_) => {
            report_open_set(item, ("The input set is", "It is left out."), reader);
            None
        }
    });
    names.collect()
}

fn report_open_set(view: &View<'_>, words: (&str, &str), reader: &mut Reader<'_, '_>) {
    scalar::report_given(view.span(), words, scalar::written(view), reader);
}

/// The most values that are given; an alias repeats others in a few bytes.
pub(super) const MAX_VALUES: usize = 100_000;

/// The values of the expressions in the inputs, in order; `None` for one that has none, which is reported.
fn input_values(inputs: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut left = MAX_VALUES;
    add_values(inputs, &mut left, &mut values, reader);
    values
}

fn add_values(
    view: &View<'_>,
    left: &mut usize,
    values: &mut Vec<Option<String>>,
    reader: &mut Reader<'_, '_>,
) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    match view.kind() {
        NodeKind::Null => {}
        NodeKind::Scalar => {
            if let Some(text) = given_expression(view) {
                values.push(input_value(view, text, reader));
            }
        }
        NodeKind::Sequence => {
            view.items().iter().for_each(|item| add_values(item, left, values, reader));
        }
        NodeKind::Mapping => {
            view.entries().iter().for_each(|(_, value)| add_values(value, left, values, reader));
        }
    }
}

/// Text of a scalar that the stage computes.
pub(super) fn given_expression<'a>(view: &View<'a>) -> Option<&'a str> {
    view.as_str().filter(|text| is_expression(text) && !is_input(text))
}

fn input_value(view: &View<'_>, text: &str, reader: &mut Reader<'_, '_>) -> Option<String> {
    match scalar::read(view, reader)? {
        Scalar::Known(value) => Some(value),
        // A list in the spelling of YAML is read as one.
        Scalar::Several(value) => Some(value.into_text()),
        Scalar::Runtime(_) => {
            let drawn = "The pipeline that the stage runs is drawn without it.";
            scalar::report_given(
                view.span(),
                ("A value for that pipeline is", drawn),
                text,
                reader,
            );
            None
        }
    }
}

/// A run of a run is not allowed in the product.
fn report_nested<'a>(stage: &mut Stage, chain: &Chain<'a>, reader: &mut Reader<'_, 'a>) {
    stage.work = Work::Unknown;
    let name = chain.pipeline.as_ref().and_then(View::as_str).unwrap_or("?");
    if reader.cx.chained.is_around(name) {
        return report_loop(chain, name, reader);
    }
    let message = "A stage of another pipeline runs this one, and then it may not run a pipeline itself: the product \
                   refuses that. A placeholder stands for the stage. Let the first pipeline run both.";
    reader.report(&rules::CHAINED_PIPELINE_NESTED, chain.place(), message);
}

pub(super) fn report_loop(chain: &Chain<'_>, name: &str, reader: &mut Reader<'_, '_>) {
    let message = format!(
        "`{name}` would run itself without end, which the product refuses. A placeholder stands for the stage. Name \
         another pipeline, or remove the stage."
    );
    reader.report(&rules::CHAINED_PIPELINE_LOOP, chain.place(), message);
}
