//! The state that all readers of a pipeline share, and the reader that each of them is given.
//!
//! ```text
//! Context     one for the pipeline: inputs, entities, earlier stages, budget
//!   Reader    one for each part that may be dropped: its variables and what it found
//! ```
//!
//! A part whose diagnostics turn out not to count, such as a stage that is too large to draw, is read
//! with a reader of its own, and its findings are not added to those around it.

use std::sync::Arc;

use deployline_engine::{ParallelGroup, STAGE_BUDGET, Step, Steps};
use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Fix, Node, Rule};

use super::budget::Budget;
use super::chained_state::ChainedState;
use super::entities::Entities;
use super::graph::Graph;
use super::values::{Asked, Notes, ReaderScope, Supposed, Values};
use super::variables::{UsedValues, Variables};
use super::view::View;
use super::views::{StageView, Views};
use super::written_wait::WrittenWait;
use crate::Inputs;
use crate::expression::{self, Evaluated, Missing};
use crate::rules::too_many_stages;

/// State that all readers share.
pub(super) struct Context<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) entities: Entities<'a>,
    /// The empty list that the stage is to be repeated for, until its conditions are read.
    pub(super) no_items: Option<Span>,
    /// `tags` of the pipeline.
    pub(super) pipeline_tags: Option<Node<'a>>,
    /// Values that expressions name.
    pub(super) values: Values<'a>,
    /// Stages by identifier, for those that take something from them.
    pub(super) earlier_stages: Map<&'a str, EarlierStage<'a>>,
    /// Steps by the place of their list: those of a template are counted once for all its stages.
    pub(super) steps: Map<Span, CountedSteps>,
    /// Places of Deployment stages without a failure strategy for all errors.
    pub(super) without_failure_strategy: Vec<Span>,
    pub(super) budget: Budget,
    /// Bytes that the templates in the texts add to the pipeline.
    pub(super) template_bytes: usize,
    /// Parallel groups found so far, those around others before these.
    pub(super) groups: Vec<ParallelGroup>,
    /// `Some(true)` where stages wait for those they name; `None` where neither the text nor the viewer says so.
    pub(super) dag_choice: Option<bool>,
    /// The stages that each waits for, where they do.
    pub(super) graph: Option<Graph>,
    /// Pipelines that stages run.
    pub(super) chained: ChainedState<'a>,
    /// Views that are read, where the caller asks for them.
    views: Option<Views<'a>>,
}

/// Steps of a list, as they are counted.
#[derive(Default)]
pub(super) struct CountedSteps {
    pub(super) steps: Steps,
    /// Identifiers of the steps, until all of them are read.
    pub(super) identifiers: Vec<String>,
    /// `true` where a step or step group has failure strategies of its own.
    pub(super) have_failure_strategies: bool,
    /// Steps and groups, until all of them are read.
    pub(super) tree: Vec<Step>,
    /// Those that wait, until all of them are read.
    pub(super) found_waits: Vec<WrittenWait>,
    /// Those that wait; shared, since the stages of one template each settle them.
    pub(super) waits: Arc<[WrittenWait]>,
    /// Places in the tree of those with a strategy, until all of them are read.
    pub(super) found_loops: Vec<u32>,
    /// Places in the tree of those with a strategy.
    pub(super) loops: Arc<[u32]>,
}

