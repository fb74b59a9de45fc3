//! Taking items and entries away.

use super::Refusal;
use super::block::{self, Region};
use super::change::Draft;
use super::flow::{self, Part};
use super::insert::{edit, edit_at, refuse};
use super::path::{self, Place, Step};
use crate::{Node, NodeKind, TextEdit, lines};

const NOT_SAFE: &str = "This can't be taken away safely; change it in the YAML.";

pub(super) fn remove(
    draft: &Draft<'_>,
    at: &[Step],
    keeps_comments: bool,
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let place = path::find(draft.document, at)?;
    let Some((_, of)) = at.split_last() else { return Err(refuse(NOT_SAFE, place.node)) };
    let parent = path::find(draft.document, of)?;
    if parent.node.is_flow() {
        let parts = flow::parts(text, parent.node);
        let parts = parts.ok_or_else(|| refuse(NOT_SAFE, parent.node))?;
        return from_flow(text, parent.node, &parts, place.position);
    }
    let block = block::of(text, &parent).ok_or_else(|| refuse(NOT_SAFE, parent.node))?;
    match block.regions.as_slice() {
        [] => Err(refuse(NOT_SAFE, parent.node)),
        [only] => last_one(text, &parent, only),
        regions => from_block(text, parent.node, regions, place.position, keeps_comments),
    }
}

/// Takes away all items but one, and what stands between them.
pub(super) fn all_but(
    draft: &Draft<'_>,
    list: &[Step],
    at: usize,
) -> Result<Vec<TextEdit>, Refusal> {
    let text = draft.text;
    let place = path::find(draft.document, list)?;
    let not_safe = || refuse(NOT_SAFE, place.node);
    let (before, behind) = if place.node.is_flow() {
        let parts = flow::parts(text, place.node).ok_or_else(not_safe)?;
        let (Some(kept), Some(first), Some(last)) = (parts.get(at), parts.first(), parts.last())
        else {
            return Err(not_safe());
        };
        (first.start..kept.start, kept.end..last.end)
    } else {
        let block = block::of(text, &place).ok_or_else(not_safe)?;
        let regions = &block.regions;
        let (Some(kept), Some(first), Some(last)) =
            (regions.get(at), regions.first(), regions.last())
        else {
            return Err(not_safe());
        };
        if !lines::is_first(text, first.own) {
            return Err(not_safe());
        }
        (first.start..kept.start, kept.end..last.end)
    };
    Ok(vec![
        edit(place.node, before.start, before.end, String::new()),
        edit(place.node, behind.start, behind.end, String::new()),
    ])
}

/// The lines of all but the only item.
fn from_block(
    text: &str,
    parent: Node<'_>,
    regions: &[Region],
    position: usize,
    keeps_comments: bool,
) -> Result<Vec<TextEdit>, Refusal> {
    let region = &regions[position];
    let next = regions.get(position + 1);
    if !lines::is_first(text, region.own) {
        // It stands behind a dash, and the next one takes its place.
        let next = next.filter(|next| text[region.end..next.own].trim().is_empty());
        let next = next.ok_or_else(|| refuse(NOT_SAFE, parent))?;
        return Ok(vec![edit(parent, region.own, next.own, String::new())]);
    }
    let start = if keeps_comments {
        lines::start(text, region.own).max(region.start)
    } else {
        region.start
    };
    let (start, end) = with_blank_lines(text, start, region, next);
    Ok(vec![edit(parent, start, end, String::new())])
}

/// The bytes to delete for these lines. Of blank lines before and after it, one side goes.
fn with_blank_lines(
    text: &str,
    mut start: usize,
    region: &Region,
    next: Option<&Region>,
) -> (usize, usize) {
    let mut end = lines::next(text, region.end);
    let above = |at: usize| {
        let line = (at > 0).then(|| lines::start(text, at - 1))?;
        lines::is_blank(lines::line(text, line)).then_some(line)
    };
    match next {
        Some(next) => {
            let has_blank_above = above(start).is_some();
            let blank = text[end..next.start].trim().is_empty();
            let is_first = lines::start(text, start) == start && !has_blank_above;
            let was_first = start == region.start && is_first;
            if blank && (has_blank_above || was_first) {
                end = next.start;
            }
        }
        None => {
            while let Some(line) = above(start) {
                start = line;
            }
        }
    }
    // The last line may have no line break: that of the line above goes.
    if end == text.len() && !text.ends_with('\n') {
        start -= usize::from(text[..start].ends_with('\n'));
        start -= usize::from(text[..start].ends_with('\r'));
    }
    (start, end)
}

/// The only item: an empty list or mapping is left.
fn last_one(text: &str, parent: &Place<'_>, region: &Region) -> Result<Vec<TextEdit>, Refusal> {
    let colon = parent.key.and_then(|key| lines::behind_colon(text, key.span().range().end));
    let Some(colon) = colon.filter(|_| lines::is_first(text, region.own)) else {
        return Err(refuse(NOT_SAFE, parent.node));
    };
    let empty = if parent.node.kind() == NodeKind::Sequence { " []" } else { " {}" };
    let mut start = region.start;
    let end = lines::next(text, region.end);
    if end == text.len() && !text.ends_with('\n') {
        start = text[..start].trim_end_matches('\n').trim_end_matches('\r').len();
    }
    Ok(vec![
        edit_at(parent.node, colon, empty.to_owned()),
        edit(parent.node, start, end, String::new()),
    ])
}

fn from_flow(
    text: &str,
    parent: Node<'_>,
    parts: &[Part],
    position: usize,
) -> Result<Vec<TextEdit>, Refusal> {
    let part = parts.get(position).ok_or_else(|| refuse(NOT_SAFE, parent))?;
    let behind = part.comma.map_or(part.end, |comma| comma + 1);
    let before = position.checked_sub(1).and_then(|before| parts.get(before));
    let next = parts.get(position + 1);
    let tail = text[behind..lines::end(text, behind)].trim_start();
    let is_alone = flow::has_own_line(text, part) && (tail.is_empty() || tail.starts_with('#'));
    if is_alone {
        let (start, end) = own_lines(text, part, behind);
        let mut edits = vec![edit(parent, start, end, String::new())];
        if let (None, None, Some(comma)) = (next, part.comma, before.and_then(|it| it.comma)) {
            edits.insert(0, edit(parent, comma, comma + 1, String::new()));
        }
        return Ok(edits);
    }
    let (start, end) = match (before, next) {
        (_, Some(next)) => (part.start, next.start),
        (Some(before), None) => (before.end, part.end),
        (None, None) => (part.start, behind),
    };
    if text[start..end].contains('#') && text[start..end].contains('\n') {
        return Err(refuse("A comment is in the way; change it in the YAML.", parent));
    }
    Ok(vec![edit(parent, start, end, String::new())])
}

/// The lines of a part that has them for itself, with the comment lines directly above it.
fn own_lines(text: &str, part: &Part, behind: usize) -> (usize, usize) {
    let mut start = lines::start(text, part.start);
    while start > 0 {
        let above = lines::start(text, start - 1);
        if lines::comment_column(lines::line(text, above)).is_none() {
            break;
        }
        start = above;
    }
    (start, lines::next(text, behind))
}
