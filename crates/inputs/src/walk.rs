//! A walk through the stages as the planner reads them: expressions first, then entities that no text
//! describes.

use deployline_engine::Schema;
use deployline_map::{Map, Set};
use deployline_planner::{ANSWERS, Inputs, RuntimeInput, StageView, View, Views, is_expression};
use deployline_span::Span;
use deployline_yaml::{Document, NodeKind};

use super::described::DescribedEntities;
use super::open_place::{AnswerTarget, OpenPlace};
use super::path::{Step, in_words};
use super::question::{ListOf, Questions, ValueKind};
use super::{Answers, Field, OpenInput, Origin};
use crate::order;

mod entities;
mod stages;
mod templates;

/// Everything that is open in `documents`, which were read as `views`, in the order of the text.
pub(crate) fn open_places<'a>(
    views: &Views<'a>,
    documents: &'a [Document],
    inputs: &Inputs,
    answers: &Answers,
) -> Vec<OpenPlace<'a>> {
    let mut walk = Walk {
        described: DescribedEntities::new(documents),
        questions: Questions::new(),
        inputs,
        answers,
        stage: Stage::default(),
        path: Vec::new(),
        keys: Map::new(),
        views,
        filters: Set::new(),
        found: Vec::new(),
    };
    walk.pipeline(views);
    order::by_key(walk.found, &|found| order::span_key(found.input.span))
}

struct Walk<'w, 'a> {
    described: DescribedEntities<'a>,
    questions: Questions,
    inputs: &'w Inputs,
    answers: &'w Answers,
    stage: Stage,
    /// Path to where the walk is.
    path: Vec<Step<'a>>,
    /// Keys of the inputs that were found, with their positions.
    keys: Map<String, usize>,
    /// Values of expressions that the text settles, and variables that are needed.
    views: &'w Views<'a>,
    /// Lists of filters that were asked about: other stages may take them.
    filters: Set<Span>,
    found: Vec<OpenPlace<'a>>,
}

/// The stage that the walk is in.
#[derive(Default)]
struct Stage {
    identifier: String,
    name: String,
    span: Span,
    is_gitops: bool,
    /// Number of steps of the path that lead to it.
    depth: usize,
}

