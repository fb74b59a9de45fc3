//! The list of shapes, which the page, the SVG and the embed draw.

mod support;

use std::collections::BTreeSet;

use deployline_engine::{DeploymentId, Ms, PartKind};
use deployline_map::Set;
use deployline_planner::Analysis;
use deployline_timeline::{
    Anchor, Arrangement, BarMarks, DraggedBar, Geometry, GroupId, Hit, LayoutOptions, Link, Marks,
    Part, Picture, Progress, Px, Rect, Rows, Scene, Semantics, Shape, Text, Value, Viewport,
    axis_shapes, shapes, svg,
};
use support::{grid, planned};

const WIDTH: f64 = 900.0;

fn scene(analysis: &Analysis, arrangement: &Arrangement, has_controls: bool, width: f64) -> Scene {
    let picture = Picture::new(planned(analysis), arrangement);
    let options = LayoutOptions { has_controls, ..LayoutOptions::for_width(width) };
    picture.layout(planned(analysis), &Viewport::all(width), &options)
}

/// A shape and all that is in it.
fn flat<'a>(shapes: &'a [Shape], out: &mut Vec<&'a Shape>) {
    for shape in shapes {
        out.push(shape);
        flat(shape.children(), out);
    }
}

fn all(shapes: &[Shape]) -> Vec<&Shape> {
    let mut out = Vec::new();
    flat(shapes, &mut out);
    out
}

fn rows(rows: Rows) -> Arrangement {
    Arrangement { rows, ..Arrangement::default() }
}

/// `13,57 start 12px dl-name: s0 → i0`, for each text.
fn texts(shapes: &[Shape]) -> Vec<String> {
    let written = |shape: &&Shape| {
        let Geometry::Text(Text { x, y, anchor, font_px, text, .. }) = &shape.geometry else {
            return None;
        };
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let class = shape.part.class();
        Some(format!("{},{} {anchor} {font_px}px {class}: {text}", Px(*x), Px(*y)))
    };
    all(shapes).iter().filter_map(written).collect()
}

/// The same of the texts of an SVG, as another reader of XML finds them.
fn texts_of_svg(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("well-formed XML");
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let written = texts.map(|node| {
        let attribute = |name: &str, usual| node.attribute(name).unwrap_or(usual).to_owned();
        let (anchor, size) = (attribute("text-anchor", "start"), attribute("font-size", "12"));
        let (class, text) = (attribute("class", ""), node.text().unwrap_or_default());
        let (x, y) = (attribute("x", ""), attribute("y", ""));
        format!("{x},{y} {anchor} {size}px {class}: {text}")
    });
    written.collect()
}

#[test]
fn texts_stand_in_the_svg_where_the_list_has_them() {
    let analysis = grid(2, 4, 3);
    for arrangement in [Rows::Order, Rows::Lanes, Rows::Services, Rows::Targets].map(rows) {
        for width in [WIDTH, 320.0] {
            let scene = scene(&analysis, &arrangement, false, width);
            let drawn = shapes(&scene, &Marks::default());
            let expected = [axis_shapes(&scene), drawn].concat();
            let svg = svg::write(&scene, &svg::Document::default());
            assert_eq!(texts_of_svg(&svg), texts(&expected), "{arrangement:?} {width}");
            // With controls, names of groups and times of stages make room for them; nothing else moves.
            let with_controls =
                shapes(&self::scene(&analysis, &arrangement, true, width), &Marks::default());
            let bars = |shapes: &[Shape]| {
                let texts = texts(shapes).into_iter();
                texts
                    .filter(|text| text.contains("dl-inside") || text.contains("dl-number"))
                    .collect::<Vec<_>>()
            };
            assert_eq!(bars(&with_controls), bars(&shapes(&scene, &Marks::default())));
        }
    }
}

#[test]
fn a_bar_has_its_texts_in_its_middle() {
    let scene = scene(&grid(1, 2, 1), &Arrangement::default(), true, WIDTH);
    let shapes = shapes(&scene, &Marks::default());
    let (first, second) = (&scene.bars[0], &scene.bars[1]);
    let expected = [
        format!("{},57 end 12px dl-number: 1", Px(scene.number_right)),
        format!("{},57 start 12px dl-name: s0 → i0", Px(scene.name_left)),
        format!("{},57 start 12px dl-inside: s0", Px(first.x + 6.0)),
        format!("{},81 end 12px dl-number: 2", Px(scene.number_right)),
        format!("{},81 start 12px dl-name: s0 → i1", Px(scene.name_left)),
        format!("{},81 start 12px dl-inside: s0", Px(second.x + 6.0)),
    ];
    let found = texts(&shapes);
    for text in expected {
        assert!(found.contains(&text), "{text} in {found:#?}");
    }
    assert!(found.contains(&"16,29 start 13px dl-band-title: Ship".to_owned()), "{found:#?}");
}

/// Targets of clicks, from the back to the front.
fn hits(shapes: &[Shape]) -> Vec<String> {
    let hits = all(shapes).into_iter().filter_map(|shape| shape.part.hit());
    hits.map(|hit| format!("{} {hit}", hit.attribute())).collect()
}

