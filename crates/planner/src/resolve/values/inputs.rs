//! Values of inputs of the newer schema: `inputs.NAME`.

use deployline_yaml::NodeKind;

use super::owners::OwnerId;
use super::scope::{ReaderScope, WORK_PER_VARIABLE};
use super::table::number;
use crate::expression::{Evaluated, Missing, Scope, Value, Why, is_expression};
use crate::resolve::view::View;
use crate::spelling::closest_word;

impl<'a> ReaderScope<'_, '_, 'a> {
    /// The value of an input of the newer schema: that of an input set, else its default.
    pub(super) fn input(&mut self, path: &str, name: &str) -> Evaluated {
        let owner = self.values.owner(OwnerId::Pipeline).map(|owner| owner.view.clone());
        let Some(owner) = owner else { return Err(Missing::of_path(path, Why::Elsewhere)) };
        let inputs = owner.value("inputs");
        let Some(input) = inputs.as_ref().and_then(|inputs| inputs.get(name)) else {
            let count = inputs.as_ref().map_or(0, |inputs| inputs.node().entries().len());
            if !self.take(count.saturating_mul(WORK_PER_VARIABLE)) {
                return Err(Missing::of_path(path, Why::TooLong));
            }
            let names = inputs.iter().flat_map(|inputs| inputs.node().entries());
            let nearest = closest_word(name, &mut names.filter_map(|(key, _)| key.as_str()));
            return self.no_such_name(path, nearest.map(str::to_owned));
        };
        let given = self.entities.newer_inputs.get(name).map(|(_, value)| View::from(*value));
        let Some(written) = given.or_else(|| input.value("default")) else {
            return Err(Missing::of_path(path, Why::Input));
        };
        let is_number = input.str_of("type") == Some("number");
        match (written.as_str(), written.kind()) {
            (Some(text), _) if is_expression(text) => self.nested(text, OwnerId::Pipeline),
            (Some(text), _) if is_number => Ok(number(text.to_owned())),
            (Some(text), _) => Ok(Value::text(text)),
            (None, NodeKind::Sequence) => self.list(&written, path),
            (None, _) => Err(Missing::of_path(path, Why::Unread)),
        }
    }

    /// The texts of a list.
    fn list(&mut self, list: &View<'a>, path: &str) -> Evaluated {
        if !self.take(list.item_count().saturating_mul(WORK_PER_VARIABLE)) {
            return Err(Missing::of_path(path, Why::TooLong));
        }
        let texts = list.items().into_iter().map(|item| item.as_str().map(Value::text));
        let texts: Option<Vec<Value>> = texts.collect();
        texts.map(Value::List).ok_or_else(|| Missing::of_path(path, Why::Unread))
    }
}
