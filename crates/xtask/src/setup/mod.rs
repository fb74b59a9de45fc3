//! Everything the other commands need, each [`Requirement`] got only when it is not there yet.

mod apt;
mod browser;
mod mkdocs;
mod node;
mod npm;
mod requirement;
mod rust;
mod site;
mod tools;
mod valgrind;

pub(crate) use browser::{CHROMIUM, CHROMIUM_VARIABLE, FONTS, find_chromium};
pub(crate) use mkdocs::{MKDOCS, PYTHON, in_environment};
pub(crate) use node::NODE;
pub(crate) use npm::PACKAGES;
pub(crate) use requirement::{Requirement, ensure, ensure_once};
pub(crate) use rust::{COMPONENTS, CRATES, WASM_TARGET};
pub(crate) use site::{ASTRO, ASTRO_SITE, Site, VITE, VITE_SITE};
pub(crate) use tools::{
    MDBOOK, TRUNK, WASM_BINDGEN, WASM_SPLIT, mdbook, trunk, wasm_bindgen, wasm_split,
};
pub(crate) use valgrind::VALGRIND;

/// Requirements of Trunk to serve the page.
pub(crate) const SERVE: &[&Requirement] =
    &[&WASM_TARGET, &CRATES, &NODE, &PACKAGES, &TRUNK, &WASM_BINDGEN];

/// Requirements of the release page.
pub(crate) const PAGE: &[&Requirement] =
    &[&WASM_TARGET, &CRATES, &NODE, &PACKAGES, &TRUNK, &WASM_BINDGEN, &WASM_SPLIT];

/// Requirements of tests in a browser.
pub(crate) const BROWSER: &[&Requirement] = &[&NODE, &PACKAGES, &CHROMIUM, &FONTS];

/// Requirements of the element and the npm package.
pub(crate) const EMBED: &[&Requirement] = &[&WASM_TARGET, &CRATES, &NODE, &PACKAGES, &WASM_BINDGEN];

/// Requirements of the example documents, and of the projects that use the npm package.
pub(crate) const DOCUMENTS: &[&Requirement] = &[
    &PYTHON,
    &MKDOCS,
    &MDBOOK,
    &WASM_TARGET,
    &CRATES,
    &NODE,
    &PACKAGES,
    &WASM_BINDGEN,
    &VITE,
    &ASTRO,
];

/// Requirements of WebAssembly in Node.
pub(crate) const WASM_IN_NODE: &[&Requirement] = &[&WASM_TARGET, &NODE, &WASM_BINDGEN];

/// Requirements of all commands together. Those that fail at once or in seconds come before those that
/// take minutes.
pub(crate) const EVERYTHING: &[&Requirement] = &[
    &COMPONENTS,
    &WASM_TARGET,
    &CRATES,
    &NODE,
    &PACKAGES,
    &CHROMIUM,
    &FONTS,
    #[cfg(target_os = "linux")]
    &VALGRIND,
    &PYTHON,
    &MKDOCS,
    &VITE,
    &ASTRO,
    &MDBOOK,
    &WASM_BINDGEN,
    &WASM_SPLIT,
    &TRUNK,
];
