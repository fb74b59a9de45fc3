//! Every state comes back as it was, and damaged links are errors.

use deployline_engine::{
    AccountPlan, Assumptions, AxisName, DeploymentId, DurationKey, ErrorType, Failure,
    MAX_DURATION, Ms, PartialRun,
};
use deployline_map::Set;
use deployline_planner::Inputs;
use deployline_share::{
    LinkError, LinkState, OpenedLink, PlanSource, Text, View, read_fragment, read_payload,
    write_fragment, write_payload,
};
use deployline_timeline::{Arrangement, ColorBy, GroupId, Rows, TimeWindow};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Names, also with characters that JSON escapes.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z@/:#=. -]{0,8}", "[\\\\\"/\t\n\r\u{0}tn🚀]{0,6}", any::<String>()]
}

fn duration_key() -> impl Strategy<Value = DurationKey> {
    prop_oneof![
        name().prop_map(DurationKey::Stage),
        name().prop_map(DurationKey::Infrastructure),
        (name(), name()).prop_map(|(a, b)| DurationKey::Target(a, b)),
        name().prop_map(DurationKey::Service),
        (name(), name()).prop_map(|(a, b)| DurationKey::ServiceInfrastructure(a, b)),
        (name(), name(), name()).prop_map(|(a, b, c)| DurationKey::ServiceTarget(a, b, c)),
        (name(), any::<u32>()).prop_map(|(a, index)| DurationKey::Deployment(a, index)),
    ]
}

fn duration() -> impl Strategy<Value = Ms> {
    (0..=MAX_DURATION.0).prop_map(Ms)
}

fn failure() -> impl Strategy<Value = Failure> {
    let error = select(&["AllErrors", "Timeout", "RetryableTransientFailure"]);
    (error, option::of(name()), option::of(1..=u32::MAX)).prop_map(|(error, step, succeeds_at)| {
        Failure { error: ErrorType::from_name(error).expect("a name"), step, succeeds_at }
    })
}

fn assumptions() -> impl Strategy<Value = Assumptions> {
    let durations = btree_map(duration_key(), duration(), 0..5);
    let failures = btree_map((name(), any::<u32>()), failure(), 0..3);
    let rollback = option::of(duration());
    let (uneven, limit) = (option::of(any::<u64>()), option::of(1..u32::MAX));
    let plan = select(AccountPlan::ALL.to_vec());
    let lengths = || btree_map((name(), name()), duration(), 0..3);
    let waits = (lengths(), lengths(), any::<bool>());
    (duration(), durations, uneven, plan, limit, failures, rollback, waits).prop_map(
        |(duration, durations, uneven, account_plan, account_limit, failures, rollback, waits)| {
            Assumptions {
                duration,
                durations: durations.into_iter().collect(),
                uneven,
                account_plan,
                account_limit,
                failures: failures.into_iter().collect(),
                rollback,
                waits: waits.0.into_iter().collect(),
                step_durations: waits.1.into_iter().collect(),
                barrier_in_loops: waits.2,
            }
        },
    )
}

fn source() -> impl Strategy<Value = PlanSource> {
    let axis = prop_oneof![Just(AxisName::Services), Just(AxisName::Targets)];
    let parallel = btree_map((name(), axis), any::<bool>(), 0..3);
    let text = (name(), any::<String>()).prop_map(|(name, text)| Text { name, text });
    let answers = btree_map(name(), name(), 0..3);
    let conditions = btree_map(name(), any::<bool>(), 0..3);
    let flags = (proptest::option::of(any::<bool>()), any::<bool>(), any::<bool>());
    let stages = || vec(name(), 1..4).prop_map(|stages| stages.into_iter().collect());
    let partial = (proptest::option::of(stages()), prop_oneof![Just(Set::new()), stages()]);
    let partial = partial.prop_map(|(chosen, rerun_from)| PartialRun { chosen, rerun_from });
    let inputs = (parallel, conditions, flags, partial);
    (vec(text, 0..4), inputs, answers, assumptions()).prop_map(
        |(texts, (parallel, conditions, flags, partial), answers, assumptions)| PlanSource {
            texts,
            inputs: Inputs {
                parallel: parallel.into_iter().collect(),
                conditions: conditions.into_iter().collect(),
                dag: flags.0,
                is_v1_default_parallel: flags.1,
                needs_as_dag: flags.2,
                partial,
                ..Inputs::default()
            },
            answers: answers.into_iter().collect(),
            assumptions,
        },
    )
}

