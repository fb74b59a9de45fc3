//! Requirements of the commands, each installed only where it is missing.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail, ensure};

use crate::progress;

/// A program, package or file that has to be on the machine.
#[derive(Debug)]
pub(crate) struct Requirement {
    pub(super) name: &'static str,
    /// Rough duration of installing it.
    pub(super) takes: &'static str,
    pub(super) is_there: fn() -> Result<bool>,
    /// Gets it; `None` for what has to be there beforehand.
    pub(super) install: Option<fn() -> Result<()>>,
    /// Advice to a person when that fails.
    pub(super) by_hand: &'static str,
}

/// Gets whichever of `requirements` is missing, in order.
pub(crate) fn ensure(requirements: &[&Requirement]) -> Result<()> {
    ensure_once(requirements, &mut BTreeSet::new()).map(drop)
}

/// [`ensure`], but for those in `ready`, the names of what has been seen to be there before. Returns
/// the name of each requirement that was installed, and how long that took.
pub(crate) fn ensure_once(
    requirements: &[&Requirement],
    ready: &mut BTreeSet<&'static str>,
) -> Result<Vec<(&'static str, Duration)>> {
    let mut installed = Vec::new();
    for requirement in requirements {
        if ready.contains(requirement.name) {
            continue;
        }
        installed.extend(ensure_requirement(requirement)?.map(|took| (requirement.name, took)));
        ready.insert(requirement.name);
    }
    Ok(installed)
}

/// Returns how long installing took; `None` where the requirement was there.
fn ensure_requirement(requirement: &Requirement) -> Result<Option<Duration>> {
    let start = Instant::now();
    let Requirement { name, takes, is_there, install, by_hand } = requirement;
    if is_there()? {
        progress::ended("Ready", name, start);
        return Ok(None);
    }
    let Some(install) = install else { bail!("{name} is missing. {by_hand}") };
    progress::say("Installing", &format!("{name} ({takes})"));
    // The remedy comes last, where it is seen, below pages of a failed build.
    install().map_err(|error| anyhow!("{name} could not be installed: {error:#}. {by_hand}"))?;
    ensure!(is_there()?, "{name} was installed and still can't be found. {by_hand}");
    progress::ended("Installed", name, start);
    Ok(Some(start.elapsed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: Requirement = Requirement {
        name: "Tea",
        takes: "seconds",
        is_there: || Ok(false),
        install: None,
        by_hand: "Buy one.",
    };

    fn check(requirement: &Requirement, expect: &str) {
        let got = ensure_requirement(requirement)
            .map_or_else(|error| format!("{error:#}"), |_| "ok".into());
        assert_eq!(got, expect);
    }

    #[test]
    fn what_is_there_is_left_alone() {
        let install: Option<fn() -> Result<()>> = Some(|| bail!("never called"));
        check(&Requirement { is_there: || Ok(true), install, ..MISSING }, "ok");
    }

    #[test]
    fn a_failure_says_what_to_do() {
        check(&MISSING, "Tea is missing. Buy one.");
        let broken = Requirement { install: Some(|| bail!("no kettle")), ..MISSING };
        check(&broken, "Tea could not be installed: no kettle. Buy one.");
        let lost = Requirement { install: Some(|| Ok(())), ..MISSING };
        check(&lost, "Tea was installed and still can't be found. Buy one.");
    }
}
