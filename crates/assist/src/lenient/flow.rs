//! Brackets: `{a: [b, c]}`, over as many lines as they take.
//!
//! Between two of `{ [ , : ] }` is one slot, for a key, a value or an item; the cursor is in one of
//! them.

use std::ops::Range;

use super::lines::LineReader;
use super::scan::{after_break, line_at, unquoted};
use super::{CursorContext, EntryId, EntryKind, Expected, MAX_LEVELS};

/// An open bracket.
struct Frame {
    owner: EntryId,
    is_mapping: bool,
}

/// Kind of what stands between two marks.
#[derive(Clone, Copy, PartialEq)]
enum Slot {
    Key,
    Value(EntryId),
    Item,
    /// A bracket was closed: only a comma or another one may follow.
    Nothing,
}

/// State of reading between two marks.
struct Flow {
    frames: Vec<Frame>,
    slot: Slot,
    /// Start of what stands behind the last mark.
    from: usize,
    /// True where only spaces stand behind the last mark.
    is_blank: bool,
}

impl Flow {
    /// Goes behind the mark at a byte.
    fn pass(&mut self, mark: usize, slot: Slot) {
        (self.slot, self.from, self.is_blank) = (slot, mark + 1, true);
    }

    /// The slot behind an opening bracket or a comma.
    fn entry(&self) -> Slot {
        let is_mapping = self.frames.last().is_some_and(|frame| frame.is_mapping);
        if is_mapping { Slot::Key } else { Slot::Item }
    }
}

