//! Deployline on the command line: the only place with files and arguments.

mod args;
mod durations;
mod plan;
mod report;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let Args { command } = Args::parse();
    let result = match command {
        Command::Plan(args) => plan::run(&args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
