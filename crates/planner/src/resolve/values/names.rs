//! First names of paths whose values no pipeline holds.

/// Returns `true` for what is kept in the account or in the document of an entity.
pub(super) fn is_kept_elsewhere(root: &str) -> bool {
    const ROOTS: [&str; 14] = [
        "account",
        "configFile",
        "connector",
        "env",
        "environment",
        "infra",
        "infrastructure",
        "org",
        "project",
        "secrets",
        "service",
        "serviceConfig",
        "serviceVariables",
        "variable",
    ];
    ROOTS.contains(&root)
}

/// Returns `true` for what comes about in a run.
pub(super) fn is_made_by_a_run(root: &str) -> bool {
    const ROOTS: [&str; 20] = [
        "Always",
        "OnPipelineFailure",
        "OnPipelineSuccess",
        "OnStageFailure",
        "OnStageSuccess",
        "approval",
        "artifact",
        "artifacts",
        "codebase",
        "eventPayload",
        "execution",
        "httpResponseBody",
        "json",
        "manifest",
        "manifests",
        "rollbackArtifact",
        "step",
        "stepGroup",
        "steps",
        "trigger",
    ];
    ROOTS.contains(&root)
}
