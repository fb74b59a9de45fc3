//! The type of a stage, misspelt or not.
//!
//! Follows `docs/semantics.md`, "Terms".

use deployline_schema::STAGE_TYPES;

use super::context::Reader;
use super::view::View;
use crate::expression::is_expression;
use crate::spelling::closest_word;
use crate::{fix, rules};

const DEPLOYMENT: &str = "Deployment";

/// Types that are rare, and hold keys like those of a deployment.
const RARE: &[&str] = &["IDP", "DRTest", "Dynamic", "CompositeLoadTest"];

/// Types of this length are like too many words.
const SHORT: usize = 3;

/// Reads the type of a stage; of one that is no type, reports it and takes the one that was meant.
pub(super) fn read<'a>(body: &View<'a>, reader: &mut Reader<'_, 'a>) -> &'a str {
    let Some(written) = body.value("type") else { return "" };
    let name = written.as_str().unwrap_or_default();
    if name == DEPLOYMENT || is_known(name) || is_expression(name) {
        return name;
    }
    let meant = match deploys(body) {
        true => Some(DEPLOYMENT),
        false => {
            closest_word(name, &mut STAGE_TYPES.iter().copied().filter(|known| known.len() > SHORT))
        }
    };
    let Some(meant) = meant else { return name };
    let message =
        format!("`{name}` is no type of stage: did you mean `{meant}`? It is drawn as one.");
    let fix = fix::text(written.node(), meant);
    reader.report_with_fix(&rules::STAGE_TYPE_UNKNOWN, written.span(), message, fix);
    meant
}

fn is_known(name: &str) -> bool {
    name.is_empty() || STAGE_TYPES.contains(&name) || RARE.contains(&name)
}

/// Returns `true` where the `spec` has a service or an environment.
fn deploys(body: &View<'_>) -> bool {
    let spec = body.value("spec");
    let keys = ["service", "services", "environment", "environments", "environmentGroup"];
    spec.is_some_and(|spec| keys.iter().any(|key| spec.value(key).is_some()))
}
