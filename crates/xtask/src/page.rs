//! Building and serving the page with Trunk, which Trunk.toml describes.

use std::env;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::{embed, process, progress, project, setup, sizes, wasm_flags};

/// Builds the release page into `dist/`, prints its sizes, and fails where a total is above its limit.
pub(crate) fn build() -> Result<()> {
    setup::ensure(setup::PAGE)?;
    build_prepared()
}

/// [`build`], with everything it needs there already.
pub(crate) fn build_prepared() -> Result<()> {
    let start = Instant::now();
    progress::say("Building", "the release page into dist/");
    let mut build = trunk("build")?;
    // `--release` is for Trunk's hooks and folders; Cargo is told the profile.
    build.args(["--release", "--cargo-profile", "web", "--features", "split"]);
    let linked = project::cargo_target()?.join("wasm32-unknown-unknown/web/deployline-web.wasm");
    build.env("DEPLOYLINE_LINKED_WASM", linked);
    build.env("CARGO_ENCODED_RUSTFLAGS", wasm_flags::encoded()?);
    process::run(build.arg("--dist").arg(project::dist()))?;
    embed::beside_page(&project::dist())?;
    progress::ended("Built", "dist/", start);
    sizes::check()
}

/// Serves a development page on this machine and rebuilds it on each change, until interrupted.
pub(crate) fn serve(port: u16) -> Result<()> {
    setup::ensure(setup::SERVE)?;
    progress::say("Serving", &format!("http://127.0.0.1:{port}/ once built (Ctrl-C ends it)"));
    let mut serve = trunk("serve")?;
    serve.args(["--address", "127.0.0.1", "--disable-address-lookup"]);
    serve.args(["--port", &port.to_string()]);
    // Not dist/, which stays the release page that is measured and tested.
    serve.arg("--dist").arg(project::output("serve"));
    process::run(&mut serve)
}

/// Trunk, which takes wasm-bindgen from `PATH` and downloads nothing; its hooks find `wasm-split` there.
fn trunk(subcommand: &str) -> Result<Command> {
    let mut folders = vec![setup::wasm_bindgen()?.bin()?, setup::wasm_split()?.bin()?];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(folders).context("the cache folder's name can't be in PATH")?;
    let mut trunk = process::command(setup::trunk()?.binary("trunk")?);
    trunk.env("PATH", path).args([subcommand, "--offline"]);
    Ok(trunk)
}
