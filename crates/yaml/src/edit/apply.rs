//! Changes of the tree, as proved edits of the text.

use deployline_span::{SourceId, Span};

use super::change::Change;
use super::draft::Draft;
use super::piece_table::PieceTable;
use super::refusal::{GONE, NOT_SAFE, Refusal, UNREAD, first_key_or_node};
use super::{copy, expected, group, insert, nest, path, remove, replace, unread};
use crate::{Budget, Document, Parsed, TextEdit, parse_with};

/// Returns the edits of `text` that do these changes to its document number `document_idx`, one after
/// the other; `before` is the text as [`parse_with`] reads it.
///
/// The edits are proved: the edited text, read again, is the tree with these changes and nothing else.
///
/// ```
/// use deployline_yaml::edit::{Change, change};
/// use deployline_yaml::{TextEdit, parse};
///
/// let text = "all:\n- a\n# the second\n- b # yes\n";
/// let second_first = Change::MoveItem {
///     from: vec!["all".into(), 1.into()],
///     list: vec!["all".into()],
///     to: 0,
/// };
/// let edits = change(text, &parse(text), 0, &[second_first]).expect("it is safe");
/// assert_eq!(TextEdit::apply_all(&edits, text), "all:\n# the second\n- b # yes\n- a\n");
/// ```
///
/// # Errors
/// Fails if an alias shares the place, or if the change can't be made or proved.
pub fn change(
    text: &str,
    before: &Parsed,
    document_idx: usize,
    changes: &[Change],
) -> Result<Vec<TextEdit>, Refusal> {
    let source = before.documents.get(document_idx).map(Document::source).unwrap_or_default();
    let place = changes.first().and_then(|change| {
        let target = path::follow(before.documents.get(document_idx)?, change.path()).ok()?;
        Some(first_key_or_node(target.node))
    });
    let place = place.unwrap_or(Span::new(source, 0, 0));
    let mut table = PieceTable::new(text.len(), source);
    let mut draft = text.to_owned();
    let mut parsed = None;
    let steps: Vec<Change> = changes.iter().flat_map(steps).collect();
    for batch in batches(&steps) {
        let now: &Parsed = parsed.as_ref().unwrap_or(before);
        let document = now
            .documents
            .get(document_idx)
            .ok_or_else(|| Refusal { reason: GONE, span: Span::new(source, 0, 0) })?;
        let of_draft = Draft { text: &draft, document };
        let edits = edits(&of_draft, batch).map_err(|refusal| {
            // A place in the draft is none in the text.
            if parsed.is_none() { refusal } else { Refusal { span: place, ..refusal } }
        })?;
        if !TextEdit::are_apart(&edits, &draft) {
            return Err(Refusal { reason: NOT_SAFE, span: place });
        }
        table.edit(&edits);
        draft = TextEdit::apply_all(&edits, &draft);
        parsed = Some(read(&draft, source));
    }
    let after = parsed.as_ref().unwrap_or(before);
    prove((text, before), (&draft, after), document_idx, changes, place)?;
    Ok(table.into_edits(text))
}

/// A move is a copy whose original goes.
fn steps(change: &Change) -> Vec<Change> {
    let (copy, at) = match change.clone() {
        Change::MoveItem { from, list, to } => {
            let at = path::after_insertion(&from, &list, to);
            (Change::CopyItem { from, list, to }, at)
        }
        Change::MoveEntry { from, map, after } => {
            (Change::CopyEntry { from: from.clone(), map, after }, from)
        }
        change => return vec![change],
    };
    vec![copy, Change::Remove { at, keeps_comments: false }]
}

/// The changes in turn, those together that leave each other in place: a text is read once for each batch.
fn batches(steps: &[Change]) -> impl Iterator<Item = &[Change]> {
    steps.chunk_by(Change::leaves_in_place)
}

fn edits(draft: &Draft<'_>, batch: &[Change]) -> Result<Vec<TextEdit>, Refusal> {
    batch.iter().try_for_each(|change| unread::check(draft, change))?;
    match batch.first() {
        Some(Change::Group { list, .. }) => group::all(draft, list, batch),
        Some(Change::Ungroup { at, .. }) => group::all(draft, &at[..at.len().max(1) - 1], batch),
        _ => {
            let edits = batch.iter().map(|change| edits_of_one(draft, change));
            Ok(edits.collect::<Result<Vec<_>, _>>()?.concat())
        }
    }
}

fn edits_of_one(draft: &Draft<'_>, change: &Change) -> Result<Vec<TextEdit>, Refusal> {
    match change {
        Change::InsertItem { list, at, value } => insert::item(draft, list, *at, value),
        Change::InsertEntry { map, after, key, value } => {
            insert::entry(draft, map, after.as_deref(), key, value)
        }
        Change::Replace { at, value } => replace::value(draft, at, value),
        Change::RenameKey { at, key } => replace::key(draft, at, key),
        Change::KeepItem { list, at } => remove::all_but(draft, list, *at),
        Change::Remove { at, keeps_comments } => remove::one(draft, at, *keeps_comments),
        Change::MoveItem { from, list, to } | Change::CopyItem { from, list, to } => {
            copy::item(draft, from, list, *to)
        }
        Change::MoveEntry { from, map, after } | Change::CopyEntry { from, map, after } => {
            copy::entry(draft, from, map, after.as_deref())
        }
        Change::Nest { at, steps } => nest::nest(draft, at, steps),
        Change::Unnest { at, steps } => nest::unnest(draft, at, steps),
        Change::Group { .. } | Change::Ungroup { .. } => edits(draft, std::slice::from_ref(change)),
    }
}

fn read(text: &str, source: SourceId) -> Parsed {
    parse_with(text, source, Budget::default())
}

fn prove(
    (text, before): (&str, &Parsed),
    (text_after, after): (&str, &Parsed),
    document_idx: usize,
    changes: &[Change],
    span: Span,
) -> Result<(), Refusal> {
    let mut expected = expected::of_all(&before.documents);
    let is_sensible = expected
        .get_mut(document_idx)
        .is_some_and(|tree| changes.iter().all(|change| expected::apply(tree, change).is_some()));
    if is_sensible
        && unread::leaves_out_the_same((text, before), (text_after, after))
        && expected == expected::of_all(&after.documents)
    {
        return Ok(());
    }
    let reason = if before.documents.iter().any(|document| !document.shared().is_empty()) {
        "An alias shares this with other places: the change would be theirs too."
    } else if let Some(unread) = before.unread.first() {
        return Err(Refusal { reason: UNREAD, span: *unread });
    } else if before.is_broken() {
        "The text can't be read as a whole: mend what is wrong with it first."
    } else {
        NOT_SAFE
    };
    Err(Refusal { reason, span })
}
