//! The steps from a text to a schedule, each ready to be taken alone.

use deployline_engine::{Pipeline, Plan, Schedule, expand, schedule};
use deployline_planner::{Analysis, Inputs, analyze, resolve};
use deployline_yaml::{Document, Parsed, parse};

use crate::Case;

/// A step of planning that is measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The text to documents.
    Parse,
    /// Documents to a pipeline.
    Resolve,
    /// A pipeline to a plan.
    Expand,
    /// A plan to a schedule.
    Schedule,
    /// The text to a schedule.
    All,
}

/// Input of a step.
#[derive(Clone, Debug)]
pub enum Input {
    /// Of [`Step::Parse`].
    Text,
    /// Of [`Step::Resolve`].
    Documents(Vec<Document>),
    /// Of [`Step::Expand`].
    Pipeline(Pipeline),
    /// Of [`Step::Schedule`].
    Plan(Plan),
    /// Of [`Step::All`].
    All,
}

/// Output of a step, with the input that it borrowed: dropping that is not measured.
#[derive(Clone, Debug)]
pub enum Output {
    /// Of [`Step::Parse`].
    Parsed(Parsed),
    /// Of [`Step::Resolve`].
    Pipeline(Pipeline, Vec<Document>),
    /// Of [`Step::Expand`].
    Plan(Plan),
    /// Of [`Step::Schedule`].
    Schedule(Schedule, Plan),
    /// Of [`Step::All`].
    Analysis(Box<Analysis>),
}

impl Step {
    /// Every step, the whole way last.
    pub const ALL: [Self; 5] =
        [Self::Parse, Self::Resolve, Self::Expand, Self::Schedule, Self::All];

    /// The word for it on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Resolve => "resolve",
            Self::Expand => "expand",
            Self::Schedule => "schedule",
            Self::All => "all",
        }
    }

    /// The step of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }
}

/// Goes up to where `step` begins.
pub fn prepare(step: Step, case: &Case) -> Input {
    let documents = || parse(&case.text).documents;
    let pipeline = || resolve(&documents(), &Inputs::default()).0;
    match step {
        Step::Parse => Input::Text,
        Step::Resolve => Input::Documents(documents()),
        Step::Expand => Input::Pipeline(pipeline()),
        Step::Schedule => Input::Plan(expand(pipeline())),
        Step::All => Input::All,
    }
}

/// Takes a step.
pub fn run(case: &Case, input: Input) -> Output {
    match input {
        Input::Text => Output::Parsed(parse(&case.text)),
        Input::Documents(documents) => {
            let (pipeline, _) = resolve(&documents, &Inputs::default());
            Output::Pipeline(pipeline, documents)
        }
        Input::Pipeline(pipeline) => Output::Plan(expand(pipeline)),
        Input::Plan(plan) => Output::Schedule(schedule(&plan, &case.assumptions), plan),
        Input::All => {
            let analysis = analyze(&[&case.text], &Inputs::default(), &case.assumptions);
            Output::Analysis(Box::new(analysis))
        }
    }
}
