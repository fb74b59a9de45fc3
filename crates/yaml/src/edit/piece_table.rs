//! A piece table: edits that follow each other, as edits of the original text.

use deployline_span::{SourceId, Span};

use crate::TextEdit;

/// A text as pieces of the original one and of what was added between them.
pub(super) struct PieceTable {
    pieces: Vec<Piece>,
    source: SourceId,
}

#[derive(Clone)]
enum Piece {
    Original { start: usize, end: usize },
    Added(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Original { start, end } => end - start,
            Self::Added(text) => text.len(),
        }
    }

    /// Its first `at` bytes, and the rest.
    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Original { start, end } => (
                Self::Original { start, end: start + at },
                Self::Original { start: start + at, end },
            ),
            Self::Added(mut text) => {
                let rest = text.split_off(at);
                (Self::Added(text), Self::Added(rest))
            }
        }
    }
}

impl PieceTable {
    pub(super) fn new(len: usize, source: SourceId) -> Self {
        Self { pieces: vec![Piece::Original { start: 0, end: len }], source }
    }

    /// Applies edits of the text as it is now.
    pub(super) fn edit(&mut self, edits: &[TextEdit]) {
        let mut edits: Vec<&TextEdit> = edits.iter().collect();
        deployline_map::sort_by(&mut edits, |a, b| a.span.cmp(&b.span));
        for edit in edits.into_iter().rev() {
            let start = self.split_at(edit.span.range().start);
            let end = self.split_at(edit.span.range().end);
            let added = Some(Piece::Added(edit.insert.clone())).filter(|_| !edit.insert.is_empty());
            self.pieces.splice(start..end, added);
        }
    }

    /// Splits the piece at `at`; returns the index of the piece that starts there.
    fn split_at(&mut self, at: usize) -> usize {
        let mut before = 0;
        for index in 0..self.pieces.len() {
            let len = self.pieces[index].len();
            if before == at {
                return index;
            }
            if at < before + len {
                let (left, right) = self.pieces[index].clone().split(at - before);
                self.pieces.splice(index..=index, [left, right]);
                return index + 1;
            }
            before += len;
        }
        self.pieces.len()
    }

    /// Returns the edits of the original text that give the last one.
    pub(super) fn into_edits(self, text: &str) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let (mut at, mut insert) = (0, String::new());
        let end = Piece::Original { start: text.len(), end: text.len() };
        for piece in self.pieces.into_iter().chain([end]) {
            match piece {
                Piece::Added(added) => insert += &added,
                Piece::Original { start, end } => {
                    if (start, insert.as_str()) != (at, "") {
                        let span = Span::new(self.source, at, start);
                        edits.push(TextEdit { span, insert: std::mem::take(&mut insert) });
                    }
                    at = end;
                }
            }
        }
        edits.retain(|edit| text[edit.span.range()] != edit.insert);
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_of_edits_are_edits_of_the_text() {
        let edit = |start, end, insert: &str| TextEdit {
            span: Span::new(SourceId(0), start, end),
            insert: insert.to_owned(),
        };
        let text = "0123456789";
        let mut table = PieceTable::new(text.len(), SourceId(0));
        let mut expected = text.to_owned();
        for edits in [
            vec![edit(3, 5, "abc"), edit(0, 0, "<")],
            vec![edit(5, 8, "X")],
            vec![edit(1, 2, ""), edit(9, 9, ">")],
        ] {
            expected = TextEdit::apply_all(&edits, &expected);
            table.edit(&edits);
        }
        let edits = table.into_edits(text);
        assert_eq!(TextEdit::apply_all(&edits, text), expected);
        assert_eq!(edits.len(), 3, "{edits:?}");
    }
}
