//! What a page around a plan sees of it.

use deployline_embed::{Plan, fence};
use deployline_engine::Failure;
use deployline_share::{LinkState, PlanSource, Text, write_payload};

const TEXT: &str = include_str!("../../../web/examples/scenario-2.yaml");

fn plan(text: &str) -> Plan {
    let mut plan = Plan::new();
    plan.set_text(text);
    plan
}

#[test]
fn a_checkbox_changes_the_text_and_says_why_it_cannot() {
    let mut plan = plan(TEXT);
    assert_eq!(plan.flip(0, false, true), None);
    assert_eq!(plan.text().len() + 1, TEXT.len(), "`false` has become `true`");
    assert!(plan.facts().contains("4 deployments, 1m"), "{}", plan.facts());
    let shared = "a: &a {values: [{serviceRef: S}, {serviceRef: T}]}\nstages:\n- stage: {type: Deployment, \
                  spec: {services: *a, environment: {environmentRef: E}}}\n";
    let mut plan = self::plan(shared);
    assert!(plan.flip(0, true, false).is_some(), "other places share the list");
    assert_eq!(plan.text(), shared);
    assert_eq!(plan.flip(7, true, false).as_deref(), Some("There is no such checkbox."));
}

#[test]
fn an_expression_is_chosen_in_the_picture_and_stays_in_the_text() {
    let text = TEXT.replace("parallel: false", "parallel: <+input>");
    let mut plan = plan(&text);
    let all_at_once = "4 deployments, 1m";
    assert!(plan.facts().contains(all_at_once), "{}", plan.facts());
    assert_eq!(plan.flip(0, false, false), None);
    assert!(!plan.facts().contains(all_at_once), "{}", plan.facts());
    assert_eq!(plan.text(), text);
}

#[test]
fn steps_are_drawn_where_they_are_asked_for() {
    let stage = "stage: {identifier: a, type: Custom, spec: {execution: {steps: [{step: {type: Http, name: First}}, \
                 {step: {type: Http, name: <b>Second</b>}}]}}}";
    let mut plan = plan(stage);
    let second = "&lt;b>Second&lt;/b>";
    let has_steps =
        |plan: &mut Plan| plan.rows(900.0, 0.0, 400.0).replace("&gt;", ">").contains(second);
    assert!(!has_steps(&mut plan));
    for (value, expected) in
        [(Some(""), true), (Some("false"), false), (Some("steps"), true), (None, false)]
    {
        assert_eq!(plan.set("steps", value.map(str::to_owned)), None);
        assert_eq!(has_steps(&mut plan), expected, "{value:?}");
    }
    let mistake = plan.set("steps", Some("all".into())).expect("it is neither");
    assert!(mistake.contains("`steps` takes true, false"), "{mistake}");
}

#[test]
fn options_are_those_of_a_fence() {
    let mut plan = plan(TEXT);
    assert_eq!(plan.set("durations", Some("S1=5m".into())), None);
    assert!(plan.facts().contains("4 deployments, 6m"), "{}", plan.facts());
    let mistake = plan.set("durations", Some("S1=soon".into())).expect("it is no duration");
    assert!(mistake.contains("`soon`"), "{mistake}");
    assert!(plan.facts().contains("4 deployments, 6m"), "nothing has changed");
    for (name, good, bad) in [("theme", "dark", "pink"), ("height", "300", "tall")] {
        assert_eq!(plan.set(name, Some(good.into())), None);
        assert!(plan.set(name, Some(bad.into())).expect("it is none").contains(bad));
    }
    assert_eq!(plan.set("durations", None), None);
    assert!(plan.facts().contains("4 deployments, 2m"), "{}", plan.facts());
}

#[test]
fn assumptions_are_set_and_taken_back() {
    let text = TEXT.replace("parallel: false", "parallel: <+input>");
    let mut plan = plan(&text);
    // All four at once, as the expression is drawn without a choice: 1m each.
    for (name, value, expected) in [
        ("fail", "deploy:3", "4 deployments, 1m"),
        ("account-limit", "1", "4 deployments, 4m"),
        ("assume", "parallel:deploy/targets=false account-limit=4", "4 deployments, 2m"),
        ("assume", "account-limit=3", "4 deployments, 2m"),
    ] {
        assert_eq!(plan.set(name, Some(value.into())), None, "{name}");
        assert!(plan.facts().contains(expected), "{name}: {}", plan.facts());
    }
    assert!(plan.json().contains("\"status\": \"failed\""), "{}", plan.json());
    for name in ["fail", "account-limit", "assume"] {
        assert_eq!(plan.set(name, None), None, "{name}");
    }
    assert!(plan.facts().contains("4 deployments, 1m"), "{}", plan.facts());
    assert!(!plan.json().contains("\"status\": \"failed\""), "{}", plan.json());
    // A text that comes later is planned with it, too.
    assert_eq!(plan.set("assume", Some("parallel:deploy/targets=false".into())), None);
    plan.set_text(&text);
    assert!(plan.facts().contains("4 deployments, 2m"), "{}", plan.facts());
    assert_eq!(plan.set("fail", Some("deploy:9".into())), None);
    assert!(plan.notes().contains("is assumed to fail, but the stage"), "{}", plan.notes());
}

