//! Looping strategies.
//!
//! ```text
//! v0   matrix: {…, maxConcurrency: 2}   repeat: {times: 3}     parallelism: 3
//! v1   matrix: {…}, max-parallel: 2     for: {iterations: 3}   for: {iterations: 3}
//! ```

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::entries::{Entries, flag, one};
use crate::expressions::COMBINATION;
use crate::migration::Migration;

/// Keys below `repeat`, in v0 and v1.
const REPEAT: [(&str, &str); 6] = [
    ("items", "items"),
    ("start", "start"),
    ("end", "end"),
    ("partitionSize", "partition-size"),
    ("unit", "unit"),
    ("nodeName", "node-name"),
];

/// `strategy` of v1, for one of a stage that `deploys` or of something else.
pub(crate) fn newer(strategy: &View<'_>, deploys: bool, migration: &mut Migration<'_>) -> Value {
    if strategy.kind() != NodeKind::Mapping {
        return migration.value(strategy);
    }
    let mut out = Entries::default();
    let mut limit = None;
    if let Some(matrix) = strategy.value("matrix") {
        out.add("matrix", newer_matrix(&matrix, migration));
        limit = matrix.value("maxConcurrency");
    } else if let Some(repeat) = strategy.value("repeat") {
        limit = repeat.value("maxConcurrency");
        match repeat.value("times") {
            Some(times) => {
                let mut inner = Entries::default();
                inner.add("iterations", migration.value(&times));
                migration.carry(&mut inner, &repeat, "nodeName", "node-name");
                migration.rest(&repeat, &["times", "nodeName", "maxConcurrency"]);
                out.add("for", inner.into_value());
            }
            None => out.add("repeat", newer_repeat(&repeat, migration)),
        }
    } else if let Some(times) = strategy.value("parallelism") {
        out.add("for", one("iterations", migration.value(&times)));
    }
    if let Some(limit) = limit {
        out.add("max-parallel", migration.value(&limit));
    }
    newer_failure(strategy, deploys, &mut out, migration);
    migration.carry(&mut out, strategy, "when", "if");
    migration.rest(strategy, &["matrix", "repeat", "parallelism", "when", "onFailure"]);
    out.into_value()
}

fn newer_failure(
    strategy: &View<'_>,
    deploys: bool,
    out: &mut Entries,
    migration: &mut Migration<'_>,
) {
    match strategy.entry("onFailure") {
        Some((_, value)) if value.as_str() == Some("RunAll") => out.add("fail-fast", flag(false)),
        Some((key, _)) => migration.lost(
            key.span(),
            "`onFailure: SkipQueued` has no counterpart in v1: after a failure those that wait start all the same. \
             `fail-fast: true` would cancel those that run as well.",
        ),
        None if deploys => migration.differs(
            strategy.span(),
            "After a failure v0 skips those that wait, where a stage deploys; v1 starts them all the same, or with \
             `fail-fast: true` cancels those that run as well.",
        ),
        None => {}
    }
}

fn newer_matrix(matrix: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    for (key, value) in matrix.entries() {
        match key.as_str().unwrap_or_default() {
            "maxConcurrency" => {}
            "nodeName" => out.add("node-name", migration.value(&value)),
            "include" | "node-name" => migration.lost_entry(key, &value, "there it is no axis"),
            name => out.add(name.to_owned(), migration.value(&value)),
        }
    }
    out.into_value()
}

fn newer_repeat(repeat: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    for (older, newer) in REPEAT {
        migration.carry(&mut out, repeat, older, newer);
    }
    lower_unit(repeat, &mut out, str::to_lowercase);
    migration.rest(
        repeat,
        &["items", "start", "end", "partitionSize", "unit", "nodeName", "maxConcurrency"],
    );
    out.into_value()
}

/// Writes a unit in the case of the schema.
fn lower_unit(repeat: &View<'_>, out: &mut Entries, spell: impl Fn(&str) -> String) {
    if let Some(unit) = repeat.str_of("unit") {
        out.set("unit", Value::text(spell(unit)));
    }
}

