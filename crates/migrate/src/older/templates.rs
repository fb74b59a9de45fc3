//! Uses of templates.

use deployline_planner::View;
use deployline_yaml::write::Value;

use crate::entries::Entries;
use crate::migration::Migration;

/// Keys of stages that stand for something else.
pub(super) const USES: [&str; 9] =
    ["template", "action", "deploy", "build", "test", "chaos", "idp", "iacm", "sto"];

/// `templateRef` for what a stage or step uses.
pub(super) fn reference(template: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    let uses = template.as_str().or_else(|| template.str_of("uses")).unwrap_or_default();
    let (name, version) = uses.split_once('@').map_or((uses, None), |(name, it)| (name, Some(it)));
    out.add("templateRef", Value::text(migration.text(name)));
    out.add("versionLabel", version.map(Value::text));
    if let Some((key, with)) = template.entry("with") {
        out.add("templateInputs", migration.value(&with));
        migration.differs(
            key.span(),
            "`templateInputs` holds the values as `with` has them, by name; v0 gives them by their places in the template.",
        );
    }
    migration.carry(&mut out, template, "gitBranch", "gitBranch");
    migration.with_inner(template, out.into_value())
}
