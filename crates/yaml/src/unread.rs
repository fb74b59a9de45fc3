//! The places of a broken text that were left out.

use deployline_span::{SourceId, Span};

use crate::document::Unread;
use crate::{Document, lines};

/// The places with spaces instead of their characters in `readable`, one for each line. A tab that was
/// read as a space is none: nothing is missing there.
pub(crate) fn lines(text: &str, readable: &str, source: SourceId) -> Vec<Unread> {
    let mut unread = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let next = lines::next(text, start);
        let (before, after) = (&text.as_bytes()[start..next], &readable.as_bytes()[start..next]);
        if before != after {
            let is_left_out = |i: &usize| before[*i] != after[*i] && before[*i] != b'\t';
            let first = (0..before.len()).find(is_left_out);
            let last = (0..before.len()).rfind(is_left_out);
            unread.extend(first.zip(last).and_then(|(first, last)| {
                let end = text.ceil_char_boundary(start + last + 1);
                place(text, start + first, end, source, false)
            }));
        }
        start = next;
    }
    unread
}

/// The place from `start` to the end of its document, which may be empty: the text ended too early.
pub(crate) fn rest(text: &str, start: usize, source: SourceId) -> Option<Unread> {
    let mut end = lines::next(text, start);
    while end < text.len() && !text[end..].starts_with("---") {
        end = lines::next(text, end);
    }
    place(text, start, end, source, true)
}

fn place(text: &str, start: usize, end: usize, source: SourceId, is_rest: bool) -> Option<Unread> {
    let start = text.floor_char_boundary(start);
    let content = text.get(start..end)?;
    let start = start + content.len() - content.trim_start().len();
    let end = start + content.trim().len();
    (start < end || is_rest).then(|| Unread { span: Span::new(source, start, end), is_rest })
}

/// Gives each document its places. `starts` has the offset at which each one starts, with its number; of
/// those that are left out because they hold nothing, the number of the next one.
pub(crate) fn assign(unread: &[Unread], starts: &[(usize, usize)], documents: &mut [Document]) {
    for unread in unread {
        let start = unread.span.range().start;
        let position = starts.partition_point(|(at, _)| *at <= start).saturating_sub(1);
        let Some((_, number)) = starts.get(position) else { continue };
        let is_empty = starts.get(position + 1).is_some_and(|(_, next)| next == number);
        if let Some(document) = documents.get_mut(*number).filter(|_| !is_empty) {
            document.unread.push(*unread);
        }
    }
}
