//! Through the stages as the planner reads them: expressions first, then entities that no text
//! describes.

use deployline_engine::Schema;
use deployline_map::Set;
use deployline_planner::{
    BY_HAND, Inputs, RuntimeInput, StageView, View, Views, is_expression, views,
};
use deployline_span::Span;
use deployline_yaml::{Document, NodeKind};

use super::asked::{self, Asked};
use super::path::{Step, in_words};
use super::told::Told;
use super::{Answers, Field, OpenInput, Origin};
use crate::order;

mod entities;
mod stages;
mod templates;

pub(crate) use entities::{Filters, Need};
pub(crate) use templates::{A_DEPLOYMENT, TemplateUse};

/// Something open, and how an answer to it is written.
pub(crate) struct Found<'a> {
    pub(crate) input: OpenInput,
    pub(crate) settles: Settles<'a>,
}

/// What an answer becomes.
pub(crate) enum Settles<'a> {
    /// A value in an input set.
    Path { path: Vec<Step<'a>>, asked: Asked, is_input: bool },
    /// Documents of entities.
    Count(Need),
    /// A document of a template.
    Template(TemplateUse<'a>),
    /// Nothing that is written.
    Nothing,
}

/// Everything that is open, in the order of the text.
pub(crate) fn found<'a>(
    documents: &'a [Document],
    inputs: &'a Inputs,
    answers: &Answers,
) -> Vec<Found<'a>> {
    let views = views(documents, inputs);
    let mut walk = Walk {
        told: Told::new(documents),
        inputs,
        answers,
        stage: Stage::default(),
        path: Vec::new(),
        keys: Set::new(),
        filters: Set::new(),
        found: Vec::new(),
    };
    walk.pipeline(&views);
    order::by_key(walk.found, &|found| order::place(found.input.span))
}

struct Walk<'w, 'a> {
    told: Told<'a>,
    inputs: &'w Inputs,
    answers: &'w Answers,
    stage: Stage,
    /// To where the walk is.
    path: Vec<Step<'a>>,
    /// What has been asked.
    keys: Set<String>,
    /// Lists of filters that have been asked about: other stages may take them.
    filters: Set<Span>,
    found: Vec<Found<'a>>,
}

/// The stage in which the walk is.
#[derive(Default)]
struct Stage {
    identifier: String,
    name: String,
    span: Span,
    is_gitops: bool,
    /// How many steps of the path lead to it.
    depth: usize,
}

