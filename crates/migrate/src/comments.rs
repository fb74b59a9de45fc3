//! Comments of a text, which the result is without.

use deployline_span::{SourceId, Span};
use deployline_yaml::{Document, Node, NodeKind};

/// The first comment of the main text.
pub(crate) fn first(text: &str, documents: &[Document]) -> Option<Span> {
    let mut scalars = Vec::new();
    for document in documents.iter().filter(|document| document.source() == SourceId(0)) {
        collect(document.root(), &mut scalars);
    }
    deployline_map::sort_by_number(&mut scalars, |span| u64::from(span.start));
    let mut scalars = scalars.iter().peekable();
    for (at, _) in text.match_indices('#') {
        while scalars.next_if(|span| span.range().end <= at).is_some() {}
        let is_inside = scalars.peek().is_some_and(|span| span.range().contains(&at));
        let is_apart = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if is_apart && !is_inside {
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            return Some(Span::new(SourceId(0), at, end));
        }
    }
    None
}

fn collect(node: Node<'_>, scalars: &mut Vec<Span>) {
    if node.is_aliased() {
        return;
    }
    match node.kind() {
        NodeKind::Sequence => node.items().for_each(|item| collect(item, scalars)),
        NodeKind::Mapping => node.entries().for_each(|(key, value)| {
            collect(key, scalars);
            collect(value, scalars);
        }),
        NodeKind::Scalar | NodeKind::Null => scalars.push(node.span()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_sign_in_a_value_is_no_comment() {
        for (text, expected) in [
            ("a: b#c", None),
            ("a: 'b # c'\nd: |\n  # e\n", None),
            ("a: b # c", Some("# c")),
            ("# c\na: b", Some("# c")),
            ("a:\n  # c\n  - 'x # y'", Some("# c")),
        ] {
            let documents = deployline_yaml::parse(text).documents;
            let found = first(text, &documents).map(|span| &text[span.range()]);
            assert_eq!(found, expected, "{text}");
        }
    }
}
