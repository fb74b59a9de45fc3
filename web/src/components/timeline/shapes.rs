//! A scene as shapes.

use std::rc::Rc;

use deployline_engine::insight::{RunState, state_at};
use deployline_engine::{At, Ms, Schedule, Status, words};
use deployline_timeline::{Band, Bar, Cluster, GroupHead, Idle, Px, Scene, svg};
use yew::prelude::*;

use super::Drawn;
use super::drag::Preview;
use super::retained::{Shape, Value};
use crate::cursor::{self, AtCursor};

/// Height of the time axis, which stays at the top.
const AXIS_HEIGHT: f64 = 30.0;
/// Width of what a bar's end is dragged by, half of it outside of the bar.
const END_WIDTH: f64 = 12.0;

/// Chains of deployments that are marked, each in the order of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marks {
    pub(super) chain: Vec<At>,
    pub(super) critical: Vec<At>,
}

/// Whether a deployment is in a chain: of those that start when it does, one.
fn is_in(chain: &[At], at: At, schedule: &Schedule) -> bool {
    let start = |at: At| schedule.run(at).map(|run| run.start);
    let first = chain.partition_point(|link| start(*link) < start(at));
    chain[first..].iter().take_while(|link| start(**link) == start(at)).any(|link| *link == at)
}

/// What is lit up in the picture.
pub(super) struct Lit {
    /// Begins the ids of this picture's bars.
    pub(super) id: String,
    pub(super) selection: Option<At>,
    pub(super) playhead: Option<Ms>,
    pub(super) marks: Rc<Marks>,
    /// The bar whose end is being dragged.
    pub(super) preview: Option<Preview>,
    pub(super) at_cursor: AtCursor,
}

/// By which a bar is known to those who don't see it.
pub(super) fn bar_id(id: &str, at: At) -> String {
    format!("{id}-{}-{}", at.stage, at.index)
}

pub(super) fn axis(scene: &Scene) -> Html {
    let ticks = scene.ticks.iter().map(|tick| {
        html! { <text class="dl-tick" x={px(tick.x)} y="19">{&tick.label}</text> }
    });
    html! {
        <svg class="dl-axis" aria-hidden="true" width={px(scene.width)} height={px(AXIS_HEIGHT)}>
            {for ticks}
        </svg>
    }
}

/// What is behind and in the rows, kind by kind: each in a group of its own, so that one more of a kind
/// moves no others.
pub(super) fn rows(drawn: &Drawn, lit: &Lit) -> Vec<Shape> {
    let scene = &drawn.scene;
    let group =
        |shapes: Vec<Shape>| Shape::new("g", vec![("role", "presentation".into())]).with(shapes);
    let grid = scene.ticks.iter().map(|tick| {
        let d = format!("M{} 0V{}", px(tick.x), px(scene.height));
        Shape::new("path", vec![("class", "dl-grid".into()), ("d", d.into())])
    });
    let bands = scene.bands.iter().enumerate();
    let heads = scene.heads.iter().enumerate();
    let clusters = scene.clusters.iter().enumerate();
    vec![
        group(scene.bands.iter().map(|band| band_shape(band, scene)).collect()),
        group(scene.idle.iter().map(idle_shape).collect()),
        group(grid.collect()),
        group(bands.map(|(number, band)| band_header(number, band, scene)).collect()),
        group(heads.map(|(number, head)| head_shape(number, head)).collect()),
        group(scene.bars.iter().map(|bar| bar_shape(bar, drawn, lit)).collect()),
        group(clusters.map(|(number, cluster)| cluster_shape(number, cluster)).collect()),
    ]
}

/// Where the run is, while it is played.
pub(super) fn playhead(drawn: &Drawn, playhead: Option<Ms>) -> Html {
    let window = drawn.scene.scale.window;
    let Some(time) = playhead.filter(|time| (window.from..=window.to).contains(time)) else {
        return Html::default();
    };
    let x = px(drawn.scene.scale.x(time));
    html! { <path class="dl-playhead" d={format!("M{x} 0V{}", px(drawn.scene.height))} /> }
}

/// Left edge, upper edge, width, height and radius of the corners.
struct Place(f64, f64, f64, f64, f64);

fn rect(class: impl Into<Value>, place: Place) -> Shape {
    Shape::new("rect", rect_attributes(class.into(), place))
}

fn rect_attributes(
    class: Value,
    Place(x, y, width, height, radius): Place,
) -> Vec<(&'static str, Value)> {
    vec![
        ("class", class),
        ("x", x.into()),
        ("y", y.into()),
        ("width", width.max(0.0).into()),
        ("height", height.into()),
        ("rx", radius.into()),
    ]
}

