//! Promises of a scene to those who draw it.

use std::sync::LazyLock;

use deployline_engine::Assumptions;
use deployline_map::Set;
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_timeline::{
    Arrangement, LabelPlace, LayoutOptions, Picture, Planned, Rows, Scene, Viewport, svg,
};

const WIDTH: f64 = 900.0;

fn analysis(text: &str) -> Analysis {
    analyze(&[text], &Inputs::default(), &Assumptions::default())
}

/// One stage with `services` × `targets`, services in parallel.
fn grid(services: usize, targets: usize) -> Analysis {
    let list = |prefix: &str, key: &str, n: usize| {
        (0..n).map(|i| format!("{{{key}: {prefix}{i}}}")).collect::<Vec<_>>().join(", ")
    };
    analysis(&format!(
        "spec:\n  services: {{metadata: {{parallel: true}}, values: [{}]}}\n  environments: \
         {{metadata: {{parallel: false}}, values: [{{environmentRef: E, infrastructureDefinitions: \
         [{}]}}]}}\n",
        list("s", "serviceRef", services),
        list("i", "identifier", targets),
    ))
}

/// Plan and schedule that a picture is made from, without steps.
fn planned(Analysis { plan, schedule, .. }: &Analysis) -> Planned<'_> {
    static ASSUMPTIONS: LazyLock<Assumptions> = LazyLock::new(Assumptions::default);
    Planned { plan, schedule, assumptions: &ASSUMPTIONS }
}

fn scene(analysis: &Analysis, viewport: Viewport) -> Scene {
    let options = LayoutOptions::for_width(viewport.width);
    let planned = planned(analysis);
    Picture::new(planned, &Arrangement::default()).layout(planned, &viewport, &options)
}

#[test]
fn bars_lie_where_their_times_are() {
    let analysis = grid(2, 3);
    let scene = scene(&analysis, Viewport::all(WIDTH));
    assert_eq!(scene.bars.len(), 6);
    let third = (scene.plot_right - scene.plot_left) / 3.0;
    for bar in &scene.bars {
        // Two services at a time: one round per target, a third of the run each.
        let round = (bar.index / 2) as f64;
        assert!((bar.x - scene.plot_left - round * third).abs() < 0.01, "{bar:?}");
        assert!((bar.width - third).abs() < 2.0, "{bar:?}");
    }
    let rows: Vec<f64> = scene.bars.iter().map(|bar| bar.y).collect();
    assert!(rows.windows(2).all(|pair| pair[0] + scene.bars[0].height < pair[1]), "{rows:?}");
    assert_eq!(scene.bars[2].row_label, "s0 → i1");
    assert_eq!(scene.bars[2].number, "3");
    assert_eq!(scene.bars[0].color, scene.bars[2].color, "a service keeps its colour");
    assert_ne!(scene.bars[0].color, scene.bars[1].color);
}

#[test]
fn a_viewport_shows_the_same_shapes_and_only_those_in_it() {
    let analysis = grid(30, 40);
    let all = scene(&analysis, Viewport::all(WIDTH));
    assert_eq!(all.bars.len(), 1_200);
    for top in [0.0, 37.0, 1_000.0, 20_000.0, all.height - 10.0, all.height + 500.0] {
        let part = scene(&analysis, Viewport { width: WIDTH, top, height: 300.0, window: None });
        let is_in = |y: f64, height: f64| y + height >= top && y <= top + 300.0;
        let expected: Vec<_> = all.bars.iter().filter(|bar| is_in(bar.y, bar.height)).collect();
        let found: Vec<_> = part.bars.iter().filter(|bar| is_in(bar.y, bar.height)).collect();
        assert_eq!(found, expected, "from {top}");
        // A row more at either edge, whose bar has just left.
        assert!(part.bars.len() <= expected.len() + 2, "from {top}: {}", part.bars.len());
        assert_eq!(part.height, all.height);
    }
}

