//! The standard output and the standard error.
//!
//! Every write is checked: text that does not arrive is never a success. `print!` and its like panic
//! instead, so a lint keeps them out.

use std::fmt;
use std::io::{self, ErrorKind, Write};

/// A stream that is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Output,
    Error,
}

/// A stream that could not be written to.
#[derive(Debug)]
pub(crate) struct WriteError {
    stream: Stream,
    source: io::Error,
}

impl WriteError {
    /// Returns true if the reader of the stream has gone, as `head` does when it has seen enough.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.source.kind() == ErrorKind::BrokenPipe
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.stream {
            Stream::Output => "output",
            Stream::Error => "error",
        };
        write!(f, "can't write to the standard {name}")
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Writes to the standard output.
///
/// # Errors
/// Where some of the text can't be written.
pub(crate) fn print(text: &str) -> Result<(), WriteError> {
    if text.is_empty() {
        return Ok(());
    }
    write_with(Stream::Output, || io::stdout().write_all(text.as_bytes()))
}

/// Writes to the standard error.
///
/// # Errors
/// Where some of the text can't be written.
pub(crate) fn report(text: &str) -> Result<(), WriteError> {
    if text.is_empty() {
        return Ok(());
    }
    write_with(Stream::Error, || io::stderr().write_all(text.as_bytes()))
}

/// Writes to a stream by a function that does so itself.
///
/// # Errors
/// Where the function fails, or the stream was closed when the program started.
pub(crate) fn write_with(
    stream: Stream,
    write: impl FnOnce() -> io::Result<()>,
) -> Result<(), WriteError> {
    let is_closed = match stream {
        Stream::Output => closed::output(),
        Stream::Error => closed::error(),
    };
    let result = if is_closed {
        Err(io::Error::new(ErrorKind::NotConnected, "it is closed"))
    } else {
        write().and_then(|()| match stream {
            Stream::Output => io::stdout().flush(),
            Stream::Error => io::stderr().flush(),
        })
    };
    result.map_err(|source| WriteError { stream, source })
}

/// Streams that were closed when the program started (`>&-` in a shell).
///
/// Before `main`, the standard library opens `/dev/null` in place of a closed stream, and all that is
/// written there would look written. So the streams are looked at before that.
#[cfg(unix)]
mod closed {
    use std::os::fd::AsFd;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// "Bad file descriptor", the same number on every Unix.
    const EBADF: i32 = 9;

    static OUTPUT: AtomicBool = AtomicBool::new(false);
    static ERROR: AtomicBool = AtomicBool::new(false);

    #[ctor::ctor]
    fn look_before_main() {
        let is_closed = |stream: &dyn AsFd| {
            let copy = stream.as_fd().try_clone_to_owned();
            copy.is_err_and(|error| error.raw_os_error() == Some(EBADF))
        };
        OUTPUT.store(is_closed(&std::io::stdout()), Ordering::Relaxed);
        ERROR.store(is_closed(&std::io::stderr()), Ordering::Relaxed);
    }

    pub(super) fn output() -> bool {
        OUTPUT.load(Ordering::Relaxed)
    }

    pub(super) fn error() -> bool {
        ERROR.load(Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod closed {
    pub(super) fn output() -> bool {
        false
    }

    pub(super) fn error() -> bool {
        false
    }
}
