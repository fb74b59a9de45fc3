//! Errors of reading a link.

use crate::MAX_PAYLOAD_BYTES;

/// The reason why a link can't be read. Its text says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The link has a later version than this program knows.
    #[error(
        "This link is of version {0}, which is newer than this page. Reload the page to get its \
         newest version, and open the link again."
    )]
    Version(u32),
    /// A part of the link is missing or changed.
    #[error(
        "This link is damaged: a part of it is missing or changed. Copy it again as a whole; some \
         mail and chat programs cut long links, where a file goes through."
    )]
    Damaged,
    /// The payload is larger than [`MAX_PAYLOAD_BYTES`].
    #[error(
        "This link unfolds to more than {} MiB, and is not opened. Ask for the YAML as a file.",
        MAX_PAYLOAD_BYTES >> 20
    )]
    TooLarge,
}
