//! What is drawn beside the rows: the strip of the whole run.

mod support;

use deployline_planner::Ms;
use deployline_timeline::{
    Area, Arrangement, LayoutOptions, Picture, TimeWindow, Viewport, overview, thumbnail,
};
use support::{grid, planned};

#[test]
fn the_strip_counts_what_runs() {
    let analysis = grid(1, 3, 1);
    let strip = overview(planned(&analysis), 100.0, 20.0);
    assert_eq!((strip.most, strip.end), (1, Ms(120_000)));
    let paths: Vec<&str> = strip.stages.iter().map(|stage| stage.path.as_str()).collect();
    assert_eq!(paths.len(), 2);
    assert!(paths[0].starts_with("M0 20V0H2"), "{paths:?}");
    assert!(paths[1].starts_with("M50 20V0H52"), "{paths:?}");
}

#[test]
fn the_strip_of_many_is_small_and_never_above_its_top() {
    let analysis = grid(100, 1_000, 40);
    let strip = overview(planned(&analysis), 600.0, 40.0);
    // The short stage at the end adds the one column that shows it.
    assert!((40..=41).contains(&strip.most), "as many as the limit: {}", strip.most);
    let length: usize = strip.stages.iter().map(|stage| stage.path.len()).sum();
    assert!(length < 20_000, "{length}");
    assert!(strip.stages.iter().all(|stage| !stage.path.contains('-')), "{strip:?}");
    assert!(strip.stages.iter().all(|stage| !stage.path.is_empty()), "short stages are seen");
}

#[test]
fn the_strip_maps_windows_there_and_back() {
    let analysis = grid(1, 3, 1);
    let strip = overview(planned(&analysis), 240.0, 50.0);
    let window = TimeWindow { from: Ms(30_000), to: Ms(60_000) };
    let area = strip.area_of(window, (0.2, 0.6));
    assert_eq!(area, Area { x: 60.0, y: 10.0, width: 60.0, height: 20.0 });
    assert_eq!(strip.window_of(area), (window, (0.2, 0.6)));
    let outside = Area { x: -50.0, y: -10.0, width: 1_000.0, height: 500.0 };
    assert_eq!(strip.window_of(outside), (TimeWindow::all(Ms(120_000)), (0.0, 1.0)));
}

#[test]
fn a_small_picture_has_all_of_a_stage_in_few_shapes() {
    for (services, targets, limit) in [(2, 2, 2), (6, 8, 4), (100, 1_000, 40), (100, 100, 10_000)] {
        let analysis = grid(services, targets, limit);
        let end = analysis.schedule.end;
        let rects = thumbnail(planned(&analysis), 0, 200.0, 60.0, end);
        let count: usize = rects.iter().map(|rect| rect.count).sum();
        assert_eq!(count, services * targets);
        assert!(rects.len() <= 750, "{}", rects.len());
        for rect in &rects {
            assert!(rect.x >= 0.0 && rect.x + rect.width <= 200.5, "{rect:?}");
            assert!(rect.y >= 0.0 && rect.y + rect.height <= 60.01, "{rect:?}");
        }
    }
    assert_eq!(thumbnail(planned(&grid(1, 1, 1)), 9, 100.0, 50.0, Ms(1)), []);
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
