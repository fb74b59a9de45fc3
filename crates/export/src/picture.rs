//! The plan as a picture.

use deployline_map::Set;

use deployline_timeline::svg::{self, Frame, Place, Theme};
use deployline_timeline::{
    Arrangement, ColorBy, GroupId, LayoutOptions, Picture, Planned, Rows, Viewport,
};

use crate::Report;

/// How a picture looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What a row is.
    pub rows: Rows,
    /// What colour says.
    pub color_by: ColorBy,
    /// Light or dark.
    pub theme: Theme,
    /// Width in pixels; the height follows from what there is to show.
    pub width: f64,
    /// With more rows than this, each stage is one line of all that runs in it.
    pub most_rows: usize,
}

impl Default for Look {
    /// A file of its own, with everything in it.
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            color_by: ColorBy::default(),
            theme: Theme::default(),
            width: 960.0,
            most_rows: usize::MAX,
        }
    }
}

/// The plan as a self-contained SVG file.
pub fn picture(report: &Report<'_>, look: &Look) -> String {
    draw(report, look, Place::File)
}

/// The same as a part of an HTML page.
pub(crate) fn inline(report: &Report<'_>, look: &Look) -> String {
    draw(report, look, Place::Inline).trim_end().to_owned()
}

/// Whether stages are one line each, since there are too many rows.
pub(crate) fn is_folded(report: &Report<'_>, look: &Look) -> bool {
    crate::table::row_count(report) > look.most_rows
}

fn draw(report: &Report<'_>, look: &Look, place: Place) -> String {
    let planned = Planned { plan: report.plan, schedule: report.schedule };
    let mut collapsed = Set::new();
    if is_folded(report, look) {
        for stage in &report.plan.pipeline.stages {
            collapsed.insert(GroupId::Stage(stage.identifier.clone()));
        }
    }
    let (rows, color_by) = (look.rows, look.color_by);
    let arrangement = Arrangement { rows, color_by, collapsed, filter: String::new() };
    let picture = Picture::new(planned, &arrangement);
    let viewport = Viewport::all(look.width);
    let scene = picture.layout(planned, &viewport, &LayoutOptions::for_width(look.width));
    let title = format!("{}: timeline of its deployments", crate::title(report));
    let description = crate::overview(report);
    let frame = Frame { title: &title, description: &description, theme: look.theme, place };
    svg::write(&scene, &frame)
}
