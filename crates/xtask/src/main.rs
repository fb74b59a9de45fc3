//! `cargo xtask`: sets up, serves, builds, tests and measures Deployline.
//!
//! ```text
//! args ──► setup ──► page     Trunk: build, serve     ──► sizes   bytes of dist/
//!                ├─► embed    the element, npm's package
//!                ├─► checks   every check, in order       ──► instructions, documents, sites
//!                └─► bench    times: here, in WebAssembly, in Chromium
//! ```
//!
//! A new command is a variant of [`args::Command`], a line in its help and an arm in [`run`].

mod args;
mod arrange;
mod bench;
mod cargo_lock;
mod checks;
mod documents;
mod embed;
mod instructions;
mod page;
mod process;
mod progress;
mod project;
mod setup;
mod sites;
mod sizes;

use std::process::ExitCode;

use args::Command;

/// The exit status of a command line that makes no sense, as opposed to work that failed.
const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error:#}\n\n{}", args::help());
            return ExitCode::from(USAGE_ERROR);
        }
    };
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Help => {
            print!("{}", args::help());
            Ok(())
        }
        Command::Setup => setup::ensure(setup::EVERYTHING),
        Command::Serve { port } => page::serve(*port),
        Command::Build => page::build(),
        Command::Package => embed::package(),
        Command::Arrange { files } => files.iter().try_for_each(|path| arrange::file(path)),
        Command::Watch { wasm, out } => arrange::watched(wasm, out),
        Command::Apart { wasm, ran, rest, origin } => arrange::apart(wasm, ran, rest, origin),
        Command::Sizes => sizes::report(),
        Command::RecordSizes => sizes::rewrite(),
        Command::Test { steps } => checks::run(steps),
        Command::Bench { core, page } => {
            if *core {
                bench::core()?;
            }
            if *page { bench::page::run() } else { Ok(()) }
        }
        Command::Record => instructions::rewrite(),
    }
}
