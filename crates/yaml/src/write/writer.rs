//! Values written in a layout, block style around flow style.

use std::ops::Range;

use deployline_span::Span;

use super::layout::{LONGEST_KEY, Layout};
use super::scalar::quote;
use super::value::Value;

/// A text to which values are added.
///
/// Each method starts where the text ends, in a line that is indented already, and leaves its last
/// line without a line break.
pub struct Writer {
    layout: Layout,
    /// The text so far.
    pub text: String,
    /// The bytes of `text` that stand for a place of another text ([`Value::WithSource`]).
    pub source_map: Vec<(Range<u32>, Span)>,
}

impl Writer {
    /// A writer of an empty text.
    pub fn new(layout: Layout) -> Self {
        Self { layout, text: String::new(), source_map: Vec::new() }
    }

    /// Writes `key: value`, for keys at `column`.
    pub fn entry(&mut self, column: usize, key: &str, value: &Value) {
        let key = self.layout.key(key, false);
        if key.len() > LONGEST_KEY {
            self.text += "? ";
            self.text += &key;
            self.new_line(column);
        } else {
            self.text += &key;
        }
        self.text.push(':');
        self.value(column, value);
    }

    /// Writes what follows the colon of a key at `column`.
    pub fn value(&mut self, column: usize, value: &Value) {
        match value {
            Value::WithSource(value, source) => {
                self.with_source(*source, |writer| writer.value(column, value));
            }
            Value::Null => {}
            Value::Map(entries) if !entries.is_empty() => {
                let inner = column + self.layout.step;
                self.new_line(inner);
                self.entries(inner, entries);
            }
            Value::List(items) if !items.is_empty() && !self.layout.is_in_brackets(items) => {
                let inner = column + self.layout.dash_offset;
                self.new_line(inner);
                self.items(inner, items);
            }
            _ => {
                self.text.push(' ');
                self.scalar(column + self.layout.step, value, None);
            }
        }
    }

    /// Writes the entries of a mapping, its keys at `column`.
    pub fn entries(&mut self, column: usize, entries: &[(String, Value)]) {
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                self.new_line(column);
            }
            self.entry(column, key, value);
        }
    }

    /// Writes the items of a list, their dashes at `column`.
    pub fn items(&mut self, column: usize, items: &[Value]) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.new_line(column);
            }
            self.text.push('-');
            self.indent(self.layout.content_offset - 1);
            self.item(column + self.layout.content_offset, item);
        }
    }

    /// Writes what follows a dash, from `column` on.
    pub fn item(&mut self, column: usize, item: &Value) {
        match item {
            Value::WithSource(value, source) => {
                self.with_source(*source, |writer| writer.item(column, value));
            }
            Value::Map(entries) if !entries.is_empty() => self.entries(column, entries),
            Value::List(items) if !items.is_empty() => self.items(column, items),
            _ => self.scalar(column, item, None),
        }
    }

    /// Starts a new line, indented to `column`.
    pub fn new_line(&mut self, column: usize) {
        self.text += self.layout.line_break;
        self.indent(column);
    }

    /// Writes a value on one line, or a text of several lines at `column`, with a comment behind it.
    fn scalar(&mut self, column: usize, value: &Value, comment: Option<&str>) {
        match value {
            Value::WithComment(value, comment) => {
                return self.scalar(column, value, Some(comment));
            }
            Value::Text(text) if self.layout.has_block_scalars && is_block(text) => {
                return self.block_scalar(column, text, comment);
            }
            Value::Text(text) => self.text += &quote(text, self.layout.quotes, false),
            _ => self.text += &self.layout.flow(value),
        }
        self.comment(comment);
    }

    fn comment(&mut self, comment: Option<&str>) {
        if let Some(comment) = comment {
            self.text.push(' ');
            self.text += comment;
        }
    }

    /// Writes the lines of a text as they are. A comment stands above them: behind the last one it would be
    /// a part of the text.
    fn block_scalar(&mut self, column: usize, text: &str, comment: Option<&str>) {
        let body = text.trim_end_matches('\n');
        let chomping = match text.len() - body.len() {
            0 => "|-",
            1 => "|",
            _ => "|+",
        };
        self.text += chomping;
        self.comment(comment);
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            self.new_line(if line.is_empty() { 0 } else { column });
            self.text += line;
        }
    }

    fn with_source(&mut self, source: Span, write: impl FnOnce(&mut Self)) {
        let start = self.position();
        write(self);
        self.source_map.push((start..self.position(), source));
    }

    fn indent(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn position(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

/// Returns true if a text has several lines, and nothing in it that a block scalar would not keep.
fn is_block(text: &str) -> bool {
    let first = text.trim_start_matches('\n').chars().next();
    text.contains('\n')
        && first.is_some_and(|c| c != ' ')
        && text.chars().all(|c| c == '\n' || !super::scalar::needs_escape(c))
}
