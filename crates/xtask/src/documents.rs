//! The example documents, built by the tools that people build theirs with, for the end-to-end tests
//! to open.
//!
//! ```text
//! target/documents/
//!     mdbook/  mkdocs/      the sites
//!     vite/  astro/         those of crate::sites
//!     python/               integrations/mkdocs, installed as people install it
//!     tools.json            where the programs are, for tests that make files of their own
//! ```

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{process, project, setup, sites};

/// Builds them all, and runs the tests of the Python package.
pub(crate) fn build() -> Result<()> {
    let folder = project::root().join("target/documents");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("can't empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    process::run(process::cargo().args(["build", "--package", "deployline"]))?;
    let deployline =
        project::target()?.join("debug").join(format!("deployline{}", env::consts::EXE_SUFFIX));
    write_tools(&folder, &deployline)?;
    mdbook(&deployline)?;
    mkdocs(&folder.join("python"), &deployline)?;
    sites::build(&folder)
}

/// Programs and versions are known here; a test reads where they are.
fn write_tools(folder: &Path, deployline: &Path) -> Result<()> {
    let mdbook = setup::mdbook()?.binary("mdbook")?;
    let mut json = String::from("{\n");
    for (name, path) in [("deployline", deployline), ("mdbook", &mdbook)] {
        let path = path.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
        let _ =
            writeln!(json, "  \"{name}\": \"{path}\"{}", if name == "mdbook" { "" } else { "," });
    }
    json += "}\n";
    fs::write(folder.join("tools.json"), json).context("can't write tools.json")
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
    // From what is here alone: nothing is asked for.
    pip.args(["--no-deps", "--no-index", "--no-build-isolation", "--target"]).arg(packages);
    process::run(pip.arg("./integrations/mkdocs"))?;
    let mut test = process::command(&python);
    test.args(["-m", "unittest", "discover", "--start-directory", "integrations/mkdocs/tests"]);
    process::run(test.env("PYTHONPATH", packages))?;
    let mut build = process::command(setup::in_environment("mkdocs")?);
    build.args(["build", "--config-file", "examples/mkdocs/mkdocs.yml"]);
    process::run(build.env("PYTHONPATH", packages).env("DEPLOYLINE", deployline))
}
