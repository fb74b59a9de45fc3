//! Structural edits: before and after, as text.

use deployline_yaml::edit::{Change, Path, Step, Value, change};
use deployline_yaml::{TextEdit, parse};

fn path(path: &str) -> Path {
    let step = |step: &str| step.parse::<usize>().map_or_else(|_| Step::from(step), Step::from);
    path.split_whitespace().map(step).collect()
}

fn edited(text: &str, changes: &[Change]) -> Result<String, &'static str> {
    let edits = change(text, &parse(text), 0, changes).map_err(|refusal| refusal.reason)?;
    Ok(TextEdit::apply_all(&edits, text))
}

#[track_caller]
fn check(text: &str, change: Change, expected: &str) {
    assert_eq!(edited(text, &[change]).as_deref(), Ok(expected));
}

#[track_caller]
fn check_refused(text: &str, change: Change, expected: &str) {
    assert_eq!(edited(text, &[change]), Err(expected).map(|reason: &str| reason.to_owned()));
}

fn item(list: &str, at: usize, value: Value) -> Change {
    Change::InsertItem { list: path(list), at, value }
}

fn remove(at: &str) -> Change {
    Change::Remove { at: path(at), keeps_comments: false }
}

fn moved(from: &str, list: &str, to: usize) -> Change {
    Change::MoveItem { from: path(from), list: path(list), to }
}

fn entry_moved(from: &str, map: &str, after: Option<&str>) -> Change {
    Change::MoveEntry { from: path(from), map: path(map), after: after.map(str::to_owned) }
}

fn service(name: &str) -> Value {
    Value::map([("ref", Value::text(name)), ("more", Value::List(vec![Value::text("x")]))])
}

#[test]
fn items_are_written_as_their_neighbours_are() {
    check(
        "v:\n  - ref: a\n",
        item("v", 1, service("b")),
        "v:\n  - ref: a\n  - ref: b\n    more:\n      - x\n",
    );
    check("v:\n- ref: a", item("v", 1, service("b")), "v:\n- ref: a\n- ref: b\n  more:\n  - x");
    check(
        "k:\n    v:\n        -   ref: a\r\n",
        item("k v", 0, service("b")),
        "k:\n    v:\n        -   ref: b\r\n            more:\r\n                -   x\r\n        -   ref: a\r\n",
    );
    check(
        "v: [{ref: a}] # c\n",
        item("v", 1, service("b")),
        "v: [{ref: a}, {ref: b, more: [x]}] # c\n",
    );
    check(
        "{\"v\": [{\"ref\": \"a\"}]}",
        item("v", 0, Value::map([("ref", Value::text("b"))])),
        "{\"v\": [{\"ref\": \"b\"}, {\"ref\": \"a\"}]}",
    );
    check("v: [] # none\nx: 1\n", item("v", 0, Value::text("a")), "v: # none\n  - a\nx: 1\n");
    check("v: []", item("v", 0, Value::text("yes")), "v:\n  - \"yes\"");
    check(
        "v: [\n  a, # one\n  b # two\n]\n",
        item("v", 2, Value::text("c")),
        "v: [\n  a, # one\n  b, # two\n  c\n]\n",
    );
    check("v: [\n  a,\n  b,\n]\n", item("v", 2, Value::text("c")), "v: [\n  a,\n  b,\n  c,\n]\n");
    check("v: [\n  a,\n  b,\n]\n", item("v", 1, Value::text("c")), "v: [\n  a,\n  c,\n  b,\n]\n");
    check("v: [a,b]\n", item("v", 1, Value::text("c")), "v: [a,c,b]\n");
    check(
        "v:\n- a # one\n\n# two\n- b\n",
        item("v", 1, Value::text("c")),
        "v:\n- a # one\n\n- c\n\n# two\n- b\n",
    );
    check("- - a\n  - b\n", item("0", 0, Value::text("c")), "- - c\n  - a\n  - b\n");
    check(
        "v:\n- |\n  a\n\n# c\n- b\n",
        item("v", 1, Value::text("c")),
        "v:\n- |\n  a\n\n- c\n\n# c\n- b\n",
    );
}

