//! Quick fixes that replace a value by another one.

use deployline_yaml::write::quote;
use deployline_yaml::{Fix, Node, ScalarStyle, TextEdit};

use crate::spelling::closest_word;

/// Another keyword for a scalar, such as `true`: in the quotes that it has, or in none.
pub(crate) fn keyword(node: Node<'_>, wanted: &str) -> Option<Fix> {
    match node.style()? {
        ScalarStyle::Plain => replacement(node, wanted, wanted.to_owned()),
        _ => text(node, wanted),
    }
}

/// Another text for a scalar: in the quotes that it has, or those that it needs.
pub(crate) fn text(node: Node<'_>, wanted: &str) -> Option<Fix> {
    // The scalar may stand in a flow collection.
    replacement(node, wanted, quote(wanted, node.style(), true))
}

/// Another text for a scalar: the one of `known` that it is spelt like.
pub(crate) fn spelling(node: Node<'_>, known: &mut dyn Iterator<Item = &str>) -> Option<Fix> {
    text(node, closest_word(node.as_str()?, known)?)
}

/// A scalar as the one item of a list.
pub(crate) fn in_brackets(node: Node<'_>) -> Option<Fix> {
    let text = node.as_str()?;
    let listed = format!("[{}]", quote(text, node.style(), true));
    let fix = replacement(node, text, listed)?;
    Some(Fix { title: "Write a list".to_owned(), ..fix })
}

/// Another name for a key.
pub(crate) fn key(node: Node<'_>, wanted: &str) -> Option<Fix> {
    replacement(node, wanted, wanted.to_owned())
}

/// `None` where the scalar is shared, or isn't written as it reads.
fn replacement(node: Node<'_>, wanted: &str, insert: String) -> Option<Fix> {
    let written = node.as_str().filter(|_| !node.is_aliased())?;
    let quotes = match node.style()? {
        ScalarStyle::Plain => 0,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => 2,
        ScalarStyle::Block => return None,
    };
    let edit = TextEdit { span: node.span(), insert };
    (node.span().range().len() == written.len() + quotes)
        .then(|| Fix { title: format!("Change it to `{wanted}`"), edits: vec![edit] })
}
