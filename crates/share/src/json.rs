//! The wire format of version 2: structs as they stand in the JSON. The core's types carry no serde.
//!
//! Fields that have their default are left out, and fields that are not known are passed over. There are
//! few types, since serde writes code for each one, and the embed is a download: what is read comes out of
//! values by name (`fields.rs`). Items of lists have a required field, so that a short payload can't become
//! very many of them.

mod fields;
mod read;
mod write;

use serde::Serialize;

#[derive(Default, Serialize)]
pub(crate) struct Link {
    plan: Plan,
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<Plan>,
    #[serde(skip_serializing_if = "View::is_default")]
    view: View,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Plan {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<Text>,
    /// Whether the lists of some stages run in parallel, where the YAML has an expression.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parallel: Vec<StagePart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<Text>,
    /// Of every deployment, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    durations: Vec<Duration>,
    /// The seed of uneven durations.
    #[serde(skip_serializing_if = "Option::is_none")]
    uneven: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_limit: Option<u64>,
    /// Deployments by their index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<StagePart>,
}

/// The YAML by its file name, or an answer by its key.
#[derive(Serialize)]
struct Text {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    text: String,
}

/// How long some deployments take: those of a stage (or only number `index` of it), of a service, to a
/// place, or of a service to a place.
#[derive(Default, Serialize)]
struct Duration {
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    infrastructure: Option<String>,
    ms: u64,
}

/// A stage, or a part of it: a deployment, a service, an environment, an infrastructure of one, its lists.
#[derive(Default, Serialize)]
struct StagePart {
    stage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    infrastructure: Option<String>,
    /// Whether the services run in parallel.
    #[serde(skip_serializing_if = "Option::is_none")]
    services: Option<bool>,
    /// Whether the targets run in parallel.
    #[serde(skip_serializing_if = "Option::is_none")]
    targets: Option<bool>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct View {
    #[serde(skip_serializing_if = "String::is_empty")]
    rows: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    color: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    filter: String,
    /// Folded groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folded: Vec<StagePart>,
    /// The start of the visible time, in milliseconds from the start of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u64>,
    /// Its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    critical_path: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waves: Option<bool>,
    /// The selected deployment: the index of its stage in the pipeline, and its own in the stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_stage: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_index: Option<u64>,
}

impl View {
    fn is_default(&self) -> bool {
        let Self { rows, color, filter, folded, from, to, .. } = self;
        rows.is_empty()
            && color.is_empty()
            && filter.is_empty()
            && folded.is_empty()
            && from.is_none()
            && to.is_none()
            && self.critical_path.is_none()
            && self.waves.is_none()
            && self.selected_stage.is_none()
            && self.selected_index.is_none()
    }
}
