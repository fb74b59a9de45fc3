//! Every check, in order, up to the first failure, and a summary of what ran.

mod steps;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::{progress, setup};

pub(crate) use steps::{STEPS, Step};

/// What became of a step.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// Runs `steps` up to the first that fails. Each gets what it needs just before it runs, so that a
/// formatting mistake shows in a second, and not after minutes of installing.
pub(crate) fn run(steps: &[&Step]) -> Result<()> {
    let mut outcomes: Vec<Outcome> = vec![Outcome::NotRun; steps.len()];
    let mut ready = BTreeSet::new();
    let mut failure = Ok(());
    for (step, outcome) in steps.iter().zip(&mut outcomes) {
        let start = Instant::now();
        let result = setup::ensure_once(step.needs, &mut ready).and_then(|()| run_step(step));
        *outcome = match result {
            Ok(()) => Outcome::Passed(start.elapsed()),
            Err(_) => Outcome::Failed(start.elapsed()),
        };
        if result.is_err() {
            failure = result.with_context(|| format!("the check `{}` failed", step.name));
            break;
        }
    }
    eprint!("\n{}", summary(steps, &outcomes));
    failure
}

fn run_step(step: &Step) -> Result<()> {
    let start = Instant::now();
    progress::say("Checking", &format!("{}: {}", step.name, step.about));
    (step.run)()?;
    progress::ended("Passed", step.name, start);
    Ok(())
}

fn summary(steps: &[&Step], outcomes: &[Outcome]) -> String {
    let mut summary = String::new();
    for (step, outcome) in steps.iter().zip(outcomes) {
        let (word, time) = match outcome {
            Outcome::Passed(time) => ("passed", progress::seconds(*time)),
            Outcome::Failed(time) => ("FAILED", progress::seconds(*time)),
            Outcome::NotRun => ("not run", String::new()),
        };
        let line = format!("{word:>12} {:<12} {time:>9}", step.name);
        let _ = writeln!(summary, "{}", line.trim_end());
    }
    summary
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    const fn step(name: &'static str, run: fn() -> Result<()>) -> Step {
        Step { name, about: "", needs: &[], run }
    }

    #[test]
    fn the_first_failure_ends_it() {
        let good = step("fmt", || Ok(()));
        let bad = step("unit", || bail!("2 tests failed"));
        let never = step("e2e", || unreachable!("runs after a failure"));
        let error = run(&[&good, &bad, &never]).unwrap_err();
        assert_eq!(format!("{error:#}"), "the check `unit` failed: 2 tests failed");
        assert!(run(&[&good, &good]).is_ok());
    }

    #[test]
    fn a_summary_names_what_did_not_run() {
        let steps = ["fmt", "unit", "e2e"].map(|name| step(name, || Ok(())));
        let outcomes = [
            Outcome::Passed(Duration::from_millis(900)),
            Outcome::Failed(Duration::from_secs(61)),
            Outcome::NotRun,
        ];
        assert_eq!(
            summary(&steps.each_ref(), &outcomes),
            "      passed fmt              0.9 s\n      FAILED unit            61.0 s\n     not run e2e\n"
        );
    }
}
