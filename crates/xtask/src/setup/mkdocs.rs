//! MkDocs, in a virtual environment in the user's cache folder.
//!
//! ```text
//! ~/.cache/deployline/
//!     mkdocs/                       not movable, so it is made where it stays
//!     mkdocs/requirements.txt       a copy of what was installed, written last
//!     mkdocs.lock                   held while installing
//! ```

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::requirement::Requirement;
use super::{apt, tools};
use crate::{process, project};

const REQUIREMENTS: &str = "examples/mkdocs/requirements.txt";

/// Python's own way to make a virtual environment, which Debian keeps in a package of its own.
pub(crate) const PYTHON: Requirement = Requirement {
    name: "Python 3.9 or newer, with venv",
    takes: "a minute",
    is_there: || Ok(process::succeeds(python3().args(["-c", "import ensurepip, venv"]))),
    install: Some(|| apt::install(&["python3-venv"])),
    by_hand: "Install it from python.org or with the system's packages \
              (Debian: `apt-get install python3-venv`).",
};

/// Builds the example site.
pub(crate) const MKDOCS: Requirement = Requirement {
    name: "MkDocs",
    takes: "half a minute",
    is_there: is_current,
    install: Some(install),
    by_hand: "It comes from the Python package index: that needs the network.",
};

/// A program of the environment, `python` or `mkdocs`.
pub(crate) fn in_environment(program: &str) -> Result<PathBuf> {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    Ok(environment()?.join(folder).join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
}

fn environment() -> Result<PathBuf> {
    Ok(project::cache()?.join("mkdocs"))
}

fn python3() -> Command {
    process::command(if cfg!(windows) { "python" } else { "python3" })
}

fn requirements() -> Result<String> {
    let path = project::root().join(REQUIREMENTS);
    fs::read_to_string(path).with_context(|| format!("{REQUIREMENTS} could not be read"))
}

fn is_current() -> Result<bool> {
    let installed = fs::read_to_string(environment()?.join("requirements.txt")).ok();
    // An environment ends with the Python it was made from.
    let runs = process::succeeds(process::command(in_environment("python")?).arg("--version"));
    Ok(runs && installed == Some(requirements()?))
}

fn install() -> Result<()> {
    let folder = project::cache()?;
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    let _lock = tools::lock(&folder.join("mkdocs.lock"))?;
    if is_current()? {
        return Ok(());
    }
    process::run(python3().args(["-m", "venv", "--clear"]).arg(environment()?))?;
    let mut pip = process::command(in_environment("python")?);
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--requirement"]);
    process::run(pip.arg(REQUIREMENTS))?;
    let stamp = environment()?.join("requirements.txt");
    fs::write(&stamp, requirements()?).with_context(|| format!("can't write {}", stamp.display()))
}
