//! The wire format of version 2: structs as they stand in the JSON. The core's types carry no serde.
//!
//! Fields that have their default are left out, and fields that are not known are passed over.

mod read;
mod write;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Link {
    plan: Plan,
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<Plan>,
    #[serde(skip_serializing_if = "is_default")]
    view: View,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct Plan {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<Text>,
    /// By the stage's identifier.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parallel: BTreeMap<String, Axes>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<String, String>,
    /// Of every deployment, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    durations: Vec<Duration>,
    /// The seed of uneven durations.
    #[serde(skip_serializing_if = "Option::is_none")]
    uneven: Option<u64>,
    /// A run that lets none start never ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    account_limit: Option<NonZeroU32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Failure>,
}

#[derive(Deserialize, Serialize)]
struct Text {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    text: String,
}

/// Whether a stage's lists run in parallel, where the YAML has an expression.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Axes {
    #[serde(skip_serializing_if = "Option::is_none")]
    services: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    targets: Option<bool>,
}

/// How long some deployments take: those of a stage (or only number `index` of it), of a service, to a
/// place, or of a service to a place.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Duration {
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    infrastructure: Option<String>,
    ms: u64,
}

#[derive(Deserialize, Serialize)]
struct Failure {
    stage: String,
    index: u32,
}

#[derive(Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct View {
    #[serde(skip_serializing_if = "is_default")]
    rows: Rows,
    #[serde(skip_serializing_if = "is_default")]
    color: Color,
    #[serde(skip_serializing_if = "String::is_empty")]
    filter: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folded: Vec<Group>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<Window>,
    #[serde(skip_serializing_if = "is_default")]
    critical_path: bool,
    #[serde(skip_serializing_if = "is_default")]
    waves: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected: Option<Selected>,
}

#[derive(Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Rows {
    #[default]
    Order,
    Lanes,
    Services,
    Targets,
}

#[derive(Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    #[default]
    Service,
    Environment,
    Status,
}

/// A stage's group: all of it, a service, an environment, or an infrastructure of an environment.
#[derive(Deserialize, PartialEq, Serialize)]
struct Group {
    stage: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    infrastructure: Option<String>,
}

/// Milliseconds from the start of the run.
#[derive(Deserialize, PartialEq, Serialize)]
struct Window {
    from: u64,
    to: u64,
}

/// A deployment by its place in the plan, from 0.
#[derive(Deserialize, PartialEq, Serialize)]
struct Selected {
    stage: u32,
    index: u32,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
