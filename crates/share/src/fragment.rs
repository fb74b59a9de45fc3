//! The part of an address behind `#`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::{LinkError, MOST_BYTES};

/// The version that is written.
const VERSION: u32 = 1;

/// `v1.…` for compressed bytes.
pub fn fragment(deflated: &[u8]) -> String {
    format!("v{VERSION}.{}", URL_SAFE_NO_PAD.encode(deflated))
}

/// The compressed bytes of a fragment, with or without its `#`; `None` where it is no link of ours
/// but a place in a page, or empty.
///
/// ```
/// use deployline_share::{LinkError, deflated, fragment};
/// let link = format!("#{}", fragment(b"bytes"));
/// assert_eq!(deflated(&link), Ok(Some(b"bytes".to_vec())));
/// assert_eq!(deflated("#licence"), Ok(None));
/// assert_eq!(deflated("#v2.abc"), Err(LinkError::Version(2)));
/// assert_eq!(deflated("#v1.a=b"), Err(LinkError::Damaged));
/// ```
///
/// # Errors
/// Where it is of another version, damaged or too large.
pub fn deflated(fragment: &str) -> Result<Option<Vec<u8>>, LinkError> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let Some((version, rest)) = version(fragment) else { return Ok(None) };
    if version != VERSION {
        return Err(LinkError::Version(version));
    }
    // Compressed, it is never larger than what it unfolds to, but for a few bytes.
    if rest.len() > MOST_BYTES / 3 * 4 {
        return Err(LinkError::TooLarge);
    }
    URL_SAFE_NO_PAD.decode(rest).map(Some).map_err(|_| LinkError::Damaged)
}

fn version(fragment: &str) -> Option<(u32, &str)> {
    let (version, rest) = fragment.strip_prefix('v')?.split_once('.')?;
    let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    Some((version.parse().ok().filter(|_| is_number)?, rest))
}
