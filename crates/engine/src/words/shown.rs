//! The same words for where text is drawn: a name that is written from right to left, or that turns
//! the direction of writing, turns itself and nothing beside it.
//!
//! Formats that others read have the names as they are; see [`super::label`] and its like.

use std::borrow::Cow;

use super::labels::{label_with, labels_with, stage_name_with, target_label_with};
use super::reasons::why_with;
use crate::{Deploy, Plan, Schedule, Stage, StagePlan};

/// Begins a run of text that has a direction of its own, by its first letter.
pub const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends it.
pub const POP_ISOLATE: char = '\u{2069}';

/// A name apart from what stands beside it. Most need nothing for that, and are as they were.
///
/// ```
/// use deployline_engine::words::shown::isolated;
/// assert_eq!(isolated("cart"), "cart");
/// assert_eq!(isolated("עגלה"), "\u{2068}עגלה\u{2069}");
/// ```
pub fn isolated(name: &str) -> Cow<'_, str> {
    if !name.chars().any(turns) {
        return Cow::Borrowed(name);
    }
    let name = balanced(name);
    Cow::Owned(format!("{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"))
}

/// A name that leaves nothing open and closes nothing that is not its own, for where something else
/// sets it apart, such as `bdi`.
pub fn balanced(name: &str) -> Cow<'_, str> {
    if !name.chars().any(turns) {
        return Cow::Borrowed(name);
    }
    let (mut open, mut stray) = (0, 0);
    for c in name.chars() {
        match c {
            '\u{2066}'..=FIRST_STRONG_ISOLATE => open += 1,
            POP_ISOLATE if open > 0 => open -= 1,
            POP_ISOLATE => stray += 1,
            _ => {}
        }
    }
    let before = std::iter::repeat_n(FIRST_STRONG_ISOLATE, stray);
    // A new paragraph would end what is around it, too.
    let name = name.chars().map(|c| if ends_paragraph(c) { ' ' } else { c });
    Cow::Owned(before.chain(name).chain(std::iter::repeat_n(POP_ISOLATE, open)).collect())
}

/// Letters and digits of scripts from right to left, and what sets a direction.
fn turns(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn ends_paragraph(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2029}')
}

/// [`super::stage_name`], each name apart.
pub fn stage_name(plan: &Plan, stage_idx: usize) -> Cow<'_, str> {
    stage_name_with(plan, stage_idx, isolated)
}

/// [`super::labels`], each name apart.
pub fn labels(stage: &Stage, plan: &StagePlan, most: usize) -> Vec<String> {
    labels_with(stage, plan, most, isolated)
}

/// [`super::label`], each name apart.
pub fn label(stage: &Stage, plan: &StagePlan, index: usize) -> String {
    label_with(stage, plan, index, isolated)
}

/// [`super::target_label`], each name apart.
pub fn target_label(deploy: &Deploy, plan: &StagePlan, target: u32) -> String {
    target_label_with(deploy, plan, target, isolated)
}

/// [`super::why`], each name apart.
pub fn why(plan: &Plan, schedule: &Schedule, stage_idx: usize, index: usize) -> String {
    why_with(plan, schedule, (stage_idx, index), isolated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_holds_what_follows_is_outside_of_it() {
        let cases = [
            ("cart-2 注文 é 🚀", "cart-2 注文 é 🚀"),
            ("سلة", "\u{2068}سلة\u{2069}"),
            ("a\u{202e}b", "\u{2068}a\u{202e}b\u{2069}"),
            ("a\u{2067}b", "\u{2068}a\u{2067}b\u{2069}\u{2069}"),
            ("a\u{2067}b\u{2069}c", "\u{2068}a\u{2067}b\u{2069}c\u{2069}"),
            ("a\u{2069}\u{202e}b", "\u{2068}\u{2068}a\u{2069}\u{202e}b\u{2069}"),
            ("\u{2069}\u{2066}", "\u{2068}\u{2068}\u{2069}\u{2066}\u{2069}\u{2069}"),
            ("a\u{2029}\u{202e}b\n", "\u{2068}a \u{202e}b \u{2069}"),
        ];
        for (name, expected) in cases {
            assert_eq!(isolated(name), expected, "{name:?}");
        }
    }
}