#[test]
fn a_hundred_thousand_deployments_cost_what_is_seen() {
    let analysis = grid(100, 1_000);
    assert_eq!(analysis.plan.stages[0].deployments.len(), 100_000);
    let part =
        scene(&analysis, Viewport { width: WIDTH, top: 1_000_000.0, height: 720.0, window: None });
    assert!((30..=33).contains(&part.bars.len()), "{}", part.bars.len());
}

#[test]
fn narrow_pictures_name_their_bars_beside_them() {
    let analysis = grid(1, 8);
    let scene = scene(&analysis, Viewport::all(360.0));
    for bar in &scene.bars {
        assert_eq!(bar.row_label, "");
        assert_eq!(bar.bar_label, format!("{} s0 → i{}", bar.index + 1, bar.index));
        assert_eq!(bar.label_place, LabelPlace::Beside, "{bar:?}");
        assert!(bar.bar_label_x >= 0.0, "{bar:?}");
    }
    assert!(scene.bars[0].bar_label_x > scene.bars[0].x, "right of the first bar");
    assert!(scene.bars[7].bar_label_x < scene.bars[7].x, "left of the last bar");
}

#[test]
fn no_bar_covers_the_name_of_its_slot() {
    let analysis = grid(12, 2);
    let planned = planned(&analysis);
    // Half of the deployments of each slot, or all of them.
    for filter in ["i0", ""] {
        let lanes =
            Arrangement { rows: Rows::Lanes, filter: filter.into(), ..Arrangement::default() };
        let picture = Picture::new(planned, &lanes);
        for width in [320.0, WIDTH] {
            let viewport = Viewport::all(width);
            let scene = picture.layout(planned, &viewport, &LayoutOptions::for_width(width));
            assert_eq!(scene.headers.len(), 12);
            for (head, number) in scene.headers.iter().zip(1..) {
                assert_eq!(head.name, format!("slot {number}"));
                // Letters of this size are no narrower than that.
                let name_right = head.x + 5.0 * (head.name.len() + head.detail.len()) as f64;
                assert!(name_right < scene.plot_left, "{head:?}");
            }
            assert!(scene.bars.iter().all(|bar| bar.x >= scene.plot_left));
        }
    }
}

#[test]
fn no_line_runs_through_the_name_of_a_group() {
    let analysis = grid(3, 4);
    let planned = planned(&analysis);
    let targets = Arrangement { rows: Rows::Targets, ..Arrangement::default() };
    let picture = Picture::new(planned, &targets);
    let scene = |width: f64| {
        picture.layout(planned, &Viewport::all(width), &LayoutOptions::for_width(width))
    };
    let wide = scene(WIDTH);
    for (wide, narrow) in wide.headers.iter().zip(&scene(320.0).headers) {
        assert_eq!(narrow.name, wide.name);
        let name_right = narrow.x + 5.0 * (narrow.name.len() + narrow.detail.len()) as f64;
        assert!(name_right < narrow.span_x.0 && narrow.span_x.0 <= narrow.span_x.1, "{narrow:?}");
    }
    // Where names have a column, nothing is cut off: the environment, and a quarter for each target.
    let quarter = (wide.plot_right - wide.plot_left) / 4.0;
    let spans = [(0.0, 4.0), (0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0)];
    assert_eq!(wide.headers.len(), spans.len());
    for (head, (from, to)) in wide.headers.iter().zip(spans) {
        assert!((head.span_x.0 - wide.plot_left - from * quarter).abs() < 0.01, "{head:?}");
        assert!((head.span_x.1 - wide.plot_left - to * quarter).abs() < 0.01, "{head:?}");
    }
}