fn text(class: &'static str, x: f64, y: f64, text: &str) -> Shape {
    Shape::new("text", vec![("class", class.into()), ("x", x.into()), ("y", y.into())])
        .with_text(text)
}

/// What stands behind a name, in the same line.
fn beside_name(distance: &'static str, text: &str) -> Shape {
    let attributes = vec![("class", "dl-band-detail".into()), ("dx", distance.into())];
    Shape::new("tspan", attributes).with_text(text)
}

fn band_shape(band: &Band, scene: &Scene) -> Shape {
    rect("dl-band", Place(8.0, band.y, scene.width - 16.0, band.height, 8.0))
}

/// A stage's name folds it.
fn band_header(number: usize, band: &Band, scene: &Scene) -> Shape {
    let y = band.y + 22.0;
    let title =
        text("dl-band-title", 16.0, y, &band.title).with(vec![beside_name("10", &band.detail)]);
    let attributes = vec![
        ("class", "dl-fold".into()),
        ("data-band", number.into()),
        ("role", "presentation".into()),
    ];
    Shape::new("g", attributes).with(vec![
        rect("dl-fold-hit", Place(8.0, band.y, scene.width - 16.0, 34.0, 8.0)),
        title,
        text("dl-band-detail dl-band-times", scene.width - 64.0, y, &band.times),
        to_stage(number, scene.width - 48.0, band.y + 17.0),
        caret(scene.width - 24.0, band.y + 17.0, band.is_collapsed),
    ])
}

/// Leads to the stage's lines in the YAML; the keys have Shift Enter for it.
fn to_stage(number: usize, x: f64, y: f64) -> Shape {
    let d = format!("M{} {}l-4 4l4 4m6 -8l4 4l-4 4", px(x - 3.0), px(y - 4.0));
    let attributes = vec![("class", "dl-to-stage".into()), ("data-to-stage", number.into())];
    Shape::new("g", attributes).with(vec![
        Shape::new("title", Vec::new()).with_text("Show this stage in the YAML"),
        rect("dl-fold-hit", Place(x - 12.0, y - 12.0, 24.0, 24.0, 4.0)),
        Shape::new("path", vec![("class", "dl-caret".into()), ("d", d.into())]),
    ])
}

fn head_shape(number: usize, head: &GroupHead) -> Shape {
    let middle = head.y + head.height / 2.0;
    let is_group = head.group.is_some();
    let name_x = head.x + if is_group { 14.0 } else { 0.0 };
    let mut parts = Vec::new();
    if is_group {
        let place = Place(8.0, head.y, head.x + 240.0, head.height, 4.0);
        parts.push(rect("dl-fold-hit", place));
        parts.push(caret(head.x + 4.0, middle, head.is_collapsed));
    }
    let detail = beside_name("8", &head.detail);
    parts.push(text("dl-name", name_x, middle + 4.0, &head.name).with(vec![detail]));
    if is_group && !head.is_collapsed {
        let (left, right) = head.span_x;
        parts.push(rect("dl-span", Place(left, middle - 1.5, right - left, 3.0, 1.5)));
    }
    let attributes = vec![
        ("class", if is_group { "dl-head dl-fold" } else { "dl-head" }.into()),
        ("role", "presentation".into()),
        ("data-head", if is_group { number.into() } else { Value::None }),
    ];
    Shape::new("g", attributes).with(parts)
}

/// Points down where something is unfolded below.
fn caret(x: f64, y: f64, is_collapsed: bool) -> Shape {
    let (x, y) = (px(x), px(y));
    let d = if is_collapsed {
        format!("M{x} {y}m-2 -4l4 4l-4 4")
    } else {
        format!("M{x} {y}m-4 -2l4 4l4 -4")
    };
    Shape::new("path", vec![("class", "dl-caret".into()), ("d", d.into())])
}

fn idle_shape(idle: &Idle) -> Shape {
    rect("dl-idle", Place(idle.x, idle.y, idle.width, idle.height, 3.0))
}

fn cluster_shape(number: usize, cluster: &Cluster) -> Shape {
    let Cluster { x, y, width, height, .. } = *cluster;
    let class = format!("dl-cluster dl-shape {}", svg::color_class(cluster.color));
    let mut attributes = rect_attributes(class.into(), Place(x, y, width, height, 3.0));
    attributes.push(("role", "presentation".into()));
    let mut parts = vec![Shape::new("rect", attributes)];
    if width > 30.0 && height > 14.0 {
        let count = cluster.count.to_string();
        parts.push(text("dl-inside", x + 6.0, y + height / 2.0 + 4.0, &count));
    }
    let attributes = vec![("role", "presentation".into()), ("data-cluster", number.into())];
    Shape::new("g", attributes).with(parts)
}

