//! Parts of a line: its end, marks, quotes, comment.

use std::ops::Range;

/// The rest of the line from `at` on, without its break.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    at..at + length.unwrap_or(rest.len())
}

/// Start of the next line; `None` behind the last one.
pub(super) fn after_break(text: &str, end: usize) -> Option<usize> {
    match text.as_bytes().get(end..)? {
        [b'\r', b'\n', ..] => Some(end + 2),
        [_, ..] => Some(end + 1),
        [] => None,
    }
}

/// `---` or `...`, with nothing or a space behind it.
pub(super) fn is_document_mark(content: &str) -> bool {
    let rest = content.strip_prefix("---").or_else(|| content.strip_prefix("..."));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// `- ` or a lone `-`.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text.as_bytes(), [b'-'] | [b'-', b' ' | b'\t', ..])
}

/// The length of a line's content up to a comment, spaces before it not counted.
pub(super) fn without_comment(content: &str) -> usize {
    let bytes = content.as_bytes();
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'"' | b'\'')
                if matches!(before, None | Some(b' ' | b':' | b'[' | b'{' | b',')) =>
            {
                quote = Some(*byte);
            }
            (None, b'#') if matches!(before, None | Some(b' ' | b'\t')) => {
                return content[..at].trim_end_matches([' ', '\t']).len();
            }
            _ => {}
        }
    }
    content.len()
}

/// The length of a key, quotes included, and where its colon is; `None` where there is none.
pub(super) fn key_length(content: &str) -> Option<(usize, usize)> {
    let bytes = content.as_bytes();
    let length = match bytes.first()? {
        quote @ (b'"' | b'\'') => {
            let close = bytes[1..].iter().position(|byte| byte == quote)? + 2;
            return matches!(&bytes[close..], [b':'] | [b':', b' ' | b'\t', ..])
                .then_some((close, close));
        }
        b'{' | b'[' | b'|' | b'>' => return None,
        _ => (0..bytes.len()).find(|&at| {
            bytes[at] == b':' && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'))
        })?,
    };
    Some((content[..length].trim_end().len(), length))
}

/// A value behind `&anchor` and `!tag`.
pub(super) fn behind_marks(text: &str, mut value: Range<usize>) -> Range<usize> {
    while text[value.clone()].starts_with(['&', '!']) {
        let rest = &text[value.clone()];
        let mark = rest.find([' ', '\t']).unwrap_or(rest.len());
        value.start = value.end - rest[mark..].trim_start_matches([' ', '\t']).len();
    }
    value
}

/// The bytes without spaces behind them and without quotes around them.
pub(super) fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let content = &text[range.clone()];
    let range = range.start..range.start + content.trim_end_matches([' ', '\t']).len();
    match text.as_bytes()[range.clone()] {
        [open @ (b'"' | b'\''), .., close] if open == close => range.start + 1..range.end - 1,
        [b'"' | b'\'', ..] => range.start + 1..range.end,
        _ => range,
    }
}
