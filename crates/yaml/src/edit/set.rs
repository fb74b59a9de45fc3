//! Setting one value.

use deployline_span::{SourceId, Span};

use super::{Refusal, SHARED};
use crate::{Node, NodeKind, ScalarStyle, TextEdit};

/// The edit that sets the value at `path` below the mapping `node` to the plain scalar `value`.
///
/// A scalar that is there is replaced within its quotes; a missing key is added, and the mappings
/// on the way to it, with the indentation step and the style (block or flow, quoted keys or not)
/// of the text around it.
///
/// ```
/// let text = "services:\n    values: [a, b] # two\n";
/// let parsed = deployline_yaml::parse(text);
/// let services = parsed.documents[0].root().get("services").expect("it is there");
/// let edit = deployline_yaml::edit::set(text, services, &["metadata", "parallel"], "false");
/// assert_eq!(
///     edit.expect("it is safe").apply(text),
///     "services:\n    values: [a, b] # two\n    metadata:\n        parallel: false\n"
/// );
/// ```
///
/// # Errors
/// Where an alias leads there, or something else than a mapping stands on the way.
pub fn set(text: &str, node: Node<'_>, path: &[&str], value: &str) -> Result<TextEdit, Refusal> {
    let refuse = |reason, node: Node<'_>| Err(Refusal { reason, span: node.span() });
    if node.is_aliased() {
        return refuse(SHARED, node);
    }
    let Some((&key, rest)) = path.split_first() else {
        return set_scalar(text, node, value);
    };
    match node.kind() {
        NodeKind::Mapping => match node.get(key) {
            Some(child) if !child.is_null() => set(text, child, rest, value),
            Some(child) => fill_null(text, node, child, rest, value),
            None => add_key(text, node, path, value),
        },
        _ => refuse("Expected keys and values here.", node),
    }
}

fn set_scalar(text: &str, node: Node<'_>, value: &str) -> Result<TextEdit, Refusal> {
    let span = node.span();
    let insert = match node.style() {
        Some(ScalarStyle::Plain) => value.to_owned(),
        Some(ScalarStyle::SingleQuoted) => format!("'{value}'"),
        Some(ScalarStyle::DoubleQuoted) => format!("\"{value}\""),
        Some(ScalarStyle::Block) | None => {
            return Err(Refusal { reason: "Expected a single value here.", span });
        }
    };
    debug_assert!(text.get(span.range()).is_some());
    Ok(TextEdit { span, insert })
}

/// `metadata:` with nothing behind it, or with `null`.
fn fill_null(
    text: &str,
    parent: Node<'_>,
    child: Node<'_>,
    path: &[&str],
    value: &str,
) -> Result<TextEdit, Refusal> {
    if child.is_aliased() {
        return Err(Refusal { reason: SHARED, span: child.span() });
    }
    let style = Style::of(text, parent);
    let inline = path.is_empty() || parent.is_flow();
    let content = if inline {
        format!(" {}", style.flow(path, value))
    } else {
        format!("{}{}", style.line_break, style.block(style.column + style.step, path, value))
    };
    let span = behind_colon(text, child.span())?;
    Ok(TextEdit { span, insert: content })
}

/// From right behind the colon to the end of a null. A null that isn't written is reported at the
/// end of its key, before the colon.
fn behind_colon(text: &str, null: Span) -> Result<Span, Refusal> {
    let (before, after) = text.split_at(null.start as usize);
    if null.start < null.end {
        let start = before.trim_end_matches([' ', '\t']).len();
        return Ok(Span::new(null.source, start, null.end as usize));
    }
    match after.trim_start_matches([' ', '\t']).strip_prefix(':') {
        Some(rest) => {
            let at = text.len() - rest.len();
            Ok(Span::new(null.source, at, at))
        }
        None => Err(Refusal { reason: "Write a value here first.", span: null }),
    }
}

