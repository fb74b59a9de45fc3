//! The form rendered to HTML without a browser.

use std::rc::Rc;

use yew::LocalServerRenderer;

use super::{FormPanel, FormProps};
use crate::derived::{Derived, Shared};
use crate::source::Source;

async fn render(text: &str, with: impl FnOnce(FormProps) -> FormProps) -> String {
    let source = Source { text: text.into(), ..Source::default() };
    let derived = Shared(Rc::new(Derived::new(&source, false)));
    let props = FormProps { derived, is_stale: false, selection: None };
    let props = with(props);
    LocalServerRenderer::<FormPanel>::with_props(props).hydratable(false).render().await
}

fn deployment(spec: &str) -> String {
    format!(
        "stages:\n- stage:\n    name: D\n    identifier: d\n    type: Deployment\n    spec: {spec}\n"
    )
}

#[tokio::test(flavor = "current_thread")]
async fn names_are_text_and_never_markup() {
    let name = "<img src=x onerror=alert(1)>";
    let text = deployment(&format!("{{service: {{serviceRef: \"{name}\"}}}}"))
        .replace("name: D", &format!("name: \"{name}\""));
    let html = render(&text, |props| props).await;
    assert!(!html.contains("<img"), "{html}");
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_reason_that_holds_for_many_controls_is_said_once() {
    let text = format!("x: &spec {{service: {{serviceRef: A}}}}\n{}", deployment("*spec"));
    let html = render(&text, |props| props).await;
    assert_eq!(html.matches("Show the line").count(), 1, "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_template_says_that_there_is_no_more_to_see() {
    let text = "stages:\n- stage: {name: T, identifier: t, template: {templateRef: x}}\n";
    let html = render(text, |props| props).await;
    assert!(html.contains("A template says what this stage does."), "{html}");
    assert!(!html.contains(">Services<"), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn what_a_run_asks_for_can_be_named_here_and_other_expressions_cannot() {
    let of = |reference| deployment(&format!("{{service: {{serviceRef: {reference}}}}}"));
    let asked = render(&of("<+input>"), |props| props).await;
    assert!(!asked.contains("An expression stands here"), "{asked}");
    let other = render(&of("<+input>.allowedValues(a,b)"), |props| props).await;
    assert!(other.contains("An expression stands here"), "{other}");
}

#[tokio::test(flavor = "current_thread")]
async fn no_stage_is_asked_for_the_first_one() {
    let html = render("pipeline: {stages: []}\n", |props| props).await;
    assert!(html.contains("Add a stage as the first"), "{html}");
    assert!(!html.contains("Cancel"), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn nothing_can_be_changed_while_the_form_is_old() {
    let text = deployment("{service: {serviceRef: A}}");
    let html = render(&text, |props| FormProps { is_stale: true, ..props }).await;
    assert!(html.contains("Fix the YAML errors first"), "{html}");
    assert!(html.contains("disabled=\"disabled\" class=\"dl-form-all\""), "{html}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_long_strip_is_drawn_by_the_page() {
    let approval = |i| format!("- stage: {{name: s{i}, identifier: s{i}, type: Approval}}\n");
    let stages: String = (0..1_000).map(approval).collect();
    let html = render(&format!("stages:\n{stages}"), |props| props).await;
    assert_eq!(html.matches("class=\"dl-flow-card\"").count(), 100);
    assert!(html.contains("900 later") && !html.contains("earlier"), "{html}");
    let group = format!("stages:\n- parallel:\n{}", stages.replace("- stage", "  - stage"));
    let html = render(&group, |props| props).await;
    assert_eq!(html.matches("class=\"dl-flow-card\"").count(), 100);
}

#[tokio::test(flavor = "current_thread")]
async fn an_order_can_be_written_in_another_way_where_there_is_one() {
    let stages =
        |of: [&str; 2]| format!("stages:\n- stage: {{{}}}\n- stage: {{{}}}\n", of[0], of[1]);
    let list = render(&stages(["identifier: a", "identifier: b"]), |props| props).await;
    assert!(list.contains(">Write the order as a DAG…<"), "{list}");
    let dag = stages(["identifier: a", "identifier: b, dependsOn: [a]"]);
    let dag = render(&dag, |props| props).await;
    assert!(dag.contains(">Write the order as a list…<"), "{dag}");
    for text in [
        "stages:\n- stage: {identifier: a}\n",
        "version: 1\npipeline: {stages: [{id: a, steps: []}, {id: b, steps: []}]}\n",
        "stage: {identifier: a}\n",
    ] {
        let html = render(text, |props| props).await;
        assert!(!html.contains("Write the order"), "{text}{html}");
    }
}