impl LineReader<'_> {
    /// Reads from the bracket at `start`, which holds what `owner` holds, to its end, or to where the
    /// lines around it go on, in this column or before.
    pub(super) fn flow(&mut self, start: usize, owner: EntryId, column: Option<usize>) -> usize {
        let slot = Slot::Value(owner);
        let mut flow = Flow { frames: Vec::new(), slot, from: start, is_blank: true };
        let text = self.text;
        let mut at = start;
        while let Some(&byte) = text.as_bytes().get(at) {
            let was_blank = flow.is_blank;
            flow.is_blank &= byte.is_ascii_whitespace();
            match byte {
                b'{' | b'[' if was_blank && flow.slot != Slot::Nothing => {
                    self.open_bracket(&mut flow, at, owner);
                }
                b'}' | b']' => {
                    self.end_slot(&flow, at);
                    flow.frames.pop();
                    if flow.frames.is_empty() {
                        return at + 1;
                    }
                    flow.pass(at, Slot::Nothing);
                }
                b',' => {
                    self.end_slot(&flow, at);
                    let entry = flow.entry();
                    flow.pass(at, entry);
                }
                b':' if flow.slot == Slot::Key && ends_key(text, flow.from..at) => {
                    let Some(holder) = flow.frames.last().map(|frame| frame.owner) else { break };
                    let key = self.key(holder, flow.from..at);
                    flow.pass(at, Slot::Value(key));
                }
                b'"' | b'\'' if was_blank => {
                    at += closing(&text[at..], byte).unwrap_or_default();
                }
                b'#' if text[..at].ends_with([' ', '\t', '\n', '\r']) => {
                    at = self.comment(&mut flow, at, was_blank);
                    continue;
                }
                b'\n' | b'\r' if is_broken_off(text, at, column) => break,
                b'\n' | b'\r' => self.line_start = at + 1,
                _ => {}
            }
            at += 1;
        }
        let end = at.min(text.len());
        self.end_slot(&flow, end);
        end
    }

    fn open_bracket(&mut self, flow: &mut Flow, at: usize, outermost: EntryId) {
        let owner = match (flow.slot, flow.frames.last()) {
            (Slot::Value(key), _) => key,
            // Further in, nothing is looked for: what stands there is of the same item.
            (_, Some(frame)) if flow.frames.len() >= MAX_LEVELS => frame.owner,
            (_, Some(frame)) => self.item_at(frame.owner, at),
            (_, None) => outermost,
        };
        flow.frames.push(Frame { owner, is_mapping: self.text.as_bytes()[at] == b'{' });
        let entry = flow.entry();
        flow.pass(at, entry);
    }

    fn key(&mut self, holder: EntryId, range: Range<usize>) -> EntryId {
        let name = trimmed(self.text, range.clone());
        let column = self.column_of(name.start);
        let name = unquoted(self.text, name);
        let key = self.add(EntryKind::Key, Some(holder), name, column, true);
        self.key_slot(holder, key, range);
        key
    }

    /// Passes a comment; returns its end.
    fn comment(&mut self, flow: &mut Flow, at: usize, was_blank: bool) -> usize {
        let line = line_at(self.text, at);
        // What is before the comment may be a slot; what is in it is none.
        if (at + 1..=line.end).contains(&self.cursor) {
            self.cursor = usize::MAX;
        }
        self.end_slot(flow, at);
        if !was_blank {
            flow.slot = Slot::Nothing;
        }
        (flow.from, flow.is_blank) = (line.end, true);
        line.end
    }

    fn end_slot(&mut self, flow: &Flow, end: usize) {
        self.slot(flow.slot, flow.from..end, flow.frames.last());
    }

    fn column_of(&self, at: usize) -> usize {
        at.saturating_sub(self.line_start)
    }

    fn item_at(&mut self, list: EntryId, at: usize) -> EntryId {
        self.add(EntryKind::Item, Some(list), at..at, self.column_of(at), true)
    }

    /// Reads what stood between two marks.
    fn slot(&mut self, slot: Slot, range: Range<usize>, frame: Option<&Frame>) {
        let word = trimmed(self.text, range.clone());
        let expected = match (slot, frame) {
            (Slot::Key, Some(frame)) => Expected::Key { holder: frame.owner, own: None },
            (Slot::Value(key), Some(_)) => {
                if self.entries[key.0 as usize].first.is_none() {
                    self.set_value(key, unquoted(self.text, word.clone()));
                }
                Expected::Value { key }
            }
            (Slot::Item, Some(frame)) => {
                let list = frame.owner;
                if !word.is_empty() {
                    let item = self.item_at(list, word.start);
                    self.set_value(item, unquoted(self.text, word.clone()));
                }
                Expected::Item { list }
            }
            _ => return,
        };
        self.set_flow_context(expected, word, range);
    }

    fn key_slot(&mut self, holder: EntryId, key: EntryId, range: Range<usize>) {
        let word = trimmed(self.text, range.clone());
        self.set_flow_context(Expected::Key { holder, own: Some(key) }, word, range);
    }

    fn set_flow_context(&mut self, expected: Expected, word: Range<usize>, range: Range<usize>) {
        let cursor = self.cursor;
        if !(range.start..=range.end).contains(&cursor) {
            return;
        }
        let word = unquoted(self.text, word);
        let is_in_word = (word.start..=word.end).contains(&cursor);
        let word = match word.is_empty() {
            true => cursor..cursor,
            false if is_in_word => word,
            false => return,
        };
        let needs_blank = matches!(expected, Expected::Value { .. }) && cursor == range.start;
        let column = self.column_of(word.start);
        self.context = Some(CursorContext { expected, word, column, is_flow: true, needs_blank });
    }
}

/// True where a colon behind this ends a key: a space or a mark follows, or quotes stand before.
fn ends_key(text: &str, range: Range<usize>) -> bool {
    let is_quoted = text[range.clone()].trim().starts_with(['"', '\'']);
    let next = text.as_bytes().get(range.end + 1);
    is_quoted
        || matches!(
            next,
            None | Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b'}' | b']' | b'[' | b'{')
        )
}

/// The length up to the closing quote, in the same line or a later one.
fn closing(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote => return Some(at),
            // An open quote swallows no more than its line.
            b'\n' | b'\r' => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// True where the next line with content is one of the mapping or list around the brackets.
fn is_broken_off(text: &str, at: usize, column: Option<usize>) -> bool {
    let (Some(column), Some(next)) = (column, after_break(text, at)) else { return false };
    let line = &text[line_at(text, next)];
    let content = line.trim_start_matches(' ');
    let is_line = content.starts_with("- ")
        || content.trim_end().ends_with(':')
        || content
            .split_once(": ")
            .is_some_and(|(key, _)| !key.contains([' ', '{', '[', '"', '\'']));
    !content.is_empty() && line.len() - content.len() <= column && is_line
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let content = &text[range.clone()];
    let start = range.end - content.trim_start().len();
    start..start.max(range.start + content.trim_end().len())
}
