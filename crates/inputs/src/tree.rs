//! YAML to be written: what no text holds yet.

use std::ops::Range;

use deployline_span::Span;

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// Text, in quotes where YAML would read it as something else.
    Text(String),
    /// A flag, a number, or a scalar in the spelling of the text it comes from.
    Plain(String),
    /// Text that only a run knows: a comment says so where there is room for one.
    Unknown(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
    /// A value and the place in the text that it answers.
    Answer(Span, Box<Tree>),
}

/// The comment behind what only a run knows.
pub(crate) const UNKNOWN: &str = "# unknown until run time";

impl Tree {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A mapping of these entries.
    pub(crate) fn map<const N: usize>(entries: [(&str, Tree); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The value of `key`, made a mapping where there is none yet.
    pub(crate) fn entry(&mut self, key: &str) -> &mut Tree {
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Vec::new());
        }
        let Self::Map(entries) = self else { unreachable!("it has just been made one") };
        let at = entries.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
            entries.push((key.to_owned(), Self::Map(Vec::new())));
            entries.len() - 1
        });
        &mut entries[at].1
    }

    /// The value of `key` of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, it)| it),
            _ => None,
        }
    }
}

/// Text that grows.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) out: String,
    /// Which bytes answer which place.
    pub(crate) places: Vec<(Range<u32>, Span)>,
}

/// Blanks from one level to the next.
const STEP: usize = 2;

impl Writer {
    /// `key: value`, with its line break, from `column` on; the first line's indentation is there.
    pub(crate) fn entry(&mut self, key: &str, value: &Tree, column: usize) {
        self.out += &scalar(key, false);
        self.out.push(':');
        self.value(value, column);
    }

    /// What follows `key:` at `column`, up to its line break.
    pub(crate) fn value(&mut self, tree: &Tree, column: usize) {
        match tree {
            Tree::Answer(span, value) => {
                let start = self.position();
                self.value(value, column);
                self.places.push((start..self.position(), *span));
            }
            Tree::Map(entries) if !entries.is_empty() => {
                self.out.push('\n');
                self.indent(column + STEP);
                self.entries(entries, column + STEP);
            }
            Tree::List(items) if !items.is_empty() => {
                self.out.push('\n');
                self.items(items, column + STEP);
            }
            _ => {
                self.out.push(' ');
                self.inline(tree, column);
            }
        }
    }

    /// The entries of a mapping; the first line's indentation is there.
    pub(crate) fn entries(&mut self, entries: &[(String, Tree)], column: usize) {
        for (number, (key, value)) in entries.iter().enumerate() {
            if number > 0 {
                self.indent(column);
            }
            self.entry(key, value, column);
        }
    }

    /// The items of a list, each with its dash at `column`.
    pub(crate) fn items(&mut self, items: &[Tree], column: usize) {
        for item in items {
            self.indent(column);
            self.out += "- ";
            self.item(item, column);
        }
    }

    /// What follows a dash at `column`.
    pub(crate) fn item(&mut self, tree: &Tree, column: usize) {
        match tree {
            Tree::Answer(span, value) => {
                let start = self.position();
                self.item(value, column);
                self.places.push((start..self.position(), *span));
            }
            Tree::Map(entries) if !entries.is_empty() => self.entries(entries, column + STEP),
            _ => self.inline(tree, column),
        }
    }

    /// A scalar, or a list of lists, which nothing here writes but as people don't: in brackets.
    fn inline(&mut self, tree: &Tree, column: usize) {
        match tree {
            Tree::Text(text) if is_block(text) => self.block(text, column + STEP),
            Tree::Unknown(text) => {
                self.out += &scalar(text, false);
                self.out.push(' ');
                self.out += UNKNOWN;
            }
            _ => self.out += &flow(tree),
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Several lines as they are.
    fn block(&mut self, text: &str, column: usize) {
        let body = text.trim_end_matches('\n');
        self.out += match text.len() - body.len() {
            0 => "|-\n",
            1 => "|\n",
            _ => "|+\n",
        };
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.indent(column);
            }
            self.out += line;
            self.out.push('\n');
        }
    }