/// A stage that others may name in `useFromStage`.
pub(super) struct EarlierStage<'a> {
    pub(super) entry: u32,
    /// Its type, once it has been read, where it is no deployment stage.
    pub(super) other_type: Option<&'a str>,
    /// Its `spec`, once it has been read; `None` for a later one and for one that deploys nothing.
    pub(super) spec: Option<View<'a>>,
    /// `true` once it has been read, where the texts don't hold its template.
    pub(super) lacks_template: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(inputs: &'a Inputs, entities: Entities<'a>) -> Self {
        Self {
            inputs,
            entities,
            no_items: None,
            pipeline_tags: None,
            values: Values::default(),
            earlier_stages: Map::new(),
            steps: Map::new(),
            without_failure_strategy: Vec::new(),
            budget: Budget::new(),
            template_bytes: 0,
            groups: Vec::new(),
            dag_choice: None,
            graph: None,
            chained: ChainedState::default(),
            views: None,
        }
    }

    /// Adds the views that are read from here on to `views`.
    pub(super) fn keep_views(&mut self, views: Views<'a>) {
        self.views = Some(views);
    }

    /// The views that were kept.
    pub(super) fn into_views(self) -> Views<'a> {
        let views = self.views.unwrap_or_default();
        Views { needed_variables: self.values.into_needed_variables(), ..views }
    }

    /// Keeps the view of a stage that is about to be read.
    pub(super) fn keep_stage(&mut self, stage: &View<'a>) {
        if let Some(views) = &mut self.views {
            let (stage, body) = (stage.clone(), stage.clone());
            views.stages.push(StageView { stage, body, services: None, targets: None });
        }
    }

    /// Brings the views of stages that were read in `order` into that of the text.
    pub(super) fn order_kept_stages(&mut self, order: &[usize]) {
        let Some(views) = &mut self.views else { return };
        let mut kept: Vec<_> =
            order.iter().copied().zip(std::mem::take(&mut views.stages)).collect();
        deployline_map::sort_by(&mut kept, |a, b| a.0.cmp(&b.0));
        views.stages = kept.into_iter().map(|(_, stage)| stage).collect();
    }

    /// Changes what is kept of the stage that is being read.
    pub(super) fn change_kept_stage(&mut self, change: impl FnOnce(&mut StageView<'a>)) {
        if let Some(stage) = self.views.as_mut().and_then(|views| views.stages.last_mut()) {
            change(stage);
        }
    }
}

/// Reads a part of the pipeline: with the variables of one child of a strategy, or with none.
pub(super) struct Reader<'r, 'a> {
    pub(super) cx: &'r mut Context<'a>,
    variables: Variables<'r>,
    used_values: UsedValues,
    findings: Findings,
}

/// Diagnostics of a part, and the places in it where a variable of a strategy is not known.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Diagnostics,
    pub(super) unknown_variables: Map<Span, UnknownVariable>,
}

