//! A text as a scalar that reads back as this text, for every reader of YAML.

use crate::ScalarStyle;

/// `text` as a scalar on one line: plain where that is safe, else in quotes. In flow collections more
/// needs quotes. `style` is that of the scalar it takes the place of, whose quotes it keeps.
///
/// ```
/// use deployline_yaml::write::quote;
/// assert_eq!(quote("web", None, false), "web");
/// assert_eq!(quote("yes", None, false), "\"yes\"");
/// assert_eq!(quote("a, b", None, true), "\"a, b\"");
/// ```
pub fn quote(text: &str, style: Option<ScalarStyle>, in_flow: bool) -> String {
    let can_be_single = !text.chars().any(needs_escape);
    match style {
        Some(ScalarStyle::SingleQuoted) if can_be_single => single_quoted(text),
        Some(ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) => double_quoted(text),
        _ if !needs_quotes(text, in_flow) => text.to_owned(),
        // Quotes and backslashes inside are easier to read between single quotes.
        _ if can_be_single && text.contains(['"', '\\']) => single_quoted(text),
        _ => double_quoted(text),
    }
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if needs_escape(c) => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns true for characters that readers take for a line break, don't accept or don't show. All of
/// these have at most four hexadecimal digits.
pub(super) fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns true if a text without quotes could be read as something other than this text: structure, a
/// comment, nothing, a flag, a number, a date or a merge key, by a reader of YAML 1.1 or of 1.2.
///
/// It says yes too often rather than once too seldom: readers differ.
///
/// ```
/// use deployline_yaml::write::needs_quotes;
/// assert!(!needs_quotes("v1.2", false));
/// assert!(needs_quotes("1:30", false), "ninety in YAML 1.1");
/// ```
pub fn needs_quotes(text: &str, in_flow: bool) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=~";
    text.is_empty()
        || text.starts_with(|c| INDICATORS.contains(c))
        || text.trim() != text
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.starts_with("...")
        || (in_flow && text.contains([',', '[', ']', '{', '}', ':', '?']))
        || text.chars().any(needs_escape)
        || is_word_of_another_type(text)
        || looks_numeric(text)
}

/// Returns true if some reader takes it for a flag, for nothing or for a merge key
/// (`http://yaml.org/type/bool.html`, `null.html`, `merge.html`).
fn is_word_of_another_type(text: &str) -> bool {
    const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "<<"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns true if some reader may take it for a number, a date or a time (`http://yaml.org/type/int.html`,
/// `float.html`, `timestamp.html`; some readers take commas for marks of thousands).
fn looks_numeric(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let has_base = ["0x", "0X", "0o", "0O", "0b", "0B"].iter().any(|base| digits.starts_with(base));
    let is_special = [".inf", ".nan"].iter().any(|word| digits.eq_ignore_ascii_case(word));
    let may_be_in_number = |c: char| c.is_ascii_digit() || "_.,:+- eEtTzZ".contains(c);
    let starts_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '.');
    has_base || is_special || (starts_number && text.chars().all(may_be_in_number))
}
