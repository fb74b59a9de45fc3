//! The known word that a misspelt one is most like.

use crate::lower_case;

/// Comparing takes the product of both lengths.
const LONGEST: usize = 128;

/// As many slips, and no word is taken for another.
const TOO_MANY: usize = 3;

/// The known word that is spelt most like `name`, if any is close.
pub(crate) fn meant<'k>(name: &str, known: &mut dyn Iterator<Item = &'k str>) -> Option<&'k str> {
    if name.len() > LONGEST {
        return None;
    }
    let letters = |word: &str| -> Vec<char> { lower_case(word).chars().collect() };
    let name = letters(name);
    let known = known.filter(|word| word.len() <= LONGEST);
    let compared = known.map(|word| (slips(&name, &letters(word)), word));
    let (far, nearest) = compared.min_by_key(|(far, _)| *far)?;
    // A short word is like many others.
    let allowed = if nearest.len() < 6 { 1 } else { TOO_MANY - 1 };
    (far <= allowed).then_some(nearest)
}

/// How many letters are too much, missing, wrong, or in each other's place: the distance of Damerau
/// and Levenshtein, where it is below [`TOO_MANY`].
fn slips(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    // Of the first `i` letters of one and the first `j` of the other.
    let mut found = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let before = |in_a: usize, in_b: usize| found[(i - in_a) * width + j - in_b];
            let mut least = i + j;
            if i > 0 && j > 0 {
                let wrong = usize::from(a[i - 1] != b[j - 1]);
                least = (before(1, 1) + wrong).min(before(1, 0) + 1).min(before(0, 1) + 1);
            }
            // Two letters in each other's place; between them, one may be too much or missing.
            for (in_a, in_b) in [(2, 2), (3, 2), (2, 3)] {
                if i >= in_a && j >= in_b && a[i - in_a] == b[j - 1] && a[i - 1] == b[j - in_b] {
                    least = least.min(before(in_a, in_b) + in_a + in_b - 3);
                }
            }
            found[i * width + j] = least;
        }
    }
    found[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::{TOO_MANY, meant, slips};

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

    #[test]
    fn counts_slips_as_another_implementation_does() {
        let mut words = vec![String::new()];
        for begin in 0..121 {
            for letter in ["a", "b", "c"] {
                words.push(words[begin].clone() + letter);
            }
        }
        for a in &words {
            for b in &words {
                let letters = |word: &str| -> Vec<char> { word.chars().collect() };
                let expected = strsim::damerau_levenshtein(a, b).min(TOO_MANY);
                assert_eq!(slips(&letters(a), &letters(b)).min(TOO_MANY), expected, "{a} {b}");
            }
        }
    }
}
