//! Operations of the form, as documents: the text before, the operation, the text after.
//!
//! In the documents of `tests/operations`, a `yaml` block is a text before. One with `after OPERATION` is
//! the text after that, one with `then OPERATION` follows on the block above it. A block
//! `refused OPERATION` holds the reason and, indented, the bytes that stand in the way. `support/parse.rs`
//! lists the operations.

mod support;

use std::path::Path;

use deployline_form::operation::edit;
use deployline_yaml::TextEdit;

#[test]
fn each_document_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut different = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it is text");
        let found = with_results(&text);
        if found == text {
            continue;
        }
        if std::env::var_os("DEPLOYLINE_BLESS").is_some() {
            std::fs::write(&file, found).expect("it can be written");
            continue;
        }
        let lines = text.lines().zip(found.lines()).enumerate();
        let first = lines.into_iter().find(|(_, (expected, found))| expected != found);
        let (line, (expected, found)) = first.expect("a line differs");
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        different.push(format!("{name}:{}\n- {expected}\n+ {found}", line + 1));
    }
    assert!(
        different.is_empty(),
        "{}\n\n`DEPLOYLINE_BLESS=1 cargo test -p deployline-form --test operations` writes what is",
        different.join("\n\n")
    );
}

#[test]
fn a_last_line_without_a_line_break_stays_without() {
    let text = "- parallel:\n  - stage:\n      name: A\n- stage:\n    name: B";
    let edits = edit(text, &support::parse::operation("remove-stage 0.0")).expect("it is safe");
    assert_eq!(TextEdit::apply_all(&edits, text), "- stage:\n    name: B");
}

/// A document with what each operation comes to.
fn with_results(document: &str) -> String {
    let mut out = String::new();
    let (mut before, mut last) = (String::new(), String::new());
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            out += &format!("{line}\n");
            continue;
        };
        let body: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .map(|line| format!("{line}\n"))
            .collect();
        let (text, words, operation) = match info.split_once(' ') {
            None => {
                (before, last) = (body.clone(), body.clone());
                out += &format!("```{info}\n{body}```\n");
                continue;
            }
            Some(("yaml", operation)) if operation.starts_with("then ") => {
                (&last, "then ", &operation["then ".len()..])
            }
            Some((_, operation)) => {
                (&before, "after ", operation.strip_prefix("after ").unwrap_or(operation))
            }
        };
        match edit(text, &support::parse::operation(operation)) {
            Ok(edits) => {
                last = TextEdit::apply_all(&edits, text);
                out += &format!("```yaml {words}{operation}\n{last}```\n");
            }
            Err(refusal) => {
                let place = text[refusal.span.range()].lines();
                let place: String = place.map(|line| format!("  {line}\n")).collect();
                out += &format!("```refused {operation}\n{}\n{place}```\n", refusal.reason);
            }
        }
    }
    out
}
