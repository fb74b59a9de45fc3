//! The tests of the core, in one binary.
//!
//! - [`spec`]: the documents in `tests/spec`, each a description and a test at once;
//! - [`oracle`]: the schedule against a second, naive implementation of the same rules;
//! - [`corpus`]: pipelines as people write them;
//! - [`robust`]: texts nobody meant to write;
//! - [`open`]: what is filled in by hand has the effect it would have in the text;
//! - [`resolved`]: what is resolved plans as before;
//! - [`edits`]: flipping a flag changes that flag and nothing else;
//! - [`form`]: so does everything else a person does in the form;
//! - [`quoting`]: what is typed reads back as it is.

#![cfg(not(target_arch = "wasm32"))]

mod corpus;
mod diff;
mod edits;
mod form;
mod open;
mod oracle;
mod quoting;
mod resolved;
mod robust;
mod spec;

/// One test for each document, by its name.
macro_rules! documents {
    ($($name:ident => $file:literal),* $(,)?) => {
        $(#[test]
        fn $name() {
            spec::check($file);
        })*

        #[test]
        fn every_document_is_checked() {
            let mut there: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/spec"))
                .expect("the directory is there")
                .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into())
                .collect();
            there.sort();
            let mut checked = vec![$($file),*];
            checked.sort_unstable();
            assert_eq!(there, checked);
        }
    };
}

documents! {
    spec_entities => "entities.md",
    spec_failures => "failures.md",
    spec_fragments => "fragments.md",
    spec_gitops => "gitops.md",
    spec_insight => "insight.md",
    spec_mistakes => "mistakes.md",
    spec_older_model => "older-model.md",
    spec_parallel_flags => "parallel-flags.md",
    spec_propagation => "propagation.md",
    spec_recognised => "recognised.md",
    spec_resource_constraint => "resource-constraint.md",
    spec_scenarios => "scenarios.md",
    spec_schema_v1 => "schema-v1.md",
    spec_sliding_window => "sliding-window.md",
    spec_stages => "stages.md",
    spec_strategies => "strategies.md",
}
