//! Lines: how far each is indented, its dashes, its key, its value.

use std::ops::Range;

use super::scan::{
    after_break, behind_marks, is_dash, is_document_mark, key_length, line_at, unquoted,
    without_comment,
};
use super::{CursorContext, Entry, EntryId, EntryKind, Expected, LenientTree};

/// State between two lines.
pub(super) struct LineReader<'t> {
    pub(super) text: &'t str,
    pub(super) cursor: usize,
    pub(super) entries: Vec<Entry>,
    pub(super) context: Option<CursorContext>,
    /// The open entries, the document first.
    open: Vec<EntryId>,
    /// Start of the line that is read, for columns.
    pub(super) line_start: usize,
}

pub(super) fn read(text: &str, cursor: usize) -> LenientTree<'_> {
    let (entries, open) = (Vec::new(), Vec::new());
    let mut reader = LineReader { text, cursor, entries, context: None, open, line_start: 0 };
    reader.document(0);
    let mut at = 0;
    loop {
        let line = line_at(text, at);
        reader.line_start = at;
        let end = reader.line(line.clone()).max(line.end);
        // What is read of a line may have ended in a later one.
        let last = line_at(text, end);
        match after_break(text, last.end) {
            Some(next) => at = next,
            None => break,
        }
    }
    LenientTree { text, entries: reader.entries, context: reader.context }
}

