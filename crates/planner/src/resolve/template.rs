//! Stage and pipeline templates: the template's body with its inputs filled in.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use super::context::Reader;
use super::view::View;
use crate::document_kind::unscoped;
use crate::rules;

/// The body of the stage template that `stage` refers to, if the texts hold it.
pub(super) fn stage<'a>(stage: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<View<'a>> {
    body(stage, "Stage", reader)
}

/// The body of the pipeline template that `pipeline` refers to, if the texts hold it.
pub(super) fn pipeline<'a>(pipeline: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<View<'a>> {
    body(pipeline, "Pipeline", reader)
}

fn body<'a>(user: &View<'a>, kind: &str, reader: &mut Reader<'_, 'a>) -> Option<View<'a>> {
    let template = user.value("template")?;
    let reference = template.str_of("templateRef");
    let version = template.str_of("versionLabel");
    let entities = &reader.cx.entities;
    let found = reference.and_then(|name| entities.template(kind, name, version));
    if let Some(spec) = found.and_then(|node| node.get("spec")) {
        return Some(View::from(spec).filled_by(template.value("templateInputs")));
    }
    let name = reference.unwrap_or("?");
    let of_version = version.map(|v| format!(" and `versionLabel: {v}`")).unwrap_or_default();
    reader.report(
        if kind == "Stage" { &rules::STAGE_TEMPLATE } else { &rules::PIPELINE_TEMPLATE },
        user.key_span("template"),
        format!(
            "The text does not contain the template `{name}`. A placeholder stands for it. Add a \
             document `template:` with `identifier: {}`{of_version}.",
            unscoped(name)
        ),
    );
    None
}
