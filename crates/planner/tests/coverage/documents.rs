//! The texts around whole documents, and around what refers to them.

use deployline_schema::MappingKind;

use crate::texts::{
    ENVIRONMENT, FILTERS, INFRASTRUCTURE, SERVICE, Text, custom, deploy, filtered, joined,
    pipeline, stage,
};

/// Of whole documents, and of what refers to them.
pub(crate) fn text(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::Document if key == "version" => {
            ("@".into(), &[("pipeline", "{identifier: p, stages: []}")])
        }
        MappingKind::Document => (joined(&[&custom("tags: {}"), "@"]), &[]),
        MappingKind::Pipeline => (
            "pipeline: @".into(),
            &[(
                "stages",
                "[{stage: {type: Custom, identifier: a, name: '<+pipeline.name> <+pipeline.identifier> <+pipeline.tags.a> \
                 <+pipeline.variables.a> <+project.identifier> <+org.identifier>'}}]",
            )],
        ),
        MappingKind::TemplateUse => (
            joined(&[
                &pipeline("{stage: {name: a, identifier: a, template: @}}"),
                "template: {identifier: t, versionLabel: v1, type: Stage, spec: {type: Custom, timeout: <+input>}}",
                "template: {identifier: t, versionLabel: v2, type: Stage, spec: {type: Approval}}",
            ]),
            &[("templateRef", "t"), ("versionLabel", "v1")],
        ),
        MappingKind::ServiceEntity => (
            joined(&[
                &deploy(&format!(
                    "{SERVICE}, environments: {{filters: [{{identifier: f, type: tags, entities: [environments, infrastructures], \
                     spec: {{tags: <+service.tags>, matchType: any}}}}]}}"
                )),
                ENVIRONMENT,
                INFRASTRUCTURE,
                "service: @",
            ]),
            &[("identifier", "s"), ("tags", "{a: b}")],
        ),
        MappingKind::EnvironmentEntity => (
            joined(&[&filtered(FILTERS), INFRASTRUCTURE, "environment: @"]),
            &[("identifier", "e"), ("tags", "{a: b}")],
        ),
        MappingKind::InfrastructureEntity => (
            joined(&[
                &filtered(&FILTERS.replace("[environments]", "[environments, infrastructures]")),
                ENVIRONMENT,
                "infrastructureDefinition: @",
            ]),
            &[
                ("identifier", "i"),
                ("environmentRef", "e"),
                ("tags", "{a: b}"),
                ("type", "KubernetesDirect"),
                ("spec", "{connectorRef: d, namespace: n}"),
            ],
        ),
        MappingKind::GroupEntity => (
            joined(&[
                &deploy(&format!(
                    "{SERVICE}, environmentGroup: {{envGroupRef: g, deployToAll: true, environments: <+input>}}"
                )),
                ENVIRONMENT,
                INFRASTRUCTURE,
                "environmentGroup: @",
            ]),
            &[("identifier", "g"), ("envIdentifiers", "[e]")],
        ),
        MappingKind::TemplateEntity => (
            joined(&[
                &pipeline(
                    "{stage: {name: a, identifier: a, template: {templateRef: t, versionLabel: v}}}",
                ),
                "template: @",
            ]),
            &[
                ("identifier", "t"),
                ("versionLabel", "v"),
                ("type", "Stage"),
                ("spec", "{type: Custom}"),
            ],
        ),
        MappingKind::InputSet => (
            joined(&[
                &stage("Custom", "timeout: <+input>"),
                "inputSet: @",
                "overlayInputSet: {identifier: all, pipelineIdentifier: p, inputSetReferences: [one]}",
            ]),
            &[
                ("identifier", "one"),
                ("pipeline", "{identifier: p, stages: [{stage: {identifier: a, timeout: 1s}}]}"),
            ],
        ),
        MappingKind::Overlay => {
            let set = |name: &str, timeout: &str| {
                format!(
                    "inputSet: {{identifier: {name}, pipeline: {{identifier: p, stages: [{{stage: {{identifier: a, timeout: {timeout}}}}}]}}}}"
                )
            };
            (
                joined(&[
                    &stage("Custom", "timeout: <+input>"),
                    &set("one", "1s"),
                    &set("two", "2s"),
                    "overlayInputSet: @",
                ]),
                &[
                    ("identifier", "all"),
                    ("pipelineIdentifier", "p"),
                    ("inputSetReferences", "[one, two]"),
                ],
            )
        }
        _ => return None,
    })
}
