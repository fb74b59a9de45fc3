//! A lenient parse for help while typing: the keys and items of a text, by columns and brackets, also where
//! it is no valid YAML at the moment.
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
mod lines;
mod scan;

use std::ops::Range;

use deployline_schema::{MappingKind, is_v1_stage};

/// Most keys of one mapping that a search looks at: no pipeline has as many.
const MAX_KEYS: usize = 500;
/// Most levels that a search goes outwards: the parser reads half as deep.
const MAX_LEVELS: usize = 400;

/// Documents, keys and items of a text.
pub(crate) struct LenientTree<'t> {
    pub(crate) text: &'t str,
    entries: Vec<Entry>,
    /// Context of the cursor; `None` where nothing is known that could.
    pub(crate) context: Option<CursorContext>,
}

/// Index of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EntryId(u32);

impl EntryId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A document, a key with its value, or an item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: EntryKind,
    pub(crate) parent: Option<EntryId>,
    /// The bytes of a key without its quotes, or of an item's dash.
    pub(crate) name: Range<usize>,
    /// The bytes of a value of one piece without its quotes; empty for all else.
    pub(crate) value: Range<usize>,
    /// Start of the key or dash in its line, in bytes.
    pub(crate) column: usize,
    /// True where it stands in brackets.
    pub(crate) is_flow: bool,
    first: Option<EntryId>,
    last: Option<EntryId>,
    next: Option<EntryId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    Document,
    Key,
    Item,
}

/// The kind of mapping that an entry holds, or of each item of its list.
#[derive(Clone, Copy)]
pub(crate) struct Contents {
    pub(crate) mapping: Option<MappingKind>,
    item: Option<MappingKind>,
}

/// Context of the cursor: the key, value or item that is expected, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CursorContext {
    pub(crate) expected: Expected,
    /// The bytes of the word at the cursor, which a choice replaces.
    pub(crate) word: Range<usize>,
    /// Start of the word in its line, in bytes.
    pub(crate) column: usize,
    /// True where it stands in brackets.
    pub(crate) is_flow: bool,
    /// True where the colon before it still needs a space behind it.
    pub(crate) needs_blank: bool,
}

/// Kind of the word at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A key of the mapping that this entry holds; with the key that is there, if it has its colon.
    Key { holder: EntryId, own: Option<EntryId> },
    /// The value of this key.
    Value { key: EntryId },
    /// An item of the list that this entry holds, behind its dash or between brackets.
    Item { list: EntryId },
}

impl<'t> LenientTree<'t> {
    /// Reads a text, with the cursor at a byte.
    pub(crate) fn new(text: &'t str, cursor: usize) -> Self {
        lines::read(text, cursor)
    }

