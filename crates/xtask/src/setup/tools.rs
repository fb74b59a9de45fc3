//! Trunk, the command lines of wasm-bindgen and wasm-split, and mdBook, built from source into the user's cache folder.
//!
//! ```text
//! ~/.cache/deployline/
//!     trunk-0.21.14/bin/trunk           one folder per version: nothing global changes, clones share
//!     trunk-0.21.14.lock                held while installing: a second clone waits, then is done
//!     trunk-0.21.14.building/           moved into place as a whole, so never half there
//! ```

use std::env::consts::EXE_SUFFIX;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::requirement::Requirement;
use crate::{cargo_lock, process, progress, project};

/// Builds the page.
pub(crate) const TRUNK: Requirement = Requirement {
    name: "Trunk",
    takes: "3 to 6 minutes",
    is_there: || trunk()?.is_there(),
    install: Some(|| trunk()?.install()),
    by_hand: "It is built from source: that needs the network, and room in the cache folder.",
};

/// Makes the page's JavaScript, and runs tests in WebAssembly.
pub(crate) const WASM_BINDGEN: Requirement = Requirement {
    name: "wasm-bindgen's command line",
    takes: "2 to 4 minutes",
    is_there: || wasm_bindgen()?.is_there(),
    install: Some(|| wasm_bindgen()?.install()),
    by_hand: TRUNK.by_hand,
};

/// Makes chunks of the page's wasm.
pub(crate) const WASM_SPLIT: Requirement = Requirement {
    name: "wasm-split's command line",
    takes: "1 to 2 minutes",
    is_there: || wasm_split()?.is_there(),
    install: Some(|| wasm_split()?.install()),
    by_hand: TRUNK.by_hand,
};

/// Builds the example book.
pub(crate) const MDBOOK: Requirement = Requirement {
    name: "mdBook",
    takes: "1 to 3 minutes",
    is_there: || mdbook()?.is_there(),
    install: Some(|| mdbook()?.install()),
    by_hand: TRUNK.by_hand,
};

/// A tool that `cargo install` builds.
pub(crate) struct Tool {
    package: &'static str,
    version: String,
    binaries: &'static [&'static str],
    flags: &'static [&'static str],
    /// The level that costs least CPU time, as measured from nothing to the end of the first use.
    opt_level: &'static str,
}

/// The newest Trunk for the Rust version that the workspace states.
pub(crate) fn trunk() -> Result<Tool> {
    Ok(Tool {
        package: "trunk",
        version: "0.21.14".into(),
        binaries: &["trunk"],
        flags: &["--locked", "--no-default-features"],
        opt_level: "0",
    })
}

/// Of the very version of the library, which it insists on.
pub(crate) fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version: cargo_lock::version_of("wasm-bindgen")?,
        binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        flags: &["--no-default-features"],
        opt_level: "1",
    })
}

/// The one that knows the marks of the library in the lock file.
pub(crate) fn wasm_split() -> Result<Tool> {
    Ok(Tool {
        package: "wasm_split_cli_support",
        version: "0.2.4".into(),
        binaries: &["wasm-split-cli"],
        flags: &["--locked", "--features", "build-binary"],
        opt_level: "1",
    })
}

/// mdBook, without its server and its search.
pub(crate) fn mdbook() -> Result<Tool> {
    Ok(Tool {
        package: "mdbook",
        version: "0.5.4".into(),
        binaries: &["mdbook"],
        flags: &["--locked", "--no-default-features"],
        opt_level: "0",
    })
}

impl Tool {
    /// The folder of its binaries.
    pub(crate) fn bin(&self) -> Result<PathBuf> {
        Ok(self.beside("")?.join("bin"))
    }

    /// The path of one of its binaries.
    pub(crate) fn binary(&self, name: &str) -> Result<PathBuf> {
        Ok(self.bin()?.join(format!("{name}{EXE_SUFFIX}")))
    }

    fn is_there(&self) -> Result<bool> {
        let paths: Vec<PathBuf> =
            self.binaries.iter().map(|name| self.binary(name)).collect::<Result<_>>()?;
        Ok(paths.iter().all(|path| path.is_file()))
    }

    fn install(&self) -> Result<()> {
        let folder = project::cache()?;
        fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
        let _lock = lock(&self.beside(".lock")?)?;
        if self.is_there()? {
            return Ok(());
        }
        let scratch = self.beside(".building")?;
        let installed = self
            .cargo_install(&scratch)
            .and_then(|()| move_into_place(&scratch.join("root"), &self.beside("")?));
        // Object files by the gigabyte: gone whether that worked or not.
        let _ = fs::remove_dir_all(&scratch);
        installed
    }

    fn cargo_install(&self, scratch: &Path) -> Result<()> {
        let Self { package, version, flags, opt_level, .. } = self;
        let mut install = process::cargo();
        install.args(["install", package, "--version", version]).args(*flags);
        install.arg("--root").arg(scratch.join("root"));
        // Away from the workspace, whose Cargo configuration is for the page.
        install.current_dir(project::cache()?);
        install.env("CARGO_TARGET_DIR", scratch.join("target"));
        install.env("CARGO_PROFILE_RELEASE_LTO", "off");
        install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256");
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level);
        process::run(&mut install)
    }

    fn beside(&self, suffix: &str) -> Result<PathBuf> {
        Ok(project::cache()?.join(format!("{}-{}{suffix}", self.package, self.version)))
    }
}

/// Waits for another install of the same tool. The system lets go of the lock with the process.
pub(super) fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).with_context(|| format!("can't write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => progress::say("Waiting", "for another install of it"),
        Err(TryLockError::Error(error)) => return Err(error).context("can't lock"),
    }
    file.lock().with_context(|| format!("can't lock {}", path.display()))?;
    Ok(file)
}

fn move_into_place(from: &Path, to: &Path) -> Result<()> {
    // An incomplete folder, of another making: a rename does not replace it.
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("can't remove {}", to.display()))?;
    }
    fs::rename(from, to)
        .with_context(|| format!("can't move {} to {}", from.display(), to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_kept_by_version() {
        let path = trunk().unwrap().binary("trunk").unwrap();
        assert!(path.ends_with(format!("deployline/trunk-0.21.14/bin/trunk{EXE_SUFFIX}")));
    }

    #[test]
    fn an_incomplete_folder_is_replaced() {
        let folder = std::env::temp_dir().join(format!("deployline-tools-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(&from).unwrap();
        fs::create_dir_all(&to).unwrap();
        fs::write(from.join("whole"), "").unwrap();
        fs::write(to.join("half"), "").unwrap();
        move_into_place(&from, &to).unwrap();
        assert!(to.join("whole").exists() && !to.join("half").exists() && !from.exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
