//! The tools of projects beside this one, which the tests build as their users would: their own npm
//! packages, by their own locks, below `target/`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::requirement::Requirement;
use crate::{process, project};

/// Written last: a copy of the lock that was installed.
const STAMP: &str = "node_modules/.deployline-package-lock.json";

/// A folder with a package.json and a package-lock.json.
pub(crate) struct Site {
    /// Below `target/sites`.
    name: &'static str,
    /// In the repository.
    source: &'static str,
}

/// A project as someone makes it who tries the npm package.
pub(crate) const VITE_SITE: Site = Site { name: "vite", source: "tests/vite" };
/// The example for remark.
pub(crate) const ASTRO_SITE: Site = Site { name: "astro", source: "examples/astro" };

pub(crate) const VITE: Requirement = Requirement {
    name: "Vite",
    takes: "seconds",
    is_there: || VITE_SITE.is_installed(),
    install: Some(|| VITE_SITE.install()),
    by_hand: "It comes from the npm registry: that needs the network.",
};

pub(crate) const ASTRO: Requirement = Requirement {
    name: "Astro",
    takes: "half a minute",
    is_there: || ASTRO_SITE.is_installed(),
    install: Some(|| ASTRO_SITE.install()),
    by_hand: "It comes from the npm registry: that needs the network.",
};

impl Site {
    /// The folder in which it is built.
    pub(crate) fn folder(&self) -> PathBuf {
        project::output("sites").join(self.name)
    }

    /// The folder of its sources.
    pub(crate) fn source(&self) -> PathBuf {
        project::root().join(self.source)
    }

    fn lock(&self) -> Result<Vec<u8>> {
        let path = self.source().join("package-lock.json");
        fs::read(&path).with_context(|| format!("{} could not be read", path.display()))
    }

    fn is_installed(&self) -> Result<bool> {
        let stamp = fs::read(self.folder().join(STAMP)).ok();
        Ok(stamp == Some(self.lock()?))
    }

    fn install(&self) -> Result<()> {
        let folder = self.folder();
        fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
        for file in ["package.json", "package-lock.json"] {
            let from = self.source().join(file);
            fs::copy(&from, folder.join(file))
                .with_context(|| format!("can't copy {}", from.display()))?;
        }
        let mut npm = process::node_script("npm");
        npm.current_dir(&folder).args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefer-offline",
        ]);
        process::run(&mut npm)?;
        let stamp = folder.join(STAMP);
        fs::write(&stamp, self.lock()?).with_context(|| format!("can't write {}", stamp.display()))
    }
}
