//! A diff by lines. The changes are known, so nothing has to be searched for: only
//! within a change, lines that stay are found.

use std::ops::Range;

use deployline_yaml::TextEdit;
use deployline_yaml::lines::{BREAKS, next, split, start as line_start};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

/// A line of the source, of the resolved text, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of which text it is.
    pub kind: LineKind,
    /// The line, without its line break.
    pub text: String,
    /// Its number in the source, from 1.
    pub old: Option<u32>,
    /// Its number in the resolved text, from 1.
    pub new: Option<u32>,
}

/// Of which text a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// It stays.
    Same,
    /// Only the source has it.
    Removed,
    /// Only the resolved text has it.
    Added,
}

/// A line, or several that stay and are not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line, by its index.
    Line(usize),
    /// Lines, by their indexes.
    Folded(Range<usize>),
}

/// Lines beyond which a change is shown as it is, all that goes and then all that comes: comparing takes the
/// product of lines and differences.
const MAX_COMPARED: usize = 1_000;

/// All lines of a source and of the text after `edits`, which are in order and don't overlap.
pub fn lines(source: &str, edits: &[TextEdit]) -> Vec<Line> {
    let mut out = Out::default();
    let mut at = 0;
    let mut edits = edits.iter().peekable();
    while let Some(first) = edits.next() {
        let start = line_start(source, first.span.range().start).max(at);
        let mut end = line_end(source, first.span.range().end);
        let mut changed = source[start..first.span.range().start].to_owned() + &first.insert;
        let mut copied = first.span.range().end;
        // All changes on these lines are one.
        let is_open = |end: usize| end == source.len() && !source.ends_with(BREAKS);
        while let Some(next) = edits.next_if(|next| next.span.range().start < end || is_open(end)) {
            changed += &source[copied..next.span.range().start];
            changed += &next.insert;
            copied = next.span.range().end;
            // Looking for it again behind each of many changes on a long line would take the square.
            if copied >= end {
                end = line_end(source, copied);
            }
        }
        changed += &source[copied..end];
        out.same(&source[at..start]);
        out.changed(&source[start..end], &changed);
        at = end;
    }
    out.same(&source[at..]);
    out.lines
}

/// The rows of a view that shows `context` lines around each change.
pub fn folded(lines: &[Line], context: usize) -> Vec<Row> {
    let changes: Vec<usize> =
        (0..lines.len()).filter(|index| lines[*index].kind != LineKind::Same).collect();
    let mut rows = Vec::new();
    let mut next = 0;
    let fold = |rows: &mut Vec<Row>, range: Range<usize>| match range.len() {
        // One line takes no more room than what would say that it is folded.
        0 | 1 => rows.extend(range.map(Row::Line)),
        _ => rows.push(Row::Folded(range)),
    };
    for change in changes {
        let start = change.saturating_sub(context).max(next);
        fold(&mut rows, next..start);
        let end = (change + context + 1).min(lines.len());
        rows.extend((start..end.max(start)).map(Row::Line));
        next = end.max(start);
    }
    fold(&mut rows, next..lines.len());
    rows
}

/// Behind the line break of the line at `at`. What ends with a line break ends there.
fn line_end(text: &str, at: usize) -> usize {
    if at > 0 && text[..at].ends_with(BREAKS) && at == text.len() {
        return at;
    }
    next(text, at)
}

fn without_breaks(text: &str) -> impl Iterator<Item = &str> {
    split(text).map(|line| line.trim_end_matches(BREAKS))
}

#[derive(Default)]
struct Out {
    lines: Vec<Line>,
    old: u32,
    new: u32,
}

impl Out {
    fn same(&mut self, text: &str) {
        for line in without_breaks(text) {
            self.push(LineKind::Same, line);
        }
    }

