//! A text, its view and options, and the plan made from them.

use deployline_engine::{Assumptions, AxisName};
use deployline_export::fence::Options;
use deployline_export::{Report, Source};
use deployline_map::Map;
use deployline_planner::{Analysis, Inputs, ToggleEffect, analyze, assumed, edit, toggle};
use deployline_timeline::{Arrangement, Picture, Planned, TimeWindow};
use wasm_bindgen::prelude::wasm_bindgen;

/// Markup for links that carry answers.
const ANSWERS_LEFT_OUT: &str = "<p><strong>Note</strong>: the link answers inputs that the YAML leaves \
    open. This picture is drawn without these answers. Open the link in the whole page to see them, or \
    add them to the YAML there and share it again.</p>";

/// A plan with its sources, assumptions and picture.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Plan {
    pub(crate) sources: Vec<Source>,
    pub(crate) inputs: Inputs,
    /// Answers to open inputs, given by hand. Links carry them on, but only the page plans with them:
    /// `deployline-inputs` would make the embed 12 % larger.
    pub(crate) answers: Map<String, String>,
    /// Values of the link that were out of bounds.
    pub(crate) link_note: Option<String>,
    pub(crate) assumptions: Assumptions,
    /// Pairs of the option `assume`, which are set in `inputs` and `assumptions` too.
    pub(crate) assumed: Vec<(String, String)>,
    pub(crate) arrangement: Arrangement,
    pub(crate) window: Option<TimeWindow>,
    pub(crate) analysis: Analysis,
    pub(crate) picture: Picture,
}

#[wasm_bindgen]
impl Plan {
    /// Plans an empty text.
    #[wasm_bindgen(constructor)]
    #[expect(
        clippy::new_without_default,
        reason = "a constructor for JavaScript, which has no other"
    )]
    pub fn new() -> Self {
        let analysis = Analysis::default();
        let arrangement = Arrangement::default();
        let assumptions = Assumptions::default();
        let planned = Planned {
            plan: &analysis.plan,
            schedule: &analysis.schedule,
            assumptions: &assumptions,
        };
        let picture = Picture::new(planned, &arrangement);
        Self {
            sources: Vec::new(),
            inputs: Inputs::default(),
            answers: Map::new(),
            link_note: None,
            assumptions,
            assumed: Vec::new(),
            arrangement,
            window: None,
            analysis,
            picture,
        }
    }

    /// Plans another text, by the options given so far; choices were those of the text before.
    #[wasm_bindgen(js_name = setText)]
    pub fn set_text(&mut self, text: &str) {
        self.sources = vec![Source { name: String::new(), text: text.to_owned() }];
        self.inputs = Inputs::default();
        self.assume(self.assumed.clone());
        self.answers = Map::new();
        self.link_note = None;
        self.plan_anew();
    }

    /// The text, with the changes made by checkboxes; of a link with several texts, the pipeline's.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.sources.first().map(|source| source.text.clone()).unwrap_or_default()
    }

    /// Sets an option of a fence by its name; without a value, to its default. Returns the mistake in the
    /// value where there is one; then nothing is changed. `theme` and `height` are only checked: they
    /// are no part of a plan.
    pub fn set(&mut self, name: &str, value: Option<String>) -> Option<String> {
        let mut options = Options::default();
        if let Some(mistake) = value.and_then(|value| options.set(name, &value).err()) {
            return Some(mistake);
        }
        match name {
            "view" => self.arrangement.rows = options.look.rows,
            "color" => self.arrangement.color_by = options.look.color_by,
            "steps" => self.arrangement.shows_steps = options.look.shows_steps,
            "duration" => self.assumptions.duration = options.assumptions.duration,
            "durations" => self.assumptions.durations = options.assumptions.durations,
            "uneven" => self.assumptions.uneven = options.assumptions.uneven,
            "fail" => self.assumptions.failures = options.assumptions.failures,
            "account-plan" => self.assumptions.account_plan = options.assumptions.account_plan,
            "account-limit" => self.assumptions.account_limit = options.assumptions.account_limit,
            "assume" => self.assume(options.assumed),
            _ => return None,
        }
        match name {
            "view" | "color" | "steps" => self.arrange_anew(),
            _ => self.plan_anew(),
        }
        None
    }

    /// Facts about the plan, as JSON: the interface `Facts` in `deployline.d.ts`.
    pub fn facts(&self) -> String {
        deployline_export::facts(&self.report())
    }

    /// The plan as JSON, version 1: `docs/plan-json.md`.
    pub fn json(&self) -> String {
        deployline_export::json(&self.report())
    }

    /// The deployments in order, as an HTML table.
    pub fn table(&self) -> String {
        deployline_export::table(&self.report(), deployline_export::fence::MAX_ROWS)
    }

    /// Diagnostics of the text, as an HTML list, and notes where answers of a link are left out or its
    /// numbers are out of bounds; empty where there are none.
    pub fn notes(&self) -> String {
        let mut notes = deployline_export::notes(&self.report());
        if !self.answers.is_empty() {
            notes += ANSWERS_LEFT_OUT;
        }
        if let Some(note) = &self.link_note {
            notes += "<p><strong>Note</strong>: ";
            notes += &deployline_export::message_html(note);
            notes += "</p>";
        }
        notes
    }

    /// Makes an axis of a stage, its services or its targets, parallel or sequential: in the text, or,
    /// where that holds an expression, in the picture only. Returns the reason where it can't be changed.
    pub fn flip(&mut self, stage: usize, is_services: bool, parallel: bool) -> Option<String> {
        let axis = if is_services { AxisName::Services } else { AxisName::Targets };
        let found = self.analysis.plan.pipeline.stages.get(stage);
        let Some((found, toggle)) = found.and_then(|found| Some((found, toggle(found, axis)?)))
        else {
            return Some("There is no such checkbox.".to_owned());
        };
        match toggle.effect {
            ToggleEffect::Nothing => {
                Some(toggle.note.unwrap_or("This checkbox changes nothing.").to_owned())
            }
            ToggleEffect::ChoosesAssumption => {
                self.inputs.parallel.insert((found.identifier.clone(), axis), parallel);
                self.plan_anew();
                None
            }
            ToggleEffect::EditsText => self.edit(stage, axis, parallel),
        }
    }
}

