//! Lines that could not be read, and what an edit must not touch because of them.
//!
//! A reader leaves broken lines out ([`Parsed::unread`](crate::Parsed::unread)). What they say is unknown:
//! a key that an edit adds may stand in one already, and a list may have one more item. By its column, such
//! a line belongs to some collection:
//!
//! ```text
//! spec:
//!   services:
//!     values: [a, b]
//!     metadata:
//!       parallel: true: z    ← can't be read: it belongs to `metadata`, so nothing can be added there
//!   environment:             ← can be changed
//! ```

use std::ops::Range;

use deployline_span::Span;

use super::change::Change;
use super::draft::Draft;
use super::path::{self, Step};
use super::refusal::{Refusal, UNREAD};
use crate::document::Unread;
use crate::{Document, Node, NodeKind, Parsed, lines};

/// Refuses a change of what could not be read as a whole.
pub(super) fn check(draft: &Draft<'_>, change: &Change) -> Result<(), Refusal> {
    if draft.document.unread.is_empty() {
        return Ok(());
    }
    let unread = UnreadLines::of(draft.text, draft.document);
    let node = |path: &[Step]| path::follow(draft.document, path).map(|target| target.node);
    let value = |path: &[Step]| {
        unread.check_value(node(path)?)?;
        let Some((_, parent)) = path.split_last() else { return Ok(()) };
        unread.check_collection(node(parent)?)
    };
    match change {
        Change::InsertItem { list: at, .. } | Change::InsertEntry { map: at, .. } => {
            unread.check_insertion(node(at)?)
        }
        Change::RenameKey { at, .. } => {
            let target = path::follow(draft.document, at)?;
            target.parent.map_or(Ok(()), |parent| unread.check_collection(parent))?;
            target.key.map_or(Ok(()), |key| unread.check_line(draft.text, key))
        }
        Change::Replace { at, .. }
        | Change::Remove { at, .. }
        | Change::KeepItem { list: at, .. }
        | Change::Nest { at, .. }
        | Change::Unnest { at, .. }
        | Change::Group { list: at, .. }
        | Change::Ungroup { at, .. } => value(at),
        Change::MoveItem { from, list, .. }
        | Change::CopyItem { from, list, .. }
        | Change::MoveEntry { from, map: list, .. }
        | Change::CopyEntry { from, map: list, .. } => {
            value(from)?;
            unread.check_insertion(node(list)?)
        }
    }
}

/// Refuses where a line that could not be read may be a key of the mapping `node` of `document`, or the
/// value of one.
///
/// # Errors
/// Names the line to mend.
pub fn check_keys(text: &str, document: &Document, node: Node<'_>) -> Result<(), Refusal> {
    let unread = UnreadLines::of(text, document);
    unread.check_collection(node)?;
    refuse(unread.0.iter().find(|line| line.holder_of_value().is_some_and(|it| it.is(node))))
}

/// Refuses where a line that could not be read may be an entry beside the value `node` of `document`, or
/// the value of one.
///
/// # Errors
/// Names the line to mend.
pub fn check_siblings(text: &str, document: &Document, node: Node<'_>) -> Result<(), Refusal> {
    let UnreadLines(lines) = UnreadLines::of(text, document);
    let holds = |holder: &Node<'_>| holder.entries().any(|(_, value)| value.is(node));
    let is_beside = |line: &&UnreadLine<'_>| {
        line.holders().iter().any(holds) || line.holder_of_value().as_ref().is_some_and(holds)
    };
    refuse(lines.iter().find(is_beside))
}

/// The lines of a document that could not be read.
pub(super) struct UnreadLines<'a>(Vec<UnreadLine<'a>>);

struct UnreadLine<'a> {
    span: Span,
    /// From the root down to the innermost node that the line may belong to.
    around: Vec<Node<'a>>,
    /// Index in `around` of the first node that the line would have ended if it had been read: all that
    /// is in it may belong to something else.
    disputed_from: usize,
    /// Indexes in `around` of the collections of which it may be an entry or an item: of all of them
    /// where nothing behind it was read either, of none where it is within brackets.
    holders: Range<usize>,
}

impl<'a> UnreadLines<'a> {
    pub(super) fn of(text: &str, document: &'a Document) -> Self {
        let lines = document.unread.iter().map(|unread| UnreadLine::new(text, document, *unread));
        Self(lines.collect())
    }

    /// Refuses to change the keys or items of a collection where one of them could not be read.
    pub(super) fn check_collection(&self, node: Node<'_>) -> Result<(), Refusal> {
        refuse(self.0.iter().find(|line| line.is_in(node) || line.disputes(node)))
    }

    /// Refuses to add to a collection where one of its keys or items could not be read, or where such a line
    /// stands at its end: what is added would come before it.
    pub(super) fn check_insertion(&self, node: Node<'_>) -> Result<(), Refusal> {
        self.check_collection(node)?;
        let end = node.span().end;
        refuse(self.0.iter().find(|line| line.span.start >= end && line.is_within(node)))
    }

    /// Refuses to change a key in a line of which the rest could not be read.
    fn check_line(&self, text: &str, key: Node<'_>) -> Result<(), Refusal> {
        let key = key.span().range();
        let rest = key.end..lines::end(text, key.end);
        refuse(self.0.iter().find(|line| rest.contains(&line.span.range().start)))
    }

    /// Refuses to change or move a whole value where something in it could not be read.
    pub(super) fn check_value(&self, node: Node<'_>) -> Result<(), Refusal> {
        refuse(self.0.iter().find(|line| line.is_within(node) || line.disputes(node)))
    }
}

