//! Length of names. A name of the text stands in a plan once for each deployment, so a plan holds long ones
//! as far as they can be told apart.

/// The most characters of a name that a plan holds. The product takes 128 at most.
pub const NAME_BUDGET: usize = 256;

/// Characters of the start of a name that is cut.
const START: usize = 200;
/// Characters of its end.
const END: usize = NAME_BUDGET - START - 1;
/// Stands for what is left out.
const MARK: char = '…';

/// Returns a name; the start and the end of one that is longer than [`NAME_BUDGET`].
///
/// ```
/// use deployline_engine::{NAME_BUDGET, bounded_name, is_cut_name};
/// assert_eq!(bounded_name("cart"), "cart");
/// let cut = bounded_name(&"é".repeat(1_000));
/// assert_eq!(cut.chars().count(), NAME_BUDGET);
/// assert!(is_cut_name(&cut));
/// ```
pub fn bounded_name(name: &str) -> String {
    if name.len() <= NAME_BUDGET || name.char_indices().nth(NAME_BUDGET).is_none() {
        return name.to_owned();
    }
    let start = name.char_indices().nth(START).map_or(name.len(), |(at, _)| at);
    let end = name.char_indices().nth_back(END - 1).map_or(0, |(at, _)| at);
    format!("{}{MARK}{}", &name[..start], &name[end..])
}

/// Returns `true` for a name as [`bounded_name`] cuts it.
pub fn is_cut_name(name: &str) -> bool {
    name.len() > NAME_BUDGET
        && name.chars().nth(START) == Some(MARK)
        && name.chars().count() == NAME_BUDGET
}
