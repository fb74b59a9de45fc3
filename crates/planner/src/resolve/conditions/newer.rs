//! `if` of the newer schema: a condition that has the status of the pipeline in it, as a function.
//!
//! ```text
//! if: ${{ failure() && matrix.region == "eu" }}     asked whatever the outcome, as <+OnPipelineFailure>
//! ```
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{PipelineStatus, Schema, Stage};

use super::written::Written;
use super::{add_missing_items, evaluate, never, report};
use crate::resolve::context::Reader;
use crate::resolve::view::View;
use crate::resolve::{found, scalar, unpublished};
use crate::rules;

/// The places where a stage of the newer schema may have conditions.
pub(in crate::resolve) struct NewerConditions<'a> {
    /// `if` of the pipeline and of the groups around the stage, the outermost first.
    pub(in crate::resolve) around: Vec<View<'a>>,
    /// The stage.
    pub(in crate::resolve) stage: View<'a>,
}

/// Reads the conditions of a stage whose work has been read, and after which outcome it runs.
pub(in crate::resolve) fn read<'a>(
    stage: &mut Stage,
    places: &NewerConditions<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    add_missing_items(stage, reader);
    let view = &places.stage;
    if is_disabled(view, reader) {
        let span = view.key_span("disabled");
        unpublished::report(span, "`disabled`", "The stage is skipped.", reader);
        stage.conditions.push(never("the stage is not disabled", span, false));
    }
    if stage.looping.is_some()
        && let Some(of_loop) = view.at(&["strategy", "if"])
        && let Some(written) = Written::read(&of_loop, reader)
    {
        let asked = in_expression(written.text).text;
        let written = Written { asked: &asked, ..written };
        stage.conditions.push(evaluate(stage, written, (true, Schema::V1), reader));
    }
    // A condition in the form of the older schema.
    if let Some(condition) = view.at(&["when", "condition"])
        && let Some(written) = Written::read(&condition, reader)
    {
        stage.conditions.push(evaluate(stage, written, (false, Schema::V1), reader));
    }
    let own = view.value("if");
    let written: Vec<Written<'_>> =
        places.around.iter().chain(&own).filter_map(|it| Written::read(it, reader)).collect();
    let asked: Vec<Asked> = written.iter().map(|written| asked(written.text, reader)).collect();
    // A status that is named takes the place of the default.
    if asked.iter().any(|asked| asked.names_status) {
        stage.pipeline_status = PipelineStatus::All;
    }
    for (written, Asked { text, names_status }) in written.into_iter().zip(&asked) {
        if !names_status {
            let message = "The condition names no outcome of earlier stages. It is drawn as if `success()` had to hold \
                           as well: no public source says whether it does. Add `success()` or `always()`.";
            reader.report(&rules::IF_WITHOUT_STATUS, written.span, message);
        }
        report::report_execution_input(written, reader);
        let written = Written { asked: text, ..written };
        stage.conditions.push(evaluate(stage, written, (false, Schema::V1), reader));
    }
}

/// Reads `disabled`; reports what is no flag, or what only a run knows.
fn is_disabled(stage: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    let Some(disabled) = stage.value("disabled") else { return false };
    match (scalar::settled_flag(&disabled, reader), scalar::expression(&disabled)) {
        (Some(flag), _) => return flag,
        (None, Some(text)) => {
            let words = ("Whether this stage is disabled is", "It is drawn as if it ran.");
            scalar::report_given(disabled.span(), words, text, reader);
        }
        (None, None) => {
            let expected = "Expected `true` or `false` here. The stage is drawn as if it ran.";
            found::report(&rules::WHEN_CONDITION, &disabled, expected, reader);
        }
    }
    false
}

/// The expression of a condition; an empty one where the conditions of all stages are too long to be read.
fn asked(text: &str, reader: &mut Reader<'_, '_>) -> Asked {
    match reader.cx.values.take_work(text.len()) {
        true => in_expression(text),
        false => Asked { text: String::new(), names_status: true },
    }
}

/// The expression that a condition asks for.
struct Asked {
    text: String,
    /// `true` where it names the outcome of earlier stages.
    names_status: bool,
}

/// The condition as an expression: with the functions of the status in the names that all schemas share.
fn in_expression(text: &str) -> Asked {
    const FUNCTIONS: [(&str, &str); 3] =
        [("success", "OnPipelineSuccess"), ("failure", "OnPipelineFailure"), ("always", "Always")];
    let mut asked = String::with_capacity(text.len() + 16);
    let (mut rest, mut before, mut names_status) = (text, ' ', false);
    while let Some(c) = rest.chars().next() {
        let is_start = !before.is_alphanumeric() && !matches!(before, '_' | '.' | '-');
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let function = FUNCTIONS.iter().find(|(name, _)| is_start && *name == word);
        // Looked for behind a function alone: a text may be spaces.
        let call = function.and_then(|_| behind.trim_start().strip_prefix('('));
        let call = call.and_then(|behind| behind.trim_start().strip_prefix(')'));
        let (piece, after) = match (function, call) {
            (Some((_, path)), Some(after)) => {
                names_status = true;
                (*path, after)
            }
            _ if matches!(c, '"' | '\'') => quoted(rest, c),
            _ if word.is_empty() => rest.split_at(c.len_utf8()),
            _ => {
                names_status |= FUNCTIONS.iter().any(|(_, path)| is_start && *path == word);
                (word, behind)
            }
        };
        asked.push_str(piece);
        before = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    let has_expression = ["<+", "${{"].iter().any(|open| asked.contains(open));
    let text = if has_expression { asked } else { format!("${{{{ {asked} }}}}") };
    Asked { text, names_status }
}

/// A text in quotes at the start of `rest`, which is left as it is, and what stands behind it.
fn quoted(rest: &str, quote: char) -> (&str, &str) {
    let mut is_escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == quote && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    rest.split_at(end.map_or(rest.len(), |(end, _)| end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_the_status_are_names() {
        for (text, expected, names_status) in [
            ("failure()", "${{ OnPipelineFailure }}", true),
            ("${{ success() }}", "${{ OnPipelineSuccess }}", true),
            (
                "${{ always( ) && inputs.x == \"success()\" }}",
                "${{ Always && inputs.x == \"success()\" }}",
                true,
            ),
            ("<+OnPipelineSuccess> && <+a> == 'b'", "<+OnPipelineSuccess> && <+a> == 'b'", true),
            (
                "${{ steps.success() || is_failure() }}",
                "${{ steps.success() || is_failure() }}",
                false,
            ),
            ("!<+Always>", "!<+Always>", true),
            ("\"success()", "${{ \"success() }}", false),
        ] {
            let found = in_expression(text);
            assert_eq!((&*found.text, found.names_status), (expected, names_status), "{text}");
        }
    }
}
