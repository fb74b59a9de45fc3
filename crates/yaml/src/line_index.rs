//! From byte offsets to lines and columns, for the output's edge only.

/// A line and a column as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Offsets of the starts of a text's lines. Lines end with `\n`, `\r\n` or a lone `\r`, as YAML has it.
#[derive(Clone, Debug)]
pub struct LineIndex {
    line_starts: Vec<usize>,
}

impl LineIndex {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|&(i, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n'))
        });
        let line_starts = std::iter::once(0).chain(breaks.map(|(i, _)| i + 1)).collect();
        Self { line_starts }
    }

    /// Line and column of the byte at `offset` of the same `text`.
    ///
    /// ```
    /// use deployline_yaml::{LineColumn, LineIndex};
    /// let text = "é: 1\nb: 2\n";
    /// let index = LineIndex::new(text);
    /// assert_eq!(index.line_column(text, 3), LineColumn { line: 1, column: 3 });
    /// assert_eq!(index.line_column(text, 6), LineColumn { line: 2, column: 1 });
    /// ```
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let line_idx = self.line_starts.partition_point(|&start| start <= offset) - 1;
        let before = text.get(self.line_starts[line_idx]..offset).unwrap_or_default();
        LineColumn { line: line_idx + 1, column: before.chars().count() + 1 }
    }
}
