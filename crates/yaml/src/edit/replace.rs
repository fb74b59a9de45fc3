//! Another value or key in the place of one.

use super::draft::{self, Draft};
use super::path::{self, PathTarget, Step};
use super::refusal::{NOT_A_SCALAR, NOT_SAFE, Refusal};
use crate::write::{Layout, Value, Writer, quote};
use crate::{NodeKind, ScalarStyle, TextEdit, lines};

const SEVERAL_LINES: &str = "This text has several lines; change it in the YAML.";

pub(super) fn value(
    draft: &Draft<'_>,
    at: &[Step],
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    at_target(draft.text, &path::follow(draft.document, at)?, value)
}

/// Replaces the value at `target`.
pub(super) fn at_target(
    text: &str,
    target: &PathTarget<'_>,
    value: &Value,
) -> Result<Vec<TextEdit>, Refusal> {
    let (node, in_flow) = (target.node, target.parent.is_some_and(|parent| parent.is_flow()));
    let layout = Layout::near(text, target.parent.unwrap_or(node));
    match (node.kind(), node.style()) {
        (NodeKind::Null, _) => in_place_of_nothing(text, target, value, layout),
        (NodeKind::Scalar, Some(ScalarStyle::Block)) => Err(Refusal::at(SEVERAL_LINES, node)),
        (NodeKind::Scalar, written) if !value.is_collection() => {
            let new = match (value, written) {
                (Value::Text(text), _) => quote(text, written.filter(is_quoted), in_flow),
                (Value::Word(word), Some(style)) if is_quoted(&style) => {
                    quote(word, Some(style), in_flow)
                }
                _ => layout.flow(value),
            };
            Ok(vec![draft::replace(node, node.span().range(), new)])
        }
        _ => Err(Refusal::at(NOT_A_SCALAR, node)),
    }
}

fn is_quoted(style: &ScalarStyle) -> bool {
    matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
}

/// `key:` with nothing behind it, or with `null`.
fn in_place_of_nothing(
    text: &str,
    target: &PathTarget<'_>,
    value: &Value,
    layout: Layout,
) -> Result<Vec<TextEdit>, Refusal> {
    let node = target.node;
    let (Some(key), Some(parent)) = (target.key, target.parent) else {
        return Err(Refusal::at(NOT_SAFE, node));
    };
    let colon = lines::behind_colon(text, key.span().range().end);
    let colon = colon.ok_or_else(|| Refusal::at(NOT_SAFE, node))?;
    let end = node.span().range().end.max(colon);
    if parent.is_flow() {
        let blanks = text[end..].len() - text[end..].trim_start_matches(' ').len();
        let end = if text[end + blanks..].starts_with([',', '}']) { end + blanks } else { end };
        return Ok(vec![draft::replace(node, colon..end, format!(" {}", layout.flow(value)))]);
    }
    let mut writer = Writer::new(layout);
    writer.value(lines::column(text, key.span().range().start), value);
    if !value.is_collection() {
        return Ok(vec![draft::replace(node, colon..end, writer.text)]);
    }
    // A comment stays in the line of the key.
    let line_end = lines::end(text, end);
    Ok(vec![draft::delete(node, colon..end), draft::insert(node, line_end, writer.text)])
}

pub(super) fn key(draft: &Draft<'_>, at: &[Step], new: &str) -> Result<Vec<TextEdit>, Refusal> {
    let target = path::follow(draft.document, at)?;
    let (Some(key), Some(parent)) = (target.key, target.parent) else {
        return Err(Refusal::at(NOT_SAFE, target.node));
    };
    let new = quote(new, key.style().filter(is_quoted), parent.is_flow());
    Ok(vec![draft::replace(key, key.span().range(), new)])
}