/// `strategy` of v0, with the combinations of a matrix where only a list has them.
pub(crate) fn older(
    strategy: &View<'_>,
    listed: Option<Vec<Value>>,
    migration: &mut Migration<'_>,
) -> Value {
    if strategy.kind() != NodeKind::Mapping {
        return migration.value(strategy);
    }
    let mut out = Entries::default();
    let limits = ["max-parallel", "max-concurrency", "max_concurrency"];
    let limit = limits.into_iter().find_map(|key| strategy.value(key));
    let limit = limit.map(|limit| migration.value(&limit));
    if let Some(matrix) = strategy.value("matrix") {
        out.add("matrix", older_matrix(&matrix, listed, limit, migration));
    } else if let Some(of) = strategy.value("for") {
        let items = of.value("items").is_some() && of.value("iterations").is_none();
        match items {
            true => out.add("repeat", older_repeat(&of, limit, migration)),
            false => out.add("repeat", times(&of, &["iterations", "times"], limit, migration)),
        }
    } else if let Some(of) = strategy.value("while") {
        let one_by_one = Some(Value::word("1"));
        out.add("repeat", times(&of, &["iterations", "max_iterations"], one_by_one, migration));
        migration.lost(
            of.span(),
            "`while` has no counterpart in v0: the stage runs as often as `iterations` lets it, one after the other, \
             whatever its condition is.",
        );
    } else if let Some(repeat) = strategy.value("repeat") {
        match repeat.value("iterations") {
            Some(_) => out.add("repeat", times(&repeat, &["iterations"], limit, migration)),
            None => out.add("repeat", older_repeat(&repeat, limit, migration)),
        }
    }
    older_failure(strategy, &mut out, migration);
    if let Some(condition) = strategy.str_of("if") {
        out.add("when", Value::text(migration.text(condition)));
    }
    let known = ["matrix", "for", "while", "repeat", "if", "fail-fast"];
    migration.rest(strategy, &[&known[..], &limits].concat());
    out.into_value()
}

fn older_failure(strategy: &View<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    let failing = strategy.entry("fail-fast").filter(|(_, value)| value.as_str() != Some("false"));
    out.add("onFailure", Value::text(if failing.is_some() { "SkipQueued" } else { "RunAll" }));
    if let Some((key, _)) = failing {
        migration.differs(
            key.span(),
            "`fail-fast` is written as `onFailure: SkipQueued`: after a failure v0 starts no more, and lets those \
             that run go on.",
        );
    }
}

fn older_matrix(
    matrix: &View<'_>,
    listed: Option<Vec<Value>>,
    limit: Option<Value>,
    migration: &mut Migration<'_>,
) -> Value {
    let mut out = Entries::default();
    if let Some(listed) = listed {
        out.add(COMBINATION, Value::List(listed));
        migration.carry(&mut out, matrix, "node-name", "nodeName");
        out.add("maxConcurrency", limit);
        if let Some((key, _)) = matrix.entry("include") {
            migration.differs(
                key.span(),
                "`include` is written as the list of all combinations, the values of one axis: `<+matrix.NAME>` becomes \
                 `<+matrix.combination.NAME>`.",
            );
        }
        return out.into_value();
    }
    for (key, value) in matrix.entries() {
        match key.as_str().unwrap_or_default() {
            "node-name" => out.add("nodeName", migration.value(&value)),
            "include" => migration.lost_entry(
                key,
                &value,
                "the combinations that it adds do not run. Write them as values of the axes, with `exclude`",
            ),
            name => out.add(name.to_owned(), migration.value(&value)),
        }
    }
    out.add("maxConcurrency", limit);
    out.into_value()
}

fn older_repeat(repeat: &View<'_>, limit: Option<Value>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    for (older, newer) in REPEAT {
        migration.carry(&mut out, repeat, newer, older);
    }
    let capital = |unit: &str| match unit {
        "percentage" => "Percentage".to_owned(),
        _ => "Count".to_owned(),
    };
    lower_unit(repeat, &mut out, capital);
    out.add("maxConcurrency", limit);
    migration.rest(repeat, &["items", "start", "end", "partition-size", "unit", "node-name"]);
    out.into_value()
}

/// `repeat` with a number of times, from the first of these keys or from a number alone.
fn times(
    of: &View<'_>,
    keys: &[&str],
    limit: Option<Value>,
    migration: &mut Migration<'_>,
) -> Value {
    let count = keys.iter().find_map(|key| of.value(key));
    let mut out = Entries::default();
    out.add("times", migration.value(count.as_ref().unwrap_or(of)));
    migration.carry(&mut out, of, "node-name", "nodeName");
    out.add("maxConcurrency", limit);
    migration.rest(of, &[keys, &["node-name", "condition"]].concat());
    out.into_value()
}
