//! What a person does in the form: the text before and after.

use deployline_form::operation::{
    AxisChange, EnvironmentsKind, ExcludeChange, FieldName, ListChange, Operation, Place,
    StageKind, edit,
};
use deployline_form::{Address, StrategyKind};
use deployline_yaml::TextEdit;

fn done(text: &str, operation: &Operation) -> Result<String, &'static str> {
    let edits = edit(text, operation).map_err(|refusal| refusal.reason)?;
    Ok(TextEdit::apply_all(&edits, text))
}

#[track_caller]
fn check(text: &str, operation: Operation, expected: &str) {
    let found = done(text, &operation);
    if let Ok(found) = &found {
        assert!(found == expected, "found:\n{found}\nexpected:\n{expected}");
    }
    assert_eq!(found.as_deref(), Ok(expected));
}

#[track_caller]
fn check_refused(text: &str, operation: Operation, expected: &str, place: &str) {
    let refusal = edit(text, &operation).expect_err("it is refused");
    assert_eq!((refusal.reason, &text[refusal.span.range()]), (expected, place));
}

fn at(address: &[usize]) -> Address {
    Address(address.to_vec())
}

const STRIP: &str = "\
pipeline:
  stages:
    # builds
    - stage: {name: Build, identifier: build, type: Custom} # B
    - parallel: # both
        # to the east
        - stage:
            name: East # E
            identifier: east
            type: Custom
        - stage:
            name: \"West\"
            identifier: west
            type: Custom
    - stage:
        name: End
        identifier: end
        type: Approval
";

#[test]
fn stages_move_in_and_out_of_groups() {
    let move_to = |from: &[usize], to| Operation::MoveStage { stage: at(from), to };
    check(
        STRIP,
        move_to(&[2], Place::Before(at(&[0]))),
        "\
pipeline:
  stages:
    - stage:
        name: End
        identifier: end
        type: Approval
    # builds
    - stage: {name: Build, identifier: build, type: Custom} # B
    - parallel: # both
        # to the east
        - stage:
            name: East # E
            identifier: east
            type: Custom
        - stage:
            name: \"West\"
            identifier: west
            type: Custom
",
    );
    check(
        STRIP,
        move_to(&[1, 0], Place::Before(at(&[3]))),
        "\
pipeline:
  stages:
    # builds
    - stage: {name: Build, identifier: build, type: Custom} # B
    - stage:
        name: \"West\"
        identifier: west
        type: Custom
    - stage:
        name: End
        identifier: end
        type: Approval
    # to the east
    - stage:
        name: East # E
        identifier: east
        type: Custom
",
    );
    check(
        STRIP,
        move_to(&[0], Place::Beside(at(&[1]))),
        "\
pipeline:
  stages:
    - parallel: # both
        # to the east
        - stage:
            name: East # E
            identifier: east
            type: Custom
        - stage:
            name: \"West\"
            identifier: west
            type: Custom
        # builds
        - stage: {name: Build, identifier: build, type: Custom} # B
    - stage:
        name: End
        identifier: end
        type: Approval
",
    );
    check(
        STRIP,
        move_to(&[2], Place::Beside(at(&[0]))),
        "\
pipeline:
  stages:
    - parallel:
        # builds
        - stage: {name: Build, identifier: build, type: Custom} # B
        - stage:
            name: End
            identifier: end
            type: Approval
    - parallel: # both
        # to the east
        - stage:
            name: East # E
            identifier: east
            type: Custom
        - stage:
            name: \"West\"
            identifier: west
            type: Custom
",
    );
    check(STRIP, move_to(&[1, 0], Place::Before(at(&[1, 1]))), STRIP);
    for (from, to, reason, place) in [
        (&[1][..], Place::Before(at(&[1, 0])), "A group can't go into itself.", "parallel"),
        (&[7], Place::Before(at(&[0])), "This is not in the text as it is now.", "pipeline"),
    ] {
        check_refused(STRIP, move_to(from, to), reason, place);
    }
}

