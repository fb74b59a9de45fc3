//! Shapes: a picture as plain data.
//!
//! Whatever draws a picture walks a list of these, and places nothing by itself.

use crate::{Part, Rect};

/// Font size of a text that says no other, in pixels.
pub const FONT_PX: f64 = 12.0;

/// A shape with its place in pixels, and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its meaning: a bar, a stage's name, a line of the grid.
    pub part: Part,
    /// Its form and position.
    pub geometry: Geometry,
}

/// Form and position of a shape. The origin is the upper left corner of the picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// A rectangle.
    Rect {
        /// Its position and size.
        rect: Rect,
        /// Radius of its corners.
        radius: f64,
    },
    /// Lines.
    Path {
        /// The commands of an SVG path, in pixels of the picture.
        d: String,
    },
    /// A line of text.
    Text(Text),
    /// A text that follows the one that it is in.
    Span {
        /// Distance from what is before it.
        gap: f64,
        /// Font size.
        font_px: f64,
        /// Its characters.
        text: String,
    },
    /// A text that browsers show beside the pointer while it is over the group that this is in.
    Title {
        /// Its characters.
        text: String,
    },
    /// Shapes that belong together.
    Group {
        /// Its name, for those who do not see it; empty where its texts say it.
        label: String,
        /// From the back to the front.
        shapes: Vec<Shape>,
    },
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Position of its anchor.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// The point of the text that is at `x`.
    pub anchor: Anchor,
    /// Font size.
    pub font_px: f64,
    /// Its characters.
    pub text: String,
    /// Texts that follow it in the same line.
    pub spans: Vec<Shape>,
}

/// The point of a text that is where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Shape {
    /// A rectangle; no narrower than nothing.
    pub(crate) fn rect(part: Part, rect: Rect, radius: f64) -> Self {
        let rect = Rect { width: rect.width.max(0.0), ..rect };
        Self { part, geometry: Geometry::Rect { rect, radius } }
    }

    /// A path.
    pub(crate) fn path(part: Part, d: String) -> Self {
        Self { part, geometry: Geometry::Path { d } }
    }

    /// A text that starts at `x`.
    pub(crate) fn text(part: Part, x: f64, y: f64, text: &str) -> Self {
        let text = Text {
            x,
            y,
            anchor: Anchor::Start,
            font_px: FONT_PX,
            text: text.to_owned(),
            spans: Vec::new(),
        };
        Self { part, geometry: Geometry::Text(text) }
    }

    /// The same text at another anchor.
    pub(crate) fn anchored(mut self, to: Anchor) -> Self {
        if let Geometry::Text(text) = &mut self.geometry {
            text.anchor = to;
        }
        self
    }

    /// The same text in another size.
    pub(crate) fn sized(mut self, px: f64) -> Self {
        if let Geometry::Text(text) = &mut self.geometry {
            text.font_px = px;
        }
        self
    }

    /// The same text with another behind it, unless that is empty.
    pub(crate) fn followed_by(mut self, gap: f64, text: &str) -> Self {
        if let (Geometry::Text(before), false) = (&mut self.geometry, text.is_empty()) {
            let geometry = Geometry::Span { gap, font_px: FONT_PX, text: text.to_owned() };
            before.spans.push(Self { part: Part::Detail, geometry });
        }
        self
    }

    /// Several shapes in one.
    pub(crate) fn group(part: Part, shapes: Vec<Shape>) -> Self {
        Self { part, geometry: Geometry::Group { label: String::new(), shapes } }
    }

    /// A text beside the pointer, for the group that it is in.
    pub(crate) fn title(text: String) -> Self {
        Self { part: Part::Title, geometry: Geometry::Title { text } }
    }

    /// Its own text; empty for what has none.
    pub fn own_text(&self) -> &str {
        match &self.geometry {
            Geometry::Text(Text { text, .. })
            | Geometry::Span { text, .. }
            | Geometry::Title { text } => text,
            Geometry::Rect { .. } | Geometry::Path { .. } | Geometry::Group { .. } => "",
        }
    }

    /// The shapes in it.
    pub fn children(&self) -> &[Shape] {
        match &self.geometry {
            Geometry::Group { shapes, .. } => shapes,
            Geometry::Text(text) => &text.spans,
            Geometry::Rect { .. }
            | Geometry::Path { .. }
            | Geometry::Span { .. }
            | Geometry::Title { .. } => &[],
        }
    }

    /// Takes the shapes in it out of it.
    pub fn take_children(&mut self) -> Vec<Shape> {
        match &mut self.geometry {
            Geometry::Group { shapes, .. } => std::mem::take(shapes),
            Geometry::Text(text) => std::mem::take(&mut text.spans),
            Geometry::Rect { .. }
            | Geometry::Path { .. }
            | Geometry::Span { .. }
            | Geometry::Title { .. } => Vec::new(),
        }
    }
}
