//! A pipeline of v0 in v1: the pipeline and its stages.

mod axes;
mod filters;
mod steps;

use deployline_engine::{Stage, Work};
use deployline_planner::{StageView, View, Views};
use deployline_yaml::write::{self, Value};
use deployline_yaml::{Document, NodeKind};

use crate::entries::{Entries, one};
use crate::holders::{Holders, commented_list};
use crate::layout::{Layout, layout};
use crate::migration::Migration;
use crate::{chain, condition, failure, identifiers, strategy};

/// The document of the pipeline.
pub(crate) fn document(
    views: &Views<'_>,
    documents: &[Document],
    migration: &mut Migration<'_>,
) -> Value {
    let mut pipeline = Entries::default();
    // Of a pipeline from a template, its name stands where the template is used.
    let written = documents.iter().find_map(|document| document.root().get("pipeline"));
    let written = written.map(View::from).filter(|written| written.value("identifier").is_some());
    if let Some(written) = written.as_ref().or(views.root.as_ref()) {
        migration.carry(&mut pipeline, written, "identifier", "id");
        migration.carry(&mut pipeline, written, "name", "name");
    }
    if let Some(root) = &views.root {
        settings(root, &mut pipeline, migration);
    }
    let has_list = views.list.is_some() || !views.pipeline.stages.is_empty();
    if has_list {
        pipeline.add("stages", commented_list(views, stages(views, migration), migration));
    }
    let mut root = Entries::default();
    root.add("version", Value::word("1"));
    let mut pipeline = pipeline.into_value();
    for of in written.iter().chain(&views.root) {
        pipeline = migration.commented(of, pipeline);
    }
    root.add("pipeline", pipeline);
    root.into_value()
}

fn settings(root: &View<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    migration.carry(out, root, "tags", "tags");
    migration.carry(out, root, "timeout", "timeout");
    if let Some(variables) = root.value("variables") {
        let value = inputs(&variables, migration);
        migration.add(out, root, ("variables", "inputs"), value);
    }
    if let Some(barriers) = root.at(&["flowControl", "barriers"]) {
        let name = |barrier: &View<'_>| {
            let name = barrier.str_of("identifier").or_else(|| barrier.str_of("name"))?;
            Some(migration.with_inner(barrier, Value::text(name)))
        };
        let names = Value::List(barriers.items().iter().filter_map(name).collect());
        migration.add(out, root, ("flowControl", "barriers"), names);
    }
    migration.carry(out, root, "allowStageExecutions", "allow-stage-executions");
    migration.carry(out, root, "fixedInputsOnRerun", "fixed-inputs-on-rerun");
    if let Some(template) = root.value("template") {
        let value = uses(&template, migration);
        migration.add(out, root, ("template", "template"), value);
    }
    migration.rest(
        root,
        &[
            "identifier",
            "name",
            "tags",
            "timeout",
            "variables",
            "flowControl",
            "stages",
            "template",
            "allowStageExecutions",
            "fixedInputsOnRerun",
            "spec",
        ],
    );
}

/// `inputs` for the variables of a pipeline.
fn inputs(variables: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let mut out = Entries::default();
    for variable in variables.items() {
        let Some(name) = variable.str_of("name") else { continue };
        let mut input = Entries::default();
        let kind = variable.str_of("type").unwrap_or("String").to_lowercase();
        input.add("type", Value::text(kind));
        migration.carry(&mut input, &variable, "required", "required");
        let value = variable.value("value").or_else(|| variable.value("default"));
        if let Some(value) = value.filter(|value| value.as_str() != Some("<+input>")) {
            input.add("default", migration.value(&value));
        }
        out.add(name.to_owned(), migration.with_inner(&variable, input.into_value()));
    }
    out.some()
}

