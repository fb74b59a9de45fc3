//! The documents in `cases`: a text, the same in the other schema, and what is noted.
//!
//! `DEPLOYLINE_BLESS=1` rewrites the second block of a case and its notes, to be read.

use std::fs;
use std::path::Path;

use deployline_engine::Assumptions;
use deployline_migrate::{Migrated, NoteKind, migrated};
use deployline_planner::Inputs;
use deployline_yaml::LineIndex;

#[test]
fn each_form_is_written_as_its_case_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut names: Vec<_> =
        fs::read_dir(&folder).expect("a folder").map(|it| it.expect("a file").path()).collect();
    names.sort();
    let mut cases = 0;
    for path in names {
        let text = fs::read_to_string(&path).expect("it can be read");
        let expected = expected(&text, &mut cases);
        if std::env::var_os("DEPLOYLINE_BLESS").is_some() {
            fs::write(&path, &expected).expect("it can be written");
        } else {
            assert_eq!(text, expected, "{}", path.display());
        }
    }
    assert!(cases > 20, "only {cases} cases were found");
}

/// The document with the results that its sources have.
fn expected(text: &str, cases: &mut usize) -> String {
    let mut out = String::new();
    for section in text.split_inclusive("\n## ") {
        let Some((before, rest)) = section.split_once("```yaml\n") else {
            out += section;
            continue;
        };
        let (source, _) = rest.split_once("```\n").expect("the block ends");
        *cases += 1;
        out += before;
        out += &format!("```yaml\n{source}```\n\n{}", result(source));
        if section.ends_with("\n## ") {
            out += "\n## ";
        }
    }
    out
}

fn result(source: &str) -> String {
    let parsed = deployline_yaml::parse(source);
    assert!(parsed.diagnostics.is_empty(), "{:?}\n{source}", parsed.diagnostics);
    let result = migrated(source, &parsed.documents, &Inputs::default(), &Assumptions::default());
    let Migrated { text, notes, .. } = result.expect("a pipeline");
    let mut out = format!("```yaml\n{text}```\n");
    if !notes.is_empty() {
        out += "\n```notes\n";
        let index = LineIndex::new(source);
        for note in notes {
            let line = index.line_column(source, note.span.range().start).line;
            let kind = match note.kind {
                NoteKind::Plan => "plan",
                NoteKind::NoCounterpart => "lost",
                NoteKind::Differs => "differs",
            };
            out += &format!("{line} {kind}: {}\n", note.message);
        }
        out += "```\n";
    }
    out
}
