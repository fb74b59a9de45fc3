//! The part of each key in the plan, as the tables of `deployline_schema` have it: what is said to be read is read,
//! what is said to be unused is reported at its place, and what has no part changes nothing. `docs/coverage.md` is
//! made of the tables; `DEPLOYLINE_BLESS=1` writes it anew.
//!
#[path = "coverage/deployments.rs"]
mod deployments;
#[path = "coverage/documents.rs"]
mod documents;
#[path = "coverage/hosts.rs"]
mod hosts;
#[path = "coverage/newer.rs"]
mod newer;
#[path = "coverage/page.rs"]
mod page;
#[path = "coverage/texts.rs"]
mod texts;

use std::path::Path;

use deployline_engine::Assumptions;
use deployline_planner::{Inputs, analyze, rules};
use deployline_schema::{MappingKind, Takes, Usage};

use hosts::{Host, host, values};

/// Keys of the product that decide the order, the times or the targets, by the public documentation and schema.
const DECIDING: &[(MappingKind, &str)] = &[
    (MappingKind::Document, "freeze"),
    (MappingKind::Pipeline, "stages timeout flowControl variables template"),
    (MappingKind::Entry, "stage parallel group insert"),
    (
        MappingKind::Stage,
        "identifier type spec when strategy template failureStrategies timeout variables skipCondition runMode dependsOn",
    ),
    (MappingKind::RunMode, "type"),
    (MappingKind::FlowControl, "barriers"),
    (
        MappingKind::Spec,
        "service services environment environments environmentGroup multiDeploymentConfig execution gitOpsEnabled \
         serviceConfig infrastructure deploymentType",
    ),
    (MappingKind::CustomSpec, "environment execution"),
    (MappingKind::ChainedSpec, "pipeline org project inputs inputSetReferences"),
    (MappingKind::DynamicSpec, "source sourceConfig"),
    (MappingKind::Execution, "steps rollbackSteps"),
    (MappingKind::Step, "type timeout failureStrategies strategy"),
    (MappingKind::StepGroup, "steps failureStrategies strategy"),
    (MappingKind::WaitSpec, "duration"),
    (MappingKind::BarrierSpec, "barrierRef"),
    (MappingKind::QueueSpec, "key"),
    (MappingKind::Services, "values metadata useFromStage"),
    (MappingKind::Service, "serviceRef useFromStage"),
    (MappingKind::Environments, "values metadata filters"),
    (
        MappingKind::Environment,
        "environmentRef infrastructureDefinitions infrastructureDefinition deployToAll filters gitOpsClusters useFromStage",
    ),
    (MappingKind::Group, "envGroupRef environments deployToAll metadata filters"),
    (MappingKind::Infrastructure, "identifier"),
    (MappingKind::Cluster, "identifier"),
    (MappingKind::Metadata, "parallel"),
    (MappingKind::Limits, "maxConcurrency onFailure when"),
    (MappingKind::UseFromStage, "stage"),
    (MappingKind::Filter, "type entities spec"),
    (MappingKind::FilterSpec, "tags matchType"),
    (MappingKind::OlderService, "serviceRef service useFromStage"),
    (
        MappingKind::OlderInfrastructure,
        "environmentRef environment infrastructureDefinition allowSimultaneousDeployments useFromStage",
    ),
    (MappingKind::TemplateUse, "templateRef versionLabel templateInputs"),
    (MappingKind::When, "pipelineStatus condition"),
    (MappingKind::OnFailure, "errors action"),
    (MappingKind::FailureAction, "type spec"),
    (
        MappingKind::FailureActionSpec,
        "retryCount retryIntervals onRetryFailure timeout onTimeout failAll condition",
    ),
    (MappingKind::Strategy, "matrix repeat parallelism onFailure when"),
    (MappingKind::Matrix, "exclude maxConcurrency"),
    (MappingKind::Repeat, "times items maxConcurrency start end unit partitionSize"),
    (MappingKind::ServiceEntity, "identifier tags"),
    (MappingKind::EnvironmentEntity, "identifier tags"),
    (
        MappingKind::InfrastructureEntity,
        "identifier environmentRef tags allowSimultaneousDeployments spec",
    ),
    (MappingKind::GroupEntity, "identifier envIdentifiers"),
    (MappingKind::TemplateEntity, "identifier versionLabel type spec"),
    (MappingKind::InputSet, "pipeline"),
    (MappingKind::Overlay, "pipelineIdentifier inputSetReferences"),
    (MappingKind::V1Pipeline, "stages template if timeout service environment inputs"),
    (
        MappingKind::V1Stage,
        "id service environment steps parallel group if strategy on-failure timeout disabled rollback chain dynamic \
         template approval action deploy build test chaos idp iacm sto",
    ),
    (MappingKind::V1Parallel, "stages if"),
    (MappingKind::V1Group, "stages if on-failure"),
    (MappingKind::V1Uses, "uses"),
    (MappingKind::V1Chain, "uses with"),
    (MappingKind::V1ChainWith, "inputs input-sets"),
    (MappingKind::V1Services, "id items parallel"),
    (MappingKind::V1Service, "id"),
    (MappingKind::V1Environments, "id deploy-to items group filters parallel"),
    (MappingKind::V1Environment, "id deploy-to filters"),
    (MappingKind::V1EnvironmentGroup, "id items filters parallel"),
    (MappingKind::V1Infrastructure, "id"),
    (MappingKind::V1Filter, "environments infrastructures"),
    (MappingKind::V1FilterSides, "or and"),
    (MappingKind::V1FilterCondition, "tags"),
    (MappingKind::V1FilterTags, "in all"),
    (MappingKind::V1Strategy, "matrix for while repeat max-parallel fail-fast if"),
    (MappingKind::V1Matrix, "include exclude"),
    (MappingKind::V1For, "iterations"),
    (MappingKind::V1While, "iterations condition delay"),
    (MappingKind::V1Repeat, "iterations items start end partition-size unit"),
    (MappingKind::V1FailureRule, "errors action"),
    (
        MappingKind::V1FailureAction,
        "retry manual-intervention retry-step-group stage-rollback pipeline-rollback fail ignore success abort \
         proceed-with-default fail-all",
    ),
    (MappingKind::V1Retry, "attempts interval failure-action"),
    (MappingKind::V1RetryStepGroup, "attempts interval"),
    (MappingKind::V1ManualIntervention, "timeout timeout-action"),
    (MappingKind::V1PipelineRollback, "fail-all"),
    (MappingKind::V1Step, "parallel group timeout on-failure wait barrier queue approval"),
    (MappingKind::V1StepGroup, "steps on-failure"),
    (MappingKind::V1Wait, "duration"),
    (MappingKind::V1Barrier, "name"),
    (MappingKind::V1Queue, "key"),
];

