//! Two texts side by side, line by line, for people who read a failure.

use similar::{ChangeTag, TextDiff};

/// The lines of both texts: `-` where only `expected` has it, `+` where only `actual` has it.
pub(crate) fn lines(expected: &str, actual: &str) -> String {
    let (expected, actual): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), actual.lines().collect());
    let diff = TextDiff::from_slices(&expected, &actual);
    let lines = diff.iter_all_changes().map(|change| {
        let mark = match change.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        format!("    {mark} {}\n", change.value())
    });
    lines.collect()
}

#[test]
fn names_what_is_missing_and_what_is_new() {
    let diff = lines("a\nb\nc", "a\nx\nc\nd");
    assert_eq!(diff, "      a\n    - b\n    + x\n      c\n    + d\n");
}
