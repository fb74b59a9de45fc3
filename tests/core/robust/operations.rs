//! Edits of texts nobody meant to write: each is done, or refused with a reason.

use deployline_assist::fixes;
use deployline_engine::Assumptions;
use deployline_form::Address;
use deployline_form::operation::{
    EnvironmentsKind, ExcludeChange, FieldName, ListChange, Operation, StageKind, StagePosition,
    edit,
};
use deployline_inputs::{Answers, resolved::resolved};
use deployline_planner::{Inputs, analyze};
use deployline_yaml::{Diagnostic, TextEdit, parse};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{shapes, soup};
use crate::form::candidates;

/// Most operations that are tried on one text.
const MAX_TRIED: usize = 12;

proptest! {
    #![proptest_config(crate::cases::cases(1_000))]

    #[test]
    fn on_yaml_soup(text in soup::yaml(), first in any::<Index>()) {
        try_operations(&text, first);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(700))]

    #[test]
    fn on_pipeline_soup(text in soup::pipeline(), first in any::<Index>()) {
        try_operations(&text, first);
    }

    #[test]
    fn on_wrong_shapes(text in shapes::stages(), first in any::<Index>()) {
        try_operations(&text, first);
        try_fixes(&text);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(60))]

    #[test]
    fn on_a_broken_corpus(text in soup::broken_corpus(), first in any::<Index>()) {
        try_operations(&text, first);
    }
}

thread_local! {
    /// What a form can ask for that was read from another text: wrong kinds, and places that are not there.
    static OF_ANOTHER_TEXT: Vec<Operation> = of_another_text();
}

const ANOTHER: &str = "
stages:
  - stage:
      identifier: a
      type: Deployment
      spec:
        services: {values: [{serviceRef: x}, {serviceRef: y}, {serviceRef: z}]}
        environments: {values: [{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}]}
      strategy: {matrix: {a: [1, 2], b: [3], exclude: [{a: 1}, {b: 3}]}}
  - parallel:
      - stage: {identifier: b, type: Custom, strategy: {repeat: {items: [p, q]}}}
      - stage: {identifier: c, type: Deployment, spec: {environmentGroup: {envGroupRef: g}}}
";

fn of_another_text() -> Vec<Operation> {
    let mut all = candidates::of(&deployline_form::read(ANOTHER, &parse(ANOTHER).documents));
    for address in [&[][..], &[0], &[0, 0, 0], &[usize::MAX], &[1, usize::MAX]] {
        let stage = || Address(address.to_vec());
        let positions = [StagePosition::Before(stage()), StagePosition::Beside(stage())];
        for to in positions {
            all.push(Operation::AddStage { kind: StageKind::Custom, to: to.clone() });
            let first = || Address(vec![0]);
            all.push(Operation::MoveStage { stage: first(), to: to.clone() });
            all.push(Operation::MoveStage { stage: stage(), to: StagePosition::Before(first()) });
            all.push(Operation::MoveStage { stage: stage(), to });
        }
        all.push(Operation::DuplicateStage { stage: stage() });
        all.push(Operation::RemoveStage { stage: stage() });
        all.push(Operation::Set { stage: stage(), field: FieldName::Name, value: None });
        for at in [0, 3, usize::MAX] {
            let name = || "n".to_owned();
            for change in [
                ListChange::Add { at, name: name() },
                ListChange::Remove { at },
                ListChange::Move { from: at, to: 0 },
                ListChange::Move { from: 0, to: at },
                ListChange::Rename { at, name: name() },
                ListChange::Replace { at, name: name() },
            ] {
                let (stage, change) = (&stage, || change.clone());
                all.push(Operation::Services { stage: stage(), change: change() });
                all.push(Operation::Environments { stage: stage(), change: change() });
                all.push(Operation::RepeatItems { stage: stage(), change: change() });
                let axis = "a".to_owned();
                all.push(Operation::AxisValues { stage: stage(), axis, change: change() });
                for environment in [0, at] {
                    let change = change();
                    all.push(Operation::Infrastructures { stage: stage(), environment, change });
                }
            }
            let keep = Some(at);
            all.push(Operation::SwitchServices { stage: stage(), many: false, keep });
            let to = EnvironmentsKind::One;
            all.push(Operation::SwitchEnvironments { stage: stage(), to, keep });
            all.push(Operation::DeployToAll { stage: stage(), environment: at, on: true });
            let change = ExcludeChange::Remove { row: at };
            all.push(Operation::Exclude { stage: stage(), change });
        }
    }
    all
}

/// The form may be older than the text: all that another one could ask for is tried.
#[test]
fn of_a_form_that_is_older_than_the_text() {
    let flat = crate::corpus::text("08-flat-schema-v1.yaml");
    for text in [ANOTHER, flat.as_str(), "", "a", "stages: [{stage: }]\n", "spec: {service: {}}\n"]
    {
        OF_ANOTHER_TEXT.with(|operations| operations.iter().for_each(|it| try_one(text, it)));
    }
}

/// # Panics
/// When an operation does, when its edits don't fit the text, or when it leaves another thing out.
fn try_operations(text: &str, first: Index) {
    let before = parse(text);
    let mut operations = candidates::of(&deployline_form::read(text, &before.documents));
    operations.extend(OF_ANOTHER_TEXT.with(Vec::clone));
    let step = operations.len() / MAX_TRIED + 1;
    operations.iter().skip(first.index(step)).step_by(step).for_each(|it| try_one(text, it));
}

fn try_one(text: &str, operation: &Operation) {
    match edit(text, operation) {
        Ok(edits) => {
            let after = TextEdit::apply_all(&edits, text);
            let codes = |text: &str| {
                parse(text).diagnostics.into_iter().map(|it| it.code).collect::<Vec<_>>()
            };
            assert_eq!(codes(text), codes(&after), "{operation:?}\n{text}\n{after}");
        }
        Err(refusal) => {
            assert_ne!(refusal.message(text), "");
            assert!(text.get(refusal.span.range()).is_some(), "{refusal:?}\n{text}");
        }
    }
}

/// # Panics
/// When a quick fix or the resolved text can't be read any more.
fn try_fixes(text: &str) {
    let analysis = analyze(&[text], &Inputs::default(), &Assumptions::default());
    let diagnostics = &analysis.diagnostics;
    if analysis.is_broken {
        return;
    }
    let fixes = fixes(text, &analysis.documents, diagnostics).into_iter().flatten();
    let resolved = resolved(text, &analysis.documents, &Inputs::default(), &Answers::new());
    let all = fixes.map(|fix| (fix.title, fix.edits));
    for (title, edits) in all.chain([("resolved".to_owned(), resolved.edits)]) {
        let after = TextEdit::apply_all(&edits, text);
        let is_broken = parse(&after).diagnostics.iter().any(Diagnostic::is_syntax);
        assert!(!is_broken, "{title}\n{text}\n{after}");
    }
}

/// A list in brackets is no only value where another key stands beside it in lines.
#[test]
fn what_stands_beside_a_list_is_not_lost() {
    let text = "stages:
  - id: moor
    service:
      items: [deck]
      on-failure:
        - errors: [all]
          action: abort
    environment: {id: dock, deploy-to: pier}
";
    let operations = candidates::of(&deployline_form::read(text, &parse(text).documents));
    let mut refused = 0;
    for operation in operations {
        if let Err(refusal) = edit(text, &operation)
            && text[refusal.span.range()] == *"on-failure"
        {
            refused += 1;
        }
    }
    assert_eq!(refused, 2, "switching to one, whichever is kept");
}
