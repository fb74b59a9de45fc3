//! Parts of bars, and the marks that explain them.

use std::sync::LazyLock;

use deployline_engine::{Assumptions, DeploymentId, DurationKey, Failure, Ms, PartKind};
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_timeline::{
    Arrangement, Bar, DraggedBar, Geometry, KeyMark, LabelPlace, LayoutOptions, Marks, Part,
    Picture, Planned, Px, Rect, Scene, Shape, TimeWindow, Viewport, shapes, svg,
};

/// A stage of two services, one after the other, with this action on all errors, and a stage behind it.
fn text(action: &str) -> String {
    format!(
        "pipeline: {{identifier: p, stages: [{{stage: {{identifier: ship, type: Deployment, failureStrategies: \
         [{{onFailure: {{errors: [AllErrors], action: {action}}}}}], spec: {{services: {{metadata: {{parallel: \
         false}}, values: [{{serviceRef: cart}}, {{serviceRef: web}}]}}, environment: {{environmentRef: E, \
         infrastructureDefinitions: [{{identifier: i}}]}}}}}}}}, {{stage: {{identifier: after, name: After, \
         type: Custom, when: {{pipelineStatus: All}}}}}}]}}\n"
    )
}

/// A retry after 10s, a wait of three minutes, a rollback.
const ALL: &str = "{type: Retry, spec: {retryCount: 1, retryIntervals: [10s], onRetryFailure: {action: {type: \
                   ManualIntervention, spec: {timeout: 3m, onTimeout: {action: {type: StageRollback}}}}}}}";

/// The run in which the first deployment fails.
fn failing(action: &str, after: Ms) -> Analysis {
    let mut assumptions = Assumptions::default();
    assumptions.failures.insert(("ship".to_owned(), 0), Failure::default());
    assumptions.durations.insert(DurationKey::Stage("after".to_owned()), after);
    analyze(&[&text(action)], &Inputs::default(), &assumptions)
}

fn planned(Analysis { plan, schedule, .. }: &Analysis) -> Planned<'_> {
    static ASSUMPTIONS: LazyLock<Assumptions> = LazyLock::new(Assumptions::default);
    Planned { plan, schedule, assumptions: &ASSUMPTIONS }
}

fn scene(analysis: &Analysis, width: f64, window: Option<TimeWindow>, has_controls: bool) -> Scene {
    let picture = Picture::new(planned(analysis), &Arrangement::default());
    let options = LayoutOptions { has_controls, ..LayoutOptions::for_width(width) };
    let viewport = Viewport { window, ..Viewport::all(width) };
    picture.layout(planned(analysis), &viewport, &options)
}

/// `Retry 70 to 130`, in seconds of the run.
fn spans(scene: &Scene, bar: &Bar) -> Vec<String> {
    let second = |x: f64| (scene.scale.time(x).0 as f64 / 1_000.0).round();
    let span = |part: &deployline_timeline::BarPart| {
        format!("{:?} {} to {}", part.kind, second(part.x), second(part.x + part.width))
    };
    bar.parts.iter().map(span).collect()
}

/// The shapes of a bar, of this kind.
fn of_bar(scene: &Scene, marks: &Marks<'_>, index: u32, is_meant: fn(Part) -> bool) -> Vec<Shape> {
    let layers = shapes(scene, marks);
    let mut bars = layers.iter().flat_map(Shape::children);
    let bar = bars.find(
        |shape| matches!(shape.part, Part::Bar(bar) if bar.at == DeploymentId { stage: 0, index }),
    );
    let bar = bar.expect("a bar").children().iter();
    bar.filter(|shape| is_meant(shape.part)).cloned().collect()
}

fn rect(shape: &Shape) -> Rect {
    match shape.geometry {
        Geometry::Rect { rect, .. } => rect,
        _ => panic!("{shape:?}"),
    }
}

#[test]
fn parts_lie_where_their_times_are() {
    let analysis = failing(ALL, Ms(20_000));
    let wide = scene(&analysis, 3_000.0, None, false);
    assert_eq!(
        spans(&wide, &wide.bars[0]),
        ["Work 0 to 60", "Retry 70 to 130", "Manual 130 to 310", "Rollback 310 to 340"]
    );
    assert!(wide.bars[1].parts.is_empty(), "it never runs");
    // Cut to what is visible: the second attempt from its middle on, and the beginning of the wait.
    let window = Some(TimeWindow { from: Ms(100_000), to: Ms(150_000) });
    let cut = scene(&analysis, 3_000.0, window, false);
    assert_eq!(spans(&cut, &cut.bars[0]), ["Retry 100 to 130", "Manual 130 to 150"]);
    assert_eq!(cut.bars[0].bar_label, "", "the work that it stood in is out of sight");
}

