//! Every class of a shape has a rule in the page's style sheets.

use std::collections::BTreeSet;

use deployline_engine::insight::levels;
use deployline_engine::{DeploymentId, Ms};
use deployline_timeline::{
    Arrangement, BarMarks, DraggedBar, LayoutOptions, Link, Marks, Picture, Progress, Rows, Scene,
    Shape, TimeWindow, Viewport, axis_shapes, graph, graph_shapes, shapes, strip_shapes,
};

use crate::derived::Derived;
use crate::source::Source;

const STYLE: &str =
    concat!(include_str!("../../../style/timeline.css"), include_str!("../../../style/bars.css"));
const TEXT: &str = include_str!("../../../examples/shop.yaml");

/// Classes without a rule of their own: only their children have one.
const UNSTYLED: [&str; 1] = ["dl-slot-header"];

#[test]
fn every_class_of_a_shape_has_a_rule() {
    let derived = Derived::new(&Source { text: TEXT.into(), ..Source::default() }, false);
    let levels = levels(&derived.analysis.schedule);
    let options = LayoutOptions { has_controls: true, ..LayoutOptions::for_width(900.0) };
    let mut classes = BTreeSet::new();
    for rows in [Rows::Order, Rows::Lanes, Rows::Services] {
        let picture = derived.picture(&Arrangement { rows, ..Arrangement::default() });
        let scene = scene(&derived, &picture, &options);
        let overview = picture.overview(derived.planned(), &options, 900.0, 36.0);
        let graph = graph(&levels, &scene.scale);
        let window = overview.area_of(TimeWindow::all(Ms(60_000)), (0.0, 0.5));
        for shapes in [
            axis_shapes(&scene),
            marked(&scene),
            graph_shapes(&graph, &levels, &scene.scale, 900.0, Some(Ms(30_000))),
            strip_shapes(&overview, window),
        ] {
            shapes.iter().for_each(|shape| collect(shape, &mut classes));
        }
    }
    assert!(classes.len() > 40, "{classes:?}");
    let has_rule = |class: &str| {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        STYLE.split(&format!(".{class}")).skip(1).any(ends)
    };
    let unknown: Vec<_> = classes.iter().filter(|class| !has_rule(class)).collect();
    assert_eq!(unknown, UNSTYLED, "classes without a rule");
}

fn scene(derived: &Derived, picture: &Picture, options: &LayoutOptions) -> Scene {
    let ghost = |_: usize, index: usize| (index == 0).then_some((Ms(0), Ms(90_000)));
    picture.layout_with_ghosts(derived.planned(), &Viewport::all(900.0), options, &ghost)
}

/// The rows of a scene with all marks that there are.
fn marked(scene: &Scene) -> Vec<Shape> {
    let first = DeploymentId { stage: 0, index: 0 };
    let progress = [Progress::Waiting, Progress::Running, Progress::Done];
    let of_bar = |at: DeploymentId| BarMarks {
        is_selected: at == first,
        is_at_cursor: true,
        is_in_chain: true,
        is_critical: true,
        is_dependent: true,
        progress: progress.get(at.index as usize % 3).copied(),
    };
    let links = [Link { from: (0, 0), to: (0, 1), path: "M0 0".to_owned() }];
    let marks = Marks {
        of_bar: &of_bar,
        dragged: Some(DraggedBar { at: first, duration: Ms(1_000), width: 9.0 }),
        chain: &links,
        dependencies: &links,
        critical_path: &links,
        playhead: Some(Ms(0)),
        ..Marks::default()
    };
    shapes(scene, &marks)
}

fn collect(shape: &Shape, classes: &mut BTreeSet<String>) {
    let class = shape.part.class();
    classes.extend(class.split(' ').filter(|class| !class.is_empty()).map(str::to_owned));
    shape.children().iter().for_each(|shape| collect(shape, classes));
}
