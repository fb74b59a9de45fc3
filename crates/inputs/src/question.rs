//! Questions about expressions: the places that the planner reads, and what each may hold.

use deployline_engine::AxisName;

/// Kind of value that an expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    /// One name.
    Name,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number of at least so much.
    Number(u32),
    /// `true` or `false`.
    Flag,
    /// Flag of an axis.
    Parallel(AxisName),
    /// Several.
    List(ListOf),
    /// A value that no field can hold.
    Nothing,
}

/// Items of a list, which decide how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListOf {
    /// `[{serviceRef: a}]`
    Services,
    /// `[{identifier: a}]`
    Infrastructures,
    /// `[{environmentRef: a, infrastructureDefinitions: […]}]`
    Environments,
    /// `{environmentRef: a, infrastructureDefinitions: […]}`
    OneEnvironment,
    /// `[a, b]`, of services.
    ServiceNames,
    /// `[a, b]`, of infrastructures.
    InfrastructureNames,
    /// `[a, b]`, of whatever a strategy goes through.
    Values,
    /// `{parallelism: 3}`: how often a stage runs.
    Parallelism,
}

use ValueKind::{Flag, List, Name, Nothing, Number, Parallel, Word};

const PIPELINE_STATUS: ValueKind = Word(&["Success", "Failure", "All"]);
const ON_FAILURE: ValueKind = Word(&["RunAll", "SkipQueued"]);

/// A path, its question, and what it asks for.
type Row = (&'static str, &'static str, ValueKind);

/// Paths in a stage with a question each. `*` is an item of a list, `@` any key.
const PATHS: [Row; 51] = [
    ("when.pipelineStatus", "After which outcome does the stage run?", PIPELINE_STATUS),
    ("when", "When does the stage run?", Nothing),
    ("variables.*.value", "Which value has the variable?", Name),
    ("spec", "What does the stage deploy, and where to?", Nothing),
    ("spec.gitOpsEnabled", "Is it GitOps?", Flag),
    ("spec.services", "Which services?", List(ListOf::Services)),
    ("spec.services.values", "Which services?", List(ListOf::Services)),
    ("spec.services.values.*", "Which service?", Name),
    ("spec.services.values.*.serviceRef", "Which service?", Name),
    ("spec.services.metadata.parallel", SERVICES_PARALLEL, Parallel(AxisName::Services)),
    ("spec.service", "Which service?", Name),
    ("spec.service.serviceRef", "Which service?", Name),
    ("spec.serviceConfig.serviceRef", "Which service?", Name),
    ("spec.serviceConfig.service.identifier", "Which service?", Name),
    ("spec.environments", "Which environments?", List(ListOf::Environments)),
    ("spec.environments.values", "Which environments?", List(ListOf::Environments)),
    ("spec.environments.metadata.parallel", TARGETS_PARALLEL, Parallel(AxisName::Targets)),
    ("spec.environments.filters.*.spec.tags", "Which tags?", Nothing),
    ("spec.environmentGroup.envGroupRef", "Which environment group?", Name),
    ("spec.environmentGroup.deployToAll", "To all of the group?", Flag),
    ("spec.environmentGroup.environments", "Which environments of the group?", ENVIRONMENTS),
    ("spec.environmentGroup.metadata.parallel", TARGETS_PARALLEL, Parallel(AxisName::Targets)),
    ("spec.infrastructure.environmentRef", "Which environment?", Name),
    ("spec.infrastructure.environment.identifier", "Which environment?", Name),
    ("spec.infrastructure.allowSimultaneousDeployments", "May several run at once?", Flag),
    ("spec.multiDeploymentConfig.maxConcurrency", "How many at once?", Number(1)),
    ("spec.multiDeploymentConfig.onFailure", "What does a failure do to the others?", ON_FAILURE),
    ("strategy", "How often does the stage run?", List(ListOf::Parallelism)),
    ("strategy.onFailure", "What does a failure do to the others?", ON_FAILURE),
    ("strategy.parallelism", "How often does the stage run?", Number(1)),
    ("strategy.matrix.exclude", "Which combinations are left out?", Nothing),
    ("strategy.matrix.maxConcurrency", "How many at once?", Number(0)),
    ("strategy.matrix.@", "Which values?", List(ListOf::Values)),
    ("strategy.matrix.@.*", "Which value?", Name),
    ("strategy.repeat.items", "For which items?", List(ListOf::Values)),
    ("strategy.repeat.items.*", "Which item?", Name),
    ("strategy.repeat.times", "How often does the stage run?", Number(1)),
    ("strategy.repeat.start", "From which item on?", Number(0)),
    ("strategy.repeat.end", "Up to which item?", Number(0)),
    ("strategy.repeat.partitionSize", "How many items in a part?", Number(1)),
    ("strategy.repeat.maxConcurrency", "How many at once?", Number(0)),
    ("strategy.for", "How often does the stage run?", Number(1)),
    ("strategy.for.iterations", "How often does the stage run?", Number(1)),
    ("strategy.max-parallel", "How many at once?", Number(0)),
    ("service", "Which service?", Name),
    ("service.id", "Which service?", Name),
    ("service.items", "Which services?", List(ListOf::ServiceNames)),
    ("service.items.*", "Which service?", Name),
    ("service.items.*.id", "Which service?", Name),
    ("service.parallel", SERVICES_PARALLEL, Parallel(AxisName::Services)),
    ("service.*", "Which service?", Name),
];