#[test]
fn a_group_of_one_is_a_stage_and_of_none_is_gone() {
    let text =
        "stages: [{parallel: [{stage: {name: A}}, {stage: {name: B}}]}, {stage: {name: C}}]\n";
    let remove = |stage: &[usize]| Operation::RemoveStage { stage: at(stage) };
    check(text, remove(&[0, 0]), "stages: [{stage: {name: B}}, {stage: {name: C}}]\n");
    check(text, remove(&[0]), "stages: [{stage: {name: C}}]\n");
    let text = "- parallel:\n  - stage:\n      name: A\n- stage:\n    name: B";
    check(text, remove(&[0, 0]), "- stage:\n    name: B");
    let text = "stages:\n- stage:\n    name: A\n";
    check(text, remove(&[0]), "stages: []\n");
    let text =
        "stages:\n  - id: a\n  - parallel:\n      stages:\n        - id: b # B\n        - id: c\n";
    check(text, remove(&[1, 1]), "stages:\n  - id: a\n  - id: b # B\n");
}

#[test]
fn new_stages_have_names_of_their_own() {
    let text = "stages:\n- stage:\n    name: Custom\n    identifier: custom\n    type: Custom\n";
    check(
        text,
        Operation::AddStage { kind: StageKind::Custom, to: Place::Before(at(&[1])) },
        &format!(
            "{text}- stage:\n    name: Custom 2\n    identifier: custom_2\n    type: Custom\n    spec:\n      execution:\n        steps: []\n"
        ),
    );
    check(
        text,
        Operation::DuplicateStage { stage: at(&[0]) },
        &format!(
            "{text}- stage:\n    name: Custom 2\n    identifier: custom_2\n    type: Custom\n"
        ),
    );
    check(
        "pipeline:\n  stages: []\n",
        Operation::AddStage { kind: StageKind::Approval, to: Place::Before(at(&[0])) },
        "pipeline:\n  stages:\n    - stage:\n        name: Approve\n        identifier: approve\n        type: Approval\n        spec:\n          execution:\n            steps: []\n",
    );
}

#[test]
fn a_stage_that_others_take_from_stays() {
    let text = "stages:
- stage: {identifier: a, type: Deployment, spec: {service: {serviceRef: S}, environment: {environmentRef: E, deployToAll: true}}}
- stage: {identifier: b, type: Deployment, spec: {service: {useFromStage: {stage: a}}}}
";
    check_refused(
        text,
        Operation::RemoveStage { stage: at(&[0]) },
        "Another stage takes its services or environments from this one: change that first.",
        "a",
    );
}

const DEPLOY: &str = "\
stage:
  type: Deployment
  spec:
    service: # what
      serviceRef: cart # S1
      serviceInputs:
        x: 1
    environment:
      environmentRef: live
      deployToAll: false
      infrastructureDefinitions:
        # first
        - identifier: eu
";

#[test]
fn one_becomes_many_and_many_one() {
    let many = "\
stage:
  type: Deployment
  spec:
    services: # what
      values:
        - serviceRef: cart # S1
          serviceInputs:
            x: 1
    environment:
      environmentRef: live
      deployToAll: false
      infrastructureDefinitions:
        # first
        - identifier: eu
";
    let services = |many, keep| Operation::SwitchServices { stage: at(&[0]), many, keep };
    let change = |change| Operation::Services { stage: at(&[0]), change };
    check(DEPLOY, services(true, None), many);
    check(many, services(false, None), DEPLOY);
    let two = many.replace("            x: 1\n", "            x: 1\n        - serviceRef: web\n");
    check(DEPLOY, change(ListChange::Add { at: 1, name: "web".into() }), &two);
    check(&two, services(false, Some(0)), DEPLOY);
    check(
        &two,
        services(false, Some(1)),
        &DEPLOY.replace("cart # S1\n      serviceInputs:\n        x: 1\n", "web\n"),
    );
    check_refused(
        &two,
        services(false, None),
        "There are several: say which one to keep.",
        two[two.find("- serviceRef").expect("there")..two.find("    environment").expect("there")]
            .trim_end(),
    );
    let environments = |to| Operation::SwitchEnvironments { stage: at(&[0]), to, keep: None };
    let listed = "    environments:
      values:
        - environmentRef: live
          deployToAll: false
          infrastructureDefinitions:
            # first
            - identifier: eu
";
    let start = DEPLOY.find("    environment:").expect("there");
    let many = format!("{}{listed}", &DEPLOY[..start]);
    check(DEPLOY, environments(EnvironmentsKind::Many), &many);
    check(&many, environments(EnvironmentsKind::One), DEPLOY);
    let group = many
        .replace("    environments:\n      values:", "    environmentGroup:\n      environments:")
        + "      envGroupRef: <+input>\n";
    check(&many, environments(EnvironmentsKind::Group), &group);
    check(&group, environments(EnvironmentsKind::Many), &many);
    check(&group, environments(EnvironmentsKind::One), DEPLOY);
    check(DEPLOY, environments(EnvironmentsKind::Group), &group);
}

