//! Recovery: the offending place of a broken text is replaced with as many spaces, so that the rest
//! can be read and every other place keeps its offset.

use std::ops::Range;

use crate::locate::{last_line_with_content, line_range};
use crate::problem::{Problem, Remedy};

/// Returns the text with spaces in the offending place; `None` where that would change nothing.
pub(crate) fn mask(text: &str, problem: &Problem) -> Option<String> {
    let line = line_range(text, problem.offset);
    match problem.remedy {
        Remedy::Nothing => None,
        Remedy::TabsAsBlanks => blanked(text, line.clone(), |byte| byte == b'\t')
            .or_else(|| blanked(text, line, |_| true)),
        Remedy::RestOfLine => blanked(text, problem.offset..line.end, |_| true),
        Remedy::Line => blanked(text, line.clone(), |_| true)
            .or_else(|| blanked(text, last_line_with_content(text, line.start)?, |_| true)),
    }
}

/// Replaces the bytes of `range` that `which` picks with spaces; `None` where all of them are spaces.
fn blanked(text: &str, range: Range<usize>, which: impl Fn(u8) -> bool) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut changed = false;
    for byte in bytes.get_mut(range)? {
        // A byte of a longer character is part of the picked text: whole lines go at once.
        if which(*byte) && *byte != b' ' {
            *byte = b' ';
            changed = true;
        }
    }
    changed.then(|| String::from_utf8(bytes).ok()).flatten()
}
