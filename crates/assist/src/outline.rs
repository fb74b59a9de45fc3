//! What a text holds, as a list to go through: stages, their services and places, other documents.

use deployline_schema::{EntityKind, MappingKind, Takes};
use deployline_span::{SourceId, Span};

use crate::sketch::{Below, Id, Kind, Sketch};

/// One line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// How far it is indented, from 0.
    pub depth: usize,
    /// Its name.
    pub label: String,
    /// What it is.
    pub kind: OutlineKind,
    /// Where its name stands.
    pub span: Span,
}

/// What an [`OutlineItem`] is.
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

/// How many lines an outline has at the most.
const MOST: usize = 2_000;

/// The outline of a text, valid YAML or not.
///
/// ```
/// let text = "stages:\n  - stage:\n      name: Ask\n      type: Approval\n";
/// let outline = deployline_assist::outline(text);
/// assert_eq!((outline[0].label.as_str(), outline[0].depth), ("Ask", 0));
/// ```
pub fn outline(text: &str) -> Vec<OutlineItem> {
    let sketch = Sketch::new(text, usize::MAX);
    let mut depths = Depths::default();
    let places = sketch.places();
    let items = sketch.ids().filter_map(|id| {
        let (kind, label, named) = line(&sketch, &places, id)?;
        let depth = depths.of(&sketch, id, kind);
        let entry = sketch.entry(named);
        let end = entry.value.end.max(entry.name.end);
        let span = Span::new(SourceId::default(), entry.name.start, end);
        Some(OutlineItem { depth, label: label.to_owned(), kind, span })
    });
    items.take(MOST).collect()
}

/// What is open: groups, and the stage.
#[derive(Default)]
struct Depths {
    groups: Vec<Id>,
    stage: usize,
}

impl Depths {
    fn of(&mut self, sketch: &Sketch<'_>, id: Id, kind: OutlineKind) -> usize {
        match kind {
            OutlineKind::Parallel | OutlineKind::Stage => {
                self.groups.retain(|group| sketch.outwards(id).any(|outer| outer == *group));
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

/// What an entry is in the outline, its name, and the entry where that stands.
fn line<'t>(sketch: &Sketch<'t>, places: &[Below], id: Id) -> Option<(OutlineKind, &'t str, Id)> {
    let mapping = |id: Id| places.get(id.index()).and_then(|of| of.mapping);
    let parent = sketch.parent(id)?;
    match sketch.entry(id).kind {
        Kind::Document => None,
        Kind::Item if mapping(id) == Some(MappingKind::V1Stage) => {
            sketch.get(id, "id").map(|_| stage(sketch, id, "id"))
        }
        Kind::Item => {
            let key = mapping(sketch.parent(parent)?)?.key(sketch.name(parent))?;
            referred(key.takes).and_then(|kind| named(sketch, kind, id))
        }
        Kind::Key => {
            let name = sketch.name(id);
            match (mapping(parent)?, name) {
                (MappingKind::Entry, "stage") => Some(stage(sketch, id, "identifier")),
                (MappingKind::Entry | MappingKind::V1Stage, "parallel") => {
                    Some((OutlineKind::Parallel, "In parallel", id))
                }
                (MappingKind::Document | MappingKind::V1Document, kind) if kind != "pipeline" => {
                    let named = sketch.get(id, "identifier")?;
                    (!sketch.value(named).is_empty())
                        .then(|| (OutlineKind::Document, sketch.value(named), named))
                }
                (MappingKind::InfrastructureEntity | MappingKind::GroupEntity, _) => None,
                (place, name) => {
                    referred(place.key(name)?.takes).and_then(|kind| named(sketch, kind, id))
                }
            }
        }
    }
}

fn stage<'t>(sketch: &Sketch<'t>, id: Id, key: &str) -> (OutlineKind, &'t str, Id) {
    let named = sketch.get(id, "name").or_else(|| sketch.get(id, key));
    let named = named.filter(|named| !sketch.value(*named).is_empty());
    let label = named.map_or("stage", |named| sketch.value(named));
    (OutlineKind::Stage, label, named.unwrap_or(id))
}

fn named<'t>(sketch: &Sketch<'t>, kind: OutlineKind, id: Id) -> Option<(OutlineKind, &'t str, Id)> {
    let value = sketch.value(id);
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
