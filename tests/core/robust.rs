//! Texts nobody meant to write: whatever comes in, a plan and diagnostics come out.

mod multiply;
mod operations;
mod shapes;
pub(crate) mod soup;

use deployline_engine::{
    Assumptions, AxisName, DEPLOYMENT_BUDGET, Failure, ParallelSource, Pipeline, Plan, Schedule,
    Work, expand, format, insight, schedule, schedule_in_waves, words,
};
use deployline_migrate::migrated;
use deployline_planner::{Inputs, resolve, rules, toggle};
use deployline_span::Span;
use deployline_yaml::{Budget, Diagnostic, LineIndex, Severity};
use proptest::prelude::*;

use crate::edits;

proptest! {
    #![proptest_config(crate::cases::cases(8_000))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_characters(text in "(?s).{0,120}") {
        survives(&text);
    }

    #[test]
    fn yaml_soup(text in soup::yaml()) {
        survives(&text);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(2_000))]

    #[test]
    fn pipeline_soup(text in soup::pipeline()) {
        survives(&text);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(400))]

    #[test]
    fn corpus_files_with_something_broken(text in soup::broken_corpus()) {
        survives(&text);
    }
}

#[test]
fn texts_made_to_exhaust() {
    let laughs = (1..60).map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1));
    let laughs = format!("a0: &a0 x\n{}stages: *a59\n", laughs.collect::<String>());
    let long_line = format!("stages: {}\n", "x ".repeat(50_000));
    let services = "{serviceRef: S}, ".repeat(2_000);
    let environment = "{environmentRef: E, infrastructureDefinitions: [{identifier: I}]}, ";
    let many = format!(
        "services: {{values: [{services}]}}\nenvironments: {{values: [{}]}}\n",
        environment.repeat(1_000)
    );
    for text in [
        "[".repeat(20_000),
        "{".repeat(20_000),
        "{a: ".repeat(20_000),
        "- ".repeat(20_000),
        "? ".repeat(5_000),
        "\t".repeat(20_000),
        "\"".repeat(5_001),
        "a:\n\t- b\n".repeat(500),
        "&a [*a]".to_owned(),
        "stages: &a [*a, {stage: *a}]".to_owned(),
        "\u{feff}pipeline:\r  stages:\r    - stage: {}\r".to_owned(),
        "stages:\n  - stage:\0\n".to_owned(),
        "---\n...\n---\n".repeat(1_000),
        laughs,
        long_line,
        many,
    ] {
        survives(&text);
    }
}

/// Strategies that ask for more than anyone can look at are refused before they are made.
#[test]
fn strategies_made_to_exhaust() {
    let axis = |name: &str| {
        let values: Vec<String> = (0..1_000).map(|i| format!("{name}{i}")).collect();
        format!("{name}: [{}]", values.join(", "))
    };
    let million = format!("matrix: {{{}, {}}}", axis("a"), axis("b"));
    for (strategy, expected) in [
        (million.as_str(), "This strategy makes 1,000,000 runs: a (1,000) × b (1,000). At most"),
        ("parallelism: 100001", "This strategy makes 100,001 runs: times (100,001). At most"),
        (
            "repeat: {times: 18446744073709551615}",
            "This strategy makes 18,446,744,073,709,551,615 runs: times",
        ),
    ] {
        let text = format!("stage:\n  type: Custom\n  strategy: {{{strategy}}}\n");
        let parsed = deployline_yaml::parse(&text);
        let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
        let refusal = found.iter().find(|found| found.code == "too-many-deployments");
        let message = refusal.map(|refusal| refusal.message.as_str()).unwrap_or_default();
        assert!(message.starts_with(expected), "{message:?}");
        assert_eq!(children(&pipeline), 0);
        survives(&text);
    }
}

/// Each stage alone is within the budget, all of them are not.
#[test]
fn many_stages_made_to_exhaust() {
    let stage = "  - stage: {type: Deployment, strategy: {parallelism: 75000}, spec: {service: \
                 {serviceRef: S}, environment: {environmentRef: E, infrastructureDefinitions: \
                 [{identifier: I}]}}}\n";
    survives(&format!("stages:\n{}", stage.repeat(40)));
}

fn children(pipeline: &Pipeline) -> usize {
    let loopings = pipeline.stages.iter().filter_map(|stage| stage.looping.as_ref());
    loopings.map(|looping| looping.children.len()).sum()
}

/// Takes all steps and checks what holds for every text.
///
/// # Panics
/// When a step does, when a span lies outside the text or inside a character, when more comes out
/// than a budget allows, or when an edit does more than it says.
fn survives(text: &str) {
    let parsed = deployline_yaml::parse(text);
    let nodes: usize = parsed.documents.iter().map(|document| document.node_count()).sum();
    assert!(nodes <= Budget::default().nodes, "{nodes} nodes");
    assert!(nodes <= 2 * text.len() + 2, "{nodes} nodes from {} bytes", text.len());
    let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
    assert!(children(&pipeline) <= DEPLOYMENT_BUDGET, "{} children", children(&pipeline));
    let plan = expand(pipeline);
    let deployments: usize = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    assert!(deployments <= DEPLOYMENT_BUDGET + plan.stages.len(), "{deployments} deployments");
    for assumptions in [Assumptions::default(), first_ones_fail(&plan)] {
        let run = schedule(&plan, &assumptions);
        say_everything(&plan, &run);
        ask_everything(&plan, &run, &assumptions, deployments);
    }
    let of_plan = rules::check_plan(&plan, &first_ones_fail(&plan));
    for diagnostic in parsed.diagnostics.iter().chain(&found).chain(&of_plan) {
        check_diagnostic(text, diagnostic);
    }
    spans(&plan.pipeline).into_iter().for_each(|span| check_span(text, span));
    edits::check(text);
    check_migration(text);
}

