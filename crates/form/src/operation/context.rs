//! Input of an operation: the text as it was read, its form, and the ways into the tree.

use deployline_engine::Schema;
use deployline_span::Span;
use deployline_yaml::edit::{Path, Refusal, Step, Value, check_keys};
use deployline_yaml::{Node, NodeKind};

use super::change_list::{ChangeList, join};
use crate::locks::start_of;
use crate::stage_source::StageSource;
use crate::{Address, DeployForm, Form, Lock, StageForm};

pub(super) const NOT_IN_TEXT: &str = "This is not in the text as it is now.";

pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) source: &'a StageSource<'a>,
    pub(super) form: &'a Form,
}

/// Refuses with the reason of a lock, where there is one.
pub(super) fn check_unlocked(lock: Option<&Lock>) -> Result<(), Refusal> {
    lock.map_or(Ok(()), |lock| Err(lock.clone()))
}

pub(super) fn refuse<T>(reason: &'static str, node: Node<'_>) -> Result<T, Refusal> {
    Err(Refusal { reason, span: start_of(node) })
}

impl<'a> Context<'a> {
    pub(super) fn is_v1(&self) -> bool {
        self.source.schema == Schema::V1
    }

    pub(super) fn root(&self) -> Node<'a> {
        self.source.document.root()
    }

    pub(super) fn not_in_text(&self) -> Refusal {
        Refusal { reason: NOT_IN_TEXT, span: start_of(self.root()) }
    }

    pub(super) fn stage(&self, address: &Address) -> Result<&'a StageForm, Refusal> {
        self.form.stage(address).ok_or_else(|| self.not_in_text())
    }

    pub(super) fn deploy(&self, address: &Address) -> Result<&'a DeployForm, Refusal> {
        let stage = self.stage(address)?;
        stage.deploy.as_ref().ok_or_else(|| match &stage.template {
            Some(lock) => lock.clone(),
            None => Refusal { reason: "This stage deploys nothing.", span: stage.span },
        })
    }

    /// The places of the document that can't be read, with their texts.
    pub(super) fn unread_lines(&self) -> impl Iterator<Item = (Span, &'a str)> {
        let text = self.text;
        let unread = self.source.document.unread();
        unread.map(move |span| (span, text.get(span.range()).unwrap_or_default()))
    }

    /// The text of a place that can't be read, from the start of its line: the key may be read, and its value not.
    pub(super) fn up_to_end_of(&self, unread: Span) -> &'a str {
        let range = unread.range();
        let before = self.text.get(..range.start).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        self.text.get(start..range.end).unwrap_or_default()
    }

    /// The stage's mapping. Refused where one of its keys can't be read: it may be the one that says what
    /// the stage is.
    pub(super) fn stage_node(&self, address: &Address) -> Result<(Path, Node<'a>), Refusal> {
        match self.source.stage(address) {
            Some((path, node)) => {
                check_keys(self.text, self.source.document, node)?;
                Ok((path, node))
            }
            None => match &self.stage(address)?.lock {
                Some(lock) => Err(lock.clone()),
                None => Err(self.not_in_text()),
            },
        }
    }

    /// The mapping that holds services and environments; no node where it is missing.
    pub(super) fn spec(&self, address: &Address) -> Result<(Path, Option<Node<'a>>), Refusal> {
        let (path, node) = self.source.spec(address).ok_or_else(|| self.not_in_text())?;
        if let Some((_, stage)) = self.source.stage(address) {
            check_keys(self.text, self.source.document, stage)?;
        }
        match node {
            Some(node) if node.kind() == NodeKind::Mapping => Ok((path, Some(node))),
            Some(node) if !node.is_null() => refuse("Expected keys and values here.", node),
            _ => Ok((path, None)),
        }
    }
}

/// Adds the `spec` of a stage that has none, with one key.
pub(super) fn add_spec(
    cx: &Context<'_>,
    address: &Address,
    key: &str,
    value: Value,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let (path, stage) = cx.stage_node(address)?;
    put(changes, &path, stage, &["spec", key], Some("type"), value);
    Ok(())
}

/// Sets the value at `keys` below the mapping `node` at `path`; mappings missing on the way are made.
pub(super) fn put(
    changes: &mut ChangeList,
    path: &[Step],
    node: Node<'_>,
    keys: &[&str],
    after: Option<&str>,
    value: Value,
) {
    let Some((key, rest)) = keys.split_first() else { return changes.replace(path, value) };
    let below = |value: Value| {
        rest.iter()
            .rev()
            .fold(value, |value, key| Value::Map(vec![((*key).to_owned().into(), value)]))
    };
    match node.get(key) {
        None => changes.insert_entry(path, after, key, below(value)),
        Some(child) if child.is_null() => changes.replace(&join(path, &[key]), below(value)),
        Some(child) => put(changes, &join(path, &[key]), child, rest, None, value),
    }
}

/// Takes the value at `keys` away, and the mappings that hold nothing else.
pub(super) fn clear(changes: &mut ChangeList, path: &[Step], node: Node<'_>, keys: &[&str]) {
    let mut last_shared = 0;
    let mut at = node;
    for (depth, key) in keys.iter().enumerate() {
        if at.entries().len() > 1 {
            last_shared = depth;
        }
        match at.get(key) {
            Some(child) => at = child,
            None => return,
        }
    }
    changes.remove(&join(path, &keys[..=last_shared]));
}
