//! Positions of entries in the strip, and words for them.

use deployline_form::operation::StagePosition;
use deployline_form::{Address, Entry, Form, GroupForm, StageForm};

/// A step of an entry within the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Before the entry on its left; out of its parallel group to the left.
    Left,
    /// Behind the entry on its right; out of its parallel group to the right.
    Right,
    /// Up in its parallel group.
    Up,
    /// Down in its parallel group.
    Down,
    /// In parallel with what is on its left.
    JoinLeft,
    /// In parallel with what is on its right.
    JoinRight,
}

/// Position that a step leads to; `None` where there is none.
pub(super) fn after(form: &Form, at: &Address, step: Step) -> Option<StagePosition> {
    let (&index, group) = at.0.split_last()?;
    let count = siblings(form, group)?.len();
    let beside = |index: usize| Address([group, &[index]].concat());
    if is_stacked(form, group) {
        // Sideways, a member is where its group is.
        let outer = Address(group.to_vec());
        return match step {
            Step::Up => index.checked_sub(1).map(|index| StagePosition::Before(beside(index))),
            Step::Down => (index + 1 < count).then(|| StagePosition::Before(beside(index + 2))),
            Step::Left => Some(StagePosition::Before(outer)),
            Step::Right => Some(StagePosition::Before(next(&outer, 1)?)),
            Step::JoinLeft | Step::JoinRight => after(form, &outer, step),
        };
    }
    match step {
        Step::Left => index.checked_sub(1).map(|index| StagePosition::Before(beside(index))),
        Step::Right => (index + 1 < count).then(|| StagePosition::Before(beside(index + 2))),
        Step::Up | Step::Down => None,
        Step::JoinLeft => index.checked_sub(1).map(|index| StagePosition::Beside(beside(index))),
        Step::JoinRight => (index + 1 < count).then(|| StagePosition::Beside(beside(index + 1))),
    }
}

/// Right behind an entry.
pub(super) fn behind(at: &Address) -> StagePosition {
    StagePosition::Before(next(at, 1).unwrap_or_default())
}

/// The stage or group that an entry can be put in parallel with to stand beside `at`.
pub(super) fn parallel_to(form: &Form, at: &Address) -> Address {
    match at.0.split_last() {
        Some((_, group)) if is_stacked(form, group) => Address(group.to_vec()),
        _ => at.clone(),
    }
}

/// Checks whether the members of the group at `group` are drawn one below the other.
pub(super) fn is_stacked(form: &Form, group: &[usize]) -> bool {
    let entry = form.entry(&Address(group.to_vec()));
    matches!(entry, Some(Entry::Group(GroupForm { is_parallel: true, .. })))
}

fn siblings<'a>(form: &'a Form, group: &[usize]) -> Option<&'a [Entry]> {
    if group.is_empty() {
        return Some(&form.entries);
    }
    match form.entry(&Address(group.to_vec()))? {
        Entry::Group(group) => Some(&group.members),
        Entry::Stage(_) => None,
    }
}

fn next(at: &Address, by: usize) -> Option<Address> {
    let (index, group) = at.0.split_last()?;
    Some(Address([group, &[index + by]].concat()))
}

/// Words for a position: `before Build`, `after Build`, `in parallel with Build`.
pub(super) fn words(form: &Form, place: &StagePosition) -> String {
    match place {
        StagePosition::Beside(at) => format!("in parallel with {}", entry_name(form, at)),
        StagePosition::Before(at) => match (form.entry(at), at.0.split_last()) {
            (Some(_), _) => format!("before {}", entry_name(form, at)),
            (None, Some((&index, group))) if index > 0 => {
                let last = Address([group, &[index - 1]].concat());
                format!("after {}", entry_name(form, &last))
            }
            _ => "as the first".to_owned(),
        },
    }
}

/// Name of an entry.
pub(super) fn entry_name(form: &Form, at: &Address) -> String {
    form.entry(at).map_or_else(String::new, |entry| match entry {
        Entry::Stage(stage) => stage_name(stage).to_owned(),
        Entry::Group(group) => group_name(group),
    })
}

