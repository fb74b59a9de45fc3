//! The value of a path, for a reader: with the variables of a child, or with none.

use deployline_engine::{Ask, Status};
use deployline_yaml::Node;

use super::names::{is_kept_elsewhere, is_made_by_a_run, stands_in_text};
use super::outcomes::{Asked, Supposed, is_status};
use super::owners::{OwnerId, Values};
use crate::expression::{Evaluated, Missing, Scope, Value, Why, evaluate, is_expression};
use crate::resolve::entities::Entities;
use crate::resolve::graph::Graph;
use crate::resolve::variables::{UsedValues, Variables};
use crate::resolve::view::View;

/// Work that evaluating a variable takes beside the bytes of its text.
pub(super) const WORK_PER_VARIABLE: usize = 256;

/// Notes about a text that was evaluated.
#[derive(Default)]
pub(in crate::resolve) struct Notes {
    /// The first path that nothing has.
    pub(in crate::resolve) no_such_name: Option<Missing>,
    /// The first text that is no flag and was compared with one.
    pub(in crate::resolve) compared_with_flag: Option<String>,
}

/// What a reader knows: the values of the pipeline, and the variables of a child.
pub(in crate::resolve) struct ReaderScope<'s, 'r, 'a> {
    pub(super) values: &'s mut Values<'a>,
    pub(super) entities: &'s Entities<'a>,
    /// What stages of a DAG wait for.
    pub(super) graph: Option<&'s Graph>,
    variables: Variables<'r>,
    used_values: &'s mut UsedValues,
    notes: &'s mut Notes,
    /// `true` where a value that is itself an open expression stands for it.
    pub(in crate::resolve) keeps_expressions: bool,
    /// Outcomes that are taken for those of the run.
    pub(in crate::resolve) supposed: &'s Supposed,
    /// Values that were asked for and that no text holds.
    asked: Asked,
    pub(super) inside: Inside,
    /// What the value depends on beside the pipeline.
    pub(super) depends_on: DependsOn,
}

/// What a value depends on: such a value is computed for each stage, for each child, or for each outcome.
#[derive(Clone, Copy, Default)]
pub(super) struct DependsOn {
    pub(super) stage: bool,
    pub(super) child: bool,
    pub(super) outcome: bool,
}

impl DependsOn {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            stage: self.stage || other.stage,
            child: self.child || other.child,
            outcome: self.outcome || other.outcome,
        }
    }
}

/// Where an evaluation is.
#[derive(Clone, Copy)]
pub(super) struct Inside {
    /// Owner of what `stage.` stands for.
    pub(super) stage: OwnerId,
    depth: usize,
}

impl<'s, 'r, 'a> ReaderScope<'s, 'r, 'a> {
    pub(in crate::resolve) fn new(
        (values, entities, graph): (&'s mut Values<'a>, &'s Entities<'a>, Option<&'s Graph>),
        variables: Variables<'r>,
        used_values: &'s mut UsedValues,
        notes: &'s mut Notes,
    ) -> Self {
        let inside = Inside { stage: OwnerId::Current, depth: 0 };
        Self {
            values,
            entities,
            graph,
            variables,
            used_values,
            notes,
            keeps_expressions: false,
            supposed: &[],
            asked: Asked::default(),
            inside,
            depends_on: DependsOn::default(),
        }
    }

    /// Values that were asked for and that no text holds.
    pub(in crate::resolve) fn into_asked(self) -> Asked {
        self.asked
    }

    /// The value that an outcome has for a path, where one is supposed.
    pub(super) fn outcome<T: Into<Value>>(
        &mut self,
        path: &str,
        ask: Ask,
        value: impl Fn(Status) -> T,
    ) -> Evaluated {
        self.depends_on.outcome = true;
        self.asked.add(ask, path);
        match self.supposed.iter().find(|(of, _)| *of == ask) {
            Some((_, status)) => Ok(value(*status).into()),
            None => Err(Missing::of_path(path, Why::Run)),
        }
    }

    /// The value of a text that a path stands for.
    pub(super) fn nested(&mut self, text: &str, stage: OwnerId) -> Evaluated {
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
            if is_status(rest)
                && let Some(has_ended) = self.values.read.ended(identifier, self.graph)
            {
                return self.status_of(path, has_ended);
            }
            if is_status(rest)
                && let Some(status) = self.status_of_child(path, identifier)
            {
                return status;
            }
            return match self.values.named(identifier, self.entities) {
                None => Err(Missing::of_path(path, Why::Elsewhere)),
                Some(Err(nearest)) if self.values.is_child(identifier, nearest.as_deref()) => {
                    Err(Missing::of_path(path, Why::OfChild))
                }
                Some(Err(nearest)) => self.no_such_name(path, nearest),
                Some(Ok(owner)) => self.of_owner(owner, path, rest),
            };
        }
        if is_status(rest) && rest != "status" {
            return self.status_so_far(path);
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
            "name" | "identifier" | "id" | "description" | "projectIdentifier"
            | "orgIdentifier" => {
                let others: &[&str] = match rest {
                    "name" => &["identifier", "id"],
                    "identifier" => &["id"],
                    _ => &[],
                };
                let mut keys = [rest].into_iter().chain(others.iter().copied());
                match keys.find_map(|key| view.str_of(key)) {
                    Some(text) => self.nested(text, id),
                    None => elsewhere,
                }
            }
            "type" => match owner.kind() {
                Some(kind) => Ok(Value::text(kind)),
                None => elsewhere,
            },
            "tags" => self.tags(&view).ok_or_else(|| Missing::of_path(path, Why::TooLong)),
            _ => match rest.strip_prefix("tags.") {
                Some(tag) => Ok(view
                    .value("tags")
                    .and_then(|tags| tags.str_of(tag))
                    .map_or(Value::Null, Value::text)),
                // A stage that has ended has been asked for by now.
                None if is_status(rest) && id != OwnerId::Pipeline => {
                    Err(Missing::of_path(path, Why::NotEnded))
                }
                None if stands_in_text(rest) => Err(Missing::of_path(path, Why::Unread)),
                None => Err(Missing::of_path(path, Why::Run)),
            },
        }
    }

