//! Whatever is typed into a field reads back as this text, in any place and for any reader.

use deployline_yaml::edit::{Change, Step, Value, change, quote};
use deployline_yaml::{ScalarStyle, TextEdit, parse};
use proptest::prelude::*;

const TRICKY: [&str; 62] = [
    "",
    " ",
    "a",
    " a",
    "a ",
    "a: b",
    "a:",
    ":a",
    "a:b",
    "# x",
    "a # x",
    "a#x",
    "-",
    "- a",
    "-a",
    "?",
    "? a",
    "yes",
    "No",
    "on",
    "true",
    "null",
    "~",
    "y",
    "1",
    "1.0",
    "-1",
    "+1",
    ".5",
    "1e3",
    "0x1F",
    "0o7",
    "1_000",
    "12:30:45",
    "2001-01-01",
    ".inf",
    "-.INF",
    ".nan",
    "1.2.3",
    "v1",
    "[a",
    "a]",
    "a, b",
    "{a",
    "a}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'a'",
    "\"a\"",
    "a\\b",
    "it's",
    "two\nlines",
    "\ttab",
    "größe ☂ 🦀",
    "<+input>.default(\"a: b\")",
    "<<",
];

#[test]
fn tricky_texts_read_back() {
    TRICKY.into_iter().for_each(check);
    // Characters that end a line, are not shown or are not allowed as they are.
    ["a\u{85}b", "a\u{2028}b", "\u{feff}", "a\u{7f}b", "a\u{0}b", "a\r\nb", "---", "..."]
        .into_iter()
        .for_each(check);
}

/// What is plain to read stays without quotes.
#[test]
fn plain_texts_stay_plain() {
    for text in ["web", "my service", "a:b", "a#b", "it's", "<+input>", "größe", "v1.2", "a-b_c"]
    {
        assert_eq!(quote(text, None, false), text);
    }
    assert_eq!(quote("a \"b\": c", None, false), "'a \"b\": c'");
    assert_eq!(quote("it's", Some(ScalarStyle::SingleQuoted), false), "'it''s'");
    assert_eq!(quote("a", Some(ScalarStyle::DoubleQuoted), false), "\"a\"");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_back(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_text_of_signs_reads_back(text in "[-?:,\\[\\]{}#&*!|>'\"%@` a0.\n\t~=<+]{0,6}") {
        check(&text);
    }
}

fn check(text: &str) {
    let key = |key: &str| Step::from(key);
    for (before, at) in [
        ("a:\n  b: x # c\n  c: 1\n", vec![key("a"), key("b")]),
        ("a: {b: x, c: 1}\n", vec![key("a"), key("b")]),
        ("a: ['x', y]\n", vec![key("a"), 0.into()]),
        ("a: [\"x\", y]\n", vec![key("a"), 0.into()]),
        ("a:\n- x\n- y\n", vec![key("a"), 1.into()]),
        ("a:\n  b:\n", vec![key("a"), key("b")]),
    ] {
        let replace = Change::Replace { at: at.clone(), value: Value::text(text) };
        let edits = change(before, &parse(before), 0, &[replace]).expect("it is safe");
        let after = TextEdit::apply_all(&edits, before);
        let parsed = parse(&after);
        let read = at.iter().try_fold(parsed.documents[0].root(), |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.items().nth(*index),
        });
        assert_eq!(read.and_then(|node| node.as_str()), Some(text), "{after:?}");
        // The other reader takes it for a text too, not for a number, a flag or nothing.
        let other: serde_yaml::Value = serde_yaml::from_str(&after).expect("it is valid");
        let other = at.iter().fold(&other, |value, step| match step {
            Step::Key(key) => &value[key.as_str()],
            Step::Index(index) => &value[*index],
        });
        assert_eq!(other.as_str(), Some(text), "{after:?}");
    }
}
