//! Out of Markdown: fenced code and quoted lines, with whatever is written around them.

use deployline_yaml::{lines, parse};

use super::gather::join;
use super::readability::DocumentKind;

/// Candidates for the text without its fences: what stands inside of them, or, where the beginning was
/// not taken along, what stands before the first.
pub(super) fn out_of_fences(text: &str) -> Vec<String> {
    let (before, blocks) = split(text);
    if blocks.is_empty() && before.len() == text.len() {
        return Vec::new();
    }
    // Of two versions of one pipeline, the first; what belongs to it may be in fences of its own.
    let mut has_pipeline = false;
    let mut used = Vec::new();
    for block in blocks {
        match kind(&block) {
            DocumentKind::Other => {}
            DocumentKind::Pipeline if has_pipeline => {}
            of => {
                has_pipeline |= of == DocumentKind::Pipeline;
                used.push(block);
            }
        }
    }
    let used: Vec<&str> = used.iter().map(String::as_str).collect();
    [join(&used), before].into_iter().filter(|text| !text.trim().is_empty()).collect()
}

fn kind(text: &str) -> DocumentKind {
    let parsed = parse(text);
    let known = parsed.documents.iter().map(DocumentKind::of);
    known.into_iter().find(|kind| *kind != DocumentKind::Other).unwrap_or(DocumentKind::Other)
}

/// The text before the first fence, and what each fence holds.
fn split(text: &str) -> (String, Vec<String>) {
    let mut before = String::new();
    let mut blocks: Vec<String> = Vec::new();
    let mut open: Option<Fence> = None;
    for line in lines::split(text) {
        match (&open, Fence::read(line)) {
            (None, Some(fence)) => {
                blocks.push(String::new());
                open = Some(fence);
            }
            (Some(fence), Some(other)) if fence.is_closed_by(&other) => open = None,
            (Some(fence), _) => {
                if let Some(block) = blocks.last_mut() {
                    *block += without_indent(line, fence.indent);
                }
            }
            (None, None) if blocks.is_empty() => before += line,
            (None, None) => {}
        }
    }
    (before, blocks)
}

/// A line of backticks or tildes.
pub(super) struct Fence {
    mark: char,
    length: usize,
    /// Of the fence itself: as much is taken off the lines inside.
    indent: usize,
    has_more: bool,
}

impl Fence {
    pub(super) fn read(line: &str) -> Option<Self> {
        let content = line.trim_start_matches(' ');
        let mark = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let rest = content.trim_start_matches(mark);
        let length = content.len() - rest.len();
        let is_fence = length >= 3 && !(mark == '`' && rest.contains('`'));
        let indent = line.len() - content.len();
        is_fence.then(|| Self { mark, length, indent, has_more: !rest.trim().is_empty() })
    }

    pub(super) fn is_closed_by(&self, other: &Self) -> bool {
        other.mark == self.mark && other.length >= self.length && !other.has_more
    }
}

fn without_indent(line: &str, most: usize) -> &str {
    let spaces = line.bytes().take(most).take_while(|byte| *byte == b' ').count();
    &line[spaces..]
}

/// The quoted lines without their marks; `None` where no line is quoted.
pub(super) fn out_of_quote(text: &str) -> Option<String> {
    let quoted = lines::split(text).filter_map(|line| {
        let rest = line.trim_start_matches(' ').strip_prefix('>')?;
        Some(rest.strip_prefix(' ').unwrap_or(rest))
    });
    let unquoted: String = quoted.collect();
    (!unquoted.trim().is_empty()).then_some(unquoted)
}
