//! Components rendered to HTML without a browser.

use std::rc::Rc;

use deployline_engine::{DeploymentId, DurationKey, ErrorType, Failure, Ms};
use deployline_inputs::{Field, OpenInput, Origin};
use deployline_span::Span;
use yew::LocalServerRenderer;
use yew::prelude::*;

use super::assumptions::{AssumptionsPanel, AssumptionsProps};
use super::dependencies::{Dependencies, DependenciesProps};
use super::details::{DetailsProps, SelectionDetails};
use super::failure_fields::{FailureFields, FailureFieldsProps};
use super::input_field::{InputField, InputFieldProps};
use super::migrated::{MigratedText, MigratedTextProps};
use super::notice_bar::{NoticeBar, NoticeProps};
use super::order::{OrderInWords, OrderProps};
use super::panels::{PanelTabs, PanelTabsProps};
use super::problems::{Problems, ProblemsProps};
use super::stage_cards::{StageCards, StageCardsProps};
use super::status::{Status, StatusProps};
use super::table::{DeploymentTable, TableProps};
use crate::derived::{Derived, Shared};
use crate::source::Source;
use crate::state::{Notice, Panel};

fn derived(text: &str) -> Shared<Derived> {
    derived_from(&Source { text: text.into(), ..Source::default() })
}

fn derived_from(source: &Source) -> Shared<Derived> {
    Shared(Rc::new(Derived::new(source, false)))
}

async fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
{
    LocalServerRenderer::<C>::with_props(props).hydratable(false).render().await
}

async fn cards(spec: &str, is_stale: bool) -> String {
    let derived = derived(&format!("spec:\n  {spec}\n"));
    render::<StageCards>(StageCardsProps { derived, is_stale }).await
}

const ONE_TARGET: &str =
    "environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}";
const TWO_SERVICES: &str = "services: {values: [{serviceRef: A}, {serviceRef: B}]}";

