//! Two stages with one identifier: the product refuses it, since others could not refer to them.

use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Node, Rule, RuleDocs};

use crate::fix;
use crate::mappings::stage_lists;

/// Two stages with one identifier.
pub const DUPLICATE_IDENTIFIER: Rule = Rule::error("duplicate-identifier");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DUPLICATE_IDENTIFIER,
    explanation: "Two stages of one pipeline have the same identifier. The product refuses that, since a reference could mean either of them. Give each stage its own.",
    bad: Example::Text(
        r#"stages:
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stages:
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: again
      identifier: again
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

/// Compares the identifiers of all stages of each pipeline.
pub(super) fn check(root: Node<'_>) -> Diagnostics {
    let identifiers: Vec<(&str, Node<'_>)> = stage_lists(root)
        .into_iter()
        .flat_map(stages)
        .filter_map(|stage| stage.get("identifier").or_else(|| stage.get("id")))
        .filter_map(|node| Some((node.as_str()?, node)))
        .collect();
    // Names that can't be proposed, once there is something to propose.
    let mut taken: Option<Set<String>> = None;
    // The first place of each, and the number behind the next one that is proposed.
    let mut seen: Map<&str, (Span, usize)> = Map::new();
    let mut found = Diagnostics::default();
    for &(name, node) in &identifiers {
        let Some((first, number)) = seen.get_mut(name) else {
            seen.insert(name, (node.span(), 2));
            continue;
        };
        if found.count_unlisted(&DUPLICATE_IDENTIFIER, node.span()) {
            continue;
        }
        let message = format!(
            "Another stage already has the identifier `{name}`, and the product refuses that. \
             Give each stage an identifier of its own."
        );
        let diagnostic = DUPLICATE_IDENTIFIER.at(node.span(), message);
        let diagnostic = diagnostic.with_related(*first, format!("`{name}` appears here first"));
        // The references to it mean the first one, and go on to do so.
        let names = || identifiers.iter().map(|(name, _)| (*name).to_owned()).collect();
        let free = another(name, number, taken.get_or_insert_with(names));
        let fix = fix::text(node, &free);
        found.push(Diagnostic { fix, ..diagnostic });
    }
    found
}

/// A name like this one that no stage has. Numbers are tried from `number` on, each once for a name.
fn another(name: &str, number: &mut usize, taken: &mut Set<String>) -> String {
    loop {
        let free = format!("{name}_{number}");
        *number += 1;
        if taken.insert(free.clone()) {
            return free;
        }
    }
}

/// The stages of a list, those of parallel entries and groups too.
fn stages(list: Node<'_>) -> Vec<Node<'_>> {
    let mut stages = Vec::new();
    let mut rest: Vec<Node<'_>> = list.items().collect();
    rest.reverse();
    while let Some(item) = rest.pop() {
        let inner = item.get("parallel").or_else(|| item.get("group"));
        match inner {
            Some(inner) => {
                let members = inner.get("stages").unwrap_or(inner);
                let from = rest.len();
                rest.extend(members.items());
                rest[from..].reverse();
            }
            None => stages.push(item.get("stage").unwrap_or(item)),
        }
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_them_in_parallel_entries_and_groups_too() {
        for (text, expected) in [
            ("stages: [{stage: {identifier: a}}, {stage: {identifier: b}}]", 0),
            ("stages: [{stage: {identifier: a}}, {parallel: [{stage: {identifier: a}}]}]", 1),
            ("pipeline: {stages: [{id: a}, {group: {stages: [{id: a}, {id: a}]}}]}", 2),
            ("- stage: {identifier: a}\n- stage: {identifier: a}\n", 1),
            ("stages: [{stage: {name: a}}, {stage: {name: a}}]", 0),
        ] {
            let parsed = deployline_yaml::parse(text);
            assert_eq!(check(parsed.documents[0].root()).into_vec().len(), expected, "{text}");
        }
    }
}
