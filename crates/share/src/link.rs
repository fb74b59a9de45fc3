//! Whole links, with compression: for native programs.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::{
    LinkError, LinkState, MAX_PAYLOAD_BYTES, OpenedLink, read_fragment, read_payload,
    write_fragment, write_payload,
};

/// Writes the fragment that carries a state.
pub fn write_link(state: &LinkState) -> String {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = deflate.write_all(&write_payload(state));
    write_fragment(&deflate.finish().unwrap_or_default())
}

/// Reads the state that a fragment carries; `None` where it is no link to a plan.
///
/// # Errors
/// Fails for a link of a later version, and for one that is damaged or too large.
pub fn read_link(fragment: &str) -> Result<Option<OpenedLink>, LinkError> {
    let Some(deflated) = read_fragment(fragment)? else { return Ok(None) };
    let mut payload = Vec::new();
    let mut inflate = DeflateDecoder::new(deflated.as_slice()).take(MAX_PAYLOAD_BYTES as u64 + 1);
    inflate.read_to_end(&mut payload).map_err(|_| LinkError::Damaged)?;
    read_payload(&payload).map(Some)
}
