//! `parse`: trees and diagnostics of good and broken texts.

use deployline_span::SourceId;
use deployline_yaml::{Budget, LineIndex, Node, NodeKind, parse, parse_with};

/// The tree on one line, in the spelling of JSON without quotes.
fn outline(node: Node<'_>) -> String {
    match node.kind() {
        NodeKind::Null => "~".to_owned(),
        NodeKind::Scalar => node.as_str().unwrap_or_default().to_owned(),
        NodeKind::Sequence => {
            format!("[{}]", node.items().map(outline).collect::<Vec<_>>().join(", "))
        }
        NodeKind::Mapping => {
            let entries = node.entries().map(|(k, v)| format!("{}: {}", outline(k), outline(v)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// `(text, trees, diagnostics as "line:column code")`
#[track_caller]
fn check(text: &str, trees: &[&str], problems: &[&str]) {
    let parsed = parse(text);
    let found: Vec<String> = parsed.documents.iter().map(|d| outline(d.root())).collect();
    assert_eq!(found, trees, "trees of {text:?}");
    let index = LineIndex::new(text);
    let places = parsed.diagnostics.iter().map(|d| {
        let at = index.line_column(text, d.span.start as usize);
        format!("{}:{} {}", at.line, at.column, d.code)
    });
    assert_eq!(places.collect::<Vec<_>>(), problems, "diagnostics of {text:?}");
}

#[test]
fn reads_documents_of_all_shapes() {
    check("a: 1\nb: [x, {c: d}]\n", &["{a: 1, b: [x, {c: d}]}"], &[]);
    check("a: 1\n---\n# nothing\n---\nb: 2\n...\n", &["{a: 1}", "{b: 2}"], &[]);
    check("a:\nb: ~\nc: null\nd: 'null'\n", &["{a: ~, b: ~, c: ~, d: null}"], &[]);
    check("a: &x {k: v}\nb: *x\n", &["{a: {k: v}, b: {k: v}}"], &[]);
    check("a: |\n  one\n  two\nb: >-\n  x\n  y\n", &["{a: one\ntwo\n, b: x y}"], &[]);
    check("", &[], &[]);
    check("# only a comment\n", &[], &[]);
    check("a: 1\r\nb:\r\n  - 2\r\n", &["{a: 1, b: [2]}"], &[]);
    check("\u{feff}a: 1\n", &["{a: 1}"], &[]);
    check("a: \"one\\\n  two\"\n", &["{a: onetwo}"], &[]);
}

#[test]
fn a_broken_line_costs_that_line_only() {
    check("a: 1\nb:\n\tc: 2\nd: 3\n", &["{a: 1, b: {c: 2}, d: 3}"], &["3:1 yaml-tab"]);
    check("a:\n    b: 1\n  c: 2\nd: 3\n", &["{a: {b: 1}, d: 3}"], &["3:3 yaml-indentation"]);
    check("a: \"open\nb: 2\nc: 3\n", &["{a: ~, b: 2, c: 3}"], &["1:4 yaml-unclosed-quote"]);
    check("a: [1, 2\nb: 3\nc: 4\n", &["{a: ~, b: 3, c: 4}"], &["1:4 yaml-unclosed-bracket"]);
    // An apostrophe opens no quote, behind letters of any script.
    for name in ["it's", "été's", "注文's"] {
        let text = format!("{name}: [1, 2\nb: 3\nc: 4\n");
        let bracket = format!("1:{} yaml-unclosed-bracket", name.chars().count() + 3);
        check(&text, &[&format!("{{{name}: ~, b: 3, c: 4}}")], &[&bracket]);
    }
    check("a: [1\n---\nb: 2\n", &["{a: ~}", "{b: 2}"], &["1:4 yaml-unclosed-bracket"]);
    check("a:\n  valu\n  b: 1\nc: 2\n", &["{a: {b: 1}, c: 2}"], &["2:3 yaml-key-expected"]);
    check("a: 1\nvalu\nb: 2\n", &["{a: 1, b: 2}"], &["2:1 yaml-key-expected"]);
    check("a: b: c\nd: 1\n", &["{d: 1}"], &["1:5 yaml-key-expected"]);
    check("a: @x\nb: 1\n", &["{a: ~, b: 1}"], &["1:4 yaml-character"]);
    check("a: }\nb: 1\n", &["{a: ~, b: 1}"], &["1:4 yaml-bracket"]);
    check("a: \"\\q\"\nb: 1\n", &["{a: ~, b: 1}"], &["1:4 yaml-escape"]);
    check("a:\n  - x\n  y: 1\nb: 2\n", &["{a: [x], b: 2}"], &["3:3 yaml-indentation"]);
    check(
        "a: 1\n\tb: 2\nc: \"x\nd: 4\n",
        &["{a: 1, c: ~, d: 4}"],
        &["2:1 yaml-tab", "2:3 yaml-key-expected", "3:4 yaml-unclosed-quote"],
    );
}

#[test]
fn names_keys_that_stand_twice_and_aliases_that_lead_nowhere() {
    check("a: 1\nb: 2\na: 3\n", &["{a: 1, b: 2, a: 3}"], &["3:1 duplicate-key"]);
    check("a: *no\nb: 1\n", &["{a: ~, b: 1}"], &["1:4 unknown-alias"]);
    check("a: &x [*x]\nb: 1\n", &["{a: [~], b: 1}"], &["1:8 alias-cycle"]);
    let parsed = parse("a: 1\na: 2\n");
    let root = parsed.documents[0].root();
    assert_eq!(root.get("a").and_then(Node::as_str), Some("2"), "the last one counts");
    assert_eq!(parsed.diagnostics[0].related[0].span.range(), 0..1);
}

#[test]
fn spans_cover_the_text_of_a_value() {
    let text = "é:\n  - x: 1 # one\n    y: [2,\n     3]\n\n# end\nz: |\n  t\n";
    let parsed = parse(text);
    let root = parsed.documents[0].root();
    let slice = |node: Node<'_>| &text[node.span().range()];
    let list = root.get("é").expect("é");
    assert_eq!(slice(list), "- x: 1 # one\n    y: [2,\n     3]");
    let item = list.items().next().expect("one");
    assert_eq!(slice(item), "x: 1 # one\n    y: [2,\n     3]");
    assert_eq!(slice(root.get("z").expect("z")), "t\n");
}

#[test]
fn spans_lie_between_characters_where_text_was_set_aside() {
    for text in ["|2-\n🚀", ":\n    - \n  |1\né", "? |2-\n🚀\n: a\n? |2-\n🚀\n: b\n"] {
        let parsed = parse(text);
        assert!(parsed.is_broken(), "{text:?}");
        let roots = parsed.documents.iter().map(|document| document.root());
        let below = roots.flat_map(|root| {
            let values = root.entries().flat_map(|(key, value)| [key, value]);
            values.chain(root.items()).chain([root]).map(|node| node.span())
        });
        for span in below.chain(parsed.diagnostics.iter().map(|diagnostic| diagnostic.span)) {
            assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
        }
    }
}

#[test]
fn budgets_name_what_is_beyond_them() {
    let budget = Budget { bytes: 40, nodes: 6, depth: 3, alias_expansion: 10 };
    let codes = |text: &str| {
        let parsed = parse_with(text, SourceId(0), budget);
        parsed.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&"a".repeat(41)), ["yaml-too-large"]);
    assert_eq!(codes("[1, 2, 3, 4, 5]"), Vec::<&str>::new());
    assert_eq!(codes("[1, 2, 3, 4, 5, 6]"), ["yaml-too-large"]);
    assert_eq!(codes("[[[1]]]"), Vec::<&str>::new());
    assert_eq!(codes("[[[[1]]]]"), ["yaml-too-deep"]);
    let wide = Budget { bytes: 4096, nodes: 4096, depth: 20, ..budget };
    let laughs = "- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]\n";
    let parsed = parse_with(laughs, SourceId(0), wide);
    assert_eq!(parsed.diagnostics[0].code, "alias-budget");
    assert_eq!(parsed.documents.len(), 1, "what stands before is kept");
}

#[test]
fn hostile_texts_end_quickly_and_say_why() {
    let deep = "[".repeat(100_000);
    assert!(parse(&deep).is_broken());
    let steps: String = (0..1_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert!(parse(&steps).diagnostics.iter().any(|d| d.code == "yaml-too-deep"));
    let mut laughs = String::from("a0: &a0 [x]\n");
    for i in 1..60 {
        laughs += &format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1);
    }
    assert!(parse(&laughs).diagnostics.iter().any(|d| d.code == "alias-budget"));
    let broken = "a: \"\n\tb: [\n".repeat(50_000);
    assert!(parse(&broken).is_broken());
}
