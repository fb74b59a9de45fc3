//! A key, and what stands behind it.

use crate::MappingKind;

/// A key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Name, as it is written.
    pub name: &'static str,
    /// Kinds of values; the usual first.
    pub takes: &'static [Takes],
    /// Meaning, and what it does to the order: one or two sentences.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
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
    /// A value without a part in the order, which is not inspected.
    Anything,
}

/// Kind of entity that an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// A service.
    Service,
    /// An earlier deployment stage of the pipeline.
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

pub(crate) const fn key(name: &'static str, takes: &'static [Takes], doc: &'static str) -> Key {
    #[cfg(not(feature = "docs"))]
    let _ = doc;
    Key {
        name,
        takes,
        #[cfg(feature = "docs")]
        doc,
    }
}

pub(crate) const TEXT: &[Takes] = &[Takes::Text];
pub(crate) const FLAG: &[Takes] = &[Takes::Flag];
pub(crate) const COUNT: &[Takes] = &[Takes::Count];
pub(crate) const ANYTHING: &[Takes] = &[Takes::Anything];
pub(crate) const ON_FAILURE: &[Takes] = &[Takes::Words(&["RunAll", "SkipQueued"])];
pub(crate) const ON_FAILURE_MEANING: &str = "Effect of a failed deployment on those of its stage that still wait. `RunAll`, the default: \
     nothing. `SkipQueued`: they never start; those running go on.";
pub(crate) const PARALLEL_STRATEGY: &str =
    "The most of its runs that go at once; missing or 0 means all.";
