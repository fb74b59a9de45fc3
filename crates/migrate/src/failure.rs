//! Failure strategies: `failureStrategies` of v0, `on-failure` of v1.

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::{Entries, one, one_or_list};
use crate::migration::Migration;
use crate::words::{self, ACTIONS, ERRORS};

/// `on-failure` for the rules of `holder`, if it has some.
pub(crate) fn newer(holder: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let rules = holder.value("failureStrategies")?;
    if rules.kind() != NodeKind::Sequence {
        return Some(migration.value(&rules));
    }
    let mut out = Vec::new();
    for rule in rules.items() {
        let Some(rule) = rule.value("onFailure") else { continue };
        let mut errors = Vec::new();
        for error in rule.value("errors").iter().flat_map(View::items) {
            let written = error.as_str().unwrap_or_default();
            match words::newer(ERRORS, written) {
                Some(word) => errors.push(Value::text(word)),
                None => migration.lost(
                    error.span(),
                    format!("v1 has no error like `{written}`: it is left out, and its rule where that names no other."),
                ),
            }
        }
        let action = rule.value("action").and_then(|action| newer_action(&action, migration));
        if let Some(action) = action.filter(|_| !errors.is_empty()) {
            let mut rule = Entries::default();
            rule.add("errors", one_or_list(errors));
            rule.add("action", action);
            out.push(rule.into_value());
        }
    }
    (!out.is_empty()).then_some(Value::List(out))
}

fn newer_action(action: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let name = action.str_of("type").unwrap_or_default();
    let Some(word) = words::newer(ACTIONS, name) else {
        migration
            .lost(action.span(), format!("v1 has no action like `{name}`: its rule is left out."));
        return None;
    };
    let spec = action.value("spec");
    let next = |key: &str| spec.as_ref()?.at(&[key, "action"]);
    let mut out = Entries::default();
    match (word, &spec) {
        ("retry" | "retry-step-group", Some(spec)) => {
            migration.carry(&mut out, spec, "retryCount", "attempts");
            migration.carry(&mut out, spec, "retryIntervals", "interval");
            if let Some(next) = next("onRetryFailure") {
                out.add("failure-action", newer_action(&next, migration));
            }
            migration.rest(spec, &["retryCount", "retryIntervals", "onRetryFailure"]);
        }
        ("manual-intervention", Some(spec)) => {
            migration.carry(&mut out, spec, "timeout", "timeout");
            if let Some(next) = next("onTimeout") {
                out.add("timeout-action", newer_action(&next, migration));
            }
            migration.rest(spec, &["timeout", "onTimeout"]);
        }
        ("pipeline-rollback", Some(spec)) => migration.carry(&mut out, spec, "failAll", "fail-all"),
        _ => {}
    }
    Some(out.some().map_or_else(|| Value::text(word), |settings| one(word, settings)))
}

/// `failureStrategies` for the rules of `holder`, if it has some.
pub(crate) fn older(holder: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let rules = holder.value("on-failure").or_else(|| holder.value("on_failure"))?;
    let rules = match rules.kind() {
        NodeKind::Sequence => rules.items(),
        NodeKind::Mapping => vec![rules],
        _ => return Some(migration.value(&rules)),
    };
    let mut out = Vec::new();
    for rule in &rules {
        let errors = older_errors(rule, migration);
        let action = rule.value("action").and_then(|action| older_action(&action, migration));
        if let Some(action) = action.filter(|_| !errors.is_empty()) {
            let mut inner = Entries::default();
            inner.add("errors", Value::List(errors));
            inner.add("action", action);
            out.push(one("onFailure", inner.into_value()));
        }
    }
    (!out.is_empty()).then_some(Value::List(out))
}

fn older_errors(rule: &View<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    let Some(errors) = rule.value("errors") else { return vec![Value::text("AllErrors")] };
    let errors = match errors.kind() {
        NodeKind::Sequence => errors.items(),
        _ => vec![errors],
    };
    let mut out = Vec::new();
    for error in errors {
        let written = error.as_str().unwrap_or_default();
        match words::older(ERRORS, written) {
            Some(word) => out.push(Value::text(word)),
            None => migration.lost(
                error.span(),
                format!("v0 has no error like `{written}`: it is left out, and its rule where that names no other."),
            ),
        }
    }
    out
}

fn older_action(action: &View<'_>, migration: &mut Migration<'_>) -> Option<Value> {
    let key = || action.entries().first().and_then(|(key, _)| key.as_str());
    let word = action.as_str().or_else(key).unwrap_or_default();
    let settings = action.value(word);
    let mut out = Entries::default();
    let (name, settings) = match word {
        // Alone, it can only be about the pipeline.
        "fail-all" => ("PipelineRollback", Some(action.clone())),
        _ => match words::older(ACTIONS, word) {
            Some(name) => (name, settings),
            None => {
                migration.lost(
                    action.span(),
                    format!("v0 has no action like `{word}`: its rule is left out."),
                );
                return None;
            }
        },
    };
    out.add("type", Value::text(name));
    let mut spec = Entries::default();
    if let Some(settings) = settings {
        migration.carry(&mut spec, &settings, "attempts", "retryCount");
        if let Some(interval) = settings.value("interval") {
            let value = migration.value(&interval);
            let is_list = interval.kind() == NodeKind::Sequence;
            spec.add("retryIntervals", if is_list { value } else { Value::List(vec![value]) });
        }
        migration.carry(&mut spec, &settings, "timeout", "timeout");
        migration.carry(&mut spec, &settings, "fail-all", "failAll");
        for (newer, older) in
            [("failure-action", "onRetryFailure"), ("timeout-action", "onTimeout")]
        {
            if let Some(next) = settings.value(newer) {
                spec.add(older, older_action(&next, migration).map(|next| one("action", next)));
            }
        }
        let known =
            ["attempts", "interval", "timeout", "fail-all", "failure-action", "timeout-action"];
        migration.rest(&settings, &known);
    }
    out.add("spec", spec.some());
    out.some()
}

/// The rule that a Deployment stage of v0 must have: as if nothing were written.
pub(crate) fn older_default() -> Value {
    let mut rule = Entries::default();
    rule.add("errors", Value::List(vec![Value::text("AllErrors")]));
    rule.add("action", one("type", Value::text("MarkAsFailure")));
    one("onFailure", rule.into_value())
}
