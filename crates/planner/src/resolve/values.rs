//! Values that paths in expressions stand for: `pipeline.variables.x`, `stage.name`, `matrix.service`.
//!
//! Follows `docs/semantics.md`, "Values that stand in the text".

mod names;
mod table;

use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::entities::Entities;
use super::runtime_input::{self, is_input};
use super::variables::{UsedValues, Variables};
use super::view::View;
use crate::expression::{Evaluated, Missing, Scope, Value, Why, evaluate};
use crate::spelling::closest_word;
use names::{is_kept_elsewhere, is_made_by_a_run};
use table::{State, VariableTable};

/// Work that all expressions of a pipeline may take, in bytes.
const MAX_WORK: usize = 1 << 26;

/// Work that evaluating a variable takes beside the bytes of its text.
const WORK_PER_VARIABLE: usize = 256;

/// The pipeline and its stages, as expressions name them.
#[derive(Default)]
pub(super) struct Values<'a> {
    /// `None` for a part of a pipeline, and in the newer schema.
    pipeline: Option<Owner<'a>>,
    /// The list of stages.
    list: Option<View<'a>>,
    /// The stage that is read.
    current: Option<Owner<'a>>,
    /// Stages by identifier, once some expression names one.
    named: Vec<Owner<'a>>,
    by_identifier: Option<Map<&'a str, usize>>,
    work: usize,
    /// Places of the values of variables that are runtime inputs, of those that were asked for.
    needed_variables: Set<Span>,
}

/// A pipeline or a stage, and its variables.
struct Owner<'a> {
    /// Its mapping, where its name stands.
    view: View<'a>,
    /// The same, or the body of its template; `None` where the texts don't hold that.
    body: Option<View<'a>>,
    variables: Option<VariableTable<'a>>,
}

/// The owner that a path starts at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OwnerId {
    Pipeline,
    Current,
    Named(usize),
}

impl<'a> Values<'a> {
    /// Values of a pipeline of the older schema.
    pub(super) fn of_pipeline(pipeline: Option<View<'a>>, list: Option<View<'a>>) -> Self {
        Self {
            pipeline: pipeline.map(|view| Owner::new(view.clone(), Some(view))),
            list,
            ..Self::default()
        }
    }

    /// Begins a stage: `stage.` stands for it from here on.
    pub(super) fn enter_stage(&mut self, stage: &View<'a>, body: Option<&View<'a>>) {
        self.current = Some(Owner::new(stage.clone(), body.cloned()));
    }

    /// Ends a stage.
    pub(super) fn leave_stage(&mut self) {
        self.current = None;
    }

    /// Places of the values of variables that are runtime inputs, of those that were asked for.
    pub(super) fn into_needed_variables(self) -> Set<Span> {
        self.needed_variables
    }

    /// Takes so many bytes of work; `false` where all expressions together take too much.
    pub(super) fn take_work(&mut self, bytes: usize) -> bool {
        self.work = self.work.saturating_add(bytes);
        self.work <= MAX_WORK
    }

    fn owner(&mut self, id: OwnerId) -> Option<&mut Owner<'a>> {
        match id {
            OwnerId::Pipeline => self.pipeline.as_mut(),
            OwnerId::Current => self.current.as_mut(),
            OwnerId::Named(index) => self.named.get_mut(index),
        }
    }

    /// The stage with an identifier; else the identifier that is spelt like it. `None` where not all stages
    /// are known.
    fn named(
        &mut self,
        identifier: &str,
        entities: &Entities<'a>,
    ) -> Option<Result<OwnerId, Option<String>>> {
        let list = self.list.as_ref().filter(|list| list.kind() == NodeKind::Sequence)?;
        let named = &mut self.named;
        let by_identifier = self.by_identifier.get_or_insert_with(|| {
            let mut by_identifier = Map::new();
            for stage in list.items().iter().flat_map(stages_of) {
                let Some(name) = stage.str_of("identifier") else { continue };
                if !by_identifier.contains_key(&name) {
                    by_identifier.insert(name, named.len());
                    let body = entities.stage_body(&stage);
                    named.push(Owner::new(stage, body));
                }
            }
            by_identifier
        });
        Some(match by_identifier.get(identifier) {
            Some(index) => Ok(OwnerId::Named(*index)),
            None => {
                let mut names = by_identifier.keys().copied();
                Err(closest_word(identifier, &mut names).map(str::to_owned))
            }
        })
    }
}

