//! A tree of values that is made as it is written, and written as JSON.
//!
//! The page writes JSON too, and has no room for a serializer that knows every type: this one knows
//! five. `serde` reads the same tree where YAML is wanted, on the command line.

use std::fmt::Write;

/// A value of a structured format.
pub(crate) enum Tree<'a> {
    Null,
    True,
    False,
    Number(u64),
    Text(&'a str),
    Owned(String),
    Map(Vec<(&'a str, Tree<'a>)>),
    /// A map whose keys come from the text.
    OwnedMap(Vec<(String, Tree<'a>)>),
    /// How many, and each by its index: deployments come by the hundred thousand, and none needs to
    /// be there before it is its turn.
    List(usize, Box<dyn Fn(usize) -> Tree<'a> + 'a>),
}

impl<'a> Tree<'a> {
    pub(crate) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    pub(crate) fn flag(flag: bool) -> Self {
        if flag { Self::True } else { Self::False }
    }
}

/// The tree as indented JSON with a line break at its end.
pub(crate) fn json(tree: &Tree<'_>) -> String {
    let mut out = String::new();
    value(&mut out, tree, 0);
    out.push('\n');
    out
}

fn value(out: &mut String, tree: &Tree<'_>, depth: usize) {
    match tree {
        Tree::Null => out.push_str("null"),
        Tree::True => out.push_str("true"),
        Tree::False => out.push_str("false"),
        Tree::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Tree::Text(text) => string(out, text),
        Tree::Owned(text) => string(out, text),
        Tree::Map(entries) => nested(out, depth, '{', '}', entries.len(), &|out, index| {
            let (key, tree) = &entries[index];
            entry(out, key, tree, depth);
        }),
        Tree::OwnedMap(entries) => nested(out, depth, '{', '}', entries.len(), &|out, index| {
            let (key, tree) = &entries[index];
            entry(out, key, tree, depth);
        }),
        Tree::List(count, item) => nested(out, depth, '[', ']', *count, &|out, index| {
            value(out, &item(index), depth + 1);
        }),
    }
}

fn entry(out: &mut String, key: &str, tree: &Tree<'_>, depth: usize) {
    string(out, key);
    out.push_str(": ");
    value(out, tree, depth + 1);
}

fn nested(
    out: &mut String,
    depth: usize,
    open: char,
    close: char,
    count: usize,
    item: &dyn Fn(&mut String, usize),
) {
    out.push(open);
    for index in 0..count {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        indent(out, depth + 1);
        item(out, index);
    }
    if count > 0 {
        out.push('\n');
        indent(out, depth);
    }
    out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    (0..depth).for_each(|_| out.push_str("  "));
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\u{0}'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(feature = "yaml")]
impl serde::Serialize for Tree<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::True => serializer.serialize_bool(true),
            Self::False => serializer.serialize_bool(false),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Owned(text) => serializer.serialize_str(text),
            Self::Map(entries) => serializer.collect_map(entries.iter().map(|(k, v)| (k, v))),
            Self::OwnedMap(entries) => serializer.collect_map(entries.iter().map(|(k, v)| (k, v))),
            Self::List(count, item) => serializer.collect_seq((0..*count).map(item)),
        }
    }
}

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use super::*;

    /// Every kind of value, empty and not, and every character that JSON writes in its own way.
    fn tree(text: &str) -> Tree<'_> {
        Tree::Map(vec![
            ("null", Tree::Null),
            ("true", Tree::True),
            ("false", Tree::False),
            ("number", Tree::Number(u64::MAX)),
            ("text", Tree::Text(text)),
            ("none", Tree::List(0, Box::new(|_| Tree::Null))),
            ("empty", Tree::Map(Vec::new())),
            ("owned", Tree::OwnedMap(vec![(text.to_owned(), Tree::Owned(text.to_owned()))])),
            ("list", Tree::List(2, Box::new(|i| Tree::Map(vec![("i", Tree::Number(i as u64))])))),
        ])
    }

    #[test]
    fn json_is_written_as_serde_writes_it() {
        let controls: String = (0..=0x9f).filter_map(char::from_u32).collect();
        for text in ["plain", "", "注文 → \u{202e}\u{2028}👩‍🚀 \u{fffe}", &controls] {
            let expected = serde_json::to_string_pretty(&tree(text)).expect("it can be JSON");
            assert_eq!(json(&tree(text)), expected + "\n");
        }
    }
}