fn group() -> impl Strategy<Value = GroupId> {
    prop_oneof![
        name().prop_map(GroupId::Stage),
        (name(), name()).prop_map(|(stage, service)| GroupId::Service { stage, service }),
        (name(), name())
            .prop_map(|(stage, environment)| GroupId::Environment { stage, environment }),
        (name(), name(), name()).prop_map(|(stage, environment, infrastructure)| {
            GroupId::Infrastructure { stage, environment, infrastructure }
        }),
    ]
}

fn view() -> impl Strategy<Value = View> {
    let rows = prop_oneof![
        Just(Rows::Order),
        Just(Rows::Lanes),
        Just(Rows::Services),
        Just(Rows::Targets)
    ];
    let color =
        prop_oneof![Just(ColorBy::Service), Just(ColorBy::Environment), Just(ColorBy::Status)];
    let collapsed = btree_set(group(), 0..4);
    let arrangement = (rows, color, collapsed, name(), any::<bool>()).prop_map(
        |(rows, color_by, collapsed, filter, shows_steps)| {
            let collapsed = collapsed.into_iter().collect();
            Arrangement { rows, color_by, collapsed, filter, shows_steps }
        },
    );
    let window = option::of((0..u64::MAX, 1..u64::MAX)).prop_map(|window| {
        let (from, length) = window?;
        Some(TimeWindow { from: Ms(from), to: Ms(from.saturating_add(length)) })
    });
    let at = option::of((any::<u32>(), any::<u32>()))
        .prop_map(|at| at.map(|(stage, index)| DeploymentId { stage, index }));
    (arrangement, window, any::<bool>(), any::<bool>(), at).prop_map(
        |(arrangement, window, shows_critical_path, is_waves, selection)| View {
            arrangement,
            window,
            shows_critical_path,
            is_waves,
            selection,
        },
    )
}

fn state() -> impl Strategy<Value = LinkState> {
    (source(), option::of(source()), view()).prop_map(|(plan, pinned, view)| LinkState {
        plan,
        pinned,
        view,
    })
}

fn with_text(text: &str) -> LinkState {
    let text = Text { name: String::new(), text: text.to_owned() };
    LinkState {
        plan: PlanSource { texts: vec![text], ..PlanSource::default() },
        ..LinkState::default()
    }
}

proptest! {
    #[test]
    fn every_state_comes_back(state in state()) {
        let opened = read_payload(&write_payload(&state));
        prop_assert_eq!(opened, Ok(OpenedLink { state, note: None }));
    }

    #[test]
    fn a_changed_or_missing_byte_of_a_fragment_is_noticed(
        deflated in vec(any::<u8>(), 0..300),
        at in any::<prop::sample::Index>(),
        digit in "[A-Za-z0-9_=%-]",
    ) {
        let fragment = write_fragment(&deflated);
        // Behind `v2.`.
        let at = 3 + at.index(fragment.len() - 3);
        let changed = format!("{}{digit}{}", &fragment[..at], &fragment[at + 1..]);
        prop_assume!(changed != fragment);
        prop_assert_eq!(read_fragment(&changed), Err(LinkError::Damaged));
        prop_assert_eq!(read_fragment(&fragment[..at]), Err(LinkError::Damaged));
        prop_assert_eq!(read_fragment(&fragment), Ok(Some(deflated)));
    }

    #[test]
    fn no_bytes_and_no_fragment_do_harm(bytes in vec(any::<u8>(), 0..300), text in any::<String>()) {
        prop_assert_eq!(read_payload(&bytes), Err(LinkError::Damaged));
        for fragment in [text.clone(), format!("#v1.{text}"), format!("#v2.{text}")] {
            let _ = read_fragment(&fragment);
        }
    }
}

