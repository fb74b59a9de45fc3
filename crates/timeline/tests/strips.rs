//! The strip of the whole run, which is drawn beside the rows.

mod support;

use deployline_engine::Ms;
use deployline_engine::insight::levels;
use deployline_planner::Analysis;
use deployline_timeline::{
    Arrangement, Geometry, LayoutOptions, Overview, Part, Picture, Rect, Rows, Shape, TimeWindow,
    Viewport, graph, graph_shapes, strip_shapes, thumbnail,
};

use support::{grid, planned};

fn strip(analysis: &Analysis, arrangement: &Arrangement, width: f64, height: f64) -> Overview {
    let planned = planned(analysis);
    let picture = Picture::new(planned, arrangement);
    picture.overview(planned, &LayoutOptions::for_width(900.0), width, height)
}

fn paths(strip: &Overview) -> Vec<&str> {
    strip.stages.iter().map(|stage| stage.path.as_str()).collect()
}

/// The cells' upper left corners, in order.
fn corners(path: &str) -> Vec<(f64, f64)> {
    let corner = |piece: &str| {
        let (x, y) = piece.split_once(' ').expect("x and y");
        (x.parse().expect("x"), y.parse().expect("y"))
    };
    path.split('M').skip(1).map(|piece| corner(piece.split('H').next().expect("H"))).collect()
}

#[test]
fn the_strip_shows_each_row_where_its_bar_is() {
    let analysis = grid(1, 3, 1);
    let all = strip(&analysis, &Arrangement::default(), 240.0, 400.0);
    assert_eq!(all.end, Ms(120_000));
    let first = corners(paths(&all)[0]);
    // Three bars of 20 s below each other, each from where the one above it ends.
    let mut starts: Vec<f64> = first.iter().map(|(x, _)| *x).collect();
    starts.dedup();
    assert_eq!(starts, [0.0, 40.0, 80.0], "{first:?}");
    assert!(first.is_sorted_by_key(|(_, y)| *y), "{first:?}");
    let lanes = Arrangement { rows: Rows::Lanes, ..Arrangement::default() };
    let lanes = strip(&analysis, &lanes, 240.0, 400.0);
    assert!(corners(paths(&lanes)[0]).iter().all(|(x, _)| *x == 0.0), "one row: {lanes:?}");
}

#[test]
fn the_strip_of_many_is_small_and_shows_short_stages() {
    let analysis = grid(100, 1_000, 40);
    for rows in [Rows::Order, Rows::Lanes, Rows::Services, Rows::Targets] {
        let all = strip(&analysis, &Arrangement { rows, ..Arrangement::default() }, 600.0, 40.0);
        let length: usize = paths(&all).iter().map(|path| path.len()).sum();
        assert!(length < 20_000, "{rows:?}: {length}");
        assert!(paths(&all).iter().all(|path| !path.is_empty()), "{rows:?}");
        assert!(!paths(&all).concat().contains('-'), "{rows:?}: nothing is outside");
    }
}

#[test]
fn the_strip_leaves_out_what_the_filter_does() {
    let analysis = grid(1, 3, 1);
    let filtered = Arrangement { filter: "nowhere".to_owned(), ..Arrangement::default() };
    assert_eq!(paths(&strip(&analysis, &filtered, 100.0, 40.0))[0], "");
}

#[test]
fn the_strip_knows_where_a_window_is() {
    let strip = strip(&grid(1, 3, 1), &Arrangement::default(), 240.0, 50.0);
    let window = TimeWindow { from: Ms(30_000), to: Ms(60_000) };
    let area = strip.area_of(window, (0.2, 0.6));
    assert_eq!(area, Rect { x: 60.0, y: 10.0, width: 60.0, height: 20.0 });
    assert_eq!([-50.0, 60.0, 1_000.0].map(|x| strip.time(x)), [Ms(0), Ms(30_000), Ms(120_000)]);
}

