//! An input set: each answer at its path, stages and items of lists known by name where they have
//! one, else by their position.

use deployline_planner::{Identity, View, identity_of, is_expression};
use deployline_yaml::write::Value;
use deployline_yaml::{Node, NodeKind};

use super::document::{AnswerDocuments, Audience, answer, is_document};
use crate::names;
use crate::open_place::{AnswerTarget, OpenPlace};
use crate::path::Step;
use crate::question::{ListOf, ValueKind};

/// `pipeline:` with all answers that an input set can hold; `None` without any.
pub(super) fn pipeline(
    found: &[OpenPlace<'_>],
    audience: Audience,
    out: &mut AnswerDocuments,
) -> Option<Value> {
    let mut root = Branch::Nothing;
    for found in found.iter().filter(|found| !is_document(found)) {
        let Some(answer) = answer(found) else { continue };
        let AnswerTarget::Path { path, kind, is_input } = &found.target else { continue };
        // The planner has the flags already.
        if found.input.axis.is_some() && audience == Audience::Planner {
            continue;
        }
        if !is_input && audience == Audience::People {
            out.left_out += 1;
            continue;
        }
        let Some(value) = value(*kind, answer) else { continue };
        out.included.push(found.input.key.clone());
        out.included_flags.extend(found.input.axis.clone());
        root.put(path, Value::WithSource(Box::new(value), found.input.span));
    }
    (!matches!(root, Branch::Nothing)).then(|| root.into_tree())
}

/// An input set with this `pipeline:`.
pub(super) fn around(identifier: Option<&str>, pipeline: Value) -> Value {
    let mut entries = Vec::new();
    if let Some(identifier) = identifier {
        entries.push(("identifier".into(), Value::text(identifier)));
    }
    if let Value::Map(own) = pipeline {
        entries.extend(own);
    }
    Value::map([
        ("name", Value::text("Given by hand")),
        ("identifier", Value::text("given_by_hand")),
        ("pipeline", Value::Map(entries)),
    ])
}

/// An answer as it is written; `None` where it means nothing.
fn value(kind: ValueKind, answer: &str) -> Option<Value> {
    let answer = answer.trim();
    match kind {
        ValueKind::Name | ValueKind::Word(_) => (!answer.is_empty()).then(|| Value::text(answer)),
        ValueKind::Number(least) => {
            let number: u32 = answer.parse().ok().filter(|number| *number >= least)?;
            Some(Value::word(number.to_string()))
        }
        ValueKind::Flag | ValueKind::Parallel(_) => {
            matches!(answer, "true" | "false").then(|| Value::word(answer.to_owned()))
        }
        ValueKind::List(of) => list(of, answer),
        ValueKind::Nothing => None,
    }
}

fn list(of: ListOf, answer: &str) -> Option<Value> {
    let all = |placeholder, item: &dyn Fn(String) -> Value| {
        let items: Vec<Value> = names(answer, placeholder).into_iter().map(item).collect();
        (!items.is_empty()).then_some(Value::List(items))
    };
    match of {
        ListOf::Services => all("service", &|name| Value::map([("serviceRef", Value::Text(name))])),
        ListOf::Infrastructures => {
            all("infrastructure", &|name| Value::map([("identifier", Value::Text(name))]))
        }
        ListOf::Environments => {
            let items = environments(answer);
            (!items.is_empty()).then_some(Value::List(items))
        }
        ListOf::OneEnvironment => environments(answer).into_iter().next(),
        ListOf::ServiceNames => all("service", &Value::Text),
        ListOf::InfrastructureNames => all("infrastructure", &Value::Text),
        ListOf::Values => all("value", &Value::Text),
        ListOf::Parallelism => {
            let number: u32 = answer.parse().ok().filter(|number| *number >= 1)?;
            Some(Value::map([("parallelism", Value::word(number.to_string()))]))
        }
    }
}

/// `prod/eu, prod/us, test`: environments with some of their infrastructures, or with all.
fn environments(answer: &str) -> Vec<Value> {
    let mut by_name: Vec<(String, Vec<Value>)> = Vec::new();
    for name in names(answer, "environment") {
        let (environment, infrastructure) = match name.split_once('/') {
            Some((environment, infrastructure)) => (environment.to_owned(), Some(infrastructure)),
            None => (name.clone(), None),
        };
        let at = by_name.iter().position(|(known, _)| *known == environment);
        let at = at.unwrap_or_else(|| {
            by_name.push((environment, Vec::new()));
            by_name.len() - 1
        });
        let identifier = |name: &str| Value::map([("identifier", Value::text(name.trim()))]);
        by_name[at].1.extend(infrastructure.map(identifier));
    }
    let environment = |(name, infrastructures): (String, Vec<Value>)| {
        let name = ("environmentRef", Value::Text(name));
        const KEY: &str = "infrastructureDefinitions";
        if infrastructures.is_empty() {
            // The product writes "all of them" in this way.
            let all = ("deployToAll", Value::word("true"));
            return Value::map([name, all, (KEY, Value::text("<+input>"))]);
        }
        Value::map([name, (KEY, Value::List(infrastructures))])
    };
    by_name.into_iter().map(environment).collect()
}

/// A tree of answers that still knows the lists of the text.
enum Branch<'a> {
    Nothing,
    Leaf(Value),
    Keys(Vec<(&'a str, Branch<'a>)>),
    /// The list, and some of its items by position, in order.
    Items(View<'a>, Vec<(usize, Branch<'a>)>),
    Only(View<'a>, Box<Branch<'a>>),
}

