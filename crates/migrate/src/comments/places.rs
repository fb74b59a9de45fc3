//! Finds what a comment is about.

use std::ops::Range;

use deployline_yaml::{Node, NodeKind, ScalarStyle};

use super::{Anchor, anchor};

/// Side of a value on which its comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Above,
    Behind,
    Below,
}

/// A key or a dash with its value.
pub(super) struct Marker {
    start: u32,
    column: u32,
    /// Number of the marker around it; `None` for those of a document's root.
    parent: Option<u32>,
    is_in_flow: bool,
    /// The value, which ends where this does.
    anchor: Anchor,
    document: u32,
}

impl Marker {
    /// Adds the markers of a document, and the bytes of its scalars.
    pub(super) fn collect(
        text: &str,
        document: usize,
        root: Node<'_>,
        markers: &mut Vec<Self>,
        scalars: &mut Vec<Range<u32>>,
    ) {
        let (line, document) = ((0, 0), document as u32);
        let mut collector = Collector { text, document, line, markers, scalars };
        collector.inside(root, None);
    }
}

struct Collector<'c> {
    text: &'c str,
    document: u32,
    /// A place of the text and the start of its line: of many things in one line, each is looked for from the last.
    line: (usize, usize),
    markers: &'c mut Vec<Marker>,
    scalars: &'c mut Vec<Range<u32>>,
}

impl Collector<'_> {
    fn inside(&mut self, node: Node<'_>, parent: Option<u32>) {
        if node.is_aliased() {
            return;
        }
        match node.kind() {
            NodeKind::Sequence => node.items().for_each(|item| {
                let start = if node.is_flow() { None } else { dash(self.text, item) };
                let start = start.map_or(item.span().start, |dash| dash as u32);
                self.marker(start, item, node.is_flow(), parent);
            }),
            NodeKind::Mapping => node.entries().for_each(|(key, value)| {
                self.scalars.push(key.span().start..key.span().end);
                self.marker(key.span().start, value, node.is_flow(), parent);
            }),
            NodeKind::Scalar => self.scalars.push(self.content(node)),
            NodeKind::Null => {}
        }
    }

    fn marker(&mut self, start: u32, value: Node<'_>, is_in_flow: bool, parent: Option<u32>) {
        let column = start - self.line_of(start as usize) as u32;
        let (anchor, document) = (anchor(value), self.document);
        self.markers.push(Marker { start, column, parent, is_in_flow, anchor, document });
        self.inside(value, Some(self.markers.len() as u32 - 1));
    }

    /// Start of the line of a place.
    fn line_of(&mut self, place: usize) -> usize {
        let (last, line) = self.line;
        let (from, before) = if place >= last { (last, line) } else { (0, 0) };
        let found = self.text[from..place].rfind(['\n', '\r']);
        self.line = (place, found.map_or(before, |at| from + at + 1));
        self.line.1
    }

    /// The bytes of a scalar, without the first line of a block, where a comment may stand.
    fn content(&self, node: Node<'_>) -> Range<u32> {
        let (span, range) = (node.span(), node.span().range());
        if node.style() != Some(ScalarStyle::Block)
            || !self.text[range.clone()].starts_with(['|', '>'])
        {
            return span.start..span.end;
        }
        let first_line = self.text[range.clone()].find(['\n', '\r']).unwrap_or(range.len());
        span.start + first_line as u32..span.end
    }
}

/// Offset of the dash of an item.
fn dash(text: &str, item: Node<'_>) -> Option<usize> {
    let before = text[..item.span().range().start].trim_end_matches([' ', '\t', '\n', '\r']);
    before.ends_with('-').then(|| before.len() - 1)
}

/// The markers of a text, in its order.
pub(super) struct Places<'t> {
    text: &'t str,
    /// The roots of the documents.
    roots: Vec<Anchor>,
    markers: Vec<Marker>,
    /// Starts of the lines that part documents.
    separators: Vec<usize>,
}

impl<'t> Places<'t> {
    /// The places of a text; there is at least one marker.
    pub(super) fn of(text: &'t str, roots: Vec<Anchor>, markers: Vec<Marker>) -> Self {
        let separators = text.match_indices("\n---").map(|(at, _)| at).collect();
        Self { text, roots, markers, separators }
    }

    /// The markers inside of the value of each one, by that value.
    pub(super) fn insides(&self) -> impl Iterator<Item = (Anchor, Range<u32>)> {
        // One that is around others stands before all of these.
        let mut ends: Vec<u32> = (1..=self.markers.len() as u32).collect();
        for (index, marker) in self.markers.iter().enumerate().rev() {
            if let Some(parent) = marker.parent {
                let parent = parent as usize;
                ends[parent] = ends[parent].max(ends[index]);
            }
        }
        let all = (1..).zip(self.markers.iter().zip(ends));
        all.map(|(first, (marker, end))| (marker.anchor, first..end))
    }

    /// Subject of a comment, and the side of it on which the comment stands.
    pub(super) fn of_comment(&self, comment: usize) -> (Anchor, Place) {
        let next = self.markers.partition_point(|marker| (marker.start as usize) < comment);
        let line = self.text[..comment].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let is_alone = self.text[line..comment].trim().is_empty();
        match next.checked_sub(1) {
            Some(last) if !is_alone => (self.before(last, line, comment), Place::Behind),
            last => self.between(last, next, comment, comment - line),
        }
    }

    /// Subject of a comment at the end of a line: of what is in brackets and ends there, all.
    fn before(&self, last: usize, line: usize, comment: usize) -> Anchor {
        let mut marker = &self.markers[last];
        while let Some(parent) = self.parent(marker) {
            let is_in_line = parent.start as usize >= line || (marker.start as usize) < line;
            let (_, end, _) = parent.anchor;
            if !marker.is_in_flow || !is_in_line || end as usize > comment {
                break;
            }
            marker = parent;
        }
        marker.anchor
    }

    fn parent(&self, marker: &Marker) -> Option<&Marker> {
        Some(&self.markers[marker.parent? as usize])
    }

    fn root(&self, marker: &Marker) -> Anchor {
        self.roots[marker.document as usize]
    }

    /// Subject of a comment with a line of its own: what follows, or what it is deeper than the end of.
    fn between(
        &self,
        last: Option<usize>,
        next: usize,
        comment: usize,
        column: usize,
    ) -> (Anchor, Place) {
        let next = self.markers.get(next);
        let Some(last) = last else {
            return next.map_or(((0, 0, 0), Place::Above), |next| (self.root(next), Place::Above));
        };
        let mut before = &self.markers[last];
        match next {
            Some(next) if next.document != before.document => {
                let first = self.separators.partition_point(|at| *at < comment);
                let is_parted =
                    self.separators.get(first).is_some_and(|at| *at < next.start as usize);
                return match is_parted {
                    true => (self.root(before), Place::Below),
                    false => (self.root(next), Place::Above),
                };
            }
            Some(next) if column <= next.column as usize || next.is_in_flow => {
                return (next.anchor, Place::Above);
            }
            None if column == 0 => return (self.root(before), Place::Below),
            _ => {}
        }
        while before.column as usize > column || before.is_in_flow {
            match self.parent(before) {
                Some(parent) => before = parent,
                None => return (self.root(before), Place::Below),
            }
        }
        (before.anchor, Place::Below)
    }
}
