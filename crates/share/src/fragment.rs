//! The fragment of an address: version, compressed payload and checksum.
//!
//! ```text
//! v2.q1bKSy1X…
//! └┬┘└───┬────
//!  │     base64url of the deflated payload and the CRC-32 of those bytes
//!  version
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::{CRC_32, LinkError, MAX_PAYLOAD_BYTES};

/// The version that is written.
const VERSION: u32 = 2;

/// Writes a deflated payload as `v2.…`.
pub fn write_fragment(deflated: &[u8]) -> String {
    let checksum = CRC_32.checksum(deflated).to_be_bytes();
    format!("v{VERSION}.{}", URL_SAFE_NO_PAD.encode([deflated, &checksum].concat()))
}

/// Returns the deflated payload of a fragment, with or without its `#`; `None` where the fragment is
/// no link to a plan but a place in a page, or empty.
///
/// ```
/// use deployline_share::{LinkError, read_fragment, write_fragment};
/// let fragment = format!("#{}", write_fragment(b"bytes"));
/// assert_eq!(read_fragment(&fragment), Ok(Some(b"bytes".to_vec())));
/// assert_eq!(read_fragment("#licence"), Ok(None));
/// assert_eq!(read_fragment("#v3.abc"), Err(LinkError::Version(3)));
/// assert_eq!(read_fragment("#v2.abcd"), Err(LinkError::Damaged));
/// ```
///
/// # Errors
/// Fails for a fragment of a later version, and for one that is damaged or too large.
pub fn read_fragment(fragment: &str) -> Result<Option<Vec<u8>>, LinkError> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let Some((version, encoded)) = split_version(fragment) else { return Ok(None) };
    if version > VERSION {
        return Err(LinkError::Version(version));
    }
    // Deflated bytes are never more than what they unfold to, but for a few.
    if encoded.len() > MAX_PAYLOAD_BYTES / 3 * 4 {
        return Err(LinkError::TooLarge);
    }
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| LinkError::Damaged)?;
    // Version 1 has its checksum in the payload.
    let deflated = if version == 1 { Some(bytes) } else { without_checksum(bytes) };
    deflated.map(Some).ok_or(LinkError::Damaged)
}

/// Checks whether a fragment, with or without its `#`, is one that [`read_fragment`] reads or refuses.
pub fn is_link(fragment: &str) -> bool {
    split_version(fragment.strip_prefix('#').unwrap_or(fragment)).is_some()
}

fn split_version(fragment: &str) -> Option<(u32, &str)> {
    let (version, encoded) = fragment.strip_prefix('v')?.split_once('.')?;
    let is_number = version.bytes().all(|byte| byte.is_ascii_digit());
    Some((version.parse().ok().filter(|version| is_number && *version > 0)?, encoded))
}

/// Returns the bytes before the checksum, if it is theirs.
fn without_checksum(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (deflated, checksum) = bytes.split_last_chunk()?;
    if CRC_32.checksum(deflated) != u32::from_be_bytes(*checksum) {
        return None;
    }
    bytes.truncate(deflated.len());
    Some(bytes)
}
