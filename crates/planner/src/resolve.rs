//! Documents to a [`Pipeline`], in these steps:
//!
//! 1. [`find`]: which document is the pipeline, or which part of one was pasted;
//! 2. [`stages`]: its stages and parallel entries in order;
//! 3. [`stage`]: what each does;
//! 4. [`services`], [`targets`], [`parallel`], [`limits`]: the axes of a deployment stage.
//!
//! What the text can't say becomes a placeholder and a diagnostic that names the line.

mod find;
mod limits;
mod parallel;
mod services;
mod stage;
mod stages;
mod targets;

use deployline_yaml::{Diagnostic, Document, Node};

use crate::{Inputs, Pipeline, Schema};

/// Reads the pipeline that `documents` hold.
pub fn resolve(documents: &[Document], inputs: &Inputs) -> (Pipeline, Vec<Diagnostic>) {
    let mut cx = Context { inputs, diagnostics: Vec::new() };
    let pipeline = match find::pipeline(documents, &mut cx) {
        None => Pipeline::default(),
        Some(found) => read(&found, &mut cx),
    };
    cx.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    (pipeline, cx.diagnostics)
}

fn read(found: &find::Found<'_>, cx: &mut Context<'_>) -> Pipeline {
    let text_of = |keys: [&str; 2]| {
        let node = found.pipeline?;
        keys.iter().find_map(|key| node.get(key)?.as_str()).map(str::to_owned)
    };
    Pipeline {
        identifier: text_of(["identifier", "id"]),
        name: text_of(["name", "name"]),
        schema: if found.is_v1 { Schema::V1 } else { Schema::V0 },
        stages: stages::read(found, cx),
    }
}

/// What all steps share.
struct Context<'a> {
    inputs: &'a Inputs,
    diagnostics: Vec<Diagnostic>,
}

impl Context<'_> {
    fn error(&mut self, code: &'static str, node: Node<'_>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, node.span(), message));
    }

    fn warning(&mut self, code: &'static str, node: Node<'_>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, node.span(), message));
    }

    fn info(&mut self, code: &'static str, node: Node<'_>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::info(code, node.span(), message));
    }
}

/// The value of `key`, unless there is nothing behind it.
fn value<'a>(node: Node<'a>, key: &str) -> Option<Node<'a>> {
    node.get(key).filter(|value| !value.is_null())
}

/// Whether a text is decided at run time.
fn is_expression(text: &str) -> bool {
    text.contains("<+")
}

/// The text of a scalar that is decided at run time.
fn expression(node: Node<'_>) -> Option<&str> {
    node.as_str().filter(|text| is_expression(text))
}

/// A short place to point at for something missing in a mapping: its first key.
fn start_of(node: Node<'_>) -> Node<'_> {
    node.entries().next().map_or(node, |(key, _)| key)
}