/// The same below each place of an environment in the older schema.
const IN_ENVIRONMENT: [Row; 9] = [
    ("", "Which environment?", List(ListOf::OneEnvironment)),
    ("environmentRef", "Which environment?", Name),
    ("deployToAll", "To all infrastructures?", Flag),
    ("infrastructureDefinitions", "Which infrastructures?", INFRASTRUCTURES),
    ("infrastructureDefinitions.*", "Which infrastructure?", Name),
    ("infrastructureDefinitions.*.identifier", "Which infrastructure?", Name),
    ("infrastructureDefinition", "Which infrastructure?", Name),
    ("infrastructureDefinition.identifier", "Which infrastructure?", Name),
    ("filters.*.spec.tags", "Which tags?", Nothing),
];

const ENVIRONMENTS_AT: [&str; 3] =
    ["spec.environment", "spec.environments.values.*", "spec.environmentGroup.environments.*"];

/// And in the newer one.
const IN_FLAT_ENVIRONMENT: [Row; 5] = [
    ("", "Which environment?", Name),
    ("id", "Which environment?", Name),
    ("deploy-to", "Which infrastructures?", List(ListOf::InfrastructureNames)),
    ("deploy-to.*", "Which infrastructure?", Name),
    ("group", "Which environment group?", Name),
];

const FLAT_ENVIRONMENTS_AT: [&str; 2] = ["environment", "environment.items.*"];

/// A flag that only the newer schema has.
const FLAT_PARALLEL: Row = ("environment.parallel", TARGETS_PARALLEL, Parallel(AxisName::Targets));

const SERVICES_PARALLEL: &str = "Services in parallel?";
const TARGETS_PARALLEL: &str = "Environments or infrastructures in parallel?";
const ENVIRONMENTS: ValueKind = List(ListOf::Environments);
const INFRASTRUCTURES: ValueKind = List(ListOf::Infrastructures);

/// All questions with their paths taken apart: a long list asks for the same one at each item.
pub(crate) struct Questions(Vec<QuestionAt>);

struct QuestionAt {
    path: Vec<&'static str>,
    question: &'static str,
    kind: ValueKind,
}

impl Questions {
    pub(crate) fn new() -> Self {
        let direct = PATHS.iter().chain([&FLAT_PARALLEL]).map(|row| ("", row));
        let environments = below(&ENVIRONMENTS_AT, &IN_ENVIRONMENT);
        let flat = below(&FLAT_ENVIRONMENTS_AT, &IN_FLAT_ENVIRONMENT);
        let all = direct.chain(environments).chain(flat);
        let question_at = |(head, (tail, question, kind)): (&'static str, &Row)| QuestionAt {
            path: head.split('.').chain(tail.split('.')).filter(|key| !key.is_empty()).collect(),
            question,
            kind: *kind,
        };
        Self(all.map(question_at).collect())
    }

    /// The question at a path in a stage.
    pub(crate) fn at(&self, path: &[&str]) -> Option<(&'static str, ValueKind)> {
        let mut of_this_length = self.0.iter().filter(|row| row.path.len() == path.len());
        of_this_length.find(|row| row.is_below(path)).map(|row| (row.question, row.kind))
    }

    /// True where there is a question at a path, or below it.
    pub(crate) fn are_below(&self, path: &[&str]) -> bool {
        self.0.iter().any(|row| row.path.len() >= path.len() && row.is_below(path))
    }
}

impl QuestionAt {
    fn is_below(&self, path: &[&str]) -> bool {
        self.path.iter().zip(path).all(|(pattern, key)| fits(pattern, key))
    }
}

fn below(
    places: &'static [&'static str],
    rows: &'static [Row],
) -> impl Iterator<Item = (&'static str, &'static Row)> {
    places.iter().flat_map(move |place| rows.iter().map(move |row| (*place, row)))
}

fn fits(pattern: &str, key: &str) -> bool {
    pattern == key || (pattern == "@" && key != "*" && !matches!(key, "nodeName"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_either_schema() {
        let questions = Questions::new();
        for (path, expected) in [
            ("spec.services.values", Some(List(ListOf::Services))),
            ("spec.environmentGroup.environments.*.deployToAll", Some(Flag)),
            ("spec.environment", Some(List(ListOf::OneEnvironment))),
            ("environment", Some(Name)),
            ("environment.items.*.deploy-to", Some(List(ListOf::InfrastructureNames))),
            ("environment.parallel", Some(Parallel(AxisName::Targets))),
            ("strategy.matrix.exclude", Some(Nothing)),
            ("strategy.matrix.city", Some(List(ListOf::Values))),
            ("strategy.matrix.nodeName", None),
            ("spec.execution", None),
            ("spec.service.serviceInputs", None),
        ] {
            let keys: Vec<&str> = path.split('.').collect();
            assert_eq!(questions.at(&keys).map(|(_, kind)| kind), expected, "{path}");
        }
        assert!(questions.are_below(&["spec", "environments", "values", "*"]));
        assert!(!questions.are_below(&["spec", "execution"]));
    }
}
