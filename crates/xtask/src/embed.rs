//! Builds the embeds for other pages: `<deploy-line>`, embed.html, and the npm package.
//!
//! ```text
//! target/embed-wasm/            output of wasm-bindgen for crates/embed
//! dist/                         deployline.js, its wasm, embed.html: beside the page
//! target/package/               the same for npm, with the remark plugin
//! target/deployline-0.1.0.tgz   that, packed
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::{process, progress, project, setup, wasm_flags};

/// Beside those that web/build/embed.mjs makes.
const PACKAGE_FILES: [&str; 4] =
    ["web/embed/package.json", "web/embed/README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Builds the package and packs it.
pub(crate) fn package() -> Result<()> {
    setup::ensure(setup::EMBED)?;
    let start = Instant::now();
    let tarball = package_prepared()?;
    progress::ended("Packed", &tarball.display().to_string(), start);
    Ok(())
}

/// [`package`], with everything it needs there already. Says where the tarball is.
pub(crate) fn package_prepared() -> Result<PathBuf> {
    let folder = project::output("package");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("can't empty {}", folder.display()))?;
    }
    bundle(&folder, "package")?;
    for file in PACKAGE_FILES {
        let (from, name) = (project::root().join(file), Path::new(file).file_name());
        let to = folder.join(name.unwrap_or_default());
        fs::copy(&from, to).with_context(|| format!("can't copy {}", from.display()))?;
    }
    let mut pack = process::node_script("npm");
    pack.current_dir(&folder).args(["pack", "--silent", "--pack-destination"]);
    let target = folder.parent().unwrap_or(&folder);
    let name = process::read(pack.arg(target))?;
    Ok(target.join(name.trim()))
}

/// Puts the element and embed.html beside the page in `dist`.
pub(crate) fn beside_page(dist: &Path) -> Result<()> {
    bundle(dist, "page")
}

fn bundle(out: &Path, kind: &str) -> Result<()> {
    let wasm = wasm()?;
    let mut build = process::command("node");
    process::run(build.arg("web/build/embed.mjs").arg(wasm).arg(out).arg(kind))
}

fn wasm() -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["rustc", "--quiet", "--package", "deployline-embed", "--profile", "embed"]);
    // Alone: beside an rlib, Cargo leaves link-time optimization out.
    cargo.args(["--lib", "--crate-type", "cdylib"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", wasm_flags::encoded()?);
    process::run(&mut cargo)?;
    let folder = project::output("embed-wasm");
    let mut bindgen = process::command(setup::wasm_bindgen()?.binary("wasm-bindgen")?);
    bindgen.args(["--target", "web", "--omit-default-module-path", "--out-name", "deployline"]);
    bindgen.arg("--out-dir").arg(&folder);
    let made = project::cargo_target()?.join("wasm32-unknown-unknown/embed/deployline_embed.wasm");
    process::run(bindgen.arg(made))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_of_our_version() {
        let package = fs::read_to_string(project::root().join(PACKAGE_FILES[0])).unwrap();
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(package.contains(&version), "{version} is not in {package}");
    }
}
