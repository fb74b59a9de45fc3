//! Changes one after the other, by the paths from before all of them.

use deployline_yaml::edit::{Change, Path, Step, Value};

/// The changes of one operation.
#[derive(Default)]
pub(super) struct ChangeList {
    pub(super) list: Vec<Change>,
}

impl ChangeList {
    /// The path by now of what was at `path`.
    pub(super) fn now(&self, path: &[Step]) -> Path {
        self.list.iter().fold(path.to_vec(), |path, change| after(&path, change))
    }

    pub(super) fn insert_item(&mut self, list: &[Step], at: usize, value: Value) {
        let list = self.now(list);
        self.list.push(Change::InsertItem { list, at, value });
    }

    pub(super) fn insert_entry(
        &mut self,
        map: &[Step],
        after: Option<&str>,
        key: &str,
        value: Value,
    ) {
        let (map, after, key) = (self.now(map), after.map(str::to_owned), key.to_owned());
        self.list.push(Change::InsertEntry { map, after, key, value });
    }

    pub(super) fn replace(&mut self, at: &[Step], value: Value) {
        let at = self.now(at);
        self.list.push(Change::Replace { at, value });
    }

    pub(super) fn rename(&mut self, at: &[Step], key: &str) {
        let at = self.now(at);
        self.list.push(Change::RenameKey { at, key: key.to_owned() });
    }

    /// Puts another key and value in the place of an entry.
    pub(super) fn replace_entry(&mut self, map: &[Step], key: &str, new_key: &str, value: Value) {
        // Under another name first, since a key can't be there twice.
        const OLD: &str = "replaced";
        self.rename(&join(map, &[key]), OLD);
        self.insert_entry(map, Some(OLD), new_key, value);
        self.list.push(Change::Remove { at: join(map, &[OLD]), keeps_comments: true });
    }

    pub(super) fn remove(&mut self, at: &[Step]) {
        let at = self.now(at);
        self.list.push(Change::Remove { at, keeps_comments: false });
    }

    pub(super) fn keep_item(&mut self, list: &[Step], at: usize) {
        let list = self.now(list);
        self.list.push(Change::KeepItem { list, at });
    }

    /// `to` is an index of the list as it is by now.
    pub(super) fn move_item(&mut self, from: &[Step], list: &[Step], to: usize) {
        let (from, list) = (self.now(from), self.now(list));
        self.list.push(Change::MoveItem { from, list, to });
    }

    pub(super) fn copy_item(&mut self, from: &[Step], list: &[Step], to: usize) {
        let (from, list) = (self.now(from), self.now(list));
        self.list.push(Change::CopyItem { from, list, to });
    }

    pub(super) fn nest(&mut self, at: &[Step], steps: Path) {
        let at = self.now(at);
        self.list.push(Change::Nest { at, steps });
    }

    pub(super) fn unnest(&mut self, at: &[Step], steps: Path) {
        let at = self.now(at);
        self.list.push(Change::Unnest { at, steps });
    }
}

/// The path after a change of what was at `path`.
fn after(path: &[Step], change: &Change) -> Path {
    match change {
        Change::InsertItem { list, at, .. } | Change::CopyItem { list, to: at, .. } => {
            inserted(path, list, *at)
        }
        Change::Remove { at, .. } => removed(path, at),
        Change::MoveItem { from, list, to } => {
            let gone = inserted(from, list, *to);
            if path.starts_with(from) {
                let mut there = list.clone();
                there.push(Step::Index(*to));
                let mut moved = removed(&there, &gone);
                moved.extend_from_slice(&path[from.len()..]);
                return moved;
            }
            removed(&inserted(path, list, *to), &gone)
        }
        Change::RenameKey { at, key } if path.starts_with(at) => {
            let mut path = path.to_vec();
            path[at.len() - 1] = Step::from(key.as_str());
            path
        }
        Change::Nest { at, steps } if path.starts_with(at) && path.len() > at.len() => {
            [&path[..at.len()], steps, &path[at.len()..]].concat()
        }
        _ => path.to_vec(),
    }
}

fn inserted(path: &[Step], list: &[Step], at: usize) -> Path {
    shifted(path, list, |index| if index >= at { index + 1 } else { index })
}

fn removed(path: &[Step], at: &[Step]) -> Path {
    let Some((Step::Index(gone), list)) = at.split_last() else { return path.to_vec() };
    shifted(path, list, |index| if index > *gone { index - 1 } else { index })
}

/// The path with the index below `list` changed.
fn shifted(path: &[Step], list: &[Step], new: impl Fn(usize) -> usize) -> Path {
    let mut path = path.to_vec();
    if path.starts_with(list)
        && let Some(Step::Index(index)) = path.get_mut(list.len())
    {
        *index = new(*index);
    }
    path
}

/// A path and more steps.
pub(super) fn join(path: &[Step], steps: &[&str]) -> Path {
    path.iter().cloned().chain(steps.iter().map(|step| Step::from(*step))).collect()
}

/// A path and an index.
pub(super) fn item(list: &[Step], index: usize) -> Path {
    list.iter().cloned().chain([Step::Index(index)]).collect()
}
