//! The same pipelines in the newer, flat schema, where both schemas follow the same rules.

use super::looping::LoopCase;
use super::model::{
    Case, Flag, OnFailure, Services, StageCase, Targets, WRITTEN_YES, environment_name,
    infrastructure_name, service_name,
};

/// The case with all flags written, without what only the older schema has, and without services
/// one by one beside targets in parallel, for which the schemas differ.
pub(crate) fn agreeing(mut case: Case) -> Case {
    for stage in case.entries.iter_mut().flatten() {
        stage.gitops = false;
        stage.max_concurrency = None;
        stage.on_failure = OnFailure::Unsaid;
        stage.strategies = std::mem::take(&mut stage.strategies).without_group_rollback();
        if let Some(looping) = &mut stage.looping {
            // The newer schema's strategies go on.
            looping.on_failure = OnFailure::RunAll;
        }
        let both = matches!(stage.services, Services::List(..));
        let targets_parallel = match &mut stage.targets {
            Targets::One => false,
            Targets::Environments(_, flag) => write(flag),
            Targets::Group(_, flag) => {
                if both {
                    *flag = Flag::Written("true");
                }
                write(flag)
            }
        };
        if let Services::List(_, flag) = &mut stage.services {
            if targets_parallel {
                *flag = Flag::Written("true");
            }
            write(flag);
        }
    }
    case
}

/// The case with all flags written, in the newer schema alone: without what only the older one has.
pub(crate) fn newer(mut case: Case) -> Case {
    case.is_v1 = true;
    for stage in case.entries.iter_mut().flatten() {
        stage.gitops = false;
        stage.max_concurrency = None;
        stage.on_failure = OnFailure::Unsaid;
        stage.strategies = std::mem::take(&mut stage.strategies).without_group_rollback();
        if let Some(looping) = &mut stage.looping {
            looping.on_failure = match looping.on_failure {
                OnFailure::SkipQueued => OnFailure::FailFast,
                _ => OnFailure::RunAll,
            };
        }
        match &mut stage.targets {
            Targets::One => {}
            Targets::Environments(_, flag) | Targets::Group(_, flag) => {
                write(flag);
            }
        }
        if let Services::List(_, flag) = &mut stage.services {
            write(flag);
        }
    }
    case.name_children()
}

/// Settles a flag to one of two texts; says which.
fn write(flag: &mut Flag) -> bool {
    let value = match flag {
        Flag::Written(text) => WRITTEN_YES.contains(text),
        _ => true,
    };
    *flag = Flag::Written(if value { "true" } else { "false" });
    value
}

/// The YAML of a case that went through [`agreeing`].
pub(crate) fn yaml(case: &Case) -> String {
    let mut out = "version: 1\nkind: pipeline\npipeline:\n  id: shop\n  stages:\n".to_owned();
    let mut position = 0;
    for entry in &case.entries {
        let (is_group, first) = (entry.len() > 1, position);
        if is_group {
            out.push_str("    - parallel:\n        stages:\n");
        }
        for stage in entry {
            let indent = if is_group { "          " } else { "    " };
            let mut lines = lines(stage, position, first).into_iter();
            out.push_str(&format!("{indent}- {}\n", lines.next().expect("an id")));
            out.extend(lines.map(|line| format!("{indent}  {line}\n")));
            position += 1;
        }
    }
    out + &case.documents()
}

fn lines(stage: &StageCase, position: usize, first: usize) -> Vec<String> {
    let mut lines = vec![format!("id: st{position}")];
    lines.extend(stage.if_line(first));
    lines.extend(stage.strategies.lines_v1());
    lines.extend(stage.looping.iter().flat_map(LoopCase::lines_v1));
    if !stage.is_deployment {
        lines.push("type: Custom".to_owned());
        return lines;
    }
    lines.push(match &stage.services {
        Services::One => format!("service: {}", stage.service_text()),
        Services::List(count, flag) => {
            let names: Vec<String> = (0..*count).map(service_name).collect();
            format!("service: {{items: [{}]{}}}", names.join(", "), parallel(*flag))
        }
    });
    let environment = |(i, count): (usize, &usize)| {
        let names: Vec<String> = (0..*count).map(infrastructure_name).collect();
        let name = environment_name(stage, position, i);
        format!("{{id: {name}, deploy-to: [{}]}}", names.join(", "))
    };
    lines.push(match &stage.targets {
        Targets::One => {
            let name = environment_name(stage, position, 0);
            format!("environment: {{id: {name}, deploy-to: {}}}", stage.place_text())
        }
        Targets::Environments(counts, flag) | Targets::Group(counts, flag) => {
            let all: Vec<String> = counts.iter().enumerate().map(environment).collect();
            format!("environment: {{items: [{}]{}}}", all.join(", "), parallel(*flag))
        }
    });
    lines
}

fn parallel(flag: Flag) -> String {
    match flag {
        Flag::Written(text) => format!(", parallel: {text}"),
        _ => String::new(),
    }
}
