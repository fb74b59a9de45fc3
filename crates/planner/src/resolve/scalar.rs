//! A scalar as a run would read it: inputs with their defaults, loop variables replaced.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use deployline_engine::{Reference, bounded_name};
use deployline_span::Span;
use deployline_yaml::Rule;

use super::context::{Reader, UnknownVariable};
use super::found;
use super::runtime_input;
use super::view::View;
use crate::expression::{Value, Why, is_expression};
use crate::rules;

/// The most bytes of a scalar in which expressions are looked for. An alias repeats it in a few bytes, so
/// many places may read a longer one, which is no name, no number and no word.
const MAX_BYTES: usize = 64 << 10;

/// Text of a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    Known(String),
    /// It holds an expression that only a run knows.
    Runtime(String),
    /// It is an expression that gives a list or a mapping.
    Several(Value),
}

impl From<Scalar> for Reference {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Known(text) => Self::known(text),
            Scalar::Runtime(text) => Self::unknown(text),
            Scalar::Several(value) => Self::unknown(value.into_text()),
        }
    }
}

/// Reads a scalar; `None` for null, lists and mappings.
pub(super) fn read(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Scalar> {
    let text = view.as_str()?;
    if text.len() > MAX_BYTES {
        return Some(Scalar::Known(bounded_name(text)));
    }
    if let Some(input) = view.in_place_of() {
        check_allowed(view, text, input.as_str().unwrap_or_default(), reader);
    }
    if !is_expression(text) {
        return Some(Scalar::Known(text.to_owned()));
    }
    if let Some(default) = default_of(text).filter(|default| !is_expression(default)) {
        return Some(Scalar::Known(default.to_owned()));
    }
    match reader.settle(view.span(), text) {
        Ok(Value::Null) | Err(_) => {}
        Ok(value @ (Value::List(_) | Value::Map(_))) => return Some(Scalar::Several(value)),
        Ok(value) => return Some(Scalar::Known(value.into_text())),
    }
    if let Some(name) = reader.first_unknown_variable(text) {
        reader.add_unknown_variable(view.span(), UnknownVariable { name, is_axis: false });
    }
    Some(Scalar::Runtime(reader.substitute(text)))
}

/// The text of a scalar as it stands, for messages.
pub(super) fn written<'a>(view: &View<'a>) -> &'a str {
    view.as_str().unwrap_or_default()
}

/// Text of a scalar that holds an expression, defaults aside.
pub(super) fn expression<'a>(view: &View<'a>) -> Option<&'a str> {
    view.as_str().filter(|text| is_expression(text))
}

/// Text of a scalar that neither it nor a default settles.
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

/// A flag, also one whose value an expression gives; `None` for anything else.
pub(super) fn settled_flag(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<bool> {
    let of_expression = |text| match reader.settle(view.span(), text).ok()? {
        Value::Flag(flag) => Some(flag),
        Value::Text(text) => Value::Text(text).truth(),
        _ => None,
    };
    flag(view).or_else(|| expression(view).and_then(of_expression))
}

/// Text of a scalar, an input with a default as its default.
pub(super) fn with_default<'a>(view: &View<'a>) -> Option<&'a str> {
    let text = view.as_str()?;
    Some(default_of(text).unwrap_or(text))
}

fn default_of(text: &str) -> Option<&str> {
    runtime_input::parse(text)?.default
}

fn check_allowed(view: &View<'_>, given: &str, input: &str, reader: &mut Reader<'_, '_>) {
    let allowed = runtime_input::parse(input).map(|input| input.allowed).unwrap_or_default();
    if !allowed.is_empty() && !allowed.contains(&given) && !is_expression(given) {
        reader.report(
            &rules::INPUT_NOT_ALLOWED,
            view.span(),
            format!("`{given}` is not allowed here. Allowed are: {}.", allowed.join(", ")),
        );
    }
}

/// An expression and what is missing for its value, as a part of a sentence.
pub(super) struct Given {
    /// ``given by `<+trigger.x>`, which only a run knows``, or ``given by `x-<+trigger.x>`. It needs `<+trigger.x>`,
    /// which only a run knows``
    pub(super) clause: String,
    /// ` An input set … can fill it in.`, for what one can fill.
    pub(super) advice: &'static str,
    /// The rule that a report is by.
    pub(super) rule: Rule,
}

/// Says by what a value is given, and why that is not known.
pub(super) fn given_by(text: &str, reader: &mut Reader<'_, '_>) -> Given {
    let missing = match reader.evaluate(text) {
        Err(missing) => missing,
        // It has one, of another kind than is wanted.
        Ok(value) => {
            let clause = format!("given by `{text}`, which gives {}", found::shown(&value));
            return Given { clause, advice: "", rule: rules::RUNTIME_INPUT };
        }
    };
    let reason = missing.reason();
    let part = missing.part_in(text);
    let clause = match part == text.trim() {
        true => format!("given by `{text}`, {reason}"),
        false => format!("given by `{text}`. It needs `{part}`, {reason}"),
    };
    let advice = missing.advice(reader.cx.chained.is_child);
    let rule = match missing.why {
        Why::NoSuchName { .. } => rules::UNKNOWN_VARIABLE,
        _ => rules::RUNTIME_INPUT,
    };
    Given { clause, advice, rule }
}

/// Reports that something is given by an expression without a value; `subject` is the start of a sentence,
/// and `drawn` says what is drawn.
pub(super) fn report_given(
    span: Span,
    (subject, drawn): (&str, &str),
    text: &str,
    reader: &mut Reader<'_, '_>,
) {
    // Of a bare input, no more is missing than the input itself.
    if text.trim() == "<+input>" && reader.count_unlisted(&rules::RUNTIME_INPUT, span) {
        return;
    }
    let Given { clause, advice, rule } = given_by(text, reader);
    reader.report(&rule, span, format!("{subject} {clause}. {drawn}{advice}"));
}

/// The same for what a placeholder stands for.
pub(super) fn report_runtime(span: Span, subject: &str, text: &str, reader: &mut Reader<'_, '_>) {
    report_given(span, (subject, "A placeholder stands for it."), text, reader);
}

/// Reports a whole list that an expression gives: an input may be filled in, anything else the product
/// refuses to save.
pub(super) fn report_list(span: Span, subject: &str, text: &str, reader: &mut Reader<'_, '_>) {
    if runtime_input::is_input(text) {
        return report_runtime(span, subject, text, reader);
    }
    let message = format!(
        "{subject} given by `{text}`, which the product refuses to save. A placeholder stands for it. \
         List the items, or write `<+input>` and let an input set (`inputSet:`) fill it in."
    );
    reader.report(&rules::LIST_BY_EXPRESSION, span, message);
}
