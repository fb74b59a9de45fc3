//! A list without one of its items.

use std::ops::Range;

use deployline_span::Span;
use deployline_yaml::{Fix, Node, TextEdit};

/// Removes an item of a list; `None` where the item shares its line with the key, or is the only one of a block.
pub(super) fn without(text: &str, list: Node<'_>, item: Node<'_>, title: &str) -> Option<Fix> {
    let at = list.items().position(|other| other.span() == item.span())?;
    let own = item.span().range();
    let before = || at.checked_sub(1).and_then(|at| list.items().nth(at));
    let next = || list.items().nth(at + 1);
    let range = if list.is_flow() {
        match (before(), next()) {
            (Some(before), _) => before.span().range().end..own.end,
            (None, Some(next)) => own.start..next.span().range().start,
            (None, None) => own,
        }
    } else {
        match (before(), next()) {
            (Some(_), _) => lines_of(text, &own)?,
            (None, Some(next)) => {
                dash_of(text, own.start)?..dash_of(text, next.span().range().start)?
            }
            (None, None) => return None,
        }
    };
    let span = Span::new(item.span().source, range.start, range.end);
    let edit = TextEdit { span, insert: String::new() };
    Some(Fix { title: title.to_owned(), edits: vec![edit] })
}

/// The place of the dash before an item, where that is the first of its line.
fn dash_of(text: &str, item: usize) -> Option<usize> {
    let dash = text.get(..item)?.trim_end_matches([' ', '\t']).strip_suffix('-')?;
    let is_first = dash.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
    is_first.then_some(dash.len())
}

/// From the break before an item's dash to the end of its last line.
fn lines_of(text: &str, item: &Range<usize>) -> Option<Range<usize>> {
    let line = text.get(..dash_of(text, item.start)?)?.trim_end_matches([' ', '\t']);
    let from = line.len() - if line.ends_with("\r\n") { 2 } else { 1 };
    // A text of several lines ends where the next item starts.
    let last = text.get(..item.end)?.trim_end().len();
    let to = last + text.get(last..)?.find(['\n', '\r']).unwrap_or(text.len() - last);
    Some(from..to)
}
