//! A tree of plain values: what a text says, or what is to be written.

use std::borrow::Cow;

use deployline_span::Span;

use crate::{Node, NodeKind};

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A text, which gets quotes where it needs them to read back as this text.
    Text(String),
    /// A number, a flag or another word, written without quotes.
    Word(Cow<'static, str>),
    /// Items.
    List(Vec<Value>),
    /// Keys and values, in this order.
    Map(Vec<(Cow<'static, str>, Value)>),
    /// A value with comments around it. In brackets, there are none.
    WithComments(Box<Value>, Box<Comments>),
    /// A value that stands for this place of another text: [`Writer::source_map`] tells where it
    /// is written.
    ///
    /// [`Writer::source_map`]: super::Writer::source_map
    WithSource(Box<Value>, Span),
}

/// Comments of a value, each one line with its `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    /// Lines above its key or its dash.
    pub above: Vec<String>,
    /// Comments behind it; where it has lines of its own, behind its key, or above its dash.
    pub behind: Vec<String>,
    /// Lines below it.
    pub below: Vec<String>,
}

impl Comments {
    /// Comments of which one stands behind a value.
    pub fn behind(comment: &str) -> Self {
        Self { behind: vec![comment.to_owned()], ..Self::default() }
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        [&self.above, &self.behind, &self.below].iter().all(|lines| lines.is_empty())
    }

    /// Adds those of something around the same value.
    pub fn add_outer(&mut self, mut outer: Self) {
        outer.above.append(&mut self.above);
        self.above = outer.above;
        self.behind.append(&mut outer.behind);
        self.below.append(&mut outer.below);
    }
}

impl Value {
    /// The value with comments around it, if there are some.
    #[must_use]
    pub fn with_comments(self, comments: Comments) -> Self {
        match self {
            value if comments.is_empty() => value,
            Self::WithComments(value, mut inner) => {
                inner.add_outer(comments);
                Self::WithComments(value, inner)
            }
            value => Self::WithComments(Box::new(value), Box::new(comments)),
        }
    }

    /// The value without comments and sources around it.
    pub fn bare(&self) -> &Self {
        match self {
            Self::WithComments(value, _) | Self::WithSource(value, _) => value.bare(),
            value => value,
        }
    }

    pub(super) fn comments(&self) -> Option<&Comments> {
        match self {
            Self::WithComments(_, comments) => Some(comments),
            Self::WithSource(value, _) => value.comments(),
            _ => None,
        }
    }

    /// A mapping.
    pub fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned().into(), value)).collect())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number, a flag or another word, written without quotes.
    pub fn word(word: impl Into<Cow<'static, str>>) -> Self {
        Self::Word(word.into())
    }

    /// The value of a node: aliases followed, words as texts.
    pub fn of(node: Node<'_>) -> Self {
        match node.kind() {
            NodeKind::Null => Self::Null,
            NodeKind::Scalar => Self::text(node.as_str().unwrap_or_default()),
            NodeKind::Sequence => Self::List(node.items().map(Self::of).collect()),
            NodeKind::Mapping => {
                let key = |key: Node<'_>| key.as_str().unwrap_or_default().to_owned().into();
                Self::Map(node.entries().map(|(k, value)| (key(k), Self::of(value))).collect())
            }
        }
    }

    /// The value of `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self.bare() {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, it)| it),
            _ => None,
        }
    }

    /// The value of `key`, a new and empty mapping where there is none. What is no mapping becomes
    /// one.
    pub fn entry(&mut self, key: &str) -> &mut Self {
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Vec::new());
        }
        let Self::Map(entries) = self else { unreachable!("it has just been made one") };
        let at = entries.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
            entries.push((key.to_owned().into(), Self::Map(Vec::new())));
            entries.len() - 1
        });
        &mut entries[at].1
    }

    /// Returns true for a list or a mapping with something in it.
    pub(crate) fn is_collection(&self) -> bool {
        match self {
            Self::Null | Self::Text(_) | Self::Word(_) => false,
            Self::List(items) => !items.is_empty(),
            Self::Map(entries) => !entries.is_empty(),
            Self::WithComments(value, _) | Self::WithSource(value, _) => value.is_collection(),
        }
    }

    /// The value as [`Value::of`] gives it when what was written is read: words are texts, comments
    /// and sources are gone.
    pub(crate) fn as_read(&self) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Text(text) => Self::text(text),
            Self::Word(word) => Self::text(word.as_ref()),
            Self::List(items) => Self::List(items.iter().map(Self::as_read).collect()),
            Self::Map(entries) => Self::Map(
                entries.iter().map(|(key, value)| (key.clone(), value.as_read())).collect(),
            ),
            Self::WithComments(value, _) | Self::WithSource(value, _) => value.as_read(),
        }
    }
}
