//! Variables that a looping strategy gives each of its children: `<+matrix.service>`,
//! `<+repeat.item>`, `<+strategy.iteration>`.
//!
//! Follows `docs/semantics.md`, "Looping strategies on a stage".

use deployline_engine::{NamePart, Value};
use deployline_map::Map;

use crate::expression::{self, Number, TextPart, is_expression, parts};
use crate::spelling::closest_word;

/// The variables of one child; none outside of a strategy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Variables<'v> {
    /// By key, as in `matrix.KEY`; for `repeat`, `item` or `partition`.
    values: &'v [(&'v str, Value)],
    /// Number of the child, and number of children.
    iteration: Option<(usize, usize)>,
    /// Suffix of its identifier, where that is known.
    post_fix: Option<&'v str>,
}

/// Indexes of the values that a reading has used; the one behind the last is the child's own number.
pub(super) type UsedValues = Map<usize, ()>;

impl<'v> Variables<'v> {
    /// The variables of child number `iteration.0` of `iteration.1`.
    pub(super) fn of_child(values: &'v [(&'v str, Value)], iteration: (usize, usize)) -> Self {
        Self { values, iteration: Some(iteration), post_fix: None }
    }

    /// The variables of the run that stands for all of a strategy that only a run knows.
    pub(super) fn of_unknown(values: &'v [(&'v str, Value)]) -> Self {
        Self { values, iteration: None, post_fix: None }
    }

    /// Name of the first variable of a strategy in a text that has no value here, or an expression.
    pub(super) fn first_unknown(&self, text: &str) -> Option<String> {
        parts(text).find_map(|part| {
            let TextPart::Expression { inner, .. } = part else { return None };
            let name = inner.strip_prefix("stage.").unwrap_or(inner);
            let is_variable = name.starts_with("matrix.") || name.starts_with("repeat.");
            let value = || self.value(name, &mut UsedValues::default());
            let is_open =
                |value| matches!(value, expression::Value::Text(text) if is_expression(&text));
            let is_unknown = is_variable && value().is_none_or(is_open);
            is_unknown.then(|| name.to_owned())
        })
    }

    /// The expression that stands for all values, of a strategy that only a run knows.
    pub(super) fn open_value(&self) -> Option<&'v str> {
        self.values.iter().find_map(|(_, value)| match value {
            Value::Text(text) if is_expression(text) => Some(text.as_str()),
            Value::Text(_) | Value::List(_) | Value::Map(_) => None,
        })
    }

    /// The variable that is spelt like the one at `path`.
    pub(super) fn nearest(&self, path: &str) -> Option<String> {
        let (root, key) = path.split_once('.')?;
        let nearest = closest_word(key, &mut self.values.iter().map(|(key, _)| *key))?;
        Some(format!("{root}.{nearest}"))
    }

    /// The same with the suffix of the child's identifier, as in `deploy_1`.
    pub(super) fn with_post_fix(self, post_fix: Option<&'v str>) -> Self {
        Self { post_fix, ..self }
    }

    /// The value of a path such as `matrix.service`.
    pub(super) fn value(&self, path: &str, used: &mut UsedValues) -> Option<expression::Value> {
        let count = |count| expression::Value::Number(Number::of_count(count));
        match Variable::named_by(path)? {
            Variable::Iteration => {
                used.insert(self.values.len(), ());
                self.iteration.map(|(index, _)| count(index))
            }
            Variable::Iterations => self.iteration.map(|(_, all)| count(all)),
            Variable::PostFix => {
                used.insert(self.values.len(), ());
                self.post_fix.map(expression::Value::text)
            }
            Variable::Value { key, path } => {
                let index = self.values.iter().position(|(other, _)| *other == key)?;
                used.insert(index, ());
                let (_, value) = &self.values[index];
                let keys = path.into_iter().flat_map(|path| path.split('.'));
                value.at(keys).map(evaluated)
            }
        }
    }
}

fn evaluated(value: &Value) -> expression::Value {
    match value {
        Value::Text(text) => expression::Value::Text(text.clone()),
        Value::List(items) => expression::Value::List(items.iter().map(evaluated).collect()),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), evaluated(value)));
            expression::Value::Map(entries.collect())
        }
    }
}

/// A variable as an expression names it.
enum Variable<'t> {
    Iteration,
    Iterations,
    PostFix,
    Value { key: &'t str, path: Option<&'t str> },
}

impl<'t> Variable<'t> {
    fn named_by(expression: &'t str) -> Option<Self> {
        // Inside the stage the strategy may be named with the way to it.
        match expression.strip_prefix("stage.").unwrap_or(expression) {
            "strategy.iteration" | "for.iteration" | "while.iteration" | "repeat.iteration" => {
                Some(Self::Iteration)
            }
            "strategy.iterations" => Some(Self::Iterations),
            "strategy.identifierPostFix" => Some(Self::PostFix),
            name => {
                let (of, name) = name.split_once('.')?;
                let (key, path) = match name.split_once('.') {
                    Some((key, path)) => (key, Some(path)),
                    None => (name, None),
                };
                matches!(of, "matrix" | "repeat" | "for").then_some(Self::Value { key, path })
            }
        }
    }
}

/// Name that a strategy gives its children, in parts.
pub(super) fn name_parts(name: &str) -> Vec<NamePart> {
    let part = |part| match part {
        TextPart::Literal(text) => NamePart::Text(text.to_owned()),
        TextPart::Expression { written, inner } => match Variable::named_by(inner) {
            None => NamePart::Text(written.to_owned()),
            Some(Variable::Iteration) => NamePart::Index,
            Some(Variable::Iterations) => NamePart::Count,
            Some(Variable::PostFix) => NamePart::PostFix,
            Some(Variable::Value { key, path }) => NamePart::Value {
                variable: key.to_owned(),
                path: path
                    .into_iter()
                    .flat_map(|path| path.split('.'))
                    .map(str::to_owned)
                    .collect(),
                or_else: written.to_owned(),
            },
        },
    };
    parts(name).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_become_the_values_of_the_child() {
        let target = vec![("env".to_owned(), Value::Text("studio".into()))];
        let values = [
            ("service", Value::Text("player".into())),
            ("target", Value::Map(target)),
            ("item", Value::Text("a".into())),
        ];
        let variables = Variables::of_child(&values, (1, 4)).with_post_fix(Some("_0_1"));
        let values_of = |text| {
            let text_of = |part| match part {
                TextPart::Literal(text) => text.to_owned(),
                TextPart::Expression { written, inner } => {
                    let value = variables.value(inner, &mut UsedValues::default());
                    value.map_or(written.to_owned(), expression::Value::into_text)
                }
            };
            parts(text).map(text_of).collect::<String>()
        };
        for (text, expected) in [
            ("<+matrix.service>", "player"),
            ("x_<+matrix.target.env>_y", "x_studio_y"),
            ("<+repeat.item>-<+strategy.iteration>/<+strategy.iterations>", "a-1/4"),
            ("deploy<+strategy.identifierPostFix>", "deploy_0_1"),
            ("<+matrix.other>", "<+matrix.other>"),
            ("<+matrix.target.nope>", "<+matrix.target.nope>"),
            ("<+<+a>.split(\",\")> <+matrix.service>", "<+<+a>.split(\",\")> player"),
            ("<+matrix.service", "<+matrix.service"),
        ] {
            assert_eq!(values_of(text), expected, "{text}");
            assert_eq!(
                NamePart::join(&name_parts(text), &values, (1, 4), "_0_1"),
                expected,
                "{text}"
            );
        }
    }
}