#[test]
fn no_thin_bar_covers_the_name_of_its_group() {
    let analysis = grid(3, 4);
    let planned = planned(&analysis);
    let targets = Arrangement { rows: Rows::Targets, ..Arrangement::default() };
    let scene = |arrangement: &Arrangement, width: f64| {
        let options = LayoutOptions::for_width(width);
        Picture::new(planned, arrangement).layout(planned, &Viewport::all(width), &options)
    };
    let environment = scene(&targets, WIDTH).headers[0].group.clone().unwrap();
    let folded = Arrangement { collapsed: Set::from([environment]), ..targets };
    for width in [320.0, WIDTH] {
        let scene = scene(&folded, width);
        let [head] = &scene.headers[..] else { panic!("{:?}", scene.headers) };
        assert_eq!((head.name.as_str(), head.is_collapsed), ("E", true));
        // Where its letters end, with those that hang below the line.
        let name_right = head.x + 5.0 * (head.name.len() + head.detail.len()) as f64;
        let name_bottom = head.y + head.height / 2.0 + 4.0 + 3.0;
        assert!(!scene.clusters.is_empty());
        for cluster in &scene.clusters {
            assert!(cluster.x > name_right || cluster.y >= name_bottom, "{cluster:?}");
            assert!(cluster.y + cluster.height <= head.y + head.height, "{cluster:?}");
        }
    }
}

#[test]
fn a_name_from_right_to_left_turns_nothing_beside_it() {
    let analysis = analysis(
        "spec:\n  service: {serviceRef: \"\\u202eesrever\"}\n  environment: {environmentRef: E, \
         infrastructureDefinitions: [{identifier: יעד}]}\n",
    );
    let wide = scene(&analysis, Viewport::all(WIDTH));
    let (service, target) = ("\u{2068}\u{202e}esrever\u{2069}", "\u{2068}יעד\u{2069}");
    assert_eq!(wide.bars[0].row_label, format!("{service} → {target}"));
    assert_eq!(wide.bars[0].bar_label, service);
    let narrow = scene(&analysis, Viewport::all(360.0));
    assert_eq!(narrow.bars[0].bar_label, format!("1 {service} → {target}"));
    let planned = planned(&analysis);
    let of_target = Arrangement { rows: Rows::Targets, ..Arrangement::default() };
    let by_target = Picture::new(planned, &of_target).layout(
        planned,
        &Viewport::all(WIDTH),
        &LayoutOptions::for_width(WIDTH),
    );
    assert_eq!(by_target.headers[1].name, target);
    // As it would be copied out of the picture.
    let copied = Arrangement { filter: target.to_owned(), ..Arrangement::default() };
    assert_eq!(Picture::new(planned, &copied).found(), 1);
}

#[test]
fn nothing_to_draw_and_no_time_at_all_are_fine() {
    let empty = scene(&analysis(""), Viewport::all(WIDTH));
    assert_eq!((empty.bars.len(), empty.bands.len(), empty.height), (0, 0, 0.0));
    let mut assumptions = Assumptions::default();
    assumptions.duration.0 = 0;
    let instant = analyze(&["stage: {type: Custom, name: Now}"], &Inputs::default(), &assumptions);
    let scene = scene(&instant, Viewport::all(WIDTH));
    assert!(scene.bars[0].width >= 3.0, "it can be seen: {:?}", scene.bars[0]);
    assert!(scene.bars[0].x.is_finite());
}

#[test]
fn the_svg_is_well_formed_and_its_texts_are_the_names() {
    let text = r#"stage: {name: "<b>&amp;\"'\x01\x1b\u202e注文🚀</b>", type: Custom}"#;
    let name = "<b>&amp;\"'\u{1}\u{1b}\u{202e}注文🚀</b>";
    let analysis = analysis(text);
    assert_eq!(analysis.diagnostics, []);
    let svg = svg::write(
        &scene(&analysis, Viewport::all(WIDTH)),
        &svg::Document { title: name, description: name, ..svg::Document::default() },
    );
    let document = roxmltree::Document::parse(&svg).expect("well-formed XML");
    let texts: Vec<String> = document
        .descendants()
        .filter(|node| ["text", "tspan"].contains(&node.tag_name().name()))
        .filter_map(|node| node.text().map(str::to_owned))
        .collect();
    // What turns the direction of writing is set apart from what stands beside it.
    let shown = format!("\u{2068}{}\u{2069}", name.replace(['\u{1}', '\u{1b}'], ""));
    assert!(texts.contains(&shown), "{texts:?} has {shown:?}");
    let tags = document.descendants().filter(|node| node.is_element());
    assert!(tags.into_iter().all(|node| node.tag_name().name() != "b"), "no markup from names");
}
