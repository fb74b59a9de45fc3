//! A list of diagnostics with a budget for each rule.

use deployline_map::{Map, Set};
use deployline_span::Span;

use crate::{Diagnostic, Rule, Severity};

/// The most diagnostics of one rule that are listed one by one. Of the others, one says how many they are.
pub const MAX_OF_A_RULE: usize = 100;

/// Diagnostics as they are found: of each rule the first [`MAX_OF_A_RULE`], and the number of the others.
///
/// A text of four megabytes can have a million mistakes; nobody reads them, and each takes some hundred
/// bytes. What is reported twice, such as a mistake of a template that several stages use, is kept once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    of_rule: Map<&'static str, OfRule>,
    repeats: usize,
}

#[derive(Clone, Debug, Default)]
struct OfRule {
    listed: Vec<Diagnostic>,
    /// The last place in the text of those that were listed.
    last: Option<Span>,
    /// Places of the others.
    others: Set<Span>,
    /// Number of those that diagnostics of parts stand for.
    others_of_parts: usize,
    /// The first of them.
    first_other: Option<(Severity, Span)>,
}

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let is_new = self.of_rule.or_default(diagnostic.code).push(diagnostic);
        self.repeats += usize::from(!is_new);
    }

    /// Adds the diagnostic of `rule` at `span` that `make` returns. Nothing is made of one that isn't listed.
    pub fn push_with(&mut self, rule: &Rule, span: Span, make: &dyn Fn() -> Diagnostic) {
        if !self.count_unlisted(rule, span) {
            self.push(make());
        }
    }

    /// Counts a diagnostic of `rule` at `span` where it would not be listed; `false` where it is to be made and
    /// added.
    pub fn count_unlisted(&mut self, rule: &Rule, span: Span) -> bool {
        let of_rule = self.of_rule.or_default(rule.code);
        let is_unlisted = of_rule.is_full_without(span);
        if is_unlisted {
            of_rule.add_other(rule.severity, span);
        }
        is_unlisted
    }

    /// Adds those of a part.
    pub fn append(&mut self, part: Self) {
        self.repeats += part.repeats;
        for (code, part) in part.of_rule {
            self.extend(part.listed);
            let own = self.of_rule.or_default(code);
            own.others_of_parts += part.others_of_parts;
            own.others.extend(part.others.iter().copied());
            own.first_other = own.first_other.or(part.first_other);
        }
    }

    /// Number of diagnostics that were added again, and are listed once.
    pub fn repeats(&self) -> usize {
        self.repeats
    }

    /// Leaves out the listed ones that `is_kept` refuses.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&Diagnostic) -> bool) {
        for of_rule in self.of_rule.values_mut() {
            of_rule.listed.retain(&mut is_kept);
        }
    }

    /// Takes out those of a rule that are listed.
    pub fn take_listed(&mut self, code: &str) -> Vec<Diagnostic> {
        let of_rule = self.of_rule.get_mut(code);
        of_rule.map(|of_rule| std::mem::take(&mut of_rule.listed)).unwrap_or_default()
    }

    /// All that are listed, in the order of the text, and for each rule with more of them one that says so.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = Vec::new();
        for (code, of_rule) in self.of_rule {
            all.extend(of_rule.summary(code));
            all.extend(of_rule.listed);
        }
        Diagnostic::sort(&mut all);
        all
    }
}

impl OfRule {
    /// Adds a diagnostic; `false` where it is listed already.
    fn push(&mut self, diagnostic: Diagnostic) -> bool {
        if diagnostic.others > 0 {
            self.others_of_parts += diagnostic.others;
            self.first_other.get_or_insert((diagnostic.severity, diagnostic.span));
            return true;
        }
        let is_same = |other: &Diagnostic| other.span == diagnostic.span && *other == diagnostic;
        if !self.is_behind(diagnostic.span) && self.listed.iter().any(is_same) {
            return false;
        }
        if self.listed.len() < MAX_OF_A_RULE {
            self.last = self.last.max(Some(diagnostic.span));
            self.listed.push(diagnostic);
        } else {
            self.add_other(diagnostic.severity, diagnostic.span);
        }
        true
    }