impl LineReader<'_> {
    fn document(&mut self, at: usize) {
        let id = self.add(EntryKind::Document, None, at..at, 0, false);
        self.open = vec![id];
    }

    pub(super) fn add(
        &mut self,
        kind: EntryKind,
        parent: Option<EntryId>,
        name: Range<usize>,
        column: usize,
        is_flow: bool,
    ) -> EntryId {
        let id = EntryId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let value = name.end..name.end;
        let (first, last, next) = (None, None, None);
        self.entries.push(Entry { kind, parent, name, value, column, is_flow, first, last, next });
        if let Some(parent) = parent {
            match self.entries[parent.0 as usize].last.replace(id) {
                Some(before) => self.entries[before.0 as usize].next = Some(id),
                None => self.entries[parent.0 as usize].first = Some(id),
            }
        }
        id
    }

    fn top(&self) -> EntryId {
        self.open.last().copied().unwrap_or(EntryId(0))
    }

    fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    pub(super) fn set_value(&mut self, id: EntryId, value: Range<usize>) {
        self.entries[id.0 as usize].value = value;
    }

    /// Closes what a key or word in this column does not stand in.
    fn close_for_key(&mut self, column: usize) {
        while self.open.len() > 1 && self.entry(self.top()).column >= column {
            self.open.pop();
        }
    }

    /// A list may start in the column of its key.
    fn close_for_dash(&mut self, column: usize) {
        let ends = |entry: &Entry| {
            entry.column > column || (entry.column == column && entry.kind == EntryKind::Item)
        };
        while self.open.len() > 1 && ends(self.entry(self.top())) {
            self.open.pop();
        }
    }

    /// Reads one line, and those that its value goes on in; returns where that ends.
    fn line(&mut self, line: Range<usize>) -> usize {
        let has_cursor = (line.start..=line.end).contains(&self.cursor);
        let content = &self.text[line.clone()];
        if is_document_mark(content) {
            self.document(line.start);
            return line.end;
        }
        let trimmed = content.trim_start_matches([' ', '\t']);
        if trimmed.is_empty() {
            if has_cursor {
                self.blank_line(line.start);
            }
            return line.end;
        }
        if trimmed.starts_with(['#', '%']) {
            return line.end;
        }
        let mut at = line.end - trimmed.len();
        let mut item = None;
        while is_dash(&self.text[at..line.end]) {
            let column = at - line.start;
            self.close_for_dash(column);
            let id = self.add(EntryKind::Item, Some(self.top()), at..at + 1, column, false);
            self.open.push(id);
            item = Some(id);
            let rest = &self.text[at + 1..line.end];
            at = line.end - rest.trim_start_matches([' ', '\t']).len();
        }
        self.content(line, at, item, has_cursor)
    }

    /// A key may be typed here, of whatever is open in the column of the cursor.
    fn blank_line(&mut self, start: usize) {
        let column = self.cursor - start;
        let open = self.open.clone();
        self.close_for_key(column);
        let holder = self.top();
        // What goes on in several lines is no place for keys.
        if self.entry(holder).value.is_empty() {
            self.set_context(Expected::Key { holder, own: None }, self.cursor..self.cursor, column);
        }
        self.open = open;
    }

    pub(super) fn set_context(&mut self, expected: Expected, word: Range<usize>, column: usize) {
        self.context =
            Some(CursorContext { expected, word, column, is_flow: false, needs_blank: false });
    }

    /// Reads what stands behind indentation and dashes.
    fn content(
        &mut self,
        line: Range<usize>,
        at: usize,
        item: Option<EntryId>,
        has_cursor: bool,
    ) -> usize {
        let column = at - line.start;
        let end = at + without_comment(&self.text[at..line.end]);
        let in_content = has_cursor && (at..=end).contains(&self.cursor);
        let key = key_length(&self.text[at..end]);
        self.close_for_key(column);
        let holder = self.top();
        let Some((length, colon)) = key else {
            return match item {
                Some(item) => self.item(item, at..end, in_content, line),
                None => self.word(holder, at..end, column, in_content),
            };
        };
        let name = unquoted(self.text, at..at + length);
        let id = self.add(EntryKind::Key, Some(holder), name.clone(), column, false);
        self.open.push(id);
        if in_content && (name.start..=name.end).contains(&self.cursor) {
            let expected = Expected::Key { holder, own: Some(id) };
            self.set_context(expected, name, column);
        }
        let behind = at + colon + 1;
        let value = end - self.text[behind..end].trim_start_matches([' ', '\t']).len();
        self.value(id, behind, value..end, in_content, line)
    }

    /// A line that is no key and no item: half a key, or more of the value above.
    fn word(
        &mut self,
        holder: EntryId,
        word: Range<usize>,
        column: usize,
        in_content: bool,
    ) -> usize {
        let text = &self.text[word.clone()];
        if text.starts_with(['{', '[']) && self.entry(holder).kind == EntryKind::Document {
            return self.flow(word.start, holder, None);
        }
        let is_half_key = self.entry(holder).value.is_empty() && !text.trim_end().contains(' ');
        if in_content && is_half_key && !text.starts_with(['"', '\'', '{', '[', '&', '*', '!']) {
            self.set_context(Expected::Key { holder, own: None }, word.clone(), column);
        }
        word.end
    }

    fn item(
        &mut self,
        item: EntryId,
        value: Range<usize>,
        in_content: bool,
        line: Range<usize>,
    ) -> usize {
        let list = self.entry(item).parent.unwrap_or(EntryId(0));
        // Right behind the dash there is no room yet.
        let has_room = value.start > self.entry(item).name.end;
        if in_content && has_room {
            let word = unquoted(self.text, value.clone());
            if word.contains(&self.cursor) || word.end == self.cursor {
                self.set_context(Expected::Item { list }, word, value.start - line.start);
            }
        }
        self.scalar(item, value)
    }

    fn value(
        &mut self,
        key: EntryId,
        behind: usize,
        value: Range<usize>,
        in_content: bool,
        line: Range<usize>,
    ) -> usize {
        let word = unquoted(self.text, value.clone());
        // Blanks behind the colon, with nothing behind them but maybe more blanks.
        let is_open = value.is_empty() && self.cursor >= behind;
        if in_content && (is_open || (word.start..=word.end).contains(&self.cursor)) {
            let word = if is_open { self.cursor..self.cursor } else { word };
            let column = word.start - line.start;
            self.set_context(Expected::Value { key }, word, column);
            if let Some(context) = &mut self.context {
                context.needs_blank = self.cursor == behind;
            }
        }
        self.scalar(key, value)
    }

    /// The value of a key or item: brackets, text of several lines, or one piece.
    fn scalar(&mut self, owner: EntryId, value: Range<usize>) -> usize {
        let column = self.entry(owner).column;
        let value = behind_marks(self.text, value);
        let text = &self.text[value.clone()];
        match text.as_bytes().first() {
            Some(b'{' | b'[') => {
                self.clear_context_in(&value);
                self.flow(value.start, owner, Some(column))
            }
            Some(b'|' | b'>') => {
                self.clear_context_in(&value);
                self.set_value(owner, value.clone());
                self.deeper_lines(value.end, column)
            }
            Some(quote @ (b'"' | b'\'')) => {
                let end = self.quoted(value.clone(), *quote, column);
                if end > value.end {
                    self.clear_context_in(&(value.start..end));
                }
                self.set_value(owner, unquoted(self.text, value));
                end
            }
            _ => {
                self.set_value(owner, value.clone());
                value.end
            }
        }
    }

    /// Drops the context of a cursor in what turns out to be no plain word.
    fn clear_context_in(&mut self, range: &Range<usize>) {
        if !range.is_empty() && (range.start..=range.end).contains(&self.cursor) {
            self.context = None;
        }
    }

    /// The end of the lines that are indented deeper than this column: text in a block.
    fn deeper_lines(&self, end: usize, column: usize) -> usize {
        let mut end = line_at(self.text, end).end;
        while let Some(next) = after_break(self.text, end) {
            let line = line_at(self.text, next);
            let content = &self.text[line.clone()];
            let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
            if indent <= column && !content.trim().is_empty() {
                break;
            }
            end = line.end;
        }
        end
    }

    /// The end of a text in quotes; that of its line where none closes it.
    fn quoted(&self, value: Range<usize>, quote: u8, column: usize) -> usize {
        if value.len() > unquoted(self.text, value.clone()).len() + 1 {
            return value.end;
        }
        let bytes = self.text.as_bytes();
        let most = self.deeper_lines(value.end, column);
        let mut at = value.start + 1;
        while at < most {
            match bytes[at] {
                b'\\' if quote == b'"' => at += 1,
                byte if byte == quote => return at + 1,
                _ => {}
            }
            at += 1;
        }
        value.end
    }
}