impl<'a> Branch<'a> {
    fn put(&mut self, path: &[Step<'a>], value: Value) {
        let Some((step, rest)) = path.split_first() else {
            *self = Self::Leaf(value);
            return;
        };
        if matches!(self, Self::Nothing) {
            *self = match step {
                Step::Key(_) => Self::Keys(Vec::new()),
                Step::Item { list, .. } => Self::Items(list.clone(), Vec::new()),
                Step::Only(stage) => Self::Only(stage.clone(), Box::new(Self::Nothing)),
            };
        }
        match (self, step) {
            (Self::Keys(entries), Step::Key(key)) => {
                let at = entries.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
                    entries.push((key, Self::Nothing));
                    entries.len() - 1
                });
                entries[at].1.put(rest, value);
            }
            (Self::Items(_, items), Step::Item { index, .. }) => {
                let at = items.iter().rposition(|(own, _)| own == index).unwrap_or_else(|| {
                    let at = items.partition_point(|(own, _)| own < index);
                    items.insert(at, (*index, Self::Nothing));
                    at
                });
                items[at].1.put(rest, value);
            }
            (Self::Only(_, inner), Step::Only(_)) => inner.put(rest, value),
            // One place of a text never has steps of two kinds.
            _ => {}
        }
    }

    fn into_tree(self) -> Value {
        match self {
            Self::Nothing => Value::word("null"),
            Self::Leaf(tree) => tree,
            Self::Keys(entries) => {
                let entry = |(key, value): (&str, Self)| (key.to_owned().into(), value.into_tree());
                Value::Map(entries.into_iter().map(entry).collect())
            }
            Self::Items(list, items) => Value::List(listed(&list, items)),
            Self::Only(stage, inner) => {
                let mut item = inner.into_tree();
                let own = std::mem::replace(item.entry("stage"), Value::Map(Vec::new()));
                *item.entry("stage") = with_name(own, identity_of(stage.node()));
                Value::List(vec![item])
            }
        }
    }
}

/// The items of a list as far as answers need them.
fn listed<'a>(list: &View<'a>, items: Vec<(usize, Branch<'a>)>) -> Vec<Value> {
    let all: Vec<Node<'a>> = list.node().items().collect();
    let counts = |item: &Node<'a>| {
        !is_group(*item) && identity_of(*item).is_none_or(|identity| is_expression(identity.name))
    };
    if !all.iter().any(counts) {
        let named = |(index, branch): (usize, Branch<'a>)| {
            with_name(branch.into_tree(), all.get(index).copied().and_then(identity_of))
        };
        return items.into_iter().map(named).collect();
    }
    // Where the position counts, those before it have to be there.
    let last = items.last().map_or(0, |(index, _)| *index);
    let mut items = items.into_iter().peekable();
    let item = |(index, node): (usize, &Node<'a>)| {
        let branch = items.next_if(|(own, _)| *own == index);
        let branch = branch.map_or(Branch::Nothing, |(_, branch)| branch);
        with_name(branch.into_tree(), identity_of(*node).filter(|_| !is_group(*node)))
    };
    all.iter().enumerate().take(last + 1).map(item).collect()
}

/// `- parallel:`, which is known by its members.
fn is_group(item: Node<'_>) -> bool {
    item.get("parallel").is_some_and(|group| group.kind() == NodeKind::Sequence)
}

/// An item with the key by which it is known, first.
fn with_name(item: Value, identity: Option<Identity<'_>>) -> Value {
    let Some(Identity { wrapper, key, name }) = identity else { return item };
    let mut item = if matches!(item, Value::Map(_)) { item } else { Value::Map(Vec::new()) };
    let inner = match wrapper {
        Some(wrapper) => item.entry(wrapper),
        None => &mut item,
    };
    if let Value::Map(entries) = inner
        && !entries.iter().any(|(own, _)| own == key)
    {
        entries.insert(0, (key.to_owned().into(), Value::text(name)));
    }
    item
}
