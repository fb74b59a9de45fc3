//! Documents that are tests: each `yaml` block is planned and the plan compared, as a whole, with
//! each `plan` block that follows it. Nothing here needs a file system, so that the same checks run
//! natively and in WebAssembly.

mod flags;
mod markdown;
mod options;
mod plan_text;

use crate::diff;
use options::Options;

/// Checks all cases and tables of a document.
///
/// # Panics
/// When one differs, with all differences of the document.
pub(crate) fn check(file: &str, text: &str) {
    let cases = markdown::cases(text);
    let rows = flags::rows(text);
    assert!(!cases.is_empty() || !rows.is_empty(), "{file} holds nothing to check");
    let failures: Vec<String> =
        cases.iter().filter_map(check_case).chain(rows.iter().filter_map(flags::check)).collect();
    let count = failures.len();
    assert!(failures.is_empty(), "{count} in {file} (- expected, + is)\n\n{}", failures.join("\n"));
}

/// The plan of a text as a snapshot holds it: of a longer stage the first and last deployments.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn brief_plan(text: &str) -> String {
    plan_text::of(text, &Options { is_brief: true, ..Options::default() })
}

fn check_case(case: &markdown::Case) -> Option<String> {
    let options = Options::from_info(&case.info);
    let actual = plan_text::of(&case.yaml, &options);
    if actual == case.expected {
        return None;
    }
    let diff = diff::lines(&case.expected, &actual);
    Some(format!("## {}, line {}\n{diff}", case.heading, case.line))
}
