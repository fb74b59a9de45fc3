//! Quick fixes that replace a value by another word.

use deployline_yaml::{Fix, Node, ScalarStyle, TextEdit};

use crate::spelling::closest_word;

/// Another word for a scalar, in the quotes it has. `None` where the text is shared, or isn't
/// written as it reads.
pub(crate) fn word(node: Node<'_>, wanted: &str) -> Option<Fix> {
    let written = node.as_str().filter(|_| !node.is_aliased())?;
    let (insert, quotes) = match node.style()? {
        ScalarStyle::Plain => (wanted.to_owned(), 0),
        ScalarStyle::SingleQuoted => (format!("'{wanted}'"), 2),
        ScalarStyle::DoubleQuoted => (format!("\"{wanted}\""), 2),
        ScalarStyle::Block => return None,
    };
    let edit = TextEdit { span: node.span(), insert };
    (node.span().range().len() == written.len() + quotes)
        .then(|| Fix { title: format!("Change it to `{wanted}`"), edits: vec![edit] })
}

/// Another word for a scalar: the one of `known` that it is spelt like.
pub(crate) fn spelling(node: Node<'_>, known: &mut dyn Iterator<Item = &str>) -> Option<Fix> {
    word(node, closest_word(node.as_str()?, known)?)
}
