//! Projects of others that use the npm package, built from its tarball by their own tools, for the
//! end-to-end tests to open.
//!
//! ```text
//! target/sites/vite/  astro/       the projects, with their node_modules
//! target/documents/vite/  astro/   output of both
//! ```

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::setup::{ASTRO_SITE, Site, VITE_SITE};
use crate::{embed, process};

/// Builds the package and both projects into folders below `documents`.
pub(crate) fn build(documents: &Path) -> Result<()> {
    let tarball = embed::package_prepared()?;
    prepare(&VITE_SITE, &tarball)?;
    let mut types = process::command("node");
    types.args(["node_modules/typescript/bin/tsc", "--project"]).arg(VITE_SITE.folder());
    process::run(&mut types)?;
    run(&VITE_SITE, "node_modules/vite/bin/vite.js", &["build", "--logLevel", "warn"])?;
    copy(&VITE_SITE.folder().join("dist"), &documents.join("vite"))?;

    prepare(&ASTRO_SITE, &tarball)?;
    // It is opened from a folder of its name.
    run(&ASTRO_SITE, "node_modules/astro/astro.js", &["build", "--silent", "--base", "/astro"])?;
    copy(&ASTRO_SITE.folder().join("dist"), &documents.join("astro"))
}

/// Its files as they are now, and the package from its tarball: nothing is asked of the network.
fn prepare(site: &Site, tarball: &Path) -> Result<()> {
    let folder = site.folder();
    for made in ["src", "dist"] {
        let made = folder.join(made);
        if made.exists() {
            fs::remove_dir_all(&made).with_context(|| format!("can't empty {}", made.display()))?;
        }
    }
    copy(&site.source(), &folder)?;
    let mut npm = process::node_script("npm");
    // By the lock that is there, so that nothing has to be looked up.
    npm.current_dir(&folder).args(["install", "--no-save", "--offline", "--ignore-scripts"]);
    process::run(npm.args(["--no-audit", "--no-fund", "--loglevel=error"]).arg(tarball))
}

fn run(site: &Site, script: &str, words: &[&str]) -> Result<()> {
    let mut node = process::command("node");
    node.current_dir(site.folder()).arg(script).args(words);
    process::run(node.env("ASTRO_TELEMETRY_DISABLED", "1"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("can't make {}", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("can't read {}", from.display()))?;
    for entry in entries {
        let path = entry.with_context(|| format!("in {}", from.display()))?.path();
        // Someone may have tried the example in its own folder.
        let name = path.file_name().unwrap_or_default();
        if ["node_modules", "dist", ".astro"].map(OsStr::new).contains(&name) {
            continue;
        }
        let target = to.join(name);
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(|| format!("can't copy {}", path.display()))?;
        }
    }
    Ok(())
}
