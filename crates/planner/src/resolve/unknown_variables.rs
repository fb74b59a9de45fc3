//! One diagnostic for each variable of a strategy that only a run knows, however many places of the
//! stage use it.

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics};

use super::context::Findings;
use crate::rules::{RUNTIME_INPUT, UNKNOWN_VARIABLE};

/// Diagnostics of a stage, those about one variable joined: at its axis, or where it is used first.
pub(super) fn join(findings: Findings) -> Diagnostics {
    let Findings { mut diagnostics, unknown_variables } = findings;
    if unknown_variables.is_empty() {
        return diagnostics;
    }
    let mut groups: Map<&str, Group> = Map::new();
    let mut found = diagnostics.take_listed(RUNTIME_INPUT.code);
    found.extend(diagnostics.take_listed(UNKNOWN_VARIABLE.code));
    for diagnostic in found {
        match unknown_variables.get(&diagnostic.span) {
            Some(variable) => {
                let Group { axes, uses } = groups.or_default(&variable.name);
                if variable.is_axis { axes } else { uses }.push(diagnostic);
            }
            None => diagnostics.push(diagnostic),
        }
    }
    diagnostics.extend(groups.into_iter().filter_map(|(variable, group)| group.join(variable)));
    diagnostics
}

/// Diagnostics about one variable: where it gets its values, and where it is used.
#[derive(Default)]
struct Group {
    axes: Vec<Diagnostic>,
    uses: Vec<Diagnostic>,
}

impl Group {
    fn join(mut self, variable: &str) -> Option<Diagnostic> {
        Diagnostic::sort(&mut self.axes);
        Diagnostic::sort(&mut self.uses);
        let mut diagnostics = self.axes.into_iter().chain(self.uses);
        let first = diagnostics.next()?;
        let mut others: Vec<Span> = diagnostics.map(|diagnostic| diagnostic.span).collect();
        others.dedup();
        others.retain(|span| *span != first.span);
        let message = format!("`{variable}` is used here too");
        let relate = |first: Diagnostic, span| first.with_related(span, message.clone());
        Some(others.into_iter().fold(first, relate))
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;

    use crate::{Inputs, analyze};

    /// The lines of a `stage`'s findings, each with those of its other places.
    fn lines(spec: &str, strategy: &str) -> Vec<Vec<usize>> {
        let text = format!(
            "stages:\n- stage:\n    type: Deployment\n    spec:\n      service:\n        serviceRef: \
             {spec}\n      environment:\n        environmentRef: {spec}\n        \
             infrastructureDefinitions:\n        - identifier: {spec}\n    strategy: {strategy}\n"
        );
        let found = analyze(&[&text], &Inputs::default(), &Assumptions::default()).diagnostics;
        let line = |start: u32| text[..start as usize].lines().count();
        let places = |found: &deployline_yaml::Diagnostic| {
            let others = found.related.iter().map(|other| line(other.span.start));
            [line(found.span.start)].into_iter().chain(others).collect()
        };
        found.iter().map(places).collect()
    }

    #[test]
    fn each_variable_is_reported_once() {
        for (spec, strategy, expected) in [
            ("<+matrix.typo>", "{matrix: {a: [x, y]}}", vec![vec![6, 8, 10]]),
            ("<+matrix.typo>", "", vec![vec![6, 8, 10]]),
            ("<+matrix.a>", "{matrix: {a: [x, y]}}", vec![]),
            ("<+matrix.a>_1", "{matrix: {a: <+input>}}", vec![vec![11, 6, 8, 10]]),
            ("<+repeat.item>", "{repeat: {items: <+input>}}", vec![vec![11, 6, 8, 10]]),
            ("<+input>", "", vec![vec![6], vec![8], vec![10]]),
        ] {
            assert_eq!(lines(spec, strategy), expected, "{spec} with {strategy}");
        }
    }
}
