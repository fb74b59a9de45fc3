//! Keys on the wrong level, moved to where they are read.

use deployline_planner::rules::{Home, MisplacedKey, misplaced_keys};
use deployline_schema::MappingKind;
use deployline_span::{SourceId, Span};
use deployline_yaml::edit::{Change, Path, Step, change};
use deployline_yaml::{Budget, Fix, Node, NodeKind, parse_with};

/// The most keys that are moved: each move is proved by reading the text again.
const MAX_MOVES: usize = 20;
/// The most bytes that are moved in, for all moves together.
const MAX_BYTES: usize = 1 << 20;

/// The moves of the misplaced keys at `places`, each with its key. One that would lose or overwrite something is
/// left out.
pub(super) fn moves(text: &str, places: &[Span]) -> Vec<(Span, Fix)> {
    let most = (MAX_BYTES / text.len().max(1)).min(MAX_MOVES);
    let places = &places[..places.len().min(most)];
    if places.is_empty() {
        return Vec::new();
    }
    let parsed = parse_with(text, SourceId(0), Budget::default());
    let mut moves = Vec::new();
    for (document_idx, document) in parsed.documents.iter().enumerate() {
        for misplaced in misplaced_keys(document, &|span| places.contains(&span)) {
            let root = document.root();
            let edits = changes(root, &misplaced)
                .and_then(|changes| change(text, &parsed, document_idx, &changes).ok());
            let title = match misplaced.home {
                Home::Beside(outer, _) => format!("Move it beside `{outer}:`"),
                Home::Below(inner) => format!("Move it below `{inner}:`"),
            };
            moves.extend(edits.map(|edits| (misplaced.key.span(), Fix { title, edits })));
        }
    }
    moves
}

/// The changes that move a key; `None` where another key stands in its way.
fn changes(root: Node<'_>, misplaced: &MisplacedKey<'_>) -> Option<Vec<Change>> {
    let MisplacedKey { mapping, kind, key, home } = *misplaced;
    let name = key.as_str()?;
    let (written, _) = mapping.entry(name)?;
    let path = path_to(root, mapping)?;
    let from = join(&path, name);
    if written.span() != key.span() {
        return None;
    }
    match home {
        Home::Beside(outer, around) => {
            let map = around_of(&path)?;
            let holder = follow(root, &map)?;
            let after = Some(outer.to_owned());
            let is_free = has_room(holder, around, name);
            is_free.then(|| vec![Change::MoveEntry { from, map, after }])
        }
        Home::Below(inner) => {
            let type_text = mapping.get("type").and_then(Node::as_str);
            let below = kind.below(inner, false, type_text)?;
            below.key(name)?;
            match mapping.get(inner) {
                Some(holder) if holder.kind() == NodeKind::Mapping => {
                    let map = join(&path, inner);
                    let is_free = has_room(holder, below, name);
                    is_free.then(|| vec![Change::MoveEntry { from, map, after: None }])
                }
                Some(_) => None,
                None => has_room(mapping, kind, inner).then(|| {
                    let steps = vec![Step::from(name)];
                    let rename = Change::RenameKey { at: from.clone(), key: inner.to_owned() };
                    vec![Change::Nest { at: from, steps }, rename]
                }),
            }
        }
    }
}

/// Returns `true` where neither the key nor one that it can't stand beside is there.
fn has_room(holder: Node<'_>, kind: MappingKind, name: &str) -> bool {
    let groups = kind.one_of().iter().filter(|group| group.contains(&name));
    let others = groups.copied().flatten().copied();
    others.chain([name]).all(|other| holder.get(other).is_none())
}

/// Path to the mapping around the one at `path`, which may be an item of a list in it.
fn around_of(path: &[Step]) -> Option<Path> {
    let key = path.iter().rposition(|step| matches!(step, Step::Key(_)))?;
    Some(path[..key].to_vec())
}

fn join(path: &[Step], key: &str) -> Path {
    path.iter().cloned().chain([Step::from(key)]).collect()
}

fn follow<'a>(root: Node<'a>, path: &[Step]) -> Option<Node<'a>> {
    path.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => node.get(key),
        Step::Index(index) => node.items().nth(*index),
    })
}

/// Path to a mapping, through no alias.
fn path_to(root: Node<'_>, mapping: Node<'_>) -> Option<Path> {
    let (mut node, mut path) = (root, Path::new());
    let wanted = mapping.span();
    let holds = |node: &Node<'_>| {
        let span = node.span();
        !node.is_aliased() && span.start <= wanted.start && wanted.end <= span.end
    };
    while node.kind() != NodeKind::Mapping || node.span() != wanted {
        let item = node.items().enumerate().find(|(_, item)| holds(item));
        let entry = || node.entries().find(|(_, value)| holds(value));
        let (below, step) = match item {
            Some((index, item)) => (item, Step::from(index)),
            None => entry().and_then(|(key, value)| Some((value, Step::from(key.as_str()?))))?,
        };
        path.push(step);
        node = below;
    }
    Some(path)
}
