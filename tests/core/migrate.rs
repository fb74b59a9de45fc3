//! A pipeline in the other schema plans as it does in its own, or a note says where it does not.

use deployline_engine::Assumptions;
use deployline_inputs::Answers;
use deployline_migrate::{Migrated, NoteKind, migrated};
use deployline_planner::Inputs;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::open::{analysis, outcome};
use crate::oracle::{self, answers, flat, generate};
use crate::{corpus, diff};

proptest! {
    #![proptest_config(crate::cases::cases(100))]

    #[test]
    fn there_and_back_the_plan_is_the_same(case in generate::case().prop_map(flat::agreeing)) {
        let assumptions = oracle::assumptions(&case);
        let answer = |yaml: &str| {
            let (plan, run) = oracle::planned(yaml, &assumptions)?;
            Ok::<_, TestCaseError>(answers::of_planner(&plan, &run))
        };
        for text in [case.yaml(), flat::yaml(&case)] {
            let there = other(&text);
            let back = other(&there.text);
            let expected = answer(&text)?;
            for result in [&there, &back] {
                let actual = answer(&result.text)?;
                prop_assert!(
                    expected == actual,
                    "- source, + migrated\n{}\n{text}\n=== there\n{}\n=== back\n{}",
                    diff::lines(&expected, &actual), there.text, back.text
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(100))]

    #[test]
    fn a_difference_of_the_plans_is_a_note(case in generate::case()) {
        check(&case.yaml());
        check(&flat::yaml(&flat::newer(case)));
    }
}

#[test]
fn a_difference_of_the_plans_of_the_corpus_is_a_note() {
    for (file, text) in corpus::texts() {
        // By itself it is no pipeline, or no YAML.
        let is_read = deployline_yaml::parse(&text).diagnostics.is_empty();
        if file == "19-input-set.yaml" || !is_read {
            continue;
        }
        let there = check(&text);
        check(&there.text);
    }
    // An input set and a template stand in their place.
    let together = ["11-runtime-inputs.yaml", "19-input-set.yaml"].map(corpus::text).join("---\n");
    assert!(!check(&together).text.contains("inputSet"));
    let templates = corpus::text("14-stage-templates.yaml");
    assert!(!check(&templates).text.contains("templateRef"));
}

/// Migrates a text: the plans differ where a note says so, and nowhere else.
fn check(text: &str) -> Migrated {
    let result = other(text);
    let outcome = |text: &str| outcome(&analysis(text, &Inputs::default(), &Answers::new()));
    let (before, after) = (outcome(text), outcome(&result.text));
    let is_said = result.notes.iter().any(|note| note.kind == NoteKind::Plan);
    assert!(
        (before != after) == is_said,
        "{:#?}\n- source, + migrated\n{}\n{text}\n===\n{}",
        result.notes,
        diff::lines(&before, &after),
        result.text
    );
    result
}

fn other(text: &str) -> Migrated {
    let parsed = deployline_yaml::parse(text);
    assert!(parsed.diagnostics.is_empty(), "{:?}\n{text}", parsed.diagnostics);
    let result = migrated(text, &parsed.documents, &Inputs::default(), &Assumptions::default());
    let result = result.expect("a pipeline");
    let again = deployline_yaml::parse(&result.text);
    assert!(again.diagnostics.is_empty(), "{:?}\n{}", again.diagnostics, result.text);
    result
}

/// Comments above each line and behind it are in the result, each once, or counted in a note.
#[test]
fn each_comment_is_carried_or_noted() {
    for (file, text) in corpus::texts() {
        let is_read = deployline_yaml::parse(&text).diagnostics.is_empty();
        if file == "19-input-set.yaml" || !is_read {
            continue;
        }
        let there = other(&text).text;
        for text in [text, there] {
            let (text, count) = commented(&text);
            let result = other(&text);
            let is_there = |number: &usize| result.text.contains(&format!("# c{number}."));
            let carried = (0..count).filter(is_there).count();
            assert_eq!(result.text.matches("# c").count(), carried, "{file}\n{}", result.text);
            let noted = result.notes.iter().find_map(|note| match note.message.split_once(' ') {
                Some((count, rest)) if rest.starts_with("comments have no place") => {
                    count.parse().ok()
                }
                Some(("The", rest)) if rest.starts_with("comment in line") => Some(1),
                _ => None,
            });
            let (noted, text) = (noted.unwrap_or(0), &result.text);
            assert_eq!(
                carried + noted,
                count,
                "{file}: {carried} of {count}, {noted} noted\n{text}"
            );
            // Most have a place.
            assert!(carried * 2 > count, "{file}: {carried} of {count}\n{text}");
        }
    }
}

/// The text with comments `# c0.`, `# c1.` and so on wherever they change no value, and their number.
fn commented(text: &str) -> (String, usize) {
    let values = |text: &str| {
        let parsed = deployline_yaml::parse(text);
        let values = parsed.documents.iter().map(|it| deployline_yaml::write::Value::of(it.root()));
        (parsed.diagnostics.is_empty(), values.collect::<Vec<_>>())
    };
    let expected = values(text);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for at in 0..lines.len() {
        let is_comment = lines[at].trim_start().starts_with('#');
        let line = if is_comment { std::mem::take(&mut lines[at]) } else { continue };
        if values(&(lines.join("\n") + "\n")) != expected {
            lines[at] = line;
        }
    }
    // Those behind a value are no longer there either, so that only the ones made here are counted.
    for at in 0..lines.len() {
        let Some(end) = lines[at].find(" #") else { continue };
        let without = lines[at][..end].trim_end().to_owned();
        let line = std::mem::replace(&mut lines[at], without);
        if values(&(lines.join("\n") + "\n")) != expected {
            lines[at] = line;
        }
    }
    let mut count = 0;
    // Each is tried by a reading of the whole text.
    let step = lines.len() / 40 + 1;
    for at in (0..lines.len()).rev().step_by(step) {
        let line = lines[at].clone();
        if line.trim().is_empty() || line.starts_with("---") {
            continue;
        }
        let mut trial = lines.clone();
        trial[at] = format!("{line} # c{count}.");
        if values(&(trial.join("\n") + "\n")) == expected {
            (lines, count) = (trial, count + 1);
        }
        let mut trial = lines.clone();
        let indent = &line[..line.len() - line.trim_start().len()];
        trial.insert(at, format!("{indent}# c{count}."));
        if values(&(trial.join("\n") + "\n")) == expected {
            (lines, count) = (trial, count + 1);
        }
    }
    (lines.join("\n") + "\n", count)
}
