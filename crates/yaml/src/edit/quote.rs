//! A text as a scalar that reads back as this text, for every reader of YAML.

use crate::ScalarStyle;

/// `text` as a scalar: plain where that is safe, else in quotes. In flow collections more needs
/// quotes; `style` is that of the scalar it takes the place of, whose quotes it keeps.
///
/// ```
/// use deployline_yaml::edit::quote;
/// assert_eq!(quote("web", None, false), "web");
/// assert_eq!(quote("yes", None, false), "\"yes\"");
/// assert_eq!(quote("a, b", None, true), "\"a, b\"");
/// ```
pub fn quote(text: &str, style: Option<ScalarStyle>, in_flow: bool) -> String {
    let needs_escapes = text.chars().any(needs_escape);
    match style {
        Some(ScalarStyle::SingleQuoted) if !needs_escapes => single(text),
        Some(ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) => double(text),
        _ if !needs_escapes && is_plain(text, in_flow) => text.to_owned(),
        // Quotes and backslashes inside are easier to read between single quotes.
        _ if !needs_escapes && text.contains(['"', '\\']) => single(text),
        _ => double(text),
    }
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
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

/// What readers take for a line break, don't accept or don't show. All of these have at most four
/// hexadecimal digits.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=~";
    let starts_well = text.chars().next().is_some_and(|c| !INDICATORS.contains(c));
    let has_flow = in_flow && text.contains([',', '[', ']', '{', '}', ':', '?']);
    starts_well
        && text.trim() == text
        && !has_flow
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text != "<<"
        && !text.starts_with("...")
        && !is_word(text)
        && !looks_numeric(text)
}

/// Whether some reader takes it for a flag or for nothing.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether some reader may take it for a number, a date or a time.
fn looks_numeric(text: &str) -> bool {
    let first = text.bytes().next().unwrap_or_default();
    let of_numbers = |c: char| c.is_ascii_hexdigit() || "xXoO_.,:+- tTzZ".contains(c);
    let is_special = |word: &str| {
        let word = word.trim_start_matches(['+', '-']);
        [".inf", ".nan"].iter().any(|special| word.eq_ignore_ascii_case(special))
    };
    (first.is_ascii_digit() || b"+-.".contains(&first)) && text.chars().all(of_numbers)
        || is_special(text)
}
