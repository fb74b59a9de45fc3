//! Deployline on the command line: the only place with files and arguments.

mod args;
mod durations;
mod fence;
mod files;
mod link;
mod mdbook;
mod plan;
mod report;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let Args { command } = Args::parse();
    let result = match command {
        Command::Plan(args) => plan::run(&args),
        Command::Fence(args) => fence::run(&args),
        Command::Link(args) => link::run(&args),
        Command::Mdbook(args) => mdbook::run(&args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
