//! The checks: the tools and the steps of each.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::setup::{self, Requirement};
use crate::{documents, growth, instructions, page, process, project, reproducible};

/// Number of random pipelines of each property of the oracle.
const ORACLE_CASES: u32 = 20_000;
/// Number of random lines that can't be read, for each kind of edit beside them.
const BROKEN_LINE_CASES: u32 = 10_000;

/// A check, in the order they run in: fast ones first, slow ones last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Check {
    /// Formatting, by rustfmt
    Fmt,
    /// Lints, for this machine and for WebAssembly
    Clippy,
    /// Every test that needs no browser: units, specs, properties, snapshots, examples
    Unit,
    /// Instructions that planning takes, beside the recorded counts
    Instructions,
    /// The same answers in WebAssembly, in Node
    Wasm,
    /// The types of editor, dialogs, embed, build scripts and tests
    Types,
    /// The release page, what is embedded in others, and their sizes
    Build,
    /// The page in dist/ and embeds, in Chromium, by Playwright
    E2e,
    /// Slow: documents by mdBook, MkDocs and Astro, and the npm package in Vite, in Chromium
    Documents,
    /// Slow: no list that a text can have takes the square of its length to read
    Growth,
    /// Slow: 20,000 random pipelines run as in the oracle
    Oracle,
    /// Slow: edits beside 10,000 random lines that can't be read
    BrokenLines,
    /// Slow: a build in another folder gives the same bytes
    Reproducible,
}

impl Check {
    /// The word for it on the command line.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Returns `true` where only `--all` runs it, or its name.
    pub(super) fn is_slow(self) -> bool {
        use Check::{BrokenLines, Documents, Growth, Oracle, Reproducible};
        matches!(self, Documents | Growth | Oracle | BrokenLines | Reproducible)
    }

    /// Everything to install first, in groups.
    pub(super) fn needs(self) -> &'static [&'static [&'static Requirement]] {
        match self {
            Self::Fmt => &[&[&setup::COMPONENTS]],
            Self::Clippy => &[&[&setup::COMPONENTS, &setup::WASM_TARGET]],
            Self::Unit | Self::Oracle | Self::BrokenLines => &[],
            Self::Instructions | Self::Growth if cfg!(target_os = "linux") => {
                &[&[&setup::VALGRIND]]
            }
            Self::Instructions | Self::Growth => &[],
            Self::Wasm => &[setup::WASM_IN_NODE],
            Self::Types => &[&[&setup::NODE, &setup::PACKAGES]],
            Self::Build | Self::Reproducible => &[setup::PAGE],
            Self::E2e => &[setup::BROWSER],
            Self::Documents => &[setup::DOCUMENTS, setup::BROWSER],
        }
    }

    pub(super) fn run(self) -> Result<()> {
        match self {
            Self::Fmt => process::run(&mut cargo("fmt --all --check")),
            Self::Clippy => clippy(),
            Self::Unit => process::run(&mut cargo("test --workspace")),
            Self::Instructions => instructions::check(),
            Self::Wasm => wasm(),
            Self::Types => process::run(process::node_script("npm").args(["run", "check"])),
            Self::Build => page::build_prepared(),
            Self::E2e => end_to_end(),
            Self::Documents => documents(),
            Self::Growth => growth::check(),
            Self::Oracle => properties("oracle::", ORACLE_CASES),
            Self::BrokenLines => properties("broken_lines::", BROKEN_LINE_CASES),
            Self::Reproducible => reproducible::check(),
        }
    }
}

fn clippy() -> Result<()> {
    const WASM: &str = "clippy --target wasm32-unknown-unknown";
    process::run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    process::run(&mut cargo(&format!("{WASM} -p deployline-web --all-targets -- -D warnings")))?;
    process::run(&mut cargo(&format!("{WASM} -p deployline-tests --test wasm -- -D warnings")))
}

/// Runs the properties of a module with so many cases each.
fn properties(module: &str, cases: u32) -> Result<()> {
    let mut test = cargo(&format!("test -p deployline-tests --test core {module}"));
    process::run(test.env("PROPTEST_CASES", cases.to_string()))
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
    process::run(&mut playwright(&["editor", "embed", "page"])?)
}

fn documents() -> Result<()> {
    documents::build()?;
    let mdbook = setup::mdbook()?.binary("mdbook")?;
    process::run(playwright(&["documents"])?.env("DEPLOYLINE_MDBOOK", mdbook))
}

/// Playwright with its projects of these names, and the programs that its tests run.
fn playwright(projects: &[&str]) -> Result<Command> {
    let chromium = setup::find_chromium()?.context("no Chromium was found")?;
    let mut playwright = process::node_script("npx");
    // `--no`: what package-lock.json names, and nothing from elsewhere.
    playwright.args(["--no", "playwright", "test"]).env(setup::CHROMIUM_VARIABLE, chromium);
    playwright.env("DEPLOYLINE_COMMAND", documents::command_line()?);
    for project in projects {
        playwright.args(["--project", project]);
    }
    Ok(playwright)
}

fn cargo(line: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args(line.split_whitespace());
    cargo
}