#[test]
fn what_goes_takes_its_comments_along() {
    check("v:\n# a\n- a # A\n# b\n- b # B\n", remove("v 0"), "v:\n# b\n- b # B\n");
    check("v:\n# a\n- a # A\n# b\n- b # B\n", remove("v 1"), "v:\n# a\n- a # A\n");
    check("v:\n  - a\n    # of a\n  - b", remove("v 0"), "v:\n  - b");
    check("v:\n  - a\n    # of a\n  - b", remove("v 1"), "v:\n  - a\n    # of a");
    check("v:\n  - a # c\nx: 1\n", remove("v 0"), "v: []\nx: 1\n");
    check("v: # c\n  - a", remove("v 0"), "v: [] # c");
    check("v: [a, b]\n", remove("v 0"), "v: [b]\n");
    check("v: [a, b]\n", remove("v 1"), "v: [a]\n");
    check("v: [a]\n", remove("v 0"), "v: []\n");
    check("v: [\n  a, # one\n  b # two\n]\n", remove("v 0"), "v: [\n  b # two\n]\n");
    check("v: [\n  a, # one\n  b # two\n]\n", remove("v 1"), "v: [\n  a # one\n]\n");
    check("v:\n- a\n\n- b\n\n- c\n", remove("v 1"), "v:\n- a\n\n- c\n");
    check("v:\n- a\n\n- b\n\n- c\nx: 1\n", remove("v 2"), "v:\n- a\n\n- b\nx: 1\n");
    check("v:\n- a: 1\n  b: 2\n", remove("v 0 a"), "v:\n- b: 2\n");
    check("v:\n- a: 1\n  b: 2\n", remove("v 0 b"), "v:\n- a: 1\n");
    check("a:\n  b: 1\nc: 2\r\n", remove("a"), "c: 2\r\n");
}

#[test]
fn one_stays_with_its_comments() {
    let keep = |at| Change::KeepItem { list: path("v"), at };
    let text = "v:\n# a\n- a # A\n\n# b\n- b # B\n- c\nx: 1\n";
    check(text, keep(0), "v:\n# a\n- a # A\nx: 1\n");
    check(text, keep(1), "v:\n# b\n- b # B\nx: 1\n");
    check(text, keep(2), "v:\n- c\nx: 1\n");
    check("v: [a, b, c]\n", keep(1), "v: [b]\n");
    check_refused("v: [a]\n", keep(1), "This can't be removed safely; change it in the YAML.");
}

#[test]
fn what_moves_takes_its_comments_along() {
    let text = "v:\n  # a\n  - a: 1 # A\n    b: 2\n  # c\n  - c: 3 # C";
    let back = "v:\n  # c\n  - c: 3 # C\n  # a\n  - a: 1 # A\n    b: 2";
    check(text, moved("v 0", "v", 2), back);
    check(text, moved("v 1", "v", 0), back);
    check("v: [a, b, c]\n", moved("v 2", "v", 0), "v: [c, a, b]\n");
    check("v: [a, b, c]\n", moved("v 0", "v", 3), "v: [b, c, a]\n");
    check(
        "v:\n- a\n- g:\n    - b # B\n    # c\n    - c: |\n        text\n\n          more\n",
        moved("v 1 g 1", "v", 0),
        "v:\n# c\n- c: |\n    text\n\n      more\n- a\n- g:\n    - b # B\n",
    );
    check("v:\n  - a\n  - g: []\n", moved("v 0", "v 1 g", 0), "v:\n  - g:\n      - a\n");
    check(
        "v:\n  - {a: 1} # A\n  - g: []\n",
        moved("v 0", "v 1 g", 0),
        "v:\n  - g:\n      - {a: 1} # A\n",
    );
    check("- a\n-\n- # c\n  b\n", moved("2", "", 0), "- # c\n  b\n- a\n-\n");
    check("v:\n- a\n\n- b\n\n- c\n", moved("v 0", "v", 3), "v:\n- b\n\n- c\n\n- a\n");
    check("v:\n- a\n\n- b\n\n- c\n", moved("v 2", "v", 0), "v:\n- c\n\n- a\n\n- b\n");
}

