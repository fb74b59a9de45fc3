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
    const ROOTS: [&str; 15] = [
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

/// Returns `true` for the rest of a path in a pipeline or stage that stands in the text: no run adds to it.
pub(super) fn stands_in_text(rest: &str) -> bool {
    const OF_A_RUN: [&str; 4] = ["output", "execution", "artifact", "manifest"];
    let of_spec = rest.strip_prefix("spec.");
    rest == "variables" || of_spec.is_some_and(|spec| !OF_A_RUN.iter().any(|of| spec.contains(of)))
}