/// The stages of an entry: one, or those of `parallel:`.
fn stages_of<'a>(entry: &View<'a>) -> Vec<View<'a>> {
    match entry.value("parallel") {
        Some(group) => group.items().iter().filter_map(|member| member.value("stage")).collect(),
        None => entry.value("stage").into_iter().collect(),
    }
}

impl<'a> Owner<'a> {
    fn new(view: View<'a>, body: Option<View<'a>>) -> Self {
        Self { view, body, variables: None }
    }

    fn table(&mut self) -> &mut VariableTable<'a> {
        let (view, body) = (&self.view, &self.body);
        self.variables.get_or_insert_with(|| {
            let list = body.as_ref().and_then(|body| body.value("variables"));
            VariableTable::new(list.or_else(|| view.value("variables")), body.is_none())
        })
    }
}

/// Notes about a text that was evaluated.
#[derive(Default)]
pub(super) struct Notes {
    /// The first path that nothing has.
    pub(super) no_such_name: Option<Missing>,
    /// The first text that is no flag and was compared with one.
    pub(super) compared_with_flag: Option<String>,
}

/// What a reader knows: the values of the pipeline, and the variables of a child.
pub(super) struct ReaderScope<'s, 'r, 'a> {
    pub(super) values: &'s mut Values<'a>,
    pub(super) entities: &'s Entities<'a>,
    pub(super) variables: Variables<'r>,
    pub(super) used_values: &'s mut UsedValues,
    pub(super) notes: &'s mut Notes,
    /// `true` where a value that is itself an open expression stands for it.
    pub(super) keeps_expressions: bool,
    inside: Inside,
    /// What the value depends on beside the pipeline.
    depends_on: DependsOn,
}

/// What a value depends on: such a value is computed for each stage, or for each child.
#[derive(Clone, Copy, Default)]
struct DependsOn {
    stage: bool,
    child: bool,
}

/// Where an evaluation is.
#[derive(Clone, Copy)]
struct Inside {
    /// Owner of what `stage.` stands for.
    stage: OwnerId,
    depth: usize,
}

impl<'s, 'r, 'a> ReaderScope<'s, 'r, 'a> {
    pub(super) fn new(
        (values, entities): (&'s mut Values<'a>, &'s Entities<'a>),
        variables: Variables<'r>,
        used_values: &'s mut UsedValues,
        notes: &'s mut Notes,
    ) -> Self {
        let inside = Inside { stage: OwnerId::Current, depth: 0 };
        Self {
            values,
            entities,
            variables,
            used_values,
            notes,
            keeps_expressions: false,
            inside,
            depends_on: DependsOn::default(),
        }
    }

    /// Returns `true` where a value was asked for that differs between children.
    pub(super) fn depends_on_child(&self) -> bool {
        self.depends_on.child
    }

    /// The value of a text that a path stands for.
    fn nested(&mut self, text: &str, stage: OwnerId) -> Evaluated {
        if !self.take(text.len() + WORK_PER_VARIABLE) {
            return Err(Missing::of_text(text, Why::TooLong));
        }
        let inside = Inside { stage, depth: self.inside.depth + 1 };
        let outside = std::mem::replace(&mut self.inside, inside);
        let keeps_expressions = std::mem::take(&mut self.keeps_expressions);
        let value = evaluate(text, self);
        (self.inside, self.keeps_expressions) = (outside, keeps_expressions);
        value
    }

    fn of_pipeline(&mut self, path: &str, rest: &str) -> Evaluated {
        if let Some(rest) = rest.strip_prefix("stages.") {
            let (identifier, rest) = rest.split_once('.').unwrap_or((rest, ""));
            return match self.values.named(identifier, self.entities) {
                None => Err(Missing::of_path(path, Why::Elsewhere)),
                Some(Err(nearest)) => self.no_such_name(path, nearest),
                Some(Ok(owner)) => self.of_owner(owner, path, rest),
            };
        }
        self.of_owner(OwnerId::Pipeline, path, rest)
    }

