//! Exit statuses.

use std::process::ExitCode;

use anyhow::Error;
use deployline_export::{printable, shown_message};

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
/// What a shell reports for a program that the signal SIGPIPE ended.
const BROKEN_PIPE: u8 = 141;

/// Prints what went wrong and returns its exit status.
pub(crate) fn of_error(error: &Error) -> ExitCode {
    let status = match error.downcast_ref::<WriteError>() {
        Some(error) if error.is_broken_pipe() => return ExitCode::from(BROKEN_PIPE),
        Some(_) => NO_OUTPUT,
        None => NO_INPUT,
    };
    match streams::report(&format!("error: {}\n", printable(&shown_message(&format!("{error:#}")))))
    {
        Err(error) if error.is_broken_pipe() => ExitCode::from(BROKEN_PIPE),
        Err(_) => ExitCode::from(NO_OUTPUT),
        Ok(()) => ExitCode::from(status),
    }
}
