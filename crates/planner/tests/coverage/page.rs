//! The page of the coverage, made of the tables of keys.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;

use deployline_schema::{MappingKind, Takes, Usage};

/// The page about these kinds of mappings.
pub(crate) fn page(kinds: &[MappingKind]) -> String {
    let mut page = String::from(
        "# Coverage of the YAML\n\n\
         The keys of both schemas, mapping by mapping, those of the newer one (v1) last: which are read, with the section of \
         [semantics.md](semantics.md) that they follow, and which would change the order, the times or the targets and \
         are not used, with the [diagnostic](diagnostics.md) that says so at the key. All others have no part in \
         the plan. This page is made of the tables that completion and the checks use, and a test tries each key: one \
         that is read changes what is drawn or said, one that has no part changes nothing; a value that a key does not take is said to be `unexpected-value`.\n",
    );
    let paths = paths();
    for kind in kinds {
        let path = paths.iter().find(|(of, _)| of == kind).map_or("", |(_, path)| path);
        let schema = if is_newer(*kind) { " (v1)" } else { "" };
        let title = match path {
            "" => format!("A document{schema}"),
            path => format!("`{path}`{schema}"),
        };
        let _ = write!(page, "\n## {title}\n\nRules: \"{}\".\n", section(*kind));
        rows(&mut page, *kind);
    }
    page
}

/// Returns `true` for a kind of mapping of the newer schema.
fn is_newer(kind: MappingKind) -> bool {
    format!("{kind:?}").starts_with("V1")
}

fn rows(page: &mut String, kind: MappingKind) {
    let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut said = Vec::new();
    for (key, doc) in kind.documented_keys() {
        let name = format!("`{}`", key.name);
        match kind.usage(key.name) {
            Some(Usage::Said(code)) => said.push(format!("| {name} | `{code}` | {doc} |\n")),
            Some(Usage::Read) => parts.entry("Read").or_default().push(name),
            _ => parts.entry("Without a part").or_default().push(name),
        }
    }
    for part in ["Read", "Without a part"] {
        if let Some(keys) = parts.get(part) {
            let _ = write!(page, "\n{part}: {}.\n", keys.join(", "));
        }
    }
    if kind.is_open() {
        page.push_str("\nAll other keys are axes, and read.\n");
    }
    if !said.is_empty() {
        let _ = write!(page, "\n| not used | said by | |\n|---|---|---|\n{}", said.concat());
    }
}

/// The shortest path of keys from a document to each kind of mapping.
fn paths() -> Vec<(MappingKind, String)> {
    let mut paths: Vec<(MappingKind, String)> = Vec::new();
    let mut open = VecDeque::from([
        (MappingKind::Document, String::new()),
        (MappingKind::V1Document, String::new()),
    ]);
    while let Some((kind, path)) = open.pop_front() {
        if paths.iter().any(|(seen, _)| *seen == kind) {
            continue;
        }
        // What a template holds has its place in a pipeline.
        let is_copied = kind == MappingKind::TemplateEntity;
        for key in kind.keys().iter().filter(|key| !is_copied || key.name != "spec") {
            let dot = if path.is_empty() { "" } else { "." };
            let below = format!("{path}{dot}{}", key.name);
            for takes in key.takes {
                match takes {
                    Takes::Mapping(kind) => open.push_back((*kind, below.clone())),
                    Takes::List(kind) => open.push_back((*kind, format!("{below}[]"))),
                    _ => {}
                }
            }
            // Its type decides what a `spec` is.
            let by_type: &[(&str, MappingKind)] = match (kind, key.name) {
                (MappingKind::Stage, "spec") => &[
                    ("Custom", MappingKind::CustomSpec),
                    ("Pipeline", MappingKind::ChainedSpec),
                    ("Dynamic", MappingKind::DynamicSpec),
                ],
                (MappingKind::Step, "spec") => &[
                    ("Wait", MappingKind::WaitSpec),
                    ("Barrier", MappingKind::BarrierSpec),
                    ("Queue", MappingKind::QueueSpec),
                ],
                _ => &[],
            };
            for (name, kind) in by_type {
                open.push_back((*kind, format!("{below} (type: {name})")));
            }
        }
        paths.push((kind, path));
    }
    paths
}

/// Heading in `docs/semantics.md` of the rules that the keys of a mapping follow.
pub(crate) fn section(kind: MappingKind) -> &'static str {
    match kind {
        kind if is_newer(kind) => "Schema v1 (the product's newer, flat pipeline YAML)",
        MappingKind::Document
        | MappingKind::TemplateUse
        | MappingKind::Filter
        | MappingKind::FilterSpec
        | MappingKind::ServiceEntity
        | MappingKind::EnvironmentEntity
        | MappingKind::GroupEntity
        | MappingKind::TemplateEntity
        | MappingKind::InputSet
        | MappingKind::Overlay => "What the YAML alone cannot say",
        MappingKind::InfrastructureEntity => "Resource constraint",
        MappingKind::Pipeline | MappingKind::Entry | MappingKind::Stage => "Terms",
        MappingKind::When => "Conditions",
        MappingKind::FailureRule
        | MappingKind::OnFailure
        | MappingKind::FailureAction
        | MappingKind::FailureActionSpec
        | MappingKind::NextAction => "When a deployment fails: failure strategies",
        MappingKind::Strategy | MappingKind::Matrix | MappingKind::Repeat => {
            "Looping strategies on a stage (`strategy`)"
        }
        MappingKind::UseFromStage => "Propagation",
        MappingKind::OlderService
        | MappingKind::OlderInfrastructure
        | MappingKind::OlderEntity
        | MappingKind::Cluster => "Details",
        MappingKind::RunMode
        | MappingKind::FlowControl
        | MappingKind::Barrier
        | MappingKind::Execution
        | MappingKind::StepEntry
        | MappingKind::Step
        | MappingKind::StepGroup
        | MappingKind::StepWhen
        | MappingKind::WaitSpec
        | MappingKind::BarrierSpec
        | MappingKind::QueueSpec
        | MappingKind::ChainedSpec
        | MappingKind::DynamicSpec => "Steps, and what is not used",
        _ => "From YAML to an ordered list and a limit (schema v0)",
    }
}
