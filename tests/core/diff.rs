//! Two texts side by side, line by line, for people who read a failure.

/// The lines of both texts: `-` where only `expected` has it, `+` where only `actual` has it.
pub(crate) fn lines(expected: &str, actual: &str) -> String {
    let left: Vec<&str> = expected.lines().collect();
    let right: Vec<&str> = actual.lines().collect();
    let common = common_suffixes(&left, &right);
    let (mut i, mut j) = (0, 0);
    let mut out = String::new();
    while i < left.len() || j < right.len() {
        let (mark, line) = if i < left.len() && j < right.len() && left[i] == right[j] {
            (i, j) = (i + 1, j + 1);
            (' ', left[i - 1])
        } else if j == right.len() || (i < left.len() && common[i + 1][j] >= common[i][j + 1]) {
            i += 1;
            ('-', left[i - 1])
        } else {
            j += 1;
            ('+', right[j - 1])
        };
        out.push_str(&format!("    {mark} {line}\n"));
    }
    out
}

/// `[i][j]`: how many lines `left[i..]` and `right[j..]` have in common, in order.
fn common_suffixes(left: &[&str], right: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            common[i][j] = if left[i] == right[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    common
}

#[test]
fn names_what_is_missing_and_what_is_new() {
    let diff = lines("a\nb\nc", "a\nx\nc\nd");
    assert_eq!(diff, "      a\n    - b\n    + x\n      c\n    + d\n");
}
