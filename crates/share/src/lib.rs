//! A link's state: the texts, the assumptions and the view, as the part of an address behind `#`.
//!
//! The steps, in order:
//! 1. [`write_payload`] makes JSON of a [`LinkState`];
//! 2. it is compressed by raw deflate: in the page by the browser's own `CompressionStream`, here by
//!    [`write_link`], which does all steps at once;
//! 3. [`write_fragment`] adds version and checksum, and makes text of it: `v2.` and base64url.
//!
//! A browser never sends that part to a server. [`read_fragment`] and [`read_payload`] lead back, and say
//! what is wrong with a link that is damaged or newer than this program. They also read links of version 1.
//! `docs/link.md` has the format.
//!
//! ```
//! use deployline_share::{LinkState, Text, read_payload, write_payload};
//! let mut state = LinkState::default();
//! state.plan.texts.push(Text { name: "shop.yaml".into(), text: "pipeline: {}".into() });
//! let opened = read_payload(&write_payload(&state)).expect("it is whole");
//! assert_eq!(opened.state, state);
//! assert_eq!(opened.note, None);
//! ```

mod bounds;
mod error;
mod fragment;
mod json;
#[cfg(feature = "deflate")]
mod link;
mod payload;
mod state;
mod v1;

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

pub use error::LinkError;
pub use fragment::{is_link, read_fragment, write_fragment};
#[cfg(feature = "deflate")]
pub use link::{read_link, write_link};
pub use payload::{read_payload, write_payload};
pub use state::{LinkState, OpenedLink, PlanSource, Text, View};

/// The checksum of links, as zip has it. Computed without a table: a link is short, and the table of a faster
/// one weighs 1 to 16 KB in the page and in the embed.
const CRC_32: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// Limit of a payload: inflating a link stops there.
pub const MAX_PAYLOAD_BYTES: usize = 8 << 20;
