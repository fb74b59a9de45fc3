//! Help at every byte of real texts, whole and cut off: no offset panics, and a choice is written
//! where the cursor is.

use std::path::Path;

use deployline_studio::complete;

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
