//! Everything that can be done in the form, on generated pipelines and on the corpus: the edited
//! text says what was meant and nothing else, by another YAML reader and another implementation of
//! each operation; what was not meant stays, byte for byte; and all of it can be undone.

pub(crate) mod candidates;
mod model;
mod order;
mod tree;

use deployline_engine::Schema;
use deployline_form::operation::{Dependencies, ListChange, Operation, edit};
use deployline_form::{Address, Form};
use deployline_planner::{Inputs, resolve};
use deployline_span::Span;
use deployline_yaml::{TextEdit, parse};
use proptest::prelude::*;

use crate::edits::layout;
use crate::oracle::generate;
use crate::{corpus, diff};

proptest! {
    #![proptest_config(crate::cases::cases(100))]

    #[test]
    fn in_pipelines_of_any_layout(
        case in generate::case(), layout in layout(), way in 0..7usize, first in 0..1000usize,
        is_dag: bool,
    ) {
        let text = written(way, &layout.apply(&case.yaml()));
        let text = if is_dag { as_dag(&text) } else { text };
        let operations = candidates::of(&read(&text));
        let step = operations.len() / 8 + 1;
        for operation in operations.iter().skip(first % step).step_by(step) {
            if let Err(reason) = check(&text, operation) {
                // Nothing here is shared, broken or otherwise in the way.
                assert!(!reason.contains("safely"), "{reason}: {operation:?}\n{text}");
            }
        }
    }
}

/// The same pipeline as a DAG, or as it is where it can't be one.
fn as_dag(text: &str) -> String {
    let dependencies = Dependencies::Order;
    let edits = edit(text, &Operation::WriteAsDag { dependencies }).unwrap_or_default();
    TextEdit::apply_all(&edits, text)
}

/// The same documents as other programs write them, in some cases.
fn written(way: usize, text: &str) -> String {
    let documents = || tree::of(text).expect("it is valid");
    let lines = |write: &dyn Fn(&tree::Value) -> String| {
        documents().iter().map(write).collect::<Vec<_>>().join("\n---\n")
    };
    match way {
        // Lists are not indented below their keys.
        0 => lines(&|document| serde_yaml::to_string(document).expect("YAML")),
        1 => lines(&|document| serde_json::to_string_pretty(document).expect("JSON")),
        2 => lines(&|document| serde_json::to_string(document).expect("JSON")),
        _ => text.to_owned(),
    }
}

/// A text half typed, or with a piece missing, makes nothing panic; what can be done is right.
#[test]
fn in_texts_cut_off() {
    for (i, (_, text)) in corpus::texts().into_iter().enumerate() {
        let places = text.char_indices().map(|(at, _)| at).skip(i * 7).step_by(text.len() / 6 + 1);
        for at in places {
            let end = text[at..].char_indices().nth(41).map_or(text.len(), |(to, _)| at + to);
            for text in [text[..at].to_owned(), format!("{}{}", &text[..at], &text[end..])] {
                let operations = candidates::of(&read(&text));
                let step = operations.len() / 6 + 1;
                for operation in operations.iter().skip(at % step).step_by(step) {
                    let _ = check(&text, operation);
                }
            }
        }
    }
}

#[test]
fn in_the_corpus() {
    let mut done = std::collections::BTreeMap::new();
    for (file, text) in corpus::texts() {
        let form = read(&text);
        let operations = candidates::of(&form);
        let step = operations.len() / 60 + 1;
        let count = operations
            .iter()
            .step_by(step)
            .filter(|operation| check(&text, operation).is_ok())
            .count();
        done.insert(file, (count, operations.len().div_ceil(step)));
    }
    // In a text that the form can change, it can change much.
    for (file, (count, of)) in &done {
        // Nothing but a first stage could be added to what has no pipeline.
        let is_readable = *of > 1;
        assert!(!is_readable || count * 3 > *of, "{file}: {count} of {of}\n{done:#?}");
    }
}

/// The form's stages are the planner's, in the same order.
#[test]
fn stages_are_those_of_the_plan() {
    for (file, text) in corpus::texts() {
        let documents = parse(&text).documents;
        let (pipeline, _) = resolve(&documents, &Inputs::default());
        let form = deployline_form::read(&text, &documents);
        let places: Vec<(usize, Span)> = form.stages().map(|it| (it.index, it.span)).collect();
        let planned = pipeline.stages.iter().map(|stage| stage.span).enumerate();
        assert_eq!(places, planned.collect::<Vec<_>>(), "{file}");
        assert_eq!(form.schema, pipeline.schema, "{file}");
    }
}

/// Time has no place in a test, but with a reading of the text per item this would not end.
#[test]
fn ten_thousand_services_move_quickly() {
    let item = |i| format!("        - serviceRef: s{i} # {i}\n");
    let list: String = (0..10_000).map(item).collect();
    let text = format!("stage:\n  type: Deployment\n  spec:\n    services:\n      values:\n{list}");
    for change in [
        ListChange::Move { from: 9_999, to: 0 },
        ListChange::Add { at: 5_000, name: "new".to_owned() },
        ListChange::Remove { at: 5_000 },
    ] {
        let stage = Address(vec![0]);
        let edits = edit(&text, &Operation::Services { stage, change }).expect("it is safe");
        let bytes: usize = edits.iter().map(|it| it.insert.len() + it.span.range().len()).sum();
        assert!(bytes < 100, "{edits:?}");
    }
    let stage = Address(vec![0]);
    let one = Operation::SwitchServices { stage, many: false, keep: Some(5_000) };
    let edits = edit(&text, &one).expect("it is safe");
    assert!(
        TextEdit::apply_all(&edits, &text).ends_with("service:\n      serviceRef: s5000 # 5000\n")
    );
}

