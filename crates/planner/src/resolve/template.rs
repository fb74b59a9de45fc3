//! Stage and pipeline templates: the template's body with its inputs filled in. A body that is again the
//! use of a template is followed, up to [`MAX_NESTED_TEMPLATES`], and never in a circle.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use deployline_span::Span;
use deployline_yaml::{Diagnostic, Node, Related};

use super::context::Reader;
use super::unused_inputs;
use super::view::View;
use crate::document_kind::unscoped;
use crate::rules::{self, template_too_deep::MAX_NESTED_TEMPLATES};

/// The contents of a template.
pub(super) struct TemplateBody<'a> {
    pub(super) view: View<'a>,
    /// Number of templates between the one that is used and the body: 1 where none uses another.
    pub(super) depth: usize,
}

/// The body of the stage template that `stage` refers to, if the texts hold it.
pub(super) fn stage<'a>(stage: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<View<'a>> {
    body(stage, "Stage", reader).map(|body| body.view)
}

/// The body of the pipeline template that `pipeline` refers to, if the texts hold it.
pub(super) fn pipeline<'a>(
    pipeline: &View<'a>,
    reader: &mut Reader<'_, 'a>,
) -> Option<TemplateBody<'a>> {
    body(pipeline, "Pipeline", reader)
}

/// A use of a template on the way to the body.
struct TemplateUse<'a> {
    /// The template that is used.
    template: Node<'a>,
    /// Its name and version as they are written.
    name: String,
    /// Span of the key `template` of the use.
    span: Span,
}

fn body<'a>(user: &View<'a>, kind: &str, reader: &mut Reader<'_, 'a>) -> Option<TemplateBody<'a>> {
    let mut view = user.clone();
    let mut uses: Vec<TemplateUse<'a>> = Vec::new();
    while let Some(template) = view.value("template") {
        let span = view.key_span("template");
        if let (None, Some(uses)) = (template.value("templateRef"), template.str_of("uses")) {
            report_newer(uses, kind, span, reader);
            return None;
        }
        let Some((found, spec)) = find(&template, kind, reader) else {
            report_missing(&template, kind, span, reader);
            report_beside(&view, None, kind, reader);
            return None;
        };
        let next = TemplateUse { template: found, name: shown_name(&template), span };
        if let Some(start) = uses.iter().position(|earlier| earlier.template.span() == found.span())
        {
            reader.add(loop_of(&uses[start..], &next));
            return None;
        }
        if uses.len() == MAX_NESTED_TEMPLATES {
            reader.add(rules::template_too_deep::at(span, &uses[0].name));
            return None;
        }
        let inputs = template.value("templateInputs");
        if let Some(inputs) = &inputs {
            let owner = format!("The template {}", next.name);
            unused_inputs::check(spec, inputs.node(), &owner, reader);
        }
        report_beside(&view, Some(spec), kind, reader);
        let added = spec.span().range().len().saturating_sub(template.span().range().len());
        reader.cx.template_bytes = reader.cx.template_bytes.saturating_add(added);
        uses.push(next);
        view = View::from(spec).filled_by(inputs);
    }
    (!uses.is_empty()).then_some(TemplateBody { view, depth: uses.len() })
}

/// The document of a template, and its `spec`.
fn find<'a>(
    template: &View<'a>,
    kind: &str,
    reader: &Reader<'_, 'a>,
) -> Option<(Node<'a>, Node<'a>)> {
    let version = template.str_of("versionLabel");
    let found = reader.cx.entities.template(kind, template.str_of("templateRef")?, version)?;
    Some((found, found.get("spec")?))
}

