//! Promises of every arrangement: nothing twice, nothing lost, nothing outside.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use deployline_engine::Ms;
use deployline_map::Set;
use deployline_planner::Analysis;
use deployline_timeline::{
    Arrangement, ColorBy, Direction, GroupId, LayoutOptions, Picture, Rows, Scene, TimeWindow,
    Viewport,
};

use support::{grid, planned};

const WIDTH: f64 = 900.0;
const ROWS: [Rows; 4] = [Rows::Order, Rows::Lanes, Rows::Services, Rows::Targets];

fn groups() -> Vec<Set<GroupId>> {
    let stage = || "ship".to_owned();
    vec![
        Set::new(),
        Set::from([GroupId::Stage(stage())]),
        Set::from([
            GroupId::Service { stage: stage(), service: "s1".to_owned() },
            GroupId::Environment { stage: stage(), environment: "Dev".to_owned() },
            GroupId::Infrastructure {
                stage: stage(),
                environment: "Prod".to_owned(),
                infrastructure: "i5".to_owned(),
            },
        ]),
    ]
}

fn arrangements() -> Vec<Arrangement> {
    let filters = ["", "S1", "prod", "i2", "nothing"];
    let of = |rows: Rows| {
        groups().into_iter().flat_map(move |collapsed| {
            filters.map(|filter| Arrangement {
                rows,
                color_by: ColorBy::Service,
                collapsed: collapsed.clone(),
                filter: filter.to_owned(),
                shows_steps: false,
            })
        })
    };
    ROWS.into_iter().flat_map(of).collect()
}

fn windows(analysis: &Analysis) -> Vec<Option<TimeWindow>> {
    let end = analysis.schedule.end;
    let all = TimeWindow::all(end);
    let middle = Ms(end.0 / 2);
    vec![None, Some(all.zoom(middle, 3.0, end)), Some(all.zoom(middle, 1e6, end))]
}

fn lay_out(analysis: &Analysis, arrangement: &Arrangement, viewport: &Viewport) -> Scene {
    let picture = Picture::new(planned(analysis), arrangement);
    picture.layout(planned(analysis), viewport, &LayoutOptions::for_width(WIDTH))
}

#[test]
fn every_deployment_that_is_found_is_drawn_once_or_part_of_one_cluster() {
    let analysis = grid(6, 8, 4);
    for (arrangement, window) in arrangements()
        .into_iter()
        .flat_map(|a| windows(&analysis).into_iter().map(move |w| (a.clone(), w)))
    {
        let what = format!("{arrangement:?} {window:?}");
        let viewport = Viewport { window, ..Viewport::all(WIDTH) };
        let scene = lay_out(&analysis, &arrangement, &viewport);
        let bars = scene.bars.iter().filter(|bar| !bar.is_outside);
        let mut drawn = BTreeSet::new();
        for bar in bars {
            assert!(drawn.insert((bar.stage, bar.index)), "twice: {bar:?}, {what}");
        }
        let visible = window.unwrap_or(TimeWindow::all(analysis.schedule.end));
        let expected = analysis
            .schedule
            .stages
            .iter()
            .enumerate()
            .flat_map(|(stage, run)| run.runs.iter().map(move |run| (stage, run)));
        let is_all = arrangement.filter.is_empty() || arrangement.rows == Rows::Lanes;
        let is_collapsed_stage = arrangement.collapsed.len() == 1;
        if is_all && (arrangement.filter.is_empty() || !is_collapsed_stage) {
            let expected =
                expected.filter(|(_, run)| run.start < visible.to && run.end > visible.from);
            let clustered: usize = scene.clusters.iter().map(|cluster| cluster.count).sum();
            assert_eq!(drawn.len() + clustered, expected.count(), "{what}");
        }
    }
}

