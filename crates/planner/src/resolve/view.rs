//! A node as it counts in a run: inputs filled in, own keys put over taken ones.
//!
//! ```text
//!            overrides keys written beside `useFromStage`
//! value  =   fills     what input sets or `templateInputs` give for each `<+input>`
//!            node      what is written
//! ```
//!
//! In the newer schema, `${{ inputs.list }}` stands for the list or mapping that the input has.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use std::rc::Rc;

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{Node, NodeKind};

use super::named_inputs::NamedInputs;
use super::runtime_input;
use crate::expression;
use crate::inputs::ANSWERS;

/// A node as it counts in a run: a node of the text with what input sets, templates, other stages
/// and the viewer put over it.
// Most have nothing over them, so that a view is hardly more than its node.
#[derive(Clone)]
pub struct View<'a> {
    node: Node<'a>,
    layers: Option<Rc<Layers<'a>>>,
    /// Inputs that are lists or mappings: they take the place of the expressions that name them.
    named: Option<Rc<NamedInputs<'a>>>,
}

#[derive(Clone, Default)]
struct Layers<'a> {
    /// The first that has a value counts.
    fills: Vec<View<'a>>,
    overrides: Option<View<'a>>,
    /// The `<+input>` whose place it took.
    in_place_of: Option<Node<'a>>,
}

impl<'a> From<Node<'a>> for View<'a> {
    fn from(node: Node<'a>) -> Self {
        Self { node, layers: None, named: None }
    }
}

impl<'a> View<'a> {
    /// The same with every `<+input>` replaced by what stands at its path in the first of `fills`
    /// that has a value there.
    pub(super) fn filled_by(self, fills: impl IntoIterator<Item = View<'a>>) -> Self {
        let fills: Vec<View<'a>> = fills.into_iter().collect();
        if fills.is_empty() { self } else { self.with(|layers| layers.fills = fills) }
    }

    /// The same with the keys of `own` in place of its own.
    pub(super) fn overridden_by(self, own: View<'a>) -> Self {
        self.with(|layers| layers.overrides = Some(own))
    }

    fn with(self, change: impl FnOnce(&mut Layers<'a>)) -> Self {
        let mut layers = self.layers.as_deref().cloned().unwrap_or_default();
        change(&mut layers);
        Self { layers: Some(Rc::new(layers)), ..self }
    }

    /// The same with the lists and mappings that inputs have in place of the expressions that name them.
    pub(super) fn with_inputs(self, named: Option<Rc<NamedInputs<'a>>>) -> Self {
        Self { named, ..self }
    }

    /// The view of a node inside this one, with the first of `fills` that has a value there.
    fn inside(&self, node: Node<'a>, fills: impl Iterator<Item = View<'a>>) -> View<'a> {
        let view = fill_in(node, fills);
        let Some(named) = self.named.as_ref().filter(|_| view.in_place_of().is_none()) else {
            return view;
        };
        match named.of(node) {
            Some(given) => View::from(given).with(|layers| layers.in_place_of = Some(node)),
            None => view.with_inputs(Some(Rc::clone(named))),
        }
    }

    fn fills(&self) -> &[View<'a>] {
        self.layers.as_ref().map_or(&[], |layers| &layers.fills)
    }

