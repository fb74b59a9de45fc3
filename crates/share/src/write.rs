//! A state as bytes.

use deployline_engine::{Assumptions, AxisName, DurationKey};
use deployline_timeline::{ColorBy, GroupId, Rows};

use crate::line::push;
use crate::{CRC_32, Look, Shared, Source};

/// Writes a state: its checksum, its head, an empty line, and the texts one after the other.
///
/// What is as it is by default is left out, so that the link of a text that was just pasted is little
/// more than the text.
pub fn write(shared: &Shared) -> Vec<u8> {
    let mut head = String::new();
    write_look(&mut head, &shared.look);
    write_source(&mut head, &shared.plan);
    if let Some(pinned) = &shared.pinned {
        push(&mut head, &["pinned"]);
        write_source(&mut head, pinned);
    }
    head.push('\n');
    let sources = std::iter::once(&shared.plan).chain(&shared.pinned);
    sources.flat_map(|source| &source.texts).for_each(|text| head += &text.text);
    let mut out = format!("{:08x}\n", CRC_32.checksum(head.as_bytes())).into_bytes();
    out.extend_from_slice(head.as_bytes());
    out
}

fn write_source(out: &mut String, source: &Source) {
    for text in &source.texts {
        push(out, &["text", &text.text.len().to_string(), &text.name]);
    }
    for ((stage, axis), is_parallel) in &source.inputs.parallel {
        let axis = match axis {
            AxisName::Services => "services",
            AxisName::Targets => "targets",
        };
        push(out, &["parallel", stage, axis, if *is_parallel { "yes" } else { "no" }]);
    }
    for (key, value) in &source.answers {
        push(out, &["answer", key, value]);
    }
    write_assumptions(out, &source.assumptions);
}

fn write_assumptions(out: &mut String, assumptions: &Assumptions) {
    let Assumptions { duration, durations, uneven, account_limit, failures } = assumptions;
    if *duration != Assumptions::default().duration {
        push(out, &["duration", &duration.0.to_string()]);
    }
    for (key, duration) in durations {
        let mut words = vec!["takes".to_owned(), duration.0.to_string()];
        words.extend(words_of(key));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        push(out, &words);
    }
    if let Some(seed) = uneven {
        push(out, &["uneven", &seed.to_string()]);
    }
    if let Some(limit) = account_limit {
        push(out, &["account-limit", &limit.to_string()]);
    }
    for (stage, index) in failures {
        push(out, &["fails", stage, &index.to_string()]);
    }
}

/// By kind and names: as a person writes them, two keys may look alike.
fn words_of(key: &DurationKey) -> Vec<String> {
    let (kind, names): (&str, Vec<&String>) = match key {
        DurationKey::Stage(stage) => ("stage", vec![stage]),
        DurationKey::Infrastructure(infrastructure) => ("infrastructure", vec![infrastructure]),
        DurationKey::Target(environment, infrastructure) => {
            ("target", vec![environment, infrastructure])
        }
        DurationKey::Service(service) => ("service", vec![service]),
        DurationKey::ServiceInfrastructure(service, infrastructure) => {
            ("service-infrastructure", vec![service, infrastructure])
        }
        DurationKey::ServiceTarget(service, environment, infrastructure) => {
            ("service-target", vec![service, environment, infrastructure])
        }
        DurationKey::Deployment(stage, index) => {
            return vec!["deployment".into(), stage.clone(), index.to_string()];
        }
    };
    std::iter::once(kind.to_owned()).chain(names.into_iter().cloned()).collect()
}

fn write_look(out: &mut String, look: &Look) {
    let Look { arrangement, window, shows_critical_path, is_waves, selection } = look;
    match arrangement.rows {
        Rows::Order => {}
        Rows::Lanes => push(out, &["rows", "lanes"]),
        Rows::Services => push(out, &["rows", "services"]),
        Rows::Targets => push(out, &["rows", "targets"]),
    }
    match arrangement.color_by {
        ColorBy::Service => {}
        ColorBy::Environment => push(out, &["color", "environment"]),
        ColorBy::Status => push(out, &["color", "status"]),
    }
    if !arrangement.filter.is_empty() {
        push(out, &["filter", &arrangement.filter]);
    }
    for group in &arrangement.collapsed {
        match group {
            GroupId::Stage(stage) => push(out, &["folded", "stage", stage]),
            GroupId::Service { stage, service } => {
                push(out, &["folded", "service", stage, service]);
            }
            GroupId::Environment { stage, environment } => {
                push(out, &["folded", "environment", stage, environment]);
            }
            GroupId::Infrastructure { stage, environment, infrastructure } => {
                push(out, &["folded", "infrastructure", stage, environment, infrastructure]);
            }
        }
    }
    if let Some(window) = window {
        push(out, &["window", &window.from.0.to_string(), &window.to.0.to_string()]);
    }
    if *shows_critical_path {
        push(out, &["critical-path"]);
    }
    if *is_waves {
        push(out, &["waves"]);
    }
    if let Some(at) = selection {
        push(out, &["picked", &at.stage.to_string(), &at.index.to_string()]);
    }
}