#[test]
fn shapes_lie_in_the_plot_and_where_their_place_says() {
    let analysis = grid(6, 8, 4);
    let options = LayoutOptions::for_width(WIDTH);
    for (arrangement, window) in arrangements()
        .into_iter()
        .flat_map(|a| windows(&analysis).into_iter().map(move |w| (a.clone(), w)))
    {
        let viewport = Viewport { window, ..Viewport::all(WIDTH) };
        let picture = Picture::new(planned(&analysis), &arrangement);
        let scene = picture.layout(planned(&analysis), &viewport, &options);
        assert_eq!(picture.height(&options), scene.height);
        let (left, right) = (scene.plot_left, scene.plot_right);
        let is_in = |x: f64, width: f64| x >= left - 0.01 && x + width <= right + 3.01;
        for bar in &scene.bars {
            assert!(is_in(bar.x, bar.width), "{bar:?} in {left}..{right}");
            let at = (bar.stage, bar.index);
            let place = picture.bar_rect(planned(&analysis), &viewport, &options, at);
            let place = place.expect("what is drawn has a place");
            assert_eq!((place.y, place.height), (bar.y, bar.height), "{arrangement:?}");
            if !bar.is_outside && !bar.is_cut_left && !bar.is_cut_right {
                assert_eq!((place.x, place.width), (bar.x, bar.width), "{arrangement:?}");
            }
        }
        assert!(scene.clusters.iter().all(|shape| is_in(shape.x, shape.width)));
        assert!(scene.idle.iter().all(|shape| is_in(shape.x, shape.width)));
        assert!(scene.bands.iter().all(|band| is_in(band.span_x.0, band.span_x.1 - band.span_x.0)));
    }
}

#[test]
fn a_viewport_shows_the_same_as_the_whole_picture() {
    let analysis = grid(6, 20, 4);
    for arrangement in arrangements() {
        let all = lay_out(&analysis, &arrangement, &Viewport::all(WIDTH));
        for top in [0.0, 100.0, 700.0, all.height - 5.0] {
            let viewport = Viewport { top, height: 200.0, ..Viewport::all(WIDTH) };
            let part = lay_out(&analysis, &arrangement, &viewport);
            let is_in = |y: f64, height: f64| y + height > top && y < top + 200.0;
            let seen = |scene: &Scene| {
                let bars = scene.bars.iter().filter(|bar| is_in(bar.y, bar.height));
                let clusters = scene.clusters.iter().filter(|bar| is_in(bar.y, bar.height));
                let heads = scene.headers.iter().filter(|head| is_in(head.y, head.height));
                (
                    bars.cloned().collect::<Vec<_>>(),
                    clusters.cloned().collect::<Vec<_>>(),
                    heads.cloned().collect::<Vec<_>>(),
                )
            };
            assert_eq!(seen(&part), seen(&all), "{arrangement:?} from {top}");
        }
    }
}

