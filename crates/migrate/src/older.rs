//! A pipeline of v1 in v0: the pipeline and its stages.

mod axes;
mod combinations;
mod filters;
mod steps;

use deployline_engine::{Stage, Work};
use deployline_map::Map;
use deployline_planner::{StageView, View, Views};
use deployline_span::Span;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::{Entries, one};
use crate::identifiers::{self, Identifiers, valid};
use crate::layout::{Layout, layout};
use crate::migration::Migration;
use crate::{condition, failure, inputs, strategy};

/// Keys of stages that stand for something else.
const USES: [&str; 9] =
    ["template", "action", "deploy", "build", "test", "chaos", "idp", "iacm", "sto"];

/// The document of the pipeline.
pub(crate) fn document(views: &Views<'_>, migration: &mut Migration<'_>) -> Value {
    let mut pipeline = Entries::default();
    if let Some(root) = &views.root {
        settings(root, views, &mut pipeline, migration);
    }
    pipeline.add("stages", Value::List(stages(views, migration)));
    one("pipeline", pipeline.into_value())
}

fn settings(root: &View<'_>, views: &Views<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    let name = root.value("name").or_else(|| root.value("id"));
    if let Some(text) = name.as_ref().and_then(View::as_str) {
        let identifier = Identifiers::default().of(root.value("id"), text, migration);
        out.add("identifier", Value::text(identifier));
    }
    out.add("name", name.map(|name| migration.value(&name)));
    migration.carry(out, root, "tags", "tags");
    migration.carry(out, root, "timeout", "timeout");
    if let Some(list) = root.value("inputs") {
        out.add("variables", inputs::variables(&list, views, migration));
    }
    if let Some(barriers) = root.value("barriers") {
        let barrier = |name: &View<'_>| {
            let mut out = Entries::default();
            let name = name.as_str().unwrap_or_default();
            out.add("name", Value::text(name));
            out.add("identifier", Value::text(valid(name)));
            out.into_value()
        };
        let barriers = barriers.items().iter().map(barrier).collect();
        out.add("flowControl", one("barriers", Value::List(barriers)));
    }
    migration.carry(out, root, "allow-stage-executions", "allowStageExecutions");
    migration.carry(out, root, "fixed-inputs-on-rerun", "fixedInputsOnRerun");
    if let Some(template) = root.value("template") {
        out.add("template", template_ref(&template, migration));
    }
    migration.rest(
        root,
        &[
            "id",
            "name",
            "tags",
            "timeout",
            "inputs",
            "barriers",
            "allow-stage-executions",
            "fixed-inputs-on-rerun",
            "template",
            "stages",
            "if",
            "service",
            "environment",
            "version",
            "kind",
            "spec",
        ],
    );
}

/// Conditions of the pipeline and of groups, by the place of each stage.
#[derive(Default)]
struct Around<'a> {
    conditions: Map<Span, Vec<View<'a>>>,
}

impl<'a> Around<'a> {
    fn walk(&mut self, list: &View<'a>, around: &[View<'a>], migration: &mut Migration<'_>) {
        for item in list.items() {
            let parallel = item.value("parallel");
            let group = item.value("group");
            let holder = parallel.clone().or(group).filter(|holder| {
                holder.kind() == NodeKind::Sequence || holder.value("stages").is_some()
            });
            let Some(holder) = holder else {
                self.conditions.insert(item.span(), around.to_vec());
                continue;
            };
            let mut inside = around.to_vec();
            inside.extend([&item, &holder].into_iter().filter_map(|view| view.value("if")));
            migration.lost_key(&holder, "on-failure", "the rules of its stages hold alone");
            let list = holder.value("stages").unwrap_or(holder);
            self.walk(&list, &inside, migration);
        }
    }
}

