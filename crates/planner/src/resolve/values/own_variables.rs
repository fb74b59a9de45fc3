//! Values of the variables of a pipeline or a stage: `pipeline.variables.x`, `stage.variables.x`.

use super::owners::OwnerId;
use super::scope::ReaderScope;
use super::table::{State, number};
use crate::expression::{Evaluated, Missing, Scope, Value, Why, is_expression};
use crate::resolve::runtime_input::{self, is_input};
use crate::resolve::view::View;

impl<'a> ReaderScope<'_, '_, 'a> {
    /// The value of a variable that the pipeline or a stage has.
    pub(super) fn variable(&mut self, id: OwnerId, path: &str, name: &str) -> Evaluated {
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
        let own = std::mem::replace(&mut self.depends_on, outer);
        self.depends_on = own.and(outer);
        let is_shared = !own.child && !own.outcome && (!own.stage || id != OwnerId::Pipeline);
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
        let value = if is_expression(text) { self.nested(text, stage)? } else { Value::text(text) };
        match (item.str_of("type"), value) {
            (Some("Number"), Value::Text(text)) => Ok(number(text)),
            (_, value) => Ok(value),
        }
    }
}
