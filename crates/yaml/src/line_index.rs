//! From byte offsets to lines and columns, for the output's edge only.

use std::ops::Range;

use deployline_span::Span;

/// A line and a column as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// The part of a span in its first line. What is about a whole stage is pointed at by that.
///
/// ```
/// use deployline_span::{SourceId, Span};
/// use deployline_yaml::first_line;
/// let text = "a: 1\nb: 2\n";
/// assert_eq!(first_line(text, Span::new(SourceId(0), 3, 9)).range(), 3..4);
/// assert_eq!(first_line(text, Span::new(SourceId(0), 4, 4)).range(), 4..4);
/// ```
pub fn first_line(text: &str, span: Span) -> Span {
    let rest = text.as_bytes().get(span.range()).unwrap_or_default();
    let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let end = length.map_or(span.range().end, |length| span.range().start + length);
    Span::new(span.source, span.range().start, end)
}

/// Bytes between two counts of characters.
const BLOCK: usize = 1024;

/// Offsets of the starts of a text's lines. Lines end with `\n`, `\r\n` or a lone `\r`, as YAML has it.
///
/// A lookup takes no longer in a long line: characters are counted in advance, too.
#[derive(Clone, Debug)]
pub struct LineIndex {
    line_starts: Vec<usize>,
    /// Number of characters that start before each block.
    chars_before_block: Vec<usize>,
}

impl LineIndex {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|&(i, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n'))
        });
        let line_starts = std::iter::once(0).chain(breaks.map(|(i, _)| i + 1)).collect();
        let mut count = 0;
        let blocks = bytes.chunks(BLOCK).map(|block| {
            count += char_starts(block);
            count
        });
        let chars_before_block = std::iter::once(0).chain(blocks).collect();
        Self { line_starts, chars_before_block }
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
        let column =
            self.chars_before(text, offset) - self.chars_before(text, self.line_starts[line_idx]);
        LineColumn { line: line_idx + 1, column: column + 1 }
    }

    /// Bytes of a line of the same `text`, counted from 1, without its line break; nothing at the end of
    /// the text for a line that is not there.
    ///
    /// ```
    /// use deployline_yaml::LineIndex;
    /// let text = "a: 1\r\nb: 2";
    /// let index = LineIndex::new(text);
    /// assert_eq!([1, 2, 3].map(|line| index.line(text, line)), [0..4, 6..10, 10..10]);
    /// ```
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = self.line_starts.get(line).copied().unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\r', '\n']);
        start..start + content.len()
    }

    fn chars_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.chars_before_block[block] + char_starts(&text.as_bytes()[block * BLOCK..offset])
    }
}

/// Number of characters that start in these bytes of a text.
fn char_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_those_of_counting() {
        let text = format!("{}\r{}\n{}", "é".repeat(3000), "a🚀".repeat(1500), "注".repeat(700));
        let index = LineIndex::new(&text);
        let mut expected = LineColumn { line: 1, column: 1 };
        for (offset, c) in text.char_indices() {
            assert_eq!(index.line_column(&text, offset), expected, "{offset}");
            expected.column += 1;
            if matches!(c, '\r' | '\n') {
                expected = LineColumn { line: expected.line + 1, column: 1 };
            }
        }
        assert_eq!(index.line_column(&text, text.len() + 1), expected);
    }
}