fn stages(views: &Views<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    let all = &views.pipeline.stages;
    let written = views.stages.iter().map(|view| either(view, "identifier")).collect();
    let identifiers = identifiers::of_stages(all, written, migration);
    let at = |index: usize| Some((index, views.stages.get(index)?, all.get(index)?));
    let holders = Holders::of(views);
    match layout(all) {
        Layout::Entries(entries) => {
            let mut out = Vec::new();
            for entry in entries {
                let entry = entry.into_iter().filter_map(at);
                let mut around = write::Comments::default();
                let mut members: Vec<Value> = entry
                    .map(|(index, view, of)| {
                        migration.writes_stage(index);
                        let id = either(view, "identifier").map(|_| identifiers[index].as_str());
                        around.add_outer(holders.around(view.stage.span(), migration));
                        let value = stage(view, of, Named { id, needs: None }, migration);
                        holders.commented(view.stage.span(), value, migration)
                    })
                    .collect();
                let value = match members.len() {
                    1 => members.remove(0),
                    _ => one("parallel", one("stages", Value::List(members))),
                };
                out.push(value.with_comments(around));
            }
            out
        }
        Layout::Graph(order) => {
            if let Some(list) = &views.list {
                migration.differs(
                    list.span(),
                    "v1 has no DAG. Its stages stand in one `parallel`, where `needs` orders them: no public source \
                     says more of `needs` there.",
                );
            }
            let needs = |of: &Stage| {
                let names = of.after.iter().filter_map(|index| identifiers.get(*index as usize));
                let names: Vec<Value> = names.map(Value::text).collect();
                (!names.is_empty()).then_some(Value::List(names))
            };
            let members = order.into_iter().filter_map(at);
            let members = members.map(|(index, view, of)| {
                migration.writes_stage(index);
                let id = Some(identifiers[index].as_str());
                let value = stage(view, of, Named { id, needs: needs(of) }, migration);
                let value = holders.commented(view.stage.span(), value, migration);
                value.with_comments(holders.around(view.stage.span(), migration))
            });
            let members = members.collect();
            vec![one("parallel", one("stages", Value::List(members)))]
        }
    }
}

/// A key of a stage: its own, or that of its template.
fn either<'a>(StageView { stage, body, .. }: &StageView<'a>, key: &str) -> Option<View<'a>> {
    stage.value(key).or_else(|| body.value(key))
}

/// The name of a stage, and the names of those that it needs.
struct Named<'n> {
    id: Option<&'n str>,
    needs: Option<Value>,
}

fn stage(
    view: &StageView<'_>,
    of: &Stage,
    Named { id, needs }: Named<'_>,
    migration: &mut Migration<'_>,
) -> Value {
    let StageView { stage: written, body, services, targets } = view;
    let either = |key: &str| either(view, key);
    let mut out = Entries::default();
    let id = id.map(|id| match either("identifier") {
        Some(written) => migration.commented(&written, Value::text(id)),
        None => Value::text(id),
    });
    out.add("id", id);
    for (older, newer) in [("name", "name"), ("description", "desc"), ("tags", "tags")] {
        out.add(newer, either(older).map(|value| migration.value(&value)));
    }
    if let Some(when) = either("when") {
        let value = condition::newer(&when, condition::Of::Pipeline, migration);
        out.add("if", value.map(|value| migration.with_inner(&when, value)));
    }
    let needs = needs.map(|needs| match written.value("dependsOn") {
        Some(names) => migration.with_inner(&names, needs),
        None => needs,
    });
    out.add("needs", needs);
    if let Some(of_stage) = either("strategy") {
        let deploys = matches!(of.work, Work::Deploy(_));
        let value = strategy::newer(&of_stage, deploys, migration);
        out.add("strategy", migration.with_inner(&of_stage, value));
    }
    out.add("timeout", either("timeout").map(|value| migration.value(&value)));
    let rules = if written.value("failureStrategies").is_some() { written } else { body };
    let value = failure::newer(rules, migration);
    migration.add(&mut out, rules, ("failureStrategies", "on-failure"), value);
    if let Some(variables) = either("variables") {
        out.add("variables", migration.value(&variables));
        migration.differs(
            variables.span(),
            "No public source says how v1 writes the variables of a stage: they stand as in v0.",
        );
    }
    let spec = body.value("spec");
    let kind = either("type").and_then(|kind| kind.as_str()).unwrap_or_default();
    match (body.value("template"), &spec) {
        (Some(template), _) => {
            let value = uses(&template, migration);
            out.add("template", migration.with_inner(&template, value));
        }
        (None, Some(spec)) if kind == "Pipeline" => {
            let value = chain::newer(spec, migration);
            out.add("chain", migration.with_inner(spec, value));
        }
        (None, None) if kind == "Pipeline" => out.add("chain", Value::Map(Vec::new())),
        (None, spec) => {
            axes::add(&mut out, (services.as_ref(), targets.as_ref()), of, migration);
            work(&mut out, spec.as_ref(), migration);
        }
    }
    let known = [
        "identifier",
        "name",
        "description",
        "tags",
        "when",
        "strategy",
        "timeout",
        "failureStrategies",
        "variables",
        "spec",
        "type",
        "template",
        "dependsOn",
    ];
    migration.rest(written, &known);
    if body.span() != written.span() {
        migration.rest(body, &known);
    }
    out.into_value()
}

