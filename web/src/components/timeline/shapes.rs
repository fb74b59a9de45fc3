//! A scene as SVG elements.

use deployline_timeline::{Band, Bar, Scene, svg};
use yew::prelude::*;

use crate::state::Selection;

/// Height of the time axis, which stays at the top.
const AXIS_HEIGHT: f64 = 30.0;

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

pub(super) fn rows(scene: &Scene, selection: Option<Selection>) -> Html {
    let grid = scene.ticks.iter().map(|tick| {
        html! { <path class="dl-grid" d={format!("M{} 0V{}", px(tick.x), px(scene.height))} /> }
    });
    html! {
        <>
            {for scene.bands.iter().map(|band| band_shape(band, scene))}
            {for grid}
            {for scene.bands.iter().map(|band| band_header(band, scene))}
            {for scene.bars.iter().map(|bar| bar_shape(bar, scene, selection))}
        </>
    }
}

fn band_shape(band: &Band, scene: &Scene) -> Html {
    html! {
        <rect class="dl-band" x="8" y={px(band.y)} rx="8"
            width={px((scene.width - 16.0).max(0.0))} height={px(band.height)} />
    }
}

fn band_header(band: &Band, scene: &Scene) -> Html {
    let y = px(band.y + 22.0);
    html! {
        <>
            <text class="dl-band-title" x="16" y={y.clone()}>
                {&band.title}<tspan class="dl-band-detail" dx="10">{&band.detail}</tspan>
            </text>
            <text class="dl-band-detail dl-band-times" x={px(scene.width - 20.0)} {y}>
                {&band.times}
            </text>
        </>
    }
}

fn bar_shape(bar: &Bar, scene: &Scene, selection: Option<Selection>) -> Html {
    let is_selected = selection == Some(Selection { stage: bar.stage, index: bar.index });
    let text_y = px(bar.y + bar.height / 2.0 + 4.0);
    let class = classes!("dl-bar", svg::class_of(bar), is_selected.then_some("dl-selected"));
    let label_class = if bar.is_label_outside { "dl-name" } else { "dl-inside" };
    html! {
        <g {class} key={format!("{}:{}", bar.stage, bar.index)}
            data-stage={bar.stage.to_string()} data-index={bar.index.to_string()}>
            <rect class="dl-hit" x="8" y={px(bar.y - 3.0)} rx="4"
                width={px((scene.width - 16.0).max(0.0))} height={px(bar.height + 6.0)} />
            <rect class="dl-shape" x={px(bar.x)} y={px(bar.y)} rx="3"
                width={px(bar.width)} height={px(bar.height)} />
            if !bar.row_label.is_empty() {
                <text class="dl-number" x={px(scene.number_right)} y={text_y.clone()}>{&bar.number}</text>
                <text class="dl-name" x={px(scene.name_left)} y={text_y.clone()}>{&bar.row_label}</text>
            }
            if !bar.bar_label.is_empty() {
                <text class={label_class} x={px(bar.bar_label_x)} y={text_y}>{&bar.bar_label}</text>
            }
        </g>
    }
}

/// Pixels with at most two decimals.
fn px(value: f64) -> String {
    ((value * 100.0).round() / 100.0).to_string()
}
