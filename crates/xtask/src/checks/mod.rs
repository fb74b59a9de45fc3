//! Runs the checks in order, up to the first failure, and prints a summary with the longest.

mod steps;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{progress, setup};

pub(crate) use steps::Check;

/// Number of the longest steps in the summary.
const MAX_LISTED: usize = 5;

/// Result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// The checks `named`, or those that always run, or all, in their own order.
pub(crate) fn chosen(named: &[Check], all: bool) -> Vec<Check> {
    let wanted = |check: &Check| match named {
        [] => all || !check.is_slow(),
        named => named.contains(check),
    };
    Check::value_variants().iter().copied().filter(wanted).collect()
}

/// Runs `checks` up to the first that fails. Each installs its tools just before it runs, so that a
/// formatting mistake shows in a second, and not after minutes of installing.
pub(crate) fn run(checks: &[Check]) -> Result<()> {
    let mut outcomes = vec![Outcome::NotRun; checks.len()];
    let mut ready = BTreeSet::new();
    let mut installed = Vec::new();
    let mut failure = Ok(());
    for (check, outcome) in checks.iter().zip(&mut outcomes) {
        let prepared = check.needs().iter().try_for_each(|requirements| {
            installed.extend(setup::ensure_once(requirements, &mut ready)?);
            Ok(())
        });
        let start = Instant::now();
        let result = prepared.and_then(|()| run_check(*check));
        let took = start.elapsed();
        *outcome = if result.is_ok() { Outcome::Passed(took) } else { Outcome::Failed(took) };
        if result.is_err() {
            failure = result.with_context(|| format!("the check `{}` failed", check.name()));
            break;
        }
    }
    let names = checks.iter().map(|check| check.name());
    let outcomes: Vec<(String, Outcome)> = names.zip(outcomes).collect();
    eprint!("\n{}{}", summary(&outcomes), longest(&outcomes, &installed));
    failure
}

fn run_check(check: Check) -> Result<()> {
    let start = Instant::now();
    let name = check.name();
    progress::say("Checking", &name);
    check.run()?;
    progress::ended("Passed", &name, start);
    Ok(())
}

fn summary(outcomes: &[(String, Outcome)]) -> String {
    let mut summary = String::new();
    for (name, outcome) in outcomes {
        let (word, time) = match outcome {
            Outcome::Passed(time) => ("passed", progress::seconds(*time)),
            Outcome::Failed(time) => ("FAILED", progress::seconds(*time)),
            Outcome::NotRun => ("not run", String::new()),
        };
        let line = format!("{word:>12} {name:<12} {time:>9}");
        let _ = writeln!(summary, "{}", line.trim_end());
    }
    summary
}

/// The checks and installations that took longest, the longest first.
fn longest(outcomes: &[(String, Outcome)], installed: &[(&str, Duration)]) -> String {
    let checks = outcomes.iter().filter_map(|(name, outcome)| match outcome {
        Outcome::Passed(time) | Outcome::Failed(time) => Some((name.clone(), *time)),
        Outcome::NotRun => None,
    });
    let installs = installed.iter().map(|(name, time)| (format!("installing {name}"), *time));
    let mut all: Vec<(String, Duration)> = checks.chain(installs).collect();
    let total = all.iter().map(|(_, time)| *time).sum();
    all.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    all.truncate(MAX_LISTED);
    let names: Vec<String> =
        all.iter().map(|(name, time)| format!("{name} {}", progress::seconds(*time))).collect();
    format!("\nLongest of {}: {}\n", progress::seconds(total), names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(named: &[Check], all: bool) -> String {
        let names: Vec<String> = chosen(named, all).iter().map(|check| check.name()).collect();
        names.join(" ")
    }

    #[test]
    fn checks_run_in_their_own_order_and_slow_ones_when_asked_for() {
        assert_eq!(names(&[], false), "fmt clippy unit instructions wasm types build e2e");
        assert_eq!(
            names(&[], true),
            "fmt clippy unit instructions wasm types build e2e documents growth oracle \
             broken-lines reproducible"
        );
        assert_eq!(names(&[Check::Documents, Check::Fmt], false), "fmt documents");
    }

    #[test]
    fn the_summary_names_what_did_not_run_and_what_took_longest() {
        let outcomes = [
            ("fmt".to_owned(), Outcome::Passed(Duration::from_millis(900))),
            ("unit".to_owned(), Outcome::Failed(Duration::from_secs(61))),
            ("e2e".to_owned(), Outcome::NotRun),
        ];
        assert_eq!(
            summary(&outcomes),
            "      passed fmt              0.9 s\n      FAILED unit            61.0 s\n     not run e2e\n"
        );
        assert_eq!(
            longest(&outcomes, &[("Trunk", Duration::from_secs(200))]),
            "\nLongest of 261.9 s: installing Trunk 200.0 s, unit 61.0 s, fmt 0.9 s\n"
        );
    }
}
