//! Times of the page in a real browser, beside a floor drawn by hand in the same run.

use anyhow::{Context, Result};

use crate::{page, process, project, setup};

/// Builds the release page and drives it; `tests/bench/drive.mjs` measures and prints.
pub(crate) fn run() -> Result<()> {
    setup::ensure(setup::PAGE)?;
    setup::ensure(setup::BROWSER)?;
    page::build_prepared()?;
    let chromium = setup::find_chromium()?.context("no Chromium was found")?;
    let mut drive = process::command("node");
    drive.arg(project::root().join("tests/bench/drive.mjs"));
    process::run(drive.env(setup::CHROMIUM_VARIABLE, chromium))
}
