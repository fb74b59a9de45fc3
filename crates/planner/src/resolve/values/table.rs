//! The variables of a pipeline or a stage, by name: each is evaluated once.

use deployline_map::Map;
use deployline_yaml::NodeKind;

use crate::expression::{Evaluated, Number, Value};
use crate::resolve::view::View;
use crate::spelling::closest_word;

/// Variables by name. Of several with one name, the first counts.
pub(super) struct VariableTable<'a> {
    by_name: Map<&'a str, usize>,
    variables: Vec<Variable<'a>>,
    /// `true` where there may be others.
    pub(super) is_open: bool,
}

pub(super) struct Variable<'a> {
    /// `{name: x, type: String, value: …}`
    pub(super) item: View<'a>,
    pub(super) state: State,
}

pub(super) enum State {
    New,
    /// It is being evaluated: whatever needs it now leads back to it.
    InWork,
    Known(Evaluated),
}

impl<'a> VariableTable<'a> {
    pub(super) fn new(list: Option<View<'a>>, is_open: bool) -> Self {
        let is_list = list.as_ref().is_none_or(|list| list.kind() == NodeKind::Sequence);
        let mut by_name = Map::new();
        let mut variables = Vec::new();
        for item in list.map(|list| list.items()).unwrap_or_default() {
            let Some(name) = item.str_of("name") else { continue };
            by_name.or_insert_with(name, || variables.len());
            variables.push(Variable { item, state: State::New });
        }
        Self { by_name, variables, is_open: is_open || !is_list }
    }

    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(super) fn variable(&mut self, index: usize) -> &mut Variable<'a> {
        &mut self.variables[index]
    }

    /// The name that is spelt like `name`.
    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        closest_word(name, &mut self.by_name.keys().copied())
    }
}

/// The value of a variable of the type `Number`; as it is written, if that says more.
pub(super) fn number(text: String) -> Value {
    match Number::from_text(&text).filter(|number| number.to_string() == text) {
        Some(number) => Value::Number(number),
        None => Value::Text(text),
    }
}
