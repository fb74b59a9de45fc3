//! The help, the version, and mistakes in the arguments.

use std::borrow::Cow;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use deployline_export::printable;

use crate::args::Args;
use crate::streams::{Stream, write_with};

/// The most characters that a message quotes of an argument.
const QUOTED_CHARS: usize = 200;

/// Prints what the arguments ask for instead of a command, or what is wrong with them.
///
/// # Errors
/// Where it can't be written.
pub(crate) fn print(answer: clap::Error) -> Result<ExitCode> {
    // Messages quote the arguments in many places, so those are made fit for a terminal beforehand.
    let arguments = std::env::args_os().map(|argument| quotable(&argument.to_string_lossy()));
    let answer = match Args::try_parse_from(arguments) {
        Err(same) if same.kind() == answer.kind() => same,
        // Only a changed argument gives another answer; one without any quotes is left then.
        _ => clap::Error::new(answer.kind()),
    };
    let stream = if answer.use_stderr() { Stream::Error } else { Stream::Output };
    write_with(stream, || answer.print())?;
    Ok(ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(u8::MAX)))
}

fn quotable(argument: &str) -> String {
    let shown = match argument.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => Cow::Owned(format!("{}…", &argument[..end])),
        None => Cow::Borrowed(argument),
    };
    printable(&shown)
}

#[cfg(test)]
mod tests {
    use super::quotable;

    #[test]
    fn arguments_are_quoted_on_one_short_line() {
        assert_eq!(quotable("--format=a\u{1b}[31m\nb"), "--format=a\u{fffd}[31m\u{fffd}b");
        assert_eq!(quotable(&"é".repeat(5000)).chars().count(), 201);
    }
}
