//! Lists that any YAML has.

use super::{List, repeat};

const STAGE: &str = "{stage: {identifier: s, name: s, type: Approval}}";

pub(super) fn lists() -> Vec<List> {
    vec![
        List::new("documents", |n| repeat(n, |i| format!("---\na: {i}\n"))),
        List::new("empty documents", |n| "---\n".repeat(n)),
        List::new("comments", |n| format!("stages: [{STAGE}]\n{}", "# x\n".repeat(n))),
        List::new("blank lines", |n| format!("stages:\n{} - {STAGE}\n", "\n".repeat(n))),
        List::new("lone carriage returns", |n| {
            format!("stages:\r{}", repeat(n, |i| format!(" - stage: {{name: s{i}}}\r")))
        }),
        List::new("broken lines", |n| format!("stages:\n{}", " - stage: {a: b: c\n".repeat(n))),
        List::new("tabs", |n| format!("stages:\n{}", "\t- a\n".repeat(n))),
        List::new("unclosed brackets", |n| "[".repeat(n)),
        List::new("unclosed braces", |n| "{a: ".repeat(n)),
        List::new("commas", |n| format!("stages: [{}]\n", ",".repeat(n))),
        List::new("nested mappings without a key", |n| format!("stages: {}", "{".repeat(n))),
        List::new("dashes", |n| "- ".repeat(n)),
        List::new("closing brackets", |n| format!("a: {}", "]".repeat(n))),
        List::new("quotes", |n| "\"".repeat(n)),
        List::new("question marks", |n| "? ".repeat(n)),
        List::new("tags", |n| format!("a: [{}]\n", "!x a, ".repeat(n))),
        List::new("directives", |n| format!("{}---\na: 1\n", "%A b\n".repeat(n))),
        List::new("anchors", |n| format!("a:\n{}", repeat(n, |i| format!(" - &a{i} x\n")))),
        List::new("one anchor again", |n| format!("a:\n{}", " - &a x\n".repeat(n))),
        List::new("aliases of a text", |n| format!("x: &a y\na:\n{}", " - *a\n".repeat(n))),
        List::new("aliases of a stage", |n| {
            format!("x: &a {STAGE}\nstages:\n{}", " - *a\n".repeat(n))
        }),
        List::new("unknown aliases", |n| format!("a:\n{}", repeat(n, |i| format!(" - *a{i}\n")))),
        List::new("keys of a mapping", |n| repeat(n, |i| format!("k{i}: 1\n"))),
        List::new("empty items of one line", |n| format!("stages: [{}]\n", "{},".repeat(n))),
        List::new("stages of one line", |n| {
            let stage = |i| {
                format!(
                    "{{stage: {{identifier: s{i}, type: Deployment, spec: {{services: {{values: []}}}}}}}},"
                )
            };
            format!("{{pipeline: {{stages: [{}]}}}}\n", repeat(n, stage))
        }),
        List::new("letters of a scalar", |n| format!("stages: {}\n", "x".repeat(n))),
        List::new("letters of a name", |n| {
            format!("stages: [{{stage: {{name: {}, type: Approval}}}}]\n", "n".repeat(n))
        }),
        List::new("words of a scalar", |n| format!("stages: {}\n", "x ".repeat(n))),
        List::new("lines of a block scalar", |n| format!("a: |\n{}", "  x\n".repeat(n))),
        List::new("lines of a plain scalar", |n| format!("a: x\n{}", "  x\n".repeat(n))),
        List::new("lines of a folded key", |n| format!("a:\n{}: 1\n", "  x\n".repeat(n))),
        // Of a key without a question mark, YAML takes 1,024 letters.
        List::new("letters of a key", |n| format!("stages: [{{? {} : 1}}]\n", "k".repeat(n))),
        List::new("letters of too long a key", |n| {
            format!("stages: [{{{}: 1}}]\n", "k".repeat(3 * n))
        }),
        List::new("letters without YAML", |n| "word ".repeat(n)),
        List::new("fences", |n| "```yaml\na: 1\n```\n".repeat(n)),
        List::new("characters that look alike", |n| {
            format!("stages:\n{}", "\u{a0}\u{a0}- \u{201c}x\u{201d}\n".repeat(n))
        }),
    ]
}
