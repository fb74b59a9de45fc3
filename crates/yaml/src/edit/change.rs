//! Changes of the tree, as proved edits of the text.

use deployline_span::{SourceId, Span};

use super::path::{self, Path, Step};
use super::pieces::Pieces;
use super::value;
use super::{Refusal, copy, insert, nest, remove, replace};
use crate::write::Value;
use crate::{Budget, Document, Parsed, TextEdit, parse_with};

/// A change of the tree. Each of a list sees the tree as the ones before have left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new item.
    InsertItem {
        /// Where the list is.
        list: Path,
        /// The item's index.
        at: usize,
        /// The item.
        value: Value,
    },
    /// A new key with its value.
    InsertEntry {
        /// Where the mapping is.
        map: Path,
        /// The key to stand behind; else it is the last one.
        after: Option<String>,
        /// The key.
        key: String,
        /// The value.
        value: Value,
    },
    /// Another value in the place of a single one.
    Replace {
        /// Where it is.
        at: Path,
        /// The new value; a collection only in the place of nothing.
        value: Value,
    },
    /// Another key for a value.
    RenameKey {
        /// Where the value is.
        at: Path,
        /// The new key.
        key: String,
    },
    /// An item or a key with its value goes.
    Remove {
        /// Where it is.
        at: Path,
        /// Whether the comment lines above it stay.
        keeps_comments: bool,
    },
    /// All items of a list go but one.
    KeepItem {
        /// Where the list is.
        list: Path,
        /// The one that stays.
        at: usize,
    },
    /// An item moves, with the comments that belong to it.
    MoveItem {
        /// Where it is.
        from: Path,
        /// The list it goes to.
        list: Path,
        /// Before which index of that list, as it is before the move.
        to: usize,
    },
    /// An item is repeated, with the comments that belong to it.
    CopyItem {
        /// Where it is.
        from: Path,
        /// The list the copy goes to.
        list: Path,
        /// The copy's index.
        to: usize,
    },
    /// A value goes down into new keys and lists of one item.
    Nest {
        /// Where it is.
        at: Path,
        /// Where it goes from there.
        steps: Path,
    },
    /// The only value in keys and lists of one item comes up.
    Unnest {
        /// Where it goes.
        at: Path,
        /// Where it is from there.
        steps: Path,
    },
}

/// The text while it changes.
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
    pub(super) document: &'a Document,
}

/// The edits of `text` that do these changes to its document number `document_idx`, each after the
/// other; `before` is what reading the text gives. They are proved: the edited text says what the tree with these changes says, and nothing
/// else.
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
/// Where an alias shares the place, or the change can't be made or proved.
pub fn change(
    text: &str,
    before: &Parsed,
    document_idx: usize,
    changes: &[Change],
) -> Result<Vec<TextEdit>, Refusal> {
    let source = before.documents.get(document_idx).map(Document::source).unwrap_or_default();
    let place = changes.first().and_then(|change| {
        let place = path::find(before.documents.get(document_idx)?, place_of(change)).ok()?;
        Some(path::start_of(place.node))
    });
    let place = place.unwrap_or(Span::new(source, 0, 0));
    let mut pieces = Pieces::new(text.len(), source);
    let mut draft = text.to_owned();
    let mut parsed = None;
    for part in changes.iter().flat_map(parts) {
        let now: &Parsed = parsed.as_ref().unwrap_or(before);
        let document = now.documents.get(document_idx).ok_or_else(|| nothing(source))?;
        let edits = edits(&Draft { text: &draft, document }, &part).map_err(|refusal| {
            // A place in the draft is none in the text.
            if parsed.is_none() { refusal } else { Refusal { span: place, ..refusal } }
        })?;
        pieces.edit(&edits);
        draft = TextEdit::apply_all(&edits, &draft);
        parsed = Some(read(&draft, source));
    }
    let after = parsed.as_ref().unwrap_or(before);
    prove(before, after, document_idx, changes, place)?;
    Ok(pieces.into_edits(text))
}

/// A move is a copy whose original goes.
fn parts(change: &Change) -> Vec<Change> {
    let Change::MoveItem { from, list, to } = change else { return vec![change.clone()] };
    let at = path::after_insertion(from, list, *to);
    let (from, list, to) = (from.clone(), list.clone(), *to);
    vec![Change::CopyItem { from, list, to }, Change::Remove { at, keeps_comments: false }]
}

fn edits(draft: &Draft<'_>, change: &Change) -> Result<Vec<TextEdit>, Refusal> {
    match change {
        Change::InsertItem { list, at, value } => insert::item(draft, list, *at, value),
        Change::InsertEntry { map, after, key, value } => {
            insert::entry(draft, map, after.as_deref(), key, value)
        }
        Change::Replace { at, value } => replace::value(draft, at, value),
        Change::RenameKey { at, key } => replace::key(draft, at, key),
        Change::KeepItem { list, at } => remove::all_but(draft, list, *at),
        Change::Remove { at, keeps_comments } => remove::remove(draft, at, *keeps_comments),
        Change::MoveItem { from, list, to } | Change::CopyItem { from, list, to } => {
            copy::item(draft, from, list, *to)
        }
        Change::Nest { at, steps } => nest::down(draft, at, steps),
        Change::Unnest { at, steps } => nest::up(draft, at, steps),
    }
}

fn read(text: &str, source: SourceId) -> Parsed {
    parse_with(text, source, Budget::default())
}

fn nothing(source: SourceId) -> Refusal {
    Refusal { reason: "There is nothing to change here.", span: Span::new(source, 0, 0) }
}

fn place_of(change: &Change) -> &[Step] {
    match change {
        Change::InsertItem { list: at, .. }
        | Change::KeepItem { list: at, .. }
        | Change::InsertEntry { map: at, .. }
        | Change::Replace { at, .. }
        | Change::RenameKey { at, .. }
        | Change::Remove { at, .. }
        | Change::MoveItem { from: at, .. }
        | Change::CopyItem { from: at, .. }
        | Change::Nest { at, .. }
        | Change::Unnest { at, .. } => at,
    }
}

fn prove(
    before: &Parsed,
    after: &Parsed,
    document_idx: usize,
    changes: &[Change],
    span: Span,
) -> Result<(), Refusal> {
    let mut expected = value::of_all(&before.documents);
    let is_sensible = expected
        .get_mut(document_idx)
        .is_some_and(|tree| changes.iter().all(|change| value::apply(tree, change).is_some()));
    let codes = |parsed: &Parsed| parsed.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>();
    if is_sensible && codes(before) == codes(after) && expected == value::of_all(&after.documents) {
        return Ok(());
    }
    let reason = if before.documents.iter().any(|document| !document.shared().is_empty()) {
        "An alias shares this with other places: the change would be theirs too."
    } else if before.is_broken() {
        "The text can't be read as a whole: mend what is wrong with it first."
    } else {
        "This can't be changed safely here; change it in the YAML."
    };
    Err(Refusal { reason, span })
}
