//! Rust's own parts: components, the WebAssembly target, and the sources of the dependencies.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::requirement::Requirement;
use crate::process;

const TARGET: &str = "wasm32-unknown-unknown";

/// rustfmt and clippy, which a minimal toolchain comes without.
pub(crate) const COMPONENTS: Requirement = Requirement {
    name: "rustfmt and clippy",
    takes: "seconds",
    is_there: || {
        let there = |tool| process::succeeds(process::cargo().args([tool, "--version"]));
        Ok(there("fmt") && there("clippy"))
    },
    install: Some(|| rustup(&["component", "add", "rustfmt", "clippy"])),
    by_hand: "Run `rustup component add rustfmt clippy`; \
              without rustup, install them as the Rust at hand was installed.",
};

/// The standard library for WebAssembly.
pub(crate) const WASM_TARGET: Requirement = Requirement {
    name: "Rust's wasm32-unknown-unknown target",
    takes: "seconds",
    is_there: has_wasm_target,
    install: Some(|| rustup(&["target", "add", TARGET])),
    by_hand: "Run `rustup target add wasm32-unknown-unknown`; \
              without rustup, install it as the Rust at hand was installed \
              (Debian: `apt-get install libstd-rust-dev-wasm32`).",
};

/// The crates in Cargo.lock, for every target: Trunk reads the whole graph, and runs offline.
pub(crate) const CRATES: Requirement = Requirement {
    name: "the crates in Cargo.lock",
    takes: "seconds",
    is_there: || Ok(process::succeeds(process::cargo().args(["fetch", "--offline"]))),
    install: Some(|| process::run(process::cargo().arg("fetch"))),
    by_hand: "Run `cargo fetch` when the network is there.",
};

fn rustup(args: &[&str]) -> Result<()> {
    process::run(process::command("rustup").args(args))
}

/// Asks the compiler itself, so that it holds for a Rust without rustup too.
fn has_wasm_target() -> Result<bool> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut print = process::command(rustc);
    print.args(["--print", "target-libdir", "--target", TARGET]);
    let libraries = process::read(&mut print).context("the compiler has no such target")?;
    Ok(has_core(Path::new(libraries.trim())))
}

fn has_core(libraries: &Path) -> bool {
    let Ok(entries) = fs::read_dir(libraries) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_core_is_no_target() {
        assert!(!has_core(Path::new(env!("CARGO_MANIFEST_DIR"))));
        assert!(!has_core(Path::new("no-such-folder")));
    }
}
