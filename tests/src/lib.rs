//! Documents of `tests/spec`: the list of them stands here, for the native tests and those in WebAssembly.

/// Makes a test of each document: `specs!(test)` calls `spec::check(file, text)` in a function with the
/// attribute `#[test]`, and makes `SPECS`, the names of the files.
#[macro_export]
macro_rules! specs {
    ($attribute:meta) => {
        $crate::specs! { $attribute =>
            account_limits: "account-limits.md",
            chained_pipelines: "chained-pipelines.md",
            conditions: "conditions.md",
            dag: "dag.md",
            entities: "entities.md",
            failure_strategies: "failure-strategies.md",
            failures: "failures.md",
            fragments: "fragments.md",
            gitops: "gitops.md",
            input_sets: "input-sets.md",
            insight: "insight.md",
            mistakes: "mistakes.md",
            older_model: "older-model.md",
            parallel_flags: "parallel-flags.md",
            partial_runs: "partial-runs.md",
            propagation: "propagation.md",
            recognised: "recognised.md",
            resource_constraint: "resource-constraint.md",
            scenarios: "scenarios.md",
            schema_v1_forms: "schema-v1-forms.md",
            schema_v1: "schema-v1.md",
            sliding_window: "sliding-window.md",
            stages: "stages.md",
            strategies: "strategies.md",
            values: "values.md",
            waits: "waits.md",
        }
    };
    ($attribute:meta => $($name:ident: $file:literal,)*) => {
        /// Tests by the name of their document.
        mod specs {
            $(#[$attribute]
            fn $name() {
                let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/spec/", $file));
                super::spec::check($file, text);
            })*
        }

        #[cfg(not(target_arch = "wasm32"))]
        const SPECS: &[&str] = &[$($file),*];
    };
}
