//! Comments of the main text, each at the key, item or document that it is about.
//!
//! ```text
//! # about all           ─ above the document, whose first line it is
//! stages:  # in order   ─ behind the value of `stages`
//!   # first             ─ above the item
//!   - id: a  # A        ─ behind the value of `id`
//!     steps: []
//!     # - later         ─ below the value of `steps`
//!   - id: b
//! ```
//!
//! A value of the result has the comments of its source ([`Comments::take`]); those that nothing has taken have no
//! place in it ([`Comments::left`]).

mod places;

use std::ops::Range;

use deployline_map::Map;
use deployline_planner::View;
use deployline_span::{SourceId, Span};
use deployline_yaml::write;
use deployline_yaml::{Document, Node, NodeKind};

use places::{Marker, Place, Places};

/// Comments of a text, in its order.
#[derive(Default)]
pub(crate) struct Comments<'t> {
    text: &'t str,
    all: Vec<Comment>,
    /// Comments by what they are about, in the order of both.
    of: Vec<(Anchor, u32)>,
    /// Markers with those inside of each, by its value.
    inside: Map<Anchor, Range<u32>>,
    /// Comments by the marker that they are about, in the order of the markers.
    by_marker: Vec<(u32, u32)>,
}

struct Comment {
    range: Range<u32>,
    place: Place,
    is_taken: bool,
}

/// Start, end and kind of a value: a list may begin where its first item does.
type Anchor = (u32, u32, u8);

fn anchor(node: Node<'_>) -> Anchor {
    let kind = match node.kind() {
        NodeKind::Null => 0,
        NodeKind::Scalar => 1,
        NodeKind::Sequence => 2,
        NodeKind::Mapping => 3,
    };
    (node.span().start, node.span().end, kind)
}

/// The node that stands where a value counts.
fn source_node<'a>(view: &View<'a>) -> Node<'a> {
    view.in_place_of().unwrap_or_else(|| view.node())
}

impl<'t> Comments<'t> {
    /// The comments of the main text of these documents.
    pub(crate) fn of(text: &'t str, documents: &[Document]) -> Self {
        let mut found = Self { text, ..Self::default() };
        if !text.contains('#') {
            return found;
        }
        let main = documents.iter().filter(|document| document.source() == SourceId(0));
        let (mut roots, mut markers, mut scalars) = (Vec::new(), Vec::new(), Vec::new());
        for document in main {
            Marker::collect(text, roots.len(), document.root(), &mut markers, &mut scalars);
            roots.push(anchor(document.root()));
        }
        let ranges = ranges(text, &mut scalars);
        if ranges.is_empty() || markers.is_empty() {
            return found;
        }
        let places = Places::of(text, roots, markers);
        found.inside = places.insides().collect();
        for range in ranges {
            let (anchor, place) = places.of_comment(range.start as usize);
            let number = found.all.len() as u32;
            found.of.push((anchor, number));
            if let Some(inside) = found.inside.get(&anchor) {
                found.by_marker.push((inside.start - 1, number));
            }
            found.all.push(Comment { range, place, is_taken: false });
        }
        deployline_map::sort_by(&mut found.of, Ord::cmp);
        deployline_map::sort_by(&mut found.by_marker, Ord::cmp);
        found
    }

    /// The comments of a value, once.
    pub(crate) fn take(&mut self, view: &View<'_>) -> write::Comments {
        self.take_of(source_node(view))
    }

    /// The comments of a node, once.
    pub(crate) fn take_of(&mut self, node: Node<'_>) -> write::Comments {
        let mut taken = write::Comments::default();
        let is_here = node.span().source == SourceId(0) && !node.is_aliased();
        if !is_here || self.of.is_empty() {
            return taken;
        }
        let anchor = anchor(node);
        let first = self.of.partition_point(|(of, _)| *of < anchor);
        for (_, number) in self.of[first..].iter().take_while(|(of, _)| *of == anchor) {
            let comment = &mut self.all[*number as usize];
            if !std::mem::replace(&mut comment.is_taken, true) {
                let lines = match comment.place {
                    Place::Above => &mut taken.above,
                    Place::Behind => &mut taken.behind,
                    Place::Below => &mut taken.below,
                };
                lines.push(written(self.text, comment));
            }
        }
        taken
    }