    fn overrides(&self) -> Option<&View<'a>> {
        self.layers.as_ref()?.overrides.as_ref()
    }

    /// The node that counts: inputs and overrides of the entries inside it are not applied.
    pub fn node(&self) -> Node<'a> {
        self.node
    }

    /// Span of the node that counts.
    pub fn span(&self) -> Span {
        self.node.span()
    }

    /// Kind of the node.
    pub fn kind(&self) -> NodeKind {
        self.node.kind()
    }

    /// Returns `true` where nothing is written and nothing put over it.
    pub fn is_null(&self) -> bool {
        self.node.is_null() && self.overrides().is_none()
    }

    /// A scalar's value as text.
    pub fn as_str(&self) -> Option<&'a str> {
        self.node.as_str()
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        self.node.as_bool()
    }

    /// The expression that an input set, a template input or the viewer replaced by this.
    pub fn in_place_of(&self) -> Option<Node<'a>> {
        self.layers.as_ref()?.in_place_of
    }

    /// Returns `true` where this is written in this place and nowhere else: no alias shares it, and no
    /// input, template or other stage gave it.
    pub(super) fn is_own(&self) -> bool {
        !self.node.is_aliased() && self.in_place_of().is_none()
    }

    /// The value of `key`, null or not.
    pub fn get(&self, key: &str) -> Option<View<'a>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Place of a key, or of the mapping that should have it.
    pub(super) fn key_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span(), |(key, _)| key.span())
    }

    /// Place of the first key of a mapping, to point at for something that is missing in it.
    pub(super) fn first_key_span(&self) -> Span {
        self.node.entries().next().map_or(self.span(), |(key, _)| key.span())
    }

    /// Number of items of a list, without reading them.
    pub(super) fn item_count(&self) -> usize {
        self.node.items().len()
    }

    /// Key and value of `key`.
    pub fn entry(&self, key: &str) -> Option<(Node<'a>, View<'a>)> {
        let under = self.node.entry(key).map(|(k, node)| {
            (k, self.inside(node, self.fills().iter().filter_map(|fills| fills.get(key))))
        });
        match self.overrides() {
            None => under,
            Some(own) => over(under, own.entry(key)),
        }
    }

    /// The value of `key`, unless there is nothing behind it.
    pub fn value(&self, key: &str) -> Option<View<'a>> {
        self.get(key).filter(|value| !value.is_null())
    }

    /// The mapping with `useFromStage`: this one, or what fills the inputs that it leaves open.
    pub(super) fn taker(&self) -> Option<View<'a>> {
        let takes = |view: &&View<'a>| view.value("useFromStage").is_some();
        std::iter::once(self).chain(self.fills()).find(takes).cloned()
    }

    /// `useFromStage`, written here or given by an input set or a template's inputs.
    pub fn use_from_stage(&self) -> Option<View<'a>> {
        self.taker()?.value("useFromStage")
    }

    /// The text of `key`.
    pub fn str_of(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str()
    }

    /// Follows keys down.
    pub fn at(&self, path: &[&str]) -> Option<View<'a>> {
        path.iter().try_fold(self.clone(), |view, key| view.value(key))
    }

    /// Keys and values in the order of the text.
    pub fn entries(&self) -> Vec<(Node<'a>, View<'a>)> {
        let fills: Vec<_> = self.fills().iter().map(|fills| ByKey::new(fills.entries())).collect();
        let overrides = ByKey::new(self.overrides().map(View::entries).unwrap_or_default());
        let values = ByKey::new(self.node.entries().collect());
        let entry = |key: &str| {
            let (k, node) = *values.get(key)?;
            let fills = fills.iter().filter_map(|fills| Some(fills.get(key)?.1.clone()));
            over(Some((k, self.inside(node, fills))), overrides.get(key).cloned())
        };
        self.node.entries().filter_map(|(key, _)| entry(key.as_str()?)).collect()
    }

    /// The items of a list. Those with an identifying key are matched by it, others by position.
    pub fn items(&self) -> Vec<View<'a>> {
        self.first_items(usize::MAX)
    }

    /// The first items of a list.
    pub(super) fn first_items(&self, most: usize) -> Vec<View<'a>> {
        let fills: Vec<ByIdentity<'a>> =
            self.fills().iter().map(|fill| ByIdentity::new(fill.items())).collect();
        let of =
            |(i, item)| self.inside(item, fills.iter().filter_map(move |of| of.matching(item, i)));
        self.node.items().take(most).enumerate().map(of).collect()
    }
}

/// An entry with its override, which wins.
fn over<'a>(
    under: Option<(Node<'a>, View<'a>)>,
    own: Option<(Node<'a>, View<'a>)>,
) -> Option<(Node<'a>, View<'a>)> {
    match (under, own) {
        (None, own) => own,
        (under, None) => under,
        (under, Some((_, own))) if own.is_null() => under,
        (Some((_, under)), Some((k, own))) => {
            let both = [&under, &own].map(|view| view.kind());
            let deep = both == [NodeKind::Mapping, NodeKind::Mapping];
            Some((k, if deep { under.overridden_by(own) } else { own }))
        }
    }
}

/// All entries of a mapping by key, since looking up each would take the square of their number. Of
/// a key written twice, the last one counts.
struct ByKey<'a, V> {
    entries: Vec<(Node<'a>, V)>,
    places: Map<&'a str, usize>,
}

