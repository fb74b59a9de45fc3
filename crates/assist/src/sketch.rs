//! A rough reading of a text for help while typing: which keys and items there are, by columns and
//! brackets, also where the text is no valid YAML at the moment.
//!
//! The parser gives the truth about a text that can be read. Where one line is half typed it sets that
//! line aside, and that line is the one that matters here. One pass, no recursion, no failure.
//!
//! ```text
//! stages:                 key, child of the document
//!   - stage:              item, child of `stages`; key, child of the item
//!       spec: {service:   key, child of `stage`; key, child of `spec`
//! ```

mod flow;
mod reader;

use std::ops::Range;

use deployline_schema::MappingKind;

/// In how many keys of one mapping one is looked for: no pipeline has as many.
const MOST_KEYS: usize = 500;
/// How far outwards it is looked: the parser reads half as deep.
const MOST_LEVELS: usize = 400;

/// What stands in a text.
pub(crate) struct Sketch<'t> {
    pub(crate) text: &'t str,
    entries: Vec<Entry>,
    /// Where the cursor is; `None` where nothing can be typed that has a meaning.
    pub(crate) spot: Option<Spot>,
}

/// Index of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(u32);

impl Id {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A document, a key with its value, or an item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) parent: Option<Id>,
    /// The bytes of a key without its quotes, or of an item's dash.
    pub(crate) name: Range<usize>,
    /// The bytes of a value of one piece without its quotes; empty for all else.
    pub(crate) value: Range<usize>,
    /// Where the key or dash starts in its line, in bytes.
    pub(crate) column: usize,
    /// Whether it stands in brackets.
    pub(crate) is_flow: bool,
    first: Option<Id>,
    last: Option<Id>,
    next: Option<Id>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Key,
    Item,
}

/// The kind of mapping that an entry holds, or of each item of its list.
#[derive(Clone, Copy)]
pub(crate) struct Below {
    pub(crate) mapping: Option<MappingKind>,
    item: Option<MappingKind>,
}

/// Where the cursor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) what: What,
    /// The bytes of the word at the cursor, which a choice replaces.
    pub(crate) word: Range<usize>,
    /// Where the word starts in its line.
    pub(crate) column: usize,
    /// Whether it stands in brackets.
    pub(crate) is_flow: bool,
    /// Whether the colon before it still needs a blank behind it.
    pub(crate) needs_blank: bool,
}

/// What the word at the cursor is, or would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A key of the mapping that this entry holds; with the key that is there, if it has its colon.
    Key { holder: Id, own: Option<Id> },
    /// The value of this key.
    Value { key: Id },
    /// An item of the list that this entry holds, behind its dash or between brackets.
    Item { list: Id },
}

impl<'t> Sketch<'t> {
    /// Reads a text, with the cursor at a byte.
    pub(crate) fn new(text: &'t str, cursor: usize) -> Self {
        reader::read(text, cursor)
    }