    fn of_owner(&mut self, id: OwnerId, path: &str, rest: &str) -> Evaluated {
        let elsewhere = Err(Missing::of_path(path, Why::Elsewhere));
        let Some(owner) = self.values.owner(id) else { return elsewhere };
        if let Some(name) = rest.strip_prefix("variables.") {
            return self.variable(id, path, name);
        }
        let view = owner.view.clone();
        match rest {
            "name" | "identifier" | "description" | "projectIdentifier" | "orgIdentifier" => {
                let other = if rest == "name" { "identifier" } else { rest };
                match view.str_of(rest).or_else(|| view.str_of(other)) {
                    Some(text) => self.nested(text, id),
                    None => elsewhere,
                }
            }
            "tags" => self.tags(&view).ok_or_else(|| Missing::of_path(path, Why::TooLong)),
            _ => match rest.strip_prefix("tags.") {
                Some(tag) => Ok(view
                    .value("tags")
                    .and_then(|tags| tags.str_of(tag))
                    .map_or(Value::Null, Value::text)),
                None => Err(Missing::of_path(path, Why::Run)),
            },
        }
    }

    fn tags(&mut self, owner: &View<'a>) -> Option<Value> {
        let tags = owner.value("tags");
        let count = tags.as_ref().map_or(0, |tags| tags.node().entries().len());
        let is_taken = self.take(count.saturating_mul(WORK_PER_VARIABLE));
        let tags = tags.filter(|_| is_taken).map(|tags| tags.entries()).unwrap_or_default();
        let tag = |(key, value): &(deployline_yaml::Node<'a>, View<'a>)| {
            let text = value.as_str().unwrap_or_default();
            Some((key.as_str()?.to_owned(), Value::text(text)))
        };
        is_taken.then(|| Value::Map(tags.iter().filter_map(tag).collect()))
    }

    fn variable(&mut self, id: OwnerId, path: &str, name: &str) -> Evaluated {
        let Some(owner) = self.values.owner(id) else {
            return Err(Missing::of_path(path, Why::Elsewhere));
        };
        let table = owner.table();
        let Some(index) = table.index_of(name) else {
            if table.is_open {
                return Err(Missing::of_path(path, Why::Elsewhere));
            }
            let nearest = table.nearest(name).map(str::to_owned);
            return self.no_such_name(path, nearest);
        };
        let variable = table.variable(index);
        match &variable.state {
            State::Known(Ok(value)) => {
                let value = value.clone();
                return if self.take(value.size()) {
                    Ok(value)
                } else {
                    Err(Missing::of_path(path, Why::TooLong))
                };
            }
            State::Known(missing) => return missing.clone(),
            State::InWork => return Err(Missing::of_path(path, Why::Loop)),
            State::New => variable.state = State::InWork,
        }
        let item = variable.item.clone();
        let stage = if id == OwnerId::Pipeline { self.inside.stage } else { id };
        let outer = std::mem::take(&mut self.depends_on);
        let value = self.of_item(&item, path, stage);
        let DependsOn { stage: of_stage, child } = self.depends_on;
        self.depends_on = DependsOn { stage: of_stage || outer.stage, child: child || outer.child };
        let is_shared = !child && (!of_stage || id != OwnerId::Pipeline);
        let state = if is_shared { State::Known(value.clone()) } else { State::New };
        if let Some(owner) = self.values.owner(id) {
            owner.table().variable(index).state = state;
        }
        value
    }

    /// The value of `{name: x, type: String, value: …}`.
    fn of_item(&mut self, item: &View<'a>, path: &str, stage: OwnerId) -> Evaluated {
        let written = item.value("value");
        if let Some(view) = &written {
            let node = view.in_place_of().unwrap_or(view.node());
            if node.as_str().is_some_and(is_input) {
                self.values.needed_variables.insert(node.span());
            }
        }
        let Some(text) = written.as_ref().and_then(View::as_str) else {
            return match (written, item.str_of("default")) {
                (None, None) => Ok(Value::Null),
                (None, Some(default)) => Ok(Value::text(default)),
                (Some(_), _) => Err(Missing::of_path(path, Why::Unread)),
            };
        };
        let text = match runtime_input::parse(text) {
            None => text,
            Some(input) => match input.default.or_else(|| item.str_of("default")) {
                Some(default) => default,
                None => return Err(Missing::of_path(path, Why::Input)),
            },
        };
        let value = if crate::expression::is_expression(text) {
            self.nested(text, stage)?
        } else {
            Value::text(text)
        };
        match (item.str_of("type"), value) {
            (Some("Number"), Value::Text(text)) => Ok(table::number(text)),
            (_, value) => Ok(value),
        }
    }