#[tokio::test(flavor = "current_thread")]
async fn a_card_counts_and_offers_what_applies() {
    let html = cards(&format!("{TWO_SERVICES}\n  {ONE_TARGET}"), false).await;
    assert!(html.contains("2 services × 1 target = 2 deployments"), "{html}");
    assert!(html.contains("Max concurrency <strong>2</strong>"), "{html}");
    assert!(html.contains("One infrastructure: nothing to run in parallel."), "{html}");
    assert!(html.contains("parallel where <code>metadata</code> says nothing."), "{html}");
    assert_eq!(html.matches("disabled=\"disabled\"").count(), 1, "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn nothing_can_be_flipped_while_the_picture_is_old() {
    let html = cards(&format!("{TWO_SERVICES}\n  {ONE_TARGET}"), true).await;
    assert_eq!(html.matches("Fix the YAML errors first.").count(), 2, "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_group_beside_services_says_why_it_is_parallel() {
    let group = "environmentGroup: {envGroupRef: G, metadata: {parallel: false}, environments: \
                 [{environmentRef: E, infrastructureDefinitions: [{identifier: I}]}]}";
    let html = cards(&format!("{TWO_SERVICES}\n  {group}"), false).await;
    assert!(html.contains("An environment group beside a list of services"), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn names_are_text_and_never_markup() {
    let name = "<img src=x onerror=alert(1)>";
    let spec = format!("service: {{serviceRef: \"{name}\"}}\n  {ONE_TARGET}");
    let derived = derived(&format!("spec:\n  {spec}\n"));
    let order = render::<OrderInWords>(OrderProps { derived: derived.clone() }).await;
    let table = TableProps { derived, on_select: Callback::noop() };
    let table = render::<DeploymentTable>(table).await;
    for html in [order, table] {
        assert!(!html.contains("<img"), "{html}");
        assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{html}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn the_other_schema_stands_below_its_notes() {
    let text =
        "stages:\n  - stage:\n      identifier: '<img src=x>'\n      runMode: {type: Manual}\n";
    let props = MigratedTextProps { derived: derived(text), switch: Html::default() };
    let html = render::<MigratedText>(props).await;
    for words in [
        "<h2>As v1</h2>",
        "The same plan, 1 note",
        "4:7<",
        "<code>runMode</code> has no counterpart in v1.",
        "id: &lt;img src=x&gt;",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("<img"), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn problems_are_counted_and_placed() {
    let line = "  - stage: {type: Deployment, spec: {service: {serviceRef: A}}}";
    let column = line.find("service:").expect("it is there") + 1;
    let derived = derived(&format!("stages:\n{line}\n"));
    let html = render::<Problems>(ProblemsProps { derived, is_loading_ahead: false }).await;
    assert!(html.contains("<h2>1 error</h2>"), "{html}");
    assert!(html.contains(&format!("2:{column}<")), "{html}");
    assert!(html.contains("The stage names no environment."), "{html}");
    assert!(html.contains(">Add an environment</button>"), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn an_assumption_for_what_is_not_there_is_a_problem() {
    let mut source =
        Source { text: "stage: {identifier: ask, type: Approval}\n".into(), ..Source::default() };
    source.assumptions.durations.insert(DurationKey::Service("cart".into()), Ms(90_000));
    source.assumptions.failures.insert(("ask".into(), 1), Failure::default());
    source.inputs.conditions.insert("ask".into(), false);
    let derived = derived_from(&source);
    let html = render::<Problems>(ProblemsProps { derived, is_loading_ahead: true }).await;
    assert!(html.contains("<h2>3 warnings</h2>"), "{html}");
    for words in [
        "The duration for <code>cart</code> is for no deployment: there is no service",
        "Number 2 of <code>ask</code> is assumed to fail, but the stage <code>ask</code> has 1 deployment.",
        "<code>when:ask</code> is assumed, but the text does not leave it open.",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn code_in_messages_is_an_element_and_no_backtick() {
    let broken = derived("stages:\n  - stage: {type: Custom, name: @x}\n");
    let shown = derived("stage: {type: Custom, name: x}\n");
    let props = StatusProps { derived: broken, shown, bytes_in_reading: None };
    let status = render::<Status>(props).await;
    let notice = Some(Notice::problem("Write `key: value` lines first."));
    let notice = render::<NoticeBar>(NoticeProps { notice }).await;
    let input = OpenInput {
        key: "template gone".to_owned(),
        span: Span::default(),
        stage: "a".to_owned(),
        place: String::new(),
        question: "What does the template `gone` do?".to_owned(),
        field: Field::Text,
        value: None,
        origin: Origin::Open,
        axis: None,
    };
    let field = render::<InputField>(InputFieldProps { input: input.clone() }).await;
    let stepper = OpenInput { field: Field::Number { least: 1 }, ..input };
    let stepper = render::<InputField>(InputFieldProps { input: stepper }).await;
    for html in [status, notice, field, stepper] {
        assert!(html.contains("<code>") && !html.contains('`'), "{html}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn each_assumption_is_listed_and_can_be_taken_back() {
    let mut source = Source { text: "spec: {}\n".into(), ..Source::default() };
    let none = render_assumptions(&source).await;
    assert!(!none.contains("Reset all"), "{none}");
    source.assumptions.durations.insert(DurationKey::Service("cart".into()), Ms(90_000));
    source.assumptions.failures.insert(("deploy".into(), 4), Failure::default());
    let html = render_assumptions(&source).await;
    assert!(html.contains("Reset all"), "{html}");
    for words in [
        "Remove: cart, wherever it goes, takes 1m 30s",
        "Remove: Number 5 of deploy, which is not there now, fails",
    ] {
        assert!(html.contains(&format!("aria-label=\"{words}\"")), "{words}: {html}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_failure_offers_what_makes_a_difference() {
    let stage = |strategies: &str| {
        format!(
            "stage: {{identifier: deploy, type: Deployment, failureStrategies: [{strategies}], spec: \
             {{service: {{serviceRef: A}}, {ONE_TARGET}, execution: {{steps: [{{step: {{identifier: roll, \
             failureStrategies: [{{onFailure: {{errors: [Connectivity], action: {{type: Ignore}}}}}}]}}}}]}}}}}}\n"
        )
    };
    let retry = "{onFailure: {errors: [AllErrors], action: {type: Retry, spec: {retryCount: 2, onRetryFailure: \
                 {action: {type: StageRollback}}}}}}, {onFailure: {errors: [Timeout], action: {type: Abort}}}";
    let failure = |error: &str, step: Option<&str>, succeeds_at| Failure {
        error: ErrorType::from_name(error).expect("an error type"),
        step: step.map(str::to_owned),
        succeeds_at,
    };
    for (failure, present, absent) in [
        (
            failure("AllErrors", None, Some(3)),
            &[
                "<option selected>Any other</option>",
                "<optgroup label=\"Named by a rule\"><option>Timeout</option></optgroup>",
                "<option>roll</option>",
                "max=\"3\"",
                "value=\"3\"",
                "Then: Retry up to 2 times, then StageRollback",
            ][..],
            &["gone"][..],
        ),
        (
            failure("Timeout", Some("roll"), None),
            &[
                "<option selected>Timeout</option>",
                "<option selected>roll</option>",
                "Then: Abort",
                "<option>Connectivity</option><option selected>Timeout</option></optgroup>",
            ],
            &["Succeeds at attempt"],
        ),
        (failure("Connectivity", Some("roll"), None), &["Then: Ignore"], &["Succeeds at attempt"]),
        (
            failure("Unknown", Some("gone"), None),
            &["<option selected>gone</option>", "Succeeds at attempt"],
            &[],
        ),
    ] {
        let html = render_failure(&stage(retry), failure).await;
        let html = html.replace("=\"selected\"", "");
        present.iter().for_each(|words| assert!(html.contains(words), "{words}: {html}"));
        absent.iter().for_each(|words| assert!(!html.contains(words), "{words}: {html}"));
    }
    let html = render_failure(
        &format!("stage: {{identifier: deploy, type: Deployment, spec: {{service: {{serviceRef: A}}, {ONE_TARGET}}}}}\n"),
        Failure::default(),
    )
    .await;
    assert!(html.contains("Then: MarkAsFailure") && !html.contains("<select"), "{html}");
}

async fn render_failure(text: &str, failure: Failure) -> String {
    let mut source = Source { text: text.into(), ..Source::default() };
    source.assumptions.failures.insert(("deploy".into(), 0), failure);
    let at = DeploymentId { stage: 0, index: 0 };
    render::<FailureFields>(FailureFieldsProps { derived: derived_from(&source), at }).await
}

#[tokio::test(flavor = "current_thread")]
async fn bars_that_depend_on_an_open_condition_are_counted() {
    let text = "stages:\n  - stage: {identifier: a, type: Custom, when: {pipelineStatus: All, condition: \
                <+trigger.type> == 'Webhook'}}\n  - stage: {identifier: b, type: Custom}\n";
    let source = Source { text: text.into(), ..Source::default() };
    let html = render_assumptions(&source).await;
    assert!(html.contains("Condition of a is true"), "{html}");
    // The one that would not run, and the one behind it, which would start earlier.
    assert!(html.contains(">2 bars depend on it</button>"), "{html}");
}

async fn render_assumptions(source: &Source) -> String {
    let derived = derived_from(source);
    let unhurried = derived.clone();
    let props = AssumptionsProps { derived, unhurried, dependents_of: None };
    render::<AssumptionsPanel>(props).await
}

#[tokio::test(flavor = "current_thread")]
async fn a_picked_deployment_says_what_led_to_it() {
    let two = "environments: {metadata: {parallel: false}, values: [{environmentRef: E, \
               infrastructureDefinitions: [{identifier: I}, {identifier: J}]}]}";
    let derived = derived(&format!("spec:\n  service: {{serviceRef: A}}\n  {two}\n"));
    let details = async |selection| {
        let derived = derived.clone();
        render::<SelectionDetails>(DetailsProps { derived, selection, comparison: None }).await
    };
    let none = details(None).await;
    assert!(none.contains("Pick a bar"), "{none}");
    let second = details(Some(DeploymentId { stage: 0, index: 1 })).await;
    assert!(second.contains("2. A J"), "{second}");
    assert!(second.contains("1m to 2m, takes 1m"), "{second}");
    assert!(second.contains("What led to it: 1 link"), "{second}");
    // What an edit has taken away is not picked any more.
    let gone = details(Some(DeploymentId { stage: 0, index: 9 })).await;
    assert_eq!(gone, none);
}

#[tokio::test(flavor = "current_thread")]
async fn a_tab_is_chosen_and_open_inputs_are_counted() {
    let tabs = async |text, has_count| {
        let props = PanelTabsProps { panel: Panel::Form, derived: derived(text), has_count };
        render::<PanelTabs>(props).await
    };
    let open = "spec:\n  service: {serviceRef: <+input>}\n";
    let html = tabs(open, true).await;
    assert_eq!(html.matches("role=\"tab\"").count(), Panel::ALL.len(), "{html}");
    assert_eq!(html.matches("aria-selected=\"true\"").count(), 1, "{html}");
    assert_eq!(html.matches("tabindex=\"0\"").count(), 1, "{html}");
    assert!(html.contains("Inputs<span class=\"dl-badge\">1"), "{html}");
    for html in [tabs(open, false).await, tabs("spec: {}\n", true).await] {
        assert!(!html.contains("dl-badge"), "{html}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_long_list_is_drawn_in_parts() {
    let stage = |i| {
        format!(
            "- stage: {{name: s{i}, identifier: s{i}, spec: {{{TWO_SERVICES}, {ONE_TARGET}}}}}\n"
        )
    };
    let derived = derived(&format!("stages:\n{}", (0..1_000).map(stage).collect::<String>()));
    let order = render::<OrderInWords>(OrderProps { derived: derived.clone() }).await;
    assert_eq!(order.matches("<dt>").count(), 200);
    assert!(order.contains("Show more of 800"), "{order}");
    let cards = render::<StageCards>(StageCardsProps { derived, is_stale: false }).await;
    assert_eq!(cards.matches("<fieldset").count(), 100);
    assert!(cards.contains("Show more of 900"), "{cards}");
}

#[tokio::test(flavor = "current_thread")]
async fn what_a_stage_of_a_dag_waits_for_is_listed() {
    let text = "stages:\n- stage: {identifier: a, name: <i>, dependsOn: []}\n- stage: {identifier: b, dependsOn: [a]}\n";
    let of = async |text: &str, stage| {
        render::<Dependencies>(DependenciesProps { derived: derived(text), stage }).await
    };
    let html = of(text, 1).await;
    let waits_for =
        "<dt>Waits for</dt><dd><button type=\"button\" class=\"dl-link\">&lt;i&gt;</button></dd>";
    assert!(html.contains(waits_for), "{html}");
    assert!(html.contains("<dd><span class=\"dl-muted\">nothing</span></dd>"), "{html}");
    let list = of("stages:\n- stage: {identifier: a}\n- stage: {identifier: b}\n", 1).await;
    assert!(!list.contains("Waited for by"), "{list}");
}
