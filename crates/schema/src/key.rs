//! A key, and what stands behind it.

use crate::MappingKind;

/// A key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Name, as it is written.
    pub name: &'static str,
    /// Kinds of values; the usual first.
    pub takes: &'static [Takes],
}

/// Row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    key: Key,
    /// Its meaning and what it does to the order, in one or two sentences.
    doc: &'static str,
    usage: Usage,
    /// Says how one stage runs: several stages together don't have it.
    is_of_one_stage: bool,
}

impl Row {
    pub(crate) fn name(&self) -> &'static str {
        self.key.name
    }
}

/// Part of a key in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// It is read, and decides something.
    Read,
    /// It would decide something and is not used: the rule with this code says so.
    Said(&'static str),
    /// It has no part in the order, the times or the targets.
    NoBearing,
}

impl Row {
    /// The same for a key without a part in the order, the times or the targets.
    pub(crate) const fn no_bearing(self) -> Self {
        Self { usage: Usage::NoBearing, ..self }
    }

    /// The same for a key of one stage, which several stages together don't have.
    pub(crate) const fn of_one_stage(self) -> Self {
        Self { is_of_one_stage: true, ..self }
    }

    /// The same for a key that is not used, as the rule with this code says.
    pub(crate) const fn said(self, code: &'static str) -> Self {
        Self { usage: Usage::Said(code), ..self }
    }
}

/// Kind of value that a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// One of these words, the default first.
    Words(&'static [&'static str]),
    /// The identifier of something.
    Reference(EntityKind),
    /// A list of identifiers.
    References(EntityKind),
    /// Keys and values of this kind.
    Mapping(MappingKind),
    /// A list, each item with keys and values of this kind.
    List(MappingKind),
    /// A list of texts.
    Texts,
    /// Names with values, which are not inspected.
    Values,
    /// A list of anything.
    Items,
    /// A value without a part in the order, which is not inspected.
    Anything,
}

/// Kind of entity that an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// A service.
    Service,
    /// A stage of the pipeline: an earlier deployment stage, or one to wait for.
    Stage,
    /// An environment.
    Environment,
    /// An infrastructure of the environment it stands below.
    Infrastructure,
    /// An environment group.
    Group,
    /// A template.
    Template,
}

/// Makes a row of the table.
pub(crate) const fn key(name: &'static str, takes: &'static [Takes], doc: &'static str) -> Row {
    Row { key: Key { name, takes }, doc, usage: Usage::Read, is_of_one_stage: false }
}

/// The keys of all `rows`.
pub(crate) const fn keys<const N: usize>(rows: &[Row]) -> [Key; N] {
    let mut keys = [rows[0].key; N];
    let mut i = 0;
    while i < N {
        keys[i] = rows[i].key;
        i += 1;
    }
    keys
}

/// The meanings of the keys of all `rows`.
pub(crate) const fn docs<const N: usize>(rows: &[Row]) -> [&'static str; N] {
    let mut docs = [""; N];
    let mut i = 0;
    while i < N {
        docs[i] = rows[i].doc;
        i += 1;
    }
    docs
}

/// The parts in the plan of the keys of all `rows`.
pub(crate) const fn usages<const N: usize>(rows: &[Row]) -> [Usage; N] {
    let mut usages = [Usage::Read; N];
    let mut i = 0;
    while i < N {
        usages[i] = rows[i].usage;
        i += 1;
    }
    usages
}

/// The number of keys of one stage among `rows`.
pub(crate) const fn count_of_one_stage(rows: &[Row]) -> usize {
    let (mut count, mut i) = (0, 0);
    while i < rows.len() {
        count += rows[i].is_of_one_stage as usize;
        i += 1;
    }
    count
}

/// The names of the keys of one stage among `rows`.
pub(crate) const fn of_one_stage<const N: usize>(rows: &[Row]) -> [&'static str; N] {
    let mut names = [""; N];
    let (mut count, mut i) = (0, 0);
    while i < rows.len() {
        if rows[i].is_of_one_stage {
            names[count] = rows[i].key.name;
            count += 1;
        }
        i += 1;
    }
    names
}

pub(crate) const TEXT: &[Takes] = &[Takes::Text];
pub(crate) const FLAG: &[Takes] = &[Takes::Flag];
pub(crate) const COUNT: &[Takes] = &[Takes::Count];
pub(crate) const VALUES: &[Takes] = &[Takes::Values];
pub(crate) const ITEMS: &[Takes] = &[Takes::Items];
pub(crate) const ANYTHING: &[Takes] = &[Takes::Anything];
pub(crate) const ON_FAILURE: &[Takes] = &[Takes::Words(&["RunAll", "SkipQueued"])];
pub(crate) const ON_FAILURE_MEANING: &str = "Effect of a failed deployment on those of its stage that still wait. `RunAll`: nothing. `SkipQueued`: \
     they never start; those running go on. Missing: `SkipQueued`, but `RunAll` for a strategy of a stage that is no Deployment.";
pub(crate) const CONDITION_OF_LOOP: &str = "An expression that is asked once, before there are any runs: where it is false, the stage is skipped as a whole.";
pub(crate) const PARALLEL_STRATEGY: &str =
    "The most of its runs that go at once; missing or 0 means all.";
