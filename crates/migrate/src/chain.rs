//! A stage that runs another pipeline.
//!
//! ```text
//! v0   type: Pipeline                          v1   chain:
//!      spec:                                          uses: child
//!        pipeline: child                              with:
//!        inputs:                                        inputs: {env: prod}
//!          identifier: child                            input-sets: [nightly]
//!          variables: [{name: env, type: String, value: prod}]
//!        inputSetReferences: [nightly]
//! ```

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::Entries;
use crate::migration::Migration;

const OUTPUTS: &str = "No public source says how the other schema writes the outputs of a pipeline: they stand as they are written.";

/// `chain` for the `spec` of a stage of type Pipeline.
pub(crate) fn newer(spec: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    migration.carry(&mut out, spec, "pipeline", "uses");
    let mut with = Entries::default();
    if let Some(inputs) = spec.value("inputs") {
        let value = newer_inputs(&inputs, migration);
        migration.add(&mut with, spec, ("inputs", "inputs"), value);
    }
    outputs(spec, &mut with, migration);
    migration.carry(&mut with, spec, "inputSetReferences", "input-sets");
    out.add("with", with.some());
    let why = "name a pipeline of the same project, or add where the other one is";
    migration.lost_key(spec, "org", why);
    migration.lost_key(spec, "project", why);
    migration
        .rest(spec, &["pipeline", "inputs", "outputs", "inputSetReferences", "org", "project"]);
    out.into_value()
}

/// Values by name, for those of the variables of the other pipeline.
fn newer_inputs(inputs: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    if inputs.kind() != NodeKind::Mapping {
        return Some(migration.value(inputs));
    }
    let mut out = Entries::default();
    for variable in inputs.value("variables").iter().flat_map(View::items) {
        let Some(name) = variable.str_of("name") else { continue };
        let value = variable.value("value").map(|value| migration.value(&value));
        out.add(name.to_owned(), value.map(|value| migration.with_inner(&variable, value)));
    }
    for (key, value) in inputs.entries() {
        if !["identifier", "variables"].contains(&key.as_str().unwrap_or_default()) {
            let why = "it gives values by their places in the other pipeline, v1 by the names of its `inputs`";
            migration.lost_entry(key, &value, why);
        }
    }
    out.some()
}

/// `spec` of a stage of type Pipeline for a `chain`.
pub(crate) fn older(chain: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    let uses =
        if chain.kind() == NodeKind::Scalar { Some(chain.clone()) } else { chain.value("uses") };
    let uses = uses.map(|uses| migration.value(&uses));
    out.add("pipeline", uses.clone());
    if let Some(with) = chain.value("with") {
        if let Some(inputs) = with.value("inputs") {
            let value = older_inputs(&inputs, uses.as_ref(), migration);
            migration.add(&mut out, &with, ("inputs", "inputs"), value);
        }
        outputs(&with, &mut out, migration);
        if let Some(sets) = with.value("input-sets") {
            let value = migration.value(&sets);
            let is_one = sets.kind() == NodeKind::Scalar && !value_is_open(&sets);
            let value = if is_one { Value::List(vec![value]) } else { value };
            out.add("inputSetReferences", value);
        }
        migration.rest(&with, &["inputs", "outputs", "input-sets"]);
    }
    migration.rest(chain, &["uses", "with"]);
    migration.differs(
        chain.span(),
        "v0 names `org` and `project` of the other pipeline as well: add both.",
    );
    out.into_value()
}

/// Variables of the other pipeline, for values by name.
fn older_inputs(
    inputs: &View<'_>,
    uses: Option<&Value>,
    migration: &mut Migration<'_>,
) -> Option<Value> {
    if inputs.kind() != NodeKind::Mapping {
        return Some(migration.value(inputs));
    }
    let mut variables = Vec::new();
    for (key, value) in inputs.entries() {
        let name = key.as_str().unwrap_or_default();
        if value.kind() != NodeKind::Scalar {
            migration.lost_entry(key, &value, "there a variable has a single value");
            continue;
        }
        let around = migration.comments.take(&value);
        let mut variable = Entries::default();
        variable.add("name", Value::text(name));
        variable.add("type", Value::text("String"));
        variable.add("value", migration.value(&value));
        variables.push(variable.into_value().with_comments(around));
    }
    if variables.is_empty() {
        return None;
    }
    let mut out = Entries::default();
    out.add("identifier", uses.map(|uses| uses.bare().clone()));
    out.add("variables", Value::List(variables));
    out.some()
}

fn outputs(holder: &View<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    if let Some((key, _)) = holder.entry("outputs").filter(|(_, value)| !value.is_null()) {
        migration.carry(out, holder, "outputs", "outputs");
        migration.differs(key.span(), OUTPUTS);
    }
}

/// Returns true for an expression, which may stand for a list.
fn value_is_open(view: &View<'_>) -> bool {
    view.as_str().is_some_and(|text| text.contains("<+") || text.contains("${{"))
}
