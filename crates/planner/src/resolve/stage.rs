//! What one stage does.

use deployline_yaml::{Node, NodeKind};

use super::{Context, expression, limits, services, stages, targets, value};
use crate::{AxisName, Deploy, PipelineStatus, Stage, Work};

/// Reads the contents of `stage:`. `position` counts all stages of the text.
pub(super) fn read(node: Node<'_>, entry: u32, position: usize, cx: &mut Context<'_>) -> Stage {
    let made_up = format!("stage {}", position + 1);
    let mut stage = stages::unknown(&made_up, entry, node.span());
    if node.kind() != NodeKind::Mapping {
        cx.warning(
            "unknown-stage-entry",
            node,
            "Expected the contents of a stage: `name`, `identifier`, `type` and `spec`.",
        );
        return stage;
    }
    let text = |key| node.get(key).and_then(|node| node.as_str());
    if let Some(identifier) = text("identifier").or(text("name")) {
        stage.identifier = identifier.to_owned();
        stage.name = text("name").unwrap_or(identifier).to_owned();
    }
    stage.stage_type = text("type").unwrap_or_default().to_owned();
    stage.pipeline_status = pipeline_status(node, cx);
    stage.work = work(node, &stage, cx);
    if stage.stage_type.is_empty() && matches!(stage.work, Work::Deploy(_)) {
        "Deployment".clone_into(&mut stage.stage_type);
    }
    stage
}

/// A `spec` without the stage around it.
pub(super) fn read_spec_alone(spec: Node<'_>, cx: &mut Context<'_>) -> Stage {
    let mut stage = stages::unknown("stage 1", 0, spec.span());
    "Deployment".clone_into(&mut stage.stage_type);
    stage.work = Work::Deploy(deploy(spec, &stage, cx));
    stage
}

fn pipeline_status(stage: Node<'_>, cx: &mut Context<'_>) -> PipelineStatus {
    let Some(when) = value(stage, "when") else { return PipelineStatus::default() };
    if let Some(condition) = value(when, "condition") {
        cx.info(
            "when-condition",
            condition,
            "Whether this stage runs depends on a condition that only a run knows. It is drawn as \
             if it does.",
        );
    }
    match when.get("pipelineStatus").and_then(Node::as_str) {
        Some("Failure") => PipelineStatus::Failure,
        Some("All") => PipelineStatus::All,
        _ => PipelineStatus::Success,
    }
}

fn work(node: Node<'_>, stage: &Stage, cx: &mut Context<'_>) -> Work {
    if let Some((key, _)) = node.entry("template") {
        cx.warning(
            "stage-template",
            key,
            "This stage comes from a template that is not in this text: what it deploys is not \
             known. A placeholder stands for it.",
        );
        return Work::Unknown;
    }
    let strategy = node.entry("strategy").filter(|(_, strategy)| !strategy.is_null());
    let spec = value(node, "spec");
    match (stage.stage_type.as_str(), spec) {
        ("Deployment", Some(spec)) | ("", Some(spec)) if spec.kind() == NodeKind::Mapping => {
            let deploy = deploy(spec, stage, cx);
            let is_multi = deploy.services.parallel.is_some() || deploy.targets.parallel.is_some();
            match strategy {
                Some((key, _)) if is_multi => {
                    strategy_beside_lists(key, spec, cx);
                    Work::Deploy(deploy)
                }
                Some((key, _)) => looping_strategy(key, cx),
                None => Work::Deploy(deploy),
            }
        }
        ("Deployment" | "", spec) => missing_spec(node, spec, cx),
        _ => match strategy {
            Some((key, _)) => looping_strategy(key, cx),
            None => Work::Other,
        },
    }
}

fn missing_spec(stage: Node<'_>, spec: Option<Node<'_>>, cx: &mut Context<'_>) -> Work {
    match spec.and_then(expression) {
        Some(text) => {
            let message =
                format!("What this stage deploys is given by `{text}`: only a run knows.");
            cx.warning("runtime-input", spec.unwrap_or(stage), message);
        }
        None => cx.error(
            "missing-spec",
            stage.entry("type").map_or(stage, |(key, _)| key),
            "The stage says neither what to deploy nor where to. Expected `type: Deployment` and a \
             `spec:` with a service and an environment.",
        ),
    }
    Work::Unknown
}

fn looping_strategy(key: Node<'_>, cx: &mut Context<'_>) -> Work {
    cx.warning(
        "looping-strategy",
        key,
        "This stage runs several times by its looping strategy. How often is not drawn: a \
         placeholder stands for all of them.",
    );
    Work::Unknown
}

fn strategy_beside_lists(key: Node<'_>, spec: Node<'_>, cx: &mut Context<'_>) {
    let list = ["services", "environments", "environmentGroup"]
        .iter()
        .find_map(|name| spec.entry(name))
        .map_or(spec, |(key, _)| key);
    cx.diagnostics.push(
        deployline_yaml::Diagnostic::error(
            "strategy-with-multi-deployment",
            key.span(),
            "The product refuses a looping strategy in a stage that lists services or \
             environments. Remove one of the two. The lists alone are drawn.",
        )
        .with_related(list.span(), "The stage lists its deployments here"),
    );
}

fn deploy(spec: Node<'_>, stage: &Stage, cx: &mut Context<'_>) -> Deploy {
    let is_gitops = spec.get("gitOpsEnabled").and_then(Node::as_bool) == Some(true);
    let services_are_list = value(spec, "services").is_some();
    let targets_are_list = !is_gitops && targets::are_list(spec);
    let both = services_are_list && targets_are_list;
    let choice = |cx: &Context<'_>, axis: AxisName| {
        cx.inputs.parallel.get(&(stage.identifier.clone(), axis)).copied()
    };
    let services_choice = choice(cx, AxisName::Services);
    let targets_choice = choice(cx, AxisName::Targets);
    Deploy {
        services: services::read(spec, both, services_choice, cx),
        targets: if is_gitops {
            targets::gitops(spec)
        } else {
            targets::read(spec, both, targets_choice, cx)
        },
        max_concurrency: limits::max_concurrency(spec, cx),
        is_gitops,
        on_failure: limits::on_failure(spec),
    }
}
