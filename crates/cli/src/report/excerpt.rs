//! The lines around the places of a diagnostic, cut to what can be read.
//!
//! ```text
//! 7 | …}}, {stage: {identifier: b, type: Aproval}}, {stage: {identi…
//!   |                                      ^^^^^^^
//! ```

use std::ops::Range;

use deployline_export::printable;
use deployline_yaml::{LineColumn, LineIndex};

/// The most characters of a line that are shown.
const WIDTH: usize = 120;
/// Characters in front of a place in a line that is cut.
const BEFORE: usize = 40;
/// Lines between two places of one excerpt at most; the renderer leaves most of them out.
const MAX_LINES_BETWEEN: usize = 200;
/// Lines at a place that the renderer may show with it.
const LINES_BESIDE: usize = 3;

/// A text with its lines.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) index: &'a LineIndex,
}

impl Lines<'_> {
    fn line_of(self, offset: usize) -> usize {
        self.index.line_column(self.text, offset).line
    }
}

/// A place that a diagnostic is about, within a line.
pub(super) struct Place {
    pub(super) bytes: Range<usize>,
    pub(super) label: Option<String>,
}

/// Some lines, without control characters.
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) first_line: usize,
    /// The place that the excerpt is shown for.
    pub(super) at: LineColumn,
    pub(super) marks: Vec<Mark>,
}

/// A place in the text of an excerpt.
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) label: Option<String>,
    pub(super) is_primary: bool,
}

/// A line to show with what is marked in it.
struct Row {
    line: usize,
    /// The bytes that are shown.
    window: Range<usize>,
    places: Vec<(Place, bool)>,
}

/// Returns the excerpt with the primary place, and then those for places too far away from it.
pub(super) fn excerpts(primary: Place, others: Vec<Place>, lines: Lines<'_>) -> Vec<Excerpt> {
    let mut rows: Vec<Row> = Vec::new();
    let all =
        std::iter::once((primary, true)).chain(others.into_iter().map(|place| (place, false)));
    for (place, is_primary) in all {
        let line = lines.line_of(place.bytes.start);
        let row =
            rows.iter_mut().find(|row| row.line == line && contains(&row.window, &place.bytes));
        match row {
            Some(row) => row.places.push((place, is_primary)),
            None => {
                let window = window(lines, line, &place.bytes);
                rows.push(Row { line, window, places: vec![(place, is_primary)] });
            }
        }
    }
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        let is_near = |group: &&mut Vec<Row>| {
            group.iter().all(|other| other.line != row.line)
                && group.iter().all(|other| other.line.abs_diff(row.line) <= MAX_LINES_BETWEEN)
        };
        match groups.iter_mut().find(is_near) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups.into_iter().map(|rows| excerpt(rows, lines)).collect()
}

fn contains(window: &Range<usize>, bytes: &Range<usize>) -> bool {
    window.start <= bytes.start && bytes.end <= window.end
}

/// The part of a line that is shown for a place.
fn window(lines: Lines<'_>, line: usize, place: &Range<usize>) -> Range<usize> {
    let text = lines.text;
    let whole = lines.index.line(text, line);
    let whole = whole.start..whole.end.max(place.start);
    if text[whole.clone()].char_indices().nth(WIDTH).is_none() {
        return whole;
    }
    let before = text[whole.start..place.start].char_indices().rev().nth(BEFORE - 1);
    let start = before.map_or(whole.start, |(at, _)| whole.start + at);
    let end = text[start..whole.end].char_indices().nth(WIDTH);
    start..end.map_or(whole.end, |(at, _)| start + at)
}

fn excerpt(mut rows: Vec<Row>, lines: Lines<'_>) -> Excerpt {
    let first = &rows[0].places[0].0;
    let at = lines.index.line_column(lines.text, first.bytes.start);
    rows.sort_by_key(|row| row.line);
    let first_line = rows[0].line;
    let mut excerpt = Excerpt { text: String::new(), first_line, at, marks: Vec::new() };
    let mut next_line = first_line;
    let mut last_line = first_line;
    for row in rows {
        for line in next_line..row.line {
            if line - last_line <= LINES_BESIDE || row.line - line <= LINES_BESIDE {
                let start = lines.index.line(lines.text, line).start;
                excerpt.push_row(lines, line, &window(lines, line, &(start..start)), Vec::new());
            } else {
                excerpt.text.push('\n');
            }
        }
        excerpt.push_row(lines, row.line, &row.window, row.places);
        next_line = row.line + 1;
        last_line = row.line;
    }
    excerpt.text.pop();
    excerpt
}

impl Excerpt {
    /// Adds a line and its line break.
    fn push_row(
        &mut self,
        lines: Lines<'_>,
        line: usize,
        window: &Range<usize>,
        places: Vec<(Place, bool)>,
    ) {
        let whole = lines.index.line(lines.text, line);
        if whole.start < window.start {
            self.text.push('…');
        }
        // Characters may become longer or shorter: the places go with them.
        let mut positions = Vec::new();
        for (at, c) in lines.text[window.clone()].char_indices() {
            positions.push((window.start + at, self.text.len()));
            match c {
                '\t' => self.text.push(c),
                c => self.text.push_str(&printable(c.encode_utf8(&mut [0; 4]))),
            }
        }
        positions.push((window.end, self.text.len()));
        if window.end < whole.end {
            self.text.push('…');
        }
        let position = |offset: usize| {
            let idx = positions.partition_point(|(at, _)| *at < offset);
            positions.get(idx).or(positions.last()).map_or(0, |(_, position)| *position)
        };
        self.marks.extend(places.into_iter().map(|(place, is_primary)| Mark {
            range: position(place.bytes.start)..position(place.bytes.end),
            label: place.label,
            is_primary,
        }));
        self.text.push('\n');
    }
}