fn stages(views: &Views<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    let all = &views.pipeline.stages;
    let mut around = Around::default();
    if let Some(list) = &views.list {
        let of_pipeline: Vec<View<'_>> =
            views.root.iter().filter_map(|root| root.value("if")).collect();
        around.walk(list, &of_pipeline, migration);
    }
    let at = |index: usize| Some((&views.stages.get(index)?.stage, all.get(index)?));
    let written = views
        .stages
        .iter()
        .map(|StageView { stage, .. }| stage.value("id").or_else(|| stage.value("identifier")));
    let identifiers = identifiers::of_stages(all, written.collect(), migration);
    let layout = layout(all);
    let is_graph = matches!(layout, Layout::Graph(_));
    if let (true, Some(list)) = (is_graph, &views.list) {
        migration.differs(
            list.span(),
            "v0 has no list of stages inside of a `parallel`, and no `needs`: the pipeline is written as a DAG, with \
             `dependsOn`. That is a beta of the product, and a status then looks at the dependencies alone.",
        );
    }
    let one_stage = |index: usize, migration: &mut Migration<'_>| {
        let (view, of) = at(index)?;
        migration.writes_stage(index);
        let depends = is_graph.then(|| {
            let names = of.after.iter().filter_map(|index| identifiers.get(*index as usize));
            Value::List(names.map(Value::text).collect())
        });
        let around = around.conditions.get(&view.span()).map_or(&[][..], Vec::as_slice);
        let identifier = identifiers[index].as_str();
        let placed = Placed { identifier, around, depends, root: views.root.as_ref() };
        Some(one("stage", stage(view, of, placed, migration)))
    };
    match layout {
        Layout::Graph(order) => {
            order.into_iter().filter_map(|index| one_stage(index, migration)).collect()
        }
        Layout::Entries(entries) => {
            let mut out = Vec::new();
            for entry in entries {
                let mut members: Vec<Value> =
                    entry.into_iter().filter_map(|index| one_stage(index, migration)).collect();
                match members.len() {
                    1 => out.append(&mut members),
                    _ => out.push(one("parallel", Value::List(members))),
                }
            }
            out
        }
    }
}

/// A stage's place in the pipeline.
struct Placed<'p, 'a> {
    identifier: &'p str,
    /// Conditions of the pipeline and of the groups around it.
    around: &'p [View<'a>],
    depends: Option<Value>,
    root: Option<&'p View<'a>>,
}

const KNOWN: &[&str] = &[
    "id",
    "name",
    "desc",
    "tags",
    "if",
    "needs",
    "strategy",
    "timeout",
    "on-failure",
    "on_failure",
    "service",
    "environment",
    "variables",
    "steps",
    "rollback",
    "type",
    "chain",
    "dynamic",
    "approval",
    "disabled",
];

fn stage<'a>(
    view: &View<'a>,
    of: &Stage,
    placed: Placed<'_, 'a>,
    migration: &mut Migration<'_>,
) -> Value {
    if view.value("stage").is_some() || of.span != view.span() {
        migration
            .lost(view.span(), "This stage is written in the older schema, and stays as it is.");
        return migration.value(view);
    }
    let listed = combinations::listed(of);
    migration.is_listed = listed.is_some();
    migration.steps = steps::identifiers(view);
    let value = own_schema(view, of, listed, placed, migration);
    migration.is_listed = false;
    value
}

fn own_schema<'a>(
    view: &View<'a>,
    of: &Stage,
    listed: Option<Vec<Value>>,
    placed: Placed<'_, 'a>,
    migration: &mut Migration<'_>,
) -> Value {
    let mut out = Entries::default();
    let name = view.str_of("name").unwrap_or(&of.identifier);
    out.add("name", Value::text(migration.text(name)));
    out.add("identifier", Value::text(placed.identifier));
    migration.carry(&mut out, view, "desc", "description");
    migration.carry(&mut out, view, "tags", "tags");
    let kind = USES.iter().find(|key| view.value("steps").is_none() && view.value(key).is_some());
    let deploys = matches!(of.work, Work::Deploy(_));
    if kind.is_none() {
        out.add("type", Value::text(type_of(view, deploys)));
    }
    out.add("dependsOn", placed.depends);
    let conditions: Vec<View<'_>> = placed.around.iter().cloned().chain(view.value("if")).collect();
    let disabled = view.value("disabled").is_some_and(|flag| flag.as_str() == Some("true"));
    out.add(
        "when",
        match disabled {
            true => Some(never()),
            false => condition::older(&conditions, condition::Of::Pipeline, migration),
        },
    );
    if let Some(of_stage) = view.value("strategy") {
        out.add("strategy", strategy::older(&of_stage, listed, migration));
    }
    migration.carry(&mut out, view, "timeout", "timeout");
    out.add("failureStrategies", rules(view, deploys, migration));
    if let Some(variables) = view.value("variables") {
        out.add("variables", migration.value(&variables));
        migration.differs(
            variables.span(),
            "No public source says how v1 writes the variables of a stage: they stand here as they are written.",
        );
    }
    match kind.and_then(|key| view.value(key)) {
        Some(template) => out.add("template", template_ref(&template, migration)),
        None => out.add("spec", spec(view, of, placed.root, migration)),
    }
    migration.rest(view, &[KNOWN, &USES].concat());
    out.into_value()
}

