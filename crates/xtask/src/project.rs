//! Folders: the repository, the page it builds, the outputs, and the tools.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    const XTASK: &str = env!("CARGO_MANIFEST_DIR");
    // Two levels down, at crates/xtask; the fallback can't happen and is still a folder.
    Path::new(XTASK).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// The release page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Every file below `folder` by its name relative to it, sorted, but none whose name or folder starts
/// with a dot: Trunk works in such a folder.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let unreadable = || format!("{} could not be read", next.display());
        for entry in fs::read_dir(&next).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
                found.push((name.into_owned(), path.clone()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// `target/<name>` of the repository, wherever Cargo builds: other programs, such as Playwright and
/// mdBook, know the folder by that path.
pub(crate) fn output(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// The folder that Cargo builds into: this very program is two levels down in it.
pub(crate) fn cargo_target() -> Result<PathBuf> {
    let program = env::current_exe().context("this program can't tell where it is")?;
    Ok(program.ancestors().nth(2).unwrap_or(&program).to_owned())
}

/// The folder for the tools that are built once and shared by all clones.
pub(crate) fn cache() -> Result<PathBuf> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"));
    cache_from(env::var_os("XDG_CACHE_HOME"), home)
        .context("no folder for tools: neither XDG_CACHE_HOME nor HOME is set, set one of them")
}

fn cache_from(xdg_cache_home: Option<OsString>, home: Option<OsString>) -> Option<PathBuf> {
    // The XDG specification says to ignore a path that is not absolute, the empty one too.
    let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
    let base = xdg_cache_home
        .and_then(absolute)
        .or_else(|| home.and_then(absolute).map(|home| home.join(".cache")))?;
    Some(base.join("deployline"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_is_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn cache_follows_the_environment() {
        let check = |xdg: Option<&str>, home: Option<&str>, expect: Option<&str>| {
            let got = cache_from(xdg.map(OsString::from), home.map(OsString::from));
            assert_eq!(got, expect.map(PathBuf::from), "for {xdg:?} and {home:?}");
        };
        check(Some("/xdg"), Some("/home/a"), Some("/xdg/deployline"));
        check(None, Some("/home/a"), Some("/home/a/.cache/deployline"));
        check(Some(""), Some("/home/a"), Some("/home/a/.cache/deployline"));
        check(None, None, None);
    }
}
