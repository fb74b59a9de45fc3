//! Children of a loop by the identifiers that a run gives them: `build_2`, `build_0_1`.
//!
//! Follows `docs/semantics.md`, "Conditions that ask how something went".

use deployline_engine::{LoopValues, Looping, OnFailure};

/// A child of a stage that has ended.
pub(super) struct Child {
    pub(super) stage: u32,
    pub(super) index: ChildIndex,
}

/// Which of the children of a loop has a name.
#[derive(Clone, Copy)]
pub(super) enum ChildIndex {
    Known(u32),
    /// There are fewer children.
    None,
    /// A run may have other children, or names them otherwise, or ends some of them before they have an outcome.
    Unknown,
}

/// Names that a run gives the children of a loop: `_3` of the fourth; of a matrix, `_1_0` by the places on its axes.
pub(super) enum ChildNames {
    Numbered(u32),
    ByAxes {
        /// Number of values of each axis.
        counts: Vec<usize>,
        /// Positions of the children among all combinations, in ascending order.
        positions: Vec<u32>,
    },
    Unknown,
}

impl ChildNames {
    pub(super) fn of(looping: &Looping) -> Self {
        let is_open = looping.children.first().is_some_and(|child| child.is_placeholder);
        match &looping.values {
            // One that is cancelled has failed for the one, and not for the other.
            _ if is_open || looping.on_failure == OnFailure::FailFast => Self::Unknown,
            LoopValues::Matrix(axes) => Self::ByAxes {
                counts: axes.iter().map(|axis| axis.values.len()).collect(),
                positions: looping.children.iter().map(|child| child.position).collect(),
            },
            _ => Self::Numbered(index_u32(looping.children.len())),
        }
    }

    /// The child with a suffix; `None` for one that is no place.
    pub(super) fn index_of(&self, suffix: &str) -> Option<ChildIndex> {
        let digits: Vec<u32> = suffix.split('_').skip(1).map(number).collect::<Option<_>>()?;
        Some(match self {
            Self::Unknown => ChildIndex::Unknown,
            Self::Numbered(count) => match digits[..] {
                [index] if index < *count => ChildIndex::Known(index),
                _ => ChildIndex::None,
            },
            Self::ByAxes { counts, positions } if digits.len() == counts.len() => {
                let is_there = digits.iter().zip(counts).all(|(it, count)| (*it as usize) < *count);
                let position = digits.iter().zip(counts).fold(0_usize, |all, (digit, count)| {
                    all.saturating_mul(*count) + *digit as usize
                });
                let found = u32::try_from(position).ok().filter(|_| is_there);
                let found = found.and_then(|position| positions.binary_search(&position).ok());
                found.map_or(ChildIndex::None, |index| ChildIndex::Known(index_u32(index)))
            }
            Self::ByAxes { .. } => ChildIndex::None,
        })
    }
}

/// A number as the product writes it.
fn number(digits: &str) -> Option<u32> {
    let is_plain = digits == "0" || !digits.starts_with('0');
    let is_number = is_plain && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_is_found_by_its_places() {
        // Two by three, of which the last of the first is excluded.
        let of_axes = ChildNames::ByAxes { counts: vec![2, 3], positions: vec![0, 1, 3, 4, 5] };
        let numbered = ChildNames::Numbered(3);
        for (names, suffix, expected) in [
            (&numbered, "_0", "0"),
            (&numbered, "_2", "2"),
            (&numbered, "_3", "none"),
            (&numbered, "_02", "no place"),
            (&numbered, "_eu", "no place"),
            (&numbered, "_", "no place"),
            (&numbered, "_99999999999", "no place"),
            (&of_axes, "_0_1", "1"),
            (&of_axes, "_0_2", "none"),
            (&of_axes, "_1_0", "2"),
            (&of_axes, "_1_2", "4"),
            (&of_axes, "_1_3", "none"),
            (&of_axes, "_1", "none"),
            (&ChildNames::Unknown, "_0", "unknown"),
        ] {
            let found = match names.index_of(suffix) {
                Some(ChildIndex::Known(index)) => index.to_string(),
                Some(ChildIndex::None) => "none".to_owned(),
                Some(ChildIndex::Unknown) => "unknown".to_owned(),
                None => "no place".to_owned(),
            };
            assert_eq!(found, expected, "{suffix}");
        }
    }
}
