//! The sorts.

use std::cmp::Ordering;

/// Sorts numbers of things; those that are equal stay in order.
pub fn sort_numbers(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    numbers.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
}

/// Sorts things; those that are equal stay in order.
///
/// ```
/// let mut words = ["three", "one", "two"];
/// deployline_map::sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["one", "two", "three"]);
/// ```
pub fn sort_by<T>(things: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<u32> = (0..things.len() as u32).collect();
    sort_numbers(&mut order, &|a, b| compare(&things[a as usize], &things[b as usize]));
    arrange(things, order);
}

/// Sorts things by a number that each has; those of one number stay in order. Faster than [`sort_by`].
///
/// ```
/// let mut words = ["three", "one", "two"];
/// deployline_map::sort_by_number(&mut words, |word| word.len() as u64);
/// assert_eq!(words, ["one", "two", "three"]);
/// ```
pub fn sort_by_number<T>(things: &mut [T], number: impl Fn(&T) -> u64) {
    let numbers = things.iter().map(number).zip(0..).collect();
    arrange(things, order(numbers));
}

/// The places of numbers in their order: digit by digit from the last one, each a byte, so that it takes
/// a few looks at all of them and no comparisons.
fn order(mut numbers: Vec<(u64, u32)>) -> Vec<u32> {
    let all = numbers.iter().fold(0, |all, (number, _)| all | number);
    let mut sorted = numbers.clone();
    for shift in (0..u64::BITS).step_by(8).take_while(|shift| all >> shift > 0) {
        let digit = |number: u64| usize::from((number >> shift) as u8);
        // Where the next number with a digit goes: behind all with a smaller one.
        let mut next = [0; 257];
        numbers.iter().for_each(|(number, _)| next[digit(*number) + 1] += 1);
        (1..next.len()).for_each(|digit| next[digit] += next[digit - 1]);
        for numbered in &numbers {
            let place = &mut next[digit(numbered.0)];
            sorted[*place] = *numbered;
            *place += 1;
        }
        std::mem::swap(&mut numbers, &mut sorted);
    }
    numbers.into_iter().map(|(_, place)| place).collect()
}

/// Brings things into an order of their numbers.
pub(crate) fn arrange<T>(things: &mut [T], order: Vec<u32>) {
    let mut places = vec![0; order.len()];
    for (place, from) in (0..).zip(order) {
        places[from as usize] = place;
    }
    for i in 0..places.len() {
        // Each swap brings one to its place.
        while places[i] as usize != i {
            let place = places[i] as usize;
            things.swap(i, place);
            places.swap(i, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_of_any_length_are_in_order(mut numbers: Vec<u64>, shift in 0_u32..64) {
            numbers.iter_mut().for_each(|number| *number >>= shift);
            let mut expected = numbers.clone();
            expected.sort_unstable();
            sort_by_number(&mut numbers, |number| *number);
            prop_assert_eq!(numbers, expected);
        }

        #[test]
        fn they_are_stable_sorts(mut things: Vec<(u8, u16)>) {
            let mut expected = things.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut by_number = things.clone();
            sort_by(&mut things, |a, b| a.0.cmp(&b.0));
            sort_by_number(&mut by_number, |thing| u64::from(thing.0));
            prop_assert_eq!(&things, &expected);
            prop_assert_eq!(by_number, expected);
        }
    }
}
