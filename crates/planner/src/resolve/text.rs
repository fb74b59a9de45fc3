//! A text as a run would read it: inputs with their defaults, loop variables replaced.

use std::cell::RefCell;

use deployline_engine::{NamePart, Reference, Value};
use deployline_map::Map;

use super::Context;
use super::repeated::Use;
use super::runtime_input;
use super::view::View;
use crate::rules;

/// The variables of one child of a looping strategy; empty outside of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'s> {
    /// `matrix.KEY` or `repeat.item`, `repeat.partition`.
    values: &'s [(&'s str, Value)],
    /// `strategy.iteration` and `strategy.iterations`.
    iteration: Option<(usize, usize)>,
    used: RefCell<Used>,
}

/// Places of values.
pub(super) type Used = Map<usize, ()>;

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Known(String),
    /// It holds an expression that only a run knows.
    Runtime(String),
}

impl From<Text> for Reference {
    fn from(text: Text) -> Self {
        match text {
            Text::Known(text) => Self::known(text),
            Text::Runtime(text) => Self::unknown(text),
        }
    }
}

/// Whether a text is decided at run time.
pub fn is_expression(text: &str) -> bool {
    opening(text).is_some()
}

/// The text of a scalar that is decided at run time, defaults aside.
pub(super) fn expression<'a>(view: &View<'a>) -> Option<&'a str> {
    view.as_str().filter(|text| is_expression(text))
}

/// Reads a scalar; `None` for null, lists and mappings.
pub(super) fn read(view: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Option<Text> {
    let text = view.as_str()?;
    if let Some(input) = view.in_place_of() {
        check_allowed(view, text, input.as_str().unwrap_or_default(), cx);
    }
    if !is_expression(text) {
        return Some(Text::Known(text.to_owned()));
    }
    if let Some(default) = default_of(text) {
        return Some(Text::Known(default.to_owned()));
    }
    let replaced = substitute(text, scope);
    if !is_expression(&replaced) {
        return Some(Text::Known(replaced));
    }
    if let Some(variable) = not_given(text, scope) {
        cx.uses.or_insert_with(view.span(), || Use { variable, is_axis: false });
    }
    Some(Text::Runtime(replaced))
}

/// The text of a scalar that neither it nor a default settles.
pub(super) fn unsettled<'a>(view: &View<'a>) -> Option<&'a str> {
    expression(view).filter(|text| default_of(text).is_none())
}

/// A flag, an input with a default as its default; `None` for anything else.
pub fn flag(view: &View<'_>) -> Option<bool> {
    let of_default = || match default_of(view.as_str()?)?.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    view.as_bool().or_else(of_default)
}

/// The text of a scalar, an input with a default as its default.
pub(super) fn word<'a>(view: &View<'a>) -> Option<&'a str> {
    let text = view.as_str()?;
    Some(default_of(text).unwrap_or(text))
}

/// What would settle an input: another sentence, none for what a run computes.
pub(super) fn how_to_settle(text: &str) -> &'static str {
    if !runtime_input::is_input(text) {
        return "";
    }
    " An input set (`inputSet:`) in the same text can fill it in."
}

fn default_of(text: &str) -> Option<&str> {
    runtime_input::parse(text)?.default
}

/// An input with a default as its default; any other text as it is.
pub(super) fn with_default(text: &str) -> String {
    default_of(text).unwrap_or(text).to_owned()
}

fn check_allowed(view: &View<'_>, given: &str, input: &str, cx: &mut Context<'_>) {
    let allowed = runtime_input::parse(input).map(|input| input.allowed).unwrap_or_default();
    if !allowed.is_empty() && !allowed.contains(&given) && !is_expression(given) {
        cx.report(
            &rules::INPUT_NOT_ALLOWED,
            view.span(),
            format!("`{given}` is not allowed here. Allowed are: {}.", allowed.join(", ")),
        );
    }
}

/// Replaces each `<+…>` that the scope knows; the others stay.
pub(super) fn substitute(text: &str, scope: &Scope<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = opening(rest) {
        out.push_str(&rest[..start]);
        let inner = &rest[start + 2..];
        let Some(end) = closing(inner) else {
            out.push_str(&rest[start..]);
            return out;
        };
        match scope.look_up(inner[..end].trim()) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&rest[start..start + 2 + end + 1]),
        }
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    out
}

/// The name that a strategy gives its children, in parts.
pub(super) fn name_parts(name: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(start) = opening(rest) {
        let inner = &rest[start + 2..];
        let Some(end) = closing(inner) else { break };
        let (before, written) = (&rest[..start], &rest[start..start + 2 + end + 1]);
        parts.push(NamePart::Text(before.to_owned()));
        parts.push(name_part(inner[..end].trim(), written));
        rest = &inner[end + 1..];
    }
    parts.push(NamePart::Text(rest.to_owned()));
    parts
}

