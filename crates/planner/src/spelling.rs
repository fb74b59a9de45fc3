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
    let shape = Shape::of(&name);
    let known = known.filter(|word| word.len() <= MAX_WORD_BYTES && shape.is_near(word));
    let compared =
        known.map(|word| (strsim::osa_distance(&name, &word.to_ascii_lowercase()), word));
    let (distance, nearest) = compared.min_by_key(|(distance, _)| *distance)?;
    // A short word is like many others.
    let allowed = if nearest.len() < 6 { 1 } else { MAX_DISTANCE };
    (distance <= allowed).then_some(nearest)
}

/// Length and letters of a word. They tell most words apart without a comparison, which takes a hundred
/// times as long.
#[derive(Clone, Copy)]
struct Shape {
    length: usize,
    /// A bit for each letter that it has, capital or not.
    letters: u128,
}

impl Shape {
    fn of(word: &str) -> Self {
        let letters =
            word.chars().map(|letter| 1 << (u32::from(letter.to_ascii_lowercase()) % 128));
        let with = |(length, all), letter: u128| (length + 1, all | letter);
        let (length, letters) = letters.fold((0, 0), with);
        Self { length, letters }
    }

    /// False where more letters are wrong than may be: each wrong one takes one away and adds one.
    fn is_near(self, word: &str) -> bool {
        if self.length.abs_diff(word.chars().count()) > MAX_DISTANCE {
            return false;
        }
        let other = Self::of(word);
        let lacks = |a: Self, b: Self| (a.letters & !b.letters).count_ones() as usize;
        lacks(self, other) <= MAX_DISTANCE && lacks(other, self) <= MAX_DISTANCE
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, closest_word};

    #[test]
    fn words_that_are_near_have_near_shapes() {
        for (a, b, is_near) in [
            ("service", "services", true),
            ("service", "Sevrice", true),
            ("service", "s\u{e9}rvi\u{e7}e", true),
            ("service", "k000001", false),
            ("service", "serviceRef", false),
        ] {
            assert_eq!(Shape::of(a).is_near(b), is_near, "{a} {b}");
        }
    }

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
