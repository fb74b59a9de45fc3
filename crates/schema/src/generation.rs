//! The generation of the YAML, by the form of its stages.

use crate::MappingKind;

/// Returns `Some(true)` for a stage in the form of the newer schema, `Some(false)` for one of the older, `None` for a
/// group and for what tells neither: `has` tells whether the entry has a key.
///
/// ```
/// use deployline_schema::is_v1_stage;
/// let of = |keys: &[&str]| is_v1_stage(&|key| keys.contains(&key));
/// assert_eq!(of(&["stage"]), Some(false));
/// assert_eq!(of(&["id"]), Some(true));
/// assert_eq!(of(&["name", "steps"]), Some(true));
/// // A stage of the older schema that lacks its `stage:`.
/// assert_eq!(of(&["name", "identifier", "type"]), None);
/// assert_eq!(of(&["parallel"]), None);
/// ```
pub fn is_v1_stage(has: &dyn Fn(&str) -> bool) -> Option<bool> {
    if has("stage") {
        return Some(false);
    }
    let is_of_older = || ["identifier", "type", "spec"].iter().any(|key| has(key));
    let is_group = || has("parallel") || has("group");
    let has_any = || MappingKind::V1Stage.keys().iter().any(|key| has(key.name));
    (has("id") || !is_group() && !is_of_older() && has_any()).then_some(true)
}