    /// The comments inside of a value that nothing has taken, to stand above it.
    pub(crate) fn take_inside(&mut self, view: &View<'_>) -> write::Comments {
        let mut taken = write::Comments::default();
        let node = source_node(view);
        let is_here = node.span().source == SourceId(0) && !node.is_aliased();
        let inside = if is_here { self.inside.get(&anchor(node)).cloned() } else { None };
        let Some(inside) = inside else { return taken };
        let first = self.by_marker.partition_point(|(marker, _)| *marker < inside.start);
        let of = self.by_marker[first..].iter().take_while(|(marker, _)| *marker < inside.end);
        for (_, number) in of {
            let comment = &mut self.all[*number as usize];
            if !std::mem::replace(&mut comment.is_taken, true) {
                taken.above.push(written(self.text, comment));
            }
        }
        taken
    }

    /// The places of those that nothing has taken.
    pub(crate) fn left(&self) -> impl Iterator<Item = Span> {
        let left = self.all.iter().filter(|comment| !comment.is_taken);
        left.map(|comment| Span {
            source: SourceId(0),
            start: comment.range.start,
            end: comment.range.end,
        })
    }
}

/// A comment as it is written.
fn written(text: &str, Comment { range, .. }: &Comment) -> String {
    text[range.start as usize..range.end as usize].trim_end().to_owned()
}

/// Comments of a text with these scalars, in its order.
fn ranges(text: &str, scalars: &mut [Range<u32>]) -> Vec<Range<u32>> {
    deployline_map::sort_by_number(scalars, |range| range.start.into());
    let mut scalars = scalars.iter().peekable();
    let mut found: Vec<Range<u32>> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let start = at as u32;
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        while scalars.next_if(|range| range.end <= start).is_some() {}
        let is_inside = scalars.peek().is_some_and(|range| range.contains(&start));
        let is_apart = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if is_apart && !is_inside {
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            found.push(start..end as u32);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The comments of a text, each with the key, `-` or `all` that it is about.
    fn found(text: &str) -> Vec<String> {
        let documents = deployline_yaml::parse(text).documents;
        let comments = Comments::of(text, &documents);
        let mut names: Map<Anchor, String> = Map::new();
        for document in &documents {
            names.insert(anchor(document.root()), "all".to_owned());
            name(document.root(), &mut names);
        }
        let mut found = vec![String::new(); comments.all.len()];
        for (anchor, number) in &comments.of {
            let comment = &comments.all[*number as usize];
            let text = written(text, comment);
            found[*number as usize] = format!("{text} {:?} {}", comment.place, names[anchor]);
        }
        found
    }

    fn name(node: Node<'_>, names: &mut Map<Anchor, String>) {
        for item in node.items() {
            let text = item.as_str().unwrap_or_default();
            names.insert(anchor(item), format!("-{text}"));
            name(item, names);
        }
        for (key, value) in node.entries() {
            names.insert(anchor(value), key.as_str().unwrap_or_default().to_owned());
            name(value, names);
        }
    }

    /// There may be a million of the first, and half as many of the others.
    #[test]
    fn a_marker_and_a_comment_are_small() {
        assert!(size_of::<Marker>() <= 36 && size_of::<Comment>() <= 12);
    }

    #[test]
    fn a_comment_is_about_what_stands_beside_it() {
        for (text, expected) in [
            ("a: b#c", &[][..]),
            ("a: 'b # c'\nd: |\n  # e\n", &[]),
            ("a: b # c", &["# c Behind a"]),
            ("# c\na: b", &["# c Above all"]),
            (
                "# c\n# d\n\na: b\n# e\nf: g\n# h",
                &["# c Above all", "# d Above all", "# e Above f", "# h Below all"],
            ),
            (
                "a: # b\n  # c\n  - 'x # y' # d\n  # e\n  - z\n  # f\ng: h",
                &[
                    "# b Behind a",
                    "# c Above -x # y",
                    "# d Behind -x # y",
                    "# e Above -z",
                    "# f Below -z",
                ],
            ),
            ("a:\n# b\n- c\n# d\n- e\n# f\ng: h", &["# b Above -c", "# d Above -e", "# f Above g"]),
            ("a: {b: c} # d\ne: [f, {g: h}] # i", &["# d Behind a", "# i Behind e"]),
            (
                "a: [\n  b, # c\n  # d\n  e # f\n] # g",
                &["# c Behind -b", "# d Above -e", "# f Behind -e", "# g Behind a"],
            ),
            ("a: \"b\n  c\" # d\ne: | # f\n  # g\n", &["# d Behind a", "# f Behind e"]),
            (
                "- a: # b\n    c: d\n    # e\n  # f\n- g: h # i",
                &["# b Behind a", "# e Below c", "# f Below a", "# i Behind g"],
            ),
            ("a: b\n# c\n---\n# d\ne: f\n", &["# c Below all", "# d Above all"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
