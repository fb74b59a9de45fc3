//! A text means the same whether its lines end with `\n`, `\r\n` or `\r`, and an edit writes the
//! line breaks that the text has.

use deployline_assist::fixes;
use deployline_engine::{Assumptions, AxisName};
use deployline_form::operation::edit;
use deployline_inputs::{Answers, resolved::resolved};
use deployline_planner::{Inputs, analyze, edit::set_parallel};
use deployline_span::Span;
use deployline_yaml::edit::Refusal;
use deployline_yaml::{LineIndex, TextEdit};
use proptest::prelude::*;

use crate::form::candidates;
use crate::{corpus, robust::soup};

proptest! {
    #![proptest_config(crate::cases::cases(2_000))]

    #[test]
    fn of_yaml_soup(text in soup::yaml()) {
        check(&text);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(400))]

    #[test]
    fn of_pipeline_soup(text in soup::pipeline()) {
        check(&text);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(60))]

    #[test]
    fn of_a_broken_corpus(text in soup::broken_corpus()) {
        check(&text);
    }
}

#[test]
fn of_the_corpus() {
    for (_, text) in corpus::texts() {
        check(&text);
    }
}

/// Compares what comes out of a text for each line break.
fn check(text: &str) {
    let text = with_line_feeds(text);
    let expected = outcome(&text);
    for line_break in ["\r\n", "\r"] {
        let variant = text.replace('\n', line_break);
        let found = outcome(&variant);
        for (expected, found) in expected.iter().zip(&found) {
            let edited = found.split_once(EDITED).map_or("", |(_, edited)| edited);
            assert_eq!(with_line_feeds(edited).replace('\n', line_break), edited, "{variant:?}");
            assert_eq!(&with_line_feeds(found), expected, "{variant:?}");
        }
        assert_eq!(found.len(), expected.len(), "{variant:?}");
    }
}

fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Stands before an edited text.
const EDITED: &str = "\u{1}edited:";

/// Diagnostics, stages, and the text after each of some edits.
fn outcome(text: &str) -> Vec<String> {
    let analysis = analyze(&[text], &Inputs::default(), &Assumptions::default());
    let index = LineIndex::new(text);
    let place = |span: Span| {
        let at = [span.start, span.end].map(|at| index.line_column(text, at as usize));
        let [start, end] = at.map(|at| format!("{}:{}", at.line, at.column));
        format!("{start}-{end}")
    };
    let edited = |what: String, edits: Result<Vec<TextEdit>, Refusal>| match edits {
        // What is inserted into a text on one line breaks with `\n`.
        Ok(edits) if text.contains(['\n', '\r']) => {
            format!("{what} {EDITED}{}", TextEdit::apply_all(&edits, text))
        }
        Ok(edits) => format!("{what} {}", TextEdit::apply_all(&edits, text)),
        Err(refusal) => format!("{what} {} at {}", refusal.reason, place(refusal.span)),
    };
    let mut all = Vec::new();
    let diagnostics = &analysis.diagnostics;
    for found in diagnostics {
        all.push(format!("{} {} {}", place(found.span), found.code, found.message));
    }
    let plan = &analysis.plan;
    for (stage, stage_plan) in plan.pipeline.stages.iter().zip(&plan.stages) {
        let count = stage_plan.deployments.len();
        all.push(format!("{} {count} {}", place(stage.span), stage.identifier));
    }
    for stage_idx in 0..plan.pipeline.stages.len() {
        for axis in [AxisName::Services, AxisName::Targets] {
            for value in [true, false] {
                let documents = &analysis.documents;
                let edit = set_parallel(text, documents, &plan.pipeline, stage_idx, axis, value);
                all.push(edited(format!("{axis:?} {value}"), edit.map(|edit| vec![edit])));
            }
        }
    }
    for (found, fixes) in diagnostics.iter().zip(fixes(text, &analysis.documents, diagnostics)) {
        all.extend(fixes.into_iter().map(|fix| edited(found.code.to_owned(), Ok(fix.edits))));
    }
    let operations = candidates::of(&deployline_form::read(text, &analysis.documents));
    let step = operations.len() / 12 + 1;
    for operation in operations.iter().step_by(step) {
        all.push(edited(format!("{operation:?}"), edit(text, operation)));
    }
    let resolved = resolved(text, &analysis.documents, &Inputs::default(), &Answers::new());
    all.push(edited("resolved".to_owned(), Ok(resolved.edits)));
    all
}
