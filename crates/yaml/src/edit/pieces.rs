//! One edit after the other, as edits of the text before all of them.

use deployline_span::{SourceId, Span};

use crate::TextEdit;

/// A text made of pieces of another one and what came between them.
pub(super) struct Pieces {
    pieces: Vec<Piece>,
    source: SourceId,
}

#[derive(Clone)]
enum Piece {
    Kept { start: usize, end: usize },
    Added(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept { start, end } => end - start,
            Self::Added(text) => text.len(),
        }
    }

    /// What is before and after `at` bytes of it.
    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept { start, end } => {
                (Self::Kept { start, end: start + at }, Self::Kept { start: start + at, end })
            }
            Self::Added(mut text) => {
                let rest = text.split_off(at);
                (Self::Added(text), Self::Added(rest))
            }
        }
    }
}

impl Pieces {
    pub(super) fn new(len: usize, source: SourceId) -> Self {
        Self { pieces: vec![Piece::Kept { start: 0, end: len }], source }
    }

    /// Applies edits of the text as it is now.
    pub(super) fn edit(&mut self, edits: &[TextEdit]) {
        let mut edits: Vec<&TextEdit> = edits.iter().collect();
        deployline_map::sort_by(&mut edits, |a, b| a.span.cmp(&b.span));
        for edit in edits.into_iter().rev() {
            let start = self.cut(edit.span.range().start);
            let end = self.cut(edit.span.range().end);
            let added = Some(Piece::Added(edit.insert.clone())).filter(|_| !edit.insert.is_empty());
            self.pieces.splice(start..end, added);
        }
    }

    /// The index of the piece that starts at `at`, once there is one.
    fn cut(&mut self, at: usize) -> usize {
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

    /// The edits of the first text that give the last one.
    pub(super) fn into_edits(self, text: &str) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let (mut at, mut insert) = (0, String::new());
        let end = Piece::Kept { start: text.len(), end: text.len() };
        for piece in self.pieces.into_iter().chain([end]) {
            match piece {
                Piece::Added(added) => insert += &added,
                Piece::Kept { start, end } => {
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
        let mut pieces = Pieces::new(text.len(), SourceId(0));
        let mut expected = text.to_owned();
        for edits in [
            vec![edit(3, 5, "abc"), edit(0, 0, "<")],
            vec![edit(5, 8, "X")],
            vec![edit(1, 2, ""), edit(9, 9, ">")],
        ] {
            expected = TextEdit::apply_all(&edits, &expected);
            pieces.edit(&edits);
        }
        let edits = pieces.into_edits(text);
        assert_eq!(TextEdit::apply_all(&edits, text), expected);
        assert_eq!(edits.len(), 3, "{edits:?}");
    }
}