    fn indent(&mut self, column: usize) {
        self.out.extend(std::iter::repeat_n(' ', column));
    }

    fn position(&self) -> u32 {
        u32::try_from(self.out.len()).unwrap_or(u32::MAX)
    }
}

/// A value on one line: `{key: [value]}`.
pub(crate) fn flow(tree: &Tree) -> String {
    match tree {
        Tree::Text(text) | Tree::Unknown(text) => scalar(text, true),
        Tree::Plain(text) => text.clone(),
        Tree::Answer(_, value) => flow(value),
        Tree::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Tree::Map(entries) => {
            let entry =
                |(key, value): &(String, Tree)| format!("{}: {}", scalar(key, true), flow(value));
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Whether a text is best written as a block: more than one line, and nothing in it that a block
/// would not keep.
fn is_block(text: &str) -> bool {
    let first = text.trim_start_matches('\n').chars().next();
    let is_kept = |c: char| c == '\n' || !c.is_control();
    text.contains('\n')
        && first.is_some_and(|c| c != ' ')
        && text.chars().all(is_kept)
        && !text.contains('\u{feff}')
}

/// A text as a scalar on one line.
pub(crate) fn scalar(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) { text.to_owned() } else { quoted(text) }
}

/// Whether a text means itself without quotes.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let starts_well =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '<' | '/' | '.' | '$' | '(');
    let ends_something = |c: char| {
        c.is_control()
            || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{85}')
            || (in_flow && matches!(c, ',' | '[' | ']' | '{' | '}' | ':'))
    };
    let has_mark = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    text.starts_with(starts_well)
        && !text.contains(ends_something)
        && !has_mark
        && !reads_otherwise(text)
}

/// Whether YAML reads a plain text as a flag, a number or nothing.
fn reads_otherwise(text: &str) -> bool {
    const WORDS: [&str; 7] = ["true", "false", "null", "yes", "no", "on", "off"];
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | '_' | '-' | '+' | 'x' | 'o' | ':'));
    is_number || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_it_was_meant() {
        for text in [
            "cart",
            "a b",
            "true",
            "8080",
            "1e5",
            "0x1f",
            "",
            " ",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "- a",
            "-",
            "[a",
            "{a}",
            "a, b",
            "<+input>",
            "<+a.split(\",\")>",
            "\"",
            "'",
            "\\",
            "a\tb",
            "a\nb",
            "a\nb\n",
            "a\n\n",
            "\n a",
            " a\nb",
            "é🚀",
            "~",
            "null",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "?",
            "a\u{2028}b",
            "\u{7}",
            "\u{feff}a",
            "a:b",
            "...",
            "---",
        ] {
            let tree = Tree::map([
                (
                    "block",
                    Tree::List(vec![Tree::map([("key", Tree::text(text))]), Tree::text(text)]),
                ),
                ("flow", Tree::Plain(flow(&Tree::List(vec![Tree::text(text)])))),
            ]);
            let mut writer = Writer::default();
            let Tree::Map(entries) = &tree else { panic!() };
            writer.entries(entries, 0);
            let parsed = deployline_yaml::parse(&writer.out);
            assert!(parsed.diagnostics.is_empty(), "{text:?}\n{}", writer.out);
            let root = parsed.documents[0].root();
            let items: Vec<_> = root.get("block").unwrap().items().collect();
            let flow = root.get("flow").unwrap().items().next().unwrap();
            for node in [items[0].get("key").unwrap(), items[1], flow] {
                assert_eq!(node.as_str(), Some(text), "{}", writer.out);
                assert_eq!(node.as_bool(), None, "{}", writer.out);
            }
        }
    }

    #[test]
    fn an_answer_knows_its_place() {
        let span = Span::new(deployline_span::SourceId(0), 3, 9);
        let tree = Tree::map([("a", Tree::Answer(span, Box::new(Tree::text("b"))))]);
        let mut writer = Writer::default();
        writer.value(&tree, 0);
        assert_eq!(writer.out, "\n  a: b\n");
        assert_eq!(writer.places, [(5..8, span)]);
    }
}
