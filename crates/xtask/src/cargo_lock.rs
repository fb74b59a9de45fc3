//! Reads one thing from Cargo.lock: the version of a package.

use std::fs;

use anyhow::{Context, Result};

use crate::project;

/// The locked version of `package`.
pub(crate) fn version_of(package: &str) -> Result<String> {
    let path = project::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path)
        .with_context(|| format!("{} could not be read", path.display()))?;
    find_version(&lock, package)
        .map(String::from)
        .with_context(|| format!("Cargo.lock has no package `{package}`"))
}

/// Cargo writes `version` on the line after `name`, so no TOML parser is needed.
fn find_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().map(str::trim_end);
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
"#;

    #[test]
    fn finds_the_very_package() {
        assert_eq!(find_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find_version(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(find_version(LOCK, "bindgen"), None);
    }

    #[test]
    fn reads_windows_line_ends() {
        assert_eq!(find_version(&LOCK.replace('\n', "\r\n"), "wasm-bindgen"), Some("0.2.130"));
    }
}
