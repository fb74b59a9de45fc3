//! The tree: nodes in one arena, values in one string.
//!
//! ```text
//! nodes     [0: mapping 0..1] [1: scalar "a"] [2: sequence 2..4] [3: scalar "x"] [4: alias → 3]
//! children  [1, 2 | 3, 4]            a mapping's children are key, value, key, value, …
//! ```

use deployline_span::{SourceId, Span};

/// One YAML document of a text.
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) source: SourceId,
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) children: Vec<u32>,
    pub(crate) values: String,
    pub(crate) root: u32,
    /// What was left out between its first line and that of the next document, in order.
    pub(crate) unread: Vec<Unread>,
}

/// A place that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// Its bytes, without spaces around them.
    pub(crate) span: Span,
    /// True where nothing behind it in its document was read either.
    pub(crate) is_rest: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct NodeData {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: KindData,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum KindData {
    Scalar { at: u32, len: u32, style: ScalarStyle },
    Sequence { first: u32, len: u32, flow: bool },
    Mapping { first: u32, entries: u32, flow: bool },
    Alias { target: u32 },
}

/// The spelling of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|` or `>`
    Block,
}

/// The kind of a node, an alias followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// Text, a number, a flag.
    Scalar,
    /// A list.
    Sequence,
    /// Keys and values.
    Mapping,
}

impl Document {
    /// The root node.
    pub fn root(&self) -> Node<'_> {
        self.node(self.root, false)
    }

    /// The source text of the document.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// Places that could not be read, in order: up to the first line of the next document.
    pub fn unread(&self) -> impl Iterator<Item = Span> {
        self.unread.iter().map(|unread| unread.span)
    }

    /// The mapping written at exactly this place.
    pub fn mapping_at(&self, span: Span) -> Option<Node<'_>> {
        if span.source != self.source {
            return None;
        }
        // Nodes are in the order of their starts.
        let first = self.nodes.partition_point(|data| data.start < span.start);
        let mut here = self.nodes[first..].iter().take_while(|data| data.start == span.start);
        let is_it =
            |data: &NodeData| matches!(data.kind, KindData::Mapping { .. }) && data.end == span.end;
        let position = first + here.position(is_it)?;
        Some(self.node(u32::try_from(position).ok()?, false))
    }

    /// The places of all values that an alias repeats elsewhere, in the order of the text.
    pub fn shared(&self) -> Vec<Span> {
        let targets = self.nodes.iter().filter_map(|data| match data.kind {
            KindData::Alias { target } => Some(self.node(target, false).span()),
            _ => None,
        });
        let mut targets: Vec<Span> = targets.collect();
        deployline_map::sort_by(&mut targets, Ord::cmp);
        targets.dedup();
        targets
    }

    /// The number of its nodes.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: u32, aliased: bool) -> Node<'_> {
        Node { document: self, place: 2 * id + u32::from(aliased) }
    }
}

/// A place in a [`Document`]. Copying it is free.
// So is handing it on: a pointer and a number need no memory for it.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document,
    /// Twice the number of what is written there; one more below an alias.
    place: u32,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {:?}", self.kind(), self.span())
    }
}

impl<'a> Node<'a> {
    /// Returns true if both are the same place of one document.
    pub(crate) fn is(self, other: Node<'_>) -> bool {
        std::ptr::eq(self.document, other.document) && self.place == other.place
    }

