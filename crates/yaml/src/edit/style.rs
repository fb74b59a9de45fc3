//! How the text around a place is written, and new values in that style.

use super::value::Value;
use super::{lines, quote};
use crate::{Document, Node, NodeKind, ScalarStyle};

/// The habits of a text.
#[derive(Clone, Debug)]
pub(super) struct Style {
    /// Columns from a key to those inside its value.
    pub(super) step: usize,
    /// Columns from a key to the dashes of its list.
    pub(super) dash_offset: usize,
    /// Columns from a dash to what follows it.
    pub(super) content_offset: usize,
    pub(super) line_break: &'static str,
    /// Whether lists of single values are written in brackets.
    has_brackets: bool,
    /// The quotes of keys and texts in flow collections, as in JSON.
    quotes: Option<ScalarStyle>,
}

impl Style {
    /// The habits of the text nearest to `near`.
    pub(super) fn near(text: &str, document: &Document, near: Node<'_>) -> Self {
        let mut found = Found { at: near.span().range().start, ..Found::default() };
        found.look_below(text, document.root());
        let first_key = near.entries().next().map(|(key, _)| key).or_else(|| {
            let item = near.items().next()?;
            Some(item.entries().next().map_or(item, |(key, _)| key))
        });
        let quotes = first_key
            .and_then(Node::style)
            .filter(|style| near.is_flow() && *style == ScalarStyle::DoubleQuoted);
        let step = found.step.value.unwrap_or(2);
        Self {
            step,
            dash_offset: found.dash_offset.value.unwrap_or(step),
            content_offset: found.content_offset.value.unwrap_or(2),
            line_break: lines::line_break(text),
            has_brackets: found.has_brackets.value == Some(1),
            quotes,
        }
    }

    pub(super) fn key(&self, key: &str, in_flow: bool) -> String {
        quote(key, self.quotes, in_flow)
    }

    /// A value on one line.
    pub(super) fn flow(&self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Word(word) => word.clone(),
            Value::Text(text) => quote(text, self.quotes, true),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| self.flow_entry(key, value)).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    pub(super) fn flow_entry(&self, key: &str, value: &Value) -> String {
        format!("{}: {}", self.key(key, true), self.flow(value))
    }

    /// What follows a dash at `column`, without it: the rest of the line, and more lines.
    pub(super) fn block_item(&self, column: usize, value: &Value) -> String {
        let inner = column + self.content_offset;
        let content = match value {
            Value::Map(entries) if !entries.is_empty() => self.block_entries(inner, entries),
            Value::List(items) if !items.is_empty() => self.block_items(inner, items),
            _ => self.block_scalar(value),
        };
        format!("-{}{content}", " ".repeat(self.content_offset - 1))
    }

    /// `key: value`, as a key at `column`, without the blanks before it.
    pub(super) fn block_entry(&self, column: usize, key: &str, value: &Value) -> String {
        format!("{}:{}", self.key(key, false), self.block_value(column, value))
    }

    /// What follows the colon of a key at `column`.
    pub(super) fn block_value(&self, column: usize, value: &Value) -> String {
        let below = |column: usize, lines: String| {
            format!("{}{}{lines}", self.line_break, " ".repeat(column))
        };
        match value {
            Value::Null => String::new(),
            Value::Map(entries) if !entries.is_empty() => {
                let inner = column + self.step;
                below(inner, self.block_entries(inner, entries))
            }
            Value::List(items) if !items.is_empty() && !self.is_in_brackets(items) => {
                let inner = column + self.dash_offset;
                below(inner, self.block_items(inner, items))
            }
            _ => format!(" {}", self.block_scalar(value)),
        }
    }

    fn is_in_brackets(&self, items: &[Value]) -> bool {
        self.has_brackets && !items.iter().any(Value::is_collection)
    }

    fn block_entries(&self, column: usize, entries: &[(String, Value)]) -> String {
        let entries: Vec<String> =
            entries.iter().map(|(key, value)| self.block_entry(column, key, value)).collect();
        entries.join(&self.next_line(column))
    }

    fn block_items(&self, column: usize, items: &[Value]) -> String {
        let items: Vec<String> = items.iter().map(|item| self.block_item(column, item)).collect();
        items.join(&self.next_line(column))
    }

    fn block_scalar(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => quote(text, self.quotes, false),
            _ => self.flow(value),
        }
    }

    pub(super) fn next_line(&self, column: usize) -> String {
        format!("{}{}", self.line_break, " ".repeat(column))
    }
}

/// What was found, each nearest to a place.
#[derive(Default)]
struct Found {
    at: usize,
    step: Nearest,
    dash_offset: Nearest,
    content_offset: Nearest,
    has_brackets: Nearest,
}

#[derive(Default)]
struct Nearest {
    value: Option<usize>,
    distance: usize,
}

impl Nearest {
    fn offer(&mut self, value: usize, distance: usize) {
        if self.value.is_none() || distance < self.distance {
            *self = Self { value: Some(value), distance };
        }
    }
}

impl Found {
    fn look_below(&mut self, text: &str, node: Node<'_>) {
        if node.is_aliased() || node.is_flow() {
            return;
        }
        for (key, value) in node.entries() {
            self.look_at(text, key, value);
            self.look_below(text, value);
        }
        for item in node.items() {
            self.look_below(text, item);
        }
    }

    fn look_at(&mut self, text: &str, key: Node<'_>, value: Node<'_>) {
        let key_at = key.span().range().start;
        let distance = key_at.abs_diff(self.at);
        if !value.is_aliased() && value.items().next().is_some_and(|item| item.style().is_some()) {
            self.has_brackets.offer(usize::from(value.is_flow()), distance);
        }
        if value.is_aliased() || value.is_flow() || value.style().is_some() {
            return;
        }
        let column = lines::column(text, key_at);
        let Some(colon) = lines::behind_colon(text, key.span().range().end) else { return };
        let first = lines::skip_empty(text, colon);
        if !lines::is_first(text, first) {
            return;
        }
        let Some(offset) = lines::column(text, first).checked_sub(column) else { return };
        match value.kind() {
            NodeKind::Mapping if offset > 0 => self.step.offer(offset, distance),
            NodeKind::Sequence if text[first..].starts_with('-') => {
                self.dash_offset.offer(offset, distance);
                let content = text[first + 1..].trim_start_matches(' ');
                let gap = text.len() - content.len() - first;
                if !content.starts_with(['\n', '\r', '#', '\t']) && gap > 1 {
                    self.content_offset.offer(gap, distance);
                }
            }
            _ => {}
        }
    }
}
