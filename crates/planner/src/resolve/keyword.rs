//! A value that is one of a few keywords: `when.pipelineStatus` and `onFailure`.

use deployline_yaml::Rule;

use super::context::Reader;
use super::found;
use super::scalar::{self, Scalar};
use super::view::View;
use crate::fix;

/// The keywords that a key may have, the usual default first.
pub(super) struct Keywords<T: 'static> {
    /// Start of a sentence that says what the keyword decides.
    pub(super) subject: &'static str,
    pub(super) values: &'static [(&'static str, T)],
    /// The rule for any other value.
    pub(super) rule: Rule,
}

impl<T: Copy + Default + PartialEq> Keywords<T> {
    /// Reads the keyword; reports any other value and takes the usual default for it.
    pub(super) fn read(&self, view: Option<View<'_>>, reader: &mut Reader<'_, '_>) -> T {
        self.read_or(view, T::default(), reader)
    }

    /// The same with another default.
    pub(super) fn read_or(
        &self,
        view: Option<View<'_>>,
        default: T,
        reader: &mut Reader<'_, '_>,
    ) -> T {
        let Some(view) = view else { return default };
        let found = match scalar::read(&view, reader) {
            Some(Scalar::Known(word)) => match self.value(&word) {
                Some(value) => return value,
                None => Some(word),
            },
            Some(Scalar::Runtime(_)) => {
                self.report_runtime(&view, &self.drawn(default), reader);
                return default;
            }
            Some(Scalar::Several(_)) | None => None,
        };
        if reader.count_unlisted(&self.rule, view.span()) {
            return default;
        }
        let found = match (found, scalar::expression(&view)) {
            (None, None) => ", not a list or mapping".to_owned(),
            (Some(word), None) => format!(", not `{word}`"),
            // What it gives is said before.
            (_, Some(_)) => String::new(),
        };
        let message = self.not_allowed(&found, &self.drawn(default));
        let fix = fix::spelling(view.node(), &mut self.values.iter().map(|(name, _)| *name));
        match scalar::expression(&view) {
            Some(_) => found::report(&self.rule, &view, &message, reader),
            None => reader.report_with_fix(&self.rule, view.span(), message, fix),
        }
        default
    }

    fn value(&self, word: &str) -> Option<T> {
        self.values.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }

    fn report_runtime(&self, view: &View<'_>, drawn: &str, reader: &mut Reader<'_, '_>) {
        let subject = format!("{} is", self.subject);
        scalar::report_given(view.span(), (&subject, drawn), scalar::written(view), reader);
    }

    fn not_allowed(&self, found: &str, drawn: &str) -> String {
        let words: Vec<String> = self.values.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("Expected one of {} here{found}. {drawn}", words.join(", "))
    }

    fn drawn(&self, default: T) -> String {
        let name = self.values.iter().find(|(_, value)| *value == default);
        let name = name.map_or("", |(name, _)| name);
        format!("It is drawn as `{name}`, the default.")
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