    fn push(&mut self, kind: LineKind, line: &str) {
        let (is_old, is_new) = (kind != LineKind::Added, kind != LineKind::Removed);
        self.old += u32::from(is_old);
        self.new += u32::from(is_new);
        let (old, new) = (is_old.then_some(self.old), is_new.then_some(self.new));
        self.lines.push(Line { kind, text: line.to_owned(), old, new });
    }

    fn changed(&mut self, before: &str, after: &str) {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (without_breaks(before).collect(), without_breaks(after).collect());
        let ops = match old.len().max(new.len()) {
            0..=MAX_COMPARED => capture_diff_slices(Algorithm::Myers, &old, &new),
            _ => vec![DiffOp::Replace {
                old_index: 0,
                old_len: old.len(),
                new_index: 0,
                new_len: new.len(),
            }],
        };
        for (tag, old_range, new_range) in ops.iter().map(DiffOp::as_tag_tuple) {
            if tag == DiffTag::Equal {
                old[old_range].iter().for_each(|line| self.push(LineKind::Same, line));
            } else {
                old[old_range].iter().for_each(|line| self.push(LineKind::Removed, line));
                new[new_range].iter().for_each(|line| self.push(LineKind::Added, line));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use deployline_span::{SourceId, Span};

    use super::*;

    fn edit(text: &str, old: &str, new: &str) -> TextEdit {
        let at = text.find(old).expect("it is there");
        TextEdit { span: Span::new(SourceId(0), at, at + old.len()), insert: new.to_owned() }
    }

    fn shown(lines: &[Line]) -> String {
        let mark = |kind| match kind {
            LineKind::Same => ' ',
            LineKind::Removed => '-',
            LineKind::Added => '+',
        };
        lines.iter().map(|line| format!("{}{}\n", mark(line.kind), line.text)).collect()
    }

    #[test]
    fn lines_of_a_change_stay_where_they_can() {
        let text = "a: 1\nb:\n  x: 1\n  y: 2\nc: 3\n";
        for (edits, expected) in [
            (vec![edit(text, "1\nb", "1\nb")], " a: 1\n b:\n   x: 1\n   y: 2\n c: 3\n"),
            (vec![edit(text, "  x: 1\n", "")], " a: 1\n b:\n-  x: 1\n   y: 2\n c: 3\n"),
            (
                vec![edit(text, "x: 1\n  y: 2", "w: 0\n  x: 1\n  z: 2")],
                " a: 1\n b:\n+  w: 0\n   x: 1\n-  y: 2\n+  z: 2\n c: 3\n",
            ),
            (
                vec![edit(text, "a", "d"), edit(text, "1", "2"), edit(text, "3", "4")],
                "-a: 1\n+d: 2\n b:\n   x: 1\n   y: 2\n-c: 3\n+c: 4\n",
            ),
            (vec![edit(text, "c: 3\n", "")], " a: 1\n b:\n   x: 1\n   y: 2\n-c: 3\n"),
        ] {
            let lines = lines(text, &edits);
            assert_eq!(shown(&lines), expected);
            let of = |number: fn(&Line) -> Option<u32>| -> Vec<u32> {
                lines.iter().filter_map(number).collect()
            };
            assert!(of(|line| line.old).into_iter().eq(1..=5));
            let after = TextEdit::apply_all(&edits, text);
            let count = u32::try_from(after.lines().count()).unwrap();
            assert!(of(|line| line.new).into_iter().eq(1..=count));
        }
    }

    #[test]
    fn what_stays_is_folded() {
        let text: String = (0..20).map(|number| format!("n{number}: 0\n")).collect();
        let lines = lines(&text, &[edit(&text, "n10: 0", "n10: 1")]);
        let rows = folded(&lines, 2);
        let expected = [
            Row::Folded(0..8),
            Row::Line(8),
            Row::Line(9),
            Row::Line(10),
            Row::Line(11),
            Row::Line(12),
            Row::Line(13),
            Row::Folded(14..21),
        ];
        assert_eq!(rows, expected);
        assert_eq!(folded(&lines[..8], 2), [Row::Folded(0..8)]);
    }
}