#[test]
fn infrastructures_and_all_of_them() {
    let change = |change| Operation::Infrastructures { stage: at(&[0]), environment: 0, change };
    check(
        DEPLOY,
        change(ListChange::Add { at: 1, name: "yes".into() }),
        &format!("{DEPLOY}        - identifier: \"yes\"\n"),
    );
    check_refused(
        DEPLOY,
        change(ListChange::Remove { at: 0 }),
        "An environment needs an infrastructure, or `deployToAll`: give it another one instead.",
        "- identifier: eu",
    );
    let on = Operation::DeployToAll { stage: at(&[0]), environment: 0, on: true };
    let all = DEPLOY.replace("deployToAll: false", "deployToAll: true");
    check(DEPLOY, on, &all);
    let without = &all[..all.find("      infrastructureDefinitions").expect("there")];
    check(&all, change(ListChange::Remove { at: 0 }), without);
    check(
        without,
        change(ListChange::Add { at: 0, name: "eu".into() }),
        &DEPLOY.replace("        # first\n", ""),
    );
}

#[test]
fn values_come_and_go() {
    let set = |field, value: Option<&str>| Operation::Set {
        stage: at(&[0]),
        field,
        value: value.map(str::to_owned),
    };
    let limited = format!("{DEPLOY}    multiDeploymentConfig:\n      maxConcurrency: 2\n");
    check(DEPLOY, set(FieldName::MaxConcurrency, Some("2")), &limited);
    check(&limited, set(FieldName::MaxConcurrency, None), DEPLOY);
    check(&limited, set(FieldName::MaxConcurrency, Some("3")), &limited.replace(": 2", ": 3"));
    let when = format!(
        "{DEPLOY}  when:\n    pipelineStatus: Success\n    condition: '<+x> == \"a # 1\"'\n"
    );
    check(DEPLOY, set(FieldName::Condition, Some("<+x> == \"a # 1\"")), &when);
    check(&when, set(FieldName::PipelineStatus, Some("All")), &when.replace("Success", "All"));
    check_refused(
        DEPLOY,
        set(FieldName::MaxConcurrency, Some("0")),
        "Expected a whole number of at least 1.",
        "service",
    );
    let taken = "stage:\n  type: Deployment\n  spec:\n    service:\n      useFromStage:\n        stage: build\n";
    let own = "stage:\n  type: Deployment\n  spec:\n    service:\n      serviceRef: <+input>\n";
    check(taken, set(FieldName::ServicesFromStage, None), own);
    check(own, set(FieldName::ServicesFromStage, Some("build")), taken);
}

#[test]
fn a_matrix_is_a_grid() {
    let text = "\
stage:
  name: deploy
  type: Custom
  strategy:
    matrix:
      service: [cart, web] # what
      place: [eu, us]
      exclude:
        - service: web
          place: us
        - place: eu
      maxConcurrency: 2
";
    let stage = || at(&[0]);
    let axes = |change| Operation::Axes { stage: stage(), change };
    let exclude = |change| Operation::Exclude { stage: stage(), change };
    let name = |name: &str| name.to_owned();
    check(
        text,
        axes(AxisChange::Add { name: name("size"), values: vec![name("1"), name("b")] }),
        &text.replace("[eu, us]\n", "[eu, us]\n      size: [\"1\", b]\n"),
    );
    check(
        text,
        axes(AxisChange::Remove { name: name("place") }),
        "\
stage:
  name: deploy
  type: Custom
  strategy:
    matrix:
      service: [cart, web] # what
      exclude:
        - service: web
      maxConcurrency: 2
",
    );
    check(
        text,
        axes(AxisChange::Rename { name: name("place"), to: name("region") }),
        &text.replace("place", "region"),
    );
    check_refused(
        &text.replace("deploy", "to <+matrix.place>"),
        axes(AxisChange::Rename { name: name("place"), to: name("region") }),
        "The stage uses this axis by its name: change that in the YAML too.",
        "matrix.place",
    );
    check(
        text,
        Operation::AxisValues {
            stage: stage(),
            axis: name("service"),
            change: ListChange::Add { at: 2, name: name("x, y") },
        },
        &text.replace("web]", "web, \"x, y\"]"),
    );
    check(
        text,
        exclude(ExcludeChange::Set { row: 1, axis: name("service"), value: Some(name("cart")) }),
        &text.replace("- place: eu\n", "- place: eu\n          service: cart\n"),
    );
    check(
        text,
        exclude(ExcludeChange::Add { cells: vec![(name("service"), name("cart"))] }),
        &text.replace("- place: eu\n", "- place: eu\n        - service: cart\n"),
    );
    let set = |kind| Operation::SetStrategy { stage: stage(), kind };
    let twice =
        "stage:\n  name: deploy\n  type: Custom\n  strategy:\n    repeat:\n      times: 2\n";
    check(text, set(StrategyKind::Repeat), twice);
    check(twice, set(StrategyKind::None), "stage:\n  name: deploy\n  type: Custom\n");
    check(
        twice,
        Operation::RepeatItems {
            stage: stage(),
            change: ListChange::Add { at: 0, name: name("a") },
        },
        "stage:\n  name: deploy\n  type: Custom\n  strategy:\n    repeat:\n      items:\n        - a\n",
    );
}