/// In the other schema a text that can be read can be read too, and each note names a place of the source.
fn check_migration(text: &str) {
    let parsed = deployline_yaml::parse(text);
    let (inputs, assumptions) = (Inputs::default(), Assumptions::default());
    let Some(result) = migrated(text, &parsed.documents, &inputs, &assumptions) else { return };
    result.notes.iter().for_each(|note| check_span(text, note.span));
    let has_errors = |found: &[Diagnostic]| found.iter().any(|it| it.severity == Severity::Error);
    if !has_errors(&parsed.diagnostics) {
        let found = deployline_yaml::parse(&result.text).diagnostics;
        assert!(!has_errors(&found), "{found:?}\n{text}\n=== migrated\n{}", result.text);
    }
}

/// Something fails in every stage, in many ways of running.
fn first_ones_fail(plan: &Plan) -> Assumptions {
    let stages = plan.pipeline.stages.iter();
    let failures = stages.flat_map(|stage| [0, 2].map(|index| (stage.identifier.clone(), index)));
    let failures = failures.map(|place| (place, Failure::default()));
    Assumptions { failures: failures.collect(), account_limit: Some(2), ..Assumptions::default() }
}

fn say_everything(plan: &Plan, run: &Schedule) {
    for (stage_idx, (stage, stage_plan)) in
        plan.pipeline.stages.iter().zip(&plan.stages).enumerate()
    {
        let count = stage_plan.deployments.len();
        assert_ne!(count, 0, "a stage without a bar");
        assert_ne!(format::limit(stage_plan.max_concurrency, count), "");
        for axis in [AxisName::Services, AxisName::Targets] {
            assert_eq!(toggle(stage, axis).is_some(), matches!(stage.work, Work::Deploy(_)));
        }
        if count <= 50 {
            words::sequence(stage, stage_plan);
        }
        for index in (0..count.min(50)).chain([count - 1]) {
            assert_ne!(words::why(plan, run, stage_idx, index), "");
        }
    }
}

/// Every question has an answer, and the answers agree.
fn ask_everything(plan: &Plan, run: &Schedule, assumptions: &Assumptions, deployments: usize) {
    let uneven = Assumptions { uneven: Some(1), ..assumptions.clone() };
    let waves = schedule_in_waves(plan, &uneven);
    for run in [run, &waves] {
        let path = insight::critical_path(run);
        let last = path.last().and_then(|at| run.run(*at)).map(|run| run.end);
        assert_eq!(last.unwrap_or_default(), run.end, "the path ends where the run does");
        let levels = insight::levels(run);
        assert_eq!(levels.last().map(|level| level.from).unwrap_or_default(), run.end);
        let moment = insight::moment(run, run.end);
        let ended = moment.done + moment.failed + moment.skipped;
        assert_eq!((ended as usize, moment.running, moment.waiting), (deployments, 0, 0));
    }
    let moves = insight::moves((plan, run), (plan, &waves));
    // What a failure skips depends on how long the others take.
    let is_same = moves.new == 0 && moves.gone.is_empty();
    assert!(is_same || !assumptions.failures.is_empty(), "what ran before runs");
    assert_ne!(words::moves(&moves), "");
    for stage_idx in 0..plan.stages.len() {
        assert_eq!(insight::early_starts(plan, &waves, stage_idx), None);
        if let Some(early) = insight::early_starts(plan, run, stage_idx) {
            assert_ne!(words::early_starts(plan, run, stage_idx, &early), "");
        }
        insight::usage(&plan.stages[stage_idx], &run.stages[stage_idx]);
    }
    let few = if deployments <= 50 { 1 } else { 0 };
    for stage_idx in 0..plan.stages.len().min(few) {
        let all = insight::combinations(plan, assumptions, stage_idx);
        let present = all.iter().filter(|combination| combination.is_present).count();
        assert_eq!(present, usize::from(!all.is_empty()), "one of them is the present one");
    }
}

fn check_diagnostic(text: &str, diagnostic: &Diagnostic) {
    check_span(text, diagnostic.span);
    assert_ne!(diagnostic.message, "");
    let fixes = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
    let related = diagnostic.related.iter().map(|related| related.span);
    fixes.chain(related).for_each(|span| check_span(text, span));
    let start = LineIndex::new(text).line_column(text, diagnostic.span.start as usize);
    assert!(start.line >= 1 && start.column >= 1);
}

fn check_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes: {text:?}", text.len());
}

/// Every place a pipeline names.
fn spans(pipeline: &Pipeline) -> Vec<Span> {
    let mut spans = Vec::new();
    for stage in &pipeline.stages {
        spans.push(stage.span);
        let Work::Deploy(deploy) = &stage.work else { continue };
        spans.extend(deploy.services.items.iter().map(|service| service.span));
        spans.extend(deploy.targets.items.iter().map(|target| target.span));
        spans.extend(
            [deploy.services.flag, deploy.targets.flag].into_iter().flatten().map(|flag| flag.list),
        );
        spans.extend(deploy.max_concurrency.map(|limit| limit.span));
        let flags = [deploy.services.parallel, deploy.targets.parallel].into_iter().flatten();
        spans.extend(flags.filter_map(|flag| match flag.source {
            ParallelSource::Written(span)
            | ParallelSource::Expression(span)
            | ParallelSource::Rejected(span) => Some(span),
            ParallelSource::Default | ParallelSource::AlwaysForGroup => None,
        }));
    }
    spans
}
