//! Parallel groups: the members that start side by side.

use std::ops::Range;

use deployline_span::Span;

/// A `parallel:` group of stages.
///
/// ```text
/// parallel: [a, {group: [b, c]}, d]      stages 0 | 1, 2 | 3: three members
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParallelGroup {
    /// Its key in the text.
    pub span: Span,
    /// Stages of each member, in order: one stage, or those of a group in the newer schema. None is empty.
    pub members: Vec<Range<u32>>,
}
