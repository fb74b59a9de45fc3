//! Documents that are made of values of others, with other scalars in some places.

use deployline_span::{SourceId, Span};

use crate::document::{KindData, NodeData};
use crate::{Document, ScalarStyle};

/// A document in the making, from the innermost values outwards. Each value keeps a place in a text.
///
/// ```
/// use deployline_yaml::{Composer, ScalarStyle};
/// let parsed = deployline_yaml::parse("region: <+matrix.region>");
/// let (key, value) = parsed.documents[0].root().entries().next().expect("it is there");
/// let mut composer = Composer::new(key.span().source);
/// let key = composer.scalar("region", ScalarStyle::Plain, key.span());
/// let given = composer.scalar("north", ScalarStyle::Plain, value.span());
/// let root = composer.mapping(&[key, given], value.span());
/// let document = composer.finish(root);
/// assert_eq!(document.root().get("region").and_then(|it| it.as_str()), Some("north"));
/// ```
pub struct Composer {
    document: Document,
}

/// A value that was added to a document in the making.
#[derive(Clone, Copy, Debug)]
pub struct Composed(u32);

impl Composer {
    /// Begins a document whose values stand in the text of this source.
    pub fn new(source: SourceId) -> Self {
        let document = Document {
            source,
            nodes: Vec::new(),
            children: Vec::new(),
            values: String::new(),
            root: 0,
            unread: Vec::new(),
        };
        Self { document }
    }

    /// Adds a scalar.
    pub fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Composed {
        let (at, len) = (index_u32(self.document.values.len()), index_u32(text.len()));
        self.document.values.push_str(text);
        self.push(KindData::Scalar { at, len, style }, span)
    }

    /// Adds a sequence of values that were added before.
    pub fn sequence(&mut self, items: &[Composed], span: Span) -> Composed {
        let first = self.add_children(items);
        self.push(KindData::Sequence { first, len: index_u32(items.len()), flow: false }, span)
    }

    /// Adds a mapping of keys and values in turn, which were added before.
    pub fn mapping(&mut self, entries: &[Composed], span: Span) -> Composed {
        let first = self.add_children(entries);
        let count = index_u32(entries.len() / 2);
        self.push(KindData::Mapping { first, entries: count, flow: false }, span)
    }

    /// Ends the document.
    pub fn finish(mut self, root: Composed) -> Document {
        self.document.root = root.0;
        self.document
    }

    fn add_children(&mut self, children: &[Composed]) -> u32 {
        let first = index_u32(self.document.children.len());
        self.document.children.extend(children.iter().map(|child| child.0));
        first
    }

    fn push(&mut self, kind: KindData, span: Span) -> Composed {
        let id = index_u32(self.document.nodes.len());
        self.document.nodes.push(NodeData { start: span.start, end: span.end, kind });
        Composed(id)
    }
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