#[test]
fn values_go_down_and_up() {
    let one = "s: # why\n  # first\n  ref: a # A\n  more:\n  - x\n  # end\nx: 1\n";
    let many = "s: # why\n  v:\n  # first\n  - ref: a # A\n    more:\n    - x\n  # end\nx: 1\n";
    let down = |steps| Change::Nest { at: path("s"), steps: path(steps) };
    let up = |steps| Change::Unnest { at: path("s"), steps: path(steps) };
    check(one, down("v 0"), many);
    check(many, up("v 0"), "s: # why\n  # first\n  ref: a # A\n  more:\n  - x\n  # end\nx: 1\n");
    check("s: {ref: a} # c\n", down("v 0"), "s: {v: [{ref: a}]} # c\n");
    check("s: {v: [{ref: a}]} # c\n", up("v 0"), "s: {ref: a} # c\n");
    check("s: a\n", down("0"), "s: [a]\n");
    check("s:\n- a # c\n", up("0"), "s: a # c\n");
    check("s:\n  v: [{ref: a}] # c\n", up("v 0"), "s: {ref: a} # c\n");
    check(
        "s:\n    v: # c\n        - ref: a\n          more: |\n            x\n\n            y\n",
        up("v 0"),
        "s:\n    # c\n    ref: a\n    more: |\n      x\n\n      y\n",
    );
}

#[test]
fn keys_and_values_take_the_place_of_others() {
    let replace = |at, value| Change::Replace { at: path(at), value };
    let key = |at, key: &str| Change::RenameKey { at: path(at), key: key.to_owned() };
    check("a: 'x' # c\n", replace("a", Value::text("it's")), "a: 'it''s' # c\n");
    check("a: \"x\"\n", replace("a", Value::text("y")), "a: \"y\"\n");
    check("a: x\n", replace("a", Value::text("1.0")), "a: \"1.0\"\n");
    check("a: x\n", replace("a", Value::Word("2".into())), "a: 2\n");
    check(
        "a: # c\nb: 1\n",
        replace("a", service("x")),
        "a: # c\n  ref: x\n  more:\n    - x\nb: 1\n",
    );
    check("a: ~\n", replace("a", Value::text("x")), "a: x\n");
    check("{a: , b: 1}\n", replace("a", Value::text("x")), "{a: x, b: 1}\n");
    check("a: x\n", key("a", "b"), "b: x\n");
    check("\"a\": x\n", key("a", "b"), "\"b\": x\n");
    let entry = |map, after: Option<&str>, value| Change::InsertEntry {
        map: path(map),
        after: after.map(str::to_owned),
        key: "k".to_owned(),
        value,
    };
    check(
        "a: 1 # c\nb: 2\n",
        entry("", Some("a"), service("x")),
        "a: 1 # c\nk:\n  ref: x\n  more:\n    - x\nb: 2\n",
    );
    check("m: {}\n", entry("m", None, service("x")), "m: {k: {ref: x, more: [x]}}\n");
    check("- a: 1\n- b", entry("0", None, Value::Null), "- a: 1\n  k:\n- b");
}