    /// True where one at `span` is not listed, whatever it says.
    fn is_full_without(&self, span: Span) -> bool {
        let is_new = || self.listed.iter().all(|listed| listed.span != span);
        self.listed.len() >= MAX_OF_A_RULE && (self.is_behind(span) || is_new())
    }

    /// True where all that are listed stand before `span`, as they do where the text is read in order.
    fn is_behind(&self, span: Span) -> bool {
        self.last < Some(span)
    }

    fn add_other(&mut self, severity: Severity, span: Span) {
        self.first_other.get_or_insert((severity, span));
        self.others.insert(span);
    }

    /// The diagnostic that stands for those that are not listed.
    fn summary(&self, code: &'static str) -> Option<Diagnostic> {
        let (severity, span) = self.first_other?;
        let others = self.others.len() + self.others_of_parts;
        let message = match others {
            1 => format!("There is one more like this (`{code}`), which is not listed."),
            count => format!(
                "There are {count} more like this (`{code}`) from here on, which are not listed one by one."
            ),
        };
        Some(Diagnostic { code, severity, span, message, related: Vec::new(), fix: None, others })
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, found: I) {
        found.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        let mut all = Self::default();
        all.extend(found);
        all
    }
}

#[cfg(test)]
mod tests {
    use deployline_span::SourceId;

    use super::*;

    const A: Rule = Rule::warning("rule-a");
    const B: Rule = Rule::error("rule-b");

    fn at(rule: &Rule, offset: usize) -> Diagnostic {
        rule.at(Span::new(SourceId(0), offset, offset + 1), format!("at {offset}"))
    }

    #[test]
    fn of_each_rule_the_first_are_listed_and_the_others_counted() {
        let of_a_part: Diagnostics = (2_000..2_110).map(|offset| at(&A, offset)).collect();
        let mut all: Diagnostics = (0..1_324).map(|offset| at(&A, offset)).collect();
        all.append((0..3).map(|offset| at(&B, offset)).collect());
        // 100 that are listed there, and one that stands for ten.
        all.extend(of_a_part.into_vec());
        let listed = all.into_vec();
        assert_eq!(listed.iter().filter(|it| it.code == "rule-b").count(), 3);
        let of_a: Vec<&Diagnostic> = listed.iter().filter(|it| it.code == "rule-a").collect();
        assert_eq!(of_a.len(), MAX_OF_A_RULE + 1);
        let summary = of_a.last().expect("there are some");
        assert_eq!((summary.span.start, summary.severity), (100, Severity::Warning));
        assert_eq!(summary.others, 1_324 - 100 + 110);
        assert!(summary.message.starts_with("There are 1334 more like this"), "{summary:?}");
    }

    #[test]
    fn what_is_not_listed_is_not_made() {
        let mut all = Diagnostics::default();
        let made = std::cell::Cell::new(0);
        for offset in (0..1_000).chain(0..10) {
            let make = || {
                made.set(made.get() + 1);
                at(&A, offset)
            };
            all.push_with(&A, at(&A, offset).span, &make);
        }
        assert_eq!((made.get(), all.repeats()), (MAX_OF_A_RULE + 10, 10));
        let pushed: Diagnostics = (0..1_000).map(|offset| at(&A, offset)).collect();
        assert_eq!(all.into_vec(), pushed.into_vec());
    }

    #[test]
    fn what_is_found_again_counts_once() {
        let once = || (0..102).map(|offset| at(&A, offset));
        let mut all: Diagnostics = once().collect();
        all.append(once().collect());
        all.extend(once());
        let repeats = all.repeats();
        let listed = all.into_vec();
        assert_eq!(listed.len(), MAX_OF_A_RULE + 1);
        assert_eq!(repeats, 200);
        let summary = listed.last().expect("there are some");
        assert!(summary.message.starts_with("There are 2 more like this"), "{summary:?}");
    }
}