#[test]
fn the_visible_part_of_the_strip_is_large_enough_to_be_dragged_and_inside() {
    let strip = strip(&grid(1, 3, 1), &Arrangement::default(), 240.0, 36.0);
    let window = |visible: Rect| {
        let shapes = strip_shapes(&strip, visible);
        let Some(Geometry::Rect { rect, .. }) = shapes.last().map(|shape| shape.geometry.clone())
        else {
            panic!("{shapes:?}")
        };
        (rect.x, rect.y, rect.width, rect.height)
    };
    let rect = |x: f64, y: f64, width: f64, height: f64| Rect { x, y, width, height };
    for (visible, expected) in [
        (rect(60.0, 10.0, 60.0, 20.0), (61.0, 11.0, 58.0, 18.0)),
        (rect(0.0, 0.0, 240.0, 36.0), (1.0, 1.0, 238.0, 34.0)),
        (rect(239.0, 35.9, 0.5, 0.1), (233.0, 29.0, 6.0, 6.0)),
    ] {
        assert_eq!(window(visible), expected, "{visible:?}");
    }
}

#[test]
fn the_graph_says_what_is_what_and_how_many_there_are_now() {
    let analysis = grid(2, 3, 2);
    let levels = levels(&analysis.schedule);
    let scale = |width: f64| {
        let picture = Picture::new(planned(&analysis), &Arrangement::default());
        let options = LayoutOptions::for_width(width);
        picture.scale(planned(&analysis), &Viewport::all(width), &options)
    };
    let texts = |width: f64, time: Option<Ms>| {
        let scale = scale(width);
        let shapes = graph_shapes(&graph(&levels, &scale), &levels, &scale, width, time);
        let names =
            shapes.iter().flat_map(Shape::children).filter(|shape| shape.part == Part::LevelName);
        names.map(|shape| shape.own_text().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(900.0, None), ["Running", "Waiting for a slot", "Limit"]);
    assert_eq!(texts(320.0, Some(Ms(1))), ["Running 2", "Waiting 4", "Limit 2"]);
}

#[test]
fn a_small_picture_has_all_of_a_stage_in_few_shapes() {
    for (services, targets, limit) in [(2, 2, 2), (6, 8, 4), (100, 1_000, 40), (100, 100, 10_000)] {
        let analysis = grid(services, targets, limit);
        let end = analysis.schedule.end;
        let bars = thumbnail((&analysis.plan, &analysis.schedule), 0, 200.0, 60.0, end);
        let count: usize = bars.iter().map(|bar| bar.count).sum();
        assert_eq!(count, services * targets);
        assert!(bars.len() <= 750, "{}", bars.len());
        for Rect { x, y, width, height } in bars.iter().map(|bar| bar.rect) {
            assert!(x >= 0.0 && x + width <= 200.5, "{x} {width}");
            assert!(y >= 0.0 && y + height <= 60.01, "{y} {height}");
        }
    }
    let one = grid(1, 1, 1);
    assert_eq!(thumbnail((&one.plan, &one.schedule), 9, 100.0, 50.0, Ms(1)), []);
}

#[test]
fn a_chain_is_connected_where_it_is_visible() {
    let analysis = grid(1, 6, 1);
    let chain: Vec<(usize, usize)> = (0..6).map(|index| (0, index)).collect();
    let options = LayoutOptions::for_width(900.0);
    let links = |arrangement: &Arrangement, viewport: &Viewport| {
        let picture = Picture::new(planned(&analysis), arrangement);
        picture.path(planned(&analysis), viewport, &options, &chain)
    };
    let (all, order) = (Viewport::all(900.0), Arrangement::default());
    assert_eq!(links(&order, &all).len(), 5);
    assert!(links(&order, &all).iter().all(|link| link.path.starts_with('M')));
    let top = Viewport { top: 0.0, height: 60.0, ..all };
    assert_eq!(links(&order, &top).len(), 1, "only where rows are visible");
    let window = Some(TimeWindow { from: Ms(0), to: Ms(30_000) });
    assert_eq!(links(&order, &Viewport { window, ..all }).len(), 1, "only visible times");
    let filtered = Arrangement { filter: "dev".to_owned(), ..order };
    assert_eq!(links(&filtered, &all).len(), 2, "the others are left out");
}

#[test]
fn a_long_chain_in_one_row_has_no_more_links_than_there_are_pixels() {
    let analysis = grid(1, 20_000, 1);
    let chain: Vec<(usize, usize)> = (0..20_000).map(|index| (0, index)).collect();
    let lanes = Arrangement { rows: Rows::Lanes, ..Arrangement::default() };
    let picture = Picture::new(planned(&analysis), &lanes);
    let options = LayoutOptions::for_width(900.0);
    let links = picture.path(planned(&analysis), &Viewport::all(900.0), &options, &chain);
    assert!((100..=225).contains(&links.len()), "{}", links.len());
}