impl<'a> Walk<'_, 'a> {
    fn pipeline(&mut self, views: &Views<'a>) {
        let is_flat = views.pipeline.schema == Schema::V1;
        if let Some(root) = &views.root {
            self.pipeline_template(root);
            self.pipeline_variables(root, views);
        }
        let paths = stages::paths(views);
        for ((path, contents), (view, stage)) in
            paths.into_iter().zip(views.stages.iter().zip(&views.pipeline.stages))
        {
            let gitops = view.body.at(&["spec", "gitOpsEnabled"]);
            self.stage = Stage {
                identifier: stage.identifier.clone(),
                name: stage.name.clone(),
                span: stage.span,
                is_gitops: gitops.and_then(|flag| deployline_planner::flag(&flag)) == Some(true),
                depth: path.len(),
            };
            self.path = path;
            match contents {
                stages::Contents::Stage => self.stage(view, is_flat),
                stages::Contents::Spec => {
                    self.path.push(Step::Key("spec"));
                    self.value(&view.stage, &mut vec!["spec"]);
                    self.entities(view, is_flat);
                }
                stages::Contents::NoList => self.no_list(&view.stage),
            }
        }
    }

    /// The variables of the pipeline that are inputs, of those that its stages need.
    fn pipeline_variables(&mut self, root: &View<'a>, views: &Views<'a>) {
        let Some(variables) = root.value("variables") else { return };
        let of_template = |key: &&&'static str| matches!(**key, "template" | "templateInputs");
        let path = views.fill_path.iter().take_while(of_template);
        self.path = path.map(|key| Step::Key(key)).chain([Step::Key("variables")]).collect();
        let depth = self.path.len() - 1;
        self.stage = Stage { name: "Pipeline".to_owned(), depth, ..Stage::default() };
        self.value(&variables, &mut vec!["variables"]);
    }

    fn stage(&mut self, view: &StageView<'a>, is_flat: bool) {
        if let Some(template) = view.stage.value("template") {
            self.stage_template(&template, view);
            self.value_of_key(&view.stage, "when");
        } else {
            self.value(&view.stage, &mut Vec::new());
        }
        self.entities(view, is_flat);
    }

    fn value_of_key(&mut self, view: &View<'a>, key: &'a str) {
        if let Some(value) = view.value(key) {
            self.path.push(Step::Key(key));
            self.value(&value, &mut vec![key]);
            self.path.pop();
        }
    }

    fn no_list(&mut self, list: &View<'a>) {
        if let Some(text) = expression_of(list) {
            self.expression(list, text, "Which stages?", ValueKind::Nothing);
        }
    }

    /// A value in a stage; `relative` is the path from the stage with `*` for items.
    fn value(&mut self, view: &View<'a>, relative: &mut Vec<&'a str>) {
        if let Some(text) = expression_of(view) {
            let node = view.in_place_of().unwrap_or(view.node());
            let is_variable = relative.first() == Some(&"variables");
            if is_variable && !self.views.needed_variables.contains(&node.span()) {
                return;
            }
            if let Some((question, kind)) = self.question_at(relative) {
                self.expression(view, text, question, kind);
            }
            return;
        }
        // Most items of a long list are names: nothing can be below them.
        if matches!(view.kind(), NodeKind::Null | NodeKind::Scalar) {
            return;
        }
        if !relative.is_empty() && !self.questions.are_below(relative) {
            return;
        }
        match view.kind() {
            NodeKind::Mapping => {
                let is_to_all =
                    view.get("deployToAll").and_then(|flag| deployline_planner::flag(&flag));
                for (key, value) in view.entries() {
                    let Some(key) = key.as_str() else { continue };
                    // With `deployToAll`, an input stands for all.
                    let is_of_all = is_to_all == Some(true) && value.kind() == NodeKind::Scalar;
                    if is_of_all && ["infrastructureDefinitions", "environments"].contains(&key) {
                        continue;
                    }
                    self.path.push(Step::Key(key));
                    relative.push(key);
                    self.value(&value, relative);
                    relative.pop();
                    self.path.pop();
                }
            }
            NodeKind::Sequence => {
                relative.push("*");
                for (index, item) in view.items().iter().enumerate() {
                    self.path.push(Step::Item { index, list: view.clone() });
                    self.value(item, relative);
                    self.path.pop();
                }
                relative.pop();
            }
            NodeKind::Null | NodeKind::Scalar => {}
        }
    }

    /// The question at a path. A GitOps deployment handles its environments itself.
    fn question_at(&self, relative: &[&str]) -> Option<(&'static str, ValueKind)> {
        let is_place = relative.iter().any(|key| key.starts_with("environment"));
        let matters = !self.stage.is_gitops
            || !is_place
            || relative == ["spec", "environment", "environmentRef"];
        self.questions.at(relative).filter(|_| matters)
    }

    /// An expression that is asked about.
    fn expression(&mut self, view: &View<'a>, text: &'a str, question: &str, kind: ValueKind) {
        let input = RuntimeInput::from_text(text);
        let is_input = input.is_some();
        let input = input.unwrap_or_default();
        if !is_input && depends_on_others(text) {
            return;
        }
        if view.in_place_of().is_none() && self.views.settled.contains_key(&view.span()) {
            return;
        }
        let place = in_words(&self.path[self.stage.depth.min(self.path.len())..]);
        let key = format!("{}: {place}", self.stage.identifier);
        let axis = match kind {
            ValueKind::Parallel(axis) => Some((self.stage.identifier.clone(), axis)),
            _ => None,
        };
        let chosen = axis.as_ref().and_then(|axis| self.inputs.parallel.get(axis));
        let answer = match chosen {
            Some(value) => Some(value.to_string()),
            None => self.answers.get(&key).cloned().filter(|_| axis.is_none()),
        };
        let source = view.span().source;
        let filled = view.in_place_of().filter(|_| source != ANSWERS).map(|_| shown(view));
        // A default can't say which items a list has.
        let is_one = !matches!(kind, ValueKind::List(_) | ValueKind::Nothing);
        let default = input.default.filter(|_| is_one).map(str::to_owned);
        let (value, origin) = match (answer, filled, default) {
            (Some(value), ..) => (Some(value), Origin::Answer),
            (None, Some(value), _) => (Some(value), Origin::InputSet),
            (None, None, Some(value)) => (Some(value), Origin::Default),
            (None, None, None) => (None, Origin::Open),
        };
        let node = view.in_place_of().unwrap_or(view.node());
        // The path is long: it is kept for what has an answer to be written there.
        let target = match (kind, origin) {
            (ValueKind::Nothing, _) | (_, Origin::Open | Origin::Default | Origin::InputSet) => {
                AnswerTarget::Nothing
            }
            (_, Origin::Answer) => AnswerTarget::Path { path: self.path.clone(), kind, is_input },
        };
        let question = question.to_owned();
        let field = field(kind, &input);
        self.add(
            OpenInput { axis, ..self.input(key, node.span(), question, field, place) },
            value,
            origin,
            target,
        );
    }

    fn input(
        &self,
        key: String,
        span: Span,
        question: String,
        field: Field,
        place: String,
    ) -> OpenInput {
        let stage = self.stage.name.clone();
        let origin = Origin::Open;
        OpenInput { key, span, stage, place, question, field, value: None, origin, axis: None }
    }

    fn add(
        &mut self,
        input: OpenInput,
        value: Option<String>,
        origin: Origin,
        target: AnswerTarget<'a>,
    ) {
        // Where an answer made the place, the stage is the nearest that the text has.
        let span = if input.span.source == ANSWERS { self.stage.span } else { input.span };
        if self.keys.get(&input.key).is_none() {
            self.keys.insert(input.key.clone(), self.found.len());
            self.found
                .push(OpenPlace { input: OpenInput { span, value, origin, ..input }, target });
        }
    }
}