impl<'a, V> ByKey<'a, V> {
    fn new(entries: Vec<(Node<'a>, V)>) -> Self {
        let mut places = Map::new();
        for (place, (key, _)) in entries.iter().enumerate() {
            if let Some(key) = key.as_str() {
                places.insert(key, place);
            }
        }
        Self { entries, places }
    }

    fn get(&self, key: &str) -> Option<&(Node<'a>, V)> {
        self.entries.get(*self.places.get(key)?)
    }
}

fn fill_in<'a>(node: Node<'a>, fills: impl Iterator<Item = View<'a>>) -> View<'a> {
    let is_input = |text: Option<&str>| text.is_some_and(runtime_input::is_input);
    let mut fills = fills.filter(|fill| !fill.is_null()).peekable();
    let Some(first) = fills.peek() else { return node.into() };
    let is_open = match first.span().source {
        // What an expression yields at last, the viewer may say as well.
        ANSWERS => node.as_str().is_some_and(expression::is_expression),
        _ => is_input(node.as_str()),
    };
    if !is_open {
        return View::from(node).filled_by(fills);
    }
    // An input set that leaves this input open leaves it to the others.
    let first = fills.next();
    let given = first.clone().into_iter().chain(fills).find(|fill| !is_input(fill.as_str()));
    match given.or(first) {
        None => node.into(),
        Some(fill) => fill.with(|layers| layers.in_place_of = Some(node)),
    }
}

/// The items of a list that fills another, by what they are known by: searching all of them for each
/// item would take the square of their number. Of several with one name, the first counts.
pub(super) struct ByIdentity<'a> {
    items: Vec<View<'a>>,
    by_name: Map<&'a str, usize>,
    /// Parallel groups, by each stage in them.
    by_member: Map<&'a str, usize>,
}

impl<'a> ByIdentity<'a> {
    pub(super) fn new(items: Vec<View<'a>>) -> Self {
        let (mut by_name, mut by_member) = (Map::new(), Map::new());
        for (index, item) in items.iter().enumerate() {
            if let Some(name) = identity(item.node) {
                by_name.or_insert_with(name, || index);
            }
            let group = item.node.get("parallel").into_iter();
            for member in group.flat_map(Node::items).filter_map(identity) {
                by_member.or_insert_with(member, || index);
            }
        }
        Self { items, by_name, by_member }
    }

    /// The item that fills `item`.
    fn matching(&self, item: Node<'a>, position: usize) -> Option<View<'a>> {
        self.index_of(item, position).map(|index| self.items[index].clone())
    }

    /// Index of the item that fills `item`: a parallel group is known by any stage in it.
    pub(super) fn index_of(&self, item: Node<'a>, position: usize) -> Option<usize> {
        let group = item.get("parallel").filter(|group| group.kind() == NodeKind::Sequence);
        if let Some(group) = group {
            let members = group.items().filter_map(identity);
            return members.filter_map(|member| self.by_member.get(member)).min().copied();
        }
        let at_position = self.items.get(position).map(|_| position);
        match identity(item) {
            // The viewer may say what the name itself is, and then the position counts.
            Some(name) if expression::is_expression(name) => at_position
                .filter(|index| self.items[*index].span().source == ANSWERS)
                .or_else(|| self.named(name)),
            Some(name) => self.named(name),
            None => at_position,
        }
    }

    fn named(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

/// Name by which an item of a list is known.
fn identity(item: Node<'_>) -> Option<&str> {
    identity_of(item).map(|identity| identity.name)
}

/// Key and name by which an item of a list is known in an input set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The key around it, as in `- stage:`.
    pub wrapper: Option<&'static str>,
    /// The key of its name.
    pub key: &'static str,
    /// Its name.
    pub name: &'a str,
}

/// Identity of an item of a list; `None` where only its position counts.
pub fn identity_of(item: Node<'_>) -> Option<Identity<'_>> {
    let inner = ["stage", "step", "stepGroup"].iter().find_map(|key| Some((*key, item.get(key)?)));
    let (wrapper, inner) = inner.map_or((None, item), |(key, inner)| (Some(key), inner));
    let (key, name) = ["identifier", "serviceRef", "environmentRef", "name", "id"]
        .into_iter()
        .find_map(|key| Some((key, inner.get(key)?.as_str()?)))?;
    // A name that is itself an input matches nothing: then the position counts.
    (!runtime_input::is_input(name)).then_some(Identity { wrapper, key, name })
}
