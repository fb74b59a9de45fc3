//! What a link carries: the texts, what is assumed, and how it is looked at.
//!
//! The steps, in order:
//! 1. [`write()`] makes bytes of a [`Shared`] state, a few lines of text and then the YAML;
//! 2. they are compressed by raw deflate: in the page by the browser's own `CompressionStream`, here
//!    by [`link`], which does all steps at once;
//! 3. [`fragment`] writes what came out as the part of an address behind `#`: `v1.` and base64url.
//!
//! A browser never sends that part to a server. [`deflated`] and [`read`] lead back, and say what is
//! wrong with a link that is damaged or newer than this program. `docs/link.md` has the format.
//!
//! ```
//! use deployline_share::{Shared, Text, read, write};
//! let mut shared = Shared::default();
//! shared.plan.texts.push(Text { name: "shop.yaml".into(), text: "pipeline: {}".into() });
//! assert_eq!(read(&write(&shared)), Ok(shared));
//! ```

mod error;
mod fragment;
mod line;
#[cfg(feature = "deflate")]
mod link;
mod read;
mod state;
mod write;

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

pub use error::LinkError;
pub use fragment::{deflated, fragment};
#[cfg(feature = "deflate")]
pub use link::{from_link, link};
pub use read::read;
pub use state::{Look, Shared, Source, Text};
pub use write::write;

/// The checksum of links, as zip has it. Computed without a table: a link is short, and the table of a faster
/// one weighs 1 to 16 KB in the page and in the embed.
const CRC_32: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// The most bytes that a link may unfold to: whoever inflates stops there.
pub const MOST_BYTES: usize = 8 << 20;
