//! The payload of a link: the state as JSON.

use crate::{LinkError, LinkState, MAX_PAYLOAD_BYTES, json, v1};

/// Writes a state as JSON.
///
/// Defaults are left out, so that the link of a text that was just pasted is little more than the text.
pub fn write_payload(state: &LinkState) -> Vec<u8> {
    // Strings and numbers in structs: nothing that JSON can't hold.
    serde_json::to_vec(&json::Link::from(state)).unwrap_or_default()
}

/// Reads a payload of any version. JSON begins with a brace, version 1 with the digits of its checksum.
///
/// # Errors
/// Where the payload is larger than [`MAX_PAYLOAD_BYTES`], or not as it was written.
pub fn read_payload(payload: &[u8]) -> Result<LinkState, LinkError> {
    if payload.len() > MAX_PAYLOAD_BYTES {
        return Err(LinkError::TooLarge);
    }
    let state = match payload {
        [b'{', ..] => {
            let value = serde_json::from_slice(payload).ok();
            value.and_then(|value| json::Link::of(&value)).and_then(json::Link::into_state)
        }
        _ => v1::read(payload),
    };
    state.ok_or(LinkError::Damaged)
}
