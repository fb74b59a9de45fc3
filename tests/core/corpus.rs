//! Pipelines as people write them (`tests/corpus/README.md` says what each file shows), each with
//! its plan in `tests/corpus/plans`. With `DEPLOYLINE_BLESS=1` those are written anew, to be read
//! line by line before they are kept.

use deployline_engine::{Assumptions, Plan};
use deployline_planner::{Inputs, analyze};
use deployline_yaml::{Diagnostic, Severity};

use crate::{diff, spec};

/// Each file with the codes of the errors it holds. All else that can't be said is a warning.
const FILES: [(&str, &[&str]); 25] = [
    ("01-single-service.yaml", &[]),
    ("02-inline-definitions.yaml", &[]),
    ("03-dev-qa-prod-propagation.yaml", &[]),
    ("04-parallel-groups-barriers.yaml", &[]),
    ("05-services-environments-mixes.yaml", &[]),
    ("06-metadata-missing.yaml", &["services-metadata-without-parallel"]),
    ("07-environment-groups.yaml", &[]),
    ("08-flat-schema-v1.yaml", &[]),
    ("09-filters.yaml", &[]),
    ("10-gitops-clusters.yaml", &[]),
    ("11-runtime-inputs.yaml", &[]),
    ("12-matrix-service-environment.yaml", &[]),
    ("13-repeat-and-parallelism.yaml", &[]),
    ("14-stage-templates.yaml", &[]),
    ("15-approvals-custom-crlf.yaml", &[]),
    ("16-chained-and-step-groups.yaml", &[]),
    ("17-multi-deployment-config.yaml", &[]),
    ("18-entities-after-the-pipeline.yaml", &[]),
    ("19-input-set.yaml", &[]),
    ("20-flow-style.yaml", &[]),
    ("21-four-spaces-comments.yaml", &[]),
    ("22-scalars-and-scripts.yaml", &[]),
    ("23-fragment-unicode.yaml", &[]),
    ("24-forty-services.yaml", &["too-many-children"]),
    ("25-continuation-below-indent-lenient.yaml", &[]),
];

/// The one file that is no pipeline.
const INPUT_SET: &str = "19-input-set.yaml";

const PLANS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/plans");

pub(crate) fn text(file: &str) -> String {
    let path = format!("{}/corpus/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files with their texts, in order.
pub(crate) fn texts() -> Vec<(&'static str, String)> {
    FILES.iter().map(|(file, _)| (*file, text(file))).collect()
}

#[test]
fn the_table_names_every_file() {
    let there = names_in(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"), ".yaml");
    assert_eq!(there, FILES.map(|(file, _)| file));
}

#[test]
fn every_file_is_planned_with_the_errors_it_has() {
    let mut failures = Vec::new();
    for ((file, text), (_, expected)) in texts().iter().zip(FILES) {
        let (plan, diagnostics) = plan(text);
        let errors: Vec<&str> = errors(&diagnostics).map(|error| error.code).collect();
        if errors != expected {
            failures.push(format!("{file}: errors {errors:?}, expected {expected:?}"));
        }
        if plan.stages.is_empty() != (*file == INPUT_SET) {
            failures.push(format!("{file}: {} stages", plan.stages.len()));
        }
        if plan.stages.iter().any(|stage| stage.deployments.is_empty()) {
            failures.push(format!("{file}: a stage without a bar"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// An input set beside its pipeline, as if it stood in the same text.
const TOGETHER: (&str, [&str; 2]) = ("11-with-19", ["11-runtime-inputs.yaml", "19-input-set.yaml"]);

#[test]
fn every_plan_is_the_reviewed_one() {
    let is_blessed = std::env::var_os("DEPLOYLINE_BLESS").is_some_and(|value| value == "1");
    let singles = texts().into_iter().map(|(file, text)| (file.trim_end_matches(".yaml"), text));
    let together = TOGETHER.1.map(text).join("---\n");
    let mut failures = Vec::new();
    let mut there = Vec::new();
    for (name, text) in singles.chain([(TOGETHER.0, together)]) {
        let actual = spec::brief_plan(&text);
        let path = format!("{PLANS}/{name}.plan");
        there.push(format!("{name}.plan"));
        if is_blessed {
            std::fs::write(&path, &actual).expect("the plan can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if actual != expected {
            failures
                .push(format!("{name} (- expected, + is)\n{}", diff::lines(&expected, &actual)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    there.sort();
    assert_eq!(names_in(PLANS, ".plan"), there, "a plan belongs to no file");
}

#[test]
fn an_input_set_takes_its_errors_away() {
    let together = TOGETHER.1.map(text).join("---\n");
    let (_, diagnostics) = plan(&together);
    assert_eq!(errors(&diagnostics).count(), 0, "{diagnostics:#?}");
}

#[test]
fn every_file_reads_as_yaml() {
    for (file, text) in texts() {
        let found = deployline_yaml::parse(&text).diagnostics;
        assert!(found.is_empty(), "{file}: {found:#?}");
    }
}

/// Counted by hand: deployments of each stage, and how many at once.
#[test]
fn the_numbers_of_deployments_are_those_of_the_text() {
    for (file, expected) in [
        ("04-parallel-groups-barriers.yaml", "1/1 1/1 1/1 1/1 3/3 1/1"),
        ("05-services-environments-mixes.yaml", "4/1 9/3 6/3 4/4"),
        ("06-metadata-missing.yaml", "4/4 2/2 4/2 2/2 4/2 2/2"),
        ("07-environment-groups.yaml", "3/1 4/2 1/1 2/2"),
        ("10-gitops-clusters.yaml", "1/1 2/1 1/1"),
        ("16-chained-and-step-groups.yaml", "1/1 1/1 1/1"),
        ("17-multi-deployment-config.yaml", "12/3 2/2 2/1"),
        ("20-flow-style.yaml", "9/3 1/1 1/1"),
        ("21-four-spaces-comments.yaml", "9/3 1/1"),
        ("23-fragment-unicode.yaml", "4/2 1/1 1/1"),
        ("24-forty-services.yaml", "1000/40"),
        ("25-continuation-below-indent-lenient.yaml", "1/1 2/1"),
    ] {
        let (plan, _) = plan(&text(file));
        let counts = plan
            .stages
            .iter()
            .map(|stage| format!("{}/{}", stage.deployments.len(), stage.max_concurrency));
        let actual = counts.collect::<Vec<_>>().join(" ");
        assert_eq!(actual, expected, "{file}");
    }
}

/// The files of a directory whose names end in `ending`, in order.
fn names_in(directory: &str, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(directory).expect("the directory is there");
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
    names.sort();
    names
}

fn plan(text: &str) -> (Plan, Vec<Diagnostic>) {
    let analysis = analyze(&[text], &Inputs::default(), &Assumptions::default());
    let runs = analysis.schedule.stages.len();
    assert_eq!(runs, analysis.plan.stages.len(), "each stage has a run");
    (analysis.plan, analysis.diagnostics)
}

fn errors(diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
}
