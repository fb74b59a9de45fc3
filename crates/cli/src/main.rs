//! Deployline on the command line: the only place with files and arguments.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod convert;
mod durations;
mod embedded;
mod exit;
mod fence;
mod files;
mod link;
mod mdbook;
mod named;
mod plan;
mod report;
mod streams;
mod usage;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    run().unwrap_or_else(|error| exit::of_error(&error))
}

fn run() -> Result<ExitCode> {
    let command = match Args::try_parse() {
        Ok(Args { command }) => command,
        Err(answer) => return usage::print(answer),
    };
    match command {
        Command::Plan(args) => plan::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Fence(args) => fence::run(&args),
        Command::Link(args) => link::run(&args),
        Command::Mdbook(args) => mdbook::run(&args),
    }
}
