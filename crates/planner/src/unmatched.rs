//! Assumptions that match nothing in a plan: durations, failures and choices for what is not there. A what-if about
//! nothing would look like one that changes nothing.

mod choices;
mod durations;
mod failures;
mod partial;

use deployline_engine::{Assumptions, Plan, Stage, format};
use deployline_map::Map;
use deployline_span::{SourceId, Span};

use crate::Inputs;
use crate::spelling::closest_word;

/// An assumption that matches nothing, or only in part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unmatched {
    /// The stage it is about; the start of the text where there is none.
    pub(crate) span: Span,
    /// The assumption, the reason and what was expected.
    pub(crate) message: String,
}

/// The most names that a message lists.
const MAX_NAMES: usize = 8;
/// The most names that a misspelt one is compared with.
const MAX_COMPARED: usize = 1_000;

/// All of them: of durations, of failures, and of choices.
pub(crate) fn all(plan: &Plan, inputs: &Inputs, assumptions: &Assumptions) -> Vec<Unmatched> {
    let stages = Stages::new(plan);
    let mut found = durations::unmatched(plan, &stages, assumptions);
    found.extend(failures::unmatched(&stages, assumptions));
    found.extend(choices::unmatched(plan, &stages, inputs, assumptions));
    found.extend(partial::unmatched(&stages, inputs));
    found
}

/// The stages of a plan by identifier.
struct Stages<'p> {
    in_order: Vec<&'p str>,
    by_identifier: Map<&'p str, SameIdentifier<'p>>,
}

/// Stages with one identifier: a text may have several.
#[derive(Default)]
struct SameIdentifier<'p> {
    stages: Vec<&'p Stage>,
    /// Number of deployments of the one that has most.
    count: usize,
}

impl<'p> Stages<'p> {
    fn new(plan: &'p Plan) -> Self {
        let mut stages = Self { in_order: Vec::new(), by_identifier: Map::new() };
        for (stage, planned) in plan.pipeline.stages.iter().zip(&plan.stages) {
            let same = stages.by_identifier.or_default(stage.identifier.as_str());
            same.stages.push(stage);
            same.count = same.count.max(planned.deployments.len());
            stages.in_order.push(&stage.identifier);
        }
        stages
    }

    fn get(&self, identifier: &str) -> Option<&SameIdentifier<'p>> {
        self.by_identifier.get(identifier)
    }

    /// Place to show for a stage.
    fn span_of(&self, identifier: &str) -> Span {
        let first = self.get(identifier).and_then(|same| same.stages.first());
        first.map_or_else(start_of_text, |stage| stage.span)
    }

    /// ``there is no stage `a`. Did you mean `b`?``
    fn no_stage(&self, identifier: &str) -> String {
        absent("stage", identifier, &self.in_order)
    }

    /// Reason why a stage has no deployment at an index; `None` where it has one.
    fn no_deployment(&self, identifier: &str, index: u32) -> Option<String> {
        let Some(same) = self.get(identifier) else { return Some(self.no_stage(identifier)) };
        let count = format::count(same.count, "deployment");
        (index as usize >= same.count).then(|| format!("the stage `{identifier}` has {count}."))
    }
}

fn start_of_text() -> Span {
    Span::new(SourceId(0), 0, 0)
}

/// ``there is no service `a`. Did you mean `b`?``
fn absent(kind: &str, name: &str, known: &[&str]) -> String {
    let expected = match known {
        [] => format!("The text has no {kind}s."),
        known => expected(name, known),
    };
    format!("there is no {kind} `{name}`. {expected}")
}

/// ``Did you mean `b`?`` or ``Expected one of `b`, `c`.``
fn expected(name: &str, known: &[&str]) -> String {
    if let Some(meant) = closest_word(name, &mut known.iter().take(MAX_COMPARED).copied()) {
        return format!("Did you mean `{meant}`?");
    }
    match known {
        [one] => format!("Expected `{one}`."),
        several => format!("Expected one of {}.", listed(several)),
    }
}

/// `` `a`, `b` and 3 more ``
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(MAX_NAMES).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MAX_NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {} more", shown.join(", "), format::number(more)),
    }
}
