//! The command line, parsed by hand: eight words need no library, and this builds sooner.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::arrange::Origin;
use crate::checks::{STEPS, Step};

const DEFAULT_PORT: u16 = 8080;

/// What was asked for.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Setup,
    Serve {
        port: u16,
    },
    Build,
    /// The npm package.
    Package,
    /// These wasm files, in place.
    Arrange {
        files: Vec<PathBuf>,
    },
    /// A wasm, into one that says what of it runs.
    Watch {
        wasm: PathBuf,
        out: PathBuf,
    },
    /// A wasm, in place, by what of it ran, and the rest of it.
    Apart {
        wasm: PathBuf,
        ran: PathBuf,
        rest: PathBuf,
        origin: Origin,
    },
    Sizes,
    RecordSizes,
    Test {
        steps: Vec<&'static Step>,
    },
    /// The planning core, the page in a browser, or both.
    Bench {
        core: bool,
        page: bool,
    },
    Record,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Command> {
    let words: Vec<String> = words.into_iter().collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.iter().any(|word| ["help", "--help", "-h"].contains(word)) {
        return Ok(Command::Help);
    }
    let Some((command, rest)) = words.split_first() else {
        bail!("a command is missing");
    };
    match *command {
        "setup" => no_more(command, rest).map(|()| Command::Setup),
        "serve" => port(rest).map(|port| Command::Serve { port }),
        // Release is the only kind there is; saying so is no mistake.
        "build" if rest == ["--release"] => Ok(Command::Build),
        "build" => no_more(command, rest).map(|()| Command::Build),
        "package" => no_more(command, rest).map(|()| Command::Package),
        "arrange" if rest.is_empty() => bail!("`arrange` takes files"),
        "arrange" => Ok(Command::Arrange { files: rest.iter().map(PathBuf::from).collect() }),
        "watch" => match rest {
            [wasm, out] => Ok(Command::Watch { wasm: wasm.into(), out: out.into() }),
            _ => bail!("`watch` takes a file and one to write"),
        },
        "apart" => match rest {
            [wasm, ran, out, linked, parts @ ..] if !parts.is_empty() => Ok(Command::Apart {
                wasm: wasm.into(),
                ran: ran.into(),
                rest: out.into(),
                origin: Origin {
                    linked: linked.into(),
                    parts: parts.iter().map(PathBuf::from).collect(),
                },
            }),
            _ => bail!(
                "`apart` takes a file, a list of what ran, a file to write, and what it was made of: \
                 the linker's file and its parts"
            ),
        },
        "sizes" => match rest {
            [] => Ok(Command::Sizes),
            ["record"] => Ok(Command::RecordSizes),
            _ => bail!("`sizes` takes `record` only"),
        },
        "bench" => match rest {
            [] => Ok(Command::Bench { core: true, page: true }),
            ["core"] => Ok(Command::Bench { core: true, page: false }),
            ["page"] => Ok(Command::Bench { core: false, page: true }),
            ["record"] => Ok(Command::Record),
            _ => bail!("`bench` takes `core`, `page` or `record` only"),
        },
        "test" => steps(rest).map(|steps| Command::Test { steps }),
        unknown => bail!("there is no command `{unknown}`"),
    }
}

/// Every command and every step of `test`.
pub(crate) fn help() -> String {
    let mut help = format!(
        "\
Usage: cargo xtask COMMAND

  setup                 get everything the other commands need
  serve [--port {DEFAULT_PORT}]   serve the page with live reload on this machine
  build                 build the release page into dist/ and print its sizes
  package               build the npm package and pack it into target/
  arrange FILE...       put like functions of a wasm side by side, so that it compresses better
  watch FILE OUT        make a wasm that says what of it runs
  apart FILE RAN REST LINKED PART...
                        leave what ran in a wasm, and write another one with the rest; what was where
                        in memory, the linker's file and the parts say that `wasm-split` made of it
  sizes                 print the sizes of what is in dist/, beside the recorded ones
  sizes record          write them down, for later ones to be compared to
  test [STEP...]        run every check, or only the steps named, in this order:
"
    );
    for step in &STEPS {
        let _ = writeln!(help, "    {:<19} {}", step.name, step.about);
    }
    help += "  bench [core|page]     measure planning, here and in WebAssembly, and the page in Chromium\n";
    help += "  bench record          count instructions, for `test instructions` to compare to\n";
    help += "  help                  print this\n\nEach command gets what it needs by itself.\n";
    help
}

