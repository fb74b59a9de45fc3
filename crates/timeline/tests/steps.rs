//! Steps in bars.

use deployline_engine::{Assumptions, DurationKey, Failure, Ms};
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_timeline::{
    Arrangement, BarStep, LayoutOptions, Picture, Planned, Rows, Scene, TimeWindow, Viewport,
};

/// A stage of one service with four steps, two of which run side by side, and a wait of a minute.
const TEXT: &str = "stage: {identifier: deploy, type: Deployment, spec: {service: {serviceRef: cart}, environment: \
                    {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}, execution: {steps: [{step: \
                    {type: Http, name: Roll out, identifier: roll}}, {step: {type: Wait, name: Soak, identifier: soak, \
                    spec: {duration: 1m}}}, {parallel: [{step: {type: Http, name: Left, identifier: l}}, {step: {type: \
                    Http, name: Right, identifier: r}}]}]}}}";

fn scene(width: f64, arrangement: &Arrangement, window: Option<TimeWindow>) -> Scene {
    scene_of(TEXT, (width, arrangement, window))
}

fn scene_of(
    text: &str,
    (width, arrangement, window): (f64, &Arrangement, Option<TimeWindow>),
) -> Scene {
    let after = DurationKey::Stage("after".to_owned());
    let durations = [(after, Ms::from_hours(10))].into();
    let assumptions = Assumptions { durations, ..Assumptions::default() };
    let Analysis { plan, schedule, .. } = &analyze(&[text], &Inputs::default(), &assumptions);
    let planned = Planned { plan, schedule, assumptions: &assumptions };
    let viewport = Viewport { window, ..Viewport::all(width) };
    Picture::new(planned, arrangement).layout(planned, &viewport, &LayoutOptions::for_width(width))
}

fn with_steps() -> Arrangement {
    Arrangement { shows_steps: true, ..Arrangement::default() }
}

fn names(scene: &Scene) -> Vec<&str> {
    scene.bars[0].steps.iter().map(|step| step.name.as_str()).collect()
}

#[test]
fn a_bar_shows_its_steps_one_behind_the_other() {
    let scene = scene(900.0, &with_steps(), None);
    let bar = &scene.bars[0];
    assert_eq!(names(&scene), ["Roll out", "Soak", "Left ∥ Right"]);
    assert_eq!(bar.bar_label, "", "the steps take the place of the label; the row has the name");
    let waits: Vec<bool> = bar.steps.iter().map(|step| step.is_patterned).collect();
    assert_eq!(waits, [false, true, false]);
    // Half a minute, a minute, half a minute.
    for (step, quarters) in bar.steps.iter().zip([0.0, 1.0, 3.0, 4.0]) {
        let expected = bar.x + bar.width * quarters / 4.0;
        assert!((step.x - expected).abs() < 1.0, "{step:?}: {expected}");
    }
    let last = bar.steps.last().map(|step| step.x + step.width);
    assert!(last.is_some_and(|end| (end - bar.x - bar.width).abs() < 0.01));
}

#[test]
fn steps_are_shown_only_where_there_is_room() {
    assert_eq!(names(&scene(900.0, &Arrangement::default(), None)), [""; 0]);
    // Without the column of names, the name of the deployment stays in the bar, and the steps have edges alone.
    let narrow = scene(400.0, &with_steps(), None);
    assert_eq!(names(&narrow), ["", "", ""]);
    assert!(narrow.bars[0].bar_label.contains("cart"));
    // A short bar beside a long one.
    let text = format!("stages: [{{{TEXT}}}, {{stage: {{identifier: after, type: Custom}}}}]");
    assert_eq!(names(&scene_of(&text, (900.0, &with_steps(), None))), [""; 0]);
    // In a slot's row nothing else names the deployment.
    let lanes = Arrangement { rows: Rows::Lanes, ..with_steps() };
    let lanes = scene(900.0, &lanes, None);
    assert!(lanes.bars[0].bar_label.contains("cart"));
    assert!(lanes.bars[0].steps.iter().all(|BarStep { name, .. }| name.is_empty()));
}

#[test]
fn steps_are_cut_to_the_visible_time() {
    let window = TimeWindow { from: Ms(60_000), to: Ms(120_000) };
    let scene = scene(900.0, &with_steps(), Some(window));
    assert_eq!(names(&scene), ["Soak", "Left ∥ Right"]);
    let bar = &scene.bars[0];
    assert!(
        bar.steps
            .iter()
            .all(|step| step.x >= bar.x && step.x + step.width <= bar.x + bar.width + 0.01)
    );
}

#[test]
fn runs_of_a_step_are_one_or_follow_each_other() {
    let with = |strategy: &str| {
        TEXT.replace("identifier: roll", &format!("identifier: roll, strategy: {strategy}"))
    };
    for (strategy, expected) in [
        ("{parallelism: 3}", &["Roll out × 3", "Soak", "Left ∥ Right"][..]),
        ("{repeat: {times: 3, maxConcurrency: 2}}", &["Roll out × 3", "Soak", "Left ∥ Right"]),
        (
            "{repeat: {times: 2, maxConcurrency: 1}}",
            &["Roll out_0", "Roll out_1", "Soak", "Left ∥ Right"],
        ),
        // A number that only a run knows makes one.
        ("{repeat: {times: <+input>}}", &["Roll out", "Soak", "Left ∥ Right"]),
    ] {
        let scene = scene_of(&with(strategy), (1600.0, &with_steps(), None));
        assert_eq!(names(&scene), expected, "{strategy}");
    }
}

#[test]
fn a_rollback_has_its_steps() {
    let text = TEXT.replace("execution: {steps", "execution: {rollbackSteps: [{step: {type: Http, name: Undo}}, \
                             {parallel: [{step: {type: Wait, name: Pause}}, {step: {type: Http, name: Tell}}]}], steps");
    let text = text.replace(
        "type: Deployment,",
        "type: Deployment, failureStrategies: [{onFailure: {errors: \
                            [AllErrors], action: {type: StageRollback}}}],",
    );
    let failed = Assumptions {
        failures: [(("deploy".to_owned(), 0), Failure::default())].into(),
        rollback: Some(Ms(120_000)),
        ..Assumptions::default()
    };
    let Analysis { plan, schedule, .. } = &analyze(&[&text], &Inputs::default(), &failed);
    let planned = Planned { plan, schedule, assumptions: &failed };
    let options = LayoutOptions::for_width(1600.0);
    let scene =
        Picture::new(planned, &with_steps()).layout(planned, &Viewport::all(1600.0), &options);
    assert_eq!(names(&scene), ["Roll out", "Soak", "Left ∥ Right", "Undo", "Pause ∥ Tell"]);
    let patterned: Vec<bool> = scene.bars[0].steps.iter().map(|step| step.is_patterned).collect();
    assert_eq!(patterned, [false, true, false, true, true], "the wait, and the rollback");
    // Two minutes of steps, and two of the rollback: each of its halves takes one.
    let bar = &scene.bars[0];
    for (step, quarter) in bar.steps[3..].iter().zip([2.0, 3.0]) {
        let expected = bar.x + bar.width * quarter / 4.0;
        assert!((step.x - expected).abs() < 1.0, "{step:?}: {expected}");
    }
}
