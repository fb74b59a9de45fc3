//! The signs of the form.

use yew::prelude::*;

/// An outline in a square of 16 pixels.
pub(super) fn sign(path: &'static str) -> Html {
    html! {
        <svg class="dl-form-sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}

/// Sign for the type of a stage.
pub(super) fn of_stage(stage_type: &str, is_template: bool) -> &'static str {
    match stage_type {
        _ if is_template => "M8 2 2 5l6 3 6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
        // A rocket's way: up and away.
        "Deployment" => "M3 13c0-4 1-8 10-10-2 9-6 10-10 10zm3-3 3-3M3 9l-1.5 1.5M7 13l-1.5 1.5",
        "Approval" => "M8 1.8 13 3.6v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4zM5.6 8l1.8 1.8 3.2-3.5",
        "CI" => "M9 3l4 4M11 5 5 11m-2 2 2-2M7 3l2-1 5 5-1 2z",
        // A prompt: it runs a script.
        _ => "M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10H11",
    }
}

pub(super) const ADD: &str = "M8 3v10M3 8h10";
pub(super) const DOWN: &str = "M8 3v10M4 9l4 4 4-4";
pub(super) const UP: &str = "M8 13V3M4 7l4-4 4 4";
pub(super) const LEFT: &str = "M13 8H3M7 4 3 8l4 4";
pub(super) const RIGHT: &str = "M3 8h10M9 4l4 4-4 4";
pub(super) const REMOVE: &str = "M4 4l8 8M12 4l-8 8";
pub(super) const BIN: &str = "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M7 7v4M9 7v4";
pub(super) const COPY: &str = "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3";
pub(super) const GRIP: &str = "M6 4v0M6 8v0M6 12v0M10 4v0M10 8v0M10 12v0";
pub(super) const LOCK: &str = "M4 7.5h8v6H4zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2";
/// Into the column on the left, below what is there.
pub(super) const JOIN_LEFT: &str = "M2 2.5h5v4H2zM14 11.5H9.5M2 9.5h5v4H2zM11.5 9.5l-2 2 2 2";
/// Into the column on the right, below what is there.
pub(super) const JOIN_RIGHT: &str = "M9 2.5h5v4H9zM2 11.5h4.5M9 9.5h5v4H9zM4.5 9.5l2 2-2 2";
