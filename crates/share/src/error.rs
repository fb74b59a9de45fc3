//! What can be wrong with a link.

use std::fmt;

use crate::MOST_BYTES;

/// Why a link can't be read. Its text says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Of a later version than this program knows.
    Version(u32),
    /// A part of it is missing or changed.
    Damaged,
    /// It would unfold to more than [`MOST_BYTES`].
    TooLarge,
}

impl std::error::Error for LinkError {}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(
                f,
                "This link is of version {version}, which is newer than this page. Reload the page to \
                 get its newest version, and open the link again."
            ),
            Self::Damaged => f.write_str(
                "This link is damaged: a part of it is missing or changed. Copy it again as a whole; \
                 some mail and chat programs cut long links, where a file goes through.",
            ),
            Self::TooLarge => write!(
                f,
                "This link unfolds to more than {} MiB, and is not opened. Ask for the YAML as a file.",
                MOST_BYTES >> 20
            ),
        }
    }
}
