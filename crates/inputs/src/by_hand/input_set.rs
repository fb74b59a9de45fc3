//! An input set: each answer at its path, stages and items of lists known by name where they have
//! one, else by their position.

use deployline_planner::{Identity, View, identity_of, is_expression};
use deployline_yaml::{Node, NodeKind};

use super::{ByHand, Reader, answer, is_document};
use crate::asked::{Asked, ListOf};
use crate::names;
use crate::path::Step;
use crate::tree::Tree;
use crate::walk::{Found, Settles};

/// `pipeline:` with all answers that an input set can hold; `None` without any.
pub(super) fn pipeline(found: &[Found<'_>], reader: Reader, made: &mut ByHand) -> Option<Tree> {
    let mut root = Branch::Nothing;
    for found in found.iter().filter(|found| !is_document(found)) {
        let Some(answer) = answer(found) else { continue };
        let Settles::Path { path, asked, is_input } = &found.settles else { continue };
        // The planner has the flags already.
        if found.input.axis.is_some() && reader == Reader::Planner {
            continue;
        }
        if !is_input && reader == Reader::People {
            made.stays += 1;
            continue;
        }
        let Some(value) = value(*asked, answer) else { continue };
        made.holds.push(found.input.key.clone());
        made.holds_flags.extend(found.input.axis.clone());
        root.put(path, Tree::Answer(found.input.span, Box::new(value)));
    }
    (!matches!(root, Branch::Nothing)).then(|| root.into_tree())
}

/// An input set with this `pipeline:`.
pub(super) fn around(identifier: Option<&str>, pipeline: Tree) -> Tree {
    let mut entries = Vec::new();
    if let Some(identifier) = identifier {
        entries.push(("identifier".to_owned(), Tree::text(identifier)));
    }
    if let Tree::Map(own) = pipeline {
        entries.extend(own);
    }
    Tree::map([
        ("name", Tree::text("Given by hand")),
        ("identifier", Tree::text("given_by_hand")),
        ("pipeline", Tree::Map(entries)),
    ])
}

/// An answer as it is written; `None` where it means nothing.
fn value(asked: Asked, answer: &str) -> Option<Tree> {
    let answer = answer.trim();
    match asked {
        Asked::Name | Asked::Word(_) => (!answer.is_empty()).then(|| Tree::text(answer)),
        Asked::Number(least) => {
            let number: u32 = answer.parse().ok().filter(|number| *number >= least)?;
            Some(Tree::Plain(number.to_string()))
        }
        Asked::Flag | Asked::Parallel(_) => {
            matches!(answer, "true" | "false").then(|| Tree::Plain(answer.to_owned()))
        }
        Asked::List(of) => list(of, answer),
        Asked::Nothing => None,
    }
}

fn list(of: ListOf, answer: &str) -> Option<Tree> {
    let all = |stand_in, item: &dyn Fn(String) -> Tree| {
        let items: Vec<Tree> = names(answer, stand_in).into_iter().map(item).collect();
        (!items.is_empty()).then_some(Tree::List(items))
    };
    match of {
        ListOf::Services => all("service", &|name| Tree::map([("serviceRef", Tree::Text(name))])),
        ListOf::Infrastructures => {
            all("infrastructure", &|name| Tree::map([("identifier", Tree::Text(name))]))
        }
        ListOf::Environments => {
            let items = environments(answer);
            (!items.is_empty()).then_some(Tree::List(items))
        }
        ListOf::OneEnvironment => environments(answer).into_iter().next(),
        ListOf::ServiceNames => all("service", &Tree::Text),
        ListOf::InfrastructureNames => all("infrastructure", &Tree::Text),
        ListOf::Values => all("value", &Tree::Text),
        ListOf::Parallelism => {
            let number: u32 = answer.parse().ok().filter(|number| *number >= 1)?;
            Some(Tree::map([("parallelism", Tree::Plain(number.to_string()))]))
        }
    }
}

/// `prod/eu, prod/us, test`: environments with some of their infrastructures, or with all.
fn environments(answer: &str) -> Vec<Tree> {
    let mut by_name: Vec<(String, Vec<Tree>)> = Vec::new();
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
        let identifier = |name: &str| Tree::map([("identifier", Tree::text(name.trim()))]);
        by_name[at].1.extend(infrastructure.map(identifier));
    }
    let environment = |(name, infrastructures): (String, Vec<Tree>)| {
        let place = match infrastructures.is_empty() {
            true => ("deployToAll", Tree::Plain("true".to_owned())),
            false => ("infrastructureDefinitions", Tree::List(infrastructures)),
        };
        Tree::map([("environmentRef", Tree::Text(name)), place])
    };
    by_name.into_iter().map(environment).collect()
}

/// A tree of answers that still knows the lists of the text.
enum Branch<'a> {
    Nothing,
    Leaf(Tree),
    Keys(Vec<(&'a str, Branch<'a>)>),
    /// The list, and some of its items by position, in order.
    Items(View<'a>, Vec<(usize, Branch<'a>)>),
    Only(View<'a>, Box<Branch<'a>>),
}

impl<'a> Branch<'a> {
    fn put(&mut self, path: &[Step<'a>], value: Tree) {
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
            // The text is one thing or the other at one place.
            _ => {}
        }
    }

    fn into_tree(self) -> Tree {
        match self {
            Self::Nothing => Tree::Plain("null".to_owned()),
            Self::Leaf(tree) => tree,
            Self::Keys(entries) => {
                let entry = |(key, value): (&str, Self)| (key.to_owned(), value.into_tree());
                Tree::Map(entries.into_iter().map(entry).collect())
            }
            Self::Items(list, items) => Tree::List(listed(&list, items)),
            Self::Only(stage, inner) => {
                let mut item = inner.into_tree();
                let own = std::mem::replace(item.entry("stage"), Tree::Map(Vec::new()));
                *item.entry("stage") = with_name(own, identity_of(stage.node()));
                Tree::List(vec![item])
            }
        }
    }
}

/// The items of a list as far as answers need them.
fn listed<'a>(list: &View<'a>, items: Vec<(usize, Branch<'a>)>) -> Vec<Tree> {
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
fn with_name(item: Tree, identity: Option<Identity<'_>>) -> Tree {
    let Some(Identity { wrapper, key, name }) = identity else { return item };
    let mut item = if matches!(item, Tree::Map(_)) { item } else { Tree::Map(Vec::new()) };
    let inner = match wrapper {
        Some(wrapper) => item.entry(wrapper),
        None => &mut item,
    };
    if let Tree::Map(entries) = inner
        && !entries.iter().any(|(own, _)| own == key)
    {
        entries.insert(0, (key.to_owned(), Tree::text(name)));
    }
    item
}
