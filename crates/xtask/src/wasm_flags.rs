//! Flags for rustc, for the WebAssembly that is handed out.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;

/// The flag of `.cargo/config.toml`, which [`encoded`] takes the place of.
const KEEP_FEATURES: &str = "-Clink-arg=--keep-section=target_features";

/// Returns the value of `CARGO_ENCODED_RUSTFLAGS`: unlike in other variables, folders may have blanks in
/// their names. A wasm names the files that its panics are in, and is handed out: these are not
/// to say where the builder keeps them, and it is to be the same wherever it is built.
pub(crate) fn encoded() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = process::read(process::command(rustc).args(["--print", "sysroot"]))?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let at_home = || env::home_dir().map(|home| home.join(".cargo"));
    let crates = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(at_home);
    let crates = crates.context("no folder of Cargo's: neither CARGO_HOME nor HOME is set")?;
    let folders = [(library, "/rust"), (crates, "/cargo")];
    let remap = |(from, to): (PathBuf, _)| format!("--remap-path-prefix={}={to}", from.display());
    let flags = [KEEP_FEATURES.to_owned()].into_iter().chain(folders.map(remap));
    Ok(flags.collect::<Vec<_>>().join("\u{1f}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn flags_are_those_of_the_configuration_and_more() {
        let config = std::fs::read_to_string(project::root().join(".cargo/config.toml")).unwrap();
        assert!(config.contains(&format!("rustflags = [\"{KEEP_FEATURES}\"]")));
        let flags = encoded().unwrap();
        let flags: Vec<&str> = flags.split('\u{1f}').collect();
        assert_eq!(flags[0], KEEP_FEATURES);
        assert!(flags[1..].iter().all(|flag| flag.starts_with("--remap-path-prefix=")));
    }
}
