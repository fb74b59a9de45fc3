//! The visible part of the picture, and navigation from bar to bar.

use deployline_engine::words::{self, shown};
use deployline_engine::{DeploymentId, Status};
use deployline_timeline::{Direction, Hit, LayoutOptions, Scene, TimeWindow, Viewport, svg};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Plan;

#[wasm_bindgen]
impl Plan {
    /// Height of all rows together, in pixels.
    pub fn height(&self, width: f64) -> f64 {
        self.picture.height(&LayoutOptions::for_width(width))
    }

    /// The rows between two heights as SVG, in pixels of all of them together.
    pub fn rows(&self, width: f64, top: f64, height: f64) -> String {
        let label =
            |at: DeploymentId| self.lines(at).map(|lines| lines.join(", ")).unwrap_or_default();
        svg::rows(&self.scene(width, top, height), &label)
    }

    /// The time axis above the rows as SVG.
    pub fn axis(&self, width: f64) -> String {
        svg::axis(&self.scene(width, 0.0, 0.0))
    }

    /// Returns the bar that a key leads to, as `stage index`; `key` is its name in JavaScript. Without an
    /// active bar that is the first one, or with `End` the last.
    pub fn neighbour(&self, at: Option<String>, key: &str) -> Option<String> {
        let direction = match key {
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            "ArrowLeft" => Direction::Left,
            "ArrowRight" => Direction::Right,
            "Home" => Direction::First,
            "End" => Direction::Last,
            _ => return None,
        };
        let active = at.as_deref().and_then(parse_at).map(indexes);
        let (stage, index) = self.picture.next_bar(self.planned(), active, direction)?;
        Some(format!("{stage} {index}"))
    }

    /// Upper edge and height of a bar, in pixels of all rows; nothing where it has no row.
    #[wasm_bindgen(js_name = barExtent)]
    pub fn bar_extent(&self, at: &str, width: f64) -> Option<Vec<f64>> {
        let (viewport, options) = (Viewport::all(width), LayoutOptions::for_width(width));
        let at = indexes(parse_at(at)?);
        let bar = self.picture.bar_rect(self.planned(), &viewport, &options, at)?;
        Some(vec![bar.y, bar.height])
    }

    /// Describes a deployment, a line each: name, time and the reason for its start. Nothing where there
    /// is no such deployment.
    pub fn describe(&self, at: &str) -> Option<String> {
        Some(self.lines(parse_at(at)?)?.join("\n"))
    }
}

impl Plan {
    /// Describes a deployment: name, time, the reason for its start, and a line for placeholders.
    fn lines(&self, at: DeploymentId) -> Option<Vec<String>> {
        let (stage_idx, index) = indexes(at);
        let (plan, schedule) = (&self.analysis.plan, &self.analysis.schedule);
        let (stage, deployments) = (plan.pipeline.stages.get(stage_idx)?, &plan.stages[stage_idx]);
        let run = schedule.run(at)?;
        let time = match run.status {
            Status::Skipped => match words::left_out(stage, &schedule.stages[stage_idx]) {
                Some(left_out) => left_out.to_owned(),
                None => "Skipped".to_owned(),
            },
            status => {
                let fails = match words::fails(status) {
                    "" => String::new(),
                    fails => format!(", and {fails}"),
                };
                let (start, end, takes) = (run.start, run.end, run.end - run.start);
                format!("{start} to {end}, takes {takes}{fails}")
            }
        };
        let name = format!("{}. {}", index + 1, shown::label(stage, deployments, index));
        let mut lines = vec![name, time, shown::why(plan, schedule, stage_idx, index)];
        if deployments.deployments[index].is_placeholder {
            lines.push("A placeholder for what the YAML alone can't say.".to_owned());
        }
        for line in &mut lines {
            // As in markup, which can't hold them; and a name's own line break is no other line.
            line.retain(|c| !c.is_control());
        }
        Some(lines)
    }

    fn scene(&self, width: f64, top: f64, height: f64) -> Scene {
        let window: Option<TimeWindow> =
            self.window.map(|window| window.within(self.analysis.schedule.end));
        let viewport = Viewport { width, top, height, window };
        self.picture.layout(self.planned(), &viewport, &LayoutOptions::for_width(width))
    }
}

/// Reads `2 14`: deployment 14 of stage 2, both from 0.
fn parse_at(text: &str) -> Option<DeploymentId> {
    match Hit::parse("data-at", text)? {
        Hit::Deployment(at) => Some(at),
        _ => None,
    }
}

/// Stage and index of a deployment, as `timeline` counts.
fn indexes(at: DeploymentId) -> (usize, usize) {
    (at.stage as usize, at.index as usize)
}
