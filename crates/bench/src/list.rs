//! Texts with one long list: for each list that a text can have, one of any length.
//!
//! [`lists`] takes those of the schema from its tables, so that a new list is among them by itself;
//! lists that YAML has (documents, aliases, broken lines), and those that grow in two places at once,
//! are written down in `pairs.rs`.

mod of_schema;
mod of_yaml;
mod pairs;

/// A list, and the text in which it has a given length.
pub struct List {
    /// Name: the mapping and the key, or what is repeated.
    pub name: String,
    text: Box<dyn Fn(usize) -> String>,
}

impl List {
    fn new(name: impl Into<String>, text: impl Fn(usize) -> String + 'static) -> Self {
        Self { name: name.into(), text: Box::new(text) }
    }

    /// The text with `n` items.
    pub fn text(&self, n: usize) -> String {
        (self.text)(n)
    }

    /// The longest text of at most `bytes` bytes.
    pub fn text_of(&self, bytes: usize) -> String {
        let (empty, sample) = (self.text(0).len(), self.text(1_000).len());
        let each = (sample.saturating_sub(empty) / 1_000).max(1);
        let mut n = bytes / each;
        loop {
            let text = self.text(n);
            if text.len() <= bytes {
                return text;
            }
            n = n * 19 / 20;
        }
    }
}

/// All lists.
pub fn lists() -> Vec<List> {
    let mut all = of_schema::lists();
    all.extend(of_yaml::lists());
    all.extend(pairs::lists());
    all
}

/// Number of the first item. All numbers have six digits then, and all items of a list one length: what
/// depends on the length of a name, such as the search for likely words, is the same for each.
const FIRST: usize = 100_000;

/// `n` items, one per line, each made from its number.
fn repeat(n: usize, item: impl Fn(usize) -> String) -> String {
    (FIRST..FIRST + n).map(item).collect()
}