fn refuse(line: Option<&UnreadLine<'_>>) -> Result<(), Refusal> {
    line.map_or(Ok(()), |line| Err(Refusal { reason: UNREAD, span: line.span }))
}

impl<'a> UnreadLine<'a> {
    fn new(text: &str, document: &'a Document, Unread { span, is_rest }: Unread) -> Self {
        let start = span.range().start;
        let mut around = vec![document.root()];
        while let Some(child) =
            around.last().and_then(|node| last_child_before(*node, start, is_rest))
        {
            around.push(child);
        }
        if is_rest {
            return Self { span, disputed_from: around.len(), holders: 0..around.len(), around };
        }
        let column = lines::column(text, start);
        let columns = columns(text, &around);
        let contains = |node: Node<'_>| node.span().range().contains(&start);
        while let [.., outer, inner] = columns[..around.len()] {
            let is_outside = column < inner && column <= outer;
            if !is_outside || around.last().is_some_and(|last| contains(*last)) {
                break;
            }
            around.pop();
        }
        let ended = columns[..around.len()].iter().position(|it| column < *it);
        // A value that is missing is the line itself; one that is there may go on in it.
        let goes_on = |last: &Node<'_>| is_leaf(*last) && !last.is_null();
        let leaf = around.len() - usize::from(around.last().is_some_and(goes_on));
        let disputed_from = ended.unwrap_or(leaf).min(leaf);
        let is_in_brackets = around
            .get(disputed_from)
            .is_some_and(|disputed| disputed.is_flow() && contains(*disputed));
        let first = if is_in_brackets { disputed_from } else { disputed_from.saturating_sub(1) };
        Self { span, disputed_from, holders: first..disputed_from, around }
    }

    /// Returns true where the line is an entry or an item of this collection.
    fn is_in(&self, node: Node<'_>) -> bool {
        self.holders().iter().any(|holder| holder.is(node))
    }

    /// The collections of which it may be an entry or an item.
    fn holders(&self) -> &[Node<'a>] {
        self.around.get(self.holders.clone()).unwrap_or_default()
    }

    /// What holds the key whose value it is, wholly or in part.
    fn holder_of_value(&self) -> Option<Node<'a>> {
        match self.around.as_slice() {
            [.., holder, value] if value.style().is_some() => Some(*holder),
            _ => None,
        }
    }

    fn is_within(&self, node: Node<'_>) -> bool {
        self.around.iter().any(|around| around.is(node))
    }

    fn disputes(&self, node: Node<'_>) -> bool {
        self.around.get(self.disputed_from).is_some_and(|disputed| {
            let (outer, inner) = (disputed.span(), node.span());
            disputed.is(node) || (outer.start <= inner.start && inner.end <= outer.end)
        })
    }
}

/// Returns true for what holds no further lines: a single value, an alias, brackets.
fn is_leaf(node: Node<'_>) -> bool {
    node.is_aliased() || node.is_flow() || node.style().is_some()
}

/// The value of the last entry or item that starts before an offset.
fn last_child_before(node: Node<'_>, offset: usize, in_brackets: bool) -> Option<Node<'_>> {
    if node.is_aliased() || (node.is_flow() && !in_brackets) {
        return None;
    }
    let is_before = |node: Node<'_>| node.span().range().start <= offset;
    match node.kind() {
        NodeKind::Sequence => node.items().take_while(|item| is_before(*item)).last(),
        _ => node.entries().take_while(|(key, _)| is_before(*key)).last().map(|(_, value)| value),
    }
}

/// The column at which each node starts its lines; of a single value, the first one inside its parent.
fn columns(text: &str, nodes: &[Node<'_>]) -> Vec<usize> {
    let mut inside_parent = 0;
    let columns = nodes.iter().map(|node| {
        let column = own_column(text, *node).unwrap_or(inside_parent);
        inside_parent = column + 1;
        column
    });
    columns.collect()
}

fn own_column(text: &str, node: Node<'_>) -> Option<usize> {
    if is_leaf(node) {
        return None;
    }
    let first = match node.kind() {
        NodeKind::Sequence => dash_before(text, node.items().next()?.span().range().start)?,
        _ => node.entries().next()?.0.span().range().start,
    };
    Some(lines::column(text, first))
}

/// Offset of the dash of an item that starts at `start`.
fn dash_before(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start)?;
    let on_line = before.get(lines::start(text, start)..)?;
    let directly = before.trim_end_matches([' ', '\t']).strip_suffix('-').map(str::len);
    // An anchor or a tag stands between them, or a line break.
    directly
        .or_else(|| Some(start - on_line.len() + on_line.rfind("- ")?))
        .or_else(|| before.rfind('-'))
}

/// Returns true if two readings found the same problems and left the same places out: an edit between
/// them has hidden nothing.
///
/// ```
/// use deployline_yaml::{edit::leaves_out_the_same, parse};
/// let [before, same, other] = ["a: 1\nb: c: d\n", "a: 2\nb: c: d\n", "a: 'x\nb: c: d\n"];
/// let is_same = |after| leaves_out_the_same((before, &parse(before)), (after, &parse(after)));
/// assert!(is_same(same) && !is_same(other));
/// ```
pub fn leaves_out_the_same(before: (&str, &Parsed), after: (&str, &Parsed)) -> bool {
    let codes = |parsed: &Parsed| parsed.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>();
    let left_out = |(text, parsed): (&str, &Parsed)| -> Vec<String> {
        let texts = parsed.unread.iter().map(|span| text.get(span.range()).unwrap_or_default());
        texts.map(str::to_owned).collect()
    };
    codes(before.1) == codes(after.1) && left_out(before) == left_out(after)
}
