//! Identifiers and names that no stage has yet.

use deployline_map::Set;

use crate::Form;

/// Identifiers and names of all stages.
pub(super) struct TakenNames<'a> {
    taken: Set<&'a str>,
}

impl<'a> TakenNames<'a> {
    pub(super) fn of(form: &'a Form) -> Self {
        let taken = form.stages().flat_map(|stage| [&stage.identifier, &stage.name]);
        Self { taken: taken.filter_map(|field| field.text.as_deref()).collect() }
    }

    /// `build_2` for `build` or `build_1`.
    pub(super) fn identifier(&self, like: &str) -> String {
        self.next(like, "_")
    }

    /// `Build 2` for `Build` or `Build 1`.
    pub(super) fn name(&self, like: &str) -> String {
        self.next(like, " ")
    }

    /// `like` itself, or with a number where it is taken.
    pub(super) fn identifier_or(&self, like: &str) -> String {
        if self.taken.contains(like) { self.identifier(like) } else { like.to_owned() }
    }

    /// `like` itself, or with a number where it is taken.
    pub(super) fn name_or(&self, like: &str) -> String {
        if self.taken.contains(like) { self.name(like) } else { like.to_owned() }
    }

    fn next(&self, like: &str, between: &str) -> String {
        let stem = like.trim_end_matches(|c: char| c.is_ascii_digit());
        let (stem, number) = match stem.strip_suffix(between).filter(|it| !it.is_empty()) {
            Some(inner) => (inner, like[stem.len()..].parse::<u64>().unwrap_or(1)),
            None => (like, 1),
        };
        let mut number = number.clamp(1, u64::from(u32::MAX)) + 1;
        loop {
            let name = format!("{stem}{between}{number}");
            if !self.taken.contains(name.as_str()) {
                return name;
            }
            number += 1;
        }
    }
}
