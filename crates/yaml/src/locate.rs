//! The places in a broken text: lines, and what is to blame for an error further on.

use std::ops::Range;

use crate::lines;

/// The line around `offset`, without its line break.
pub(crate) fn line_range(text: &str, offset: usize) -> Range<usize> {
    let offset = offset.min(text.len());
    lines::start(text, offset)..lines::end(text, offset)
}

pub(crate) fn last_line_with_content(text: &str, before: usize) -> Option<Range<usize>> {
    let end = text.get(..before)?.trim_end().len();
    (end > 0).then(|| line_range(text, end - 1))
}

/// The end of what the line holds behind `offset`, at least one character if there is one.
pub(crate) fn end_of_content(text: &str, offset: usize) -> usize {
    let line = line_range(text, offset);
    let rest = text.get(offset..line.end).unwrap_or_default();
    offset + rest.trim_end().len().max(rest.chars().next().map_or(0, char::len_utf8))
}

/// Returns the first tab in the line of `offset` or behind it: the one that a reader rejects.
pub(crate) fn tab_at_or_behind(text: &str, offset: usize) -> Option<usize> {
    let start = line_range(text, offset).start;
    text.get(start..)?.find('\t').map(|i| start + i)
}

/// Returns the start of the line before `offset` that lacks a colon, which makes the next colon an error:
///
/// ```text
/// values      ← lacks a colon
/// metadata:   ← where the error is reported
/// ```
pub(crate) fn line_without_colon(text: &str, offset: usize) -> Option<usize> {
    let line = line_range(text, offset);
    if text.get(line.start..offset)?.contains(':') {
        return None;
    }
    let previous = last_line_with_content(text, line.start)?;
    let content = text.get(previous.clone())?;
    let trimmed = content.trim_start();
    let is_bare = !trimmed.contains(':') && !trimmed.starts_with(['-', '#', '[', '{', '"', '\'']);
    is_bare.then(|| previous.end - trimmed.len())
}

/// Returns the innermost bracket still open before `offset`. Quotes and comments are told apart line by
/// line only.
pub(crate) fn unclosed_bracket_before(text: &str, offset: usize) -> Option<(char, usize)> {
    let end = line_range(text, offset).start;
    let mut open = Vec::new();
    let mut line_start = 0;
    for line in lines::split(text.get(..end)?) {
        if line.starts_with("---") {
            open.clear();
        }
        brackets_of_line(line, line_start, &mut open);
        line_start += line.len();
    }
    open.pop()
}

fn brackets_of_line(line: &str, line_start: usize, open: &mut Vec<(char, usize)>) {
    let mut quote = None;
    let mut previous = ' ';
    for (i, c) in line.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '#') if previous.is_whitespace() => return,
            (None, '"' | '\'') if !is_in_word(previous) => quote = Some(c),
            (None, '[' | '{') => open.push((c, line_start + i)),
            (None, ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
        previous = c;
    }
}

/// Returns true if a quote behind `c` is an apostrophe: `c` is a letter of any script.
fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii()
}