/// A `when` that never holds.
fn never() -> Value {
    let mut out = Entries::default();
    out.add("pipelineStatus", Value::text("All"));
    out.add("condition", Value::text("false"));
    out.into_value()
}

/// The rules for a failure: a Deployment stage of v0 needs one for all errors.
fn rules(view: &View<'_>, deploys: bool, migration: &mut Migration<'_>) -> Option<Value> {
    let rules = failure::older(view, migration);
    if !deploys {
        return rules;
    }
    let mut list = match rules {
        Some(Value::List(list)) => list,
        Some(other) => return Some(other),
        None => Vec::new(),
    };
    let is_all = |rule: &Value| {
        let errors = rule.get("onFailure").and_then(|rule| rule.get("errors"));
        errors == Some(&Value::List(vec![Value::text("AllErrors")]))
    };
    if !list.iter().any(is_all) {
        list.push(failure::older_default());
    }
    Some(Value::List(list))
}

fn type_of<'a>(view: &View<'a>, deploys: bool) -> &'a str {
    let is_there = |key: &str| view.value(key).is_some();
    match view.str_of("type") {
        _ if deploys => "Deployment",
        Some(kind) => kind,
        None if is_there("steps") => "Custom",
        None if is_there("chain") => "Pipeline",
        None if is_there("dynamic") => "Dynamic",
        None if is_there("approval") => "Approval",
        None => "Custom",
    }
}

fn spec<'a>(
    view: &View<'a>,
    of: &Stage,
    root: Option<&View<'a>>,
    migration: &mut Migration<'_>,
) -> Value {
    let mut out = Entries::default();
    if view.value("steps").is_none() {
        if let Some(chain) = view.value("chain") {
            migration.carry(&mut out, &chain, "uses", "pipeline");
            if let Some(with) = chain.value("with") {
                migration.carry(&mut out, &with, "inputs", "inputs");
                migration.carry(&mut out, &with, "outputs", "outputs");
                migration.carry(&mut out, &with, "input-sets", "inputSetReferences");
            }
            migration.differs(
                chain.span(),
                "v0 names `org` and `project` of the other pipeline as well: add both.",
            );
            return out.into_value();
        }
        if let Some(source) = view.value("dynamic") {
            migration.differs(
                source.span(),
                "The public facts have no form of v0 for this: it stands as in v1.",
            );
            return migration.value(&source);
        }
    }
    axes::add(&mut out, view, root, of, migration);
    let mut execution = Entries::default();
    let approval = view.value("approval").filter(|_| view.value("steps").is_none());
    let steps = match (view.value("steps"), approval) {
        (Some(list), _) => steps::list(&list, migration),
        (None, Some(approval)) => vec![approval_step(&approval, migration)],
        (None, None) => Vec::new(),
    };
    execution.add("steps", Value::List(steps));
    if let Some(rollback) = view.value("rollback") {
        execution.add(
            "rollbackSteps",
            Value::List(match rollback.kind() {
                NodeKind::Sequence => steps::list(&rollback, migration),
                _ => steps::single(&rollback, migration),
            }),
        );
    }
    out.add("execution", execution.into_value());
    out.into_value()
}

/// The step of a stage that is an approval.
fn approval_step(approval: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut step = Entries::default();
    step.add("name", Value::text("approval"));
    step.add("identifier", Value::text("approval"));
    steps::approval(&mut step, approval, migration);
    one("step", step.into_value())
}

/// `templateRef` for what a stage or step uses.
fn template_ref(template: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    let uses = template.as_str().or_else(|| template.str_of("uses")).unwrap_or_default();
    let (name, version) = uses.split_once('@').map_or((uses, None), |(name, it)| (name, Some(it)));
    out.add("templateRef", Value::text(migration.text(name)));
    out.add("versionLabel", version.map(Value::text));
    if let Some((key, with)) = template.entry("with") {
        out.add("templateInputs", migration.value(&with));
        migration.differs(
            key.span(),
            "`templateInputs` holds the values as `with` has them, by name; v0 gives them by their places in the template.",
        );
    }
    migration.carry(&mut out, template, "gitBranch", "gitBranch");
    out.into_value()
}
