//! A key that is not read where it stands, but one level up or down it would be.

use deployline_schema::{Key, MappingKind, Takes};
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Document, Example, Node, Rule, RuleDocs};

use super::unused_key::is_of_one_stage;
use crate::mappings::{Mappings, Place};

/// A key on the wrong level.
pub const MISPLACED_KEY: Rule = Rule::warning("misplaced-key");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISPLACED_KEY,
    explanation: "The key is not read where it stands: it belongs one level up or down, beside or below the key that the message names. Move it there.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}], parallel: false}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}], metadata: {parallel: false}}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

/// The place where a key would be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home<'a> {
    /// Beside this key, one level up, in a mapping of this kind.
    Beside(&'a str, MappingKind),
    /// Below this key.
    Below(&'static str),
}

/// A key on the wrong level.
#[derive(Clone, Copy, Debug)]
pub struct MisplacedKey<'a> {
    /// The mapping that has it.
    pub mapping: Node<'a>,
    /// Kind of that mapping.
    pub kind: MappingKind,
    /// The key.
    pub key: Node<'a>,
    /// The place where it would be read.
    pub home: Home<'a>,
}

/// The misplaced keys at places that `is_wanted` takes, for who moves them; also a limit beside the loop that it is for.
pub fn misplaced_keys<'a>(
    document: &'a Document,
    is_wanted: &dyn Fn(Span) -> bool,
) -> Vec<MisplacedKey<'a>> {
    let mut found = Vec::new();
    for place in Mappings::of(document.root()) {
        let Place { node: mapping, kind, .. } = place;
        let mut present = None;
        for (key, _) in mapping.entries().filter(|(key, _)| is_wanted(key.span())) {
            let Some(name) = key.as_str() else { continue };
            let present: &Vec<&str> = present.get_or_insert_with(|| place.present());
            let home = match kind.key(name) {
                None => home(place, present, name),
                Some(_) => limit_of_loop(kind, present, name),
            };
            found.extend(home.map(|home| MisplacedKey { mapping, kind, key, home }));
        }
    }
    found
}

/// The place of a limit that stands beside the loop it is for: its key is known, and has no effect there.
fn limit_of_loop(kind: MappingKind, present: &[&str], name: &str) -> Option<Home<'static>> {
    let is_limit = kind == MappingKind::Strategy && name == "maxConcurrency";
    let loops = ["matrix", "repeat"].into_iter().filter(|_| is_limit);
    loops.filter(|key| present.contains(key)).map(Home::Below).next()
}

/// The place where a key that is not known in `place` would be read; `present` are the known keys that are there.
pub(super) fn home<'a>(place: Place<'a>, present: &[&str], name: &str) -> Option<Home<'a>> {
    // There is no one stage that it would be moved to.
    if is_of_one_stage(place, name) {
        return None;
    }
    match place.around {
        Some((below, around)) if around.key(name).is_some_and(bears) => {
            Some(Home::Beside(below, around))
        }
        _ => child_that_reads(place.kind, present, name).map(Home::Below),
    }
}

/// The diagnostic for a key that belongs elsewhere.
pub(super) fn at(key: Node<'_>, name: &str, home: Home<'_>) -> Diagnostic {
    let home = match home {
        Home::Beside(outer, _) => format!("it belongs beside `{outer}:`, one level up"),
        Home::Below(inner) => format!("it belongs below `{inner}:`"),
    };
    let message = format!("`{name}` is not read here: {home}. Move it there.");
    MISPLACED_KEY.at(key.span(), message)
}

/// The key beside an unknown one whose mapping would read it: one that is there, or else the only one.
fn child_that_reads(kind: MappingKind, present: &[&str], name: &str) -> Option<&'static str> {
    let reads = |key: &&Key| {
        key.takes.iter().any(|takes| match takes {
            Takes::Mapping(kind) => !kind.is_open() && kind.key(name).is_some_and(bears),
            _ => false,
        })
    };
    let mut readers = kind.keys().iter().filter(reads);
    let first = readers.clone().next()?;
    let is_only = readers.clone().nth(1).is_none();
    let there = readers.find(|key| present.contains(&key.name));
    there.or(Some(first).filter(|_| is_only)).map(|key| key.name)
}

/// Returns `true` for a key that decides something; those with a text of any kind are in many mappings.
fn bears(key: &'static Key) -> bool {
    let decides = |takes: &Takes| {
        !matches!(
            takes,
            Takes::Text | Takes::Texts | Takes::Values | Takes::Items | Takes::Anything
        )
    };
    key.name != "type" && key.name != "spec" && key.takes.iter().any(decides)
}

#[cfg(test)]
mod tests {
    use deployline_engine::AccountPlan;

    use crate::rules::check_keys;

    #[test]
    fn a_key_is_known_one_level_up_or_down() {
        for (stage, expected) in [
            (
                "spec: {services: {values: [], parallel: false}}",
                &["parallel: below `metadata:`"][..],
            ),
            ("spec: {when: {pipelineStatus: All}}", &["when: beside `spec:`"]),
            ("spec: {strategy: {parallelism: 2}}", &["strategy: beside `spec:`"]),
            ("services: {values: []}, spec: {}", &["services: below `spec:`"]),
            ("spec: {maxConcurrency: 2}", &["maxConcurrency: below `multiDeploymentConfig:`"]),
            ("spec: {services: {}, values: []}", &["values: below `services:`"]),
            // It could be that of services and that of environments.
            ("spec: {values: []}", &[]),
            (
                "spec: {environment: {environmentRef: e}, infrastructureDefinitions: []}",
                &["infrastructureDefinitions: below `environment:`"],
            ),
            ("pipelineStatus: All, spec: {}", &["pipelineStatus: below `when:`"]),
            (
                "spec: {environments: {values: [{environmentRef: e, metadata: {parallel: true}}]}}",
                &["metadata: beside `values:`"],
            ),
            ("spec: {somethingElse: 1, name: x, type: y}", &[]),
        ] {
            let text = format!("stages: [{{stage: {{type: Deployment, {stage}}}}}]");
            let parsed = deployline_yaml::parse(&text);
            let found = check_keys(&parsed.documents, AccountPlan::default()).into_vec();
            let brief = |message: &str| {
                let (key, home) = message.split_once(" is not read here: it belongs ")?;
                let home = home.split([',', '.']).next()?;
                Some(format!("{}: {home}", key.trim_matches('`')))
            };
            let found: Vec<String> = found.iter().filter_map(|it| brief(&it.message)).collect();
            assert_eq!(found, expected, "{stage}");
        }
    }
}
