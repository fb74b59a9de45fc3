//! One environment becomes a list.

use deployline_yaml::edit::{Path, Step};

use crate::operation::change_list::{ChangeList, join};

pub(super) const V1_GROUP: &str = "Groups are written in the YAML in this schema.";

/// Changes the `environment` at `path` to a list of it; returns the path of the list.
pub(super) fn to_many(changes: &mut ChangeList, path: &[Step], is_v1: bool) -> Path {
    if is_v1 {
        changes.nest(path, vec!["items".into(), 0.into()]);
        return join(path, &["items"]);
    }
    changes.nest(path, vec!["values".into(), 0.into()]);
    changes.rename(path, "environments");
    join(&path[..path.len() - 1], &["environments", "values"])
}
