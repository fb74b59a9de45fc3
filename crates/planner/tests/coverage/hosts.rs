//! A text for each kind of mapping, in which its keys have an effect.

use deployline_schema::{Key, MappingKind, Takes};

use crate::texts;

/// A text around a mapping, and what stands in the mapping unless it is the key that is looked at.
pub(crate) struct Host {
    /// `@` stands for the mapping.
    around: String,
    keys: Vec<(&'static str, &'static str)>,
}

impl Host {
    /// The text with this value for a key, or without the key.
    pub(crate) fn with(&self, key: &str, value: Option<&str>) -> String {
        let others = self.keys.iter().filter(|(name, _)| *name != key);
        let others = others.map(|(name, value)| format!("{name}: {value}"));
        let own = value.map(|value| format!("{key}: {value}"));
        let entries: Vec<String> = others.chain(own).collect();
        self.around.replacen('@', &format!("{{{}}}", entries.join(", ")), 1)
    }

    /// The text with the key `misspelt`, beside the one that it is like or in its place.
    pub(crate) fn misspelt(&self, misspelt: &str, key: &str, is_there: bool) -> String {
        let keys = self.keys.iter().copied().filter(|(name, _)| *name != key);
        let mut entries: Vec<String> =
            keys.map(|(name, value)| format!("{name}: {value}")).collect();
        if is_there {
            let value = self.keys.iter().find(|(name, _)| *name == key).map_or("zz", |(_, it)| it);
            entries.push(format!("{key}: {value}"));
        }
        entries.push(format!("{misspelt}: zz"));
        self.around.replacen('@', &format!("{{{}}}", entries.join(", ")), 1)
    }
}

/// Values for a key: of every kind, those of its table, and some that only it takes.
pub(crate) fn values(kind: MappingKind, key: &Key, host: &Host) -> Vec<String> {
    const ANY: &[&str] = &[
        "zz",
        "'2'",
        "1",
        "0",
        "-1",
        "true",
        "false",
        "<+input>",
        "1s",
        "[]",
        "[zz]",
        "{}",
        "{a: zz}",
        "{a: b}",
        "[{a: zz}]",
        "[{name: a, type: String, value: zz}]",
    ];
    let own: &[&str] = match (kind, key.name) {
        (MappingKind::Document, "freeze") => &["{identifier: f}"],
        (MappingKind::InfrastructureEntity, "spec") => &["{connectorRef: c, namespace: n}"],
        (MappingKind::InfrastructureEntity, "environmentRef") => &["e"],
        (MappingKind::GroupEntity, "envIdentifiers") => &["[e, f]"],
        (MappingKind::Overlay, "pipelineIdentifier") => &["p", "q"],
        (MappingKind::Overlay, "inputSetReferences") => &["[one, two]", "[two, one]"],
        (MappingKind::OlderInfrastructure, "infrastructureDefinition") => {
            &["{type: KubernetesDirect, spec: {namespace: n}}"]
        }
        (MappingKind::ChainedSpec, "inputs") => {
            &["{variables: [{name: v, type: String, value: zz}]}"]
        }
        (MappingKind::ChainedSpec, "inputSetReferences") => &["[one, two]", "[two, one]"],
        (MappingKind::V1ChainWith, "inputs") => &["{v: zz}"],
        (MappingKind::V1ChainWith, "input-sets") => &["[one, two]", "[two, one]"],
        (MappingKind::V1Chain, "with") => &["{inputs: {v: zz}}"],
        (MappingKind::TemplateUse, "versionLabel") => &["v1", "v2"],
        (MappingKind::TemplateUse, "templateRef") => &["t"],
        (MappingKind::TemplateUse, "templateInputs") => &["{type: Custom, timeout: 1s}"],
        (MappingKind::Matrix, "exclude") => &["[{a: x}]"],
        (MappingKind::Repeat, "items") => &["[a, b]"],
        (MappingKind::UseFromStage, "stage") => &["z"],
        (MappingKind::QueueSpec | MappingKind::V1Queue, "key") => &["k"],
        (MappingKind::V1Pipeline, "inputs") => &["{a: {type: string, default: zz}}"],
        (MappingKind::V1Pipeline, "barriers") => &["[b]"],
        (MappingKind::V1Document, "version") => &["0"],
        (MappingKind::V1Stage, "needs") => &["a"],
        (MappingKind::V1Stage, "if") => &["failure()"],
        (MappingKind::V1Matrix, "exclude") => &["[{a: x}]"],
        (MappingKind::V1Matrix, "include") => &["[{a: z}]"],
        (MappingKind::V1Repeat, "items") => &["[a, b]"],
        (MappingKind::V1FailureRule, "errors") => &["timeout"],
        _ => &[],
    };
    let words = key.takes.iter().flat_map(|takes| match takes {
        Takes::Words(words) => *words,
        _ => &[],
    });
    let usual = host.keys.iter().filter(|(name, _)| *name == key.name).map(|(_, value)| value);
    ANY.iter().chain(own).chain(words).chain(usual).map(|value| (*value).to_owned()).collect()
}

/// The host of a kind of mapping, for one of its keys.
pub(crate) fn host(kind: MappingKind, key: &str) -> Host {
    let (around, keys) = texts::around(kind, key);
    Host { around, keys: keys.to_vec() }
}
