//! Limits on the cost of one text.

/// Limits that keep any input from hanging, overflowing the stack or exhausting memory. What lies
/// beyond one is named in a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of one text.
    pub bytes: usize,
    /// Nodes (scalars, sequences, mappings) of one text.
    pub nodes: usize,
    /// Collections inside each other, aliases followed.
    pub depth: usize,
    /// Nodes that all aliases together stand for.
    pub alias_expansion: u64,
}

impl Default for Budget {
    /// Some hundred times what real pipelines need.
    fn default() -> Self {
        Self { bytes: 4 << 20, nodes: 1_000_000, depth: 200, alias_expansion: 1_000_000 }
    }
}
