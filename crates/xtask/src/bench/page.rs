//! Times of the page in a real browser.

use std::ffi::OsStr;

use anyhow::{Context, Result};

use crate::{page, process, project, setup};

/// Measures the page beside a floor drawn by hand in the same run.
pub(crate) fn run() -> Result<()> {
    drive("drive.mjs", &[] as &[&str])
}

/// Builds the release page and drives it by a script of `tests/bench`, which measures and prints.
pub(super) fn drive(script: &str, arguments: &[impl AsRef<OsStr>]) -> Result<()> {
    setup::ensure(setup::PAGE)?;
    setup::ensure(setup::BROWSER)?;
    page::build_prepared()?;
    let chromium = setup::find_chromium()?.context("no Chromium was found")?;
    let mut drive = process::command("node");
    drive.arg(project::root().join("tests/bench").join(script)).args(arguments);
    process::run(drive.env(setup::CHROMIUM_VARIABLE, chromium))
}
