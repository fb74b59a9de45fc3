//! Another value or key in the place of one.

use super::Refusal;
use super::change::Draft;
use super::insert::{edit, edit_at, refuse};
use super::path::{self, Place, Step};
use crate::write::{Layout, Value, Writer, quote};
use crate::{NodeKind, ScalarStyle, TextEdit, lines};

const NOT_SAFE: &str = "This can't be changed safely here; change it in the YAML.";

pub(super) fn value(
    draft: &Draft<'_>,
    at: &[Step],
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let place = path::find(draft.document, at)?;
    let (node, in_flow) = (place.node, place.parent.is_some_and(|parent| parent.is_flow()));
    let layout = Layout::near(draft.text, place.parent.unwrap_or(node));
    let range = node.span().range();
    match (node.kind(), node.style()) {
        (NodeKind::Null, _) => in_place_of_nothing(draft.text, &place, value, layout),
        (NodeKind::Scalar, Some(ScalarStyle::Block)) => {
            Err(refuse("This text has several lines; change it in the YAML.", node))
        }
        (NodeKind::Scalar, written) if !value.is_collection() => {
            let new = match (value, written) {
                (Value::Text(text), _) => quote(text, written.filter(is_quoted), in_flow),
                (Value::Word(word), Some(style)) if is_quoted(&style) => {
                    quote(word, Some(style), in_flow)
                }
                _ => layout.flow(value),
            };
            Ok(vec![edit(node, range.start, range.end, new)])
        }
        _ => Err(refuse("Expected a single value here.", node)),
    }
}

fn is_quoted(style: &ScalarStyle) -> bool {
    matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
}

/// `key:` with nothing behind it, or with `null`.
fn in_place_of_nothing(
    text: &str,
    place: &Place<'_>,
    value: &Value,
    layout: Layout,
) -> Result<Vec<TextEdit>, Refusal> {
    let node = place.node;
    let (Some(key), Some(parent)) = (place.key, place.parent) else {
        return Err(refuse(NOT_SAFE, node));
    };
    let colon = lines::behind_colon(text, key.span().range().end);
    let colon = colon.ok_or_else(|| refuse(NOT_SAFE, node))?;
    let end = node.span().range().end.max(colon);
    if parent.is_flow() {
        let blanks = text[end..].len() - text[end..].trim_start_matches(' ').len();
        let end = if text[end + blanks..].starts_with([',', '}']) { end + blanks } else { end };
        return Ok(vec![edit(node, colon, end, format!(" {}", layout.flow(value)))]);
    }
    let column = lines::column(text, key.span().range().start);
    let mut writer = Writer::new(layout);
    writer.value(column, value);
    let new = writer.text;
    if !value.is_collection() {
        return Ok(vec![edit(node, colon, end, new)]);
    }
    // A comment stays in the line of the key.
    Ok(vec![edit(node, colon, end, String::new()), edit_at(node, lines::end(text, end), new)])
}

pub(super) fn key(draft: &Draft<'_>, at: &[Step], new: &str) -> Result<Vec<TextEdit>, Refusal> {
    let place = path::find(draft.document, at)?;
    let (Some(key), Some(parent)) = (place.key, place.parent) else {
        return Err(refuse(NOT_SAFE, place.node));
    };
    let range = key.span().range();
    let new = quote(new, key.style().filter(is_quoted), parent.is_flow());
    Ok(vec![edit(key, range.start, range.end, new)])
}
