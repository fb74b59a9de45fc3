//! What the documentation names exists: linked files, paths in code spans, and the tests of the invariants.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders at the top of the repository: a code span that begins with one is a path.
const FOLDERS: [&str; 6] = ["crates/", "docs/", "examples/", "integrations/", "tests/", "web/"];

#[test]
fn linked_files_and_named_paths_exist() {
    let mut missing = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("it can be read");
        let text = without_fenced_blocks(&text);
        let folder = page.parent().expect("it is in a folder");
        for link in links(&text).filter(|link| !folder.join(link).exists()) {
            missing.push(format!("{}: link to {link}", page.display()));
        }
        for path in code_spans(&text).filter(|it| is_path(it) && !root().join(it).exists()) {
            missing.push(format!("{}: path {path}", page.display()));
        }
    }
    assert!(missing.is_empty(), "these don't exist: {missing:#?}");
}

/// In the table of invariants, names of tests stand behind the file that holds them.
#[test]
fn each_invariant_has_its_test() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it can be read");
    let section = text.split("\n## ").find(|section| section.starts_with("Invariants"));
    let rows = section.expect("the section is there").lines().filter(|line| line.starts_with('|'));
    let mut tests = 0;
    for row in rows {
        let mut file = String::new();
        for span in code_spans(row) {
            if is_path(span) {
                file = fs::read_to_string(root().join(span)).expect("it can be read");
            } else if is_test_name(span) {
                tests += 1;
                assert!(file.contains(&format!("fn {span}(")), "no test `{span}` where {row} says");
            }
        }
    }
    assert!(tests > 10, "only {tests} tests were found");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pages in Markdown for people who read or change the project.
fn pages() -> Vec<PathBuf> {
    let folders = ["", "docs", "docs/decisions", "web/embed", "integrations/mkdocs"];
    let files = folders.into_iter().flat_map(|folder| {
        fs::read_dir(root().join(folder))
            .expect("the folder is there")
            .map(|entry| entry.expect("it can be read").path())
    });
    let mut pages: Vec<_> =
        files.filter(|it| it.extension().is_some_and(|it| it == "md")).collect();
    pages.sort();
    pages
}

fn without_fenced_blocks(text: &str) -> String {
    let mut fence = "";
    let mut out = String::new();
    for line in text.lines() {
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.is_empty() && marks.len() >= 3 {
            fence = marks;
        } else if !fence.is_empty() {
            if marks.len() >= fence.len() {
                fence = "";
            }
        } else {
            out += line;
            out.push('\n');
        }
    }
    out
}

/// Targets of links to files, without the part behind `#`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = targets
        .filter(|target| !target.contains("://"))
        .map(|target| target.split('#').next().unwrap_or(target));
    files.filter(|target| !target.is_empty())
}

fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn is_path(span: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    FOLDERS.iter().any(|folder| span.starts_with(folder)) && span.chars().all(is_plain)
}

fn is_test_name(span: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    span.contains('_') && span.chars().all(is_plain)
}
