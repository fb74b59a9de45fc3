//! Links, exports and the dialogs that offer them.
//!
//! 1. [`link`] makes a fragment of an open text and reads one;
//! 2. [`address`] keeps the page's address at what is shown;
//! 3. [`exports`] writes a plan in the formats that others read;
//! 4. [`dialog`] opens the dialogs that offer all of it. It is seldom needed and talks with the browser most of
//!    the time: so it is JavaScript of its own, loaded later (`web/share/src`).

mod address;
mod dialog;
mod exports;
mod link;

pub(crate) use address::use_address;
pub(crate) use dialog::{load_ahead, use_dialogs};
pub(crate) use link::{ReadLink, state_from_address};
