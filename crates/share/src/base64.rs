//! Base64 with the characters that an address takes as they are (RFC 4648, section 5), without `=`.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..=group.len() {
            let digit = bits >> (18 - 6 * i) & 63;
            out.push(char::from(DIGITS[digit as usize]));
        }
    }
    out
}

/// `None` for what [`encode`] does not write.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for i in 0..4 {
            let digit = group.get(i).map_or(Some(0), |&byte| digit(byte))?;
            bits = bits << 6 | digit;
        }
        let bytes = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        // One digit is no byte, and the bits that are left over are zero.
        let count = group.len().checked_sub(1).filter(|&count| count > 0)?;
        if bytes[count..].iter().any(|&byte| byte != 0) {
            return None;
        }
        out.extend_from_slice(&bytes[..count]);
    }
    Some(out)
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_examples_of_the_rfc_and_reads_nothing_else() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (b"\xfb\xff\xfe", "-__-"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
        for text in ["Z", "Zm9vY", "Zg==", "Zh", "Zm9", "Z m9", "Zm9v+", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