#[test]
fn parts_are_told_apart_by_their_shapes() {
    let scene = scene(&failing(ALL, Ms(20_000)), 900.0, None, false);
    let bar = &scene.bars[0];
    let drawn = of_bar(&scene, &Marks::default(), 0, |part| matches!(part, Part::BarPart(_)));
    let kinds: Vec<Part> = drawn.iter().map(|shape| shape.part).collect();
    let all = [PartKind::Work, PartKind::Retry, PartKind::Manual, PartKind::Rollback];
    assert_eq!(kinds, all.map(Part::BarPart));
    assert_eq!(
        rect(&drawn[0]),
        Rect { x: bar.x, y: 44.0, width: bar.work_end() - bar.x, height: 18.0 }
    );
    let paths: Vec<&str> = drawn[1..]
        .iter()
        .map(|shape| match &shape.geometry {
            Geometry::Path { d } => d.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    // A lower block, lines that go up to the right, a triangle.
    let heights = |d: &str| -> Vec<String> {
        let points = d.trim_end_matches('Z').split(['M', 'L']).filter(|point| !point.is_empty());
        points.map(|point| point.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(heights(paths[0]), ["48", "48", "58", "58"]);
    assert_eq!(heights(paths[2]), ["44", "62", "62"]);
    let lines = heights(paths[1]);
    assert_eq!(paths[1].matches('M').count() * 2, lines.len());
    assert!(lines.chunks(2).all(|line| line[0] > line[1]), "{lines:?}");
    let body = of_bar(&scene, &Marks::default(), 0, |part| part == Part::BarBody);
    assert_eq!(rect(&body[0]).width, bar.width, "it lies below them all");
}

#[test]
fn parts_that_are_too_thin_merge() {
    let retries = |count: u32| {
        format!(
            "{{type: Retry, spec: {{retryCount: {count}, retryIntervals: [1s], onRetryFailure: {{action: \
             {{type: StageRollback}}}}}}}}"
        )
    };
    for (action, after_s) in [
        (ALL.to_owned(), 1),
        (ALL.to_owned(), 3_000),
        (ALL.to_owned(), 30_000),
        (ALL.to_owned(), 3_000_000),
        (retries(40), 1),
        (retries(100), 10_000),
        (retries(5_000), 1),
    ] {
        for width in [320.0, 900.0] {
            let scene = scene(&failing(&action, Ms(after_s * 1_000)), width, None, false);
            let bar = &scene.bars[0];
            let case = format!("{action} {after_s} {width}: {:?}", bar.parts);
            assert!(bar.parts.iter().all(|part| part.width >= 1.0 - 1e-9), "{case}");
            assert!(
                bar.parts.windows(2).all(|two| two[0].x + two[0].width <= two[1].x + 1e-9),
                "{case}"
            );
            let right = bar.x + bar.width + 1e-9;
            assert!(bar.parts.iter().all(|part| part.x + part.width <= right), "{case}");
            // At least as wide as what has gaps between.
            assert!(bar.parts.len() <= 4 + (bar.width / 3.0) as usize, "{case}");
        }
    }
    let tiny = scene(&failing(ALL, Ms(3_000_000_000)), 900.0, None, false);
    assert_eq!(tiny.bars[0].width, 3.0);
    assert_eq!(tiny.bars[0].parts.len(), 1, "{:?}", tiny.bars[0].parts);
}

#[test]
fn without_a_failure_there_is_nothing_of_all_this() {
    let assumptions = Assumptions::default();
    let analysis = analyze(&[&text(ALL)], &Inputs::default(), &assumptions);
    let scene = scene(&analysis, 900.0, None, false);
    assert!(scene.bars.iter().all(|bar| bar.parts.capacity() == 0));
    assert_eq!(scene.key, []);
    let svg = svg::write(&scene, &svg::Document::default());
    let drawn = svg.split("</style>").nth(1).expect("shapes behind the style sheet");
    assert!(!drawn.contains("dl-part") && !drawn.contains("dl-key"), "{drawn}");
}

#[test]
fn what_bars_have_is_explained_below_them_or_beside() {
    let names = |scene: &Scene| scene.key.iter().map(|item| item.mark.name()).collect::<Vec<_>>();
    for (action, expected) in [
        (ALL, &["retry", "waits for a person", "rollback", "fails"][..]),
        ("{type: StageRollback}", &["rollback", "fails"]),
        ("{type: Ignore}", &["fails, ignored"]),
        ("{type: Abort}", &["aborts the run"]),
        ("{type: MarkAsSuccess}", &[]),
    ] {
        let analysis = failing(action, Ms(60_000));
        for width in [320.0, 900.0] {
            let with_key = scene(&analysis, width, None, false);
            let without = scene(&analysis, width, None, true);
            assert_eq!(names(&with_key), expected);
            // In 320 pixels a rollback does not fit behind the first two.
            let lines =
                if width < 560.0 && expected.len() == 4 { 2 } else { expected.len().min(1) };
            assert_eq!(with_key.height, without.height + 20.0 * lines as f64, "{action} {width}");
            let is_below = |y: f64| y >= without.height && y + 12.0 <= with_key.height;
            assert!(with_key.key.iter().all(|item| is_below(item.y)), "{:?}", with_key.key);
            assert_eq!(names(&without), [""; 0], "the page has it in its legend");
            let marks: Vec<KeyMark> = with_key.key.iter().map(|item| item.mark).collect();
            assert_eq!(KeyMark::of(&analysis.schedule), marks);
        }
    }
}

#[test]
fn marks_are_explained_in_as_few_lines_as_they_fit_into() {
    let analysis = failing(ALL, Ms(60_000));
    // Retry 54 pixels, waits 137, rollback 74, fails 52, with 12 between them and 16 at both edges.
    for (width, expected) in
        [(390.0, "0 0 0 0"), (380.0, "0 0 0 1"), (310.0, "0 0 1 1"), (200.0, "0 1 2 2")]
    {
        let scene = scene(&analysis, width, None, false);
        let top = scene.key[0].y;
        let lines: Vec<String> =
            scene.key.iter().map(|item| ((item.y - top) / 20.0).to_string()).collect();
        assert_eq!(lines.join(" "), expected, "{width}");
    }
}

#[test]
fn the_end_that_is_dragged_is_that_of_the_work() {
    let analysis = failing(ALL, Ms(20_000));
    let scene = scene(&analysis, 900.0, None, true);
    let is_end = |part: Part| matches!(part, Part::BarEnd(_));
    let bar = &scene.bars[0];
    let end = rect(&of_bar(&scene, &Marks::default(), 0, is_end)[0]);
    assert_eq!(end.x + end.width / 2.0, bar.work_end());
    // While it is dragged, the bar is the work alone.
    let at = DeploymentId { stage: 0, index: 0 };
    let dragged = Some(DraggedBar { at, duration: Ms(90_000), width: 200.0 });
    let marks = Marks { dragged, ..Marks::default() };
    let end = rect(&of_bar(&scene, &marks, 0, is_end)[0]);
    assert_eq!(end.x + end.width / 2.0, bar.x + 200.0);
    assert_eq!(of_bar(&scene, &marks, 0, |part| matches!(part, Part::BarPart(_))), []);
}

#[test]
fn a_bar_that_stops_the_run_ends_in_a_stop() {
    let scene = scene(&failing("{type: Abort}", Ms(20_000)), 900.0, None, false);
    let bar = &scene.bars[0];
    let stops = of_bar(&scene, &Marks::default(), 0, |part| part == Part::Stop);
    let d = format!("M{} 42v22", Px(bar.x + bar.width));
    assert_eq!(stops, [Shape { part: Part::Stop, geometry: Geometry::Path { d } }]);
}

#[test]
fn a_label_stays_in_the_work_if_it_fits_there() {
    let analysis = failing(ALL, Ms(20_000));
    for (width, expected) in
        [(900.0, ("cart", LabelPlace::Inside)), (380.0, ("1 cart → i", LabelPlace::Across))]
    {
        let scene = scene(&analysis, width, None, false);
        let bar = &scene.bars[0];
        assert_eq!((&*bar.bar_label, bar.label_place), expected, "{bar:?}");
        assert!(bar.bar_label_x > bar.x, "{bar:?}");
    }
    // Behind a short bar there is more room than in its work.
    let bar = &scene(&failing(ALL, Ms(2_000_000)), 380.0, None, false).bars[0];
    assert_eq!((&*bar.bar_label, bar.label_place), ("1 cart → i", LabelPlace::Beside));
    assert!(bar.bar_label_x > bar.x + bar.width, "{bar:?}");
}
