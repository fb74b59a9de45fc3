//! A [`Scene`] as SVG: a self-contained file, or a part of an HTML page.
//!
//! Class names have a prefix of their own, since in a page they live beside those of the page.

mod style;
mod write;

use std::fmt::{self, Write};

use deployline_engine::DeploymentId;

use self::write::{Escaped, write_shapes};
use crate::drawing::{AXIS_HEIGHT, axis_shapes, shapes};
use crate::{Marks, Px, Scene, Semantics};

/// Texts and surroundings of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its name, for screen readers.
    pub title: &'a str,
    /// Its content in a sentence; empty for none.
    pub description: &'a str,
    /// Light or dark.
    pub theme: Theme,
    /// Its surroundings.
    pub embedding: Embedding,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As its viewer is, or the page around it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for it: `system`, `light` or `dark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Surroundings of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Embedding {
    /// In a file of its own.
    #[default]
    File,
    /// In the markup of an HTML page.
    Inline,
}

/// Writes the scene as a document.
///
/// All text is written as text, never as markup; characters that XML can't hold are left out.
pub fn write(scene: &Scene, document: &Document<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write_document(&mut out, scene, document);
    out
}

/// The rows that the scene shows as a list box, for a page that has [`style_sheet`] and draws [`axis`]
/// above them. Each bar is an option with the name that `label` gives it, and says which deployment it
/// is: `data-at="stage index"`.
pub fn rows(scene: &Scene, label: &dyn Fn(DeploymentId) -> String) -> String {
    let mut out = String::new();
    let semantics = Semantics::ListBox { id_prefix: None };
    let marks = Marks { label, ..Marks::default() };
    let _ = open_part(
        &mut out,
        scene,
        scene.height,
        r#"class="deployline dl-listed" role="presentation""#,
    );
    let _ = write_shapes(&mut out, &shapes(scene, &marks), semantics);
    out.push_str("</svg>");
    out
}

/// The time axis as SVG.
pub fn axis(scene: &Scene) -> String {
    let mut out = String::new();
    let _ = open_part(&mut out, scene, AXIS_HEIGHT, r#"class="deployline dl-axis""#);
    let _ = write_shapes(&mut out, &axis_shapes(scene), Semantics::Image);
    out.push_str("</svg>");
    out
}

/// The style sheet of [`rows`] and [`axis`], which are as light or dark as the page around them.
pub fn style_sheet() -> String {
    style::sheet(Embedding::Inline, Theme::System)
}

fn open_part(out: &mut String, scene: &Scene, height: f64, attributes: &str) -> fmt::Result {
    let (width, height) = (Px(scene.width), Px(height));
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" {attributes}>"#
    )
}

fn write_document(out: &mut String, scene: &Scene, document: &Document<'_>) -> fmt::Result {
    let (width, height) = (Px(scene.width), Px(scene.height + AXIS_HEIGHT));
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" class="deployline""#
    )?;
    let (title, description) = (Escaped(document.title), Escaped(document.description));
    match document.embedding {
        Embedding::File if document.description.is_empty() => {
            write!(out, "><title>{title}</title>")?;
        }
        Embedding::File => write!(out, "><title>{title}</title><desc>{description}</desc>")?,
        // A page would show a title beside the pointer, wherever it is in the picture.
        Embedding::Inline => {
            let theme = document.theme.as_str();
            write!(out, r#" data-theme="{theme}" aria-label="{title}: {description}">"#)?;
        }
    }
    write!(out, "<style>{}</style>", style::sheet(document.embedding, document.theme))?;
    write!(out, r#"<rect class="dl-paper" width="{width}" height="{height}"/>"#)?;
    write_shapes(out, &axis_shapes(scene), Semantics::Image)?;
    write!(out, r#"<g transform="translate(0 {})">"#, Px(AXIS_HEIGHT))?;
    write_shapes(out, &shapes(scene, &Marks::default()), Semantics::Image)?;
    out.push_str("</g></svg>\n");
    Ok(())
}
