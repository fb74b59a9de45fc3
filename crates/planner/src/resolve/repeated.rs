//! One variable that only a run knows is said once in a stage, however many places use it.

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::Diagnostic;

use super::Context;
use crate::rules::RUNTIME_INPUT;

/// Where a variable of a strategy stands that is not known.
pub(super) struct Use {
    /// `matrix.KEY`, `repeat.item`
    pub(super) variable: String,
    /// Whether it gets its values here.
    pub(super) is_axis: bool,
}

/// Of the diagnostics from `found` on, joins those about one variable: at its axis, or where it is
/// used first.
pub(super) fn join(found: usize, cx: &mut Context<'_>) {
    let uses = std::mem::take(&mut cx.uses);
    if uses.is_empty() {
        return;
    }
    let mut groups: Map<&str, Group> = Map::new();
    for diagnostic in cx.diagnostics.split_off(found) {
        match uses.get(&diagnostic.span).filter(|_| diagnostic.code == RUNTIME_INPUT.code) {
            Some(place) => {
                let Group { axes, others } = groups.or_default(&place.variable);
                if place.is_axis { axes } else { others }.push(diagnostic);
            }
            None => cx.diagnostics.push(diagnostic),
        }
    }
    cx.diagnostics.extend(groups.into_iter().filter_map(|(variable, group)| one(variable, group)));
}

/// Where one variable is found: where it gets its values, and elsewhere.
#[derive(Default)]
struct Group {
    axes: Vec<Diagnostic>,
    others: Vec<Diagnostic>,
}

fn one(variable: &str, mut group: Group) -> Option<Diagnostic> {
    Diagnostic::sort(&mut group.axes);
    Diagnostic::sort(&mut group.others);
    let mut places = group.axes.into_iter().chain(group.others);
    let first = places.next()?;
    let mut others: Vec<Span> = places.map(|diagnostic| diagnostic.span).collect();
    others.dedup();
    others.retain(|span| *span != first.span);
    let message = format!("`<+{variable}>` is used here too");
    Some(others.into_iter().fold(first, |first, span| first.with_related(span, message.clone())))
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
    fn each_variable_is_found_once() {
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
