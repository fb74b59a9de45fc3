//! A scene as SVG elements.

use std::rc::Rc;

use deployline_planner::insight::{RunState, state_at};
use deployline_planner::{At, Ms, Schedule, Status, words};
use deployline_timeline::{Band, Bar, Cluster, GroupHead, Idle, Px, Scene, svg};
use yew::prelude::*;

use super::Drawn;
use super::drag::Preview;
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

pub(super) fn rows(drawn: &Drawn, lit: &Lit) -> Html {
    let scene = &drawn.scene;
    let grid = scene.ticks.iter().map(|tick| {
        html! { <path class="dl-grid" d={format!("M{} 0V{}", px(tick.x), px(scene.height))} /> }
    });
    let bands = scene.bands.iter().enumerate();
    let heads = scene.heads.iter().enumerate();
    let clusters = scene.clusters.iter().enumerate();
    html! {
        <>
            {for scene.bands.iter().map(|band| band_shape(band, scene))}
            {for scene.idle.iter().map(idle_shape)}
            {for grid}
            {for bands.map(|(number, band)| band_header(number, band, scene))}
            {for heads.map(|(number, head)| head_shape(number, head))}
            {for scene.bars.iter().map(|bar| bar_shape(bar, drawn, lit))}
            {for clusters.map(|(number, cluster)| cluster_shape(number, cluster))}
        </>
    }
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

fn band_shape(band: &Band, scene: &Scene) -> Html {
    html! {
        <rect class="dl-band" x="8" y={px(band.y)} rx="8"
            width={px((scene.width - 16.0).max(0.0))} height={px(band.height)} />
    }
}

/// A stage's name folds it.
fn band_header(number: usize, band: &Band, scene: &Scene) -> Html {
    let y = px(band.y + 22.0);
    html! {
        <g class="dl-fold" data-band={number.to_string()} role="presentation">
            <rect class="dl-fold-hit" x="8" y={px(band.y)} rx="8"
                width={px((scene.width - 16.0).max(0.0))} height="34" />
            <text class="dl-band-title" x="16" y={y.clone()}>
                {&band.title}
                <tspan class="dl-band-detail" dx="10">{&band.detail}</tspan>
            </text>
            <text class="dl-band-detail dl-band-times" x={px(scene.width - 64.0)} y={y.clone()}>
                {&band.times}
            </text>
            {to_stage(number, scene.width - 48.0, band.y + 17.0)}
            {caret(scene.width - 24.0, band.y + 17.0, band.is_collapsed)}
        </g>
    }
}

/// Leads to the stage's lines in the YAML; the keys have Shift Enter for it.
fn to_stage(number: usize, x: f64, y: f64) -> Html {
    let d = format!("M{} {}l-4 4l4 4m6 -8l4 4l-4 4", px(x - 3.0), px(y - 4.0));
    html! {
        <g class="dl-to-stage" data-to-stage={number.to_string()}>
            <title>{"Show this stage in the YAML"}</title>
            <rect class="dl-fold-hit" x={px(x - 12.0)} y={px(y - 12.0)} rx="4" width="24" height="24" />
            <path class="dl-caret" {d} />
        </g>
    }
}

fn head_shape(number: usize, head: &GroupHead) -> Html {
    let y = px(head.y + head.height / 2.0 + 4.0);
    let is_group = head.group.is_some();
    let name_x = head.x + if is_group { 14.0 } else { 0.0 };
    html! {
        <g class={if is_group { "dl-head dl-fold" } else { "dl-head" }} role="presentation"
            data-head={is_group.then(|| number.to_string())}>
            if is_group {
                <rect class="dl-fold-hit" x="8" y={px(head.y)} rx="4" width={px(head.x + 240.0)} height={px(head.height)} />
                {caret(head.x + 4.0, head.y + head.height / 2.0, head.is_collapsed)}
            }
            <text class="dl-name" x={px(name_x)} {y}>
                {&head.name}<tspan class="dl-band-detail" dx="8">{&head.detail}</tspan>
            </text>
            if is_group && !head.is_collapsed {
                <rect class="dl-span" x={px(head.span_x.0)} y={px(head.y + head.height / 2.0 - 1.5)}
                    width={px((head.span_x.1 - head.span_x.0).max(0.0))} height="3" rx="1.5" />
            }
        </g>
    }
}

/// Points down where something is unfolded below.
fn caret(x: f64, y: f64, is_collapsed: bool) -> Html {
    let (x, y) = (px(x), px(y));
    let d = if is_collapsed {
        format!("M{x} {y}m-2 -4l4 4l-4 4")
    } else {
        format!("M{x} {y}m-4 -2l4 4l4 -4")
    };
    html! { <path class="dl-caret" {d} /> }
}

fn idle_shape(idle: &Idle) -> Html {
    html! {
        <rect class="dl-idle" x={px(idle.x)} y={px(idle.y)} rx="3"
            width={px(idle.width)} height={px(idle.height)} />
    }
}

fn cluster_shape(number: usize, cluster: &Cluster) -> Html {
    let has_room = cluster.width > 30.0 && cluster.height > 14.0;
    let class = classes!("dl-cluster", "dl-shape", svg::color_class(cluster.color));
    html! {
        <>
            <rect {class} x={px(cluster.x)} y={px(cluster.y)} rx="3" width={px(cluster.width)}
                height={px(cluster.height)} role="presentation" data-cluster={number.to_string()} />
            if has_room {
                <text class="dl-inside" x={px(cluster.x + 6.0)} data-cluster={number.to_string()}
                    y={px(cluster.y + cluster.height / 2.0 + 4.0)}>{cluster.count}</text>
            }
        </>
    }
}

fn bar_shape(bar: &Bar, drawn: &Drawn, lit: &Lit) -> Html {
    let scene = &drawn.scene;
    let at = At { stage: bar.stage as u32, index: bar.index as u32 };
    let is_selected = lit.selection == Some(at);
    let dragged = lit.preview.filter(|preview| preview.at == at);
    let width = dragged.map_or(bar.width, |preview| preview.width);
    let text_y = px(bar.y + bar.height / 2.0 + 4.0);
    let name = is_selected.then(|| full_name(drawn, at));
    html! {
        <g class={bar_class(bar, at, drawn, lit)}
            role="option" id={bar_id(&lit.id, at)} aria-selected={is_selected.to_string()}
            aria-label={name}
            data-stage={bar.stage.to_string()} data-index={bar.index.to_string()}>
            if bar.is_alone {
                <rect class="dl-hit" x="8" y={px(bar.y - 3.0)} rx="4"
                    width={px((scene.width - 16.0).max(0.0))} height={px(bar.height + 6.0)} />
            }
            if let Some((x, width)) = bar.ghost {
                <rect class="dl-ghost" x={px(x)} y={px(bar.y - 1.0)} rx="3"
                    width={px(width)} height={px(bar.height + 2.0)} />
            }
            if !bar.is_outside {
                <rect class="dl-shape" x={px(bar.x)} y={px(bar.y)} rx={if bar.is_cut_left { "0" } else { "3" }}
                    width={px(width)} height={px(bar.height)} />
            }
            if !bar.row_label.is_empty() {
                <text class="dl-number" x={px(scene.number_right)} y={text_y.clone()}>{&bar.number}</text>
                <text class="dl-name" x={px(scene.name_left)} y={text_y.clone()}>{&bar.row_label}</text>
            }
            if let Some(preview) = dragged {
                <text class="dl-name dl-preview" x={px(bar.x + width + 8.0)} y={text_y}>
                    {preview.duration.to_string()}
                </text>
            } else if !bar.bar_label.is_empty() {
                <text class={if bar.is_label_outside { "dl-name" } else { "dl-inside" }}
                    x={px(bar.bar_label_x)} y={text_y}>{&bar.bar_label}</text>
            }
            if has_end(bar) {
                <rect class="dl-end" data-end="" x={px(bar.x + width - END_WIDTH / 2.0)}
                    y={px(bar.y)} width={px(END_WIDTH)} height={px(bar.height)} />
            }
        </g>
    }
}

/// Whether its end can be dragged.
fn has_end(bar: &Bar) -> bool {
    !bar.is_thin && !bar.is_outside && !bar.is_cut_right && bar.status != Status::Skipped
}

fn bar_class(bar: &Bar, at: At, drawn: &Drawn, lit: &Lit) -> Classes {
    let schedule = &drawn.derived.analysis.schedule;
    let state = lit.playhead.zip(schedule.run(at)).map(|(now, run)| match state_at(run, now) {
        RunState::Waiting => "dl-waiting",
        RunState::Running => "dl-running",
        RunState::Done | RunState::Failed => "dl-done",
        RunState::Skipped => "dl-done",
    });
    classes!(
        "dl-bar",
        svg::class_of(bar),
        (lit.selection == Some(at)).then_some("dl-selected"),
        cursor::is_at(&lit.at_cursor, &drawn.derived, at).then_some("dl-at-cursor"),
        is_in(&lit.marks.chain, at, schedule).then_some("dl-in-chain"),
        is_in(&lit.marks.critical, at, schedule).then_some("dl-critical"),
        bar.is_dimmed.then_some("dl-dimmed"),
        state,
    )
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