#[test]
fn shapes_lead_to_what_they_stand_for() {
    let analysis = grid(1, 2, 1);
    let check = |arrangement: &Arrangement, has_controls: bool, expected: &[&str]| {
        let scene = scene(&analysis, arrangement, has_controls, WIDTH);
        assert_eq!(hits(&shapes(&scene, &Marks::default())), expected, "{arrangement:?}");
    };
    let stages = ["data-stage 0", "data-to-stage 0", "data-stage 1", "data-to-stage 1"];
    let bars = [
        "data-at 0 0",
        "data-end 0 0",
        "data-at 0 1",
        "data-end 0 1",
        "data-at 1 0",
        "data-end 1 0",
    ];
    check(&rows(Rows::Order), true, &[&stages[..], &bars].concat());
    let groups = ["data-group 0"];
    check(&rows(Rows::Services), true, &[&stages[..], &groups, &bars].concat());
    check(&rows(Rows::Lanes), true, &[&stages[..], &bars].concat());
    // What can't be folded or dragged is not there to be.
    let only = ["data-stage 0", "data-stage 1", "data-at 0 0", "data-at 0 1", "data-at 1 0"];
    check(&rows(Rows::Order), false, &only);
    let many = grid(1, 400, 1);
    let stage = GroupId::Stage("ship".to_owned());
    let folded = Arrangement { collapsed: Set::from([stage]), ..Arrangement::default() };
    let scene = scene(&many, &folded, true, WIDTH);
    let clusters = hits(&shapes(&scene, &Marks::default()));
    let clusters = clusters.iter().filter(|hit| hit.starts_with("data-cluster")).count();
    assert_eq!(clusters, scene.clusters.len());
    assert!(clusters > 0);
}

#[test]
fn each_hit_leads_back_from_its_attribute() {
    let scene = scene(&grid(2, 3, 2), &rows(Rows::Targets), true, WIDTH);
    let shapes = shapes(&scene, &Marks::default());
    let semantics = Semantics::ListBox { id_prefix: Some("dl") };
    for shape in all(&shapes) {
        let written = shape.attributes(semantics).filter_map(|(name, value)| match value {
            Value::Hit(_) => Some(Hit::parse(name, &value.to_string())),
            _ => None,
        });
        let expected: Vec<_> = shape.part.hit().into_iter().map(Some).collect();
        assert_eq!(written.collect::<Vec<_>>(), expected, "{shape:?}");
    }
}

#[test]
fn marks_are_classes_and_names_of_bars() {
    let analysis = grid(1, 3, 1);
    let scene = scene(&analysis, &Arrangement::default(), true, WIDTH);
    let second = DeploymentId { stage: 0, index: 1 };
    let of_bar = |at: DeploymentId| BarMarks {
        is_selected: at == second,
        is_in_chain: at.index < 2,
        progress: Some(if at.index == 0 { Progress::Done } else { Progress::Running }),
        ..BarMarks::default()
    };
    let links = [Link { from: (0, 0), to: (0, 1), path: "M0 0L1 1".to_owned() }];
    let marks = Marks {
        of_bar: &of_bar,
        label: &|at| if at == second { "2. s0 i1".to_owned() } else { String::new() },
        dragged: Some(DraggedBar { at: second, duration: Ms(90_000), width: 400.0 }),
        chain: &links,
        dependencies: &links,
        critical_path: &links,
        playhead: Some(Ms(30_000)),
    };
    let shapes = shapes(&scene, &marks);
    let bars: Vec<_> =
        all(&shapes).into_iter().filter(|shape| matches!(shape.part, Part::Bar(_))).collect();
    assert_eq!(bars[0].part.class(), "dl-bar dl-c0 dl-in-chain dl-done");
    assert_eq!(bars[1].part.class(), "dl-bar dl-c0 dl-selected dl-in-chain dl-running");
    let semantics = Semantics::ListBox { id_prefix: Some("dl-7") };
    let written = bars[1].attributes(semantics).map(|(name, value)| format!("{name}={value}"));
    assert_eq!(
        written.skip(1).collect::<Vec<_>>(),
        ["role=option", "id=dl-7-0-1", "aria-selected=true", "aria-label=2. s0 i1", "data-at=0 1"]
    );
    let body = bars[1].children().iter().find(|shape| shape.part == Part::BarBody);
    let Some(Geometry::Rect { rect: Rect { width, .. }, .. }) = body.map(|it| &it.geometry) else {
        panic!("{body:?}")
    };
    assert_eq!(*width, 400.0, "it is as wide as it is dragged");
    let classes: Vec<String> = all(&shapes).iter().map(|shape| shape.part.class()).collect();
    for class in [
        "dl-name dl-preview",
        "dl-chain-line",
        "dl-dependency-line",
        "dl-chain-line dl-critical-line",
        "dl-playhead",
    ] {
        assert_eq!(classes.iter().filter(|it| *it == class).count(), 1, "{class}");
    }
}

#[test]
fn style_sheets_name_no_class_that_nothing_has() {
    let mut known = BTreeSet::from(["dl-paper".to_owned()]);
    for bar in [
        "dl-placeholder",
        "dl-skipped",
        "dl-failed",
        "dl-ignored",
        "dl-dimmed",
        "dl-parted",
        "dl-left-out",
    ] {
        known.insert(bar.to_owned());
    }
    let others = [Part::Stop, Part::LabelAcross, Part::StepEdges, Part::InnerBand];
    for part in PartKind::ALL.map(Part::BarPart).into_iter().chain(others) {
        known.extend(part.class().split(' ').map(str::to_owned));
    }
    known.extend((0..10).map(|color| format!("dl-c{color}")));
    known.insert("dl-neutral".to_owned());
    for arrangement in [Rows::Order, Rows::Lanes, Rows::Services].map(rows) {
        let scene = scene(&grid(4, 2, 2), &arrangement, false, WIDTH);
        let drawn = [axis_shapes(&scene), shapes(&scene, &Marks::default())].concat();
        for shape in all(&drawn) {
            known.extend(shape.part.class().split(' ').map(str::to_owned));
        }
    }
    let sheet = svg::style_sheet();
    let rules = sheet.split(".dl-").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
        format!("dl-{}", &rest[..end])
    });
    for class in rules {
        assert!(known.contains(&class), "{class} in {known:?}");
    }
}
