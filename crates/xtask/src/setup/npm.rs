//! The npm packages in package-lock.json, installed anew whenever that file has changed.

use std::fs;

use anyhow::{Context, Result};

use super::requirement::Requirement;
use crate::{process, project};

const LOCK: &str = "package-lock.json";
/// npm's own record, written last: without it an install did not end.
const COMPLETE: &str = "node_modules/.package-lock.json";
/// A copy of the lock that was installed: exact, where times change with each checkout.
const STAMP: &str = "node_modules/.deployline-package-lock.json";

/// The packages in package-lock.json.
pub(crate) const PACKAGES: Requirement = Requirement {
    name: "the npm packages in package-lock.json",
    takes: "seconds",
    is_there: || {
        let complete = project::root().join(COMPLETE).is_file();
        let stamp = fs::read(project::root().join(STAMP)).ok();
        Ok(complete && is_current(&read_lock()?, stamp.as_deref()))
    },
    install: Some(install),
    by_hand: "Run `npm ci` when the network is there.",
};

fn install() -> Result<()> {
    let lock = read_lock()?;
    let mut npm = process::node_script("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]);
    // The system's Chromium is used instead.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run(&mut npm)?;
    fs::write(project::root().join(STAMP), lock).with_context(|| format!("can't write {STAMP}"))
}

fn read_lock() -> Result<Vec<u8>> {
    fs::read(project::root().join(LOCK)).with_context(|| format!("{LOCK} could not be read"))
}

fn is_current(lock: &[u8], stamp: Option<&[u8]>) -> bool {
    stamp == Some(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stale_unless_the_very_lock_was_installed() {
        assert!(is_current(b"{1}", Some(b"{1}")));
        assert!(!is_current(b"{2}", Some(b"{1}")));
        assert!(!is_current(b"{1}", None));
    }
}