    fn no_such_name(&mut self, path: &str, nearest: Option<String>) -> Evaluated {
        let nearest = nearest.map(|name| match path.rsplit_once('.') {
            Some((start, _)) => format!("{start}.{name}"),
            None => name,
        });
        let missing = Missing::of_path(path, Why::NoSuchName { nearest });
        if self.notes.no_such_name.is_none() {
            self.notes.no_such_name = Some(missing.clone());
        }
        Err(missing)
    }

    fn of_child(&mut self, path: &str) -> Evaluated {
        match self.variables.value(path, self.used_values) {
            Some(Value::Text(text)) if crate::expression::is_expression(&text) => {
                if self.keeps_expressions {
                    return Ok(Value::Text(text));
                }
                // Of a strategy whose values are not known, one stands for all.
                match self.nested(&text, OwnerId::Current) {
                    Err(missing) => Err(missing),
                    Ok(_) => Err(Missing::of_path(path, Why::Run)),
                }
            }
            Some(value) => Ok(value),
            None => match self.variables.open_value() {
                Some(text) => Err(self
                    .nested(text, OwnerId::Current)
                    .err()
                    .unwrap_or_else(|| Missing::of_path(path, Why::Run))),
                None => {
                    let nearest = self.variables.nearest(path);
                    Err(Missing::of_path(path, Why::NoSuchName { nearest }))
                }
            },
        }
    }
}

impl Scope for ReaderScope<'_, '_, '_> {
    fn value(&mut self, path: &str, depth: usize) -> Evaluated {
        let outside = std::mem::replace(&mut self.inside.depth, depth);
        let value = self.at(path);
        self.inside.depth = outside;
        value
    }

    fn take(&mut self, bytes: usize) -> bool {
        self.values.take_work(bytes)
    }

    fn depth(&self) -> usize {
        self.inside.depth
    }

    fn compares_flag(&mut self, text: &str) {
        // A condition of many runs would note the same of each.
        if self.notes.compared_with_flag.is_none() {
            self.notes.compared_with_flag = Some(text.to_owned());
        }
    }
}

impl ReaderScope<'_, '_, '_> {
    fn at(&mut self, path: &str) -> Evaluated {
        let own = path.strip_prefix("stage.");
        let name = own.unwrap_or(path);
        let (root, rest) = name.split_once('.').unwrap_or((name, ""));
        match root {
            "matrix" | "repeat" | "strategy" => {
                self.depends_on.child = true;
                return match self.inside.stage {
                    OwnerId::Current => self.of_child(name),
                    OwnerId::Pipeline | OwnerId::Named(_) => Err(Missing::of_path(path, Why::Run)),
                };
            }
            _ => {}
        }
        if let Some(rest) = own {
            self.depends_on.stage = true;
            return self.of_owner(self.inside.stage, path, rest);
        }
        let of_pipeline = |scope: &mut Self, key: &str| match rest {
            "identifier" => scope.of_owner(OwnerId::Pipeline, path, key),
            _ => Err(Missing::of_path(path, Why::Elsewhere)),
        };
        match root {
            "pipeline" => self.of_pipeline(path, rest),
            "project" => of_pipeline(self, "projectIdentifier"),
            "org" => of_pipeline(self, "orgIdentifier"),
            "input" if rest.is_empty() => Err(Missing::of_path(path, Why::Input)),
            _ if is_kept_elsewhere(root) => Err(Missing::of_path(path, Why::Elsewhere)),
            _ if is_made_by_a_run(root) => Err(Missing::of_path(path, Why::Run)),
            _ => Err(Missing::of_path(path, Why::Unread)),
        }
    }
}