fn name_part(expression: &str, written: &str) -> NamePart {
    match expression.strip_prefix("stage.").unwrap_or(expression) {
        "strategy.iteration" => NamePart::Index,
        "strategy.iterations" => NamePart::Count,
        name => match variable(name) {
            None => NamePart::Text(written.to_owned()),
            Some((variable, path)) => NamePart::Value {
                variable: variable.to_owned(),
                path: path
                    .into_iter()
                    .flat_map(|path| path.split('.'))
                    .map(str::to_owned)
                    .collect(),
                or_else: written.to_owned(),
            },
        },
    }
}

/// Name of a strategy's variable in an expression, and the keys to follow down its value.
fn variable(expression: &str) -> Option<(&str, Option<&str>)> {
    let (_, name) =
        expression.split_once('.').filter(|(of, _)| matches!(*of, "matrix" | "repeat"))?;
    Some(match name.split_once('.') {
        Some((name, path)) => (name, Some(path)),
        None => (name, None),
    })
}

/// The first variable of a strategy in a text that the scope does not know, or only by an expression.
fn not_given(text: &str, scope: &Scope<'_>) -> Option<String> {
    let mut rest = text;
    while let Some(start) = opening(rest) {
        let inner = &rest[start + 2..];
        let end = closing(inner)?;
        let name = inner[..end].trim();
        let name = name.strip_prefix("stage.").unwrap_or(name);
        let is_variable = name.starts_with("matrix.") || name.starts_with("repeat.");
        if is_variable && scope.look_up(name).is_none_or(|value| is_expression(&value)) {
            return Some(name.to_owned());
        }
        rest = &inner[end + 1..];
    }
    None
}

/// Where the first expression opens. Preparing a search for a substring would take longer than
/// looking at most of these short texts.
fn opening(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| pair == b"<+")
}

/// Where the expression closes that was open before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '+' if before == '<' => depth += 1,
            '>' if depth == 0 => return Some(at),
            '>' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

impl<'s> Scope<'s> {
    /// Of the child number `iteration.0` of `iteration.1`.
    pub(super) fn of_child(values: &'s [(&'s str, Value)], iteration: (usize, usize)) -> Self {
        Self { values, iteration: Some(iteration), used: RefCell::default() }
    }

    /// Which values were looked at: their places in `values`, and one behind the last for the
    /// child's own number.
    pub(super) fn used(&self) -> Used {
        self.used.borrow().clone()
    }

    fn look_up(&self, name: &str) -> Option<String> {
        // Inside the stage the strategy may be named with the way to it.
        let name = name.strip_prefix("stage.").unwrap_or(name);
        match name {
            "strategy.iteration" => {
                self.used.borrow_mut().insert(self.values.len(), ());
                return self.iteration.map(|(at, _)| at.to_string());
            }
            "strategy.iterations" => return self.iteration.map(|(_, all)| all.to_string()),
            _ => {}
        }
        let (key, path) = variable(name)?;
        let at = self.values.iter().position(|(k, _)| *k == key)?;
        self.used.borrow_mut().insert(at, ());
        let (_, value) = &self.values[at];
        value.at(path.into_iter().flat_map(|path| path.split('.'))).map(ToString::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_the_scope_knows() {
        let target = vec![("env".to_owned(), Value::Text("studio".into()))];
        let values = [
            ("service", Value::Text("player".into())),
            ("target", Value::Map(target)),
            ("item", Value::Text("a".into())),
        ];
        let scope = Scope::of_child(&values, (1, 4));
        for (text, expected) in [
            ("<+matrix.service>", "player"),
            ("x_<+matrix.target.env>_y", "x_studio_y"),
            ("<+repeat.item>-<+strategy.iteration>/<+strategy.iterations>", "a-1/4"),
            ("<+matrix.other>", "<+matrix.other>"),
            ("<+matrix.target.nope>", "<+matrix.target.nope>"),
            ("<+<+a>.split(\",\")> <+matrix.service>", "<+<+a>.split(\",\")> player"),
            ("<+matrix.service", "<+matrix.service"),
        ] {
            assert_eq!(substitute(text, &scope), expected, "{text}");
            assert_eq!(NamePart::join(&name_parts(text), &values, (1, 4)), expected, "{text}");
        }
        assert_eq!(substitute("<+matrix.service>", &Scope::default()), "<+matrix.service>");
    }
}
