//! The table of steps: what each needs, and what it runs.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::setup::{self, Piece};
use crate::{documents, instructions, page, process, project};

/// One check.
#[derive(Debug)]
pub(crate) struct Step {
    /// The word for it on the command line.
    pub(crate) name: &'static str,
    /// What it checks, in half a line.
    pub(crate) about: &'static str,
    pub(super) needs: &'static [&'static Piece],
    pub(super) run: fn() -> Result<()>,
}

/// Every step, in the order they run in: what fails soonest comes first.
pub(crate) static STEPS: [Step; 9] = [
    Step {
        name: "fmt",
        about: "formatting, by rustfmt",
        needs: &[&setup::COMPONENTS],
        run: || process::run(&mut cargo("fmt --all --check")),
    },
    Step {
        name: "clippy",
        about: "lints, for this machine and for WebAssembly",
        needs: &[&setup::COMPONENTS, &setup::WASM_TARGET],
        run: clippy,
    },
    Step {
        name: "unit",
        about: "every test that needs no browser: units, specs, properties, snapshots, examples",
        needs: &[],
        // A snapshot that differs is a failure, and no file is written beside it.
        run: || process::run(cargo("test --workspace").env("INSTA_UPDATE", "no")),
    },
    Step {
        name: "instructions",
        about: "how many instructions planning takes, beside the recorded counts",
        needs: if cfg!(target_os = "linux") { &[&setup::VALGRIND] } else { &[] },
        run: instructions::check,
    },
    Step {
        name: "wasm",
        about: "the same answers in WebAssembly, in Node",
        needs: setup::WASM_IN_NODE,
        run: wasm,
    },
    Step {
        name: "types",
        about: "the editor's TypeScript",
        needs: &[&setup::NODE, &setup::PACKAGES],
        run: || process::run(process::node_script("npm").args(["run", "check"])),
    },
    Step {
        name: "documents",
        about: "the example documents by mdBook, MkDocs and Astro, and a project with the npm package",
        needs: setup::DOCUMENTS,
        run: documents::build,
    },
    Step {
        name: "build",
        about: "the release page, what is embedded in others, and their sizes",
        needs: setup::PAGE,
        run: page::build_prepared,
    },
    Step {
        name: "e2e",
        about: "the page in dist/, embeds and documents, in Chromium, by Playwright",
        needs: &[&setup::NODE, &setup::PACKAGES, &setup::CHROMIUM, &setup::FONTS],
        run: end_to_end,
    },
];

fn clippy() -> Result<()> {
    const WASM: &str = "clippy --target wasm32-unknown-unknown";
    process::run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    process::run(&mut cargo(&format!("{WASM} -p deployline-web --all-targets -- -D warnings")))?;
    process::run(&mut cargo(&format!("{WASM} -p deployline-tests --test wasm -- -D warnings")))
}

fn wasm() -> Result<()> {
    let runner = setup::wasm_bindgen()?.binary("wasm-bindgen-test-runner")?;
    // Never with --quiet, which the runner does not understand.
    let mut test = cargo("test --target wasm32-unknown-unknown -p deployline-tests --test wasm");
    process::run(test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner))
}

fn end_to_end() -> Result<()> {
    let page = project::dist().join("index.html");
    ensure!(page.is_file(), "there is no {}: run `cargo xtask build`", page.display());
    let documents = project::root().join("target/documents/tools.json");
    ensure!(documents.is_file(), "there are no documents: run `cargo xtask test documents`");
    let chromium = setup::find_chromium()?.context("no Chromium was found")?;
    let mut playwright = process::node_script("npx");
    // `--no`: what package-lock.json names, and nothing from elsewhere.
    playwright.args(["--no", "playwright", "test"]).env(setup::CHROMIUM_VARIABLE, chromium);
    process::run(&mut playwright)
}

fn cargo(line: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args(line.split_whitespace());
    cargo
}
