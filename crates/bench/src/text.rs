//! The YAML of the cases, written as the product's own editor would.

use std::fmt::{self, Write as _};

/// Number of infrastructures in an environment.
const INFRASTRUCTURES_PER_ENVIRONMENT: usize = 10;

const HEAD: &str = "\
pipeline:
  name: Bench
  identifier: bench
  projectIdentifier: shop
  orgIdentifier: default
  stages:
";

/// A name as services, environments and infrastructures have: `service_007`.
pub(crate) fn name(kind: &str, number: usize) -> String {
    format!("{kind}_{number:03}")
}

/// One stage: services in parallel, targets one after another.
pub(crate) fn grid(services: usize, infrastructures: usize) -> String {
    let mut text = HEAD.to_owned();
    stage_head(&mut text, "everything");
    text += "          services:\n            metadata:\n              parallel: true\n            values:\n";
    for service in 0..services {
        line(&mut text, 14, format_args!("- serviceRef: {}", name("service", service)));
    }
    text += "          environments:\n            metadata:\n              parallel: false\n            values:\n";
    for infrastructure in 0..infrastructures {
        if infrastructure % INFRASTRUCTURES_PER_ENVIRONMENT == 0 {
            let environment = infrastructure / INFRASTRUCTURES_PER_ENVIRONMENT;
            line(&mut text, 14, format_args!("- environmentRef: {}", name("env", environment)));
            line(&mut text, 16, format_args!("infrastructureDefinitions:"));
        }
        line(&mut text, 18, format_args!("- identifier: {}", name("infra", infrastructure)));
    }
    text
}

/// One stage with a matrix of services and infrastructures.
pub(crate) fn matrix(services: usize, infrastructures: usize) -> String {
    let mut text = HEAD.to_owned();
    stage_head(&mut text, "each");
    single(&mut text, "<+matrix.service>", "<+matrix.infra>");
    text += "        strategy:\n          matrix:\n";
    for (axis, count) in [("service", services), ("infra", infrastructures)] {
        line(&mut text, 12, format_args!("{axis}:"));
        for number in 0..count {
            line(&mut text, 14, format_args!("- {}", name(axis, number)));
        }
    }
    text += "            maxConcurrency: 20\n";
    text
}

/// So many stages with a deployment each, every tenth one beside the nine that follow.
pub(crate) fn stages(count: usize) -> String {
    let mut text = HEAD.to_owned();
    for number in 0..count {
        stage_head(&mut text, &name("stage", number));
        single(&mut text, &name("service", number % 50), &name("infra", number / 50));
    }
    text
}

fn stage_head(text: &mut String, identifier: &str) {
    line(text, 4, format_args!("- stage:"));
    for (key, value) in [("name", identifier), ("identifier", identifier), ("type", "Deployment")] {
        line(text, 8, format_args!("{key}: {value}"));
    }
    line(text, 8, format_args!("spec:"));
}

fn single(text: &mut String, service: &str, infrastructure: &str) {
    line(text, 10, format_args!("service:"));
    line(text, 12, format_args!("serviceRef: {service}"));
    line(text, 10, format_args!("environment:"));
    line(text, 12, format_args!("environmentRef: prod"));
    line(text, 12, format_args!("infrastructureDefinitions:"));
    line(text, 14, format_args!("- identifier: {infrastructure}"));
}

fn line(text: &mut String, indent: usize, what: fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{:indent$}{what}", "");
}
