//! Byte offsets to the editor's UTF-16 offsets, at the edge to the editor only.

use deployline_span::Span;

/// Counts of a text, at steps of [`STEP`] bytes.
pub(crate) struct Utf16Index {
    /// UTF-16 length up to each step; empty where bytes and UTF-16 are the same.
    counts: Vec<u32>,
}

const STEP: usize = 1024;

impl Utf16Index {
    pub(crate) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { counts: Vec::new() };
        }
        let mut counts = vec![0];
        let mut units = 0;
        for (at, c) in text.char_indices() {
            while at >= counts.len() * STEP {
                counts.push(units);
            }
            units += u32::try_from(c.len_utf16()).unwrap_or(0);
        }
        Self { counts }
    }

    /// The UTF-16 offset of the character at byte `offset` of the same `text`.
    pub(crate) fn offset(&self, text: &str, offset: usize) -> u32 {
        let offset = offset.min(text.len());
        let Some(step) = self.counts.len().checked_sub(1).map(|last| last.min(offset / STEP))
        else {
            return u32::try_from(offset).unwrap_or(u32::MAX);
        };
        // A step may lie inside a character, which was then counted before it.
        let start = (step * STEP..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let units: usize =
            text.get(start..offset).unwrap_or_default().chars().map(char::len_utf16).sum();
        self.counts[step] + u32::try_from(units).unwrap_or(0)
    }

    /// A byte range of the same `text` in UTF-16 offsets.
    pub(crate) fn range(&self, text: &str, span: Span) -> (u32, u32) {
        (self.offset(text, span.start as usize), self.offset(text, span.end as usize))
    }
}

/// The byte of the character at a UTF-16 offset of `text`; its end for those beyond.
pub(crate) fn byte_offset(text: &str, offset: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= offset {
            return at;
        }
        units += u32::try_from(c.len_utf16()).unwrap_or(0);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_the_editor_does() {
        for unit in ["a", "é", "→", "🚀", "a🚀é", "注文 x"] {
            let text = unit.repeat(700);
            let index = Utf16Index::new(&text);
            for (at, _) in text.char_indices() {
                let expected = text[..at].encode_utf16().count();
                assert_eq!(index.offset(&text, at) as usize, expected, "{unit} at {at}");
            }
            for (at, _) in text.char_indices() {
                assert_eq!(byte_offset(&text, index.offset(&text, at)), at, "{unit} and back");
            }
            let all = text.encode_utf16().count();
            assert_eq!(index.offset(&text, text.len() + 5) as usize, all, "{unit} at its end");
        }
    }
}
