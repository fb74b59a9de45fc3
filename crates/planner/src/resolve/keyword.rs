//! A value that is one of a few keywords: `when.pipelineStatus` and `onFailure`.

use deployline_yaml::Rule;

use super::context::Reader;
use super::scalar::{self, Scalar};
use super::view::View;
use crate::fix;

/// The keywords that a key may have, the default first.
pub(super) struct Keywords<T: 'static> {
    /// Start of a sentence that says what the keyword decides.
    pub(super) subject: &'static str,
    pub(super) values: &'static [(&'static str, T)],
    /// The rule for any other value.
    pub(super) rule: Rule,
}

impl<T: Copy + Default> Keywords<T> {
    /// Reads the keyword; reports any other value and takes the default for it.
    pub(super) fn read(&self, view: Option<View<'_>>, reader: &mut Reader<'_, '_>) -> T {
        let Some(view) = view else { return T::default() };
        let message = match scalar::read(&view, reader) {
            Some(Scalar::Known(word)) => match self.value(&word) {
                Some(value) => return value,
                None => self.not_allowed(&format!("not `{word}`")),
            },
            Some(Scalar::Runtime(text)) => return self.at_run_time(&view, &text, reader),
            None => self.not_allowed("not a list or mapping"),
        };
        let fix = fix::spelling(view.node(), &mut self.values.iter().map(|(name, _)| *name));
        reader.report_with_fix(&self.rule, view.span(), message, fix);
        T::default()
    }

    fn value(&self, word: &str) -> Option<T> {
        self.values.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }

    fn at_run_time(&self, view: &View<'_>, text: &str, reader: &mut Reader<'_, '_>) -> T {
        let subject = format!("{} is", self.subject);
        scalar::report_given(view.span(), (&subject, &self.drawn()), text, reader);
        T::default()
    }

    fn not_allowed(&self, found: &str) -> String {
        let words: Vec<String> = self.values.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("Expected one of {} here, {found}. {}", words.join(", "), self.drawn())
    }

    fn drawn(&self) -> String {
        let default = self.values.first().map_or("", |(name, _)| name);
        format!("It is drawn as `{default}`, the default.")
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;

    use crate::{Inputs, analyze};

    #[test]
    fn says_what_is_drawn_and_what_would_settle_it() {
        for (status, expected) in [
            ("All", ""),
            ("<+input>.default(All)", ""),
            (
                "all",
                "Expected one of `Success`, `Failure`, `All` here, not `all`. It is drawn as `Success`, the default.",
            ),
            (
                "[All]",
                "Expected one of `Success`, `Failure`, `All` here, not a list or mapping. It is drawn as `Success`, the default.",
            ),
            (
                "<+trigger.b>",
                "After which outcome this stage runs is given by `<+trigger.b>`, which only a run knows. It is drawn as `Success`, the default.",
            ),
            (
                "<+input>",
                "After which outcome this stage runs is given by `<+input>`, a runtime input without a value. It is drawn as `Success`, the default. An input set (`inputSet:`) in the same text can fill it in.",
            ),
        ] {
            let text =
                format!("stage: {{name: A, type: Approval, when: {{pipelineStatus: {status}}}}}");
            let found = analyze(&[&text], &Inputs::default(), &Assumptions::default()).diagnostics;
            let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
            assert_eq!(messages.join("\n"), expected, "{status}");
        }
    }
}
