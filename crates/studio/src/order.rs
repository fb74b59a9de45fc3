//! Sorting that is compiled once: each type that is sorted by itself costs the page some kilobytes.

use deployline_planner::Span;

/// The items by `key`; of the same key, as they were.
pub(crate) fn by_key<T>(items: Vec<T>, key: &dyn Fn(&T) -> u64) -> Vec<T> {
    let keys = items.iter().zip(0..).map(|(item, place)| (key(item), place)).collect();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order(keys).into_iter().filter_map(|place| items[place].take()).collect()
}

/// By where things stand in the text.
pub(crate) fn place(span: Span) -> u64 {
    u64::from(span.start) << 32 | u64::from(span.end)
}

fn order(mut keys: Vec<(u64, usize)>) -> Vec<usize> {
    keys.sort_unstable();
    keys.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_stays_as_it_was() {
        let words = vec!["ccc", "b", "aa", "d"];
        assert_eq!(by_key(words, &|word| word.len() as u64), ["b", "d", "aa", "ccc"]);
    }
}