    pub(crate) fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// All entries in the order of the text.
    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = EntryId> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(EntryId)
    }

    /// The text of a key; a dash of an item.
    pub(crate) fn name(&self, id: EntryId) -> &'t str {
        self.text.get(self.entry(id).name.clone()).unwrap_or_default()
    }

    /// The text of a value of one piece.
    pub(crate) fn value(&self, id: EntryId) -> &'t str {
        self.text.get(self.entry(id).value.clone()).unwrap_or_default()
    }

    pub(crate) fn parent(&self, id: EntryId) -> Option<EntryId> {
        self.entry(id).parent
    }

    /// Entries directly below one.
    pub(crate) fn children(&self, id: EntryId) -> impl Iterator<Item = EntryId> + '_ {
        std::iter::successors(self.entry(id).first, |id| self.entry(*id).next)
    }

    /// The key of a mapping.
    pub(crate) fn get(&self, holder: EntryId, key: &str) -> Option<EntryId> {
        self.children(holder).take(MAX_KEYS).find(|id| self.is_key(*id, key))
    }

    /// Follows keys down.
    pub(crate) fn at(&self, holder: EntryId, path: &[&str]) -> Option<EntryId> {
        path.iter().try_fold(holder, |holder, key| self.get(holder, key))
    }

    /// The text of the value of a key of a mapping.
    pub(crate) fn text_of(&self, holder: EntryId, key: &str) -> Option<&'t str> {
        self.get(holder, key).map(|id| self.value(id)).filter(|value| !value.is_empty())
    }

    pub(crate) fn is_key(&self, id: EntryId, key: &str) -> bool {
        self.entry(id).kind == EntryKind::Key && self.name(id) == key
    }

    /// An entry and all it stands in, from the inside.
    pub(crate) fn outwards(&self, id: EntryId) -> impl Iterator<Item = EntryId> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id)).take(MAX_LEVELS)
    }

    /// The kind of mapping that an entry holds, or would hold.
    pub(crate) fn mapping_kind(&self, id: EntryId) -> Option<MappingKind> {
        let mut path: Vec<EntryId> = self.outwards(id).collect();
        let document = path.pop().filter(|id| self.entry(*id).kind == EntryKind::Document)?;
        let of_document = self.contents_of_document(document);
        path.into_iter().rev().fold(of_document, |outer, id| self.contents(outer, id)).mapping
    }

    /// Contents of each entry, in the order of the text.
    pub(crate) fn all_contents(&self) -> Vec<Contents> {
        let mut all: Vec<Contents> = Vec::with_capacity(self.entries.len());
        for id in self.ids() {
            let outer = self.parent(id).and_then(|of| all.get(of.0 as usize));
            all.push(match outer {
                Some(outer) => self.contents(*outer, id),
                None => self.contents_of_document(id),
            });
        }
        all
    }

    fn contents_of_document(&self, document: EntryId) -> Contents {
        let is_v1 = self.is_v1(document);
        let has = |path: &[&str]| self.at(document, path).is_some();
        let item = if is_v1 { MappingKind::V1Stage } else { MappingKind::Entry };
        Contents { mapping: Some(MappingKind::of_document(&has, is_v1)), item: Some(item) }
    }

    /// Contents of an entry, by those of the one around it.
    fn contents(&self, outer: Contents, id: EntryId) -> Contents {
        if self.entry(id).kind == EntryKind::Item {
            return Contents { mapping: outer.item, item: None };
        }
        let name = self.name(id);
        // Only of a `spec` it depends on a type.
        let holder = self.parent(id).filter(|_| name == "spec");
        let kind = holder.and_then(|holder| self.text_of(holder, "type"));
        let of = |is_list| outer.mapping?.below(name, is_list, kind);
        Contents { mapping: of(false), item: of(true) }
    }

    /// The kind of each item of the list that a key holds, or would hold.
    pub(crate) fn item_kind(&self, id: EntryId) -> Option<MappingKind> {
        let Some(holder) = self.parent(id) else {
            return Some(if self.is_v1(id) { MappingKind::V1Stage } else { MappingKind::Entry });
        };
        let kind = self.text_of(holder, "type");
        self.mapping_kind(holder)?.below(self.name(id), true, kind)
    }

    /// The row of an entry's key in the table of keys.
    pub(crate) fn key(&self, id: EntryId) -> Option<&'static deployline_schema::Key> {
        self.mapping_kind(self.parent(id)?)?.key(self.name(id))
    }

    /// Meaning of the key, where it is known.
    pub(crate) fn doc(&self, id: EntryId) -> Option<&'static str> {
        self.mapping_kind(self.parent(id)?)?.doc(self.name(id))
    }

    /// True where a document is written in the newer schema.
    fn is_v1(&self, document: EntryId) -> bool {
        if self.text_of(document, "version") == Some("1") {
            return true;
        }
        let pipeline = self.get(document, "pipeline").unwrap_or(document);
        let list = self.get(pipeline, "stages").or_else(|| self.at(pipeline, &["spec", "stages"]));
        let mut lead = 0_i64;
        let mut lists = vec![list.unwrap_or(document)];
        while let Some(list) = lists.pop() {
            for item in self.children(list).filter(|id| self.entry(*id).kind == EntryKind::Item) {
                match is_v1_stage(&|key| self.get(item, key).is_some()) {
                    Some(true) => lead += 1,
                    Some(false) => lead -= 1,
                    None => lists.extend(self.group_list(item)),
                }
            }
        }
        lead > 0
    }

    /// The list of a group of stages, in the form of either schema.
    fn group_list(&self, item: EntryId) -> Option<EntryId> {
        let group = self.get(item, "parallel").or_else(|| self.get(item, "group"))?;
        self.get(group, "stages").or(Some(group))
    }

    /// Spaces that one level is indented by: those of the first nested key of the text.
    pub(crate) fn indent(&self) -> usize {
        let steps = self.entries.iter().filter_map(|entry| {
            let outer = entry.parent.map(|id| self.entry(id))?;
            let is_block =
                entry.kind == EntryKind::Key && outer.kind == EntryKind::Key && !entry.is_flow;
            is_block.then(|| entry.column.saturating_sub(outer.column))
        });
        steps.into_iter().find(|step| (1..=8).contains(step)).unwrap_or(2)
    }
}
