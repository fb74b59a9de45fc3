//! The tests of the core, in one binary.
//!
//! - [`spec`]: the documents in `tests/spec`, each a description and a test at once;
//! - [`oracle`]: the schedule against a second, naive implementation of the same rules;
//! - [`advice`]: what messages advise works;
//! - [`corpus`]: pipelines as people write them;
//! - [`field`]: what people really write, in small;
//! - [`robust`]: texts nobody meant to write;
//! - [`open`]: what is filled in by hand has the effect it would have in the text;
//! - [`resolved`]: what is resolved plans as before;
//! - [`edits`]: flipping a flag changes that flag and nothing else;
//! - [`field`]: what people really write, in small;
//! - [`form`]: so does everything else a person does in the form;
//! - [`broken_lines`]: edits beside a line that can't be read;
//! - [`line_breaks`]: all of this with each kind of line break;
//! - [`messages`]: what they say of values that expressions give;
//! - [`docs`]: what the documentation names exists;
//! - [`imports`]: no two modules import each other;
//! - [`other_reader`]: what is written reads the same for another reader of YAML;
//! - [`layers`]: no crate depends on one above it;
//! - [`quoting`]: what is written as YAML reads back as it is, by readers of YAML 1.1 and 1.2
//!   ([`yaml_types`]).

#![cfg(not(target_arch = "wasm32"))]

mod advice;
mod broken_lines;
mod cases;
mod corpus;
mod diff;
mod docs;
mod edits;
mod field;
mod form;
mod imports;
mod layers;
mod line_breaks;
mod messages;
mod migrate;
mod open;
mod oracle;
mod other_reader;
mod quoting;
mod resolved;
mod robust;
mod spec;
mod yaml_types;

deployline_tests::specs!(test);

#[test]
fn every_spec_is_in_the_list() {
    let mut there: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/spec"))
        .expect("the directory is there")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into())
        .collect();
    there.sort();
    assert_eq!(there, SPECS);
}