#[test]
fn headers_say_how_many_are_found() {
    let analysis = grid(4, 4, 4);
    let arrangement = |rows: Rows, filter: &str| Arrangement {
        rows,
        filter: filter.to_owned(),
        ..Arrangement::default()
    };
    let text = |rows: Rows, filter: &str| {
        let scene = lay_out(&analysis, &arrangement(rows, filter), &Viewport::all(WIDTH));
        let bands = scene.bands.iter().map(|band| format!("{}: {}", band.title, band.detail));
        let heads = scene.headers.iter().map(|head| format!("{} {}", head.name, head.detail));
        bands.chain(heads).map(|text| text.trim().to_owned()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(
        text(Rows::Order, "I2"),
        "Ship: 4 of 16 deployments, 4 at a time; After: 0 of 1 deployment, one deployment"
    );
    assert_eq!(
        text(Rows::Services, "prod"),
        "Ship: 8 of 16 deployments, 4 at a time; After: 0 of 1 deployment, one deployment; \
         s0 2 of 4; s1 2 of 4; s2 2 of 4; s3 2 of 4"
    );
    assert_eq!(
        text(Rows::Targets, "ship"),
        "Ship: 4 × 4 = 16 deployments, 4 at a time; After: 0 of 1 deployment, one deployment; \
         Dev 8; i0 4; i1 4; Prod 8; i2 4; i3 4"
    );
    assert_eq!(
        text(Rows::Lanes, ""),
        "Ship: 4 × 4 = 16 deployments, 4 at a time; After: Custom; slot 1; slot 2; slot 3; \
         slot 4; slot 1"
    );
}

#[test]
fn keys_reach_every_row_and_come_back() {
    let analysis = grid(6, 8, 4);
    for arrangement in arrangements() {
        let picture = Picture::new(planned(&analysis), &arrangement);
        let go = |from, step| picture.neighbour(planned(&analysis), from, step);
        let Some(first) = go((0, 0), Direction::First) else { continue };
        let mut rows = vec![first];
        while let Some(next) = go(*rows.last().expect("not empty"), Direction::Down) {
            rows.push(next);
            assert!(rows.len() < 100, "{arrangement:?}: an end");
        }
        let scene = lay_out(&analysis, &arrangement, &Viewport::all(WIDTH));
        let lines: BTreeMap<i64, ()> = scene
            .bars
            .iter()
            .map(|bar| bar.y)
            .chain(scene.clusters.iter().map(|cluster| cluster.y))
            .map(|y| ((y * 100.0) as i64, ()))
            .collect();
        assert_eq!(rows.len(), lines.len(), "{arrangement:?}");
        let mut here = *rows.last().expect("not empty");
        while let Some(up) = go(here, Direction::Up) {
            here = up;
        }
        while let Some(left) = go(here, Direction::Left) {
            assert_eq!(go(left, Direction::Right), Some(here), "{arrangement:?}");
            here = left;
        }
        assert_eq!(here, first, "{arrangement:?}");
        let last = go(first, Direction::Last).expect("a last one");
        assert_eq!((go(last, Direction::Down), go(last, Direction::Right)), (None, None));
    }
}

#[test]
fn a_row_has_no_more_shapes_than_a_third_of_its_pixels() {
    let analysis = grid(100, 1_000, 40);
    let collapsed = Set::from([GroupId::Stage("ship".to_owned())]);
    for arrangement in [
        Arrangement { collapsed, ..Arrangement::default() },
        Arrangement { rows: Rows::Lanes, ..Arrangement::default() },
    ] {
        for window in windows(&analysis) {
            let viewport = Viewport { window, height: 720.0, ..Viewport::all(WIDTH) };
            let scene = lay_out(&analysis, &arrangement, &viewport);
            let mut per_row = BTreeMap::<i64, f64>::new();
            let bars = scene.bars.iter().map(|bar| bar.y);
            for y in bars.chain(scene.clusters.iter().map(|cluster| cluster.y)) {
                *per_row.entry(y as i64).or_default() += 1.0;
            }
            let most = (scene.plot_right - scene.plot_left) / 3.0;
            assert!(per_row.values().all(|count| *count <= most), "{per_row:?}");
        }
    }
}

#[test]
fn order_without_a_filter_shows_rows_whose_bar_is_at_another_time() {
    let analysis = grid(2, 4, 1);
    let window = Some(TimeWindow { from: Ms(0), to: Ms(30_000) });
    let viewport = Viewport { window, ..Viewport::all(WIDTH) };
    let scene = lay_out(&analysis, &Arrangement::default(), &viewport);
    let text: String = scene
        .bars
        .iter()
        .map(|bar| match (bar.is_outside, bar.is_cut_left, bar.is_cut_right) {
            (true, ..) => '.',
            (_, _, true) => '>',
            (_, true, _) => '<',
            _ => '=',
        })
        .collect();
    assert_eq!(text, "=>.......");
}

#[test]
fn bars_show_where_they_were() {
    let analysis = grid(2, 2, 2);
    let picture = Picture::new(planned(&analysis), &Arrangement::default());
    let options = LayoutOptions::for_width(WIDTH);
    let earlier = |stage: usize, index: usize| {
        (stage == 0 && index == 0).then_some((Ms(0), analysis.schedule.end))
    };
    let viewport = Viewport::all(WIDTH);
    let scene = picture.layout_with_ghosts(planned(&analysis), &viewport, &options, &earlier);
    assert_eq!(scene.bars[0].ghost, Some((scene.plot_left, scene.plot_right - scene.plot_left)));
    assert!(scene.bars[1..].iter().all(|bar| bar.ghost.is_none()));
}

#[test]
fn slots_show_when_they_have_nothing_to_do() {
    // 20 s, 27 s and 34 s in three slots: the first two wait for the stage's end.
    let analysis = grid(3, 1, 3);
    let arrangement = Arrangement { rows: Rows::Lanes, ..Arrangement::default() };
    let scene = lay_out(&analysis, &arrangement, &Viewport::all(WIDTH));
    let times = |idle: &deployline_timeline::IdleSlot| {
        (scene.scale.time(idle.x).0, scene.scale.time(idle.x + idle.width).0)
    };
    let idle: Vec<_> = scene.idle.iter().map(times).collect();
    assert_eq!(idle, [(20_000, 34_000), (27_000, 34_000)]);
}
