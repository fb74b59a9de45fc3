//! Lines of a text, by byte offset.
//!
//! The one notion of a line break, for all who split a text of YAML: `\n`, `\r\n`, or a lone `\r`.

/// The characters of line breaks.
pub const BREAKS: [char; 2] = ['\n', '\r'];

/// Offset of the start of the line of `at`.
///
/// ```
/// use deployline_yaml::lines;
/// let text = "a\r\nb\rc\nd";
/// assert_eq!([0, 2, 3, 5, 8].map(|at| lines::start(text, at)), [0, 0, 3, 5, 7]);
/// ```
pub fn start(text: &str, at: usize) -> usize {
    let (before, rest) = text.as_bytes().split_at(at);
    // Between `\r` and `\n`, the line has not ended yet.
    let is_inside_break = before.ends_with(b"\r") && rest.starts_with(b"\n");
    let before = &before[..at - usize::from(is_inside_break)];
    before.iter().rposition(is_break).map_or(0, |i| i + 1)
}

/// Offset of the end of the line of `at`, before its line break.
pub fn end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(is_break).map_or(text.len(), |i| at + i)
}

fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Offset of the start of the next line; the end of the text if there is none.
pub fn next(text: &str, at: usize) -> usize {
    let end = end(text, at);
    match &text.as_bytes()[end..] {
        [b'\r', b'\n', ..] => end + 2,
        [_, ..] => end + 1,
        [] => end,
    }
}

/// The lines of a text, each with its line break. The last one may have none.
///
/// ```
/// let lines = deployline_yaml::lines::split("a\r\n\rc\nd");
/// assert_eq!(lines.collect::<Vec<_>>(), ["a\r\n", "\r", "c\n", "d"]);
/// ```
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let line;
        (line, rest) = rest.split_at_checked(next(rest, 0)).filter(|_| !rest.is_empty())?;
        Some(line)
    })
}

/// The farthest from a place that a line break is looked for: many places may be in one line of megabytes.
const MAX_DISTANCE: usize = 1 << 14;

/// The line break nearest to `at`, of its own line or of the one before; `\n` where none is near.
///
/// ```
/// let text = "a\rb\r\nc";
/// let line_break = deployline_yaml::lines::line_break;
/// assert_eq!([0, 2, 5].map(|at| line_break(text, at)), ["\r", "\r\n", "\r\n"]);
/// ```
pub fn line_break(text: &str, at: usize) -> &'static str {
    let last = text.floor_char_boundary(at.saturating_add(MAX_DISTANCE));
    let first = text.floor_char_boundary(at.saturating_sub(MAX_DISTANCE));
    // Letter by letter, which is faster than both at once.
    let own = || BREAKS.iter().filter_map(|c| text[at..last].find(*c)).min().map(|i| at + i);
    let above = || BREAKS.iter().filter_map(|c| text[first..at].rfind(*c)).max().map(|i| first + i);
    let Some((before, rest)) = own().or_else(above).map(|i| text.as_bytes().split_at(i)) else {
        return "\n";
    };
    match (before, rest) {
        (_, [b'\r', b'\n', ..]) | ([.., b'\r'], [b'\n', ..]) => "\r\n",
        (_, [b'\r', ..]) => "\r",
        _ => "\n",
    }
}

/// Column of `at` in bytes, from 0. A byte order mark does not count.
pub(crate) fn column(text: &str, at: usize) -> usize {
    let line = start(text, at);
    text[line..at].trim_start_matches('\u{feff}').len()
}

/// Returns true if only spaces stand before `at` in its line.
pub(crate) fn is_first(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(' ').trim_end_matches('\u{feff}');
    before.is_empty() || before.ends_with(BREAKS)
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
    line.trim_matches([' ', '\t', '\n', '\r']).is_empty()
}

/// `text` with every line but its first moved by `by` columns. Blank lines stay as they are; where
/// there are fewer spaces to take away, all of them go.
pub(crate) fn shift_rest(text: &str, by: isize) -> String {
    let mut shifted = String::with_capacity(text.len());
    for (i, line) in split(text).enumerate() {
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
    split(text).for_each(|line| shift_line(line, by, &mut shifted));
    shifted
}

fn shift_line(line: &str, by: isize, shifted: &mut String) {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    if by > 0 && !is_blank(line) {
        *shifted += &" ".repeat(by.unsigned_abs());
    }
    let taken = if by < 0 { by.unsigned_abs().min(blanks) } else { 0 };
    *shifted += if is_blank(line) { line } else { &line[taken..] };
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
