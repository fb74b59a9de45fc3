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

/// Modules name the section of `docs/semantics.md` that they follow, in quotes: a heading, the start of
/// one, a term in bold, or the line above a table.
#[test]
fn each_section_that_a_module_follows_exists() {
    let semantics = fs::read_to_string(root().join("docs/semantics.md")).expect("it can be read");
    let mut sources = Vec::new();
    collect_sources(&root().join("crates"), &mut sources);
    let (mut missing, mut found) = (Vec::new(), 0);
    for source in sources {
        let text = fs::read_to_string(&source).expect("it can be read");
        let comments = text.lines().filter_map(|line| line.trim_start().strip_prefix("//"));
        let comments = comments.map(|line| line.trim_start_matches(['/', '!']));
        let comments: String = comments.collect();
        for rest in comments.split("Follows `docs/semantics.md`").skip(1) {
            let sentence = rest.split("\".").next().unwrap_or(rest);
            for section in sentence.split('"').skip(1).step_by(2) {
                found += 1;
                let is_there =
                    [format!("## {section}"), format!("**{section}**"), format!("\n{section}\n")];
                if !is_there.iter().any(|it| semantics.contains(it)) {
                    missing.push(format!("{}: \"{section}\"", source.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "docs/semantics.md has no such section: {missing:#?}");
    assert!(found > 20, "only {found} sections were found");
}

fn collect_sources(folder: &Path, sources: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect_sources(&path, sources);
        } else if path.extension().is_some_and(|it| it == "rs") {
            sources.push(path);
        }
    }
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