fn add_key(text: &str, node: Node<'_>, path: &[&str], value: &str) -> Result<TextEdit, Refusal> {
    let style = Style::of(text, node);
    let source = node.span().source;
    let Some((_, last)) = node.entries().last() else {
        // Only `{}` is an empty mapping.
        let at = node.span().start as usize + 1;
        return Ok(insertion(source, at, style.flow_entry(path, value)));
    };
    if node.is_flow() {
        let at = last.span().end as usize;
        return Ok(insertion(source, at, format!(", {}", style.flow_entry(path, value))));
    }
    let lines = style.block(style.column, path, value);
    let at = end_of_line(text, last.span().end as usize);
    // The last value of a text may reach to its very end, with or without a line break.
    let insert = if text[..at].ends_with(['\n', '\r']) {
        format!("{lines}{}", style.line_break)
    } else {
        format!("{}{lines}", style.line_break)
    };
    Ok(insertion(source, at, insert))
}

fn insertion(source: SourceId, at: usize, insert: String) -> TextEdit {
    TextEdit { span: Span::new(source, at, at), insert }
}

/// The end of the line on which a value ends; a block scalar ends where the next line starts.
fn end_of_line(text: &str, offset: usize) -> usize {
    if offset > 0 && text[..offset].ends_with('\n') {
        return offset;
    }
    text[offset..].find(['\n', '\r']).map_or(text.len(), |i| offset + i)
}

/// How the text around a mapping is written.
struct Style {
    /// Column of its keys, from 0.
    column: usize,
    /// Blanks from one level to the next.
    step: usize,
    line_break: &'static str,
    /// Whether keys are in double quotes.
    quoted_keys: bool,
}

impl Style {
    fn of(text: &str, mapping: Node<'_>) -> Self {
        let first_key = mapping.entries().next().map(|(key, _)| key);
        let column = first_key.map_or(0, |key| column_of(text, key.span().start as usize));
        Self {
            column,
            step: indent_step(text, mapping, column),
            line_break: if text.contains("\r\n") { "\r\n" } else { "\n" },
            quoted_keys: first_key.and_then(Node::style) == Some(ScalarStyle::DoubleQuoted),
        }
    }

    fn key(&self, key: &str) -> String {
        if self.quoted_keys { format!("\"{key}\"") } else { key.to_owned() }
    }

    /// `a:⏎  b: value`, from `column` on.
    fn block(&self, column: usize, path: &[&str], value: &str) -> String {
        let mut lines = String::new();
        for (depth, key) in path.iter().enumerate() {
            if depth > 0 {
                lines.push_str(self.line_break);
            }
            lines.push_str(&" ".repeat(column + depth * self.step));
            lines.push_str(&self.key(key));
            lines.push(':');
        }
        format!("{lines} {value}")
    }

    /// `a: {b: value}`
    fn flow_entry(&self, path: &[&str], value: &str) -> String {
        match path.split_first() {
            Some((key, rest)) => format!("{}: {}", self.key(key), self.flow(rest, value)),
            None => value.to_owned(),
        }
    }

    /// `{a: {b: value}}`, or `value` alone.
    fn flow(&self, path: &[&str], value: &str) -> String {
        if path.is_empty() {
            return value.to_owned();
        }
        format!("{{{}}}", self.flow_entry(path, value))
    }
}

fn column_of(text: &str, offset: usize) -> usize {
    let before = &text[..offset];
    before.len() - before.rfind(['\n', '\r']).map_or(0, |i| i + 1)
}

/// The step from the mapping's keys to those inside it, or to the line that holds the mapping, or
/// the first step of the text.
fn indent_step(text: &str, mapping: Node<'_>, column: usize) -> usize {
    let inner = mapping.entries().find_map(|(_, value)| {
        let (key, _) = value.entries().next().filter(|_| !value.is_flow())?;
        column_of(text, key.span().start as usize).checked_sub(column)
    });
    let outer = || {
        let start = mapping.span().start as usize;
        let line_start = start - column_of(text, start);
        let parent = text[..line_start].lines().rev().find(|line| {
            let trimmed = line.trim_start();
            !trimmed.is_empty() && !trimmed.starts_with('#') && line.len() - trimmed.len() < column
        })?;
        // Under `- key:` the key starts behind the dash.
        let body = parent.trim_start_matches([' ', '-']);
        column.checked_sub(parent.len() - body.len())
    };
    inner.filter(|&step| step > 0).or_else(|| outer().filter(|&step| step > 0)).unwrap_or(2)
}
