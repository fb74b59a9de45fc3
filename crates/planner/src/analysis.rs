//! All steps at once: from texts to a schedule.

use deployline_engine::{Assumptions, Plan, Schedule, plan_and_schedule};
use deployline_span::SourceId;
use deployline_yaml::{Budget, Diagnostic, Diagnostics, Document, Parsed, parse_with};

use crate::inputs::ANSWERS;
use crate::{Inputs, resolve, rules};

/// Result of [`analyze`].
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The documents of all texts, in order.
    pub documents: Vec<Document>,
    /// The deployments in order.
    pub plan: Plan,
    /// Start and end of each.
    pub schedule: Schedule,
    /// Diagnostics of all steps in the order of the texts; of broken YAML, only its syntax errors. Of
    /// [`ParsedTexts::plan`], those of the steps without the [checks](Self::checked).
    pub diagnostics: Vec<Diagnostic>,
    /// `true` where some text is no valid YAML, so that parts of it may be missing from the plan.
    pub is_broken: bool,
}

/// Parses the texts, the main one first, and resolves, expands and schedules what they hold.
///
/// ```
/// use deployline_engine::Assumptions;
/// use deployline_planner::{Inputs, analyze};
/// let text = "stage: {type: Approval, name: Ask, identifier: ask}";
/// let analysis = analyze(&[text], &Inputs::default(), &Assumptions::default());
/// assert_eq!(analysis.schedule.end.to_string(), "1m");
/// ```
pub fn analyze(texts: &[&str], inputs: &Inputs, assumptions: &Assumptions) -> Analysis {
    let mut analysis = ParsedTexts::new(texts).plan(inputs, assumptions, |_| None);
    analysis.diagnostics = analysis.checked(inputs, assumptions);
    analysis
}

/// Texts that are parsed, which is the first step of [`analyze`]: for who has other things to do between
/// the steps, or one more text.
pub struct ParsedTexts {
    documents: Vec<Document>,
    diagnostics: Diagnostics,
    /// Number of places that are no valid YAML.
    syntax_error_count: usize,
}

impl ParsedTexts {
    /// Parses the texts, the main one first.
    pub fn new(texts: &[&str]) -> Self {
        let parsed = texts.iter().zip(0..);
        Self::of(parsed.map(|(text, number)| parse_with(text, SourceId(number), Budget::default())))
    }

    /// Takes texts that are parsed already, the main one first, each as the source of its number.
    pub fn of(texts: impl IntoIterator<Item = Parsed>) -> Self {
        let mut documents = Vec::new();
        let mut diagnostics = Diagnostics::default();
        let (mut syntax_error_count, mut is_silent) = (0, true);
        for parsed in texts {
            documents.extend(parsed.documents);
            is_silent &= parsed.diagnostics.is_empty();
            syntax_error_count += parsed.diagnostics.iter().filter(|it| it.is_syntax()).count();
            diagnostics.extend(parsed.diagnostics);
        }
        if documents.is_empty() && is_silent {
            diagnostics.push(rules::empty_text::found());
        }
        Self { documents, diagnostics, syntax_error_count }
    }

    /// Their documents, in order.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Number of places that are no valid YAML, of each rule at most the first hundred.
    pub fn syntax_error_count(&self) -> usize {
        self.syntax_error_count
    }

    /// Resolves, expands and schedules them, without the rules that look at the whole:
    /// [`Analysis::checked`] has them.
    ///
    /// `answers` makes one more text, of the source [`ANSWERS`], from the documents of the others: the
    /// viewer's answers depend on what the texts leave open.
    pub fn plan(
        self,
        inputs: &Inputs,
        assumptions: &Assumptions,
        answers: impl FnOnce(&[Document]) -> Option<String>,
    ) -> Analysis {
        let Self { mut documents, mut diagnostics, syntax_error_count } = self;
        let is_broken = syntax_error_count > 0;
        if let Some(text) = answers(&documents) {
            documents.extend(parse_with(&text, ANSWERS, Budget::default()).documents);
        }
        let (pipeline, found) = resolve(&documents, inputs);
        let (plan, schedule) = plan_and_schedule(pipeline, assumptions);
        // What a broken line seems to lack is no mistake of its own: the YAML is to be mended first.
        if !is_broken {
            diagnostics.extend(found);
            diagnostics.append(rules::check_run(&plan, &schedule, assumptions.account_plan));
        }
        Analysis { documents, plan, schedule, diagnostics: diagnostics.into_vec(), is_broken }
    }
}

impl Analysis {
    /// The diagnostics, with those of the rules that look at the whole: nothing of the plan depends on
    /// these, so they can be found later.
    pub fn checked(&self, inputs: &Inputs, assumptions: &Assumptions) -> Vec<Diagnostic> {
        if self.is_broken {
            return self.diagnostics.clone();
        }
        let mut all: Diagnostics = self.diagnostics.iter().cloned().collect();
        all.extend(rules::check(&self.documents, &self.plan.pipeline, assumptions));
        all.extend(rules::check_waiting(&self.plan, &self.schedule, assumptions));
        all.extend(rules::check_plan(&self.plan, assumptions));
        all.append(rules::check_assumptions(&self.plan, inputs, assumptions));
        let mut all = all.into_vec();
        rules::unfamiliar_key::leave_out_said(&mut all);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_nothing_in_it_is_reported() {
        for texts in [&[""][..], &[" \n\t\r\n"], &["# later\n"], &["", " "], &[]] {
            let analysis = analyze(texts, &Inputs::default(), &Assumptions::default());
            let codes: Vec<_> = analysis.diagnostics.iter().map(|found| found.code).collect();
            assert_eq!(codes, ["empty-text"], "{texts:?}");
        }
    }
}
