//! What another document says: the pipeline that a stage runs.

use deployline_engine::Assumptions;

use super::{analysis, diagnostics, rows, text};

/// 2 on north, then 2 on south, each in the bar of its region.
#[test]
fn a_parent_runs_its_child_for_each_region() {
    let text = text("28-child-pipelines.yaml");
    let found = analysis(&text, &Assumptions::default());
    assert_eq!(rows(&found, "regions"), ["Regions north 0s-1m", "Regions south 1m-2m"]);
    assert_eq!(rows(&found, "regions/0/sail"), ["deck north 0s-1m", "engine north 0s-1m"]);
    assert_eq!(rows(&found, "regions/1/sail"), ["deck south 1m-2m", "engine south 1m-2m"]);
    assert_eq!(found.schedule.end.to_string(), "2m");
    assert_eq!(diagnostics(&text, &found), ["info chained-pipeline-strategy at 17"]);
}
