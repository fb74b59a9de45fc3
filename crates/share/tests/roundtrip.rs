//! Every state comes back as it was, and whatever is no link is an error.

use deployline_engine::{Assumptions, At, AxisName, DurationKey, Ms};
use deployline_planner::Inputs;
use deployline_share::{LinkError, Look, Shared, Source, Text, deflated, read, write};
use deployline_timeline::{Arrangement, ColorBy, GroupId, Rows, TimeWindow};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

/// Names with what the format itself is made of.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z@/:#=. -]{0,8}", "[\\\\\t\n\r\u{0}tn🚀]{0,6}", any::<String>()]
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

fn assumptions() -> impl Strategy<Value = Assumptions> {
    let durations = btree_map(duration_key(), any::<u64>().prop_map(Ms), 0..5);
    let failures = btree_set((name(), any::<u32>()), 0..3);
    let (uneven, limit) = (option::of(any::<u64>()), option::of(1..u32::MAX));
    (any::<u64>().prop_map(Ms), durations, uneven, limit, failures).prop_map(
        |(duration, durations, uneven, account_limit, failures)| Assumptions {
            duration,
            durations: durations.into_iter().collect(),
            uneven,
            account_limit,
            failures: failures.into_iter().collect(),
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    let axis = prop_oneof![Just(AxisName::Services), Just(AxisName::Targets)];
    let parallel = btree_map((name(), axis), any::<bool>(), 0..3);
    let text = (name(), any::<String>()).prop_map(|(name, text)| Text { name, text });
    let answers = btree_map(name(), name(), 0..3);
    (vec(text, 0..4), parallel, answers, assumptions()).prop_map(
        |(texts, parallel, answers, assumptions)| Source {
            texts,
            inputs: Inputs { parallel: parallel.into_iter().collect() },
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

fn look() -> impl Strategy<Value = Look> {
    let rows = prop_oneof![
        Just(Rows::Order),
        Just(Rows::Lanes),
        Just(Rows::Services),
        Just(Rows::Targets)
    ];
    let color =
        prop_oneof![Just(ColorBy::Service), Just(ColorBy::Environment), Just(ColorBy::Status)];
    let collapsed = btree_set(group(), 0..4);
    let arrangement =
        (rows, color, collapsed, name()).prop_map(|(rows, color_by, collapsed, filter)| {
            Arrangement { rows, color_by, collapsed: collapsed.into_iter().collect(), filter }
        });
    let window = option::of((any::<u64>(), any::<u64>()))
        .prop_map(|window| window.map(|(from, to)| TimeWindow { from: Ms(from), to: Ms(to) }));
    let at = option::of((any::<u32>(), any::<u32>()))
        .prop_map(|at| at.map(|(stage, index)| At { stage, index }));
    (arrangement, window, any::<bool>(), any::<bool>(), at).prop_map(
        |(arrangement, window, shows_critical_path, is_waves, selection)| Look {
            arrangement,
            window,
            shows_critical_path,
            is_waves,
            selection,
        },
    )
}

fn shared() -> impl Strategy<Value = Shared> {
    (source(), option::of(source()), look()).prop_map(|(plan, pinned, look)| Shared {
        plan,
        pinned,
        look,
    })
}

proptest! {
    #[test]
    fn every_state_comes_back(shared in shared()) {
        prop_assert_eq!(read(&write(&shared)), Ok(shared));
    }

    #[test]
    fn a_changed_or_missing_byte_is_noticed(
        shared in shared(),
        at in any::<prop::sample::Index>(),
        change in 1..=255_u8,
    ) {
        let bytes = write(&shared);
        let at = at.index(bytes.len());
        let mut changed = bytes.clone();
        changed[at] ^= change;
        prop_assert_eq!(read(&changed), Err(LinkError::Damaged));
        prop_assert_eq!(read(&bytes[..at]), Err(LinkError::Damaged));
    }

    #[test]
    fn no_bytes_and_no_fragment_do_harm(bytes in vec(any::<u8>(), 0..300), text in any::<String>()) {
        prop_assert_eq!(read(&bytes), Err(LinkError::Damaged));
        let _ = deflated(&text);
        let _ = deflated(&format!("#v1.{text}"));
    }
}

#[test]
fn a_text_alone_is_little_more_than_the_text() {
    let text = Text { name: String::new(), text: "pipeline: {}".into() };
    let plan = Source { texts: vec![text], ..Source::default() };
    let bytes = write(&Shared { plan, ..Shared::default() });
    assert_eq!(String::from_utf8_lossy(&bytes), "cc6215fa\ntext\t12\t\n\npipeline: {}");
}

#[test]
fn a_line_that_a_later_program_adds_is_passed_over() {
    let bytes = b"276f8101\nnew-thing\t1\nwaves\nduration\t5\n\n";
    let shared = read(bytes).expect("it is whole");
    assert!(shared.look.is_waves);
    assert_eq!(shared.plan.assumptions.duration, Ms(5));
}

#[test]
fn a_run_that_lets_none_start_is_no_state() {
    let assumptions = Assumptions { account_limit: Some(0), ..Assumptions::default() };
    let plan = Source { assumptions, ..Source::default() };
    let bytes = write(&Shared { plan, ..Shared::default() });
    assert_eq!(read(&bytes), Err(LinkError::Damaged));
}

#[cfg(feature = "deflate")]
mod links {
    use deployline_share::{MOST_BYTES, from_link, link};

    use super::*;

    proptest! {
        #[test]
        fn every_link_comes_back(shared in shared()) {
            prop_assert_eq!(from_link(&link(&shared)), Ok(Some(shared)));
        }

        #[test]
        fn a_damaged_link_says_so(
            shared in shared(),
            at in any::<prop::sample::Index>(),
            digit in "[A-Za-z0-9_=%-]",
        ) {
            let link = link(&shared);
            // Behind `v1.`.
            let at = 3 + at.index(link.len() - 3);
            let changed = format!("{}{digit}{}", &link[..at], &link[at + 1..]);
            prop_assume!(changed != link);
            // The last bits may say nothing, and then changing them does no harm.
            let read = from_link(&changed);
            prop_assert!(read == Err(LinkError::Damaged) || read == Ok(Some(shared)));
            prop_assert_eq!(from_link(&link[..at]), Err(LinkError::Damaged));
        }
    }

    #[test]
    fn a_link_that_unfolds_without_end_is_too_large() {
        let text = Text { name: String::new(), text: " ".repeat(MOST_BYTES + 1) };
        let plan = Source { texts: vec![text], ..Source::default() };
        let link = link(&Shared { plan, ..Shared::default() });
        assert!(link.len() < 20_000, "it is short: {}", link.len());
        assert_eq!(from_link(&link), Err(LinkError::TooLarge));
    }

    #[test]
    fn errors_say_what_to_do() {
        for (link, expected) in [
            (
                "#v7.abc",
                "This link is of version 7, which is newer than this page. Reload the page",
            ),
            ("#v1.abc", "This link is damaged: a part of it is missing or changed. Copy it again"),
            ("#v1.", "This link is damaged"),
        ] {
            let error = from_link(link).expect_err("it is no whole link").to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        for other in ["", "#", "#v", "#vx.a", "#v.a", "#vision.a", "#top", "#v99999999999.a"] {
            assert_eq!(from_link(other), Ok(None), "{other}");
        }
    }
}
