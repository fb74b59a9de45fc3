//! Lines of a text, by byte offset.

/// Offset of the start of the line of `at`.
pub(crate) fn start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// Offset of the end of the line of `at`, before its line break.
pub(crate) fn end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    if end > at && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
}

/// Offset of the start of the next line; the end of the text if there is none.
pub(crate) fn next(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |i| at + i + 1)
}

/// Column of `at` in bytes, from 0. A byte order mark does not count.
pub(crate) fn column(text: &str, at: usize) -> usize {
    let line = start(text, at);
    text[line..at].trim_start_matches('\u{feff}').len()
}

/// Returns true if only spaces stand before `at` in its line.
pub(crate) fn is_first(text: &str, at: usize) -> bool {
    text[start(text, at)..at].trim_start_matches('\u{feff}').bytes().all(|b| b == b' ')
}

/// The line that starts at `at`, without its break.
pub(crate) fn line(text: &str, at: usize) -> &str {
    &text[at..end(text, at)]
}

/// The column of the comment that is all of this line.
pub(crate) fn comment_column(line: &str) -> Option<usize> {
    let content = line.trim_start_matches([' ', '\t']);
    content.starts_with('#').then_some(line.len() - content.len())
}

/// Returns true for a line of spaces and tabs.
pub(crate) fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '\r']).is_empty()
}

/// The line break nearest to `at`, of its own line or of the one before.
pub(crate) fn line_break(text: &str, at: usize) -> &'static str {
    let behind = text[at..].find('\n').map(|i| at + i);
    let line_feed = behind.or_else(|| text[..at].rfind('\n')).unwrap_or(0);
    if text[..line_feed].ends_with('\r') { "\r\n" } else { "\n" }
}

/// `text` with every line but its first moved by `by` columns. Blank lines stay as they are; where
/// there are fewer spaces to take away, all of them go.
pub(crate) fn shift_rest(text: &str, by: isize) -> String {
    let mut shifted = String::with_capacity(text.len());
    for (i, line) in text.split_inclusive('\n').enumerate() {
        shifted += if i == 0 { line } else { "" };
        if i > 0 {
            shift_line(line, by, &mut shifted);
        }
    }
    shifted
}

/// `text` with every line moved by `by` columns.
pub(crate) fn shift(text: &str, by: isize) -> String {
    let mut shifted = String::with_capacity(text.len());
    text.split_inclusive('\n').for_each(|line| shift_line(line, by, &mut shifted));
    shifted
}

fn shift_line(line: &str, by: isize, shifted: &mut String) {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    if by > 0 && !is_blank(line.trim_end()) {
        *shifted += &" ".repeat(by.unsigned_abs());
    }
    let taken = if by < 0 { by.unsigned_abs().min(blanks) } else { 0 };
    *shifted += if is_blank(line.trim_end()) { line } else { &line[taken..] };
}

/// Offset of the next character that is no space, comment or line break.
pub(crate) fn skip_empty(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let content = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        at = text.len() - content.len();
        let is_apart = content.len() < rest.len() || at == 0;
        if !(content.starts_with('#') && is_apart) {
            return at;
        }
        at = end(text, at);
    }
}

/// Offset right behind the colon that follows a key.
pub(crate) fn behind_colon(text: &str, key_end: usize) -> Option<usize> {
    let rest = text[key_end..].trim_start_matches([' ', '\t']);
    rest.starts_with(':').then(|| text.len() - rest.len() + 1)
}
