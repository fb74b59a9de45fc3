//! Excerpts from the middle of a pipeline: the first line was copied without its indent, or lines around
//! the excerpt were copied in part.

use deployline_yaml::lines;

/// Most levels of indent that are tried.
const MAX_LEVELS: usize = 8;

/// The text with its first line indented as the next one asks for:
///
/// ```text
/// name: Deploy      stage:         - name: Deploy    - stage:
/// type: Approval      name: a        type: Approval      name: a
/// ```
pub(super) fn with_first_line_moved(text: &str) -> Option<String> {
    let blank_len = text.len() - text.trim_start_matches(lines::BREAKS).len();
    let (blank, text) = text.split_at(blank_len);
    let content = text.trim_start_matches(' ');
    let mut lines = lines::split(content);
    let first = lines.next()?;
    let next = lines.find_map(indent)?;
    let behind_dash = if first.starts_with("- ") { 2 } else { 0 };
    let below = if first.trim_end().ends_with(':') { 2 } else { 0 };
    let column = next.checked_sub(behind_dash + below)?;
    Some(format!("{blank}{}{content}", " ".repeat(column)))
}

/// The parts of the text that belong together by their indent, the longest first. None where no line
/// is left of the first one: nothing was cut off there, and what is broken is to be mended, not left out.
pub(super) fn parts(text: &str) -> Vec<String> {
    let lines: Vec<&str> = lines::split(text).collect();
    let levels = levels(&lines);
    if lines.iter().find_map(|line| indent(line)) == levels.first().copied() {
        return Vec::new();
    }
    let runs = levels.into_iter().filter_map(|level| longest(&lines, level));
    let mut parts: Vec<String> = Vec::new();
    for part in runs.map(<[&str]>::concat) {
        let place = parts.iter().position(|longer| longer.len() < part.len());
        parts.insert(place.unwrap_or(parts.len()), part);
    }
    parts
}

/// The levels of indent, from the left.
fn levels(lines: &[&str]) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    for level in lines.iter().filter_map(|line| indent(line)) {
        if let Err(place) = levels.binary_search(&level) {
            levels.insert(place, level);
            levels.truncate(MAX_LEVELS);
        }
    }
    levels
}

/// The longest run of lines that starts at a level and never goes left of it.
fn longest<'a>(lines: &'a [&'a str], level: usize) -> Option<&'a [&'a str]> {
    let starts = |line: &&&str| indent(line) == Some(level);
    let runs = lines.split(|line| indent(line).is_some_and(|indent| indent < level));
    let begun = runs.filter_map(|run| {
        let start = run.iter().position(|line| starts(&line))?;
        Some(&run[start..])
    });
    begun.max_by_key(|run| run.len())
}

/// Spaces before the content of a line; `None` where it has none.
fn indent(line: &str) -> Option<usize> {
    let content = line.trim_start_matches(' ');
    let is_blank = content.trim().is_empty();
    (!is_blank).then(|| line.len() - content.len())
}