#[test]
fn keys_lead_from_bar_to_bar_which_say_what_they_are() {
    let plan = plan(TEXT);
    let first = plan.neighbour(None, "ArrowRight");
    assert_eq!(first.as_deref(), Some("0 0"));
    assert_eq!(plan.neighbour(first.clone(), "ArrowRight").as_deref(), Some("0 1"));
    assert_eq!(plan.neighbour(first.clone(), "ArrowUp"), None);
    assert_eq!(plan.neighbour(first, "End").as_deref(), Some("0 3"));
    assert_eq!(plan.neighbour(None, "Tab"), None);
    let said = plan.describe("0 2").expect("there are four");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        ["3. S1 I2", "1m to 2m, takes 1m", "Starts at 1m: slot 1 was taken by S1 I1 until then."]
    );
    for nowhere in ["0 4", "1 0", "0", "", "x y"] {
        assert_eq!(plan.describe(nowhere), None, "{nowhere}");
    }
}

#[test]
fn a_failure_of_a_link_has_its_parts_and_their_names() {
    let text = "stage: {identifier: ask, type: Approval, failureStrategies: [{onFailure: {errors: [AllErrors], \
                action: {type: Retry, spec: {retryCount: 1, retryIntervals: [10s], onRetryFailure: {action: \
                {type: StageRollback}}}}}}]}\n";
    let mut source = PlanSource::default();
    source.texts.push(Text { name: String::new(), text: text.to_owned() });
    source.assumptions.failures.insert(("ask".to_owned(), 0), Failure::default());
    let mut plan = Plan::new();
    let link = LinkState { plan: source, ..LinkState::default() };
    assert_eq!(plan.read_link(&write_payload(&link)), None);
    let said = plan.describe("0 0").expect("there is one");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "1. ask",
            "0s to 2m 40s, takes 2m 40s, and fails",
            "Starts with the pipeline. Its bar: 1m of work, retried once after 10s, then rolled back: 30s.",
        ]
    );
    let rows = plan.rows(600.0, 0.0, plan.height(600.0));
    for drawn in ["dl-part dl-work", "dl-part dl-retry", "dl-part dl-rollback", ">rollback</text>"]
    {
        assert!(rows.contains(drawn), "{drawn}: {rows}");
    }
}

#[test]
fn a_name_stays_in_its_line() {
    let plan = plan(r#"stage: {name: "A\nsk\u001b\0", identifier: ask, type: Approval}"#);
    let said = plan.describe("0 0").expect("there is one");
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines, ["1. Ask", "0s to 1m, takes 1m", "Starts with the pipeline."]);
}

#[test]
fn a_link_carries_it_and_a_damaged_one_changes_nothing() {
    let mut plan = plan(TEXT);
    plan.set("view", Some("lanes".into()));
    plan.set("duration", Some("5m".into()));
    let mut other = Plan::new();
    assert_eq!(other.read_link(&plan.write_link()), None);
    assert_eq!((other.text(), other.facts()), (plan.text(), plan.facts()));
    assert_eq!(other.rows(600.0, 0.0, 900.0), plan.rows(600.0, 0.0, 900.0));
    assert!(other.read_link(b"nothing").is_some());
    assert_eq!(other.text(), plan.text());
}

#[test]
fn answers_of_a_link_are_carried_on_and_a_note_says_that_they_are_left_out() {
    let link = br#"{"plan":{"texts":[{"text":"stage: {name: Ask, type: Approval}"}],"answers":[{"name":"a","text":"1"}]}}"#;
    let mut plan = Plan::new();
    assert_eq!(plan.read_link(link), None);
    assert!(plan.notes().contains("drawn without these answers"), "{}", plan.notes());
    assert_eq!(String::from_utf8_lossy(&plan.write_link()), String::from_utf8_lossy(link));
    plan.set_text(TEXT);
    assert_eq!(plan.notes(), "", "they were those of the text before");
}

#[test]
fn a_note_names_the_numbers_of_a_link_that_are_out_of_bounds() {
    let mut plan = Plan::new();
    assert_eq!(plan.read_link(br#"{"plan":{"texts":[{"text":""}],"duration":-5}}"#), None);
    assert!(
        plan.notes().contains("<code>duration</code> is -5 in the link, expected"),
        "{}",
        plan.notes()
    );
    plan.set_text(TEXT);
    assert_eq!(plan.notes(), "", "it was about the text before");
}

#[test]
fn rows_are_those_in_sight_and_name_their_deployment() {
    let plan = plan("stage: {name: '<b>', type: X, strategy: {parallelism: 1000}}");
    let rows = plan.rows(600.0, 12_000.0, 240.0);
    let count = rows.matches("data-at=").count();
    assert!((10..=12).contains(&count), "{count}");
    assert!(rows.contains("data-at=\"0 499\""), "{rows}");
    roxmltree::Document::parse(&rows).expect("well-formed");
    roxmltree::Document::parse(&plan.axis(600.0)).expect("well-formed");
    assert!(!plan.table().contains("<b>"));
}

#[test]
fn a_fence_is_the_same_as_everywhere() {
    let made = fence(TEXT, "view=lanes");
    assert_eq!(made.html(), deployline_export::fence(TEXT, "view=lanes").html);
    assert_eq!(made.mistakes(), "");
}
