//! Rules of one level: a stage, a step group or a step.

use deployline_engine::{ErrorType, FailureAction, FailureRule};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::action::{self, Level};
use super::list::{ListReader, Word, inspect};
use super::words::Words;
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, expression};
use crate::resolve::unpublished;
use crate::resolve::view::View;
use crate::{fix, rules};

/// Rules of one level, with the places of their errors.
pub(super) struct LevelRules {
    pub(super) rules: Vec<FailureRule>,
    /// `true` where only a run knows which rules there are, or for which errors.
    pub(super) is_open: bool,
    /// Each error with its place and the index of its rule.
    places: Vec<(ErrorType, Span, usize)>,
    words: &'static Words,
}

/// Reads the rules that a stage, a step group or a step has.
pub(super) fn read_rules<'a>(
    holder: &View<'a>,
    level: Level,
    words: &'static Words,
    reader: &mut Reader<'_, 'a>,
) -> LevelRules {
    let mut read = LevelRules { rules: Vec::new(), is_open: false, places: Vec::new(), words };
    let Some(written) = unpublished::value(holder, &words.rules, reader) else { return read };
    match written.kind() {
        _ if read.take_open(&written, reader) => {}
        NodeKind::Sequence if !inspect(words.rules.published, &written, reader) => {}
        NodeKind::Sequence => {
            written.items().iter().for_each(|item| read.add(item, level, reader));
        }
        NodeKind::Mapping if words.is_newer => read.add(&written, level, reader),
        _ => {
            let message = words.expected_rules;
            reader.report(&rules::FAILURE_STRATEGY_INVALID, written.span(), message);
        }
    }
    read
}

impl LevelRules {
    /// Takes an expression for one rule or all of them, which says nothing; `false` for anything else.
    fn take_open(&mut self, written: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
        let Some(text) = expression(written) else { return false };
        let words = ("What a failure becomes is", self.words.as_failed);
        scalar::report_given(written.span(), words, text, reader);
        self.is_open = true;
        true
    }

    fn add<'a>(&mut self, item: &View<'a>, level: Level, reader: &mut Reader<'_, 'a>) {
        if self.take_open(item, reader) {
            return;
        }
        let inner = if self.words.is_newer { Some(item.clone()) } else { item.value("onFailure") };
        let Some(rule) = inner else {
            const MESSAGE: &str = "Expected `onFailure:` with `errors` and an `action`.";
            return reader.report(&rules::FAILURE_STRATEGY_INVALID, item.first_key_span(), MESSAGE);
        };
        if self.take_open(&rule, reader) {
            return;
        }
        let errors = self.read_errors(&rule, reader);
        let action = action::read_of(&rule, &errors, (level, self.words), reader);
        self.take(errors, action, reader);
    }

    fn read_errors<'a>(
        &mut self,
        rule: &View<'a>,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<(ErrorType, Span)> {
        if self.words.is_newer && rule.value("exitcode").is_some() {
            let read_as = "It is not drawn: the rule is for its `errors`.";
            unpublished::report(rule.key_span("exitcode"), "`exitcode`", read_as, reader);
        }
        let written = rule.value("errors");
        let is_list = |list: &View<'_>| {
            self.words.is_newer || list.kind() != NodeKind::Sequence || list.item_count() > 0
        };
        let Some(written) = written.filter(is_list) else {
            return self.without_errors(rule, reader);
        };
        let list = ListReader {
            key: "errors",
            may_be_one: self.words.is_newer,
            given: ("What this rule is for is", "The rule is drawn without it."),
            expected: EXPECTED_ERRORS,
        };
        let mut errors: Vec<(ErrorType, Span)> = Vec::new();
        for word in list.read(&written, reader) {
            let Some(text) = &word.text else {
                self.is_open = true;
                continue;
            };
            match self.words.error(text) {
                Some(error) => {
                    let is_new = |error: &ErrorType| !errors.iter().any(|(it, _)| it == error);
                    errors.extend(error.filter(is_new).map(|error| (error, word.span)));
                }
                None => self.report_unknown(&word, text, reader),
            }
        }
        errors
    }

    /// Errors of a rule that names none.
    fn without_errors(
        &self,
        rule: &View<'_>,
        reader: &mut Reader<'_, '_>,
    ) -> Vec<(ErrorType, Span)> {
        if !self.words.is_newer {
            let span = rule.first_key_span();
            reader.report(&rules::FAILURE_STRATEGY_INVALID, span, EXPECTED_ERRORS);
            return Vec::new();
        }
        if rule.kind() != NodeKind::Mapping {
            return Vec::new();
        }
        let message = "The published schema wants `errors:` here; in the documentation a rule without it is for `all`. \
                       It is drawn so.";
        reader.report(&rules::UNPUBLISHED_FORM, rule.first_key_span(), message);
        vec![(ErrorType::AllErrors, rule.span())]
    }

    fn report_unknown(&self, word: &Word<'_>, text: &str, reader: &mut Reader<'_, '_>) {
        if reader.count_unlisted(&rules::FAILURE_STRATEGY_INVALID, word.span) {
            return;
        }
        let (of, known) = self.words.known_errors;
        let fix = word.node.and_then(|node| fix::spelling(node, &mut self.words.error_names()));
        let message = format!(
            "`{text}` is no type of error of {of}. Expected one such as {known}. The rule is drawn without it."
        );
        let message = word.found.around(&message);
        reader.report_with_fix(&rules::FAILURE_STRATEGY_INVALID, word.span, message, fix);
    }

    /// Takes a rule as read.
    fn take(
        &mut self,
        errors: Vec<(ErrorType, Span)>,
        action: FailureAction,
        reader: &mut Reader<'_, '_>,
    ) {
        for (error, span) in &errors {
            self.check(*error, *span, &action, reader);
        }
        if errors.len() > 1
            && let Some((_, span)) = errors.iter().find(|(it, _)| *it == ErrorType::AllErrors)
        {
            let message = format!(
                "`{}` stands for every error that no other rule names, and must stand alone. Give the \
                 other errors a rule of their own, or remove them.",
                self.words.error_name(ErrorType::AllErrors)
            );
            reader.report(&rules::FAILURE_ERRORS_CLASH, *span, message);
        }
        // The first rule for an error counts, so that there are no more of them than errors.
        let is_new =
            |(error, _): &(ErrorType, Span)| !self.places.iter().any(|(other, ..)| other == error);
        let new: Vec<(ErrorType, Span)> = errors.into_iter().filter(is_new).collect();
        if !new.is_empty() {
            let index = self.rules.len();
            let errors = new.iter().map(|(error, _)| *error).collect();
            self.rules.push(FailureRule { errors, action });
            self.places.extend(new.into_iter().map(|(error, span)| (error, span, index)));
        }
    }

    /// Reports an error that an earlier rule of the level has, with another action.
    fn check(
        &self,
        error: ErrorType,
        span: Span,
        action: &FailureAction,
        reader: &mut Reader<'_, '_>,
    ) {
        let Some((_, first, rule)) = self.places.iter().find(|(other, ..)| *other == error) else {
            return;
        };
        if error != ErrorType::AllErrors && self.rules[*rule].action == *action {
            return;
        }
        let name = self.words.error_name(error);
        let message = format!(
            "`{name}` has a rule at this level already. The product refuses two; the first one is drawn."
        );
        let clash = rules::FAILURE_ERRORS_CLASH.at(span, message);
        reader.add(clash.with_related(*first, "The first rule"));
    }
}

const EXPECTED_ERRORS: &str = "Expected `errors:` with a list, such as `[AllErrors]`.";
