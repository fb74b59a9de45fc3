//! Pipelines that deployments run, in the picture: below the rows of these, indented and foldable.

use std::sync::LazyLock;

use deployline_engine::Assumptions;
use deployline_map::Set;
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_timeline::{
    Arrangement, Direction, GroupId, LayoutOptions, Picture, Planned, Rows, Scene, Viewport, shapes,
};

const WIDTH: f64 = 900.0;

/// Two regions one after the other, each with a stage of two deployments; then the end.
fn regions() -> Analysis {
    let text = "
pipeline:
  identifier: parent
  stages:
    - stage:
        identifier: regions
        name: Regions
        type: Pipeline
        spec: {pipeline: child, inputs: {variables: [{name: r, type: String, value: <+matrix.r>}]}}
        strategy: {matrix: {r: [north, south], maxConcurrency: 1}}
    - stage: {identifier: end, name: End, type: Custom}
---
pipeline:
  identifier: child
  variables: [{name: r, type: String, value: <+input>}]
  stages:
    - stage:
        identifier: sail
        name: Sail
        type: Deployment
        spec:
          services: {values: [{serviceRef: deck}, {serviceRef: engine}]}
          environment: {environmentRef: sea, infrastructureDefinitions: [{identifier: <+pipeline.variables.r>}]}
";
    analyze(&[text], &Inputs::default(), &Assumptions::default())
}

fn planned(analysis: &Analysis) -> Planned<'_> {
    static ASSUMPTIONS: LazyLock<Assumptions> = LazyLock::new(Assumptions::default);
    Planned { plan: &analysis.plan, schedule: &analysis.schedule, assumptions: &ASSUMPTIONS }
}

fn picture(analysis: &Analysis, rows: Rows, collapsed: &[&str], filter: &str) -> Picture {
    let collapsed = collapsed.iter().map(|stage| GroupId::Stage((*stage).to_owned()));
    let collapsed: Set<GroupId> = collapsed.collect();
    let filter = filter.to_owned();
    Picture::new(planned(analysis), &Arrangement { rows, collapsed, filter, ..Default::default() })
}

fn scene(analysis: &Analysis, picture: &Picture, viewport: &Viewport) -> Scene {
    picture.layout(planned(analysis), viewport, &LayoutOptions::for_width(WIDTH))
}

/// Names of bands and bars from the top down, bands in brackets.
fn lines(scene: &Scene) -> Vec<String> {
    let bands = scene.bands.iter().map(|band| (band.y, format!("[{} {}]", band.depth, band.title)));
    let bars = scene.bars.iter().map(|bar| {
        let label = if bar.row_label.is_empty() { &bar.bar_label } else { &bar.row_label };
        (bar.y, label.clone())
    });
    let mut all: Vec<(f64, String)> = bands.chain(bars).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn stages_stand_below_the_bar_that_runs_them() {
    let analysis = regions();
    for (collapsed, filter, expected) in [
        (
            &[][..],
            "",
            &[
                "[0 Regions]",
                "Regions north",
                "[1 Sail]",
                "deck → north",
                "engine → north",
                "Regions south",
                "[1 Sail]",
                "deck → south",
                "engine → south",
                "[0 End]",
                "End",
            ][..],
        ),
        (
            &["regions/1/sail"],
            "deck",
            &["[0 Regions]", "[1 Sail]", "deck → north", "[1 Sail]", "", "[0 End]"],
        ),
        (&["regions"], "", &["[0 Regions]", "", "", "[0 End]", "End"]),
    ] {
        let picture = picture(&analysis, Rows::Order, collapsed, filter);
        let scene = scene(&analysis, &picture, &Viewport::all(WIDTH));
        assert_eq!(lines(&scene), expected, "{collapsed:?} {filter}");
    }
}

#[test]
fn a_bar_spans_the_stages_inside_and_bands_hold_each_other() {
    let analysis = regions();
    let picture = picture(&analysis, Rows::Lanes, &[], "");
    let all = scene(&analysis, &picture, &Viewport::all(WIDTH));
    let x_of = |stage: usize, index: usize| {
        let bar = all.bars.iter().find(|bar| (bar.stage, bar.index) == (stage, index));
        bar.map(|bar| (bar.x, bar.x + bar.width)).expect("it is drawn")
    };
    // 0 is `regions`, 1 `end`, 2 and 3 the stages inside.
    assert_eq!(x_of(0, 0), x_of(2, 0));
    assert_eq!(x_of(0, 1), x_of(3, 1));
    let around = &all.bands[0];
    for inside in all.bands.iter().filter(|band| band.depth == 1) {
        assert!(inside.y > around.rows_y, "{inside:?}");
        assert!(inside.y + inside.height < around.y + around.height, "{inside:?}");
    }
    assert!(all.bands.iter().all(|band| band.y + band.height < all.height));
    let bodies = shapes(&all, &Default::default());
    assert!(format!("{bodies:?}").contains("InnerBand"), "they are told apart");
}

#[test]
fn a_viewport_shows_what_is_in_it() {
    let analysis = regions();
    let picture = picture(&analysis, Rows::Order, &[], "");
    let all = scene(&analysis, &picture, &Viewport::all(WIDTH));
    let mut top = 0.0;
    while top < all.height {
        let (bottom, height) = (top + 30.0, 30.0);
        let part = scene(&analysis, &picture, &Viewport { top, height, ..Viewport::all(WIDTH) });
        let is_in = |y: f64, height: f64| y + height > top && y < bottom;
        let expected: Vec<_> = all.bars.iter().filter(|bar| is_in(bar.y, bar.height)).collect();
        for bar in expected {
            assert!(part.bars.contains(bar), "{top}: {bar:?}");
        }
        assert!(part.bars.len() <= 3, "{top}: {}", part.bars.len());
        top += 7.0;
    }
}

#[test]
fn keys_go_through_the_rows_as_they_stand() {
    let analysis = regions();
    for (collapsed, expected) in [
        (&[][..], &[(0, 0), (2, 0), (2, 1), (0, 1), (3, 0), (3, 1), (1, 0)][..]),
        (&["regions"], &[(0, 0), (1, 0)]),
    ] {
        let picture = picture(&analysis, Rows::Order, collapsed, "");
        let mut at = picture.next_bar(planned(&analysis), None, Direction::First);
        let mut down = Vec::new();
        while let Some(here) = at {
            down.push(here);
            at = picture.next_bar(planned(&analysis), Some(here), Direction::Down);
        }
        assert_eq!(down, expected);
        let mut at = picture.next_bar(planned(&analysis), None, Direction::Last);
        let mut up = Vec::new();
        while let Some(here) = at {
            up.push(here);
            at = picture.next_bar(planned(&analysis), Some(here), Direction::Up);
        }
        up.reverse();
        // Of the bars in a folded stage, the last one that has started is reached from below.
        let last_of_folded = if collapsed.is_empty() { (0, 0) } else { (0, 1) };
        assert_eq!((up[0], &up[1..]), (last_of_folded, &expected[1..]));
    }
}
