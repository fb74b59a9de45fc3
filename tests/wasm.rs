//! The documents of `tests/spec`, checked in WebAssembly: the same bytes as natively.

#![cfg(target_arch = "wasm32")]

#[path = "core/diff.rs"]
mod diff;
#[path = "core/spec/mod.rs"]
mod spec;

deployline_tests::specs!(wasm_bindgen_test::wasm_bindgen_test);
