//! `cargo xtask`: sets up, serves, builds, tests and measures Deployline.
//!
//! ```text
//! args ──► setup ──► page     Trunk: build, serve     ──► sizes   bytes of dist/
//!                ├─► embed    the element, npm's package
//!                ├─► checks   every check, in order       ──► instructions, documents, sites
//!                └─► bench    times: here, in WebAssembly, in Chromium
//! ```
//!
//! A new command is a variant of [`args::Command`] and an arm in [`run`].

mod args;
mod bench;
mod cargo_lock;
mod checks;
mod documents;
mod embed;
mod growth;
mod instructions;
mod page;
mod process;
mod progress;
mod project;
mod reproducible;
mod setup;
mod sites;
mod sizes;
mod wasm_flags;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, BenchPart, Command};

fn main() -> ExitCode {
    match run(&Args::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Setup => setup::ensure(setup::EVERYTHING),
        Command::Serve { port } => page::serve(*port),
        Command::Build => page::build(),
        Command::Package => embed::package(),
        Command::Sizes => sizes::check(),
        Command::Test { checks, all } => checks::run(&checks::chosen(checks, *all)),
        Command::Bench { part: None } => bench::core().and_then(|()| bench::page::run()),
        Command::Bench { part: Some(BenchPart::Core) } => bench::core(),
        Command::Bench { part: Some(BenchPart::Page) } => bench::page::run(),
        Command::Bench { part: Some(BenchPart::Limits) } => bench::limits::measure(),
        Command::Bench { part: Some(BenchPart::Record) } => instructions::rewrite(),
    }
}