    fn tags(&mut self, owner: &View<'a>) -> Option<Value> {
        let tags = owner.value("tags");
        let count = tags.as_ref().map_or(0, |tags| tags.node().entries().len());
        let is_taken = self.take(count.saturating_mul(WORK_PER_VARIABLE));
        let tags = tags.filter(|_| is_taken).map(|tags| tags.entries()).unwrap_or_default();
        let tag = |(key, value): &(Node<'a>, View<'a>)| {
            let text = value.as_str().unwrap_or_default();
            Some((key.as_str()?.to_owned(), Value::text(text)))
        };
        is_taken.then(|| Value::Map(tags.iter().filter_map(tag).collect()))
    }

    pub(super) fn no_such_name(&mut self, path: &str, nearest: Option<String>) -> Evaluated {
        let nearest = nearest.map(|name| match path.rsplit_once('.') {
            Some((start, _)) => format!("{start}.{name}"),
            None => name,
        });
        self.note_missing(path, nearest)
    }

    /// Notes the first name that nothing has.
    fn note_missing(&mut self, path: &str, nearest: Option<String>) -> Evaluated {
        let missing = Missing::of_path(path, Why::NoSuchName { nearest });
        if self.notes.no_such_name.is_none() {
            self.notes.no_such_name = Some(missing.clone());
        }
        Err(missing)
    }

    fn of_child(&mut self, path: &str) -> Evaluated {
        let of_strategy = path.strip_prefix("strategy.");
        match self.variables.value(path, self.used_values) {
            Some(Value::Text(text)) if is_expression(&text) => {
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
                // The engine has more than these in its strategies.
                None if of_strategy.is_some_and(|name| !name.starts_with("iteration")) => {
                    Err(Missing::of_path(path, Why::Unread))
                }
                None => {
                    let nearest = self.variables.nearest(path);
                    self.note_missing(path, nearest)
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
            "matrix" | "repeat" | "strategy" | "for" | "while" => {
                self.depends_on.child = true;
                self.asked.of_child.get_or_insert_with(|| format!("<+{path}>"));
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
        if let Some(flag) = self.status_flag(path) {
            return flag;
        }
        let of_pipeline = |scope: &mut Self, key: &str| match rest {
            "identifier" => scope.of_owner(OwnerId::Pipeline, path, key),
            _ => Err(Missing::of_path(path, Why::Elsewhere)),
        };
        match root {
            "pipeline" => self.of_pipeline(path, rest),
            "project" => of_pipeline(self, "projectIdentifier"),
            "org" => of_pipeline(self, "orgIdentifier"),
            "inputs" => self.input(path, rest),
            "input" if rest.is_empty() => Err(Missing::of_path(path, Why::Input)),
            "service" if rest == "tags" || rest.starts_with("tags.") => {
                self.tags_of_service(path, rest)
            }
            // What a deployment is of stands in the text, but differs between deployments.
            _ if is_kept_elsewhere(root) && !rest.ends_with("dentifier") => {
                Err(Missing::of_path(path, Why::Elsewhere))
            }
            _ if is_made_by_a_run(root) => Err(Missing::of_path(path, Why::Run)),
            _ => Err(Missing::of_path(path, Why::Unread)),
        }
    }
}
