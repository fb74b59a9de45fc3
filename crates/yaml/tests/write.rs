//! Values as text: layouts, comments and source maps. That texts read back is tested in
//! `tests/core/quoting.rs`, with a second reader.

use deployline_span::{SourceId, Span};
use deployline_yaml::ScalarStyle;
use deployline_yaml::write::{Comments, Layout, Value, Writer};

#[track_caller]
fn check(layout: Layout, value: &Value, expected: &str) {
    let mut writer = Writer::new(layout);
    writer.entry(0, "key", value);
    assert_eq!(writer.text, expected);
}

fn sample() -> Value {
    let item = Value::map([("a", Value::text("x")), ("b", Value::List(vec![Value::word("1")]))]);
    Value::map([("list", Value::List(vec![item, Value::Null])), ("none", Value::Null)])
}

#[test]
fn a_layout_says_where_things_stand() {
    check(
        Layout::default(),
        &sample(),
        "key:\n  list:\n    - a: x\n      b:\n        - 1\n    - null\n  none:",
    );
    let wide = Layout { step: 4, dash_offset: 0, content_offset: 4, ..Layout::default() };
    check(
        wide,
        &sample(),
        "key:\n    list:\n    -   a: x\n        b:\n        -   1\n    -   null\n    none:",
    );
    let as_json = Layout {
        line_break: "\r\n",
        has_brackets: true,
        quotes: Some(ScalarStyle::DoubleQuoted),
        ..Layout::default()
    };
    check(
        as_json,
        &sample(),
        "\"key\":\r\n  \"list\":\r\n    - \"a\": \"x\"\r\n      \"b\": [1]\r\n    - null\r\n  \"none\":",
    );
    assert_eq!(Layout::default().flow(&sample()), "{list: [{a: x, b: [1]}, null], none: null}");
}

#[test]
fn lists_of_lists_and_empty_collections() {
    let list = |items: &[&str]| Value::List(items.iter().map(|item| Value::text(*item)).collect());
    let lists = Value::List(vec![list(&["a", "b"]), list(&[]), Value::Map(Vec::new())]);
    check(Layout::default(), &lists, "key:\n  - - a\n    - b\n  - []\n  - {}");
}

#[test]
fn texts_of_several_lines() {
    check(Layout::default(), &Value::text("one\n\ntwo\n"), "key: |\n  one\n\n  two");
    check(Layout::default(), &Value::text("one\n  two"), "key: |-\n  one\n    two");
    check(Layout::default(), &Value::text(" one\ntwo"), "key: \" one\\ntwo\"");
    let quoted = Layout { has_block_scalars: false, ..Layout::default() };
    check(quoted, &Value::text("one\ntwo"), "key: \"one\\ntwo\"");
}

#[test]
fn comments_stand_where_a_line_ends() {
    let value = Value::text("<+input>").with_comments(Comments::behind("# soon"));
    check(Layout::default(), &value, "key: <+input> # soon");
    assert_eq!(Layout::default().flow(&Value::List(vec![value])), "[<+input>]");
}

#[test]
fn comments_stand_above_and_below_what_they_are_about() {
    let around = |name: &str| Comments {
        above: vec![format!("# above {name}")],
        behind: vec![format!("# behind {name}")],
        below: vec![format!("# below {name}")],
    };
    let list = |items: Vec<Value>| Value::List(items);
    let one = Value::map([("a", Value::text("1").with_comments(around("a")))]);
    let b = Value::Null.with_comments(around("b"));
    let item = Value::map([("b", b), ("c", Value::Null)]).with_comments(around("map"));
    let items = list(vec![Value::text("x").with_comments(around("x")), item]);
    let root = Value::map([
        ("one", one.with_comments(around("one"))),
        ("items", items.with_comments(around("items"))),
        ("none", list(Vec::new()).with_comments(around("none"))),
    ]);
    let mut writer = Writer::new(Layout::default());
    writer.item(0, &root.with_comments(around("all")));
    let expected = "\
# above all
# behind all
# above one
one: # behind one
  # above a
  a: \"1\" # behind a
  # below a
# below one
# above items
items: # behind items
  # above x
  - x # behind x
  # below x
  # above map
  # behind map
  # above b
  - b: # behind b
    # below b
    c:
  # below map
# below items
# above none
none: [] # behind none
# below none
# below all";
    assert_eq!(writer.text, expected);
    let read = |text: &str| Value::of(deployline_yaml::parse(text).documents[0].root());
    let mut without = Writer::new(Layout::default());
    let bare = "one: {a: \"1\"}\nitems: [x, {b: , c: }]\nnone: []\n";
    without.item(0, &read(bare));
    assert_eq!(read(&writer.text), read(&without.text));
}

#[test]
fn a_comment_is_one_line_for_every_reader() {
    let value = Value::text("x").with_comments(Comments::behind("# a\nb: c\u{2028}d: e\u{85}f"));
    check(Layout::default(), &value, "key: x # a b: c d: e f");
    check(Layout::default(), &Value::Null.with_comments(Comments::behind("a")), "key: # a");
}

#[test]
fn a_comment_is_no_part_of_a_text_of_several_lines() {
    let value = Value::text("<+a>\n<+b>\n").with_comments(Comments::behind("# soon"));
    check(Layout::default(), &value, "key: | # soon\n  <+a>\n  <+b>");
    let mut writer = Writer::new(Layout::default());
    writer.entry(0, "key", &value);
    let parsed = deployline_yaml::parse(&writer.text);
    let read = parsed.documents[0].root().get("key").and_then(|node| node.as_str());
    assert_eq!(read, Some("<+a>\n<+b>\n"));
}

#[test]
fn a_source_map_tells_what_stands_for_which_place() {
    let span = |start, end| Span::new(SourceId(0), start, end);
    let from = |value, span| Value::WithSource(Box::new(value), span);
    let inner = from(Value::text("c"), span(4, 5));
    let value = Value::map([("a", from(Value::List(vec![inner]), span(3, 9)))]);
    let mut writer = Writer::new(Layout::default());
    writer.value(0, &value);
    assert_eq!(writer.text, "\n  a:\n    - c");
    assert_eq!(writer.source_map, [(12..13, span(4, 5)), (5..13, span(3, 9))]);
}
