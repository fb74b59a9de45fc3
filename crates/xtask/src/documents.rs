//! The example documents, built by the tools that people build theirs with, for the end-to-end tests
//! to open.
//!
//! ```text
//! target/documents/
//!     mdbook/  mkdocs/      the sites
//!     vite/  astro/         those of crate::sites
//!     python/               integrations/mkdocs, installed as people install it
//! ```

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{process, project, setup, sites};

/// Builds them all, and runs the tests of the Python package.
pub(crate) fn build() -> Result<()> {
    let folder = project::output("documents");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("can't empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    let deployline = command_line()?;
    mdbook(&deployline)?;
    mkdocs(&folder.join("python"), &deployline)?;
    sites::build(&folder)
}

/// Builds the command line, and says where it is.
pub(crate) fn command_line() -> Result<PathBuf> {
    process::run(process::cargo().args(["build", "--package", "deployline"]))?;
    Ok(project::cargo_target()?
        .join("debug")
        .join(format!("deployline{}", env::consts::EXE_SUFFIX)))
}

fn mdbook(deployline: &Path) -> Result<()> {
    let mut mdbook = process::command(setup::mdbook()?.binary("mdbook")?);
    // The book names the command without a folder, as everyone's does.
    let beside = deployline.parent().map(Path::to_owned).unwrap_or_default();
    let old = env::var_os("PATH").unwrap_or_default();
    let path: Vec<PathBuf> = std::iter::once(beside).chain(env::split_paths(&old)).collect();
    let path = env::join_paths(path).context("the target folder's name can't be in PATH")?;
    process::run(mdbook.env("PATH", path).args(["build", "examples/mdbook"]))
}

fn mkdocs(packages: &Path, deployline: &Path) -> Result<()> {
    let python = setup::in_environment("python")?;
    let mut pip = process::command(&python);
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "install"]);
    // Without the network: everything is here.
    pip.args(["--no-deps", "--no-index", "--no-build-isolation", "--target"]).arg(packages);
    process::run(pip.arg("./integrations/mkdocs"))?;
    let mut test = process::command(&python);
    test.args(["-m", "unittest", "discover", "--start-directory", "integrations/mkdocs/tests"]);
    process::run(test.env("PYTHONPATH", packages))?;
    let mut build = process::command(setup::in_environment("mkdocs")?);
    build.args(["build", "--config-file", "examples/mkdocs/mkdocs.yml"]);
    process::run(build.env("PYTHONPATH", packages).env("DEPLOYLINE", deployline))
}
