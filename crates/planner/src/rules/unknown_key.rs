//! A key that is not known where it stands, spelt almost like one that is.
//!
//! Of keys that are merely unknown, [`unfamiliar_key`] says those in mappings that decide something.

use deployline_schema::is_other_spelling;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Node, Rule, RuleDocs, TextEdit};

use super::unused_key::is_of_one_stage;
use super::{misplaced_key, unfamiliar_key};
use crate::mappings::Place;
use crate::spelling::closest_word;

/// A key that looks misspelt.
pub const UNKNOWN_KEY: Rule = Rule::warning("unknown-key");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNKNOWN_KEY,
    explanation: "The key is unknown here, but a known key is spelled almost the same. What is below the unknown key is not read. Correct the spelling.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}], metdata: {parallel: false}}
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

/// Looks for keys that are not known in a mapping, but belong elsewhere or look misspelt. There may be very many of
/// them: the known ones are looked up once, and only where one is strange. `says_unfamiliar` takes those in, too, that
/// look like no other.
pub(super) fn look(place: Place<'_>, says_unfamiliar: bool, found: &mut Diagnostics) {
    let Place { node, kind, .. } = place;
    if kind.is_open() {
        return;
    }
    let mut present = None;
    let names = node.entries().filter_map(|(key, _)| Some((key, key.as_str()?)));
    let is_strange = |name: &str| {
        kind.key(name).is_none() && !is_other_spelling(name) && !is_of_one_stage(place, name)
    };
    for (key, name) in names.filter(|(_, name)| is_strange(name)) {
        let present: &Vec<&str> = present.get_or_insert_with(|| place.present());
        if let Some(home) = misplaced_key::home(place, present, name) {
            let message = || misplaced_key::at(key, name, home);
            found.push_with(&misplaced_key::MISPLACED_KEY, key.span(), &message);
            continue;
        }
        let mut known = kind.keys().iter().map(|key| key.name);
        match closest_word(name, &mut known) {
            Some(meant) if !present.contains(&meant) => {
                found.push_with(&UNKNOWN_KEY, key.span(), &|| misspelling(key, name, meant));
            }
            _ if says_unfamiliar => unfamiliar_key::look((place, present), key, name, found),
            _ => {}
        }
    }
}

fn misspelling(key: Node<'_>, name: &str, meant: &str) -> Diagnostic {
    let message = format!("`{name}` is not known here: did you mean `{meant}`?");
    let edit = TextEdit { span: key.span(), insert: meant.to_owned() };
    let title = format!("Change it to `{meant}`");
    UNKNOWN_KEY.at(key.span(), message).with_fix(title, vec![edit])
}

#[cfg(test)]
mod tests {
    use deployline_engine::AccountPlan;

    use crate::rules::check_keys;

    /// The keys found in a `spec`, each with what was probably meant.
    fn found(spec: &str) -> Vec<String> {
        let text = format!("stage:\n  type: Deployment\n  spec:\n{spec}");
        let parsed = deployline_yaml::parse(&text);
        let found = check_keys(&parsed.documents, AccountPlan::default()).into_vec();
        let found = found.iter().filter(|found| found.code == "unknown-key");
        let pair = |diagnostic: &deployline_yaml::Diagnostic| {
            let meant = diagnostic.fix.as_ref().map(|fix| fix.edits[0].insert.clone());
            format!("{} → {}", &text[diagnostic.span.range()], meant.unwrap_or_default())
        };
        found.map(pair).collect()
    }

    #[test]
    fn finds_likely_typos_only() {
        for (spec, expected) in [
            ("    enviroments: {values: []}\n", &["enviroments → environments"][..]),
            ("    Services: {values: []}\n", &["Services → services"]),
            ("    services: {vlaues: [], metadata: {}}\n", &["vlaues → values"]),
            ("    services: {values: [{serviceref: a}]}\n", &["serviceref → serviceRef"]),
            ("    services: {metadata: {paralel: true}}\n", &["paralel → parallel"]),
            (
                "    environment: {environmentRef: e, deployToAl: true}\n",
                &["deployToAl → deployToAll"],
            ),
            (
                "    multiDeploymentConfig: {maxConcurency: 2}\n",
                &["maxConcurency → maxConcurrency"],
            ),
            ("    somethingElse: 1\n    execution: {stepps: []}\n", &["stepps → steps"]),
            ("    service: {serviceRef: a}\n    services: {values: []}\n", &[]),
            ("    environment: {environmentInputs: {identifer: x}}\n", &[]),
            (
                "    service: {useFromStage: {stgae: a}}\n---\nenvironment: {identifer: e}\n",
                &["stgae → stage", "identifer → identifier"],
            ),
            ("    serviceConfig: {servicRef: a}\n", &["servicRef → serviceRef"]),
            ("  strategy: {matrix: {excludes: [a]}}\n", &[]),
            ("---\nstages: [{id: a, servise: b, env: c}]\n", &["servise → service"]),
        ] {
            assert_eq!(found(spec), expected, "{spec}");
        }
    }
}