/// Adds steps and what else stands below `spec`.
fn work(out: &mut Entries, spec: Option<&View<'_>>, migration: &mut Migration<'_>) {
    let below = |key: &str| spec.and_then(|spec| spec.at(&["execution", key]));
    let mut list = match below("steps") {
        Some(list) => {
            let value = Value::List(steps::list(&list, migration));
            migration.commented(&list, value)
        }
        None => Value::List(Vec::new()),
    };
    // What stands around the steps in v0 alone.
    for around in spec.and_then(|spec| spec.value("execution")).iter().chain(spec) {
        list = migration.commented(around, list);
    }
    out.add("steps", list);
    if let Some(rollback) = below("rollbackSteps").filter(|list| list.kind() == NodeKind::Sequence)
    {
        let list = steps::list(&rollback, migration);
        let list = (!list.is_empty()).then_some(Value::List(list));
        out.add("rollback", list.map(|list| migration.commented(&rollback, list)));
    }
    let Some(spec) = spec else { return };
    for key in ["service", "services", "environment", "environments"] {
        if let Some(source) = spec.value(key).and_then(|view| view.use_from_stage()) {
            let message = format!(
                "v1 has no `useFromStage`: what it takes stands below `{}`.",
                key.trim_end_matches('s')
            );
            migration.differs(source.span(), message);
        }
    }
    if let Some(config) = spec.value("multiDeploymentConfig") {
        let why = "v1 knows neither a limit nor a condition for the deployments of a stage, and the order of \
                   its flags alone decides how many run at once";
        migration.lost_key(&config, "maxConcurrency", why);
        migration.lost_key(&config, "when", "");
        migration.lost_key(&config, "onFailure", "");
    }
    if spec.value("gitOpsEnabled").is_some_and(|flag| flag.as_str() != Some("false")) {
        migration.lost_key(
            spec,
            "gitOpsEnabled",
            "each service is written with each of its environments",
        );
    }
    migration.rest(
        spec,
        &[
            "execution",
            "service",
            "services",
            "serviceConfig",
            "environment",
            "environments",
            "environmentGroup",
            "infrastructure",
            "multiDeploymentConfig",
            "gitOpsEnabled",
        ],
    );
}

/// `uses` and `with` for the use of a template.
fn uses(template: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    let name = template.str_of("templateRef").unwrap_or_default();
    out.add(
        "uses",
        Value::text(match template.str_of("versionLabel") {
            Some(version) => format!("{name}@{version}"),
            None => name.to_owned(),
        }),
    );
    if let Some((key, inputs)) = template.entry("templateInputs") {
        out.add("with", migration.value(&inputs));
        migration.differs(
            key.span(),
            "`with` holds the values as `templateInputs` has them, by their places; v1 gives them by the names of the \
             template's inputs.",
        );
    }
    migration.carry(&mut out, template, "gitBranch", "gitBranch");
    migration.rest(template, &["templateRef", "versionLabel", "templateInputs", "gitBranch"]);
    out.into_value()
}
