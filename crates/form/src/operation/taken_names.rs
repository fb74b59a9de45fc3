//! Identifiers and names that no stage has yet.

use deployline_map::Set;

use super::context::Context;

/// Identifiers and names of all stages, in lines that can't be read, too.
pub(super) struct TakenNames<'a> {
    taken: Set<&'a str>,
    unread: Vec<&'a str>,
}

impl<'a> TakenNames<'a> {
    pub(super) fn of(cx: &Context<'a>) -> Self {
        let taken = cx.form.stages().flat_map(|stage| [&stage.identifier, &stage.name]);
        let unread = cx.unread_lines().map(|(_, line)| line);
        Self {
            taken: taken.filter_map(|field| field.text.as_deref()).collect(),
            unread: unread.collect(),
        }
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
        if self.is_taken(like) { self.identifier(like) } else { like.to_owned() }
    }

    /// `like` itself, or with a number where it is taken.
    pub(super) fn name_or(&self, like: &str) -> String {
        if self.is_taken(like) { self.name(like) } else { like.to_owned() }
    }

    fn is_taken(&self, name: &str) -> bool {
        let is_named = |line: &&str| {
            ["identifier:", "name:", "id:"].into_iter().any(|key| names_value(line, key, name))
        };
        self.taken.contains(name) || self.unread.iter().any(is_named)
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
            if !self.is_taken(&name) {
                return name;
            }
            number += 1;
        }
    }
}

/// Returns true where a line that can't be read has a value behind a key and its colon.
pub(super) fn names_value(line: &str, key: &str, value: &str) -> bool {
    const QUOTES: [char; 2] = ['"', '\''];
    line.match_indices(value).any(|(at, _)| {
        let behind = line[at + value.len()..].trim_start_matches(QUOTES).trim_start();
        line[..at].trim_end_matches(QUOTES).trim_end().ends_with(key)
            && (behind.is_empty() || behind.starts_with([',', '}', ':', '#']))
    })
}

/// Returns true where a line that can't be read has a name among others behind a key.
pub(super) fn has_word(line: &str, key: &str, name: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
    let behind = line.split_once(key).map(|(_, behind)| behind);
    behind.is_some_and(|behind| behind.split(|c| !is_letter(c)).any(|word| word == name))
}
