//! Exit statuses.

use std::process::ExitCode;

use anyhow::Error;
use deployline_export::printable;

use crate::streams::{self, WriteError};

/// The statuses as the help lists them.
pub(crate) const HELP: &str = "\
Exit status:
  0    done, and the pipeline has no errors
  1    the pipeline or the block has errors; what could be done with it is printed all the same
  2    bad usage, or an input that can't be read
  3    the standard output or the standard error can't be written to: full or closed
  141  the reader of one of them has gone, as `head` does";

/// The input was read and has errors.
pub(crate) const HAS_ERRORS: u8 = 1;
const NO_INPUT: u8 = 2;
const NO_OUTPUT: u8 = 3;
/// Exit status that a shell reports for a program ended by the signal SIGPIPE.
const BROKEN_PIPE: u8 = 141;

/// Prints what went wrong and returns its exit status.
pub(crate) fn of_error(error: &Error) -> ExitCode {
    let status = match error.downcast_ref::<WriteError>() {
        Some(error) if error.is_broken_pipe() => return ExitCode::from(BROKEN_PIPE),
        Some(_) => NO_OUTPUT,
        None => NO_INPUT,
    };
    match streams::report(&format!("error: {}\n", printable(&shortened(&format!("{error:#}"))))) {
        Err(error) if error.is_broken_pipe() => ExitCode::from(BROKEN_PIPE),
        Err(_) => ExitCode::from(NO_OUTPUT),
        Ok(()) => ExitCode::from(status),
    }
}

/// The most characters that are shown of the start of a message, and of its end.
const SHOWN_CHARS: usize = 300;

/// Leaves out the middle of a long message: a path stands there, and behind it what is wrong with it.
fn shortened(message: &str) -> String {
    let end = message.char_indices().nth(SHOWN_CHARS).map(|(at, _)| at);
    let start = message.char_indices().nth_back(SHOWN_CHARS - 1).map(|(at, _)| at);
    match (end, start) {
        (Some(end), Some(start)) if end < start => {
            format!("{}…{}", &message[..end], &message[start..])
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_keeps_its_start_and_its_end() {
        for (message, expected) in [
            ("can't read a: it is gone".to_owned(), "can't read a: it is gone".to_owned()),
            ("é".repeat(600), "é".repeat(600)),
            (format!("a{}b", "é".repeat(5000)), format!("a{0}…{0}b", "é".repeat(299))),
        ] {
            assert_eq!(shortened(&message), expected);
        }
    }
}
