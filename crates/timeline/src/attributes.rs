//! Shapes as SVG elements: their tags and attributes, for all that write or keep such elements.

use std::fmt;

use deployline_engine::DeploymentId;

use crate::shape::{Anchor, FONT_PX, Geometry, Text};
use crate::{Hit, Part, Px, Rect, Shape};

/// Attributes of elements beside their geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Semantics<'a> {
    /// Nothing: all of them together are an image.
    Image,
    /// Bars are the options of a list box, and shapes have what leads back to what they stand for.
    ListBox {
        /// Begins the identifiers of bars; `None` for bars without one.
        id_prefix: Option<&'a str>,
    },
}

/// A value of an attribute. Values are compared before they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// The attribute is not there.
    Absent,
    /// A word of SVG or ARIA.
    Word(&'static str),
    /// The classes of a part.
    Class(Part),
    /// A text.
    Text(&'a str),
    /// Pixels.
    Px(f64),
    /// The subject of a click.
    Hit(Hit),
    /// The identifier of a bar.
    BarId(&'a str, DeploymentId),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => Ok(()),
            Self::Word(word) => f.write_str(word),
            Self::Class(part) => part.write_class(f),
            Self::Text(text) => f.write_str(text),
            Self::Px(px) => Px(*px).fmt(f),
            Self::Hit(hit) => hit.fmt(f),
            Self::BarId(prefix, at) => write!(f, "{prefix}-{}-{}", at.stage, at.index),
        }
    }
}

/// A name of an attribute and its value.
pub type Attribute<'a> = (&'static str, Value<'a>);

/// Fills up the attributes of elements that have fewer than others.
const UNUSED: Attribute<'static> = ("", Value::Absent);

impl Shape {
    /// Name of its element.
    pub fn tag(&self) -> &'static str {
        match self.geometry {
            Geometry::Rect { .. } => "rect",
            Geometry::Path { .. } => "path",
            Geometry::Text(_) => "text",
            Geometry::Span { .. } => "tspan",
            Geometry::Title { .. } => "title",
            Geometry::Group { .. } => "g",
        }
    }

    /// Attributes of its element. Their names depend on the kind of shape alone: what is not there is
    /// [`Value::Absent`].
    pub fn attributes<'a>(
        &'a self,
        semantics: Semantics<'a>,
    ) -> impl Iterator<Item = Attribute<'a>> {
        let class = match self.part {
            Part::Layer | Part::Title => UNUSED,
            part => ("class", Value::Class(part)),
        };
        let hit = match (self.part.hit(), semantics) {
            (Some(hit), Semantics::ListBox { .. }) => (hit.attribute(), Value::Hit(hit)),
            _ => UNUSED,
        };
        let attributes = match &self.geometry {
            Geometry::Rect { rect, radius } => {
                let Rect { x, y, width, height } = *rect;
                let [x, y] = [("x", Value::Px(x)), ("y", Value::Px(y))];
                let [width, height] = [("width", Value::Px(width)), ("height", Value::Px(height))];
                [class, x, y, width, height, ("rx", Value::Px(*radius)), hit]
            }
            Geometry::Path { d } => padded([class, ("d", Value::Text(d)), hit]),
            Geometry::Text(Text { x, y, anchor, font_px, .. }) => {
                let [x, y] = [("x", Value::Px(*x)), ("y", Value::Px(*y))];
                let anchor = match anchor {
                    Anchor::Start => Value::Absent,
                    Anchor::Middle => Value::Word("middle"),
                    Anchor::End => Value::Word("end"),
                };
                let size = if *font_px == FONT_PX { Value::Absent } else { Value::Px(*font_px) };
                let [anchor, size] = [("text-anchor", anchor), ("font-size", size)];
                [class, x, y, anchor, size, hit, UNUSED]
            }
            Geometry::Span { gap, font_px, .. } => {
                padded([class, ("dx", Value::Px(*gap)), ("font-size", Value::Px(*font_px))])
            }
            Geometry::Title { .. } => [UNUSED; 7],
            Geometry::Group { label, .. } => {
                let [role, id, is_selected, label] = self.roles(label, semantics);
                [class, role, id, is_selected, label, hit, UNUSED]
            }
        };
        attributes.into_iter().filter(|(name, _)| !name.is_empty())
    }

    /// Attributes of a group for those who do not see it.
    fn roles<'a>(&self, label: &'a str, semantics: Semantics<'a>) -> [Attribute<'a>; 4] {
        let Semantics::ListBox { id_prefix } = semantics else { return [UNUSED; 4] };
        let Part::Bar(bar) = self.part else {
            return [("role", Value::Word("presentation")), UNUSED, UNUSED, UNUSED];
        };
        let id = id_prefix.map_or(Value::Absent, |prefix| Value::BarId(prefix, bar.at));
        let is_selected = if bar.marks.is_selected { "true" } else { "false" };
        let label = if label.is_empty() { Value::Absent } else { Value::Text(label) };
        [
            ("role", Value::Word("option")),
            ("id", id),
            ("aria-selected", Value::Word(is_selected)),
            ("aria-label", label),
        ]
    }
}

fn padded<'a>([a, b, c]: [Attribute<'a>; 3]) -> [Attribute<'a>; 7] {
    [a, b, c, UNUSED, UNUSED, UNUSED, UNUSED]
}

/// Identifier of a bar's element.
pub fn bar_id(prefix: &str, at: DeploymentId) -> String {
    Value::BarId(prefix, at).to_string()
}
