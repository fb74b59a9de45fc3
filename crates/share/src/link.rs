//! All steps at once, natively.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::{LinkError, MOST_BYTES, Shared, deflated, fragment, read, write};

/// The fragment that carries a state.
pub fn link(shared: &Shared) -> String {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = deflate.write_all(&write(shared));
    fragment(&deflate.finish().unwrap_or_default())
}

/// The state that a fragment carries; `None` where it is no link of ours.
///
/// # Errors
/// Where it is of another version, damaged or too large.
pub fn from_link(fragment: &str) -> Result<Option<Shared>, LinkError> {
    let Some(deflated) = deflated(fragment)? else { return Ok(None) };
    let mut bytes = Vec::new();
    let mut inflate = DeflateDecoder::new(deflated.as_slice()).take(MOST_BYTES as u64 + 1);
    inflate.read_to_end(&mut bytes).map_err(|_| LinkError::Damaged)?;
    read(&bytes).map(Some)
}
