//! The looping strategy of a stage.

use deployline_span::Span;

use super::{Field, Item, Lock};

/// Kind of a strategy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StrategyKind {
    /// The stage runs once.
    #[default]
    None,
    /// Every combination of the axes.
    Matrix,
    /// So many times, or once per item.
    Repeat,
    /// So many at once.
    Parallelism,
    /// Something else, such as an expression.
    Unknown,
}

/// Looping strategy of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StrategyForm {
    /// Kind of a strategy.
    pub kind: StrategyKind,
    /// The axes of a matrix, the outermost first.
    pub axes: Vec<AxisForm>,
    /// Combinations that a matrix leaves out.
    pub exclude: Vec<ExcludeRow>,
    /// Lock of the rows of `exclude`.
    pub exclude_lock: Option<Lock>,
    /// `nodeName` of a matrix.
    pub node_name: Field,
    /// `times` of `repeat`.
    pub times: Field,
    /// `items` of `repeat`.
    pub items: Vec<Item>,
    /// Lock of the items.
    pub items_lock: Option<Lock>,
    /// `start` of `repeat`.
    pub start: Field,
    /// `end` of `repeat`.
    pub end: Field,
    /// `unit` of `repeat`.
    pub unit: Field,
    /// The words for it, the default first: `Count` and `Percentage`, in small letters in the newer schema.
    pub units: [&'static str; 2],
    /// `partitionSize` of `repeat`.
    pub partition_size: Field,
    /// `parallelism`.
    pub parallelism: Field,
    /// `maxConcurrency` of a matrix or of `repeat`; `max-parallel` of the newer schema.
    pub max_concurrency: Field,
    /// `onFailure` of the strategy.
    pub on_failure: Field,
    /// The strategy's bytes, or those of the stage.
    pub span: Span,
    /// Lock of all of it.
    pub lock: Option<Lock>,
}

/// One axis of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisForm {
    /// Its key.
    pub name: String,
    /// Its values; a locked one where it is a list or mapping itself.
    pub values: Vec<Item>,
    /// Key and values.
    pub span: Span,
    /// Lock of its values: an expression gives them, another place shares them.
    pub lock: Option<Lock>,
}

/// A combination left out: every cell must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcludeRow {
    /// Axis and value.
    pub cells: Vec<(String, Field)>,
    /// Its bytes.
    pub span: Span,
    /// Reason and place where it can't be changed.
    pub lock: Option<Lock>,
}
