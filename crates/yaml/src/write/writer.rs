//! Values written in a layout, block style around flow style.

use std::borrow::Cow;
use std::ops::Range;

use deployline_span::Span;

use super::layout::{LONGEST_KEY, Layout};
use super::scalar::quote;
use super::value::{Comments, Value};

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

    /// Writes `key: value`, for keys at `column`, with the comments around it.
    pub fn entry(&mut self, column: usize, key: &str, value: &Value) {
        self.above(column, value.comments().map(|it| it.above.as_slice()));
        self.entry_below_comments(column, key, value);
    }

    fn entry_below_comments(&mut self, column: usize, key: &str, value: &Value) {
        let comments = value.comments();
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
        self.below(column, comments);
    }

    /// Writes what follows the colon of a key at `column`.
    pub fn value(&mut self, column: usize, value: &Value) {
        self.value_with(column, value, &[]);
    }

    fn value_with(&mut self, column: usize, value: &Value, behind: &[String]) {
        match value {
            Value::WithSource(value, source) => {
                self.with_source(*source, |writer| writer.value_with(column, value, behind));
            }
            Value::WithComments(value, comments) => {
                self.value_with(column, value, &comments.behind);
            }
            Value::Null => self.behind(behind),
            Value::Map(entries) if !entries.is_empty() => {
                self.behind(behind);
                let inner = column + self.layout.step;
                self.new_line(inner);
                self.entries(inner, entries);
            }
            Value::List(items) if !items.is_empty() && !self.layout.is_in_brackets(items) => {
                self.behind(behind);
                let inner = column + self.layout.dash_offset;
                self.new_line(inner);
                self.items(inner, items);
            }
            _ => {
                self.text.push(' ');
                self.scalar(column + self.layout.step, value, behind);
            }
        }
    }

    /// Writes the entries of a mapping, its keys at `column`.
    pub fn entries(&mut self, column: usize, entries: &[(Cow<'static, str>, Value)]) {
        if let Some((_, first)) = entries.first() {
            self.above(column, first.comments().map(|it| it.above.as_slice()));
        }
        self.entries_below_comments(column, entries);
    }

    fn entries_below_comments(&mut self, column: usize, entries: &[(Cow<'static, str>, Value)]) {
        for (index, (key, value)) in entries.iter().enumerate() {
            if index == 0 {
                self.entry_below_comments(column, key, value);
            } else {
                self.new_line(column);
                self.entry(column, key, value);
            }
        }
    }

    /// Writes the items of a list, their dashes at `column`.
    pub fn items(&mut self, column: usize, items: &[Value]) {
        if let Some(first) = items.first() {
            self.above_item(column, first);
        }
        self.items_below_comments(column, items);
    }

    fn items_below_comments(&mut self, column: usize, items: &[Value]) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.new_line(column);
                self.above_item(column, item);
            }
            self.text.push('-');
            self.indent(self.layout.content_offset - 1);
            self.content(column + self.layout.content_offset, item, &[]);
            self.below(column, item.comments());
        }
    }

    /// Writes what follows a dash, from `column` on.
    pub fn item(&mut self, column: usize, item: &Value) {
        self.above_item(column, item);
        self.content(column, item, &[]);
        self.below(column, item.comments());
    }

    fn content(&mut self, column: usize, item: &Value, behind: &[String]) {
        match item {
            Value::WithSource(value, source) => {
                self.with_source(*source, |writer| writer.content(column, value, behind));
            }
            Value::WithComments(value, comments) => self.content(column, value, &comments.behind),
            Value::Map(entries) if !entries.is_empty() => {
                self.entries_below_comments(column, entries);
            }
            Value::List(items) if !items.is_empty() => self.items_below_comments(column, items),
            _ => self.scalar(column, item, behind),
        }
    }

    /// Writes the comments above an item: with those above its first key or item, which stand behind the same dash, and
    /// those that would stand behind it, where it has lines of its own.
    fn above_item(&mut self, column: usize, item: &Value) {
        if let Some(comments) = item.comments() {
            self.above(column, Some(&comments.above));
            if item.is_collection() {
                self.above(column, Some(&comments.behind));
            }
        }
        match item.bare() {
            Value::Map(entries) => {
                let first = entries.first().and_then(|(_, value)| value.comments());
                self.above(column, first.map(|it| it.above.as_slice()));
            }
            Value::List(items) => {
                items.first().into_iter().for_each(|it| self.above_item(column, it));
            }
            _ => {}
        }
    }

    fn above(&mut self, column: usize, comments: Option<&[String]>) {
        for comment in comments.unwrap_or_default() {
            self.comment(comment);
            self.new_line(column);
        }
    }

    fn below(&mut self, column: usize, comments: Option<&Comments>) {
        for comment in comments.map_or(&[][..], |comments| &comments.below) {
            self.new_line(column);
            self.comment(comment);
        }
    }

    /// Writes comments at the end of a line.
    fn behind(&mut self, comments: &[String]) {
        for comment in comments {
            self.text.push(' ');
            self.comment(comment);
        }
    }

    /// Writes a comment as one line, for every reader.
    fn comment(&mut self, comment: &str) {
        let breaks = ['\u{2028}', '\u{2029}', '\u{feff}'];
        let is_apart = |c: char| c != '\t' && c.is_control() || breaks.contains(&c);
        if !comment.starts_with('#') {
            self.text += "# ";
        }
        self.text.extend(comment.chars().map(|c| if is_apart(c) { ' ' } else { c }));
    }

    /// Starts a new line, indented to `column`.
    pub fn new_line(&mut self, column: usize) {
        self.text += self.layout.line_break;
        self.indent(column);
    }

    /// Writes a value on one line, or a text of several lines at `column`, with comments behind it.
    fn scalar(&mut self, column: usize, value: &Value, behind: &[String]) {
        match value {
            Value::Text(text) if self.layout.has_block_scalars && is_block(text) => {
                return self.block_scalar(column, text, behind);
            }
            Value::Text(text) => self.text += &quote(text, self.layout.quotes, false),
            _ => self.text += &self.layout.flow(value),
        }
        self.behind(behind);
    }

    /// Writes the lines of a text as they are. A comment stands above them: behind the last one it would be
    /// a part of the text.
    fn block_scalar(&mut self, column: usize, text: &str, behind: &[String]) {
        let body = text.trim_end_matches('\n');
        let chomping = match text.len() - body.len() {
            0 => "|-",
            1 => "|",
            _ => "|+",
        };
        self.text += chomping;
        self.behind(behind);
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
