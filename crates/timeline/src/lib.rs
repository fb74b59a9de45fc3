//! A schedule as a picture.
//!
//! The steps, in order:
//! 1. [`Picture::new`] arranges plan and schedule into rows, as an [`Arrangement`] says;
//! 2. [`Picture::layout`] turns it into a [`Scene`]: stages, rows and bars with their places in
//!    pixels, only those that the [`Viewport`] shows;
//! 3. [`shapes`] makes a list of [`Shape`]s of the scene and of what a viewer [`Marks`]: each
//!    rectangle, text and line, and what it stands for;
//! 4. the page keeps elements for the shapes, or [`svg::write`] writes them as a self-contained file.
//!
//! This crate knows pixels, and neither YAML nor a browser. Geometry is `f64` pixels, the origin is
//! the upper left corner.

mod arrangement;
mod attributes;
mod axis;
mod colors;
mod columns;
mod concurrency;
mod drawing;
mod filter;
mod hit;
mod key;
mod layout;
mod links;
mod marks;
mod merged_bars;
mod navigation;
mod overview;
mod part;
mod picture;
mod placement;
mod px;
mod row_list;
mod scene;
mod shape;
mod stage_extent;
pub mod svg;
mod text;
mod thumbnail;
mod window;

pub use arrangement::{Arrangement, ColorBy, GroupId, Rows};
pub use attributes::{Attribute, Semantics, Value, bar_id};
pub use axis::TimeScale;
pub use colors::{COLOR_COUNT, Colors, LegendEntry};
pub use concurrency::{Concurrency, CountMark, concurrency};
pub use drawing::{
    AXIS_HEIGHT, GRAPH_HEIGHT, axis_shapes, graph, graph_shapes, shapes, strip_shapes, swatch,
};
pub use hit::Hit;
pub use key::{KeyItem, KeyMark};
pub use links::Link;
pub use marks::{DraggedBar, Marks};
pub use navigation::Direction;
pub use overview::{Overview, StageShape};
pub use part::{BarMarks, BarState, LevelKind, Part, Progress};
pub use picture::{Ghosts, Picture, Planned};
pub use px::Px;
pub use scene::{
    Band, Bar, BarPart, BarStep, Cluster, Color, GroupHeader, IdleSlot, LabelPlace, LayoutOptions,
    Rect, Scene, Tick, Viewport,
};
pub use shape::{Anchor, FONT_PX, Geometry, Shape, Text};
pub use thumbnail::{ThumbnailBar, thumbnail};
pub use window::TimeWindow;
