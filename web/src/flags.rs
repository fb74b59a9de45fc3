//! Effect of a flipped checkbox: on the text, or on the viewer's choice where the text has an
//! expression.

use std::ops::Range;

use deployline_engine::{AxisName, Stage};
use deployline_planner::{Analysis, ToggleEffect, edit, toggle};
use deployline_yaml::TextEdit;

use crate::derived::Derived;

/// Reason to refuse what was clicked beside an older text.
pub(crate) const TEXT_HAS_CHANGED: &str = "The text has changed since this was shown. Try again.";

/// A checkbox of a stage, as it was flipped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flip {
    pub(crate) stage: usize,
    pub(crate) axis: AxisName,
    pub(crate) parallel: bool,
    /// `true` where it changes the viewer's choice and not the text.
    pub(crate) is_choice: bool,
}

/// Both flags of a stage as chosen at once; `None` where there is nothing to choose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BothFlags {
    pub(crate) stage: usize,
    pub(crate) services: Option<bool>,
    pub(crate) targets: Option<bool>,
}

/// Change that a flag asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum FlagChange {
    /// Another text.
    Text(String),
    /// A choice for an expression, which stays in the text.
    Choice { stage: String, axis: AxisName, parallel: bool },
}

/// Change for one checkbox of one stage.
///
/// # Errors
/// Where the text can't be edited safely, the reason.
pub(crate) fn flip(flip: Flip, plan: &Derived) -> Result<FlagChange, String> {
    let Flip { stage, axis, parallel, is_choice } = flip;
    if is_choice {
        return choice(plan, stage, axis, parallel);
    }
    let edit = edit_of(plan, stage, axis, parallel)?;
    Ok(FlagChange::Text(edit.apply(&plan.text)))
}

/// Changes for both checkboxes of a stage, of the text at most one. Nothing is planned here: both edits
/// are of the text of the plan.
///
/// # Errors
/// Where the text can't be edited safely, the reason.
pub(crate) fn set_both(both: BothFlags, plan: &Derived) -> Result<Vec<FlagChange>, String> {
    let (mut changes, mut edits) = (Vec::new(), Vec::new());
    let Some(stage) = plan.analysis.plan.pipeline.stages.get(both.stage) else {
        return Ok(changes);
    };
    for (axis, wanted) in [(AxisName::Services, both.services), (AxisName::Targets, both.targets)] {
        let Some(parallel) = wanted else { continue };
        let toggle = toggle(stage, axis).filter(|toggle| toggle.is_checked != parallel);
        match toggle.map(|toggle| toggle.effect) {
            None => {}
            Some(ToggleEffect::ChoosesAssumption) => {
                changes.push(choice(plan, both.stage, axis, parallel)?);
            }
            Some(_) => edits.push(edit_of(plan, both.stage, axis, parallel)?),
        }
    }
    if !edits.is_empty() {
        changes.push(FlagChange::Text(TextEdit::apply_all(&edits, &plan.text)));
    }
    Ok(changes)
}

/// Index, in the plan of the text as it is now, of the stage that has an index in an older plan.
///
/// Stages whose YAML is the same are told apart by their order. A stage whose own YAML has changed is
/// known by its identifier, as long as none came or went: identifiers may be made up from positions.
///
/// # Errors
/// Where it is not certain which stage it is, the reason.
pub(crate) fn same_stage(stage: usize, before: &Derived, now: &Derived) -> Result<usize, String> {
    let yaml = yaml_of(before, stage);
    let alike = |plan: &Derived, stages: Range<usize>| -> Vec<usize> {
        stages.filter(|stage| yaml_of(plan, *stage) == yaml).collect()
    };
    let [stages_before, stages_now] = [before, now].map(|plan| &plan.analysis.plan.pipeline.stages);
    let alike_now = alike(now, 0..stages_now.len());
    let found = if alike_now.len() == alike(before, 0..stages_before.len()).len() {
        alike_now.get(alike(before, 0..stage).len()).copied()
    } else {
        let identifier = |stages: &[Stage]| stages.get(stage).map(|stage| stage.identifier.clone());
        let is_same = stages_before.len() == stages_now.len()
            && identifier(stages_before) == identifier(stages_now);
        is_same.then_some(stage)
    };
    found.ok_or_else(|| TEXT_HAS_CHANGED.to_owned())
}

