//! Suggestions for misspelt words.

/// The longest word that is compared, in bytes: comparing takes the product of both lengths.
const MAX_WORD_BYTES: usize = 128;

/// The most letters that may be wrong.
const MAX_DISTANCE: usize = 2;

/// Returns the known word that is spelt most like `name`, if any is close.
pub(crate) fn closest_word<'k>(
    name: &str,
    known: &mut dyn Iterator<Item = &'k str>,
) -> Option<&'k str> {
    if name.len() > MAX_WORD_BYTES {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let length = name.chars().count();
    // Words of other lengths are further away than any that is taken.
    let known = known.filter(|word| {
        word.len() <= MAX_WORD_BYTES && word.chars().count().abs_diff(length) <= MAX_DISTANCE
    });
    let compared =
        known.map(|word| (strsim::osa_distance(&name, &word.to_ascii_lowercase()), word));
    let (distance, nearest) = compared.min_by_key(|(distance, _)| *distance)?;
    // A short word is like many others.
    let allowed = if nearest.len() < 6 { 1 } else { MAX_DISTANCE };
    (distance <= allowed).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::closest_word;

    #[test]
    fn takes_the_nearest_of_those_that_are_near() {
        for (name, expected) in [
            ("ServiceRefs", Some("serviceRef")),
            ("Al", Some("All")),
            ("flase", Some("false")),
            ("yes", None),
            ("somethingElse", None),
            ("", None),
        ] {
            let mut known =
                ["serviceRef", "services", "All", "Failure", "true", "false"].into_iter();
            assert_eq!(closest_word(name, &mut known), expected, "{name}");
        }
    }
}
