//! Stage and pipeline templates: the template's body with its inputs filled in.

use super::entities::unscoped;
use super::view::View;
use super::{Context, key_span};
use crate::rules;

/// The body of the stage template that `stage` refers to, if the texts hold it.
pub(super) fn stage<'a>(stage: &View<'a>, cx: &mut Context<'a>) -> Option<View<'a>> {
    body(stage, "Stage", cx)
}

/// The body of the pipeline template that `pipeline` refers to, if the texts hold it.
pub(super) fn pipeline<'a>(pipeline: &View<'a>, cx: &mut Context<'a>) -> Option<View<'a>> {
    body(pipeline, "Pipeline", cx)
}

fn body<'a>(user: &View<'a>, kind: &str, cx: &mut Context<'a>) -> Option<View<'a>> {
    let template = user.value("template")?;
    let reference = template.str_of("templateRef");
    let version = template.str_of("versionLabel");
    let found = reference.and_then(|name| cx.entities.template(kind, name, version));
    if let Some(spec) = found.and_then(|node| node.get("spec")) {
        return Some(View::from(spec).filled_by(template.value("templateInputs")));
    }
    let name = reference.unwrap_or("?");
    let of_version = version.map(|v| format!(" and `versionLabel: {v}`")).unwrap_or_default();
    cx.report(
        if kind == "Stage" { &rules::STAGE_TEMPLATE } else { &rules::PIPELINE_TEMPLATE },
        key_span(user, "template"),
        format!(
            "What the template `{name}` does is not in this text. A placeholder stands for it; a \
             document `template:` with `identifier: {}`{of_version} would tell.",
            unscoped(name)
        ),
    );
    None
}
