//! An edit keeps away from a line that can't be read, and names it.

use deployline_yaml::edit::{Change, Path, Value, change, check_keys, check_siblings, set};
use deployline_yaml::{LineIndex, TextEdit, parse};

/// Applies a change; the text after it, or the number of the line that stands in the way.
fn changed(text: &str, change_of_it: Change) -> Result<String, usize> {
    let line = |at: u32| LineIndex::new(text).line_column(text, at as usize).line;
    match change(text, &parse(text), 0, &[change_of_it]) {
        Ok(edits) => Ok(TextEdit::apply_all(&edits, text)),
        Err(refusal) => {
            assert!(refusal.message(text).starts_with("Line "), "{refusal:?}");
            Err(line(refusal.span.start))
        }
    }
}

fn path(keys: &str) -> Path {
    let step = |key: &str| key.parse::<usize>().map_or_else(|_| key.into(), Into::into);
    keys.split_whitespace().map(step).collect()
}

fn add(map: &str) -> Change {
    Change::InsertEntry { map: path(map), after: None, key: "new".into(), value: Value::word("1") }
}

fn remove(at: &str) -> Change {
    Change::Remove { at: path(at), keeps_comments: false }
}

fn replace(at: &str) -> Change {
    Change::Replace { at: path(at), value: Value::word("1") }
}

#[test]
fn what_was_left_out_is_listed() {
    for (text, expected) in [
        ("a: 1\n", &[][..]),
        ("a: 1\nb: c: d\ne: 1\n", &["b: c: d"]),
        ("a:\n\t- b\n", &[]),
        ("a: \"x\nb: 1\n", &["\"x"]),
        ("a: 1\r  b: c: d\r---\re: [\r---\rf: 1\r", &["  b: c: d", "["]),
    ] {
        let unread = parse(text).unread;
        let found = unread.iter().map(|span| &text[span.range()]).collect::<Vec<_>>();
        let expected: Vec<&str> = expected.iter().map(|it| it.trim()).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn a_collection_with_such_a_line_is_left_alone() {
    let text = "\
top: 1
spec:
  services:
    values: [a]
    metadata:
      parallel: true: z
  other:
    - a
    - b: c: d
    - e: 1
last: 1
";
    for (change, line) in [
        (add("spec services metadata"), 6),
        (replace("spec services metadata"), 6),
        (add("spec services"), 6),
        (remove("spec services"), 6),
        (remove("spec services metadata"), 6),
        (remove("spec other 0"), 9),
        (remove("spec other 1"), 9),
        (replace("spec other 0"), 9),
        (remove("spec"), 6),
    ] {
        assert_eq!(changed(text, change.clone()), Err(line), "{change:?}");
    }
    for (change, old, new) in [
        (replace("top"), "top: 1", "top: 1"),
        (replace("spec other 1 e"), "e: 1", "e: 1"),
        (remove("last"), "last: 1\n", ""),
        (add(""), "last: 1\n", "last: 1\nnew: 1\n"),
        (add("spec other 1"), "e: 1\n", "e: 1\n      new: 1\n"),
    ] {
        assert_eq!(changed(text, change.clone()), Ok(text.replace(old, new)), "{change:?}");
    }
}

/// Read without the line that would have ended them, things look as if they belonged together.
/// The line would be another one than that which is to be mended.
#[test]
fn a_key_before_what_can_not_be_read_keeps_its_name() {
    let rename = |at: &str| Change::RenameKey { at: path(at), key: "new".into() };
    let text = "top:\n  values: [BROKEN\n    - a: 1\n  other: 1\n";
    assert_eq!(changed(text, rename("top values")), Err(2));
    let text = "top:\n  values:\n    - a: 1\n    - b: c: d\n  other: 1\n";
    assert_eq!(changed(text, rename("top other")), Ok(text.replace("other", "new")));
}

#[test]
fn what_such_a_line_would_have_ended_is_left_alone() {
    let text = "stages:\n  - id: a\n  - id: b: c\n    name: b\n  - id: d\n";
    for change in [add("stages 0"), replace("stages 0 name"), remove("stages 1")] {
        assert_eq!(changed(text, change.clone()), Err(3), "{change:?}");
    }
    assert!(changed(text, replace("stages 1 id")).is_ok());
    // The same in brackets: nothing in them is sure.
    let text = "a: {b: 1,\n  d: 2,\n  c: @x\n  }\ne: 1\n";
    assert_eq!(changed(text, add("a")), Err(3));
    assert_eq!(changed(text, replace("a d")), Err(3));
    assert!(changed(text, replace("e")).is_ok());
}

/// A text that ends too early may go on with anything that is open.
#[test]
fn the_end_of_a_text_that_breaks_off_is_left_alone() {
    let text = format!("a: 1\nb:\n  - c: {}\n", "[".repeat(300));
    assert!(parse(&text).documents[0].root().get("b").is_some());
    for change in [add(""), remove("b"), add("b 0")] {
        assert_eq!(changed(&text, change.clone()), Err(3), "{change:?}");
    }
}

#[test]
fn other_documents_are_free() {
    let text = "a: 1\n---\nb: c: d\n---\ne: 1\n";
    assert_eq!(changed(text, add("")), Ok(text.replacen("a: 1\n", "a: 1\nnew: 1\n", 1)));
}

#[test]
fn setting_a_value_keeps_away_too() {
    let text = "a:\n  b: 1\n  c:\n    d: e: f\ng: 1\n";
    let document = &parse(text).documents[0];
    for (path, line) in [
        (&["a", "c", "d"][..], Some(4)),
        (&["a", "h"], Some(4)),
        (&["a", "b"], None),
        (&["g"], None),
    ] {
        let refused = set(text, document.root(), path, "2").err();
        let found = refused.map(|it| text[..it.span.range().start].matches('\n').count() + 1);
        assert_eq!(found, line, "{path:?}");
    }
}

/// What a mapping is may depend on a key of it that can't be read, and so may what stands beside it.
#[test]
fn a_mapping_is_told_from_its_keys() {
    for (text, is_sure) in [
        ("a:\n  b: c: d\n  e: {f: 1}\n", false),
        ("a:\n  b: [c\n  e: {f: 1}\n", false),
        ("a:\n  b:\n    c: d: e\n  e: {f: 1}\n", false),
        ("a:\n  b:\n    x: 1\n    c: d: e\n  e: {f: 1}\n", true),
        ("a:\n  e: {f: 1}\nb: c: d\n", true),
    ] {
        let document = &parse(text).documents[0];
        let [a, e] = [&["a"][..], &["a", "e"]].map(|path| document.root().at(path).expect("there"));
        assert_eq!(check_keys(text, document, a).is_ok(), is_sure, "{text:?}");
        assert_eq!(check_siblings(text, document, e).is_ok(), is_sure, "{text:?}");
    }
}