#[test]
fn what_is_shared_or_unclear_is_refused() {
    let shared = "An alias shares this with other places: the change would be theirs too.";
    let alias = "The value comes from an alias: other places share it.";
    check_refused("a: &x [1, 2]\nb: *x\n", remove("a 0"), shared);
    check_refused("a: &x [1, 2]\nb: *x\n", remove("b 0"), alias);
    check_refused("a: [&x 1, 2]\nb: *x\n", remove("a 0"), shared);
    check_refused("a: [1]\n", remove("a 1"), "This is not in the text as it is now.");
    check_refused("a: [1]\n", remove("b"), "This is not in the text as it is now.");
    check_refused("- a\n", remove("0"), "This can't be removed safely; change it in the YAML.");
    check_refused(
        "v:\n- a: 1\n- g: [x]\n",
        moved("v 0", "v 1 g", 0),
        "One of the lists is written in brackets and the other one in lines: move it in the YAML.",
    );
    check_refused(
        "v:\n- g: [x]\n- b\n",
        moved("v 0", "v 0 g", 0),
        "An item can't move into itself.",
    );
}

#[test]
fn entries_move_with_their_comments() {
    check(
        "a:\n  # of x\n  x: # here\n    - 1\n    # of 2\n    - 2\n  y: 1\nb:\n    z: 3\n",
        entry_moved("a x", "b", None),
        "a:\n  y: 1\nb:\n    z: 3\n    # of x\n    x: # here\n      - 1\n      # of 2\n      - 2\n",
    );
    check(
        "a:\n  y: 1\n  x: |\n    text\n\n    more\nb: 2\n",
        entry_moved("a x", "", Some("a")),
        "a:\n  y: 1\nx: |\n  text\n\n  more\nb: 2\n",
    );
    check("- x: 1\n  y: 2\n- z: 3\n", entry_moved("0 x", "1", None), "- y: 2\n- z: 3\n  x: 1\n");
    check("a: {x: 1, y: {}}\n", entry_moved("a x", "a y", None), "a: {y: {x: 1}}\n");
    check(
        "a: {x: [1], y: 2}\nb:\n  c: 3\n",
        entry_moved("a x", "b", None),
        "a: {y: 2}\nb:\n  c: 3\n  x: [1]\n",
    );
    check("a:\n  x: 1\n  y: {}\n", entry_moved("a x", "a y", None), "a:\n  y: {x: 1}\n");
    check("a:\n  x: 1\nb: 2\n", entry_moved("a x", "", None), "a: {}\nb: 2\nx: 1\n");
}

#[test]
fn an_entry_that_is_in_the_way_is_refused() {
    const IS_THERE: &str = "This key is there already: both would be one.";
    check_refused("a: {x: 1, y: {x: 2}}\n", entry_moved("a x", "a y", None), IS_THERE);
    check_refused(
        "a: {x: {y: {}}}\n",
        entry_moved("a x", "a x y", None),
        "An item can't move into itself.",
    );
    check_refused(
        "a:\n  x:\n    z: 1\n  y: {}\n",
        entry_moved("a x", "a y", None),
        "One of the mappings is written in brackets and the other one in lines: move it in the YAML.",
    );
    check_refused(
        "a: {x: 1}\nb: [2]\n",
        entry_moved("a x", "b", None),
        "Expected keys and values here.",
    );
    check_refused(
        "a: {x: &v 1}\nc: *v\nb: {}\n",
        entry_moved("a x", "b", None),
        "An alias shares this with other places: the change would be theirs too.",
    );
}

fn grouped(at: usize, count: usize, steps: &str) -> Change {
    Change::Group { list: path("v"), at, count, steps: path(steps) }
}

fn ungrouped(at: &str, steps: &str) -> Change {
    Change::Ungroup { at: path(at), steps: path(steps) }
}

/// Both ways.
#[track_caller]
fn check_group(text: &str, (at, count, steps): (usize, usize, &str), expected: &str) {
    check(text, grouped(at, count, steps), expected);
    check(expected, ungrouped(&format!("v {at}"), steps), text);
}

