//! The payload of a link: the state as JSON.

use crate::bounds::Bounds;
use crate::json::{self, Json};
use crate::{LinkError, LinkState, MAX_PAYLOAD_BYTES, OpenedLink, v1};

/// Writes a state as JSON.
///
/// Defaults are left out, so that the link of a text that was just pasted is little more than the text.
pub fn write_payload(state: &LinkState) -> Vec<u8> {
    // Writing to memory does not fail.
    serde_json::to_vec(&json::link(state)).unwrap_or_default()
}

/// Reads a payload of any version. JSON begins with a brace, version 1 with the digits of its checksum.
///
/// # Errors
/// Fails if the payload is larger than [`MAX_PAYLOAD_BYTES`], or not as it was written.
pub fn read_payload(payload: &[u8]) -> Result<OpenedLink, LinkError> {
    if payload.len() > MAX_PAYLOAD_BYTES {
        return Err(LinkError::TooLarge);
    }
    let mut bounds = Bounds::default();
    let state = match payload {
        [b'{', ..] => {
            let link: Option<Json> = serde_json::from_slice(payload).ok();
            link.as_ref().and_then(|link| json::state(link, &mut bounds))
        }
        _ => v1::read(payload, &mut bounds),
    };
    let state = state.ok_or(LinkError::Damaged)?;
    Ok(OpenedLink { state, note: bounds.into_note() })
}
