//! Locks of the form: it gives the reason where it can't change the text, and the edit refuses with it.

use deployline_form::operation::{ListChange, Operation, StagePosition, edit};
use deployline_form::{Address, Form, Lock};

fn read(text: &str) -> Form {
    deployline_form::read(text, &deployline_yaml::parse(text).documents)
}

#[track_caller]
fn check(text: &str, lock: fn(&Form) -> Option<&Lock>, operation: Operation, expected: &str) {
    let form = read(text);
    let lock = lock(&form).expect("it is locked");
    let place = &text[lock.span.range()];
    assert_eq!(format!("{} [{place}]", lock.reason), expected);
    assert_eq!(edit(text, &operation).as_ref(), Err(lock), "{text}");
}

fn add_service() -> Operation {
    let change = ListChange::Add { at: 0, name: "x".to_owned() };
    Operation::Services { stage: Address(vec![0]), change }
}

fn services(form: &Form) -> Option<&Lock> {
    form.stages().next()?.deploy.as_ref()?.services.lock.as_ref()
}

#[test]
fn lists_say_what_is_in_the_way() {
    for (services_yaml, expected) in [
        (
            "services: <+input>",
            "An expression stands here, and its value comes from elsewhere. [<+input>]",
        ),
        (
            "services: {values: <+a.b>}",
            "An expression stands here, and its value comes from elsewhere. [<+a.b>]",
        ),
        ("services: *s", "The value comes from an alias: other places share it. [*s]"),
        (
            "services: &t {values: [{serviceRef: a}]}, x: *t",
            "An alias shares this with other places: the change would be theirs too. [values]",
        ),
        (
            "serviceConfig: {serviceRef: a}",
            "This is written in the older model, which the form only shows. [serviceRef]",
        ),
    ] {
        let text = format!(
            "x: &s {{values: [{{serviceRef: a}}]}}\nstages: [{{stage: {{type: Deployment, spec: {{{services_yaml}}}}}}}]\n"
        );
        check(&text, services, add_service(), expected);
    }
}

#[test]
fn items_say_what_is_in_the_way() {
    let rename = |stage| Operation::Services {
        stage: Address(vec![stage]),
        change: ListChange::Rename { at: 0, name: "x".to_owned() },
    };
    let name = |form: &Form| -> Option<Lock> {
        form.stages().next()?.deploy.as_ref()?.services.items.first()?.name.lock.clone()
    };
    for (item, expected) in [
        ("<+input>.default(a)", "An expression stands here, and its value comes from elsewhere."),
        ("[a]", "Expected a single value here; change it in the YAML."),
        ("*s", "The value comes from an alias: other places share it."),
    ] {
        let text = format!(
            "x: &s a\nstages:\n- stage:\n    type: Deployment\n    spec:\n      services:\n        values:\n          - serviceRef: {item}\n"
        );
        let lock = name(&read(&text)).expect("it is locked");
        assert_eq!(lock.reason, expected);
        assert_eq!(edit(&text, &rename(0)), Err(lock));
    }
}

#[test]
fn what_a_run_asks_for_is_not_locked() {
    let text = "stages:\n- stage:\n    type: Deployment\n    spec:\n      service: {serviceRef: <+input>, serviceInputs: <+input>}\n      environmentGroup: {envGroupRef: <+input>, deployToAll: <+input>}\n";
    let form = read(text);
    let deploy = form.stages().next().and_then(|it| it.deploy.as_ref()).expect("it is there");
    assert_eq!(deploy.services.items[0].name.lock, None);
    assert_eq!(deploy.environments.group.lock, None);
    assert!(deploy.environments.group_deploys_to_all.lock.is_some());
}

#[test]
fn the_strip_says_what_is_in_the_way() {
    let lock: fn(&Form) -> Option<&Lock> = |form| form.lock.as_ref();
    let add = || Operation::AddStage {
        kind: deployline_form::operation::StageKind::Custom,
        to: StagePosition::Before(Address(vec![0])),
    };
    for (text, expected) in [
        (
            "pipeline: {template: {templateRef: t}}",
            "The stages come from a template. [templateRef]",
        ),
        (
            "pipeline: {name: a}",
            "The pipeline has no list of stages. Write `stages: []` into it first. [name]",
        ),
        (
            "pipeline: {stages: <+input>}",
            "An expression stands here, and its value comes from elsewhere. [<+input>]",
        ),
        ("stage: {name: a}", "Only one stage is in this text, no list of stages. [name]"),
        (
            "service: {serviceRef: a}",
            "Only a stage's `spec` is in this text, no list of stages. [service]",
        ),
    ] {
        check(text, lock, add(), expected);
    }
}

/// The form shows a template's stage and leaves what it does alone.
#[test]
fn a_template_says_what_a_stage_does() {
    let text = "stages:\n- stage: {name: a, identifier: a, template: {templateRef: t}}\n- stage: {name: b}\n";
    let form = read(text);
    let stage = form.stages().next().expect("a stage");
    assert_eq!(stage.deploy, None);
    let lock = stage.template.clone().expect("it is a template's");
    assert_eq!(lock.reason, "A template says what this stage does.");
    assert_eq!(edit(text, &add_service()), Err(lock));
    let swap = Operation::MoveStage {
        stage: Address(vec![0]),
        to: StagePosition::Before(Address(vec![2])),
    };
    assert!(edit(text, &swap).is_ok());
}