fn yaml_of(plan: &Derived, stage: usize) -> Option<&str> {
    let span = plan.analysis.plan.pipeline.stages.get(stage)?.span;
    plan.text.get(span.start as usize..span.end as usize)
}

fn choice(
    plan: &Derived,
    stage: usize,
    axis: AxisName,
    parallel: bool,
) -> Result<FlagChange, String> {
    let stage = plan.analysis.plan.pipeline.stages.get(stage);
    let stage = stage.ok_or_else(|| "The stage is no longer in the text.".to_owned())?;
    Ok(FlagChange::Choice { stage: stage.identifier.clone(), axis, parallel })
}

fn edit_of(
    shown: &Derived,
    stage: usize,
    axis: AxisName,
    parallel: bool,
) -> Result<TextEdit, String> {
    let Analysis { documents, plan, .. } = &shown.analysis;
    edit::set_parallel(&shown.text, documents, &plan.pipeline, stage, axis, parallel)
        .map_err(|refusal| refusal.message(&shown.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    const TEXT: &str = "\
spec:
  services: {values: [{serviceRef: A}, {serviceRef: B}], metadata: {parallel: true}} # kept
  environments:
    metadata:
      parallel: false
    values:
      - environmentRef: E
        infrastructureDefinitions: [{identifier: I}, {identifier: J}]
";

    fn plan(text: &str) -> Derived {
        Derived::new(&Source { text: text.into(), ..Source::default() }, false)
    }

    #[test]
    fn both_flags_are_one_change_of_the_text() {
        let both = BothFlags { stage: 0, services: Some(false), targets: Some(true) };
        let expected = TEXT
            .replace("{parallel: true}", "{parallel: false}")
            .replace("parallel: false\n    values", "parallel: true\n    values");
        assert_eq!(set_both(both, &plan(TEXT)), Ok(vec![FlagChange::Text(expected)]));
    }

    fn stages(names: &[&str]) -> String {
        let stage = |name: &&str| {
            format!("  - stage: {{name: {name}, type: Deployment, spec: {{service: {{}}}}}}\n")
        };
        let stages: String = names.iter().map(stage).collect();
        format!("stages:\n{stages}")
    }

    #[test]
    fn a_stage_of_an_older_plan_is_known_by_its_yaml() {
        let check = |before: &[&str], stage: usize, now: &[&str], expected: Option<usize>| {
            let [of, to] = [before, now].map(|names| plan(&stages(names)));
            assert_eq!(same_stage(stage, &of, &to).ok(), expected, "{before:?} {stage} {now:?}");
        };
        check(&["a", "b"], 1, &["a", "b"], Some(1));
        check(&["a", "b"], 0, &["new", "a", "b"], Some(1));
        check(&["a", "b", "c"], 2, &["c", "b"], Some(0));
        check(&["a", "b"], 0, &["b"], None);
        // The same twice: in order, as long as none of them came or went.
        check(&["a", "a"], 1, &["b", "a", "a"], Some(2));
        check(&["a", "a"], 1, &["a"], None);
        check(&["a", "b"], 0, &["renamed", "b"], None);

        let edited = stages(&["a", "b"]).replacen("service: {}", "service: {serviceRef: A}", 1);
        assert_eq!(same_stage(0, &plan(&stages(&["a", "b"])), &plan(&edited)), Ok(0));
    }

    #[test]
    fn flags_that_are_set_already_change_nothing() {
        let both = BothFlags { stage: 0, services: Some(true), targets: Some(false) };
        assert_eq!(set_both(both, &plan(TEXT)), Ok(Vec::new()));
    }

    #[test]
    fn an_expression_is_chosen_and_stays() {
        let text = TEXT.replace("{parallel: true}", "{parallel: <+input>}");
        let both = BothFlags { stage: 0, services: Some(true), targets: Some(false) };
        assert_eq!(set_both(both, &plan(&text)), Ok(Vec::new()));
        let flipped = BothFlags { services: Some(false), ..both };
        let changes = set_both(flipped, &plan(&text)).expect("it can be chosen");
        let [FlagChange::Choice { axis: AxisName::Services, parallel: false, .. }] = &changes[..]
        else {
            panic!("{changes:?}")
        };
    }
}
