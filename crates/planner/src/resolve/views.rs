//! A pipeline with the views that it was read from, for those who show or change what is written.

use deployline_engine::Pipeline;
use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::Node;

use super::view::View;
use crate::expression::{Evaluated, Missing, Value, Why};

/// A pipeline with the views that it was read from.
#[derive(Clone, Default)]
pub struct Views<'a> {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// Its mapping; `None` for a part of one.
    pub root: Option<View<'a>>,
    /// The list of its stages; `None` where one stage stands alone.
    pub list: Option<View<'a>>,
    /// The keys from the `pipeline:` of an input set to what fills this list.
    pub fill_path: Vec<&'static str>,
    /// One for each stage of the pipeline.
    pub stages: Vec<StageView<'a>>,
    /// Keys and values of the input sets of the newer schema, by name.
    pub given: Map<&'a str, (Node<'a>, Node<'a>)>,
    /// The values of expressions that the text settles, by the place of the scalar.
    pub settled: Map<Span, Settled>,
    /// Places of the values of variables that are runtime inputs and that the stages need.
    pub needed_variables: Set<Span>,
}

/// Value of an expression that the text settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// It has a value that can't stand in its place: not the same in all stages that read it, or of an axis whose
    /// place in the order depends on its form.
    Kept,
    /// It is the value of a variable that is a runtime input, and asked for there.
    AskedAtVariable,
}

impl Views<'_> {
    pub(super) fn settle(&mut self, span: Span, value: &Evaluated) {
        let settled = match value {
            Ok(Value::List(items)) => {
                Settled::List(items.iter().map(|item| item.clone().into_text()).collect())
            }
            Ok(value) => Settled::Text(value.clone().into_text()),
            Err(Missing { part, why: Why::Input }) if part.contains(".variables.") => {
                Settled::AskedAtVariable
            }
            Err(_) => return,
        };
        let kept = self.settled.or_insert_with(span, || settled.clone());
        if *kept != settled {
            *kept = Settled::Kept;
        }
    }

    /// Says that a value is not to stand in its place.
    pub(super) fn keep_settled(&mut self, span: Span) {
        if let Some(settled) = self.settled.get_mut(&span)
            && *settled != Settled::AskedAtVariable
        {
            *settled = Settled::Kept;
        }
    }
}

/// The views that one stage is read from.
#[derive(Clone)]
pub struct StageView<'a> {
    /// The contents of `stage:` or of a lone `spec:`, or the entry that is no stage.
    pub stage: View<'a>,
    /// The same, or the template's body with its inputs filled in.
    pub body: View<'a>,
    /// The key and value of its services, after `useFromStage`.
    pub services: Option<(&'static str, View<'a>)>,
    /// The key and value of its environments, after `useFromStage`.
    pub targets: Option<(&'static str, View<'a>)>,
}
