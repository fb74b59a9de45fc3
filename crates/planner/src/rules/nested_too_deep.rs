//! Nodes inside each other, more than the product runs.

use deployline_engine::{Plan, Stage, Work};
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// Steps nested deeper than the product runs.
pub const NESTED_TOO_DEEP: Rule = Rule::error("nested-too-deep");

/// The most levels of nodes: stages, parallel groups, strategies, step groups and steps.
const MAX_LEVELS: u32 = 25;

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NESTED_TOO_DEEP,
    explanation: "Stages, parallel groups, strategies, step groups and steps inside each other are one level each, and the product fails a run with more than 25. The message names the way to the deepest step. Only what the text shows is counted: what the product puts around it may make the limit lower.",
    bad: Example::Made("24 step groups inside each other", || nested(24)),
    good: r#"stage:
  name: Build
  identifier: build
  type: Custom
  spec: {execution: {steps: [{stepGroup: {name: inner, identifier: inner, steps: [{step: {name: Call, identifier: call, type: Http}}]}}]}}
"#,
};

/// Looks at the deepest step of each stage.
pub(super) fn check(plan: &Plan) -> Vec<Diagnostic> {
    let deep = plan.distinct_stages().filter(|(_, stage)| stage.steps.deepest.is_some());
    deep.filter_map(|(index, stage)| {
        let is_around = |members: &[std::ops::Range<u32>]| {
            members.iter().any(|it| (it.start as usize..it.end as usize).contains(&index))
        };
        let groups = plan.pipeline.groups.iter().filter(|group| is_around(&group.members));
        of_stage(stage, u32::try_from(groups.count()).unwrap_or(u32::MAX))
    })
    .collect()
}

/// Looks at a stage that stands in so many parallel groups.
fn of_stage(stage: &Stage, groups: u32) -> Option<Diagnostic> {
    let deepest = stage.steps.deepest.as_ref()?;
    let runs_several = match &stage.work {
        Work::Deploy(deploy) => deploy.services.parallel.or(deploy.targets.parallel).is_some(),
        Work::Other | Work::Unknown => false,
    };
    let levels = deepest.levels + groups + 1 + u32::from(runs_several || stage.looping.is_some());
    if levels <= MAX_LEVELS {
        return None;
    }
    let message = format!(
        "This step is {levels} levels deep, and the product fails a run with more than {MAX_LEVELS}: {} › {}. \
         Stages, parallel groups, strategies, step groups and steps are a level each. Put fewer of them \
         inside each other.",
        stage.name, deepest.path
    );
    Some(NESTED_TOO_DEEP.at(deepest.span, message))
}

fn nested(groups: usize) -> String {
    let step = "{step: {name: Call, identifier: call, type: Http}}".to_owned();
    let steps = (0..groups).fold(step, |inner, number| {
        format!("{{stepGroup: {{name: g{number}, identifier: g{number}, steps: [{inner}]}}}}")
    });
    format!(
        "stage:\n  name: Build\n  identifier: build\n  type: Custom\n  spec: {{execution: {{steps: [{steps}]}}}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::nested;
    use crate::{Inputs, analyze};

    /// The levels of the deepest step of a text, where these are too many.
    fn levels(text: &str) -> Option<String> {
        let found = analyze(&[text], &Inputs::default(), &Default::default()).diagnostics;
        let message = found.into_iter().find(|found| found.code == "nested-too-deep")?.message;
        Some(message.split(" levels").next()?.replace("This step is ", ""))
    }

    #[test]
    fn each_node_is_a_level() {
        let with = |groups: usize, keys: &str| nested(groups).replace("type: Custom", keys);
        let count = |levels: &str| Some(levels.to_owned());
        // The stage and the step are two.
        assert_eq!(levels(&nested(23)), None);
        assert_eq!(levels(&nested(24)), count("26"));
        assert_eq!(levels(&with(23, "type: Custom\n  strategy: {parallelism: 2}")), count("26"));
        let looping = nested(23).replace("type: Http", "type: Http, strategy: {parallelism: 2}");
        assert_eq!(levels(&looping), count("26"));
        let parallel =
            nested(23).replace("[{step:", "[{parallel: [{step:").replace("Http}}]", "Http}}]}]");
        assert_eq!(levels(&parallel), count("26"));
        let stage = nested(23).replace("stage:\n", "").replace("\n  ", ", ");
        let group = format!("stages: [{{parallel: [{{stage: {{{}}}}}]}}]", stage.trim());
        assert_eq!(levels(&group), count("26"));
    }

    #[test]
    fn the_way_to_the_step_is_named() {
        let found = analyze(&[&nested(24)], &Inputs::default(), &Default::default()).diagnostics;
        let message = &found[0].message;
        let path = message.split(": ").nth(1).and_then(|rest| rest.split(". ").next());
        let groups: Vec<String> = (0..24).rev().map(|number| format!("g{number}")).collect();
        assert_eq!(path, Some(format!("Build › {} › Call", groups.join(" › ")).as_str()));
    }
}
