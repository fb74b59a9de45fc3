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

mod base64;
mod checksum;
mod error;
mod fragment;
mod line;
#[cfg(feature = "deflate")]
mod link;
mod read;
mod state;
mod write;

pub use error::LinkError;
pub use fragment::{deflated, fragment};
#[cfg(feature = "deflate")]
pub use link::{from_link, link};
pub use read::read;
pub use state::{Look, Shared, Source, Text};
pub use write::write;

/// The most bytes that a link may unfold to: whoever inflates stops there.
pub const MOST_BYTES: usize = 8 << 20;
