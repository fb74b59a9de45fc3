//! All steps at once: from texts to a schedule.

use deployline_engine::{Assumptions, Pipeline, Plan, Schedule, plan_and_schedule};
use deployline_span::SourceId;
use deployline_yaml::{Budget, Diagnostic, Diagnostics, Document, Parsed, parse_with};

use crate::checks::{Checks, Whole};
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
    /// [`ParsedTexts::schedule`], those of the steps without the [checks](Self::checks).
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
    let texts = ParsedTexts::new(texts);
    let resolved = resolve(texts.documents(), inputs);
    let mut analysis = texts.schedule(resolved, assumptions);
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
        let mut documents: Vec<Document> = Vec::new();
        let mut diagnostics = Diagnostics::default();
        let (mut syntax_error_count, mut is_silent) = (0, true);
        for parsed in texts {
            match documents.is_empty() {
                true => documents = parsed.documents,
                false => documents.extend(parsed.documents),
            }
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

    /// Adds the text that the viewer's answers make, of the source [`ANSWERS`].
    pub fn with_answers(mut self, text: &str) -> Self {
        self.documents.extend(parse_with(text, ANSWERS, Budget::default()).documents);
        self
    }

    /// Expands and schedules what [`resolve`] made of the documents, without the rules that look at the whole:
    /// [`Analysis::checks`] has them.
    pub fn schedule(
        self,
        (pipeline, found): (Pipeline, Vec<Diagnostic>),
        assumptions: &Assumptions,
    ) -> Analysis {
        let Self { documents, mut diagnostics, syntax_error_count } = self;
        let is_broken = syntax_error_count > 0;
        let (plan, schedule) = plan_and_schedule(pipeline, assumptions);
        // What a broken line seems to lack is no mistake of its own: the YAML is to be mended first.
        if !is_broken {
            diagnostics.extend(found);
        }
        Analysis { documents, plan, schedule, diagnostics: diagnostics.into_vec(), is_broken }
    }
}

impl Analysis {
    /// The rules that look at the whole: nothing of the plan depends on these, so that they can be applied
    /// later. They add to the diagnostics that there are.
    pub fn checks<'a>(&'a self, inputs: &'a Inputs, assumptions: &'a Assumptions) -> Checks<'a> {
        let Self { documents, plan, schedule, diagnostics, is_broken } = self;
        let whole = Whole { documents, plan, schedule, inputs, assumptions };
        match *is_broken {
            true => Checks::of_broken(whole, diagnostics),
            false => Checks::new(whole, diagnostics),
        }
    }

    /// The diagnostics, with those of these rules.
    pub fn checked(&self, inputs: &Inputs, assumptions: &Assumptions) -> Vec<Diagnostic> {
        let mut checks = self.checks(inputs, assumptions);
        while checks.step() {}
        checks.end()
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