const V1: &str = "\
version: 1
pipeline:
  stages:
    - id: shop
      service: [till, stock] # both
      environment:
        id: live
        deploy-to: kiosk
    - group:
        stages:
          - id: wings
            service: guide
            environment:
              items:
                - id: east
                  deploy-to: [a, b]
                # the other one
                - id: west
                  deploy-to: all
              parallel: true
";

/// The newer schema: the strip, and lists where they are lists.
#[test]
fn the_newer_schema_changes_by_its_own_rules() {
    let services = |stage: &[usize], change| Operation::Services { stage: at(stage), change };
    let add = |at, name: &str| ListChange::Add { at, name: name.to_owned() };
    check(V1, services(&[0], add(0, "1")), &V1.replace("[till", "[\"1\", till"));
    check(V1, services(&[0], ListChange::Remove { at: 1 }), &V1.replace("till, stock", "till"));
    check(V1, services(&[1, 0], add(1, "map")), &V1.replace("guide", "[guide, map]"));
    check(
        V1,
        Operation::SwitchServices { stage: at(&[0]), many: false, keep: Some(1) },
        &V1.replace("[till, stock]", "stock"),
    );
    let infrastructures = |stage: &[usize], environment, change| Operation::Infrastructures {
        stage: at(stage),
        environment,
        change,
    };
    check(V1, infrastructures(&[0], 0, add(1, "hall")), &V1.replace("kiosk", "[kiosk, hall]"));
    check(V1, infrastructures(&[1, 0], 1, add(0, "c")), &V1.replace("to: all", "to: c"));
    check(
        V1,
        Operation::DeployToAll { stage: at(&[1, 0]), environment: 0, on: true },
        &V1.replace("[a, b]", "all"),
    );
    check(
        V1,
        Operation::Environments { stage: at(&[1, 0]), change: ListChange::Move { from: 1, to: 0 } },
        &V1.replace(
            "                - id: east
                  deploy-to: [a, b]
                # the other one
                - id: west
                  deploy-to: all
",
            "                # the other one
                - id: west
                  deploy-to: all
                - id: east
                  deploy-to: [a, b]
",
        ),
    );
    check(
        V1,
        Operation::SwitchEnvironments {
            stage: at(&[1, 0]),
            to: EnvironmentsKind::One,
            keep: Some(1),
        },
        &V1.replace(
            "              items:
                - id: east
                  deploy-to: [a, b]
                # the other one
                - id: west
                  deploy-to: all
              parallel: true
",
            "              # the other one
              id: west
              deploy-to: all
",
        ),
    );
    check(
        V1,
        Operation::Set {
            stage: at(&[0]),
            field: FieldName::MaxConcurrency,
            value: Some("2".to_owned()),
        },
        &V1.replace(
            "        deploy-to: kiosk\n",
            "        deploy-to: kiosk\n      multiDeploymentConfig:\n        maxConcurrency: 2\n",
        ),
    );
    check_refused(
        V1,
        Operation::SwitchEnvironments { stage: at(&[0]), to: EnvironmentsKind::Group, keep: None },
        "Groups are written in the YAML in this schema.",
        "id",
    );
    check(
        V1,
        Operation::MoveStage { stage: at(&[1, 0]), to: Place::Beside(at(&[0])) },
        "\
version: 1
pipeline:
  stages:
    - parallel:
        stages:
          - id: shop
            service: [till, stock] # both
            environment:
              id: live
              deploy-to: kiosk
          - id: wings
            service: guide
            environment:
              items:
                - id: east
                  deploy-to: [a, b]
                # the other one
                - id: west
                  deploy-to: all
              parallel: true
",
    );
}
