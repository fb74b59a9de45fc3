//! `\n`, `\r\n` and a lone `\r` are the same to a reader.

use deployline_yaml::{LineIndex, Parsed, lines, parse};

/// The diagnostics with line and column, and the tree without places.
fn shown(text: &str) -> String {
    let Parsed { documents, diagnostics, .. } = parse(text);
    let index = LineIndex::new(text);
    let found = diagnostics.iter().map(|it| {
        let [start, end] = [it.span.start, it.span.end].map(|at| at as usize);
        let (start, end) = (index.line_column(text, start), index.line_column(text, end));
        format!("{} {start:?} {end:?} {}", it.code, it.message)
    });
    let trees = documents
        .iter()
        .map(|document| format!("{:?}", deployline_yaml::write::Value::of(document.root())));
    found.chain(trees).collect::<Vec<_>>().join("\n")
}

#[test]
fn broken_texts_read_the_same_with_every_line_break() {
    for text in [
        "a: [1, 2\nb: 3\nc: {d: [\ne: 4\n",
        "a: 1\n---\nb: [\nc: 2\n---\nd: 3\n",
        "values\nmetadata: 1\n\nvalues\n\n# c\nx: 1\n",
        "a: \"x\nb: 'y\nc: 1\n",
        "a:\n\t- b\n\t- c\nd: 1\n",
        "a: x: y\n  b: 1\n c: 2\n",
        "a: |\n  one\n\n  two\nb: >\n  one\n  two\n  [\n",
        "stages: # c\n  - stage: {a: 1, when: {x: [1\n  - stage: {a: 2}\n  - stage: {a: c: d}\n",
        "é: [\n# ü\nö: 1",
    ] {
        for line_break in ["\r\n", "\r"] {
            assert_eq!(shown(&text.replace('\n', line_break)), shown(text), "{text:?}");
        }
    }
}

#[test]
fn places_in_lines_are_found() {
    let text = "a\r\nb\r\rc\n\nd";
    let of = |found: fn(&str, usize) -> usize| {
        (0..=text.len()).map(|at| found(text, at)).collect::<Vec<_>>()
    };
    assert_eq!(of(lines::start), [0, 0, 0, 3, 3, 5, 6, 6, 8, 9, 9]);
    assert_eq!(of(lines::end), [1, 1, 2, 4, 4, 5, 7, 7, 8, 10, 10]);
    assert_eq!(of(lines::next), [3, 3, 3, 5, 5, 6, 8, 8, 9, 10, 10]);
    assert_eq!(lines::split(text).collect::<Vec<_>>(), ["a\r\n", "b\r", "\r", "c\n", "\n", "d"]);
    assert_eq!(lines::split("").count(), 0);
    for (at, expected) in [(0, "\r\n"), (3, "\r"), (5, "\r"), (6, "\n"), (9, "\n")] {
        assert_eq!(lines::line_break(text, at), expected, "{at}");
    }
    assert_eq!(lines::line_break("a", 1), "\n");
}
