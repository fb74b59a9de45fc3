//! Sorting by numbers.

use deployline_span::Span;

/// The items by `key`; of the same key, as they were.
pub(crate) fn by_key<T>(mut items: Vec<T>, key: &dyn Fn(&T) -> u64) -> Vec<T> {
    deployline_map::sort_by_number(&mut items, key);
    items
}

/// Sort key by place in the text: by start, then by end.
pub(crate) fn span_key(span: Span) -> u64 {
    u64::from(span.start) << 32 | u64::from(span.end)
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
