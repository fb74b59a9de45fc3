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
pub(crate) struct Comments {
    all: Vec<Comment>,
    /// Comments by what they are about.
    of: Map<Anchor, Vec<usize>>,
    /// Markers with those inside of each, by its value.
    inside: Map<Anchor, Range<usize>>,
    /// Comments by the marker that they are about, in the order of the markers.
    by_marker: Vec<(usize, usize)>,
}

struct Comment {
    range: Range<usize>,
    text: String,
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

/// The node that is written where a value stands.
fn written<'a>(view: &View<'a>) -> Node<'a> {
    view.in_place_of().unwrap_or_else(|| view.node())
}

impl Comments {
    /// The comments of the main text of these documents.
    pub(crate) fn of(text: &str, documents: &[Document]) -> Self {
        let main = documents.iter().filter(|document| document.source() == SourceId(0));
        let mut markers = Vec::new();
        let mut scalars = Vec::new();
        for (number, document) in main.enumerate() {
            Marker::collect(text, number, document.root(), &mut markers, &mut scalars);
        }
        let ranges = ranges(text, &mut scalars);
        let mut found = Self::default();
        if ranges.is_empty() || markers.is_empty() {
            return found;
        }
        let places = Places::of(text, markers);
        found.inside = places.insides().collect();
        for range in ranges {
            let (anchor, place) = places.of_comment(&range);
            found.of.or_default(anchor).push(found.all.len());
            if let Some(inside) = found.inside.get(&anchor) {
                found.by_marker.push((inside.start - 1, found.all.len()));
            }
            let text = text[range.clone()].trim_end().to_owned();
            found.all.push(Comment { range, text, place, is_taken: false });
        }
        deployline_map::sort_by(&mut found.by_marker, Ord::cmp);
        found
    }

    /// The comments of a value, once.
    pub(crate) fn take(&mut self, view: &View<'_>) -> write::Comments {
        self.take_of(written(view))
    }

    /// The comments of a node, once.
    pub(crate) fn take_of(&mut self, node: Node<'_>) -> write::Comments {
        let mut taken = write::Comments::default();
        let is_here = node.span().source == SourceId(0) && !node.is_aliased();
        let of = if is_here { self.of.get(&anchor(node)) } else { None };
        for index in of.into_iter().flatten() {
            let comment = &mut self.all[*index];
            if !std::mem::replace(&mut comment.is_taken, true) {
                let lines = match comment.place {
                    Place::Above => &mut taken.above,
                    Place::Behind => &mut taken.behind,
                    Place::Below => &mut taken.below,
                };
                lines.push(comment.text.clone());
            }
        }
        taken
    }

    /// The comments inside of a value that nothing has taken, to stand above it.
    pub(crate) fn take_inside(&mut self, view: &View<'_>) -> write::Comments {
        let mut taken = write::Comments::default();
        let node = written(view);
        let is_here = node.span().source == SourceId(0) && !node.is_aliased();
        let inside = if is_here { self.inside.get(&anchor(node)).cloned() } else { None };
        let Some(inside) = inside else { return taken };
        let first = self.by_marker.partition_point(|(marker, _)| *marker < inside.start);
        let of = self.by_marker[first..].iter().take_while(|(marker, _)| *marker < inside.end);
        for (_, index) in of {
            let comment = &mut self.all[*index];
            if !std::mem::replace(&mut comment.is_taken, true) {
                taken.above.push(comment.text.clone());
            }
        }
        taken
    }

    /// The places of those that nothing has taken.
    pub(crate) fn left(&self) -> impl Iterator<Item = Span> {
        let left = self.all.iter().filter(|comment| !comment.is_taken);
        left.map(|comment| Span::new(SourceId(0), comment.range.start, comment.range.end))
    }
}

/// Comments of a text with these scalars, in its order.
fn ranges(text: &str, scalars: &mut [Range<usize>]) -> Vec<Range<usize>> {
    deployline_map::sort_by_number(scalars, |range| range.start as u64);
    let mut scalars = scalars.iter().peekable();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('#') {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        while scalars.next_if(|range| range.end <= at).is_some() {}
        let is_inside = scalars.peek().is_some_and(|range| range.contains(&at));
        let is_apart = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if is_apart && !is_inside {
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            found.push(at..end);
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
        for (anchor, of) in &comments.of {
            for index in of {
                let Comment { text, place, .. } = &comments.all[*index];
                found[*index] = format!("{text} {place:?} {}", names[anchor]);
            }
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
