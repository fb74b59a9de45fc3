//! Links that were written by version 1 still open.
#![cfg(feature = "deflate")]

use deployline_engine::{
    AccountPlan, Assumptions, AxisName, DeploymentId, DurationKey, Failure, MAX_DURATION, Ms,
};
use deployline_planner::Inputs;
use deployline_share::{
    LinkError, LinkState, OpenedLink, PlanSource, Text, View, read_link, read_payload,
};
use deployline_timeline::{Arrangement, ColorBy, GroupId, Rows, TimeWindow};

const TEXT: &str = include_str!("v1/text.txt");
const EVERYTHING: &str = include_str!("v1/everything.txt");
const OTHER_VIEW: &str = include_str!("v1/other-view.txt");

fn open(link: &str) -> LinkState {
    let opened = read_link(link.trim_end()).expect("it is whole").expect("it is a link");
    opened.state
}

fn text(name: &str, text: &str) -> Text {
    Text { name: name.into(), text: text.into() }
}

fn everything() -> LinkState {
    let name = str::to_owned;
    let (stage, cart, prod, eu) = (name("deploy"), name("cart"), name("prod"), name("eu-1"));
    let assumptions = Assumptions {
        duration: Ms(90_000),
        durations: [
            (DurationKey::Stage(stage.clone()), Ms(1)),
            (DurationKey::Infrastructure(eu.clone()), Ms(2)),
            (DurationKey::Target(prod.clone(), eu.clone()), Ms(3)),
            (DurationKey::Service(cart.clone()), Ms(4)),
            (DurationKey::ServiceInfrastructure(cart.clone(), eu.clone()), Ms(5)),
            (DurationKey::ServiceTarget(cart.clone(), prod.clone(), eu.clone()), Ms(6)),
            // Written as the greatest number there is.
            (DurationKey::Deployment(stage.clone(), 7), MAX_DURATION),
        ]
        .into(),
        uneven: Some(u64::MAX),
        account_plan: AccountPlan::Enterprise,
        account_limit: Some(3),
        failures: [
            ((stage.clone(), 2), Failure::default()),
            ((name("a\tb\nc\\d"), u32::MAX), Failure::default()),
        ]
        .into(),
        ..Assumptions::default()
    };
    let plan = PlanSource {
        texts: vec![
            text("shop.yaml", "pipeline:\n  name: größe \"x\"\r\n  stages: []\n"),
            text("", "service: {identifier: cart}\n"),
        ],
        inputs: Inputs {
            parallel: [
                ((stage.clone(), AxisName::Services), true),
                ((stage, AxisName::Targets), false),
            ]
            .into(),
            ..Inputs::default()
        },
        answers: [
            (name("deploy.services"), name("a, b")),
            (name("tab\there"), name("line\nbreak \\ 🚀")),
        ]
        .into(),
        assumptions,
    };
    let pinned = PlanSource {
        texts: vec![text("shop.yaml", "pipeline: {}")],
        inputs: Inputs {
            parallel: [((name("x"), AxisName::Services), false)].into(),
            ..Inputs::default()
        },
        ..PlanSource::default()
    };
    let group = name("s");
    let view = View {
        arrangement: Arrangement {
            rows: Rows::Targets,
            color_by: ColorBy::Status,
            shows_steps: false,
            collapsed: [
                GroupId::Stage(group.clone()),
                GroupId::Service { stage: group.clone(), service: cart },
                GroupId::Environment { stage: group.clone(), environment: prod.clone() },
                GroupId::Infrastructure { stage: group, environment: prod, infrastructure: eu },
            ]
            .into(),
            filter: name("ca"),
        },
        window: Some(TimeWindow { from: Ms(1_000), to: Ms(60_000) }),
        shows_critical_path: true,
        is_waves: true,
        selection: Some(DeploymentId { stage: 1, index: 2 }),
    };
    LinkState { plan, pinned: Some(pinned), view }
}

#[test]
fn a_text_alone_opens() {
    let yaml = include_str!("v1/text.yaml");
    let plan = PlanSource { texts: vec![text("two-regions.yaml", yaml)], ..PlanSource::default() };
    assert_eq!(open(TEXT), LinkState { plan, ..LinkState::default() });
}

#[test]
fn every_part_of_the_state_opens() {
    assert_eq!(open(EVERYTHING), everything());
    let arrangement =
        Arrangement { rows: Rows::Lanes, color_by: ColorBy::Environment, ..Arrangement::default() };
    let view = View { arrangement, ..View::default() };
    assert_eq!(open(OTHER_VIEW), LinkState { view, ..LinkState::default() });
}

#[test]
fn a_cut_or_changed_link_is_damaged() {
    let link = EVERYTHING.trim_end();
    for at in 3..link.len() {
        assert_eq!(read_link(&link[..at]), Err(LinkError::Damaged), "cut at {at}");
        let other = if &link[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &link[..at], &link[at + 1..]);
        // The last bits may say nothing, and then changing them does no harm.
        let read = read_link(&changed);
        let state = read.map(|opened| opened.map(|opened| opened.state));
        assert!(state == Err(LinkError::Damaged) || state == Ok(Some(everything())), "at {at}");
    }
}

#[test]
fn lines_that_are_not_known_are_passed_over() {
    let state = read_payload(b"276f8101\nnew-thing\t1\nwaves\nduration\t5\n\n");
    let state = state.expect("it is whole").state;
    assert!(state.view.is_waves);
    assert_eq!(state.plan.assumptions.duration, Ms(5));
}

#[test]
fn numbers_have_the_bounds_of_typed_ones() {
    let lines = "duration\t-5\naccount-limit\t0\nfails\ts\t4294967296\ntakes\t1.5\tstage\ts\n\n";
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(lines.as_bytes());
    let payload = format!("{checksum:08x}\n{lines}");
    let OpenedLink { state, note } = read_payload(payload.as_bytes()).expect("it is whole");
    let assumptions = Assumptions {
        duration: Ms(0),
        durations: [(DurationKey::Stage("s".into()), Ms(1))].into(),
        ..Assumptions::default()
    };
    assert_eq!(state.plan.assumptions, assumptions);
    let note = note.expect("it says what it changed");
    assert!(note.starts_with("`duration` is -5 in the link, expected"), "{note}");
    assert!(note.ends_with("More of its values were out of bounds."), "{note}");
}
