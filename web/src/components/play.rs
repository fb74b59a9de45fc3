//! The run at one instant: played, or moved by hand.

use deployline_engine::insight::moment;
use deployline_engine::{Ms, Schedule};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::callbacks::emit_found;
use super::icon::icon;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::Action;

/// Time in which a whole run is played, and between two frames, in milliseconds.
const PLAYING_MS: f64 = 12_000.0;
const FRAME_MS: u32 = 40;
/// Where motion is unwelcome, the picture changes from one event to the next instead.
const STEP_MS: u32 = 800;

#[derive(Properties, PartialEq)]
pub(crate) struct PlayProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) playhead: Option<Ms>,
}

#[function_component(Play)]
pub(crate) fn play(PlayProps { derived, playhead }: &PlayProps) -> Html {
    let on_move = use_act().reform(Action::MovePlayhead);
    let is_playing = use_state_eq(|| false);
    let schedule = &derived.analysis.schedule;
    let end = schedule.end;
    let now = playhead.map(|time| time.min(end));
    use_ticking(*is_playing, derived, now.unwrap_or_default(), &on_move);
    if now == Some(end) && *is_playing {
        is_playing.set(false);
    }
    let toggle = {
        let (is_playing, on_move) = (is_playing.clone(), on_move.clone());
        Callback::from(move |_: MouseEvent| {
            if !*is_playing && now.is_none_or(|time| time >= end) {
                on_move.emit(Some(Ms(0)));
            }
            is_playing.set(!*is_playing);
        })
    };
    let oninput = {
        let is_playing = is_playing.clone();
        emit_found(&on_move, move |event: InputEvent| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            is_playing.set(false);
            Some(Some(Ms(input.value_as_number().max(0.0) as u64)))
        })
    };
    let close = {
        let (is_playing, on_move) = (is_playing.clone(), on_move.clone());
        Callback::from(move |_: MouseEvent| {
            is_playing.set(false);
            on_move.emit(None);
        })
    };
    let at = now.unwrap_or_default();
    let step = whole(end.0 / 1000, end);
    html! {
        <section class="dl-play" aria-label="Play the run">
            <button type="button" class="dl-control dl-icon" onclick={toggle}
                disabled={end == Ms(0)}
                aria-label={if *is_playing { "Pause" } else { "Play the run" }}>
                {icon(if *is_playing { "M4 2V12M10 2V12" } else { "M3 1.5L12 7L3 12.5Z" })}
            </button>
            <input class="dl-slider" type="range" min="0" max={end.0.to_string()}
                step={step.to_string()} value={at.0.to_string()} {oninput}
                disabled={end == Ms(0)} aria-label="Time in the run" aria-valuetext={at.to_string()} />
            <output class="dl-play-time">{at.to_string()}</output>
            if now.is_some() {
                {counts(schedule, at)}
                <button type="button" class="dl-control" onclick={close}>{"Show all"}</button>
            }
        </section>
    }
}

fn counts(schedule: &Schedule, at: Ms) -> Html {
    let now = moment(schedule, at);
    let parts = [
        ("running", now.running),
        ("waiting", now.waiting),
        ("done", now.done),
        ("failed", now.failed),
        ("skipped", now.skipped),
    ];
    let shown = parts
        .into_iter()
        .filter(|(word, count)| *count > 0 || !matches!(*word, "failed" | "skipped"));
    html! {
        <ul class="dl-play-counts" aria-label="At this time">
            { for shown.map(|(word, count)| html! {
                <li><strong>{count}</strong>{format!(" {word}")}</li>
            }) }
        </ul>
    }
}

/// Moves on while the run is played: each step waits for the one before.
#[hook]
fn use_ticking(
    is_playing: bool,
    derived: &Shared<Derived>,
    now: Ms,
    on_move: &Callback<Option<Ms>>,
) {
    let (derived, on_move) = (derived.clone(), on_move.clone());
    use_effect_with((is_playing, now), move |(is_playing, now)| {
        let (is_stepping, now) = (prefers_reduced_motion(), *now);
        let wait_ms = if is_stepping { STEP_MS } else { FRAME_MS };
        let timer = is_playing.then(|| {
            Timeout::new(wait_ms, move || {
                let schedule = &derived.analysis.schedule;
                on_move.emit(Some(after_step(schedule, now, is_stepping)));
            })
        });
        move || drop(timer)
    });
}

fn after_step(schedule: &Schedule, now: Ms, is_stepping: bool) -> Ms {
    if is_stepping {
        return next_event(schedule, now);
    }
    let step = schedule.end.0 as f64 * f64::from(FRAME_MS) / PLAYING_MS;
    (now + Ms(whole(step as u64, schedule.end))).min(schedule.end)
}

/// A step of at least this many milliseconds; in a run of more than a minute, of whole seconds.
fn whole(step: u64, end: Ms) -> u64 {
    let unit = if end > Ms(60_000) { 1_000 } else { 1 };
    step.div_ceil(unit).max(1) * unit
}

/// Next time at which something starts or ends.
fn next_event(schedule: &Schedule, now: Ms) -> Ms {
    let runs = schedule.stages.iter().flat_map(|stage| &stage.runs);
    let times = runs.flat_map(|run| [run.start, run.end]);
    times.filter(|time| *time > now).min().unwrap_or(schedule.end)
}

fn prefers_reduced_motion() -> bool {
    let query = gloo::utils::window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}