    pub(crate) fn entry(&self, id: Id) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// All entries in the order of the text.
    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = Id> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(Id)
    }

    /// The text of a key; a dash of an item.
    pub(crate) fn name(&self, id: Id) -> &'t str {
        self.text.get(self.entry(id).name.clone()).unwrap_or_default()
    }

    /// The text of a value of one piece.
    pub(crate) fn value(&self, id: Id) -> &'t str {
        self.text.get(self.entry(id).value.clone()).unwrap_or_default()
    }

    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        self.entry(id).parent
    }

    /// What is directly below an entry.
    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.entry(id).first, |id| self.entry(*id).next)
    }

    /// The key of a mapping.
    pub(crate) fn get(&self, holder: Id, key: &str) -> Option<Id> {
        self.children(holder).take(MOST_KEYS).find(|id| self.is_key(*id, key))
    }

    /// Follows keys down.
    pub(crate) fn at(&self, holder: Id, path: &[&str]) -> Option<Id> {
        path.iter().try_fold(holder, |holder, key| self.get(holder, key))
    }

    /// The text of the value of a key of a mapping.
    pub(crate) fn text_of(&self, holder: Id, key: &str) -> Option<&'t str> {
        self.get(holder, key).map(|id| self.value(id)).filter(|value| !value.is_empty())
    }

    pub(crate) fn is_key(&self, id: Id, key: &str) -> bool {
        self.entry(id).kind == Kind::Key && self.name(id) == key
    }

    /// An entry and all it stands in, from the inside.
    pub(crate) fn outwards(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id)).take(MOST_LEVELS)
    }

    /// The kind of mapping that an entry holds, or would hold.
    pub(crate) fn place(&self, id: Id) -> Option<MappingKind> {
        let mut path: Vec<Id> = self.outwards(id).collect();
        let document = path.pop().filter(|id| self.entry(*id).kind == Kind::Document)?;
        let of_document = self.below_document(document);
        path.into_iter().rev().fold(of_document, |outer, id| self.below(outer, id)).mapping
    }

    /// What each entry holds, in the order of the text.
    pub(crate) fn places(&self) -> Vec<Below> {
        let mut places: Vec<Below> = Vec::with_capacity(self.entries.len());
        for id in self.ids() {
            let outer = self.parent(id).and_then(|of| places.get(of.0 as usize));
            places.push(match outer {
                Some(outer) => self.below(*outer, id),
                None => self.below_document(id),
            });
        }
        places
    }

    fn below_document(&self, document: Id) -> Below {
        let is_v1 = self.is_v1(document);
        let has = |path: &[&str]| self.at(document, path).is_some();
        let item = if is_v1 { MappingKind::V1Stage } else { MappingKind::Entry };
        Below { mapping: Some(MappingKind::of_document(&has, is_v1)), item: Some(item) }
    }

    /// What an entry holds, by what the one around it holds.
    fn below(&self, outer: Below, id: Id) -> Below {
        if self.entry(id).kind == Kind::Item {
            return Below { mapping: outer.item, item: None };
        }
        let name = self.name(id);
        // Only of a `spec` it depends on a type.
        let holder = self.parent(id).filter(|_| name == "spec");
        let kind = holder.and_then(|holder| self.text_of(holder, "type"));
        let of = |is_list| outer.mapping?.below(name, is_list, kind);
        Below { mapping: of(false), item: of(true) }
    }

    /// The kind of each item of the list that a key holds, or would hold.
    pub(crate) fn item_place(&self, id: Id) -> Option<MappingKind> {
        let Some(holder) = self.parent(id) else {
            return Some(if self.is_v1(id) { MappingKind::V1Stage } else { MappingKind::Entry });
        };
        let kind = self.text_of(holder, "type");
        self.place(holder)?.below(self.name(id), true, kind)
    }

    /// What is known of the key of an entry.
    pub(crate) fn key(&self, id: Id) -> Option<&'static deployline_schema::Key> {
        self.place(self.parent(id)?)?.key(self.name(id))
    }

    /// Whether a document is written in the newer schema.
    fn is_v1(&self, document: Id) -> bool {
        if self.text_of(document, "version") == Some("1") {
            return true;
        }
        let pipeline = self.get(document, "pipeline").unwrap_or(document);
        let list = self.get(pipeline, "stages").or_else(|| self.at(pipeline, &["spec", "stages"]));
        let is_v1 = |item: Id| {
            self.get(item, "id").is_some()
                || self.at(item, &["group", "stages"]).is_some()
                || self.at(item, &["parallel", "stages"]).is_some()
        };
        self.children(list.unwrap_or(document))
            .any(|item| self.entry(item).kind == Kind::Item && is_v1(item))
    }

    /// How many blanks one level is indented by: what the first nested key of the text has.
    pub(crate) fn step(&self) -> usize {
        let steps = self.entries.iter().filter_map(|entry| {
            let outer = entry.parent.map(|id| self.entry(id))?;
            let is_block = entry.kind == Kind::Key && outer.kind == Kind::Key && !entry.is_flow;
            is_block.then(|| entry.column.saturating_sub(outer.column))
        });
        steps.into_iter().find(|step| (1..=8).contains(step)).unwrap_or(2)
    }
}
