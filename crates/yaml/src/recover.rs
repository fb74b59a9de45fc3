//! Setting an offending place aside: the same text, as long to the byte, with blanks in its stead,
//! so that every other place keeps its offset.

use std::ops::Range;

use crate::messages::{Problem, Remedy};

/// The text without the offending place; `None` where that would change nothing.
pub(crate) fn set_aside(text: &str, problem: &Problem) -> Option<String> {
    let line = line_range(text, problem.offset);
    match problem.remedy {
        Remedy::Nothing => None,
        Remedy::TabsAsBlanks => blanked(text, line.clone(), |byte| byte == b'\t')
            .or_else(|| blanked(text, line, |_| true)),
        Remedy::RestOfLine => blanked(text, problem.offset..line.end, |_| true),
        Remedy::Line => blanked(text, line.clone(), |_| true)
            .or_else(|| blanked(text, last_line_with_content(text, line.start)?, |_| true)),
    }
}

/// Blanks the bytes of `range` that `which` picks; `None` where all of them are blank.
fn blanked(text: &str, range: Range<usize>, which: impl Fn(u8) -> bool) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut changed = false;
    for byte in bytes.get_mut(range)? {
        // A byte of a longer character is part of the picked text: whole lines go at once.
        if which(*byte) && *byte != b' ' {
            *byte = b' ';
            changed = true;
        }
    }
    changed.then(|| String::from_utf8(bytes).ok()).flatten()
}

/// The line around `offset`, without its line break.
fn line_range(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes[..offset].iter().rposition(is_break).map_or(0, |i| i + 1);
    let end = bytes[offset..].iter().position(is_break).map_or(bytes.len(), |i| offset + i);
    start..end
}

fn last_line_with_content(text: &str, before: usize) -> Option<Range<usize>> {
    let end = text.get(..before)?.trim_end().len();
    (end > 0).then(|| line_range(text, end - 1))
}

/// The start of the character at `offset`. Where a place was set aside, a character of several bytes
/// has become several blanks, and the reader may name one in the middle.
pub(crate) fn floor_char_boundary(text: &str, offset: u32) -> u32 {
    (0..=offset).rev().find(|&at| text.is_char_boundary(at as usize)).unwrap_or(0)
}

/// The end of what the line holds behind `offset`, at least one character if there is one.
pub(crate) fn end_of_content(text: &str, offset: usize) -> usize {
    let line = line_range(text, offset);
    let rest = text.get(offset..line.end).unwrap_or_default();
    offset + rest.trim_end().len().max(rest.chars().next().map_or(0, char::len_utf8))
}

/// The tab a reader stumbled over: in its line, or, inside a text of several lines, behind it.
pub(crate) fn tab_at_or_behind(text: &str, offset: usize) -> Option<usize> {
    let start = line_range(text, offset).start;
    text.get(start..)?.find('\t').map(|i| start + i)
}

/// A colon may be out of place only because the line before it has none:
///
/// ```text
/// values      ← to blame
/// metadata:   ← where the reader stumbles
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

/// The innermost bracket still open before `offset`, by a rough look that minds quotes and
/// comments line by line.
pub(crate) fn unclosed_bracket_before(text: &str, offset: usize) -> Option<(char, usize)> {
    let end = line_range(text, offset).start;
    let from = text.get(..end)?.rfind("\n---").map_or(0, |i| i + 1);
    let mut open = Vec::new();
    let mut line_start = from;
    for line in text.get(from..end)?.split_inclusive('\n') {
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

/// Whether a quote behind it is an apostrophe: behind letters of any script.
fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii()
}
