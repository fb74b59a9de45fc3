//! A schedule as a picture.
//!
//! The steps, in order:
//! 1. [`layout`] turns plan and schedule into a [`Scene`]: shapes with places in pixels, only those
//!    that the [`Viewport`] shows;
//! 2. the page draws the scene, or [`svg::write`] writes it as a self-contained file.
//!
//! This crate knows pixels, and neither YAML nor a browser. Geometry is `f64` pixels, the origin is
//! the upper left corner.

mod axis;
mod colors;
mod layout;
mod rows;
mod scene;
pub mod svg;
mod text;

pub use colors::{COLOR_COUNT, LegendEntry, ServiceColors};
pub use layout::layout;
pub use rows::content_height;
pub use scene::{Band, Bar, Color, LayoutOptions, Scene, Tick, Viewport};