/// The text of an expression, also where something has settled it.
fn expression_of<'a>(view: &View<'a>) -> Option<&'a str> {
    let node = view.in_place_of().unwrap_or(view.node());
    node.as_str().filter(|text| is_expression(text))
}

/// True for an expression whose value follows from another answer, or differs between deployments.
fn depends_on_others(text: &str) -> bool {
    ["<+matrix.", "<+repeat.", "<+strategy.", "<+stage.", "<+service.", "<+env.", "<+infra."]
        .iter()
        .any(|start| text.contains(start))
}

fn field(kind: ValueKind, input: &RuntimeInput<'_>) -> Field {
    let choice =
        |words: &[&str]| Field::Choice(words.iter().map(|word| (*word).to_owned()).collect());
    match kind {
        ValueKind::Name if !input.allowed.is_empty() => choice(&input.allowed),
        ValueKind::Name => Field::Text,
        ValueKind::Word(words) => choice(words),
        ValueKind::Number(least) => Field::Number { least },
        ValueKind::List(ListOf::Parallelism) => Field::Number { least: 1 },
        ValueKind::Flag | ValueKind::Parallel(_) => Field::Flag,
        ValueKind::List(_) => Field::Names,
        ValueKind::Nothing => Field::Nothing,
    }
}

/// The value that an input set gave, in a few words.
fn shown(view: &View<'_>) -> String {
    if let Some(text) = view.as_str() {
        return text.to_owned();
    }
    let name = |item: &View<'_>| {
        let own = item.as_str().map(str::to_owned);
        own.or_else(|| Some(deployline_planner::identity_of(item.node())?.name.to_owned()))
    };
    let names: Vec<String> = view.items().iter().filter_map(name).collect();
    match (names.is_empty(), name(view)) {
        (false, _) => names.join(", "),
        (true, Some(name)) => name,
        (true, None) => "given".to_owned(),
    }
}