fn read(text: &str) -> Form {
    deployline_form::read(text, &parse(text).documents)
}

/// Does it, and checks all that must hold then; the reason where it is refused.
///
/// # Panics
/// When something else has changed than was asked for.
pub(crate) fn check(text: &str, operation: &Operation) -> Result<(), &'static str> {
    let edits = match edit(text, operation) {
        Ok(edits) => edits,
        Err(refusal) => {
            assert!(text.get(refusal.span.range()).is_some(), "{refusal:?}");
            return Err(refusal.reason);
        }
    };
    let after = TextEdit::apply_all(&edits, text);
    let show = || format!("{operation:?}\n{}", changed(text, &after));
    assert_eq!(undone(&edits, text, &after), text, "{}", show());
    assert_same_rest(text, &after, operation);
    let form = read(text);
    if form.schema == Schema::V0
        && let Some(before) = tree::of(text)
    {
        let found = tree::of(&after);
        let expected = model::after(&before, &form, operation, &after);
        assert!(
            found.as_deref() == Some(&expected),
            "{}
{}",
            show(),
            differences(&expected, found.as_deref())
        );
    }
    if let Some(back) = move_back(operation) {
        let edits = edit(&after, &back).expect("there is a way back");
        let back = TextEdit::apply_all(&edits, &after);
        // Where comments stand by themselves between items, an item may come back above or below.
        let has_gaps = text.contains("\n\n");
        assert!(
            back == text || has_gaps,
            "not the same again: {}\n{}",
            show(),
            changed(text, &back)
        );
    }
    Ok(())
}

/// What should be said and what is, as YAML.
fn differences(expected: &[tree::Value], found: Option<&[tree::Value]>) -> String {
    let yaml = |documents: &[tree::Value]| {
        let texts = documents.iter().map(|document| serde_yaml::to_string(document).expect("YAML"));
        texts.collect::<Vec<_>>().join("---\n")
    };
    found.map_or("it can't be read".to_owned(), |found| changed(&yaml(expected), &yaml(found)))
}

/// The lines that differ, each with the one before it.
fn changed(before: &str, after: &str) -> String {
    let lines = diff::lines(before, after);
    let is_new = |line: &str| line.starts_with("    -") || line.starts_with("    +");
    let all: Vec<&str> = lines.lines().collect();
    let near = |i: usize| is_new(all[i]) || all.get(i + 1).is_some_and(|next| is_new(next));
    (0..all.len()).filter(|i| near(*i)).map(|i| format!("{}\n", all[i])).collect()
}

/// The text that the edits taken back give.
fn undone(edits: &[TextEdit], before: &str, after: &str) -> String {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut moved_by = 0_isize;
    let inverse = edits.into_iter().map(|edit| {
        let range = edit.span.range();
        let start = range.start.checked_add_signed(moved_by).expect("it is in the text");
        moved_by += edit.insert.len().cast_signed() - range.len().cast_signed();
        let span = Span::new(edit.span.source, start, start + edit.insert.len());
        TextEdit { span, insert: before[range].to_owned() }
    });
    TextEdit::apply_all(&inverse.collect::<Vec<_>>(), after)
}

/// Lines that were not meant stay as they are, and comments stay with what they are about.
fn assert_same_rest(before: &str, after: &str, operation: &Operation) {
    let words = |text: &str| {
        let words = text.split(|c: char| c.is_whitespace() || ",[]{}".contains(c));
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.retain(|word| !word.is_empty());
        words.sort();
        words
    };
    let comments = |text: &str| text.matches("# why: not").count();
    let show = || format!("{operation:?}\n{}", changed(before, after));
    match operation {
        Operation::Services { change: ListChange::Move { .. }, .. }
        | Operation::Environments { change: ListChange::Move { .. }, .. } => {
            assert!(words(before) == words(after), "{}", show());
        }
        _ if candidates::takes_away(operation) => {
            assert!(comments(before) >= comments(after), "{}", show());
        }
        Operation::DuplicateStage { .. } => {
            assert!(comments(before) <= comments(after), "{}", show());
        }
        _ => assert_eq!(comments(before), comments(after), "{}", show()),
    }
}

fn move_back(operation: &Operation) -> Option<Operation> {
    let back = |change: &ListChange| match change {
        ListChange::Move { from, to } => Some(ListChange::Move { from: *to, to: *from }),
        _ => None,
    };
    Some(match operation.clone() {
        Operation::Services { stage, change } => {
            Operation::Services { stage, change: back(&change)? }
        }
        Operation::Environments { stage, change } => {
            Operation::Environments { stage, change: back(&change)? }
        }
        Operation::Infrastructures { stage, environment, change } => {
            Operation::Infrastructures { stage, environment, change: back(&change)? }
        }
        Operation::AxisValues { stage, axis, change } => {
            Operation::AxisValues { stage, axis, change: back(&change)? }
        }
        _ => return None,
    })
}
