//! The documents of `tests/spec`, checked in WebAssembly: the same bytes as natively.

#![cfg(target_arch = "wasm32")]

#[path = "core/diff.rs"]
mod diff;
#[path = "core/spec/mod.rs"]
mod spec;

use wasm_bindgen_test::wasm_bindgen_test;

macro_rules! documents {
    ($($name:ident => $file:literal),* $(,)?) => {
        $(#[wasm_bindgen_test]
        fn $name() {
            spec::check($file);
        })*
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
