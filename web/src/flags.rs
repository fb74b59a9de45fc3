//! What a flipped checkbox does: to the text, or to the viewer's choice where the text has an
//! expression.

use deployline_engine::AxisName;
use deployline_planner::{Analysis, ToggleEffect, edit, toggle};
use deployline_yaml::TextEdit;

use crate::components::{BothFlags, Flip};
use crate::derived::Derived;
use crate::state::Action;

/// Flips one checkbox of one stage.
pub(crate) fn flip(flip: Flip, shown: &Derived) -> Action {
    let Flip { stage, axis, parallel, is_choice } = flip;
    if is_choice {
        return choose(&shown.analysis, stage, axis, parallel);
    }
    match edit_of(shown, stage, axis, parallel) {
        Ok(edit) => Action::Rewrite(edit.apply(&shown.text).into()),
        Err(refusal) => Action::Notify(refusal),
    }
}

/// Sets both checkboxes of a stage, as one change of the text. Nothing is planned here: both edits are of
/// the text as it is shown.
pub(crate) fn set_both(both: BothFlags, shown: &Derived) -> Vec<Action> {
    let Some(stage) = shown.analysis.plan.pipeline.stages.get(both.stage) else {
        return Vec::new();
    };
    let (mut actions, mut edits) = (Vec::new(), Vec::new());
    for (axis, wanted) in [(AxisName::Services, both.services), (AxisName::Targets, both.targets)] {
        let Some(parallel) = wanted else { continue };
        let toggle = toggle(stage, axis).filter(|toggle| toggle.is_checked != parallel);
        match toggle.map(|toggle| toggle.effect) {
            None => {}
            Some(ToggleEffect::ChoosesAssumption) => {
                actions.push(choose(&shown.analysis, both.stage, axis, parallel));
            }
            Some(_) => match edit_of(shown, both.stage, axis, parallel) {
                Ok(edit) => edits.push(edit),
                Err(refusal) => return vec![Action::Notify(refusal)],
            },
        }
    }
    if !edits.is_empty() {
        actions.push(Action::Rewrite(TextEdit::apply_all(&edits, &shown.text).into()));
    }
    actions
}

fn choose(analysis: &Analysis, stage: usize, axis: AxisName, parallel: bool) -> Action {
    let stage = analysis.plan.pipeline.stages[stage].identifier.clone();
    Action::Choose { stage, axis, parallel }
}

fn edit_of(
    shown: &Derived,
    stage: usize,
    axis: AxisName,
    parallel: bool,
) -> Result<TextEdit, String> {
    let Analysis { documents, plan, .. } = &shown.analysis;
    edit::set_parallel(&shown.text, documents, &plan.pipeline, stage, axis, parallel)
        .map_err(|refusal| refusal.reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Source;

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

    fn shown(text: &str) -> Derived {
        Derived::new(&Source { text: text.into(), ..Source::default() }, false)
    }

    #[test]
    fn both_flags_are_one_change_of_the_text() {
        let both = BothFlags { stage: 0, services: Some(false), targets: Some(true) };
        let actions = set_both(both, &shown(TEXT));
        let [Action::Rewrite(text)] = &actions[..] else { panic!("{actions:?}") };
        let expected = TEXT
            .replace("{parallel: true}", "{parallel: false}")
            .replace("parallel: false\n    values", "parallel: true\n    values");
        assert_eq!(&**text, expected);
    }

    #[test]
    fn what_is_so_already_changes_nothing() {
        let both = BothFlags { stage: 0, services: Some(true), targets: Some(false) };
        assert!(set_both(both, &shown(TEXT)).is_empty());
    }

    #[test]
    fn an_expression_is_chosen_and_stays() {
        let text = TEXT.replace("{parallel: true}", "{parallel: <+input>}");
        let both = BothFlags { stage: 0, services: Some(true), targets: Some(false) };
        let flipped = BothFlags { services: Some(false), ..both };
        let actions: Vec<_> =
            [both, flipped].into_iter().flat_map(|both| set_both(both, &shown(&text))).collect();
        let [Action::Choose { axis: AxisName::Services, .. }] = &actions[..] else {
            panic!("{actions:?}")
        };
    }
}
