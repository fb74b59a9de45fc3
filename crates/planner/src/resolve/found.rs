//! The value that stands in a place where something else is expected, and what it is given by.
//!
//! ```text
//! timeout: <+pipeline.variables.t>      `<+pipeline.variables.t>` gives `soon`. Expected a duration, …
//! id: ${{ inputs.list }}                `${{ inputs.list }}` gives a list of 2 items. Expected an identifier, …
//! ```

use deployline_span::Span;
use deployline_yaml::{Diagnostic, Fix, NodeKind, Rule};

use super::context::Reader;
use super::runtime_input;
use super::view::View;
use crate::expression::{Value, is_expression, shortened};

/// What stands in a place, as sentences around the one that says what is expected.
#[derive(Default)]
pub(super) struct Found {
    /// ``` `<+x>` gives a list of 2 items. ```, with a blank behind it; empty for a text that is written there.
    before: String,
    /// `` Take one item, as in `<+x[0]>`. ``, with a blank before it; empty where there is nothing to say.
    behind: String,
}

impl Found {
    /// Says what stands in a place. Of a text that is written there, the place itself says it.
    pub(super) fn of(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Self {
        let text = view.as_str().filter(|text| is_expression(text));
        if let Some(text) = text {
            return match value(text, reader) {
                Some(value) => Self::by_expression(text, &value),
                None => Self::default(),
            };
        }
        let shown = match view.kind() {
            NodeKind::Sequence => list(view.item_count()),
            NodeKind::Mapping if view.node().entries().len() == 0 => "an empty mapping".to_owned(),
            NodeKind::Mapping => "a mapping".to_owned(),
            NodeKind::Scalar => quoted(view.as_str().unwrap_or_default()),
            NodeKind::Null => return Self::default(),
        };
        let has_items = view.item_count() > 0;
        match view.in_place_of().and_then(|input| input.as_str()) {
            None if view.kind() == NodeKind::Scalar => Self::default(),
            None => Self { before: format!("This is {shown}. "), ..Self::default() },
            Some(input) if runtime_input::is_input(input) => Self {
                before: format!("{} is filled with {shown}. ", quoted(input)),
                ..Self::default()
            },
            Some(input) => Self {
                before: format!("{} gives {shown}. ", quoted(input)),
                behind: if has_items { first_of(input) } else { String::new() },
            },
        }
    }

    fn by_expression(text: &str, value: &Value) -> Self {
        let has_items = matches!(value, Value::List(items) if !items.is_empty());
        Self {
            before: format!("{} gives {}. ", quoted(text), shown(value)),
            behind: if has_items { first_of(text) } else { String::new() },
        }
    }

    /// The sentences around the one that says what is expected.
    pub(super) fn around(&self, expected: &str) -> String {
        format!("{}{expected}{}", self.before, self.behind)
    }
}

/// Reports what stands in a place where something else is expected.
pub(super) fn report(rule: &Rule, view: &View<'_>, expected: &str, reader: &mut Reader<'_, '_>) {
    report_with_fix(rule, view, expected, None, reader);
}

/// The same with a fix.
pub(super) fn report_with_fix(
    rule: &Rule,
    view: &View<'_>,
    expected: &str,
    fix: Option<Fix>,
    reader: &mut Reader<'_, '_>,
) {
    let place = place(view);
    if reader.count_unlisted(rule, place) {
        return;
    }
    let message = Found::of(view, reader).around(expected);
    let found = Diagnostic { fix, ..rule.at(place, message) };
    reader.add(match place == view.span() {
        true => found,
        false => found.with_related(view.span(), "The value is here"),
    });
}

/// Relative clause behind a name that an expression gives: ``, which `<+x>` names``; empty for one that is written.
pub(super) fn named_by(view: &View<'_>) -> String {
    let text = view.as_str().filter(|text| is_expression(text));
    text.map(|text| format!(", which {} names", quoted(text))).unwrap_or_default()
}

/// The place where a value is asked for: of an input of the newer schema, the expression that names it.
pub(super) fn place(view: &View<'_>) -> Span {
    let input = view.in_place_of().filter(|input| {
        let text = input.as_str().unwrap_or_default();
        is_expression(text) && !runtime_input::is_input(text)
    });
    input.map_or(view.span(), |input| input.span())
}

/// The value of an expression, be it the default of an input.
fn value(text: &str, reader: &mut Reader<'_, '_>) -> Option<Value> {
    let default = runtime_input::parse(text).and_then(|input| input.default);
    match default.filter(|default| !is_expression(default)) {
        Some(default) => Some(Value::text(default)),
        None => reader.evaluate(text).ok(),
    }
}

/// A value as a part of a sentence.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::List(items) => list(items.len()),
        Value::Map(_) => "a mapping".to_owned(),
        Value::Null => "nothing".to_owned(),
        other => quoted(&other.clone().into_text()),
    }
}

fn list(count: usize) -> String {
    match count {
        0 => "an empty list".to_owned(),
        1 => "a list of one item".to_owned(),
        count => format!("a list of {count} items"),
    }
}

fn quoted(text: &str) -> String {
    match text.trim() {
        "" => "an empty text".to_owned(),
        text => format!("`{}`", shortened(text)),
    }
}

/// Advice to take one item of a list that an expression gives.
fn first_of(text: &str) -> String {
    let text = text.trim();
    let first = match (text.strip_suffix("}}"), text.strip_suffix('>')) {
        (Some(start), _) => format!("{}[0] }}}}", start.trim_end()),
        (None, Some(start)) => format!("{}[0]>", start.trim_end()),
        (None, None) => return String::new(),
    };
    format!(" To take one item, write {}.", quoted(&first))
}