fn no_more(command: &str, rest: &[&str]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(word) => bail!("`{command}` does not take `{word}`"),
    }
}

fn port(rest: &[&str]) -> Result<u16> {
    let value = match rest {
        [] => return Ok(DEFAULT_PORT),
        ["--port", value] => value,
        [word] if word.starts_with("--port=") => &word["--port=".len()..],
        _ => bail!("`serve` takes `--port NUMBER` only"),
    };
    value.parse().with_context(|| format!("`{value}` is not a port, expected 0 to 65535"))
}

/// The steps named, in the order they always run in; all of them when none is named.
fn steps(names: &[&str]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("`test` has no step `{unknown}`, only {}", known.join(", "));
    }
    let wanted = |step: &&Step| names.is_empty() || names.contains(&step.name);
    Ok(STEPS.iter().filter(wanted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The command in a short form, or the error.
    fn check(line: &str, expect: &str) {
        let got = match parse(line.split_whitespace().map(String::from)) {
            Ok(Command::Test { steps }) => {
                let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
                format!("Test {}", names.join(" "))
            }
            Ok(command) => format!("{command:?}"),
            Err(error) => format!("{error:#}"),
        };
        assert_eq!(got, expect, "for `{line}`");
    }

    #[test]
    fn commands() {
        check("setup", "Setup");
        check("serve", "Serve { port: 8080 }");
        check("serve --port 9000", "Serve { port: 9000 }");
        check("serve --port=9000", "Serve { port: 9000 }");
        check("build", "Build");
        check("build --release", "Build");
        check("sizes", "Sizes");
        check("sizes record", "RecordSizes");
        check("package", "Package");
        check("arrange a.wasm b.wasm", "Arrange { files: [\"a.wasm\", \"b.wasm\"] }");
        check("watch a.wasm b.wasm", "Watch { wasm: \"a.wasm\", out: \"b.wasm\" }");
        check(
            "apart a ran b linked c d",
            "Apart { wasm: \"a\", ran: \"ran\", rest: \"b\", \
             origin: Origin { linked: \"linked\", parts: [\"c\", \"d\"] } }",
        );
        check("bench", "Bench { core: true, page: true }");
        check("bench core", "Bench { core: true, page: false }");
        check("bench page", "Bench { core: false, page: true }");
        check("bench record", "Record");
        check("help", "Help");
        check("test --help", "Help");
    }

    #[test]
    fn steps_run_in_their_own_order() {
        check("test", "Test fmt clippy unit instructions wasm types documents build e2e");
        check("test unit fmt unit", "Test fmt unit");
    }

    #[test]
    fn wrong_words() {
        check("", "a command is missing");
        check("biuld", "there is no command `biuld`");
        check("setup now", "`setup` does not take `now`");
        check("build --debug", "`build` does not take `--debug`");
        check("bench cli", "`bench` takes `core`, `page` or `record` only");
        check("arrange", "`arrange` takes files");
        check("watch a.wasm", "`watch` takes a file and one to write");
        check(
            "apart a ran b linked",
            "`apart` takes a file, a list of what ran, a file to write, and what it was made of: \
             the linker's file and its parts",
        );
        check("serve 9000", "`serve` takes `--port NUMBER` only");
        check(
            "serve --port 99999",
            "`99999` is not a port, expected 0 to 65535: number too large to fit in target type",
        );
        check(
            "test lint",
            "`test` has no step `lint`, only fmt, clippy, unit, instructions, wasm, types, documents, build, e2e",
        );
    }

    #[test]
    fn help_names_every_step() {
        let help = help();
        assert!(STEPS.iter().all(|step| help.contains(step.about)), "{help}");
    }
}
