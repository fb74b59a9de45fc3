//! Finding fixes and applying them.

use deployline_assist::fixes;
use deployline_engine::Assumptions;
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_yaml::{Fix, TextEdit};

/// The analysis of one text.
pub(crate) fn analysis(text: &str) -> Analysis {
    analyze(&[text], &Inputs::default(), &Assumptions::default())
}

/// The codes of all that was found.
pub(crate) fn codes(analysis: &Analysis) -> Vec<&'static str> {
    analysis.diagnostics.iter().map(|found| found.code).collect()
}

/// The fixes of what has this code, the first one found.
pub(crate) fn fixes_of(text: &str, code: &str) -> Vec<Fix> {
    let analysis = analysis(text);
    let index = analysis.diagnostics.iter().position(|found| found.code == code);
    let index = index.unwrap_or_else(|| panic!("no {code} in {text}: {:?}", codes(&analysis)));
    fixes(text, &analysis.documents, &analysis.diagnostics).swap_remove(index)
}

/// The text after a fix, which changes nothing between its edits.
pub(crate) fn applied(text: &str, fix: &Fix) -> String {
    let after = TextEdit::apply_all(&fix.edits, text);
    // All bytes outside of the edits are there, in order.
    let kept: Vec<&str> = kept(text, fix);
    let mut rest = after.as_str();
    for (part, edit) in kept.iter().zip(&fix.edits) {
        rest = rest.strip_prefix(part).and_then(|it| it.strip_prefix(&edit.insert)).expect("kept");
    }
    assert_eq!(Some(&rest), kept.last());
    after
}

fn kept<'t>(text: &'t str, fix: &Fix) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for edit in &fix.edits {
        parts.push(&text[from..edit.span.range().start]);
        from = edit.span.range().end;
    }
    parts.push(&text[from..]);
    parts
}

/// Applies each fix of the first finding with this code: one fewer of them, and no new ones.
#[track_caller]
pub(crate) fn check(text: &str, rule: deployline_yaml::Rule, expected: &[&str]) {
    let before = codes(&analysis(text));
    let fixes = fixes_of(text, rule.code);
    let after: Vec<String> = fixes.iter().map(|fix| applied(text, fix)).collect();
    assert_eq!(after, expected, "{}", rule.code);
    for text in after {
        let mut left = before.clone();
        left.remove(left.iter().position(|code| *code == rule.code).expect("it is there"));
        assert_eq!(codes(&analysis(&text)), left, "{text}");
    }
}
