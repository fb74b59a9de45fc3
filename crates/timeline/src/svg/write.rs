//! Shapes as markup.

use std::fmt::{self, Write};

use crate::{Geometry, Semantics, Shape, Value};

/// Writes shapes one after the other; groups with nothing in them are left out.
pub(super) fn write_shapes(
    out: &mut String,
    shapes: &[Shape],
    semantics: Semantics<'_>,
) -> fmt::Result {
    let is_empty = |shape: &Shape| matches!(&shape.geometry, Geometry::Group { shapes, .. } if shapes.is_empty());
    let drawn = shapes.iter().filter(|shape| !is_empty(shape));
    drawn.into_iter().try_for_each(|shape| write_shape(out, shape, semantics))
}

fn write_shape(out: &mut String, shape: &Shape, semantics: Semantics<'_>) -> fmt::Result {
    let tag = shape.tag();
    write!(out, "<{tag}")?;
    for (name, value) in shape.attributes(semantics) {
        if value != Value::Absent {
            write!(out, r#" {name}="{}""#, Escaped(value))?;
        }
    }
    let (text, children) = (shape.own_text(), shape.children());
    if text.is_empty() && children.is_empty() {
        return out.write_str("/>");
    }
    write!(out, ">{}", Escaped(text))?;
    write_shapes(out, children, semantics)?;
    write!(out, "</{tag}>")
}

/// Text that stays text.
pub(super) struct Escaped<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

/// Escapes what is written to it.
struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| match c {
            '&' => self.0.write_str("&amp;"),
            '<' => self.0.write_str("&lt;"),
            '>' => self.0.write_str("&gt;"),
            '"' => self.0.write_str("&quot;"),
            // In a document, readers of Markdown and of templates look for these in HTML, too.
            '`' | '{' | '}' => write!(self.0, "&#{};", u32::from(c)),
            '\t' | '\n' | '\r' => self.0.write_char(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Ok(()),
            c => self.0.write_char(c),
        })
    }
}
