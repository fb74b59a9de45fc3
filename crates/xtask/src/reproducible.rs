//! Two builds of one commit in two folders give the same bytes, of the page and of the npm package.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::{embed, page, process, progress, project};

/// Builds here and in a copy below `target/reproducible`, and compares every file.
pub(crate) fn check() -> Result<()> {
    page::build_prepared()?;
    embed::package_prepared()?;
    let copy = project::output("reproducible");
    copy_sources(&copy)?;
    progress::say("Building", "the same in another folder");
    for command in ["build", "package"] {
        let mut cargo = process::cargo();
        // Its own folders throughout: one that both builds share would hide what differs.
        cargo.env_remove("CARGO_TARGET_DIR").current_dir(&copy).args(["xtask", command]);
        process::run(&mut cargo)?;
    }
    let mut different = Vec::new();
    for folder in ["dist", "target/package"] {
        different.extend(differences(&project::root().join(folder), &copy.join(folder))?);
    }
    fs::remove_dir_all(&copy).with_context(|| format!("can't remove {}", copy.display()))?;
    ensure!(
        different.is_empty(),
        "two builds of the same sources differ in {}: a path, a time or an order of files may have \
         come into them",
        different.join(", ")
    );
    Ok(())
}

/// Copies files that git tracks, and new ones that are not ignored.
fn copy_sources(to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("can't empty {}", to.display()))?;
    }
    let mut list = process::command("git");
    list.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    let names = process::read(&mut list)?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (project::root().join(name), to.join(name));
        // A file that was removed and is not yet committed.
        if !from.is_file() {
            continue;
        }
        let folder = to.parent().unwrap_or(&to);
        fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
        fs::copy(&from, &to).with_context(|| format!("can't copy {}", from.display()))?;
    }
    Ok(())
}

/// The names of files that are not the same in both folders, or in one of them only.
fn differences(one: &Path, other: &Path) -> Result<Vec<String>> {
    let contents = |folder: &Path| -> Result<std::collections::BTreeMap<String, Vec<u8>>> {
        let files = project::files_below(folder)?.into_iter();
        files
            .map(|(name, path)| {
                let content = fs::read(&path);
                Ok((name, content.with_context(|| format!("can't read {}", path.display()))?))
            })
            .collect()
    };
    let (one, other) = (contents(one)?, contents(other)?);
    let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let different = names.into_iter().filter(|name| one.get(*name) != other.get(*name));
    Ok(different.cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_differ_or_are_missing_are_named() {
        let folder = std::env::temp_dir().join(format!("deployline-same-{}", std::process::id()));
        let (one, other) = (folder.join("one"), folder.join("other"));
        for (path, content) in [("a", "1"), ("b", "2"), ("c/d", "3")] {
            for folder in [&one, &other] {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, content).unwrap();
            }
        }
        assert_eq!(differences(&one, &other).unwrap(), [""; 0]);
        fs::write(other.join("b"), "two").unwrap();
        fs::write(one.join("e"), "").unwrap();
        assert_eq!(differences(&one, &other).unwrap(), ["b", "e"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
