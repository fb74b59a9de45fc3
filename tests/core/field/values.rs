//! Values that stand in the text.

use deployline_engine::Assumptions;

use super::{analysis, diagnostics, rows, text};

/// A literal, a default, an input set: each is the list of two, one at a time.
#[test]
fn a_variable_holds_the_list() {
    let text = text("06-split-list-of-a-variable.yaml");
    let analysis = analysis(&text, &Assumptions::default());
    for (stage, expected) in [
        ("fixed", ["deck pier 0s-1m", "engine pier 1m-2m"]),
        ("usual", ["deck pier 2m-3m", "engine pier 3m-4m"]),
        ("asked", ["deck pier 4m-5m", "engine pier 5m-6m"]),
    ] {
        assert_eq!(rows(&analysis, stage), expected, "{stage}");
    }
    assert_eq!(diagnostics(&text, &analysis), [""; 0]);
}
