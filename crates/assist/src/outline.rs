//! Outline of a text: stages, their services and environments, other documents.

use deployline_schema::{EntityKind, MappingKind, Takes};
use deployline_span::{SourceId, Span};

use crate::lenient::{Contents, EntryId, EntryKind, LenientTree};

/// One line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// Level of indentation, from 0.
    pub depth: usize,
    /// Its name.
    pub label: String,
    /// Its kind.
    pub kind: OutlineKind,
    /// Span of its name.
    pub span: Span,
}

/// Kind of an [`OutlineItem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// Stages that run side by side.
    Parallel,
    /// A stage.
    Stage,
    /// A service of a stage.
    Service,
    /// An environment or a group of a stage.
    Environment,
    /// An infrastructure of an environment.
    Infrastructure,
    /// A document beside the pipeline.
    Document,
}

impl OutlineKind {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parallel => "parallel stages",
            Self::Stage => "stage",
            Self::Service => "service",
            Self::Environment => "environment",
            Self::Infrastructure => "infrastructure",
            Self::Document => "document",
        }
    }
}

/// Most lines of an outline.
const MAX_ITEMS: usize = 2_000;

/// The outline of a text, valid YAML or not.
///
/// ```
/// let text = "stages:\n  - stage:\n      name: Ask\n      type: Approval\n";
/// let outline = deployline_assist::outline(text);
/// assert_eq!((outline[0].label.as_str(), outline[0].depth), ("Ask", 0));
/// ```
pub fn outline(text: &str) -> Vec<OutlineItem> {
    let tree = LenientTree::new(text, usize::MAX);
    let mut depths = Depths::default();
    let contents = tree.all_contents();
    let items = tree.ids().filter_map(|id| {
        let (kind, label, named) = line(&tree, &contents, id)?;
        let depth = depths.of(&tree, id, kind);
        let entry = tree.entry(named);
        let end = entry.value.end.max(entry.name.end);
        let span = Span::new(SourceId::default(), entry.name.start, end);
        Some(OutlineItem { depth, label: label.to_owned(), kind, span })
    });
    items.take(MAX_ITEMS).collect()
}

/// Groups that are open, and the depth of the stage.
#[derive(Default)]
struct Depths {
    groups: Vec<EntryId>,
    stage: usize,
}

impl Depths {
    fn of(&mut self, tree: &LenientTree<'_>, id: EntryId, kind: OutlineKind) -> usize {
        match kind {
            OutlineKind::Parallel | OutlineKind::Stage => {
                self.groups.retain(|group| tree.outwards(id).any(|outer| outer == *group));
                self.stage = self.groups.len();
                if kind == OutlineKind::Parallel {
                    self.groups.push(id);
                }
                self.stage
            }
            OutlineKind::Service | OutlineKind::Environment => self.stage + 1,
            OutlineKind::Infrastructure => self.stage + 2,
            OutlineKind::Document => 0,
        }
    }
}

/// Kind of an entry in the outline, its name, and the entry where that stands.
fn line<'t>(
    tree: &LenientTree<'t>,
    contents: &[Contents],
    id: EntryId,
) -> Option<(OutlineKind, &'t str, EntryId)> {
    let mapping = |id: EntryId| contents.get(id.index()).and_then(|of| of.mapping);
    let parent = tree.parent(id)?;
    match tree.entry(id).kind {
        EntryKind::Document => None,
        EntryKind::Item if mapping(id) == Some(MappingKind::V1Stage) => {
            let key = ["id", "name"].into_iter().find(|key| tree.get(id, key).is_some());
            key.map(|key| stage(tree, id, key))
        }
        EntryKind::Item => {
            let key = mapping(tree.parent(parent)?)?.key(tree.name(parent))?;
            referred(key.takes).and_then(|kind| named(tree, kind, id))
        }
        EntryKind::Key => {
            let name = tree.name(id);
            match (mapping(parent)?, name) {
                (MappingKind::Entry, "stage") => Some(stage(tree, id, "identifier")),
                (MappingKind::Entry | MappingKind::V1Stage, "parallel") => {
                    Some((OutlineKind::Parallel, "In parallel", id))
                }
                (MappingKind::Document | MappingKind::V1Document, kind) if kind != "pipeline" => {
                    let named = tree.get(id, "identifier")?;
                    (!tree.value(named).is_empty())
                        .then(|| (OutlineKind::Document, tree.value(named), named))
                }
                (MappingKind::InfrastructureEntity | MappingKind::GroupEntity, _) => None,
                (kind, name) => {
                    referred(kind.key(name)?.takes).and_then(|kind| named(tree, kind, id))
                }
            }
        }
    }
}

fn stage<'t>(tree: &LenientTree<'t>, id: EntryId, key: &str) -> (OutlineKind, &'t str, EntryId) {
    let named = tree.get(id, "name").or_else(|| tree.get(id, key));
    let named = named.filter(|named| !tree.value(*named).is_empty());
    let label = named.map_or("stage", |named| tree.value(named));
    (OutlineKind::Stage, label, named.unwrap_or(id))
}

fn named<'t>(
    tree: &LenientTree<'t>,
    kind: OutlineKind,
    id: EntryId,
) -> Option<(OutlineKind, &'t str, EntryId)> {
    let value = tree.value(id);
    (!value.is_empty()).then_some((kind, value, id))
}

fn referred(takes: &[Takes]) -> Option<OutlineKind> {
    takes.iter().find_map(|takes| match takes {
        Takes::Reference(refers) | Takes::References(refers) => match refers {
            EntityKind::Service => Some(OutlineKind::Service),
            EntityKind::Environment | EntityKind::Group => Some(OutlineKind::Environment),
            EntityKind::Infrastructure => Some(OutlineKind::Infrastructure),
            EntityKind::Stage | EntityKind::Template => None,
        },
        _ => None,
    })
}
