//! The times and the memory in WebAssembly, compiled as the page is, in Node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, project, setup};

const SCRIPT: &str = "crates/bench/wasm.mjs";

/// Makes the module that Node loads, and says where it is.
pub(super) fn build() -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--quiet", "--package", "deployline-bench", "--bin", "bench-wasm"]);
    process::run(cargo.args(["--profile", "web", "--target", "wasm32-unknown-unknown"]))?;
    let target = project::cargo_target()?;
    let folder = project::output("bench-wasm");
    let mut bindgen = process::command(setup::wasm_bindgen()?.binary("wasm-bindgen")?);
    bindgen.args(["--target", "nodejs", "--no-typescript", "--out-dir"]).arg(&folder);
    process::run(bindgen.arg(target.join("wasm32-unknown-unknown/web/bench-wasm.wasm")))?;
    // The nearest package.json says what a `.js` file is, and the project's own says a module.
    fs::write(folder.join("package.json"), r#"{"type":"commonjs"}"#)?;
    Ok(folder.join("bench-wasm.js"))
}

/// Memory of plan and schedule in the module, for each deployment of a large plan.
pub(super) fn bytes_per_deployment(module: &Path) -> Result<f64> {
    let written = process::read(node(module).arg("memory"))?;
    written.trim().parse().with_context(|| format!("{SCRIPT} wrote `{written}`"))
}

/// The median of each size, in nanoseconds.
pub(super) fn medians(module: &Path, name: &str, sizes: &[u32]) -> Result<Vec<f64>> {
    let mut node = node(module);
    node.arg(name).args(sizes.iter().map(u32::to_string));
    let written = process::read(&mut node)?;
    let times: Result<Vec<f64>, _> = written.lines().map(str::parse).collect();
    times.with_context(|| format!("{SCRIPT} wrote `{written}`"))
}

fn node(module: &Path) -> Command {
    let mut node = process::command("node");
    node.arg(SCRIPT).arg(module);
    node
}
