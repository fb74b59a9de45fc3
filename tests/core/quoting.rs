//! Texts that are written as YAML read back as these texts, in any place and for any reader.

use std::sync::LazyLock;

use deployline_yaml::ScalarStyle;
use deployline_yaml::edit::{Change, Step, change};
use deployline_yaml::write::{Layout, Value, Writer, needs_quotes, quote};
use deployline_yaml::{TextEdit, parse};
use proptest::prelude::*;

use crate::yaml_types::ScalarTypes;

/// Texts that some reader of YAML takes for structure, a comment or another type, by what they are.
const TRICKY: [(&str, &[&str]); 12] = [
    ("empty and blank", &["", " ", " a", "a ", "\u{a0}a", "\ttab", "a\tb"]),
    (
        "structure",
        &[
            "a: b", "a:", ":a", "a:b", "-", "- a", "-a", "?", "? a", "?a", "[a", "a]", "a, b",
            "{a", "a}",
        ],
    ),
    ("comments", &["# x", "a # x", "a#x", "#"]),
    (
        "indicators",
        &["&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'a'", "\"a\"", "a\\b", "it's", ",a"],
    ),
    ("documents", &["---", "--- a", "...", "... a", "%YAML 1.1"]),
    (
        "flags",
        &[
            "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE",
            "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF",
        ],
    ),
    ("nothing", &["~", "null", "Null", "NULL"]),
    (
        "integers",
        &[
            "0",
            "1",
            "-1",
            "+1",
            "007",
            "0777",
            "0o7",
            "0O7",
            "0x1F",
            "0X1F",
            "-0x1f",
            "+0xff",
            "0b101",
            "0B1",
            "-0b1",
            "1_000",
            "1,000",
            "1:30",
            "12:30:45",
            "-1:30",
            "190:20:30",
        ],
    ),
    (
        "numbers",
        &[
            "1.0",
            "1.",
            ".5",
            "-.5",
            "+.5",
            "1e3",
            "1E+3",
            "1.5e-3",
            "1_000.5",
            "685_230.15e+03",
            "190:20:30.15",
            ".inf",
            ".Inf",
            "-.INF",
            "+.inf",
            ".nan",
            ".NaN",
            ".NAN",
            "1.2.3",
            ".",
        ],
    ),
    (
        "times",
        &[
            "2001-01-01",
            "2001-1-1",
            "2024-01-01T00:00:00Z",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.10 -5",
            "2001-12-15 2:59:43.10",
            "00:00",
        ],
    ),
    ("merge and value", &["<<", "="]),
    (
        "characters",
        &[
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{2029}b",
            "\u{feff}",
            "\u{feff}a",
            "a\u{7f}b",
            "a\u{0}b",
            "a\u{1b}b",
            "a\rb",
            "a\r\nb",
            "two\nlines",
            "ends\n",
            "ends\n\n",
            "\n",
            "\nstarts",
            "\n indented",
            "a\n  \nb",
            "a\n\tb",
            "größe ☂ 🦀",
            "\u{10ffff}",
            "\u{ffff}",
            "\u{1fffe}",
        ],
    ),
];

/// Texts that look fine without quotes and are.
const PLAIN: [&str; 16] = [
    "web",
    "my service",
    "a:b",
    "a#b",
    "it's",
    "<+input>",
    "größe",
    "v1.2",
    "a-b_c",
    "🦀",
    "1d",
    "3a",
    "eu-1/prod",
    "$HOME",
    "(a)",
    "yes!",
];

static TYPES: LazyLock<ScalarTypes> = LazyLock::new(ScalarTypes::new);

#[test]
fn tricky_texts_read_back() {
    for (_, texts) in TRICKY {
        texts.iter().for_each(|text| check(text));
    }
    check("<+input>.default(\"a: b\")");
    // A key of more than 1024 characters can't stand before its colon without `? `.
    for long in ["long ".repeat(300) + "text", "\n".repeat(2_000), "#".repeat(70_000)] {
        check(&long);
    }
}

#[test]
fn texts_of_other_types_get_quotes() {
    for (kind, texts) in TRICKY {
        for text in texts.iter().filter(|text| TYPES.other_than_text(text).is_some()) {
            assert!(needs_quotes(text, false) && needs_quotes(text, true), "{kind}: {text:?}");
        }
    }
    for text in ["0XFF", "1,000", "...", "a: b", "a #b", "-1:30", "0O7", "1:30", "-", "a:", "tRUE"]
    {
        assert!(needs_quotes(text, false), "{text:?}");
    }
}

/// What is plain to read stays without quotes.
#[test]
fn plain_texts_stay_plain() {
    for text in PLAIN {
        assert!(!needs_quotes(text, false), "{text:?}");
        assert_eq!(quote(text, None, false), text);
        check(text);
    }
}

