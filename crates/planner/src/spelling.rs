//! Which known word a misspelt one is like.

use strsim::damerau_levenshtein;

use crate::lower_case;

/// Comparing takes the product of both lengths.
const LONGEST: usize = 128;

/// The known word that is spelt most like `name`, if any is close.
pub(crate) fn meant<'k>(name: &str, known: &mut dyn Iterator<Item = &'k str>) -> Option<&'k str> {
    if name.len() > LONGEST {
        return None;
    }
    let lower = lower_case(name);
    let distance = |word: &str| damerau_levenshtein(&lower, &lower_case(word));
    let known = known.filter(|word| word.len() <= LONGEST);
    let (far, nearest) = known.map(|word| (distance(word), word)).min_by_key(|(far, _)| *far)?;
    // A short word is like many others.
    let allowed = if nearest.len() < 6 { 1 } else { 2 };
    (far <= allowed).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::meant;

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
            assert_eq!(meant(name, &mut known), expected, "{name}");
        }
    }
}
