//! The plan as a picture.

use deployline_engine::words::shown::isolated;
use deployline_map::Set;
use deployline_timeline::svg::{self, Document, Embedding, Theme};
use deployline_timeline::{
    Arrangement, ColorBy, GroupId, LayoutOptions, Picture, Rows, TimeWindow, Viewport,
};

use crate::Report;

/// A picture of a part that is higher than this is more than a browser or a drawing program shows.
const MAX_HEIGHT_PX: f64 = 50_000.0;

/// Look of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Content of a row.
    pub rows: Rows,
    /// Meaning of colours.
    pub color_by: ColorBy,
    /// True where bars show their steps, as far as there is room.
    pub shows_steps: bool,
    /// Light or dark.
    pub theme: Theme,
    /// Width in pixels; the height follows from what there is to show.
    pub width: f64,
    /// With more rows than this, each stage is one line of all that runs in it.
    pub max_rows: usize,
}

impl Default for Look {
    /// A file of its own, with everything in it.
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            color_by: ColorBy::default(),
            shows_steps: false,
            theme: Theme::default(),
            width: 960.0,
            max_rows: usize::MAX,
        }
    }
}

/// The plan as a self-contained SVG file.
pub fn picture(report: &Report<'_>, look: &Look) -> String {
    draw(report, look, Embedding::File)
}

/// The picture that someone looks at, as a self-contained SVG file: arranged, folded and filtered as it
/// is there,
/// and the same part of the time, `None` for all of it. Where it would be too high to be shown, each
/// stage is one line, and the flag is set.
pub fn view(
    report: &Report<'_>,
    arrangement: &Arrangement,
    window: Option<TimeWindow>,
    theme: Theme,
) -> (String, bool) {
    let viewport = Viewport { window, ..Viewport::all(Look::default().width) };
    let picture = Picture::new(report.planned(), arrangement);
    let height = picture.height(&LayoutOptions::for_width(viewport.width));
    if height <= MAX_HEIGHT_PX {
        return (write(report, &picture, &viewport, theme, Embedding::File), false);
    }
    let folded = Arrangement { collapsed: stages(report), ..arrangement.clone() };
    let picture = Picture::new(report.planned(), &folded);
    (write(report, &picture, &viewport, theme, Embedding::File), true)
}

/// The same as a part of an HTML page.
pub(crate) fn inline(report: &Report<'_>, look: &Look) -> String {
    draw(report, look, Embedding::Inline).trim_end().to_owned()
}

/// Returns true where stages are one line each, since there are too many rows.
pub(crate) fn is_folded(report: &Report<'_>, look: &Look) -> bool {
    crate::table::row_count(report) > look.max_rows
}

fn draw(report: &Report<'_>, look: &Look, embedding: Embedding) -> String {
    let collapsed = if is_folded(report, look) { stages(report) } else { Set::new() };
    let Look { rows, color_by, shows_steps, .. } = *look;
    let arrangement =
        Arrangement { rows, color_by, shows_steps, collapsed, ..Arrangement::default() };
    let picture = Picture::new(report.planned(), &arrangement);
    write(report, &picture, &Viewport::all(look.width), look.theme, embedding)
}

/// Every stage, to be folded.
fn stages(report: &Report<'_>) -> Set<GroupId> {
    let stages = report.plan.pipeline.stages.iter();
    stages.map(|stage| GroupId::Stage(stage.identifier.clone())).collect()
}

fn write(
    report: &Report<'_>,
    picture: &Picture,
    viewport: &Viewport,
    theme: Theme,
    embedding: Embedding,
) -> String {
    let options = LayoutOptions::for_width(viewport.width);
    let scene = picture.layout(report.planned(), viewport, &options);
    let title = format!("{}: timeline of its deployments", isolated(crate::title(report)));
    let description = crate::overview(report);
    let document = Document { title: &title, description: &description, theme, embedding };
    svg::write(&scene, &document)
}