#[test]
fn quotes_are_those_that_are_there_or_easier_to_read() {
    assert_eq!(quote("a \"b\": c", None, false), "'a \"b\": c'");
    assert_eq!(quote("a: b", None, false), "\"a: b\"");
    assert_eq!(quote("it's", Some(ScalarStyle::SingleQuoted), false), "'it''s'");
    assert_eq!(quote("a\tb", Some(ScalarStyle::SingleQuoted), false), "\"a\\tb\"");
    assert_eq!(quote("a", Some(ScalarStyle::DoubleQuoted), false), "\"a\"");
}

proptest! {
    #![proptest_config(crate::cases::cases(500))]

    #[test]
    fn any_text_reads_back(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_text_of_signs_reads_back(text in "[-?:,\\[\\]{}#&*!|>'\"%@` a0.\n\t~=<+]{0,6}") {
        check(&text);
    }

    #[test]
    fn any_text_like_a_number_reads_back(text in "[-+.]?[0-9.:_,xXoObB]{1,4}[-+.0-9:_eEtTzZ aAfF]{0,5}") {
        check(&text);
    }

    #[test]
    fn any_tree_reads_back(tree in tree(), layout in layout()) {
        check_tree(&tree, layout);
    }
}

fn check(text: &str) {
    for in_flow in [false, true] {
        let other = TYPES.other_than_text(text);
        assert!(needs_quotes(text, in_flow) || other.is_none(), "{text:?} is a {other:?}");
    }
    check_replaced(text);
    let both =
        Value::map([("text", Value::text(text)), ("list", Value::List(vec![Value::text(text)]))]);
    let as_key = Value::Map(vec![(text.to_owned().into(), both)]);
    let tree = Value::map([("block", as_key.clone()), ("list", Value::List(vec![as_key]))]);
    for has_block_scalars in [true, false] {
        check_tree(&tree, Layout { has_block_scalars, ..Layout::default() });
    }
}

/// The text in the place of another one.
fn check_replaced(text: &str) {
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

/// A mapping as lines, and as one line, read by both readers.
fn check_tree(tree: &Value, layout: Layout) {
    let Value::Map(entries) = tree else { panic!("it is a mapping") };
    let mut writer = Writer::new(layout);
    writer.entries(0, entries);
    writer.new_line(0);
    for written in [writer.text, layout.flow(tree)] {
        let parsed = parse(&written);
        assert_eq!(parsed.diagnostics, [], "{written}");
        assert_eq!(&Value::of(parsed.documents[0].root()), tree, "{written}");
        let other: serde_yaml::Value =
            serde_yaml::from_str(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(other, as_other(tree), "{written}");
    }
}

fn as_other(value: &Value) -> serde_yaml::Value {
    use serde_yaml::Value as Other;
    match value {
        Value::Text(text) => Other::String(text.clone()),
        Value::List(items) => Other::Sequence(items.iter().map(as_other).collect()),
        Value::Map(entries) => Other::Mapping(
            entries
                .iter()
                .map(|(key, value)| (Other::String(key.to_string()), as_other(value)))
                .collect(),
        ),
        _ => Other::Null,
    }
}

fn text() -> impl Strategy<Value = String> {
    let tricky: Vec<&str> = TRICKY.iter().flat_map(|(_, texts)| *texts).copied().collect();
    prop_oneof![
        proptest::sample::select(tricky).prop_map(str::to_owned),
        "[-?:,\\[\\]{}#'\" a.\n~<]{0,5}",
        "[a-z]{1,4}(\n{1,2} {0,3}[a-z#:-]{0,3}){0,3}",
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![4 => text().prop_map(Value::Text), 1 => Just(Value::Null)];
    let inner = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            map(inner, 0),
        ]
    });
    map(inner, 1)
}

fn map(values: impl Strategy<Value = Value>, least: usize) -> impl Strategy<Value = Value> {
    let entries = proptest::collection::btree_map(text(), values, least..4);
    entries.prop_map(|entries| {
        Value::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    })
}

fn layout() -> impl Strategy<Value = Layout> {
    let quotes = prop_oneof![Just(None), Just(Some(ScalarStyle::DoubleQuoted))];
    let columns = (1_usize..5, 0_usize..5, 2_usize..5);
    let habits = any::<(bool, bool, bool)>();
    (columns, habits, quotes).prop_map(|((step, dash_offset, content_offset), habits, quotes)| {
        Layout {
            step,
            dash_offset,
            content_offset,
            line_break: if habits.0 { "\r\n" } else { "\n" },
            has_block_scalars: habits.1,
            has_brackets: habits.2,
            quotes,
        }
    })
}
