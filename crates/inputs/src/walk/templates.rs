//! Templates: what they are given, and those that no text holds.

use deployline_planner::{StageView, View, unscoped};
use deployline_span::Span;

use super::Walk;
use crate::open_place::{A_DEPLOYMENT, AnswerTarget, TemplateUse};
use crate::path::Step;
use crate::{Field, Origin};

const SOMETHING_ELSE: &str = "Something else";

impl<'a> Walk<'_, 'a> {
    /// The `template:` of a stage: its inputs are those of a stage, below `templateInputs`.
    pub(super) fn stage_template(&mut self, template: &View<'a>, view: &StageView<'a>) {
        let Some(reference) = template.str_of("templateRef") else { return };
        let version = template.str_of("versionLabel");
        let name = unscoped(reference);
        let inputs = template.value("templateInputs");
        if let Some(inputs) = &inputs {
            let depth = self.path.len();
            self.path.extend([Step::Key("template"), Step::Key("templateInputs")]);
            self.value(inputs, &mut Vec::new());
            self.path.truncate(depth);
        }
        if !self.described.has_template(name) {
            let span = template_key(&view.stage);
            self.undescribed_template(
                TemplateUse {
                    name: name.to_owned(),
                    version: version.map(str::to_owned),
                    inputs: inputs.into_iter().collect(),
                },
                span,
            );
        }
    }

    fn undescribed_template(&mut self, of: TemplateUse<'a>, span: Span) {
        let version = of.version.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
        let key = format!("template {}{version}", of.name);
        let question = format!("What does the template `{}` do?", of.name);
        let field = Field::Choice(vec![A_DEPLOYMENT.to_owned(), SOMETHING_ELSE.to_owned()]);
        let value = self.answers.get(&key).cloned();
        let origin = if value.is_some() { Origin::Answer } else { Origin::Open };
        // Of another user of it, what they give it counts too.
        let known = self.keys.get(&key).and_then(|position| self.found.get_mut(*position));
        if let Some(found) = known {
            if let AnswerTarget::Template(first) = &mut found.target {
                first.inputs.extend(of.inputs);
            }
            return;
        }
        let input = self.input(key, span, question, field, String::new());
        self.add(input, value, origin, AnswerTarget::Template(of));
    }

    /// The `template:` of the whole pipeline: nothing by hand can stand for its stages.
    pub(super) fn pipeline_template(&mut self, root: &View<'a>) {
        let Some(template) = root.value("template") else { return };
        let Some(name) = template.str_of("templateRef").map(unscoped) else { return };
        if !self.described.has_template(name) {
            let question = format!("Which stages has the template `{name}`?");
            let key = format!("pipeline template {name}");
            let span = template_key(root);
            let input = self.input(key, span, question, Field::Nothing, String::new());
            self.add(input, None, Origin::Open, AnswerTarget::Nothing);
        }
    }
}

fn template_key(view: &View<'_>) -> Span {
    view.entry("template").map_or(view.span(), |(key, _)| key.span())
}
