//! Inputs of v1: what stands in their place in v0.
//!
//! ```text
//! inputs: {list: {type: array}, env: {type: string, default: qa}}     spec: {list: [cart, api], env: prod}
//!
//! variables: [{name: env, type: String, value: prod}]                 matrix: {s: [cart, api]}
//! ```

use deployline_map::Map;
use deployline_planner::{View, Views};
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::Entries;
use crate::migration::Migration;

/// The value that an input has: that of an input set, else its default.
fn value_of<'a>(views: &Views<'a>, name: &str, input: &View<'a>) -> Option<View<'a>> {
    let given = views.given.get(name).map(|(_, value)| View::from(*value));
    given.or_else(|| input.value("default"))
}

/// Inputs whose value is a list or a mapping, by name.
pub(crate) fn lists<'a>(views: &Views<'a>) -> Map<&'a str, View<'a>> {
    let inputs = views.root.as_ref().and_then(|root| root.value("inputs"));
    let inputs = inputs.iter().flat_map(View::entries);
    let values = inputs.filter_map(|(key, input)| {
        let name = key.as_str()?;
        Some((name, value_of(views, name, &input)?))
    });
    values.filter(|(_, value)| value.kind() != NodeKind::Scalar).collect()
}

/// `variables` for the inputs of a pipeline.
pub(crate) fn variables(
    inputs: &View<'_>,
    views: &Views<'_>,
    migration: &mut Migration<'_>,
) -> Option<Value> {
    let mut out = Vec::new();
    for (key, input) in inputs.entries() {
        let name = key.as_str().unwrap_or_default();
        let value = value_of(views, name, &input);
        if value.as_ref().is_some_and(|value| value.kind() != NodeKind::Scalar) {
            let message = format!(
                "v0 has no variable with a list or a mapping: the value stands in each place that \
                 `${{{{ inputs.{name} }}}}` fills alone. Where that is a part of a text, write what is meant."
            );
            migration.differs(key.span(), message);
            continue;
        }
        let mut variable = Entries::default();
        variable.add("name", Value::text(name));
        let kind = match input.str_of("type").unwrap_or("string") {
            "number" => "Number",
            "secret" => "Secret",
            _ => "String",
        };
        variable.add("type", Value::text(kind));
        migration.carry(&mut variable, &input, "required", "required");
        // An input may be given for each run, and its default holds without that.
        let value = value.as_ref().and_then(View::as_str);
        let value = value.map_or_else(|| "<+input>".to_owned(), |value| migration.text(value));
        variable.add("value", Value::text(value));
        migration.rest(&input, &["type", "required", "default"]);
        out.push(migration.with_inner(&input, variable.into_value()));
    }
    (!out.is_empty()).then_some(Value::List(out))
}