/// Name of a stage.
pub(super) fn stage_name(stage: &StageForm) -> &str {
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    let name = [&stage.name, &stage.identifier].into_iter().find(|field| given(&field.text));
    name.and_then(|field| field.text.as_deref()).unwrap_or("A stage without a name")
}

/// Name of a group: those of its members.
pub(super) fn group_name(group: &GroupForm) -> String {
    let names: Vec<String> = group
        .members
        .iter()
        .take(3)
        .map(|member| match member {
            Entry::Stage(stage) => stage_name(stage).to_owned(),
            Entry::Group(group) => group_name(group),
        })
        .collect();
    let more = if group.members.len() > 3 { " and more" } else { "" };
    format!("the group of {}{more}", names.join(", "))
}

/// Short description of a group.
pub(super) fn group_caption(group: &GroupForm) -> String {
    fn count(members: &[Entry]) -> usize {
        let of = |member: &Entry| match member {
            Entry::Stage(_) => 1,
            Entry::Group(group) => count(&group.members),
        };
        members.iter().map(of).sum()
    }
    let how = if group.is_parallel { "in parallel" } else { "one after the other" };
    format!("{} {how}", count(&group.members))
}

/// A place as an attribute's value: `b1.0` before, `p2` in parallel.
pub(super) fn encode(place: &StagePosition) -> String {
    match place {
        StagePosition::Before(at) => format!("b{}", encode_address(at)),
        StagePosition::Beside(at) => format!("p{}", encode_address(at)),
    }
}

/// The place that an attribute's value stands for.
pub(super) fn decode(text: &str) -> Option<StagePosition> {
    match text.split_at_checked(1)? {
        ("b", address) => decode_address(address).map(StagePosition::Before),
        ("p", address) => decode_address(address).map(StagePosition::Beside),
        _ => None,
    }
}

/// An address as an attribute's value: `1.0`.
pub(super) fn encode_address(at: &Address) -> String {
    at.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

/// The address that an attribute's value stands for.
pub(super) fn decode_address(text: &str) -> Option<Address> {
    text.split('.').map(|index| index.parse().ok()).collect::<Option<Vec<_>>>().map(Address)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    /// `A`, then `B` and `C` in parallel, then `D`.
    const TEXT: &str = "\
stages:
- stage: {name: A, identifier: a, type: Custom}
- parallel:
  - stage: {name: B, identifier: b, type: Custom}
  - stage: {name: C, identifier: c, type: Custom}
- stage: {name: D, identifier: d, type: Custom}
";

    #[test]
    fn steps_lead_to_the_neighbours_and_into_and_out_of_groups() {
        let form = sample(TEXT);
        let said = |at: &[usize], step| {
            let place = after(&form, &Address(at.to_vec()), step)?;
            Some(format!("{} {}", encode(&place), words(&form, &place)))
        };
        let group = "the group of B, C";
        for (at, step, expected) in [
            (&[0][..], Step::Left, None),
            (&[0], Step::Right, Some("b2 before D".to_owned())),
            (&[0], Step::JoinRight, Some(format!("p1 in parallel with {group}"))),
            (&[0], Step::Up, None),
            (&[2], Step::Left, Some(format!("b1 before {group}"))),
            (&[2], Step::Right, None),
            (&[1], Step::Right, Some("b3 after D".to_owned())),
            (&[1, 0], Step::Up, None),
            (&[1, 0], Step::Down, Some("b1.2 after C".to_owned())),
            (&[1, 1], Step::Up, Some("b1.0 before B".to_owned())),
            (&[1, 1], Step::Left, Some(format!("b1 before {group}"))),
            (&[1, 1], Step::Right, Some("b2 before D".to_owned())),
            (&[1, 1], Step::JoinLeft, Some("p0 in parallel with A".to_owned())),
            (&[1, 0], Step::JoinRight, Some("p2 in parallel with D".to_owned())),
        ] {
            assert_eq!(said(at, step), expected, "{step:?} from {at:?}");
        }
    }

    #[test]
    fn places_are_attributes_and_lead_back() {
        for place in
            [StagePosition::Before(Address(vec![1, 0])), StagePosition::Beside(Address(vec![12]))]
        {
            assert_eq!(decode(&encode(&place)), Some(place));
        }
        for text in ["", "b", "x1", "b1.x", "é1"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
