//! Numbers in sentences, and text in lower case.

/// `1 service`, `99,856 deployments`: how many of something.
pub fn count(n: usize, word: &str) -> String {
    format!("{} {word}{}", number(n), if n == 1 { "" } else { "s" })
}

/// Digits in groups of three.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}

/// `one at a time`, `all at once`, `2 at a time`.
pub fn limit(max_concurrency: u32, deployments: usize) -> String {
    match max_concurrency {
        _ if deployments <= 1 => "one deployment".to_owned(),
        1 => "one at a time".to_owned(),
        n if n as usize >= deployments => "all at once".to_owned(),
        n => format!("{n} at a time"),
    }
}

/// Returns the text in lower case, letter by letter: a sigma is the same wherever it stands in a word.
/// `str::to_lowercase` needs two more tables of Unicode for that sigma.
pub fn lower_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_plural_and_groups_of_digits() {
        for (n, expected) in [
            (0, "0 stages"),
            (1, "1 stage"),
            (999, "999 stages"),
            (1_000, "1,000 stages"),
            (1_234_567, "1,234,567 stages"),
        ] {
            assert_eq!(count(n, "stage"), expected);
        }
    }
}
