//! Where broken texts come from.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::corpus;

const YAML: [&str; 44] = [
    "a",
    "b",
    "1",
    "~",
    "null",
    "true",
    ":",
    ": ",
    ":\n",
    ",",
    "- ",
    "-",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\\",
    "|",
    ">",
    "|2-",
    ">+",
    "&a ",
    "*a",
    "*b",
    "!!str ",
    "!t ",
    "%YAML 1.2\n",
    "---",
    "...",
    "#",
    " #",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\n  ",
    "\n    - ",
    "é",
    "🚀",
];

/// Anything YAML is made of, in any order.
pub(crate) fn yaml() -> impl Strategy<Value = String> {
    vec(select(&YAML), 0..60).prop_map(|tokens| tokens.concat())
}

const LINES: [&str; 89] = [
    "pipeline:",
    "stages:",
    "- stage:",
    "stage:",
    "- parallel:",
    "parallel:",
    "spec:",
    "type: Deployment",
    "type: Approval",
    "type: <+input>",
    "identifier: a",
    "name: \"b",
    "template:",
    "templateRef: t",
    "strategy:",
    "matrix: {a: [1]}",
    "services:",
    "service:",
    "serviceRef: S1",
    "- serviceRef: S2",
    "- <+input>",
    "values:",
    "values: [{serviceRef: S1}, S2",
    "metadata:",
    "parallel: true",
    "parallel: <+input>",
    "metadata: {}",
    "metadata: [x]",
    "environments:",
    "environment:",
    "environmentGroup:",
    "- environmentRef: E1",
    "environmentRef: E2",
    "infrastructureDefinitions:",
    "- identifier: I1",
    "infrastructureDefinitions: [{identifier: I2}]",
    "deployToAll: true",
    "filters: []",
    "useFromStage: {stage: a}",
    "gitOpsEnabled: true",
    "multiDeploymentConfig: {maxConcurrency: 2}",
    "maxConcurrency: -1",
    "serviceConfig:",
    "infrastructure: {environmentRef: E3}",
    "when: {pipelineStatus: Failure}",
    "---",
    "matrix: {a: [1, <+input>, {b: c}], exclude: [{a: \"1\"}], maxConcurrency: 0}",
    "matrix:",
    "a: <+<+b>.split(\",\")>",
    "repeat: {items: [x, y, z], start: 1}",
    "repeat: {items: [x, y, z], partitionSize: 50, unit: Percentage}",
    "repeat: {times: <+input>.default(3)}",
    "parallelism: 4",
    "parallelism: 300000",
    "onFailure: SkipQueued",
    "serviceRef: <+matrix.a.b>",
    "identifier: <+repeat.item>",
    "environmentRef: E<+strategy.iteration>",
    "service: {useFromStage: {stage: a}}",
    "services: {useFromStage: {stage: a}, metadata: {parallel: false}}",
    "environment: {useFromStage: {stage: a}}",
    "filters:",
    "- {type: all, entities: [environments, infrastructures]}",
    "- {type: tags, entities: [infrastructures], spec: {matchType: any, tags: {t: u}}}",
    "- {type: tags, entities: [environments], spec: {matchType: all, tags: <+service.tags>}}",
    "- {type: tags, entities: [environments], spec: {tags: <+input>}}",
    "envGroupRef: g",
    "templateInputs:",
    "versionLabel: v1",
    "inputSet:",
    "inputSet: {pipeline: {stages: [{stage: {identifier: a, type: Deployment}}]}}",
    "template: {identifier: t, type: Stage, spec: {type: Deployment, spec: <+input>}}",
    "template: {templateRef: t, templateInputs: {spec: {service: {serviceRef: x}}}}",
    "environment: {identifier: E1, tags: {t: u}}",
    "infrastructureDefinition: {identifier: I1, environmentRef: E1, tags: {t: u}}",
    "infrastructureDefinition: {identifier: I2, environmentRef: E2}",
    "environmentGroup: {identifier: g, envIdentifiers: [E2, E1]}",
    "service: {identifier: S1, tags: {t: u}}",
    "serviceRef: <+input>.default(q).allowedValues(q,r)",
    "version: 1",
    "- id: a",
    "group:",
    "- {id: b, service: [S1, S2], environment: {id: E1, deploy-to: all}}",
    "- parallel: {stages: [{group: {stages: [{id: c}]}}, {id: d, strategy: {for: 2}}]}",
    "max-parallel: 1",
    "items: [x, y]",
    "when: {pipelineStatus: All, condition: <+a>}",
    "---",
    "---",
];

/// Lines of pipelines, at random depths.
pub(crate) fn pipeline() -> impl Strategy<Value = String> {
    vec((0..8usize, select(&LINES)), 0..40).prop_map(|lines| {
        lines.iter().map(|(depth, line)| format!("{}{line}\n", "  ".repeat(*depth))).collect()
    })
}

/// What happens to a text while someone edits it.
#[derive(Clone, Debug)]
enum Damage {
    Delete(Index),
    Duplicate(Index),
    Replace(Index, Index),
    Cut(Index),
    Insert(Index, &'static str),
}

const INSERTED: [&str; 18] = [
    "\t", "\"", "'", "[", "]", "{", "}", "\0", ":", "-", "#", "\n", "\r", "&a ", "*a", "|", "🚀",
    "<+input>",
];

/// Up to 120 lines of a file that people might have written, damaged in a few places.
pub(crate) fn broken_corpus() -> impl Strategy<Value = String> {
    let damage = prop_oneof![
        any::<Index>().prop_map(Damage::Delete),
        any::<Index>().prop_map(Damage::Duplicate),
        any::<(Index, Index)>().prop_map(|(to, from)| Damage::Replace(to, from)),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), select(&INSERTED)).prop_map(|(at, what)| Damage::Insert(at, what)),
    ];
    let texts = corpus::texts().into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    (select(texts), any::<Index>(), vec(damage, 1..5)).prop_map(|(text, from, damages)| {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let from = from.index(lines.len().saturating_sub(120) + 1);
        let part = lines[from..lines.len().min(from + 120)].concat();
        damages.iter().fold(part, |text, damage| damaged(&text, damage))
    })
}

fn damaged(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    match damage {
        Damage::Delete(at) => {
            lines.remove(at.index(lines.len()));
        }
        Damage::Duplicate(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
        }
        Damage::Replace(to, from) => {
            let to = to.index(lines.len());
            lines[to] = lines[from.index(lines.len())];
        }
        Damage::Cut(at) => return text[..boundary(text, *at)].to_owned(),
        Damage::Insert(at, what) => {
            let at = boundary(text, *at);
            return [&text[..at], what, &text[at..]].concat();
        }
    }
    lines.concat()
}

fn boundary(text: &str, at: Index) -> usize {
    let at = at.index(text.len() + 1);
    text.floor_char_boundary(at)
}
