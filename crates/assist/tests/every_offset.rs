//! Help at every byte of real texts, whole and cut off: no offset panics, and a choice is written
//! where the cursor is.

use std::path::Path;

use deployline_assist::{complete, hover, outline};
use deployline_planner::Analysis;

fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let files = std::fs::read_dir(folder).expect("the corpus is there");
    let paths = files.filter_map(|file| Some(file.ok()?.path()));
    let mut texts: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("it is UTF-8");
            (path.display().to_string(), text)
        })
        .collect();
    texts.sort();
    assert!(texts.len() > 20);
    texts
}

fn check(name: &str, text: &str, offset: usize) {
    let Some(found) = complete(text, offset) else { return };
    assert!(found.from <= offset && offset <= found.to, "{name} at {offset}");
    assert!(text.get(found.from..found.to).is_some(), "{name} at {offset}");
    assert!(!found.items.is_empty(), "{name} at {offset}");
}

#[test]
fn of_whole_texts() {
    for (name, text) in corpus() {
        // One step beyond the end, and inside of characters too.
        for offset in 0..=text.len() + 1 {
            check(&name, &text, offset);
        }
    }
}

#[test]
fn of_texts_cut_off() {
    for (name, text) in corpus() {
        for end in (0..text.len()).step_by(3).filter(|end| text.is_char_boundary(*end)) {
            check(&name, &text[..end], end);
        }
    }
}

/// Texts that would take the square of their length if all of it were looked at for each line.
#[test]
fn hostile_texts_end_quickly() {
    let n = 60_000;
    let once = |piece: &str| piece.repeat(n);
    let stages = |stage: &str| format!("stages:\n{}", stage.repeat(n / 10));
    for text in [
        once("["),
        once("- "),
        once("{a: "),
        once("\"\n"),
        once("a: \"\n"),
        once("a: [\n"),
        once("x,"),
        format!("[{}", once("x,")),
        format!("{{{}", once("deploy-to: [x], ")),
        format!("{{service: [{}], {}}}", once("a, "), once("k: 1, ")),
        format!("stages: [{{id: a, service: [{}", once("a, ")),
        stages("- stage: {spec: {service: {useFromStage: {stage: a}}}}\n"),
        stages("- stage:\n    spec:\n      service:\n        serviceRef: a\n"),
        format!("a: {}", once("é")),
        (0..600).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
    ] {
        for end in [
            "",
            "\nstage:\n  spec:\n    service:\n      serviceRef: ",
            ", infrastructureDefinitions: [{identifier: ",
        ] {
            let text = format!("{text}{end}");
            for offset in [text.len(), text.len() / 2] {
                complete(&text, offset);
                hover(&text, offset, &Analysis::default());
            }
            assert!(outline(&text).len() <= 2_000);
        }
    }
}
