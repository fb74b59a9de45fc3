//! Steps that wait for others.

use deployline_engine::{Assumptions, DeploymentId, PartKind, Reason, WaitsFor};

use super::{analysis, diagnostics, rows, text};

/// Half of deck's minute lies before the barrier, which engine reaches at once. The queue with the scope of the pipeline
/// holds up nothing here.
#[test]
fn two_stages_meet_at_a_barrier() {
    let text = text("25-barriers-and-queues.yaml");
    let found = analysis(&text, &Assumptions::default());
    assert_eq!(rows(&found, "deck"), ["deck north 0s-1m"]);
    assert_eq!(rows(&found, "engine"), ["engine north 0s-1m 30s"]);
    let parts = |stage: u32| found.schedule.parts(DeploymentId { stage, index: 0 });
    assert_eq!(parts(0), [], "deck comes last, so that it never waits");
    let of_engine: Vec<String> =
        parts(1).iter().map(|part| format!("{} to {}", part.kind.name(), part.end)).collect();
    assert_eq!(of_engine, ["barrier to 30s", "work to 1m 30s"]);
    assert_eq!(parts(1)[0].kind, PartKind::Barrier);
    let deck = WaitsFor { stage: 0, index: 0, reason: Reason::Barrier };
    assert_eq!(parts(1)[0].waits_for, Some(deck));
    assert_eq!(diagnostics(&text, &found), ["info wait-assumed at 33"]);
}
