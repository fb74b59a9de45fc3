//! Values of inputs of the newer schema: `inputs.NAME`.

use deployline_yaml::{Node, NodeKind};

use super::owners::OwnerId;
use super::scope::{ReaderScope, WORK_PER_VARIABLE};
use super::table::number;
use crate::expression::{Evaluated, Missing, Scope, Value, Why, is_expression};
use crate::resolve::named_inputs;
use crate::spelling::closest_word;

impl<'a> ReaderScope<'_, '_, 'a> {
    /// The value of an input of the newer schema: that of an input set, else its default.
    pub(super) fn input(&mut self, path: &str, name: &str) -> Evaluated {
        let owner = self.values.owner(OwnerId::Pipeline).map(|owner| owner.view.clone());
        let Some(owner) = owner else { return Err(Missing::of_path(path, Why::Elsewhere)) };
        let inputs = owner.value("inputs");
        let (first, keys) =
            name.split_once('.').map_or((name, None), |(it, rest)| (it, Some(rest)));
        let Some(input) = inputs.as_ref().and_then(|inputs| inputs.node().get(first)) else {
            let count = inputs.as_ref().map_or(0, |inputs| inputs.node().entries().len());
            if !self.take(count.saturating_mul(WORK_PER_VARIABLE)) {
                return Err(Missing::of_path(path, Why::TooLong));
            }
            let names = inputs.iter().flat_map(|inputs| inputs.node().entries());
            let nearest = closest_word(first, &mut names.filter_map(|(key, _)| key.as_str()));
            return self.no_such_name(&format!("inputs.{first}"), nearest.map(str::to_owned));
        };
        let Some(written) = named_inputs::value(first, input, &self.entities.newer_inputs) else {
            return Err(Missing::of_path(path, Why::Input));
        };
        let below = keys.into_iter().flat_map(|keys| keys.split('.'));
        let Some(written) = below.into_iter().try_fold(written, |node, key| node.get(key)) else {
            return self.no_such_name(path, None);
        };
        let is_number =
            keys.is_none() && input.get("type").and_then(Node::as_str) == Some("number");
        match written.as_str() {
            Some(text) if is_expression(text) => self.nested_input(first, text, path),
            Some(text) if is_number => Ok(number(text.to_owned())),
            Some(text) => Ok(Value::text(text)),
            None => self.tree(written).ok_or_else(|| Missing::of_path(path, Why::TooLong)),
        }
    }

    /// The value of an input that is an expression itself.
    fn nested_input(&mut self, name: &str, text: &str, path: &str) -> Evaluated {
        if self.values.open_inputs.iter().any(|open| open == name) {
            return Err(Missing::of_path(path, Why::Loop));
        }
        self.values.open_inputs.push(name.to_owned());
        let value = self.nested(text, OwnerId::Pipeline);
        self.values.open_inputs.pop();
        value
    }

    /// A list or a mapping with all that is in it; `None` where it is too large. The text's own budget of depth
    /// bounds the recursion.
    fn tree(&mut self, node: Node<'a>) -> Option<Value> {
        if !self.take(WORK_PER_VARIABLE) {
            return None;
        }
        match node.kind() {
            NodeKind::Null => Some(Value::Null),
            NodeKind::Scalar => Some(Value::text(node.as_str().unwrap_or_default())),
            NodeKind::Sequence => {
                let items: Option<_> = node.items().map(|item| self.tree(item)).collect();
                items.map(Value::List)
            }
            NodeKind::Mapping => {
                let entry = |(key, value): (Node<'a>, Node<'a>)| {
                    Some((key.as_str()?.to_owned(), self.tree(value)?))
                };
                let entries: Option<_> = node.entries().map(entry).collect();
                entries.map(Value::Map)
            }
        }
    }
}