/// Reports what stands beside the use of a template with this `spec`, and is read from the template alone.
fn report_beside(user: &View<'_>, spec: Option<Node<'_>>, kind: &str, reader: &mut Reader<'_, '_>) {
    let has_variables = spec.is_some_and(|spec| spec.get("variables").is_some());
    let keys: &[&str] = match (kind, spec) {
        ("Stage", _) if has_variables => &["type", "spec", "variables"],
        ("Stage", _) => &["type", "spec"],
        (_, Some(_)) => &["stages", "timeout", "flowControl", "variables"],
        // What stands there is all that is known of the pipeline.
        (_, None) => &[],
    };
    for key in keys.iter().filter(|key| user.value(key).is_some()) {
        let message = format!(
            "`{key}` has no effect beside `template`: that of the template is read. Give its values as \
             `templateInputs`, or remove it."
        );
        reader.report(&rules::NO_EFFECT, user.key_span(key), message);
    }
}

fn shown_name(template: &View<'_>) -> String {
    let name = template.str_of("templateRef").unwrap_or("?");
    match template.str_of("versionLabel") {
        Some(version) => format!("`{name}` ({version})"),
        None => format!("`{name}`"),
    }
}

/// The diagnostic at the use that closes a loop, which begins at the first of `uses`.
fn loop_of(uses: &[TemplateUse<'_>], closing: &TemplateUse<'_>) -> Diagnostic {
    // A user from outside may name it otherwise, by its scope or without a version.
    let names = uses[1..].iter().map(|of| of.name.as_str());
    let names = std::iter::once(closing.name.as_str()).chain(names);
    let chain: Vec<&str> = names.chain([closing.name.as_str()]).collect();
    let message = format!(
        "The template {} contains itself: {}. A placeholder stands for it. Remove this reference, \
         or name another template.",
        closing.name,
        chain.join(" → ")
    );
    let related = uses[1..].iter();
    let related = related.map(|of| Related { span: of.span, message: format!("Uses {}", of.name) });
    Diagnostic { related: related.collect(), ..rules::TEMPLATE_LOOP.at(closing.span, message) }
}

/// Reports the use of a template in the form of the newer schema, whose templates are not read.
fn report_newer(uses: &str, kind: &str, span: Span, reader: &mut Reader<'_, '_>) {
    let (rule, what) = match kind {
        "Stage" => (&rules::STAGE_TEMPLATE, "A placeholder stands for the stage."),
        _ => (&rules::PIPELINE_TEMPLATE, "None of its stages is drawn."),
    };
    let message = format!(
        "This uses the template `{uses}` in the form of the newer schema, whose templates are not read. {what}"
    );
    reader.report(rule, span, message);
}

fn report_missing(template: &View<'_>, kind: &str, span: Span, reader: &mut Reader<'_, '_>) {
    let name = template.str_of("templateRef").unwrap_or("?");
    let version = template.str_of("versionLabel");
    let of_version = version.map(|v| format!(" and `versionLabel: {v}`")).unwrap_or_default();
    let has_other = reader.cx.entities.template(kind, name, None).is_some();
    let missing = match version.filter(|_| has_other) {
        Some(version) => {
            format!("The text has the template `{name}`, but not its version `{version}`")
        }
        None => format!("The text does not contain the template `{name}`"),
    };
    reader.report(
        if kind == "Stage" { &rules::STAGE_TEMPLATE } else { &rules::PIPELINE_TEMPLATE },
        span,
        format!(
            "{missing}. A placeholder stands for it. Add a document `template:` with `identifier: \
             {}`{of_version}.",
            unscoped(name)
        ),
    );
}

#[cfg(test)]
mod tests {
    use crate::{Inputs, resolve};

    /// Codes and messages of a text, and its number of stages.
    fn found(text: &str) -> (Vec<(&'static str, String)>, usize) {
        let parsed = deployline_yaml::parse(text);
        let (pipeline, diagnostics) = resolve(&parsed.documents, &Inputs::default());
        let found = diagnostics.into_iter().map(|it| (it.code, it.message));
        (found.collect(), pipeline.stages.len())
    }

    /// Checks that a text gives one loop, whose message names it.
    fn check_loop(text: &str, chain: &str, stages: usize) {
        let (found, count) = found(text);
        let [("template-loop", message)] = &found[..] else { panic!("{text}: {found:?}") };
        assert!(message.contains(&format!("contains itself: {chain}.")), "{message}");
        assert_eq!(count, stages, "{text}");
    }

    fn template(name: &str, kind: &str, spec: &str) -> String {
        format!("---\ntemplate: {{identifier: {name}, type: {kind}, spec: {spec}}}\n")
    }

    #[test]
    fn another_version_of_a_template_is_named_as_such() {
        let text = "stage: {identifier: s, template: {templateRef: a, versionLabel: v2}}\n---\n\
                    template: {identifier: a, versionLabel: v1, type: Stage, spec: {type: Custom}}\n";
        let (found, _) = found(text);
        let expected = "The text has the template `a`, but not its version `v2`. A placeholder stands for \
                        it. Add a document `template:` with `identifier: a` and `versionLabel: v2`.";
        assert_eq!(found, [("stage-template", expected.to_owned())]);
    }

    #[test]
    fn loops_name_their_templates() {
        let pipeline = "pipeline: {template: {templateRef: a}}\n";
        let stage = "stages: [{stage: {identifier: s, template: {templateRef: a}}}]\n";
        let uses = |name| format!("{{template: {{templateRef: {name}}}}}");
        let a_to_a = template("a", "Pipeline", &uses("a"));
        check_loop(&format!("{pipeline}{a_to_a}"), "`a` → `a`", 0);
        let a_to_a = template("a", "Stage", &uses("org.a"));
        check_loop(&format!("{stage}{a_to_a}"), "`org.a` → `org.a`", 1);
        let [a, b, c] = [("a", "b"), ("b", "c"), ("c", "b")]
            .map(|(name, next)| template(name, "Stage", &uses(next)));
        check_loop(&format!("{stage}{a}{b}{c}"), "`b` → `c` → `b`", 1);
        // The stages of a template are templates in turn.
        let list = format!("{{stages: [{{stage: {}}}]}}", uses("b"));
        let (a, b) = (template("a", "Pipeline", &list), template("b", "Stage", &uses("b")));
        check_loop(&format!("{pipeline}{a}{b}"), "`b` → `b`", 1);
        // Each stage that uses it says the same.
        let twice = "stages: [{stage: {identifier: s, template: {templateRef: b}}}, \
                     {stage: {identifier: t, template: {templateRef: b}}}]\n";
        check_loop(&format!("{twice}{b}"), "`b` → `b`", 2);
    }

    #[test]
    fn versions_of_one_name_are_no_loop() {
        let of = |version: &str, spec: &str| {
            format!(
                "---\ntemplate: {{identifier: a, versionLabel: {version}, type: Pipeline, spec: {spec}}}\n"
            )
        };
        let uses =
            |version: &str| format!("{{template: {{templateRef: a, versionLabel: {version}}}}}");
        let pipeline = format!("pipeline: {}\n", uses("v1"));
        let first = of("v1", &uses("v2"));
        let last = of("v2", "{stages: [{stage: {identifier: s, type: Approval}}]}");
        assert_eq!(found(&format!("{pipeline}{first}{last}")), (Vec::new(), 1));
        let back = of("v2", &uses("v1"));
        check_loop(&format!("{pipeline}{first}{back}"), "`a` (v1) → `a` (v2) → `a` (v1)", 0);
    }

    #[test]
    fn inputs_reach_through_nested_templates() {
        let (found, count) = found(
            "pipeline: {template: {templateRef: a, templateInputs: {template: {templateInputs: \
             {stages: [{stage: {identifier: s, type: Approval}}]}}}}}\n\
             ---\ntemplate: {identifier: a, type: Pipeline, spec: {template: {templateRef: b, \
             templateInputs: {stages: <+input>}}}}\n\
             ---\ntemplate: {identifier: b, type: Pipeline, spec: {stages: <+input>}}\n",
        );
        assert_eq!((found, count), (Vec::new(), 1));
    }
}
