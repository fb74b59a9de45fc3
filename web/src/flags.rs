//! What a flipped checkbox does: to the text, or to the viewer's choice where the text has an
//! expression.

use deployline_engine::AxisName;
use deployline_planner::{Analysis, Inputs, ToggleEffect, analyze, edit, toggle};

use crate::components::{BothFlags, Flip};
use crate::derived::Derived;
use crate::state::Action;

/// One checkbox of one stage.
pub(crate) fn flip(flip: Flip, shown: &Derived) -> Action {
    let Flip { stage, axis, parallel, is_choice } = flip;
    if is_choice {
        return choose(&shown.analysis, stage, axis, parallel);
    }
    match changed(&shown.text, &shown.analysis, flip) {
        Ok(text) => Action::Rewrite(text.into()),
        Err(refusal) => Action::Notify(refusal),
    }
}

/// Both checkboxes of a stage, as one change of the text.
pub(crate) fn set_both(both: BothFlags, shown: &Derived) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut text = shown.text.to_string();
    for (axis, wanted) in [(AxisName::Services, both.services), (AxisName::Targets, both.targets)] {
        let Some(parallel) = wanted else { continue };
        let analysis = analyze(&[&text], &Inputs::default(), &shown.assumptions);
        let Some(stage) = shown.analysis.plan.pipeline.stages.get(both.stage) else { continue };
        let Some(toggle) = toggle(stage, axis).filter(|toggle| toggle.is_checked != parallel)
        else {
            continue;
        };
        let flip = Flip { stage: both.stage, axis, parallel, is_choice: false };
        match toggle.effect {
            ToggleEffect::ChoosesAssumption => {
                actions.push(choose(&shown.analysis, both.stage, axis, parallel));
            }
            _ => match changed(&text, &analysis, flip) {
                Ok(changed) => text = changed,
                Err(refusal) => return vec![Action::Notify(refusal)],
            },
        }
    }
    if text != *shown.text {
        actions.push(Action::Rewrite(text.into()));
    }
    actions
}

fn choose(analysis: &Analysis, stage: usize, axis: AxisName, parallel: bool) -> Action {
    let stage = analysis.plan.pipeline.stages[stage].identifier.clone();
    Action::Choose { stage, axis, parallel }
}

fn changed(text: &str, analysis: &Analysis, flip: Flip) -> Result<String, String> {
    let Flip { stage, axis, parallel, .. } = flip;
    let pipeline = &analysis.plan.pipeline;
    edit::set_parallel(text, &analysis.documents, pipeline, stage, axis, parallel)
        .map(|edit| edit.apply(text))
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
