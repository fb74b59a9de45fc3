//! Recovery of the YAML in a pasted text, by the smallest change that makes it readable.

use deployline_planner::ParsedTexts;

use super::embedded::{Embedded, Language};
use super::readability::{Readability, best};
use super::{characters, excerpt, markdown};

/// Most bytes of a text for changes that read it several times.
const MAX_BYTES_FOR_TRIES: usize = 256 << 10;

/// A text that was recovered, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The YAML.
    pub text: String,
    /// Sentence about what was done.
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
    clean_parsed(pasted, &ParsedTexts::new(&[pasted]))
}

/// Cleans as [`clean`] does, a text that is parsed already: a large one takes a while to parse.
pub fn clean_parsed(pasted: &str, parsed: &ParsedTexts) -> Option<Cleaned> {
    let mut cleaning = Cleaning {
        text: pasted.to_owned(),
        readability: Readability::of_parsed(parsed),
        done: Vec::new(),
    };
    cleaning.try_better("removed the quote marks of its lines", |text| {
        markdown::out_of_quote(text).into_iter().collect()
    });
    cleaning.try_better("took the YAML out of its Markdown fence", markdown::out_of_fences);
    cleaning.try_better("took the YAML out of its Terraform file", |text| {
        let found = Embedded::find(text, Language::Terraform);
        (!found.is_empty()).then(|| found.joined(0)).into_iter().collect()
    });
    cleaning.try_same("replaced special spaces by plain ones", characters::with_plain_spaces);
    cleaning.try_same("straightened quotes", characters::with_straight_quotes);
    if cleaning.text.len() <= MAX_BYTES_FOR_TRIES {
        cleaning.try_better("replaced tabs by spaces", characters::without_tabs);
        cleaning.try_whole("moved the first line in line with the next", |text| {
            excerpt::with_first_line_moved(text).into_iter().collect()
        });
        cleaning.try_whole("left out the lines around it that were cut off", excerpt::parts);
    }
    cleaning.end()
}

/// State of the recovery: the text so far, and what was done to it.
struct Cleaning {
    text: String,
    readability: Readability,
    done: Vec<&'static str>,
}

impl Cleaning {
    /// Takes the best of what `change` makes of the text, where that is better.
    fn try_better(&mut self, what: &'static str, change: impl Fn(&str) -> Vec<String>) {
        if self.readability.is_whole() {
            return;
        }
        if let Some((text, readability)) = best(self.readability, change(&self.text)) {
            self.take(what, text, readability);
        }
    }

    /// Takes the first of what `change` makes of the text that leaves nothing to mend.
    fn try_whole(&mut self, what: &'static str, change: impl Fn(&str) -> Vec<String>) {
        if self.readability.is_whole() {
            return;
        }
        let mut read = change(&self.text).into_iter().map(|text| (Readability::of(&text), text));
        if let Some((readability, text)) = read.find(|(readability, _)| readability.is_whole()) {
            self.take(what, text, readability);
        }
    }

    /// Takes what `change` makes of the text, where that is no worse: nobody means such characters.
    fn try_same(&mut self, what: &'static str, change: impl Fn(&str) -> Option<String>) {
        let Some(text) = change(&self.text) else { return };
        let readability = Readability::of(&text);
        if readability >= self.readability {
            self.take(what, text, readability);
        }
    }

    fn take(&mut self, what: &'static str, text: String, readability: Readability) {
        self.text = text;
        self.readability = readability;
        self.done.push(what);
    }

    fn end(self) -> Option<Cleaned> {
        let what = self.done.join(", then ");
        let mut chars = what.chars();
        let first = chars.next()?.to_ascii_uppercase();
        Some(Cleaned { text: self.text, what: format!("{first}{}.", chars.as_str()) })
    }
}
