//! The YAML in what was pasted, by the smallest change that makes sense of it.

use super::reading::{Reading, best};
use super::{characters, cut, markdown};

/// Beyond this, only what takes one look at the text is tried.
const MOST_BYTES_FOR_TRIES: usize = 256 << 10;

/// A text that was recovered, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The YAML.
    pub text: String,
    /// What was done, as a sentence.
    pub what: String,
}

/// Recovers the YAML from a text that was pasted or opened as a whole; `None` where it is best left as
/// it is. Only a change that makes more sense of the text is made: what can be read stays to the byte.
///
/// ```
/// use deployline_import::clean;
/// let cleaned = clean("Try this:\n```yaml\nstages: []\n```\n").expect("it can be read");
/// assert_eq!(cleaned.text, "stages: []\n");
/// assert_eq!(cleaned.what, "Took the YAML out of its Markdown fence.");
/// assert_eq!(clean("stages: []\n"), None);
/// ```
pub fn clean(pasted: &str) -> Option<Cleaned> {
    let mut cleaning = Cleaning::new(pasted);
    cleaning.try_better("took away the quote marks of its lines", |text| {
        markdown::out_of_quote(text).into_iter().collect()
    });
    cleaning.try_better("took the YAML out of its Markdown fence", markdown::out_of_fences);
    cleaning.try_same("replaced blanks that are none to YAML", characters::with_plain_blanks);
    cleaning.try_same("straightened quotes", characters::with_straight_quotes);
    if cleaning.text.len() <= MOST_BYTES_FOR_TRIES {
        cleaning.try_better("replaced tabs by blanks", characters::without_tabs);
        cleaning.try_whole("moved the first line in line with the next", |text| {
            cut::with_first_line_moved(text).into_iter().collect()
        });
        cleaning.try_whole("left out the lines around it that were cut off", cut::parts);
    }
    cleaning.end()
}

/// A text on its way.
struct Cleaning {
    text: String,
    reading: Reading,
    done: Vec<&'static str>,
}

impl Cleaning {
    fn new(pasted: &str) -> Self {
        Self { text: pasted.to_owned(), reading: Reading::of(pasted), done: Vec::new() }
    }

    /// Takes the best of what `change` makes of the text, where that is better.
    fn try_better(&mut self, what: &'static str, change: impl Fn(&str) -> Vec<String>) {
        if self.reading.is_whole() {
            return;
        }
        if let Some((text, reading)) = best(self.reading, change(&self.text)) {
            self.take(what, text, reading);
        }
    }

    /// Takes the first of what `change` makes of the text that leaves nothing to mend.
    fn try_whole(&mut self, what: &'static str, change: impl Fn(&str) -> Vec<String>) {
        if self.reading.is_whole() {
            return;
        }
        let mut read = change(&self.text).into_iter().map(|text| (Reading::of(&text), text));
        if let Some((reading, text)) = read.find(|(reading, _)| reading.is_whole()) {
            self.take(what, text, reading);
        }
    }

    /// Takes what `change` makes of the text, where that is no worse: nobody means such characters.
    fn try_same(&mut self, what: &'static str, change: impl Fn(&str) -> Option<String>) {
        let Some(text) = change(&self.text) else { return };
        let reading = Reading::of(&text);
        if reading >= self.reading {
            self.take(what, text, reading);
        }
    }

    fn take(&mut self, what: &'static str, text: String, reading: Reading) {
        self.text = text;
        self.reading = reading;
        self.done.push(what);
    }

    fn end(self) -> Option<Cleaned> {
        let what = self.done.join(", then ");
        let mut chars = what.chars();
        let first = chars.next()?.to_ascii_uppercase();
        Some(Cleaned { text: self.text, what: format!("{first}{}.", chars.as_str()) })
    }
}
