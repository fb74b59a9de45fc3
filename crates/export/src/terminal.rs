//! Text that can't steer a terminal, whoever wrote it.

/// Returns true for a character that moves the cursor, changes colours or the order of writing, or is
/// not seen at all: controls, and marks of direction and of format.
///
/// ```
/// use deployline_export::steers_terminal;
/// assert!(['\n', '\u{1b}', '\u{9b}', '\u{202e}', '\u{200b}'].into_iter().all(steers_terminal));
/// assert!(['a', ' ', 'é', '注', '🚀'].into_iter().all(|c| !steers_terminal(c)));
/// ```
pub fn steers_terminal(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns a text on one line, with a mark (`\u{fffd}`) for each character that could steer a terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if steers_terminal(c) { '\u{fffd}' } else { c }).collect()
}

/// Returns the same JSON with escapes for characters that could steer a terminal.
pub(crate) fn printable_json(json: String) -> String {
    escaped(json, |out, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            *out += &format!("\\u{unit:04x}");
        }
    })
}

/// Returns the same YAML, written like JSON, with escapes for characters that could steer a terminal.
pub(crate) fn printable_flow_yaml(json: String) -> String {
    escaped(json, |out, c| *out += &format!("\\U{:08x}", u32::from(c)))
}

/// Outside of strings, JSON has no such characters but line breaks, which stay.
fn escaped(json: String, escape: fn(&mut String, char)) -> String {
    // Most plans are plain ASCII, and the serializer has written the controls in it as escapes.
    if json.bytes().all(|byte| byte < 0x7f) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || !steers_terminal(c) {
            out.push(c);
        } else {
            escape(&mut out, c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_the_same_json() {
        let name = "a\u{1b}[1m\u{7f}\u{9b}\u{202e}\u{200b}é🚀\u{e0041}\n\"";
        let json = serde_json::to_string_pretty(&[name]).unwrap_or_default();
        let escaped = printable_json(json);
        assert_eq!(
            escaped,
            "[\n  \"a\\u001b[1m\\u007f\\u009b\\u202e\\u200bé🚀\\udb40\\udc41\\n\\\"\"\n]"
        );
        assert_eq!(serde_json::from_str::<[String; 1]>(&escaped).expect("JSON"), [name]);
    }
}