    /// The document it is in.
    pub(crate) fn document(self) -> &'a Document {
        self.document
    }

    fn written(self) -> &'a NodeData {
        &self.document.nodes[(self.place / 2) as usize]
    }

    /// The node that is written here, an alias followed.
    fn data(self) -> &'a NodeData {
        let written = self.written();
        match written.kind {
            KindData::Alias { target } => &self.document.nodes[target as usize],
            _ => written,
        }
    }

    /// The bytes where it is written; of an alias, the bytes of `*name`.
    ///
    /// A block collection reaches from its first character to the end of its last value, a block
    /// scalar from its first character to the end of its last line.
    pub fn span(self) -> Span {
        let NodeData { start, end, .. } = *self.written();
        Span { source: self.document.source, start, end }
    }

    /// Returns true if an alias led here, so that other places share the same text.
    pub fn is_aliased(self) -> bool {
        self.place % 2 == 1 || matches!(self.written().kind, KindData::Alias { .. })
    }

    /// The kind of the node.
    pub fn kind(self) -> NodeKind {
        match self.data().kind {
            KindData::Scalar { .. } if self.as_str().is_none() => NodeKind::Null,
            KindData::Scalar { .. } => NodeKind::Scalar,
            KindData::Sequence { .. } => NodeKind::Sequence,
            KindData::Mapping { .. } => NodeKind::Mapping,
            KindData::Alias { .. } => NodeKind::Null,
        }
    }

    /// Returns true if there is nothing here: no text, `~` or `null`.
    pub fn is_null(self) -> bool {
        self.kind() == NodeKind::Null
    }

    fn scalar(self) -> Option<(&'a str, ScalarStyle)> {
        match self.data().kind {
            KindData::Scalar { at, len, style } => {
                Some((self.document.values.get(at as usize..(at + len) as usize)?, style))
            }
            _ => None,
        }
    }

    /// A scalar's value as text, escapes and folding resolved; `None` for null and collections.
    pub fn as_str(self) -> Option<&'a str> {
        self.scalar().filter(|scalar| !reads_as_null(*scalar)).map(|(text, _)| text)
    }

    /// A scalar that reads `true` or `false` without quotes.
    pub fn as_bool(self) -> Option<bool> {
        match self.scalar()? {
            ("true" | "True" | "TRUE", ScalarStyle::Plain) => Some(true),
            ("false" | "False" | "FALSE", ScalarStyle::Plain) => Some(false),
            _ => None,
        }
    }

    /// The spelling of a scalar; `None` for collections.
    pub fn style(self) -> Option<ScalarStyle> {
        match self.data().kind {
            KindData::Scalar { style, .. } => Some(style),
            _ => None,
        }
    }

    /// Returns true for a collection in `[…]` or `{…}`.
    pub fn is_flow(self) -> bool {
        matches!(
            self.data().kind,
            KindData::Sequence { flow: true, .. } | KindData::Mapping { flow: true, .. }
        )
    }

    /// The items of a sequence; nothing for all else.
    pub fn items(self) -> Items<'a> {
        let range = match self.data().kind {
            KindData::Sequence { first, len, .. } => first..first + len,
            _ => 0..0,
        };
        Items { document: self.document, range, aliased: self.is_aliased() }
    }

    /// The keys and values of a mapping in the order of the text; nothing for all else.
    pub fn entries(self) -> Mapping<'a> {
        let range = match self.data().kind {
            KindData::Mapping { first, entries, .. } => first..first + 2 * entries,
            _ => 0..0,
        };
        Mapping { items: Items { document: self.document, range, aliased: self.is_aliased() } }
    }

    /// The value of `key` in a mapping. Of a key written twice, the last one counts.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// Key and value of `key` in a mapping.
    pub fn entry(self, key: &str) -> Option<(Node<'a>, Node<'a>)> {
        let KindData::Mapping { first, entries, .. } = self.data().kind else { return None };
        let children = &self.document.children[first as usize..(first + 2 * entries) as usize];
        let is_key = |id| self.document.node(id, false).is_text(key);
        let pair = children.chunks_exact(2).rev().find(|pair| is_key(pair[0]))?;
        // Most keys that are looked for are not there.
        let aliased = self.is_aliased();
        let node = |id| self.document.node(id, aliased);
        Some((node(pair[0]), node(pair[1])))
    }

    /// Returns true if `as_str` is this text. The length tells most others apart.
    fn is_text(self, text: &str) -> bool {
        match self.data().kind {
            KindData::Scalar { len, .. } => {
                len as usize == text.len() && self.as_str() == Some(text)
            }
            _ => false,
        }
    }

    /// Follows keys down mappings.
    pub fn at(self, path: &[&str]) -> Option<Node<'a>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }
}

fn reads_as_null((text, style): (&str, ScalarStyle)) -> bool {
    style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// The items of a sequence.
#[derive(Clone)]
pub struct Items<'a> {
    document: &'a Document,
    range: std::ops::Range<u32>,
    aliased: bool,
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let position = self.range.next()?;
        Some(self.document.node(self.document.children[position as usize], self.aliased))
    }

    // Skipping takes no time, so that a place in a long list can be searched for.
    fn nth(&mut self, count: usize) -> Option<Node<'a>> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.range.start = self.range.start.saturating_add(count).min(self.range.end);
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}

/// The entries of a mapping: key and value.
#[derive(Clone)]
pub struct Mapping<'a> {
    items: Items<'a>,
}

impl<'a> Iterator for Mapping<'a> {
    type Item = (Node<'a>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.items.next()?, self.items.next()?))
    }

    fn nth(&mut self, count: usize) -> Option<Self::Item> {
        Some((self.items.nth(count.saturating_mul(2))?, self.items.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let entries = self.items.len() / 2;
        (entries, Some(entries))
    }
}

impl ExactSizeIterator for Mapping<'_> {}
