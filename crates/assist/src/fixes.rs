//! Edits that mend what was found.

mod beside_pipeline;
mod list_item;
mod misplaced;
mod other_schema;
mod skeleton;

use deployline_map::Map;
use deployline_planner::rules;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Document, Fix, Node, NodeKind, edit};

/// The most diagnostics for which fixes are looked for.
const MAX_DIAGNOSTICS: usize = 200;

/// The fixes of each diagnostic, those that it brings first. `documents` and `diagnostics` are those of
/// `text`; extra texts have none.
pub fn fixes(text: &str, documents: &[Document], diagnostics: &[Diagnostic]) -> Vec<Vec<Fix>> {
    let looked_at = diagnostics.iter().take(MAX_DIAGNOSTICS);
    let mut all: Vec<Vec<Fix>> =
        looked_at.clone().map(|found| found.fix.clone().into_iter().collect()).collect();
    let misplaced: Vec<(Span, usize)> = looked_at
        .clone()
        .enumerate()
        .filter(|(_, it)| it.span.source.0 == 0 && is_moved(it.code))
        .map(|(index, it)| (it.span, index))
        .collect();
    let places: Vec<Span> = misplaced.iter().map(|(span, _)| *span).collect();
    for (place, fix) in misplaced::moves(text, &places) {
        let index = misplaced.iter().find(|(span, _)| *span == place).map(|(_, index)| *index);
        index.into_iter().for_each(|index| all[index].push(fix.clone()));
    }
    let mut wanted: Map<Span, Vec<usize>> = Map::new();
    for (index, found) in looked_at.enumerate() {
        if found.span.source.0 == 0 && is_mended_here(found.code) {
            wanted.or_default(found.span).push(index);
        }
    }
    if wanted.is_empty() {
        return all;
    }
    let mut rest: Vec<Node<'_>> =
        documents.iter().filter(|it| it.source().0 == 0).map(Document::root).collect();
    // What an alias stands for is seen where it is written.
    while let Some(node) = rest.pop().filter(|node| !node.is_aliased()) {
        let first_key = node.entries().next().map(|(key, _)| key.span());
        for place in [Some(node.span()), first_key].into_iter().flatten() {
            for &index in wanted.get(&place).into_iter().flatten() {
                let is_at_key = Some(place) == first_key && place != node.span();
                all[index].extend(of_mapping(text, node, diagnostics[index].code, is_at_key));
            }
        }
        for (key, _) in node.entries() {
            for &index in wanted.get(&key.span()).into_iter().flatten() {
                if diagnostics[index].code == rules::NO_STAGES.code {
                    all[index].extend(beside_pipeline::indented(text, node));
                }
            }
        }
        for item in node.items() {
            for &index in wanted.get(&item.span()).into_iter().flatten() {
                let title = match diagnostics[index].code {
                    code if code == rules::LISTED_TWICE.code => "Remove the second one",
                    code if code == rules::DEPENDENCY_TWICE.code => "Remove the second one",
                    code if code == rules::DEPENDENCY_CYCLE.code => "Remove this dependency",
                    code if code == rules::DEPENDENCY_UNKNOWN.code => "Remove this dependency",
                    _ => continue,
                };
                all[index].extend(list_item::without(text, node, item, title));
            }
        }
        rest.extend(node.items().filter(|node| !node.is_aliased()));
        rest.extend(node.entries().map(|(_, value)| value).filter(|node| !node.is_aliased()));
    }
    all
}

fn is_moved(code: &str) -> bool {
    [rules::MISPLACED_KEY, rules::NO_EFFECT].iter().any(|rule| rule.code == code)
}

fn is_mended_here(code: &str) -> bool {
    [
        rules::SERVICES_METADATA_WITHOUT_PARALLEL,
        rules::EMPTY_SERVICES,
        rules::EMPTY_ENVIRONMENTS,
        rules::MISSING_SERVICE,
        rules::MISSING_ENVIRONMENT,
        rules::MISSING_INFRASTRUCTURE,
        rules::LISTED_TWICE,
        rules::DEPENDENCY_CYCLE,
        rules::DEPENDENCY_TWICE,
        rules::DEPENDENCY_UNKNOWN,
        rules::OTHER_SCHEMA,
        rules::NO_STAGES,
    ]
    .iter()
    .any(|rule| rule.code == code)
}

/// The fixes at a mapping. What a whole `spec` lacks is found at its first key.
fn of_mapping(text: &str, node: Node<'_>, code: &str, is_at_key: bool) -> Vec<Fix> {
    if node.kind() != NodeKind::Mapping {
        return Vec::new();
    }
    let is = |rule: deployline_yaml::Rule| rule.code == code;
    let lacks = |keys: &[&str]| keys.iter().all(|key| node.get(key).is_none());
    if is(rules::SERVICES_METADATA_WITHOUT_PARALLEL) && !is_at_key {
        return ["true", "false"].into_iter().filter_map(|value| flag(text, node, value)).collect();
    }
    if is(rules::OTHER_SCHEMA) && is_at_key {
        return other_schema::without_stages_key(text, node).into_iter().collect();
    }
    let skeleton = match is_at_key {
        true if is(rules::MISSING_SERVICE) && lacks(&["service", "services", "serviceConfig"]) => {
            &skeleton::SERVICE
        }
        true if is(rules::MISSING_ENVIRONMENT) && lacks(&["environment", "environments"]) => {
            &skeleton::ENVIRONMENT
        }
        false if is(rules::EMPTY_SERVICES) => &skeleton::SERVICES,
        false if is(rules::EMPTY_ENVIRONMENTS) => &skeleton::ENVIRONMENTS,
        false if is(rules::MISSING_INFRASTRUCTURE) && node.get("environmentRef").is_some() => {
            &skeleton::INFRASTRUCTURES
        }
        _ => return Vec::new(),
    };
    skeleton::add(text, node, skeleton).into_iter().collect()
}

fn flag(text: &str, metadata: Node<'_>, value: &str) -> Option<Fix> {
    let edit = edit::set(text, metadata, &["parallel"], value).ok()?;
    Some(Fix { title: format!("Add `parallel: {value}`"), edits: vec![edit] })
}
