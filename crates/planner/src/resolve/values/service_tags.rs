//! Tags of the service whose targets are read: `service.tags`, `service.tags.region`.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use super::scope::{ReaderScope, WORK_PER_VARIABLE};
use crate::expression::{Evaluated, Missing, Scope, Value, Why};

impl ReaderScope<'_, '_, '_> {
    /// The tags of the service whose targets are read, or one of them.
    pub(super) fn tags_of_service(&mut self, path: &str, rest: &str) -> Evaluated {
        // The value of a variable with them is not the same for all services.
        self.depends_on.child = true;
        self.values.asks_service_tags = true;
        let service = self.values.service.as_ref();
        let Some(tags) = service.and_then(|service| service.tags.as_deref()) else {
            return Err(Missing::of_path(path, Why::Elsewhere));
        };
        let count = tags.len();
        let Some(name) = rest.strip_prefix("tags.") else {
            let entry = |(key, value): &(String, String)| (key.clone(), Value::text(value));
            let all = Value::Map(tags.iter().map(entry).collect());
            let is_taken = self.take(count.saturating_mul(WORK_PER_VARIABLE));
            return if is_taken { Ok(all) } else { Err(Missing::of_path(path, Why::TooLong)) };
        };
        let tag = tags.iter().find(|(key, _)| key == name);
        // As in the older schema: the expression stays, and matches nothing.
        Ok(Value::text(tag.map_or_else(|| format!("<+{path}>"), |(_, value)| value.clone())))
    }
}