fn bar_shape(bar: &Bar, drawn: &Drawn, lit: &Lit) -> Shape {
    let scene = &drawn.scene;
    let at = At { stage: bar.stage as u32, index: bar.index as u32 };
    let is_selected = lit.selection == Some(at);
    let attributes = vec![
        ("class", bar_class(bar, at, drawn, lit).into()),
        ("role", "option".into()),
        ("id", bar_id(&lit.id, at).into()),
        ("aria-selected", if is_selected { "true" } else { "false" }.into()),
        ("aria-label", if is_selected { full_name(drawn, at).into() } else { Value::None }),
        ("data-stage", bar.stage.into()),
        ("data-index", bar.index.into()),
    ];
    let dragged = lit.preview.filter(|preview| preview.at == at);
    Shape::new("g", attributes).with(bar_parts(bar, scene, dragged))
}

fn bar_parts(bar: &Bar, scene: &Scene, dragged: Option<Preview>) -> Vec<Shape> {
    let width = dragged.map_or(bar.width, |preview| preview.width);
    let text_y = bar.y + bar.height / 2.0 + 4.0;
    let mut parts = Vec::with_capacity(6);
    if bar.is_alone {
        let place = Place(8.0, bar.y - 3.0, scene.width - 16.0, bar.height + 6.0, 4.0);
        parts.push(rect("dl-hit", place));
    }
    if let Some((x, width)) = bar.ghost {
        parts.push(rect("dl-ghost", Place(x, bar.y - 1.0, width, bar.height + 2.0, 3.0)));
    }
    if !bar.is_outside {
        let radius = if bar.is_cut_left { 0.0 } else { 3.0 };
        parts.push(rect("dl-shape", Place(bar.x, bar.y, width, bar.height, radius)));
    }
    if !bar.row_label.is_empty() {
        parts.push(text("dl-number", scene.number_right, text_y, &bar.number));
        parts.push(text("dl-name", scene.name_left, text_y, &bar.row_label));
    }
    if let Some(preview) = dragged {
        let duration = preview.duration.to_string();
        parts.push(text("dl-name dl-preview", bar.x + width + 8.0, text_y, &duration));
    } else if !bar.bar_label.is_empty() {
        let class = if bar.is_label_outside { "dl-name" } else { "dl-inside" };
        parts.push(text(class, bar.bar_label_x, text_y, &bar.bar_label));
    }
    if has_end(bar) {
        let place = Place(bar.x + width - END_WIDTH / 2.0, bar.y, END_WIDTH, bar.height, 0.0);
        let mut attributes = rect_attributes("dl-end".into(), place);
        attributes.push(("data-end", "".into()));
        parts.push(Shape::new("rect", attributes));
    }
    parts
}

/// Whether its end can be dragged.
fn has_end(bar: &Bar) -> bool {
    !bar.is_thin && !bar.is_outside && !bar.is_cut_right && bar.status != Status::Skipped
}

fn bar_class(bar: &Bar, at: At, drawn: &Drawn, lit: &Lit) -> String {
    let schedule = &drawn.derived.analysis.schedule;
    let state = lit.playhead.zip(schedule.run(at)).map(|(now, run)| match state_at(run, now) {
        RunState::Waiting => " dl-waiting",
        RunState::Running => " dl-running",
        RunState::Done | RunState::Failed | RunState::Skipped => " dl-done",
    });
    let mut class = format!("dl-bar {}", svg::class_of(bar));
    for (is_so, name) in [
        (lit.selection == Some(at), " dl-selected"),
        (cursor::is_at(&lit.at_cursor, &drawn.derived, at), " dl-at-cursor"),
        (is_in(&lit.marks.chain, at, schedule), " dl-in-chain"),
        (is_in(&lit.marks.critical, at, schedule), " dl-critical"),
        (bar.is_dimmed, " dl-dimmed"),
    ] {
        if is_so {
            class.push_str(name);
        }
    }
    class.push_str(state.unwrap_or_default());
    class
}

/// `3. cart eu-1, 2m to 4m`
fn full_name(drawn: &Drawn, at: At) -> String {
    let analysis = &drawn.derived.analysis;
    let (stage, index) = (at.stage as usize, at.index as usize);
    let Some(run) = analysis.schedule.run(at) else { return String::new() };
    let name =
        words::label(&analysis.plan.pipeline.stages[stage], &analysis.plan.stages[stage], index);
    let time = match run.status {
        Status::Skipped => "skipped".to_owned(),
        Status::Failed => format!("{} to {}, fails", run.start, run.end),
        Status::Succeeded => format!("{} to {}", run.start, run.end),
    };
    format!("{}. {name}, {time}", index + 1)
}

/// Pixels with at most two decimals.
pub(super) fn px(value: f64) -> String {
    Px(value).to_string()
}
