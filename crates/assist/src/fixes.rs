//! Edits that mend what was found.

mod beside_pipeline;
mod misplaced;
mod other_schema;
mod skeleton;

use deployline_map::Map;
use deployline_planner::rules;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Document, Fix, Node, NodeKind, TextEdit, edit};

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
                if diagnostics[index].code == rules::LISTED_TWICE.code {
                    all[index].extend(without_item(text, node, item));
                }
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

/// The list without an item; `None` where nothing would be left, or the item shares its line.
fn without_item(text: &str, list: Node<'_>, item: Node<'_>) -> Option<Fix> {
    let position = list.items().position(|other| other.span() == item.span())?;
    let before = list.items().nth(position.checked_sub(1)?)?;
    let (start, end) = (item.span().start as usize, item.span().end as usize);
    let range = if list.is_flow() {
        before.span().end as usize..end
    } else {
        let dash = text.get(..start)?.trim_end_matches([' ', '\t']).strip_suffix('-')?;
        let line = dash.trim_end_matches([' ', '\t']);
        if !line.ends_with(['\n', '\r']) {
            return None;
        }
        // From the break before the dash to the end of the item's last line.
        let from = line.len() - if line.ends_with("\r\n") { 2 } else { 1 };
        // A text of several lines ends where the next item starts.
        let last = text.get(..end)?.trim_end().len();
        let to = last + text.get(last..)?.find(['\n', '\r']).unwrap_or(text.len() - last);
        from..to
    };
    let span = Span::new(item.span().source, range.start, range.end);
    let edit = TextEdit { span, insert: String::new() };
    Some(Fix { title: "Remove the second one".into(), edits: vec![edit] })
}
