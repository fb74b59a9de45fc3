//! Which entry of the strip is looked at, and where it is after the text has changed.

use deployline_form::{Address, Entry, Form, StageForm};
use deployline_map::Set;

/// An entry that was chosen: by its place, and by what it is called, since it may move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    address: Address,
    is_group: bool,
    /// Of the stage, or of the first one of the group.
    identifier: Option<String>,
}

impl Chosen {
    /// The entry at an address.
    pub(super) fn new(form: &Form, address: Address) -> Self {
        let entry = form.entry(&address);
        let is_group = matches!(entry, Some(Entry::Group(_)));
        let identifier = entry.and_then(identifier).map(str::to_owned);
        Self { address, is_group, identifier }
    }

    /// Its present address. Where it is gone, the address of what has taken its place.
    pub(super) fn find(&self, form: &Form) -> Option<Address> {
        if form.entry(&self.address).is_some_and(|entry| self.is(entry)) {
            return Some(self.address.clone());
        }
        let mut all = Vec::new();
        collect(&form.entries, &mut Vec::new(), &mut all);
        let found = all.iter().find(|(_, entry)| self.identifier.is_some() && self.is(entry));
        if let Some((address, _)) = found {
            return Some(address.clone());
        }
        nearest(form, &self.address)
    }

    fn is(&self, entry: &Entry) -> bool {
        matches!(entry, Entry::Group(_)) == self.is_group
            && identifier(entry) == self.identifier.as_deref()
    }
}

/// The stages of `after` that `before` has not: those just added.
pub(super) fn added<'a>(before: &Form, after: &'a Form) -> Option<&'a StageForm> {
    let known: Set<&str> =
        before.stages().filter_map(|stage| stage.identifier.text.as_deref()).collect();
    let is_new =
        |stage: &&StageForm| stage.identifier.text.as_deref().is_some_and(|it| !known.contains(it));
    after.stages().find(is_new)
}

/// Entry that a key of the strip leads to: sideways from column to column, up and down within one.
pub(super) fn after_key(form: &Form, at: &Address, key: &str) -> Option<Address> {
    let column = *at.0.first()?;
    let last = form.entries.len().checked_sub(1)?;
    let entry_of = |column: usize| first_stage(form.entries.get(column)?, vec![column]);
    match key {
        "ArrowLeft" => entry_of(column.checked_sub(1)?),
        "ArrowRight" => entry_of(column + 1),
        "Home" => entry_of(0),
        "End" => entry_of(last),
        "ArrowUp" | "ArrowDown" => {
            let mut all = Vec::new();
            let members = std::slice::from_ref(form.entries.get(column)?);
            collect(members, &mut Vec::new(), &mut all);
            for (address, _) in &mut all {
                address.0[0] = column;
            }
            let now = all.iter().position(|(address, _)| address == at)?;
            let to = if key == "ArrowUp" { now.checked_sub(1)? } else { now + 1 };
            all.get(to).map(|(address, _)| address.clone())
        }
        _ => None,
    }
}

fn first_stage(entry: &Entry, mut address: Vec<usize>) -> Option<Address> {
    match entry {
        Entry::Stage(_) => Some(Address(address)),
        Entry::Group(group) => match group.members.first() {
            Some(member) => {
                address.push(0);
                first_stage(member, address)
            }
            None => Some(Address(address)),
        },
    }
}

fn identifier(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Stage(stage) => stage.identifier.text.as_deref(),
        Entry::Group(group) => group.members.first().and_then(identifier),
    }
}

/// All entries, a group before its members.
fn collect<'a>(
    entries: &'a [Entry],
    address: &mut Vec<usize>,
    all: &mut Vec<(Address, &'a Entry)>,
) {
    for (index, entry) in entries.iter().enumerate() {
        address.push(index);
        all.push((Address(address.clone()), entry));
        if let Entry::Group(group) = entry {
            collect(&group.members, address, all);
        }
        address.pop();
    }
}

fn nearest(form: &Form, address: &Address) -> Option<Address> {
    let mut indexes = address.0.clone();
    while let Some(index) = indexes.pop() {
        for index in [Some(index), index.checked_sub(1)].into_iter().flatten() {
            let candidate = Address([&indexes[..], &[index]].concat());
            if form.entry(&candidate).is_some() {
                return Some(candidate);
            }
        }
    }
    (!form.entries.is_empty()).then(|| Address(vec![0]))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const A: &str = "- stage: {name: A, identifier: a, type: Custom}\n";
    const BC: &str = "\
- parallel:
  - stage: {name: B, identifier: b, type: Custom}
  - stage: {name: C, identifier: c, type: Custom}
";

    fn form(entries: &[&str]) -> Form {
        sample(&format!("stages:\n{}", entries.concat()))
    }

    #[test]
    fn what_is_chosen_is_followed_where_it_goes() {
        let before = form(&[A, BC]);
        let after = form(&[BC, A]);
        for (at, expected) in [(&[0][..], &[1][..]), (&[1], &[0]), (&[1, 1], &[0, 1])] {
            let chosen = Chosen::new(&before, Address(at.to_vec()));
            assert_eq!(chosen.find(&before), Some(Address(at.to_vec())));
            assert_eq!(chosen.find(&after), Some(Address(expected.to_vec())), "{at:?}");
        }
        let gone = Chosen::new(&before, Address(vec![1, 1]));
        assert_eq!(gone.find(&form(&[A])), Some(Address(vec![0])));
        assert_eq!(gone.find(&Form::default()), None);
    }

    #[test]
    fn keys_lead_along_the_strip() {
        let form = form(&[A, BC]);
        for (at, key, expected) in [
            (&[0][..], "ArrowRight", Some(&[1, 0][..])),
            (&[1, 1], "ArrowLeft", Some(&[0])),
            (&[1, 0], "ArrowDown", Some(&[1, 1])),
            (&[1, 0], "ArrowUp", Some(&[1])),
            (&[1, 1], "ArrowDown", None),
            (&[0], "ArrowLeft", None),
            (&[0], "End", Some(&[1, 0])),
            (&[1, 1], "Home", Some(&[0])),
        ] {
            let found = after_key(&form, &Address(at.to_vec()), key);
            assert_eq!(found, expected.map(|it| Address(it.to_vec())), "{key} from {at:?}");
        }
    }

    #[test]
    fn a_stage_just_added_is_known_by_its_identifier() {
        let (before, after) = (form(&[BC]), form(&[A, BC]));
        assert_eq!(added(&before, &after).map(|it| &it.address), Some(&Address(vec![0])));
        assert_eq!(added(&after, &before), None);
    }
}