impl<'a> Walk<'_, 'a> {
    fn pipeline(&mut self, views: &Views<'a>) {
        let is_flat = views.pipeline.schema == Schema::V1;
        if let Some(root) = &views.root {
            self.pipeline_template(root);
        }
        let places = stages::places(views);
        for ((path, place), (view, stage)) in
            places.into_iter().zip(views.stages.iter().zip(&views.pipeline.stages))
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
            match place {
                stages::Place::Stage => self.stage(view, is_flat),
                stages::Place::Spec => {
                    self.path.push(Step::Key("spec"));
                    self.value(&view.stage, &mut vec!["spec"]);
                    self.entities(view, is_flat);
                }
                stages::Place::NoList => self.no_list(&view.stage),
            }
        }
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
            self.expression(list, text, "Which stages?", Asked::Nothing);
        }
    }

    /// A value in a stage; `relative` is the path from the stage with `*` for items.
    fn value(&mut self, view: &View<'a>, relative: &mut Vec<&'a str>) {
        if let Some(text) = expression_of(view) {
            if let Some((question, asked)) = self.asked(relative) {
                self.expression(view, text, question, asked);
            }
            return;
        }
        if !relative.is_empty() && !asked::leads_somewhere(relative) {
            return;
        }
        match view.kind() {
            NodeKind::Mapping => {
                let is_to_all =
                    view.get("deployToAll").and_then(|flag| deployline_planner::flag(&flag));
                for (key, value) in view.entries() {
                    let Some(key) = key.as_str() else { continue };
                    // Which are listed does not matter where all are meant.
                    if is_to_all == Some(true) && key == "infrastructureDefinitions" {
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

    /// What is asked at a path. A GitOps deployment handles its environments itself.
    fn asked(&self, relative: &[&str]) -> Option<(&'static str, Asked)> {
        let is_place = relative.iter().any(|key| key.starts_with("environment"));
        let matters = !self.stage.is_gitops
            || !is_place
            || relative == ["spec", "environment", "environmentRef"];
        asked::at(relative).filter(|_| matters)
    }

    /// An expression that is asked about.
    fn expression(&mut self, view: &View<'a>, text: &'a str, question: &str, asked: Asked) {
        let input = RuntimeInput::from_text(text);
        let is_input = input.is_some();
        let input = input.unwrap_or_default();
        if !is_input && depends_on_others(text) {
            return;
        }
        let place = in_words(&self.path[self.stage.depth.min(self.path.len())..]);
        let key = format!("{}: {place}", self.stage.identifier);
        let axis = match asked {
            Asked::Parallel(axis) => Some((self.stage.identifier.clone(), axis)),
            _ => None,
        };
        let chosen = axis.as_ref().and_then(|axis| self.inputs.parallel.get(axis));
        let by_hand = match chosen {
            Some(value) => Some(value.to_string()),
            None => self.answers.get(&key).cloned().filter(|_| axis.is_none()),
        };
        let source = view.span().source;
        let filled = view.in_place_of().filter(|_| source != BY_HAND).map(|_| shown(view));
        // A default can't say which items a list has.
        let is_one = !matches!(asked, Asked::List(_) | Asked::Nothing);
        let default = input.default.filter(|_| is_one).map(str::to_owned);
        let (value, origin) = match (by_hand, filled, default) {
            (Some(value), ..) => (Some(value), Origin::ByHand),
            (None, Some(value), _) => (Some(value), Origin::InputSet),
            (None, None, Some(value)) => (Some(value), Origin::Default),
            (None, None, None) => (None, Origin::Open),
        };
        let node = view.in_place_of().unwrap_or(view.node());
        let settles = match asked {
            Asked::Nothing => Settles::Nothing,
            _ => Settles::Path { path: self.path.clone(), asked, is_input },
        };
        let question = question.to_owned();
        let field = field(asked, &input);
        self.add(
            OpenInput { axis, ..self.input(key, node.span(), question, field, place) },
            value,
            origin,
            settles,
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
        settles: Settles<'a>,
    ) {
        // Where an answer made the place, the stage is the nearest that the text has.
        let span = if input.span.source == BY_HAND { self.stage.span } else { input.span };
        if self.keys.insert(input.key.clone()) {
            self.found.push(Found { input: OpenInput { span, value, origin, ..input }, settles });
        }
    }
}

/// The text of an expression, also where something has settled it.
fn expression_of<'a>(view: &View<'a>) -> Option<&'a str> {
    let node = view.in_place_of().unwrap_or(view.node());
    node.as_str().filter(|text| is_expression(text))
}

/// Whether a text follows from what is asked elsewhere, or from what differs between deployments.
fn depends_on_others(text: &str) -> bool {
    ["<+matrix.", "<+repeat.", "<+strategy.", "<+stage.", "<+service.", "<+env.", "<+infra."]
        .iter()
        .any(|start| text.contains(start))
}

fn field(asked: Asked, input: &RuntimeInput<'_>) -> Field {
    let choice =
        |words: &[&str]| Field::Choice(words.iter().map(|word| (*word).to_owned()).collect());
    match asked {
        Asked::Name if !input.allowed.is_empty() => choice(&input.allowed),
        Asked::Name => Field::Text,
        Asked::Word(words) => choice(words),
        Asked::Number(least) => Field::Number { least },
        Asked::List(asked::ListOf::Parallelism) => Field::Number { least: 1 },
        Asked::Flag | Asked::Parallel(_) => Field::Flag,
        Asked::List(_) => Field::Names,
        Asked::Nothing => Field::Nothing,
    }
}

/// What an input set gave, in a few words.
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
