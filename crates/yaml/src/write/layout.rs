//! The layout of the text around a place, so that new values look like their neighbours.

use std::borrow::Cow;

use deployline_span::Span;

use super::scalar::quote;
use super::value::Value;
use crate::{Node, NodeKind, ScalarStyle, lines};

/// The longest key that may stand before its colon without `? `, in bytes: readers take 1024
/// characters.
pub(super) const LONGEST_KEY: usize = 1000;

/// Indentation, line breaks, brackets and quotes to write with.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns from a key to those inside its value.
    pub step: usize,
    /// Columns from a key to the dashes of its list.
    pub dash_offset: usize,
    /// Columns from a dash to what follows it.
    pub content_offset: usize,
    /// `"\n"`, `"\r\n"` or `"\r"`.
    pub line_break: &'static str,
    /// Writes texts of several lines as blocks (`|`), else in quotes.
    pub has_block_scalars: bool,
    /// Writes lists of single values in brackets.
    pub has_brackets: bool,
    /// The quotes of all keys and texts, as in JSON.
    pub quotes: Option<ScalarStyle>,
}

impl Default for Layout {
    /// Two blanks for each level, dashes included.
    fn default() -> Self {
        Self {
            step: 2,
            dash_offset: 2,
            content_offset: 2,
            line_break: "\n",
            has_block_scalars: true,
            has_brackets: false,
            quotes: None,
        }
    }
}

impl Layout {
    /// The layout of the text nearest to `near`, a node of `text`.
    pub fn near(text: &str, near: Node<'_>) -> Self {
        let mut nearest = NearestOffsets { at: near.span().range().start, ..Default::default() };
        nearest.measure_below(text, near.document().root());
        let step = nearest.step.value.unwrap_or(2);
        Self {
            step,
            dash_offset: nearest.dash_offset.value.unwrap_or(step),
            content_offset: nearest.content_offset.value.unwrap_or(2),
            line_break: lines::line_break(text, nearest.at),
            has_block_scalars: false,
            has_brackets: nearest.has_brackets.value == Some(true),
            quotes: quotes_in(near),
        }
    }

    /// The layout of values that are written into the brackets of `near`, on their line: nothing has to be
    /// looked for in the text around it.
    pub(crate) fn in_brackets(near: Node<'_>) -> Self {
        Self { quotes: quotes_in(near), ..Self::default() }
    }

    /// A key, in quotes where it needs them.
    pub fn key(&self, key: &str, in_flow: bool) -> String {
        quote(key, self.quotes, in_flow)
    }

    /// A value on one line.
    pub fn flow(&self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Word(word) => word.to_string(),
            Value::Text(text) => quote(text, self.quotes, true),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => format!("{{{}}}", self.flow_entries(entries)),
            Value::WithComments(value, _) | Value::WithSource(value, _) => self.flow(value),
        }
    }

    /// The entries of a mapping on one line, without its braces.
    pub fn flow_entries(&self, entries: &[(Cow<'static, str>, Value)]) -> String {
        let entries: Vec<String> =
            entries.iter().map(|(key, value)| self.flow_entry(key, value)).collect();
        entries.join(", ")
    }

    /// `key: value` on one line.
    pub fn flow_entry(&self, key: &str, value: &Value) -> String {
        let key = self.key(key, true);
        let value = self.flow(value);
        if key.len() > LONGEST_KEY {
            format!("? {key} : {value}")
        } else {
            format!("{key}: {value}")
        }
    }

    pub(super) fn is_in_brackets(&self, items: &[Value]) -> bool {
        let needs_lines = |item: &Value| item.is_collection() || item.comments().is_some();
        self.has_brackets && !items.iter().any(needs_lines)
    }
}

/// The quotes of the first key in brackets.
fn quotes_in(near: Node<'_>) -> Option<ScalarStyle> {
    let first_key = near.entries().next().map(|(key, _)| key).or_else(|| {
        let item = near.items().next()?;
        Some(item.entries().next().map_or(item, |(key, _)| key))
    });
    first_key
        .and_then(Node::style)
        .filter(|style| near.is_flow() && *style == ScalarStyle::DoubleQuoted)
}

/// Bytes before and behind a place in which its layout is looked for: a whole text would be too much
/// for each of many edits.
const REACH: usize = 4_000;

/// The children, in the order of the text, of which some part is within reach of `at`.
fn near<T: Copy>(
    at: usize,
    children: impl ExactSizeIterator<Item = T> + Clone,
    span: impl Fn(T) -> Span,
) -> impl Iterator<Item = T> {
    let (mut from, mut to) = (0, children.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let child = children.clone().nth(middle);
        if child.is_some_and(|child| span(child).range().end + REACH < at) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    children.skip(from).take_while(move |child| span(*child).range().start <= at + REACH)
}

/// Offsets measured in a text, each nearest to one place.
#[derive(Default)]
struct NearestOffsets {
    at: usize,
    step: Nearest<usize>,
    dash_offset: Nearest<usize>,
    content_offset: Nearest<usize>,
    has_brackets: Nearest<bool>,
}

#[derive(Default)]
struct Nearest<T> {
    value: Option<T>,
    distance: usize,
}

impl<T> Nearest<T> {
    fn offer(&mut self, value: T, distance: usize) {
        if self.value.is_none() || distance < self.distance {
            *self = Self { value: Some(value), distance };
        }
    }
}

impl NearestOffsets {
    fn measure_below(&mut self, text: &str, node: Node<'_>) {
        if node.is_aliased() || node.is_flow() {
            return;
        }
        let whole = |(key, value): (Node<'_>, Node<'_>)| key.span().to(value.span());
        for (key, value) in near(self.at, node.entries(), whole) {
            self.measure(text, key, value);
            self.measure_below(text, value);
        }
        for item in near(self.at, node.items(), Node::span) {
            self.measure_below(text, item);
        }
    }

    fn measure(&mut self, text: &str, key: Node<'_>, value: Node<'_>) {
        let key_at = key.span().range().start;
        let distance = key_at.abs_diff(self.at);
        if !value.is_aliased() && value.items().next().is_some_and(|item| item.style().is_some()) {
            self.has_brackets.offer(value.is_flow(), distance);
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
