//! A value of another kind than its key takes, such as a text in place of a list.

use deployline_schema::Takes;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Node, NodeKind, Rule, RuleDocs};

use crate::expression::is_expression;
use crate::mappings::Place;

/// A value of another kind than its key takes.
pub const UNEXPECTED_VALUE: Rule = Rule::warning("unexpected-value");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNEXPECTED_VALUE,
    explanation: "The key takes values of another kind: a list where a text stands, for example. What such a value means is not defined: mostly nothing is read from it, as if the key were not there. Write a value of the kind that the message names.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    execution: {steps: rollout}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    execution: {steps: [{step: {name: Roll out, identifier: rollout, type: K8sRollingDeploy}}]}
"#,
};

/// Looks at the values of a mapping that have a table of keys, and at the items of its lists of texts.
pub(super) fn look(place: Place<'_>, found: &mut Diagnostics) {
    for (key, value) in place.node.entries() {
        let Some(known) = key.as_str().and_then(|name| place.kind.key(name)) else { continue };
        if !known.takes.iter().any(|takes| admits(*takes, value)) {
            let place = key.span().to(value.span());
            report(value, place, &format!("`{}`", known.name), known.takes, found);
            continue;
        }
        let of_item = item_takes(known.takes);
        if of_item.is_empty() || value.kind() != NodeKind::Sequence {
            continue;
        }
        let strange = |item: &Node<'_>| !of_item.iter().any(|takes| admits(*takes, *item));
        for item in value.items().filter(strange) {
            report(item, item.span(), &format!("an item of `{}`", known.name), &of_item, found);
        }
    }
}

/// Leaves out those at values of which something else is said. All are in the order of the text.
pub(crate) fn leave_out_said(found: &mut Vec<Diagnostic>) {
    let is_unexpected = |found: &Diagnostic| found.code == UNEXPECTED_VALUE.code;
    let said =
        found.iter().filter(|it| !is_unexpected(it)).map(|it| (it.span.source, it.span.start));
    let said: Vec<_> = said.collect();
    found.retain(|it| {
        let Span { source, start, end } = it.span;
        let next = said.partition_point(|place| *place < (source, start));
        !is_unexpected(it) || said.get(next).is_none_or(|place| *place >= (source, end))
    });
}

/// Reports a value; `place` is its own, or with the key before it.
fn report(value: Node<'_>, place: Span, holder: &str, takes: &[Takes], found: &mut Diagnostics) {
    let message = || {
        let (taken, here) = (taken_in_words(takes), in_words(value));
        UNEXPECTED_VALUE.at(
            place,
            format!(
                "Expected {taken} for {holder}, not {here}: correct the value, or remove the key."
            ),
        )
    };
    found.push_with(&UNEXPECTED_VALUE, place, &message);
}

/// The kinds of values that the items of a list have; none where there is no list, or any items may stand in it.
fn item_takes(takes: &[Takes]) -> Vec<Takes> {
    let of_item = takes.iter().filter_map(|takes| match takes {
        Takes::Texts => Some(Takes::Text),
        Takes::References(of) => Some(Takes::Reference(*of)),
        Takes::List(of) => Some(Takes::Mapping(*of)),
        _ => None,
    });
    of_item.collect()
}

/// Returns `true` for a value of this kind. What only a run knows may become any.
fn admits(takes: Takes, value: Node<'_>) -> bool {
    match (takes, value.kind()) {
        (Takes::Anything, _) | (_, NodeKind::Null) => true,
        (_, NodeKind::Scalar) if value.as_str().is_some_and(is_expression) => true,
        (Takes::Flag, NodeKind::Scalar) => is_flag(value),
        (Takes::Count, NodeKind::Scalar) => is_number(value),
        (Takes::Text | Takes::Words(_) | Takes::Reference(_), kind) => kind == NodeKind::Scalar,
        (Takes::Mapping(_) | Takes::Values, kind) => kind == NodeKind::Mapping,
        (Takes::List(_) | Takes::Texts | Takes::References(_) | Takes::Items, kind) => {
            kind == NodeKind::Sequence
        }
        (Takes::Flag | Takes::Count, _) => false,
    }
}

fn is_flag(value: Node<'_>) -> bool {
    let text = value.as_str().unwrap_or_default();
    ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text))
}

fn is_number(value: Node<'_>) -> bool {
    let digits = value.as_str().unwrap_or_default().trim().trim_start_matches(['-', '+']);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn in_words(value: Node<'_>) -> &'static str {
    match value.kind() {
        NodeKind::Sequence => "a list",
        NodeKind::Mapping => "a mapping",
        _ => "a text",
    }
}

/// The kinds of values in words, each once.
fn taken_in_words(takes: &[Takes]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for takes in takes {
        let word = match takes {
            Takes::Text | Takes::Words(_) | Takes::Anything => "a text",
            Takes::Flag => "`true` or `false`",
            Takes::Count => "a number",
            Takes::Reference(_) => "an identifier",
            Takes::References(_) => "a list of identifiers",
            Takes::Texts => "a list of texts",
            Takes::Mapping(_) | Takes::Values => "a mapping",
            Takes::List(_) => "a list of mappings",
            Takes::Items => "a list",
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" or ")
}