#[test]
fn a_text_alone_is_little_more_than_the_text() {
    let payload = write_payload(&with_text("pipeline: {}"));
    let expected = r#"{"plan":{"texts":[{"text":"pipeline: {}"}]}}"#;
    assert_eq!(String::from_utf8_lossy(&payload), expected);
}

#[test]
fn fields_that_a_later_program_adds_are_passed_over() {
    let payload = br#"{"new":[{}],"view":{"waves":true,"sound":"loud"},"plan":{"duration":5}}"#;
    let OpenedLink { state, .. } = read_payload(payload).expect("it is whole");
    assert!(state.view.is_waves);
    assert_eq!(state.plan.assumptions.duration, Ms(5));
}

#[test]
fn words_that_a_later_program_adds_are_those_by_default() {
    let payload =
        br#"{"plan":{"duration":5,"accountPlan":"gold"},"view":{"rows":"pie","color":"owner","filter":"cart"}}"#;
    let LinkState { plan, view, .. } = read_payload(payload).expect("it is whole").state;
    let assumptions = Assumptions { duration: Ms(5), ..Assumptions::default() };
    assert_eq!(plan.assumptions, assumptions);
    let arrangement = Arrangement { filter: "cart".into(), ..Arrangement::default() };
    assert_eq!(view.arrangement, arrangement);
}

#[test]
fn numbers_have_the_bounds_of_typed_ones() {
    let payload = br#"{"plan":{"duration":18446744073709551615,"accountLimit":4294967296,
        "durations":[{"service":"cart","ms":18446744073709551615},
            {"stage":"deploy","index":-1,"ms":5}],
        "failures":[{"stage":"deploy","index":4294967296}]},
        "pinned":{"accountLimit":0},"view":{"from":7,"to":7,"selectedStage":0,"selectedIndex":0.5}}"#;
    let OpenedLink { state, note } = read_payload(payload).expect("it is whole");
    let LinkState { plan, pinned, view } = state;
    let bounded = Assumptions {
        duration: MAX_DURATION,
        durations: [(DurationKey::Service("cart".into()), MAX_DURATION)].into(),
        account_limit: Some(u32::MAX),
        ..Assumptions::default()
    };
    assert_eq!(plan.assumptions, bounded, "the nearest position is that of another deployment");
    assert_eq!(pinned, Some(PlanSource::default()), "a run that lets none start never ends");
    assert_eq!((view.window, view.selection), (None, None));
    let note = note.expect("it says what it changed");
    let first = "`duration` is 18446744073709551615 in the link, expected a whole number from 0 to \
                 3153600000000: 3153600000000 is used. ";
    assert!(note.starts_with(first), "{note}");
    assert!(note.ends_with(": none is used. More of its values were out of bounds."), "{note}");
}

