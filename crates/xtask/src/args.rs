//! The command line of `cargo xtask`.

use clap::{Parser, Subcommand, ValueEnum};

use crate::checks::Check;

/// Sets up, serves, builds, tests and measures Deployline.
///
/// Each command gets what it needs by itself.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A command, with its options.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Command {
    /// Get everything the other commands need
    Setup,
    /// Serve the page with live reload on this machine
    Serve {
        /// The port to serve on
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Build the release page into dist/ and check its sizes
    Build,
    /// Build the npm package and pack it into target/
    Package,
    /// Check the sizes of what is in dist/ against their limits
    Sizes,
    /// Run the checks, or only those named
    Test {
        /// The checks to run, in their own order; all but the slow ones where none is named
        #[arg(value_enum)]
        checks: Vec<Check>,
        /// Run the slow checks too
        #[arg(long, conflicts_with = "checks")]
        all: bool,
    },
    /// Measure planning and the page, or record what is counted
    Bench {
        /// The part to measure; both where none is named
        #[arg(value_enum)]
        part: Option<BenchPart>,
    },
}

/// A part of `bench`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchPart {
    /// Planning, here and in WebAssembly
    Core,
    /// The release page in Chromium, beside a floor
    Page,
    /// The largest texts that are read, one for each list that a text can have
    Limits,
    /// Count instructions and write them down, for `test instructions` to compare with
    Record,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &Command) {
        let words = ["cargo xtask"].into_iter().chain(line.split_whitespace());
        assert_eq!(&Args::try_parse_from(words).unwrap().command, expect, "for `{line}`");
    }

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn commands_and_options() {
        check("serve", &Command::Serve { port: 8080 });
        check("serve --port 9000", &Command::Serve { port: 9000 });
        check("test", &Command::Test { checks: vec![], all: false });
        check("test --all", &Command::Test { checks: vec![], all: true });
        let checks = vec![Check::Unit, Check::Fmt];
        check("test unit fmt", &Command::Test { checks, all: false });
        check("bench", &Command::Bench { part: None });
        check("bench page", &Command::Bench { part: Some(BenchPart::Page) });
    }
}
