//! A group that is written in the form of the other schema.

use deployline_span::Span;
use deployline_yaml::{Fix, Node, NodeKind, TextEdit};

/// `parallel:` with the list itself, in place of `stages:` that holds it. `None` where something else stands beside
/// `stages:`.
pub(super) fn without_stages_key(text: &str, group: Node<'_>) -> Option<Fix> {
    let mut entries = group.entries();
    let (key, list) = entries.next().filter(|(key, _)| key.as_str() == Some("stages"))?;
    if entries.next().is_some() || list.kind() != NodeKind::Sequence || list.is_aliased() {
        return None;
    }
    let remove = |start: usize, end: usize| TextEdit {
        span: Span::new(group.span().source, start, end),
        insert: String::new(),
    };
    let (key, list_range, range) = (key.span().range(), list.span().range(), group.span().range());
    let edits = if group.is_flow() {
        vec![remove(range.start, list_range.start), remove(list_range.end, range.end)]
    } else {
        let behind_key = text.get(key.end..list_range.start)?.strip_prefix(':')?;
        let line = line_start(text, list_range.start);
        // With nothing else on its line, the whole line goes.
        if line > key.end && behind_key.trim().is_empty() {
            vec![remove(line_start(text, key.start), line)]
        } else {
            vec![remove(key.start, list_range.start - behind_key.trim_start_matches(' ').len())]
        }
    };
    Some(Fix { title: "Remove `stages:`".into(), edits })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}