/// The kinds of mappings, those of the older schema first.
fn kinds() -> impl Iterator<Item = MappingKind> {
    MappingKind::ALL.iter().copied()
}

#[test]
fn each_key_that_decides_something_has_its_part() {
    for (kind, keys) in DECIDING {
        for key in keys.split_whitespace() {
            let usage = kind.usage(key);
            assert!(usage.is_some_and(|it| it != Usage::NoBearing), "{key} of {kind:?}: {usage:?}");
        }
    }
}

/// What is drawn and said: the pipeline as it is read, and the diagnostics.
type Outcome = (String, Vec<(&'static str, String)>);

fn outcome(text: &str) -> Outcome {
    let analysis = analyze(&[text], &Inputs::default(), &Assumptions::default());
    assert!(!analysis.is_broken, "no YAML: {text}\n{:?}", analysis.diagnostics);
    // That a value is none that the key takes is said of all keys.
    let found = analysis.diagnostics.into_iter().filter(|found| found.code != "unexpected-value");
    let found = found.map(|found| (found.code, found.message));
    (without_spans(&format!("{:?}", analysis.plan.pipeline)), found.collect())
}

fn without_spans(text: &str) -> String {
    let mut parts = text.split("Span {");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once('}').map_or(part, |(_, rest)| rest))
}

/// A key with the texts that have one value for it each, and one without it.
struct Tried {
    kind: MappingKind,
    key: &'static str,
    usage: Usage,
    texts: Vec<String>,
}

/// The keys that have values of their own.
fn tried() -> Vec<Tried> {
    let mut all = Vec::new();
    for kind in kinds() {
        for key in kind.keys() {
            let is_part = |takes: &Takes| matches!(takes, Takes::Mapping(_) | Takes::List(_));
            // What it holds has a table of its own.
            if key.takes.iter().all(is_part) {
                continue;
            }
            let usage = kind.usage(key.name).expect("it is in the table");
            let host: Host = host(kind, key.name);
            let values = values(kind, key, &host);
            let texts = values.iter().map(|value| host.with(key.name, Some(value)));
            let texts = texts.chain([host.with(key.name, None)]).collect();
            all.push(Tried { kind, key: key.name, usage, texts });
        }
    }
    all
}

#[test]
fn what_is_read_changes_the_plan_and_what_has_no_part_does_not() {
    let mut wrong = Vec::new();
    for Tried { kind, key, usage, texts } in tried() {
        let outcomes: Vec<Outcome> = texts.iter().map(|text| outcome(text)).collect();
        let other = outcomes.iter().position(|it| *it != outcomes[0]);
        match (usage, other) {
            (Usage::Read, None) => wrong.push(format!("{key} of {kind:?} changes nothing")),
            (Usage::NoBearing, Some(other)) => {
                let (one, other) = (&texts[0], &texts[other]);
                wrong.push(format!("{key} of {kind:?} changes something:\n  {one}\n  {other}"));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_used_is_said_at_its_key() {
    let mut count = 0;
    for Tried { kind, key, usage, texts } in tried() {
        let Usage::Said(code) = usage else { continue };
        let is_said = |text: &String| {
            let found = analyze(&[text], &Inputs::default(), &Assumptions::default()).diagnostics;
            found.iter().any(|it| it.code == code && text[it.span.range()] == *key)
        };
        assert!(
            texts.iter().any(is_said),
            "`{code}` is not found at {key} of {kind:?}: {texts:#?}"
        );
        count += 1;
    }
    assert!(count >= 12, "only {count}");
}

/// A value of each shape, and whether a key takes it.
type Shape = (&'static str, fn(&Takes) -> bool);

const SHAPES: &[Shape] = &[
    ("zz", |takes| matches!(takes, Takes::Text | Takes::Words(_) | Takes::Reference(_))),
    ("[zz]", |takes| matches!(takes, Takes::Texts | Takes::References(_) | Takes::Items)),
    ("[{zz: zz}]", |takes| matches!(takes, Takes::List(_) | Takes::Items)),
    ("[[zz]]", |takes| matches!(takes, Takes::Items)),
    ("{zz: zz}", |takes| matches!(takes, Takes::Mapping(_) | Takes::Values)),
];

#[test]
fn a_value_that_its_key_does_not_take_is_said() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    // Without its version, this is a text of the older schema.
    let decides_schema = |kind, name| kind == MappingKind::V1Pipeline && name == "version";
    for kind in kinds() {
        let keys = kind.keys().iter().filter(|key| !decides_schema(kind, key.name));
        for key in keys.filter(|key| !key.takes.contains(&Takes::Anything)) {
            for (value, takes) in SHAPES {
                let text = host(kind, key.name).with(key.name, Some(value));
                let entry = format!("{}: {value}", key.name);
                let at = text.rfind(&entry).expect("it is there");
                let range = at..at + entry.len();
                let found = analyze(&[&text], &Inputs::default(), &Assumptions::default());
                let found = found.diagnostics.iter();
                let said: Vec<&str> = found
                    .filter(|it| range.contains(&(it.span.start as usize)))
                    .map(|it| it.code)
                    .collect();
                let is_expected = key.takes.iter().any(takes);
                count += usize::from(!is_expected);
                if (!is_expected && said.is_empty())
                    || (is_expected && said.contains(&"unexpected-value"))
                {
                    wrong.push(format!("`{entry}` of {kind:?}: {said:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 900, "only {count}");
}

/// A fix that gives a key another name never gives it that of a key that is there.
#[test]
fn no_suggestion_overwrites_a_key_that_is_there() {
    let mut count = 0;
    for kind in kinds().filter(|kind| !kind.is_open()) {
        for key in kind.keys().iter().filter(|key| key.name.len() > 2) {
            let mut name = key.name.to_owned();
            name.insert(1, 'q');
            for is_there in [false, true] {
                let host = host(kind, key.name);
                let text = host.misspelt(&name, key.name, is_there);
                let found = analyze(&[&text], &Inputs::default(), &Assumptions::default());
                let fixes = found.diagnostics.iter().filter_map(|found| found.fix.as_ref());
                let edits = fixes.flat_map(|fix| &fix.edits);
                let mut edits = edits.filter(|edit| text[edit.span.range()] == name);
                let renames = edits.any(|edit| edit.insert == key.name);
                assert!(!(renames && is_there), "{key:?} of {kind:?}: {text}");
                count += usize::from(renames);
            }
        }
    }
    assert!(count > 150, "only {count} are suggested");
}

#[test]
fn the_page_of_the_coverage_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/coverage.md");
    let page = page::page(&kinds().collect::<Vec<_>>());
    if std::env::var_os("DEPLOYLINE_BLESS").is_some() {
        std::fs::write(&path, &page).expect("docs/coverage.md can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page == written,
        "docs/coverage.md is not what the tables say; `DEPLOYLINE_BLESS=1 cargo test -p deployline-planner \
         --test coverage` writes it"
    );
}

#[test]
fn the_rules_and_sections_that_are_named_exist() {
    let codes = rules::chapters().into_iter().flat_map(|chapter| chapter.rules);
    let codes: Vec<&str> = codes.map(|docs| docs.rule.code).collect();
    let semantics = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/semantics.md");
    let semantics = std::fs::read_to_string(semantics).expect("it can be read");
    for kind in kinds() {
        let heading = format!("\n## {}\n", page::section(kind));
        assert!(semantics.contains(&heading), "{kind:?}: no section {heading}");
        for key in kind.keys() {
            if let Some(Usage::Said(code)) = kind.usage(key.name) {
                assert!(codes.contains(&code), "{} of {kind:?}: no rule {code}", key.name);
            }
        }
    }
}
