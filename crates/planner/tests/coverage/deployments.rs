//! The texts around services and targets.

use deployline_schema::MappingKind;

use crate::texts::{
    ENVIRONMENT, INFRASTRUCTURE, PLACE, SERVICE, Text, deploy, filtered, joined, stage,
};

/// Of services and targets.
pub(crate) fn text(kind: MappingKind, key: &str) -> Option<Text> {
    Some(match kind {
        MappingKind::Spec if key == "deploymentType" => (
            stage("Deployment", "spec: @").replacen("spec: {", "spec: {deploymentType: Ssh, ", 1),
            &[
                ("service", "{useFromStage: {stage: z}}"),
                (
                    "environment",
                    "{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}",
                ),
            ],
        ),
        MappingKind::Spec => (
            stage("Deployment", "spec: @"),
            &[
                ("service", "{serviceRef: s}"),
                (
                    "environment",
                    "{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}",
                ),
            ],
        ),
        MappingKind::Services => (
            deploy(&format!("services: @, {PLACE}")),
            &[("values", "[{serviceRef: s}, {serviceRef: t}]")],
        ),
        MappingKind::Service => (deploy(&format!("service: @, {PLACE}")), &[("serviceRef", "s")]),
        MappingKind::Environments => (
            deploy(&format!("{SERVICE}, environments: @")),
            &[("values", "[{environmentRef: e, infrastructureDefinitions: [{identifier: i}]}]")],
        ),
        MappingKind::Environment if key == "gitOpsClusters" => (
            deploy(&format!("gitOpsEnabled: true, {SERVICE}, environment: @")),
            &[("environmentRef", "e")],
        ),
        MappingKind::Environment => (
            joined(&[
                &deploy(&format!("{SERVICE}, environments: {{values: [@]}}")),
                INFRASTRUCTURE,
            ]),
            &[("environmentRef", "e"), ("infrastructureDefinitions", "[{identifier: i}]")],
        ),
        MappingKind::Group => (
            joined(&[
                &deploy(&format!("{SERVICE}, environmentGroup: @")),
                "environmentGroup: {identifier: g, envIdentifiers: [e]}",
                ENVIRONMENT,
                INFRASTRUCTURE,
            ]),
            &[("envGroupRef", "g"), ("deployToAll", "true"), ("environments", "<+input>")],
        ),
        MappingKind::Infrastructure => (
            deploy(&format!(
                "{SERVICE}, environment: {{environmentRef: e, infrastructureDefinitions: [@]}}"
            )),
            &[("identifier", "i")],
        ),
        MappingKind::Cluster => (
            deploy(&format!(
                "gitOpsEnabled: true, {SERVICE}, environment: {{environmentRef: e, gitOpsClusters: [@]}}"
            )),
            &[("identifier", "c")],
        ),
        MappingKind::Metadata => (
            deploy(&format!(
                "services: {{values: [{{serviceRef: s}}, {{serviceRef: t}}], metadata: @}}, {PLACE}"
            )),
            &[],
        ),
        MappingKind::Limits => (
            deploy(&format!(
                "services: {{values: [{{serviceRef: s}}, {{serviceRef: t}}]}}, {PLACE}, multiDeploymentConfig: @"
            )),
            &[],
        ),
        MappingKind::UseFromStage => {
            (deploy(&format!("service: {{useFromStage: @}}, {PLACE}")), &[])
        }
        MappingKind::Filter => (
            joined(&[
                &filtered("@, {identifier: g, type: all, entities: [infrastructures]}"),
                ENVIRONMENT,
                INFRASTRUCTURE,
            ]),
            &[
                ("identifier", "f"),
                ("type", "tags"),
                ("entities", "[environments]"),
                ("spec", "{tags: {a: c}, matchType: any}"),
            ],
        ),
        MappingKind::FilterSpec => (
            joined(&[
                &filtered(
                    "{identifier: f, type: tags, entities: [environments], spec: @}, {identifier: g, type: all, entities: [infrastructures]}",
                ),
                ENVIRONMENT,
                INFRASTRUCTURE,
            ]),
            &[("tags", "{a: b, x: y}"), ("matchType", "any")],
        ),
        MappingKind::OlderService => (
            deploy("serviceConfig: @, infrastructure: {environmentRef: e}"),
            &[("serviceRef", "s")],
        ),
        MappingKind::OlderInfrastructure => (
            deploy("serviceConfig: {serviceRef: s}, infrastructure: @"),
            &[("environmentRef", "e"), ("infrastructureDefinition", "{type: KubernetesDirect}")],
        ),
        MappingKind::OlderEntity => (
            deploy("serviceConfig: {service: @}, infrastructure: {environmentRef: e}"),
            &[("identifier", "s")],
        ),
        _ => return None,
    })
}
