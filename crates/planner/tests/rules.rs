//! The documentation of the rules: every example does what it says, and `docs/diagnostics.md` is
//! made of it. `DEPLOYLINE_BLESS=1` writes the file anew.

use std::fmt::Write;
use std::path::Path;

use deployline_engine::{Assumptions, Failure};
use deployline_planner::rules::{DAG_ASSUMED, FAILURE_STRATEGY_MISSING, chapters};
use deployline_planner::{Inputs, analyze, assumed};
use deployline_yaml::{Example, Rule, RuleDocs};

/// The codes found in a text that is about `rule`. Examples of other rules need no failure strategies.
fn codes(
    text: &str,
    (inputs, assumptions): &(Inputs, Assumptions),
    rule: Rule,
) -> Vec<(&'static str, &'static str)> {
    let analysis = analyze(&[text], inputs, assumptions);
    // Small examples have no failure strategies, and each with `dependsOn` is assumed to be a DAG.
    let beside = [FAILURE_STRATEGY_MISSING.code, DAG_ASSUMED.code];
    let found = analysis.diagnostics.iter();
    let found = found.filter(|found| !beside.contains(&found.code) || rule.code == found.code);
    found.map(|found| (found.code, found.severity.as_str())).collect()
}

/// The assumptions under which an example is found.
fn assumptions(example: &Example) -> (Inputs, Assumptions) {
    let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
    if let Example::Failing(fail, _) = example {
        let (at, failure) = Failure::from_text(fail).expect("a deployment that fails");
        assumptions.failures.insert(at, failure);
    }
    if let Example::Assuming(pair, _) = example {
        let (key, value) = assumed::pair(pair).expect("a key and its value");
        assumed::set(&key, &value, &mut inputs, &mut assumptions).expect("it can be set");
    }
    (inputs, assumptions)
}

fn all() -> Vec<RuleDocs> {
    chapters().into_iter().flat_map(|chapter| chapter.rules).copied().collect()
}

#[test]
fn each_bad_example_gives_its_code_alone_and_each_good_one_none() {
    for RuleDocs { rule, bad, good, .. } in all() {
        let expected = (rule.code, rule.severity.as_str());
        let assumptions = assumptions(&bad);
        let mut found = codes(&bad.text(), &assumptions, rule);
        found.dedup();
        assert_eq!(found, [expected], "bad example of {}", rule.code);
        assert_eq!(codes(good, &assumptions, rule), [], "good example of {}", rule.code);
    }
}

#[test]
fn each_code_is_documented_once() {
    let mut codes: Vec<&str> = all().iter().map(|docs| docs.rule.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code stands twice");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files = std::fs::read_dir(folder).expect("the rules have a folder");
    let source = |file: std::io::Result<std::fs::DirEntry>| {
        std::fs::read_to_string(file.expect("it is listed").path()).expect("it is text")
    };
    let sources = files.map(source).chain([include_str!("../../yaml/src/rules.rs").to_owned()]);
    let declared: usize = sources.map(|source| source.matches(": Rule =").count()).sum();
    assert_eq!(declared, count, "a rule without documentation, or the reverse");
}

#[test]
fn the_page_of_diagnostics_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics.md");
    let page = page();
    if std::env::var_os("DEPLOYLINE_BLESS").is_some() {
        std::fs::write(&path, &page).expect("docs/diagnostics.md can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = page.lines().zip(written.lines()).position(|(a, b)| a != b);
    assert!(
        page == written,
        "docs/diagnostics.md is not what the rules say, from line {:?} on; \
         `DEPLOYLINE_BLESS=1 cargo test -p deployline-planner --test rules` writes it",
        differs.map(|line| line + 1)
    );
}

fn page() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         Everything Deployline may say about a text. Codes are stable: scripts may rely on them. An \
         *error* is what the product would refuse or what can't be read, a *warning* is something \
         assumed, a note (*info*) is worth knowing. This page is made of the same source as the \
         checks; each example is a test.\n",
    );
    for chapter in chapters() {
        let _ = write!(page, "\n## {}\n", chapter.title);
        for docs in chapter.rules {
            section(&mut page, docs);
        }
    }
    page
}

fn section(page: &mut String, RuleDocs { rule, explanation, bad, good }: &RuleDocs) {
    let _ = write!(page, "\n### `{}`\n\n*{}.* {explanation}\n", rule.code, rule.severity.as_str());
    match bad {
        Example::Text(text) => {
            let _ = write!(page, "\n```yaml\n# found\n{text}```\n");
        }
        Example::Made(what, _) => {
            let _ = write!(page, "\nFound in: {what}.\n");
        }
        Example::Failing(fail, text) => {
            let _ = write!(page, "\n```yaml\n# found with `--fail {fail}`\n{text}```\n");
        }
        Example::Assuming(pair, text) => {
            let _ = write!(page, "\n```yaml\n# found with `--assume {pair}`\n{text}```\n");
        }
    }
    let _ = write!(page, "\n```yaml\n# fine\n{good}```\n");
}