#[test]
fn a_number_out_of_bounds_is_bounded_and_named() {
    const MAX: Ms = MAX_DURATION;
    for (number, duration, shown) in [
        ("-1", Ms(0), "-1"),
        ("-18446744073709551616", Ms(0), "-18446744073709551615"),
        ("1.5", Ms(1), "1.…"),
        ("-0.0001", Ms(0), "-0.…"),
        ("1e-400", Ms(0), ""),
        ("1e3", Ms(1_000), ""),
        ("-0", Ms(0), ""),
        ("3153600000000", MAX, ""),
        ("3153600000001", MAX, "3153600000001"),
        ("18446744073709551616", MAX, "18446744073709551615"),
        ("1e300", MAX, "18446744073709551615"),
    ] {
        let payload = format!(r#"{{"plan":{{"duration":{number}}}}}"#);
        let OpenedLink { state, note } = read_payload(payload.as_bytes()).expect("it is whole");
        assert_eq!(state.plan.assumptions.duration, duration, "{number}");
        let expected = (!shown.is_empty()).then(|| {
            format!(
                "`duration` is {shown} in the link, expected a whole number from 0 to 3153600000000: \
                 {} is used.",
                duration.0
            )
        });
        assert_eq!(note, expected, "{number}");
    }
    for number in ["0", "-3"] {
        let payload = format!(r#"{{"plan":{{"accountLimit":{number}}}}}"#);
        let OpenedLink { state, note } = read_payload(payload.as_bytes()).expect("it is whole");
        assert_eq!(state, LinkState::default());
        let expected = format!(
            "`accountLimit` is {number} in the link, expected a whole number from 1 to 4294967295: \
             none is used."
        );
        assert_eq!(note, Some(expected));
    }
}

#[test]
fn lists_are_read_up_to_a_limit() {
    let texts = vec![r#"{"text":""}"#; 10_001].join(",");
    let payload = format!(r#"{{"plan":{{"texts":[{texts}]}}}}"#);
    let OpenedLink { state, note } = read_payload(payload.as_bytes()).expect("it is whole");
    assert_eq!(state.plan.texts.len(), 10_000);
    let expected = "`texts` has 10001 items in the link: the first 10000 are read.";
    assert_eq!(note.as_deref(), Some(expected));
}

#[test]
fn values_that_are_no_part_of_a_plan_are_refused() {
    for payload in [
        r#"{"plan":{"duration":"5m"}}"#,
        r#"{"plan":{"texts":[{}]}}"#,
        r#"{"plan":{"durations":[{"ms":5}]}}"#,
        r#"{"plan":{"durations":[{"environment":"prod","ms":5}]}}"#,
        r#"{"plan":{"failures":[{"stage":"deploy"}]}}"#,
        r#"{"view":{"folded":[{"stage":"deploy","infrastructure":"eu-1"}]}}"#,
        r#"{"view":{"rows":1}}"#,
        r#"{"view":{"from":1}}"#,
        r#"{"view":{"selectedStage":1}}"#,
        r#"{"plan":{}"#,
        r#"{}{}"#,
        "[]",
    ] {
        assert_eq!(read_payload(payload.as_bytes()), Err(LinkError::Damaged), "{payload}");
    }
}

#[test]
fn what_nests_without_end_is_refused() {
    let payload = format!("{{\"new\":{}", "[".repeat(1 << 20));
    assert_eq!(read_payload(payload.as_bytes()), Err(LinkError::Damaged));
}

#[cfg(feature = "deflate")]
mod links {
    use deployline_share::{MAX_PAYLOAD_BYTES, read_link, write_link};

    use super::*;

    proptest! {
        #[test]
        fn every_link_comes_back(state in state()) {
            let opened = read_link(&write_link(&state));
            prop_assert_eq!(opened, Ok(Some(OpenedLink { state, note: None })));
        }
    }

    #[test]
    fn a_link_that_unfolds_without_end_is_too_large() {
        let link = write_link(&with_text(&" ".repeat(MAX_PAYLOAD_BYTES + 1)));
        assert!(link.len() < 20_000, "it is short: {}", link.len());
        assert_eq!(read_link(&link), Err(LinkError::TooLarge));
    }

    #[test]
    fn errors_say_what_to_do() {
        for (link, expected) in [
            (
                "#v7.abc",
                "This link is of version 7, which is newer than this page. Reload the page",
            ),
            ("#v2.abc", "This link is damaged: a part of it is missing or changed. Copy it again"),
            ("#v2.", "This link is damaged"),
            ("#v1.", "This link is damaged"),
        ] {
            let error = read_link(link).expect_err("it is no whole link").to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        for other in
            ["", "#", "#v", "#vx.a", "#v.a", "#v0.a", "#v+2.a", "#vision.a", "#v99999999999.a"]
        {
            assert_eq!(read_link(other), Ok(None), "{other}");
        }
    }
}