impl Plan {
    /// Assumes these keys and values, and takes back those before.
    fn assume(&mut self, assumed: Vec<(String, String)>) {
        for (key, _) in &self.assumed {
            assumed::take_back(key, &mut self.inputs, &mut self.assumptions);
        }
        for (key, value) in &assumed {
            // The options have read each of them.
            let _ = assumed::set(key, value, &mut self.inputs, &mut self.assumptions);
        }
        self.assumed = assumed;
    }

    fn edit(&mut self, stage: usize, axis: AxisName, parallel: bool) -> Option<String> {
        let Self { sources, analysis, .. } = self;
        let (documents, pipeline) = (&analysis.documents, &analysis.plan.pipeline);
        let source = usize::from(pipeline.stages.get(stage)?.span.source.0);
        let text = &mut sources.get_mut(source)?.text;
        match edit::set_parallel(text, documents, pipeline, stage, axis, parallel) {
            Ok(edit) => *text = edit.apply(text),
            Err(refusal) => return Some(refusal.message(text)),
        }
        self.plan_anew();
        None
    }

    pub(crate) fn plan_anew(&mut self) {
        let texts: Vec<&str> = self.sources.iter().map(|source| source.text.as_str()).collect();
        self.analysis = analyze(&texts, &self.inputs, &self.assumptions);
        self.arrange_anew();
    }

    fn arrange_anew(&mut self) {
        self.picture = Picture::new(self.planned(), &self.arrangement);
    }

    pub(crate) fn planned(&self) -> Planned<'_> {
        self.report().planned()
    }

    fn report(&self) -> Report<'_> {
        Report::new(&self.analysis, &self.assumptions, &self.sources)
    }
}
