//! Characters that only look right: spaces that YAML takes for letters, quotes of a word processor, and
//! tabs, with which YAML can't be indented.

use deployline_yaml::lines;

/// Blanks that word processors, chats and web pages put in the place of a plain one.
const SPACES: [char; 4] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}'];
/// Of no width: nobody sees them, and a key with one is another key.
const INVISIBLE: [char; 4] = ['\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}'];

/// The text with plain spaces where YAML looks for spaces: before a line's content, behind its dash
/// and its colon, and at its end. Inside of values they may be meant.
pub(super) fn with_plain_spaces(text: &str) -> Option<String> {
    // YAML allows a byte order mark at the start.
    let (mark, text) = text.split_at(text.len() - text.trim_start_matches('\u{feff}').len());
    if !text.contains(SPACES) && !text.contains(INVISIBLE) {
        return None;
    }
    let mended: String = lines::split(text).map(line_with_plain_spaces).collect();
    (mended != text).then(|| format!("{mark}{mended}"))
}

fn line_with_plain_spaces(line: &str) -> String {
    let is_space = |c: char| c == ' ' || SPACES.contains(&c) || INVISIBLE.contains(&c);
    let content = line.trim_start_matches(|c| is_space(c) || c == '-');
    let (indent, content) = line.split_at(line.len() - content.len());
    let (content, end) = content.split_at(content.trim_end_matches(lines::BREAKS).len());
    let content = content.trim_end_matches(|c| is_space(c) && c != ' ');
    let mut mended = plain(indent);
    match content.split_once(':') {
        Some((key, value)) => {
            let rest = value.trim_start_matches(is_space);
            mended += key;
            mended.push(':');
            mended += &plain(&value[..value.len() - rest.len()]);
            mended += rest;
        }
        None => mended += content,
    }
    mended + end
}

fn plain(spaces: &str) -> String {
    let visible = spaces.chars().filter(|c| !INVISIBLE.contains(c));
    visible.map(|c| if SPACES.contains(&c) { ' ' } else { c }).collect()
}

/// The text with straight quotes where a whole value stands in round ones.
pub(super) fn with_straight_quotes(text: &str) -> Option<String> {
    if !text.contains(['“', '”', '‘', '’']) {
        return None;
    }
    let mended: String = lines::split(text).map(line_with_straight_quotes).collect();
    (mended != text).then_some(mended)
}

fn line_with_straight_quotes(line: &str) -> String {
    let content = line.trim_end();
    let value_at = content.find(": ").map(|at| at + 2).or_else(|| {
        let item = content.trim_start().strip_prefix("- ")?;
        Some(content.len() - item.len())
    });
    let straight = value_at.and_then(|at| Some((at, straight(content[at..].trim_start())?)));
    match straight {
        Some((at, value)) => {
            let spaces = content[at..].len() - content[at..].trim_start().len();
            format!("{}{value}{}", &content[..at + spaces], &line[content.len()..])
        }
        None => line.to_owned(),
    }
}

/// The value with straight quotes, where it is all inside of round ones and holds none itself.
fn straight(value: &str) -> Option<String> {
    let inside = |open: [char; 2], close: char| {
        let inside = value.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains(open) && !inside.contains(['"', '\'', '\\'])).then_some(inside)
    };
    let double = inside(['“', '”'], '”').map(|inside| format!("\"{inside}\""));
    double.or_else(|| inside(['‘', '’'], '’').map(|inside| format!("'{inside}'")))
}

/// Candidates for the text with spaces for the tabs before its lines' content. Blanks first, then tabs,
/// may be inside a script, where they are allowed: such lines are changed only if it must be.
pub(super) fn without_tabs(text: &str) -> Vec<String> {
    if !text.contains('\t') {
        return Vec::new();
    }
    let ways = [false, true].into_iter().flat_map(|all| [2, 4, 8].map(|width| (all, width)));
    ways.map(|(all, width)| {
        lines::split(text).map(|line| line_without_tabs(line, width, all)).collect()
    })
    .collect()
}

fn line_without_tabs(line: &str, width: usize, all: bool) -> String {
    let content = line.trim_start_matches([' ', '\t']);
    let (indent, is_tabbed) = (&line[..line.len() - content.len()], line.starts_with('\t'));
    let indent =
        if is_tabbed || all { indent.replace('\t', &" ".repeat(width)) } else { indent.to_owned() };
    indent + content
}