#[test]
fn items_go_into_a_group_and_come_out_with_their_comments() {
    check_group(
        "v:\n  - a\n  # of b\n  - b: 1 # b\n    c: |\n      x\n\n        y\n\n  # d\n  - d\n  - e\n",
        (1, 2, "g"),
        "v:\n  - a\n  - g:\n      # of b\n      - b: 1 # b\n        c: |\n          x\n\n            y\n\n      # d\n      - d\n  - e\n",
    );
    check_group("v:\n- a\n- b", (0, 2, "g"), "v:\n- g:\n  - a\n  - b");
    check_group(
        "k:\n    x: 1\nv:\n    -   a\r\n    -   b\r\n",
        (0, 1, "g s"),
        "k:\n    x: 1\nv:\n    -   g:\r\n            s:\r\n                -   a\r\n    -   b\r\n",
    );
    check_group("v: [a, {b: 1}] # c\n", (1, 1, "g"), "v: [a, {g: [{b: 1}]}] # c\n");
    check_group("v: [\n  a, # a\n  b\n]\n", (0, 2, "g"), "v: [\n  {g: [a, # a\n  b]}\n]\n");
    check_group(
        "{\"v\": [{\"a\": 1}, {\"a\": 2}]}",
        (0, 2, "g"),
        "{\"v\": [{\"g\": [{\"a\": 1}, {\"a\": 2}]}]}",
    );
}

#[test]
fn a_group_in_brackets_becomes_lines_among_lines() {
    check(
        "v:\n- a\n- g: [b, {c: 1}] # g\n- d\n",
        ungrouped("v 1", "g"),
        "v:\n- a\n- b\n- {c: 1} # g\n- d\n",
    );
    check("v:\n  - {g: {s: [b, c]}}\n", ungrouped("v 0", "g s"), "v:\n  - b\n  - c\n");
    check(
        "v:\n  # of g\n  - g: # in g\n      # of a\n      - a\n",
        ungrouped("v 0", "g"),
        "v:\n  # of g\n  # in g\n  # of a\n  - a\n",
    );
}

#[test]
fn a_group_that_holds_more_or_nothing_is_not_taken_apart() {
    const BESIDE: &str =
        "This stands beside the value and would be lost: move it in the YAML first.";
    const NOT_SAFE: &str = "This group can't be taken apart safely here; change it in the YAML.";
    check_refused("v:\n- g: [a]\n  x: 1\n", ungrouped("v 0", "g"), BESIDE);
    check_refused("v:\n- g: {s: [a], x: 1}\n", ungrouped("v 0", "g s"), BESIDE);
    check_refused("v:\n- g: []\n", ungrouped("v 0", "g"), NOT_SAFE);
    check_refused("v:\n- g: 1\n", ungrouped("v 0", "g"), "Expected a list here.");
    check_refused(
        "v:\n- g: [\n  a, # a\n  b]\n",
        ungrouped("v 0", "g"),
        "A comment is in the way; change it in the YAML.",
    );
    let gone = "This is not in the text as it is now.";
    check_refused("v: [a]\n", grouped(0, 2, "g"), gone);
    check_refused("v:\n- a\n", grouped(1, 1, "g"), gone);
    check_refused("v:\n- a\n", grouped(0, 0, "g"), gone);
}

/// Time has no place in a test, but with a reading of the text per change this would not end.
#[test]
fn changes_apart_from_each_other_are_read_at_once() {
    let text: String = (0..1_000).map(|i| format!("- a: {i}\n- g:\n  - b: {i}\n")).collect();
    let mut changes: Vec<Change> = (0..2_000)
        .step_by(2)
        .map(|i| Change::InsertEntry {
            map: vec![i.into()],
            after: None,
            key: "k".to_owned(),
            value: Value::word("1"),
        })
        .collect();
    let ungrouped = |i: usize| Change::Ungroup { at: vec![i.into()], steps: path("g") };
    changes.extend((1..2_000).step_by(2).rev().map(ungrouped));
    let expected = (0..1_000).map(|i| format!("- a: {i}\n  k: 1\n- b: {i}\n"));
    assert_eq!(edited(&text, &changes), Ok(expected.collect()));
}
