//! Lists that an expression gives.

use deployline_engine::bounded_name;
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::budget::{CountedList, Item};
use super::context::Reader;
use super::runtime_input::RuntimeInput;
use super::view::View;
use crate::expression::{Value, is_expression};

/// Values of a list that a text gives.
pub(super) enum GivenList {
    /// The values.
    Known(Vec<String>),
    /// They depend on what the text doesn't settle.
    Unknown,
    /// It is no list, but this text.
    NoList(String),
}

/// Reads a list that an expression gives, as in `<+pipeline.variables.services.split(",")>`, or a text that
/// holds one, as in `"[1, 2]"`. `name` is what the budget counts it as.
pub(super) fn read(name: &str, view: &View<'_>, reader: &mut Reader<'_, '_>) -> GivenList {
    let text = view.as_str().unwrap_or_default();
    // A default can't say which items a list has.
    if RuntimeInput::from_text(text).is_some() {
        return GivenList::Unknown;
    }
    let value = match is_expression(text) {
        true => reader.settle(view.span(), text),
        false => Ok(Value::text(text)),
    };
    match value {
        Err(_) | Ok(Value::Null) => GivenList::Unknown,
        Ok(Value::List(items)) => {
            let is_taken = take(name, items.len(), view.span(), reader);
            let items = if is_taken { items } else { Vec::new() };
            let texts = items.into_iter().map(|item| bounded_name(&item.into_text()));
            GivenList::Known(texts.collect())
        }
        Ok(value) => in_text(name, value.into_text(), view.span(), reader),
    }
}

/// The list that a text holds in the spelling of YAML's flow style.
fn in_text(name: &str, text: String, span: Span, reader: &mut Reader<'_, '_>) -> GivenList {
    if !text.trim_start().starts_with('[') {
        return GivenList::NoList(text);
    }
    let parsed = deployline_yaml::parse(&text);
    let list = parsed.documents.first().map(|document| View::from(document.root()));
    match list.filter(|list| list.kind() == NodeKind::Sequence) {
        Some(list) if parsed.diagnostics.is_empty() => {
            let is_taken = take(name, list.item_count(), span, reader);
            let items = if is_taken { list.items() } else { Vec::new() };
            let texts = items.iter().map(|item| bounded_name(item.as_str().unwrap_or_default()));
            GivenList::Known(texts.collect())
        }
        _ => GivenList::NoList(text),
    }
}

fn take(name: &str, count: usize, span: Span, reader: &mut Reader<'_, '_>) -> bool {
    reader.cx.budget.take(Item::Value, &CountedList { name, of: None, count, span })
}
