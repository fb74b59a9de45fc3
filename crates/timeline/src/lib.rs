//! A schedule as a picture.
//!
//! The steps, in order:
//! 1. [`Picture::new`] arranges plan and schedule into rows, as an [`Arrangement`] says;
//! 2. [`Picture::layout`] turns it into a [`Scene`]: shapes with places in pixels, only those that
//!    the [`Viewport`] shows;
//! 3. the page draws the scene, or [`svg::write`] writes it as a self-contained file.
//!
//! This crate knows pixels, and neither YAML nor a browser. Geometry is `f64` pixels, the origin is
//! the upper left corner.

mod arrangement;
mod axis;
mod bar;
mod colors;
mod concurrency;
mod filter;
mod lines;
mod links;
mod merge;
mod names;
mod overview;
mod picture;
mod place;
mod px;
mod rows;
mod scene;
mod stage_view;
pub mod svg;
mod text;
mod thumbnail;
mod window;

pub use arrangement::{Arrangement, ColorBy, GroupId, Rows};
pub use axis::TimeScale;
pub use colors::{COLOR_COUNT, Colors, LegendEntry};
pub use concurrency::{Concurrency, CountMark, area_path, concurrency, step_path};
pub use links::Link;
pub use overview::{Area, Overview, StageShape};
pub use picture::{Ghosts, Picture, Planned};
pub use place::{Place, Step};
pub use px::Px;
pub use scene::{Band, Bar, Cluster, Color, GroupHead, Idle, LayoutOptions, Scene, Tick, Viewport};
pub use thumbnail::{Rect, thumbnail};
pub use window::TimeWindow;
