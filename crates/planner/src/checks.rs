//! The rules that look at the whole, in steps, for who has other things to do between them.

use std::slice;

use deployline_engine::{Assumptions, Plan, Schedule};
use deployline_yaml::{Diagnostic, Diagnostics, Document};

use crate::Inputs;
use crate::rules::{self, DocumentKeys};

/// Most mappings of a step: some milliseconds.
const MAPPINGS_OF_A_STEP: usize = 1_000;

/// A rule that looks at the plan as a whole.
type Check = fn(&Whole<'_>, &mut Diagnostics);

/// Each is a step.
const CHECKS: &[Check] = &[
    |it, found| found.append(rules::check_lists(it.plan)),
    |it, found| found.append(rules::check_names(it.plan)),
    |it, found| found.append(rules::check_stages(it.plan, it.assumptions)),
    |it, found| found.extend(rules::check_waiting(it.plan, it.schedule, it.assumptions)),
    |it, found| found.extend(rules::check_plan(it.plan, it.assumptions)),
    |it, found| found.append(rules::check_run(it.plan, it.schedule, it.assumptions)),
    |it, found| found.append(rules::check_assumptions(it.plan, it.inputs, it.assumptions)),
];

/// The rules that look at the whole, while they are applied: first at each document, then at the plan.
///
/// ```
/// use deployline_engine::Assumptions;
/// use deployline_planner::{Inputs, ParsedTexts, resolve};
/// let (inputs, assumptions) = (Inputs::default(), Assumptions::default());
/// let texts = ParsedTexts::new(&["pipeline: {stags: []}"]);
/// let resolved = resolve(texts.documents(), &inputs);
/// let analysis = texts.schedule(resolved, &assumptions);
/// let mut checks = analysis.checks(&inputs, &assumptions);
/// while checks.step() {
///     // Others have their turn.
/// }
/// let found = checks.end();
/// assert!(found.iter().any(|found| found.code == "unknown-key"));
/// ```
pub struct Checks<'a> {
    whole: Whole<'a>,
    documents: slice::Iter<'a, Document>,
    /// Those of the document that is looked at.
    keys: Option<DocumentKeys<'a>>,
    checks: slice::Iter<'static, Check>,
    found: Diagnostics,
}

/// All that they look at.
pub(crate) struct Whole<'a> {
    pub(crate) documents: &'a [Document],
    pub(crate) plan: &'a Plan,
    pub(crate) schedule: &'a Schedule,
    pub(crate) inputs: &'a Inputs,
    pub(crate) assumptions: &'a Assumptions,
}

impl<'a> Checks<'a> {
    /// Begins them, with what was found before.
    pub(crate) fn new(whole: Whole<'a>, found: &[Diagnostic]) -> Self {
        Self {
            documents: whole.documents.iter(),
            keys: None,
            checks: CHECKS.iter(),
            found: found.iter().cloned().collect(),
            whole,
        }
    }

    /// The same without any: of broken YAML, which is to be mended first.
    pub(crate) fn of_broken(whole: Whole<'a>, found: &[Diagnostic]) -> Self {
        Self { documents: [].iter(), checks: [].iter(), ..Self::new(whole, found) }
    }

    /// Checks for some milliseconds; `false` where all is checked.
    pub fn step(&mut self) -> bool {
        for _ in 0..MAPPINGS_OF_A_STEP {
            if !self.look_at_next() {
                return self.check_next();
            }
        }
        true
    }

    /// All diagnostics, those of the steps before these too.
    pub fn end(self) -> Vec<Diagnostic> {
        let mut all = self.found.into_vec();
        rules::unfamiliar_key::leave_out_said(&mut all);
        rules::unexpected_value::leave_out_said(&mut all);
        all
    }

    /// Looks at the next mapping, or begins the next document.
    fn look_at_next(&mut self) -> bool {
        let account_plan = self.whole.assumptions.account_plan;
        let keys = self.keys.as_mut();
        if keys.is_some_and(|keys| keys.look_at_next(account_plan, &mut self.found)) {
            return true;
        }
        let document = self.documents.next();
        document.inspect(|document| self.found.append(rules::check_document(document)));
        self.keys = document.map(DocumentKeys::new);
        document.is_some()
    }

    /// Applies the next rule that looks at the plan.
    fn check_next(&mut self) -> bool {
        let check = self.checks.next();
        check.inspect(|check| check(&self.whole, &mut self.found));
        check.is_some()
    }
}