/// Places and codes of the diagnostics of parts that are alike: most have the same to say, which counts once.
pub(super) type Reported = Set<(Span, &'static str)>;

impl Findings {
    /// Those that no other part has reported.
    pub(super) fn only_new(mut self, reported: &mut Reported) -> Self {
        self.diagnostics.retain(|found| reported.insert((found.span, found.code)));
        self
    }
}

/// A variable of a strategy that only a run knows.
pub(super) struct UnknownVariable {
    /// `matrix.KEY`, `repeat.item`
    pub(super) name: String,
    /// `true` where it gets its values in this place, `false` where it is used.
    pub(super) is_axis: bool,
}

impl<'r, 'a> Reader<'r, 'a> {
    /// A reader without variables.
    pub(super) fn new(cx: &'r mut Context<'a>) -> Self {
        Self::of_child(cx, Variables::default())
    }

    /// A reader with the variables of a child.
    pub(super) fn of_child(cx: &'r mut Context<'a>, variables: Variables<'r>) -> Self {
        Self { cx, variables, used_values: UsedValues::new(), findings: Findings::default() }
    }

    pub(super) fn report(&mut self, rule: &Rule, span: Span, message: impl Into<String>) {
        if !self.count_unlisted(rule, span) {
            self.add(rule.at(span, message));
        }
    }

    /// The same for one of very many: its message is made where it is listed.
    pub(super) fn report_with(&mut self, rule: &Rule, span: Span, message: &dyn Fn() -> String) {
        self.findings.diagnostics.push_with(rule, span, &|| rule.at(span, message()));
    }

    /// Counts what would not be listed; `false` where it is to be reported.
    pub(super) fn count_unlisted(&mut self, rule: &Rule, span: Span) -> bool {
        self.findings.diagnostics.count_unlisted(rule, span)
    }

    pub(super) fn report_with_fix(
        &mut self,
        rule: &Rule,
        span: Span,
        message: impl Into<String>,
        fix: Option<Fix>,
    ) {
        self.add(Diagnostic { fix, ..rule.at(span, message) });
    }

    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        self.findings.diagnostics.push(diagnostic);
    }

    /// Takes the stage at `span`; `false` where it is left out, since there are as many as can be drawn.
    pub(super) fn take_stage(&mut self, span: Span) -> bool {
        let before = self.cx.budget.take_stage();
        if before == STAGE_BUDGET {
            self.add(too_many_stages::at(span));
        }
        before < STAGE_BUDGET
    }

    pub(super) fn add_diagnostics(&mut self, part: Diagnostics) {
        self.findings.diagnostics.append(part);
    }

    /// Reads a part whose findings may not count.
    pub(super) fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Findings) {
        let outside = std::mem::take(&mut self.findings);
        let value = read(self);
        (value, std::mem::replace(&mut self.findings, outside))
    }

    /// Adds what was found in a part.
    pub(super) fn add_findings(&mut self, part: Findings) {
        self.findings.diagnostics.append(part.diagnostics);
        for (span, variable) in part.unknown_variables {
            self.add_unknown_variable(span, variable);
        }
    }

    /// Keeps the place of a variable that only a run knows; of several in one place, the first.
    pub(super) fn add_unknown_variable(&mut self, span: Span, variable: UnknownVariable) {
        self.findings.unknown_variables.or_insert_with(span, || variable);
    }

    /// The value of a text with expressions, or what is missing for it.
    pub(super) fn evaluate(&mut self, text: &str) -> Evaluated {
        expression::evaluate(text, &mut self.scope(&mut Notes::default()))
    }

    /// The same for the text of the scalar at `span`, whose value is kept where the caller asks for it.
    pub(super) fn settle(&mut self, span: Span, text: &str) -> Evaluated {
        let mut notes = Notes::default();
        let mut scope = self.scope(&mut notes);
        let value = expression::evaluate(text, &mut scope);
        let is_of_child = scope.into_asked().of_child.is_some();
        if let (Some(views), false) = (&mut self.cx.views, is_of_child) {
            views.settle(span, &value);
        }
        value
    }

    /// Says of the scalar at `span` that its value can't stand in its place.
    pub(super) fn keep_settled(&mut self, span: Span) {
        if let Some(views) = &mut self.cx.views {
            views.keep_settled(span);
        }
    }

    /// Replaces each expression in `text` that has a value.
    pub(super) fn substitute(&mut self, text: &str) -> String {
        let mut notes = Notes::default();
        let mut scope = self.scope(&mut notes);
        scope.keeps_expressions = true;
        expression::substitute(text, &mut scope)
    }

    /// The value of a condition in a run with these outcomes, and what it asks for.
    pub(super) fn condition(
        &mut self,
        text: &str,
        supposed: &Supposed,
        notes: &mut Notes,
    ) -> (Result<bool, Missing>, Asked) {
        let mut scope = self.scope(notes);
        scope.supposed = supposed;
        let value = expression::condition(text, &mut scope);
        (value, scope.into_asked())
    }

    /// What an expression in this place may name.
    pub(super) fn scope<'s>(&'s mut self, notes: &'s mut Notes) -> ReaderScope<'s, 'r, 'a> {
        let cx = &mut *self.cx;
        ReaderScope::new(
            (&mut cx.values, &cx.entities, cx.graph.as_ref()),
            self.variables,
            &mut self.used_values,
            notes,
        )
    }

    /// Name of the first variable in `text` that is not known.
    pub(super) fn first_unknown_variable(&self, text: &str) -> Option<String> {
        self.variables.first_unknown(text)
    }

    /// The values that were used so far.
    pub(super) fn used_values(&self) -> &UsedValues {
        &self.used_values
    }

    /// Everything that was found.
    pub(super) fn into_findings(self) -> Findings {
        self.findings
    }
}
