//! The newer, flat schema.

use deployline_engine::{Assumptions, Schema, words};
use deployline_planner::{Analysis, Inputs, analyze, assumed};

use super::{analysis, diagnostics, rows, text};

fn read(file: &str) -> (String, Analysis) {
    let text = text(file);
    let found = analysis(&text, &Assumptions::default());
    assert_eq!(found.plan.pipeline.schema, Schema::V1, "{file}");
    (text, found)
}

/// Both lists of the whole pipeline: targets one by one, and services too, unless the documentation is followed.
#[test]
fn pipeline_level_targets() {
    let (text, found) = read("02-v1-pipeline-level-targets.yaml");
    assert_eq!(
        rows(&found, "stage_1"),
        [
            "deck pier 0s-1m",
            "engine pier 1m-2m",
            "deck north 2m-3m",
            "engine north 3m-4m",
            "deck south 4m-5m",
            "engine south 5m-6m",
        ]
    );
    assert_eq!(
        diagnostics(&text, &found),
        [
            "info unpublished-form at 3",
            "info v1-default at 3",
            "info unpublished-form at 7",
            "info unpublished-form at 8",
            "info unpublished-form at 10",
            "info unpublished-form at 12",
        ]
    );
    let key = assumed::list(&found.plan.pipeline, &Assumptions::default());
    let key = key.iter().find(|it| it.key == "v1-default").expect("it is assumed");
    assert_eq!(key.value.to_string(), "sequential");

    let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
    assumed::set("v1-default", "parallel", &mut inputs, &mut assumptions).expect("it can be set");
    let other = analyze(&[&text], &inputs, &assumptions);
    assert_eq!(
        rows(&other, "stage_1"),
        [
            "deck pier 0s-1m",
            "engine pier 0s-1m",
            "deck north 1m-2m",
            "engine north 1m-2m",
            "deck south 2m-3m",
            "engine south 2m-3m",
        ]
    );
}

#[test]
fn stage_without_id() {
    let (text, found) = read("03-v1-stage-without-id.yaml");
    assert_eq!(rows(&found, "To the dock"), ["deck pier 0s-1m"]);
    assert_eq!(
        rows(&found, "To the sea"),
        ["deck north 1m-2m", "engine north 1m-2m", "deck south 2m-3m", "engine south 2m-3m"]
    );
    assert_eq!(diagnostics(&text, &found), ["info unpublished-form at 8", "info v1-default at 17"]);
}

#[test]
fn strategies() {
    let (text, found) = read("05-v1-strategies.yaml");
    assert_eq!(
        rows(&found, "grid"),
        [
            "grid upper, port 0s-1m",
            "grid upper, star 0s-1m",
            "grid lower, port 1m-2m",
            "grid upper, bow 1m-2m",
        ]
    );
    assert_eq!(
        rows(&found, "shards"),
        ["shards [a, b] 2m-3m", "shards [c, d] 2m-3m", "shards [e] 2m-3m"]
    );
    // A stage of this schema has no type that could be named.
    let grid = (&found.plan.pipeline.stages[0], &found.plan.stages[0]);
    assert_eq!(words::product(grid.0, grid.1, 2), "4 runs, 2 at a time");
    let polls = rows(&found, "poll");
    assert_eq!((polls.len(), &*polls[0], &*polls[9]), (10, "poll #1 3m-4m", "poll #10 12m-13m"));
    let poll = &found.plan.stages[2];
    assert!(poll.deployments.iter().all(|it| it.is_placeholder), "{poll:?}");
    assert_eq!(rows(&found, "odd"), ["odd #1 13m-14m", "odd #2 13m-14m"]);
    assert_eq!(rows(&found, "expr"), ["rome pier 14m-15m", "oslo pier 14m-15m"]);
    assert_eq!(rows(&found, "after"), ["after 15m-15m skipped"]);
    assert_eq!(rows(&found, "asleep"), ["asleep 15m-15m skipped"]);
    assert_eq!(
        diagnostics(&text, &found),
        [
            "info while-count at 21",
            "info if-without-status at 24",
            "info when-condition at 24",
            "info when-condition at 25",
            "info needs-in-sequence at 34",
            "info unpublished-form at 38",
        ]
    );
    assert!(found.diagnostics.iter().all(|it| it.fix.is_none()), "{:?}", found.diagnostics);
}

#[test]
fn groups_and_approval_without_ids() {
    let (text, found) = read("20-v1-groups-and-approval-without-ids.yaml");
    let all: Vec<String> =
        found.plan.pipeline.stages.iter().flat_map(|it| rows(&found, &it.identifier)).collect();
    assert_eq!(
        all,
        [
            "stage 1 0s-1m",
            "deck north 1m-2m",
            "engine north 1m-2m",
            "ask 2m-3m",
            "stage 5 3m-4m",
            "stage 6 4m-5m",
            "child 5m-6m",
            "shared 6m-7m",
        ]
    );
    let conditions: Vec<usize> =
        found.plan.pipeline.stages.iter().map(|it| it.conditions.len()).collect();
    assert_eq!(conditions, [0, 1, 1, 0, 0, 0, 0, 0]);
    assert!(found.diagnostics.iter().all(|it| it.fix.is_none()), "{:?}", found.diagnostics);
    assert_eq!(
        diagnostics(&text, &found),
        [
            "info if-without-status at 5",
            "info when-condition at 5",
            "info unpublished-form at 17",
            "info wait-assumed at 17",
            "warning chained-pipeline-missing at 23",
            "warning stage-template at 25",
        ]
    );
}
