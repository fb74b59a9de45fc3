//! The open texts: one is shown, the others keep their answers, view and selection.

use std::rc::Rc;

use deployline_engine::DeploymentId;

use super::View;
use crate::examples::{self, Example};
use crate::source::Source;

/// Name of a tab whose text has no file.
const UNTITLED: &str = "Untitled";

/// A text that is open, with all that belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tab {
    /// Counts the texts opened so far: another number, another document, not an edit.
    pub(crate) number: u32,
    pub(crate) name: Rc<str>,
    /// The text as it was opened.
    pub(crate) opened: OpenedText,
    /// Text, answers and assumptions that are planned.
    pub(crate) source: Source,
    /// `true` while the text is being typed, and not pasted or changed by a checkbox.
    pub(crate) is_typing: bool,
    /// `true` where the text is a large one that was pasted, and is cleaned when it is read.
    pub(crate) is_pasted: bool,
    /// View of the picture.
    pub(crate) view: View,
    /// The deployment whose details are shown.
    pub(crate) selection: Option<DeploymentId>,
    /// The source that was pinned to compare with.
    pub(crate) pinned: Option<Source>,
}

/// A text that comes to be opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OpenedText {
    pub(crate) name: Rc<str>,
    pub(crate) text: Rc<str>,
    /// `true` for an example, which can be opened again at any time.
    pub(crate) is_example: bool,
}

impl Tab {
    fn new(number: u32, opened: OpenedText) -> Self {
        let source = Source { text: opened.text.clone(), ..Source::default() };
        Self { number, name: opened.name.clone(), opened, source, ..Self::default() }
    }

    /// Checks whether its text is the user's: neither empty nor an example as it was opened.
    pub(crate) fn has_own_text(&self) -> bool {
        let is_example = self.opened.is_example && self.source.text == self.opened.text;
        !self.source.text.trim().is_empty() && !is_example
    }

    /// Checks whether nothing would be lost if another text took its place.
    pub(super) fn is_disposable(&self) -> bool {
        let is_empty = self.source.text.trim().is_empty();
        is_empty || (!self.has_own_text() && self.has_bare_source() && self.pinned.is_none())
    }

    /// Checks whether its text has no answers, choices or assumptions beside it.
    pub(super) fn has_bare_source(&self) -> bool {
        self.source == Source { text: self.source.text.clone(), ..Source::default() }
    }

    /// As it is kept while another one is shown.
    fn at_rest(self) -> Rc<Self> {
        Rc::new(Self { is_typing: false, ..self })
    }
}

/// All open texts. There is always one that is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tabs {
    pub(crate) shown: Tab,
    before: Vec<Rc<Tab>>,
    after: Vec<Rc<Tab>>,
    last_number: u32,
}

impl Tabs {
    pub(crate) fn new(opened: OpenedText) -> Self {
        Self::only(Tab::new(0, opened))
    }

    /// In the order in which they stand.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Tab> {
        let [before, after] = [&self.before, &self.after].map(|tabs| tabs.iter().map(|tab| &**tab));
        before.chain([&self.shown]).chain(after)
    }

    pub(crate) fn count(&self) -> usize {
        self.before.len() + 1 + self.after.len()
    }

    /// Opens texts behind the one that is shown, and shows the first of them. It takes the place of
    /// one that nobody would miss.
    pub(super) fn open(self, texts: impl IntoIterator<Item = OpenedText>) -> Self {
        let mut last_number = self.last_number;
        let opened = texts.into_iter().map(|opened| {
            last_number += 1;
            Rc::new(Tab::new(last_number, opened))
        });
        let opened: Vec<_> = opened.collect();
        self.insert(opened, 0, last_number)
    }

    /// Puts closed tabs back, and shows one of them.
    pub(super) fn reopen(self, tabs: Vec<Rc<Tab>>, shown: usize) -> Self {
        let last_number = self.last_number;
        self.insert(tabs, shown, last_number)
    }

    fn insert(self, tabs: Vec<Rc<Tab>>, shown: usize, last_number: u32) -> Self {
        if tabs.is_empty() {
            return self;
        }
        let is_disposable = self.shown.is_disposable();
        let (mut row, at) = self.into_row();
        let place = if is_disposable { at..at + 1 } else { at + 1..at + 1 };
        let shown = place.start + shown;
        row.splice(place, tabs);
        Self::from_row(row, shown, last_number)
    }

    pub(super) fn show(self, number: u32) -> Self {
        let last_number = self.last_number;
        let (row, at) = self.into_row();
        let wanted = row.iter().position(|tab| tab.number == number).unwrap_or(at);
        Self::from_row(row, wanted, last_number)
    }

    /// Closes a tab and shows its neighbour; in the place of the last one comes an empty text.
    pub(super) fn close(self, number: u32) -> (Self, Option<Rc<Tab>>) {
        let last_number = self.last_number;
        let (mut row, at) = self.into_row();
        let Some(place) = row.iter().position(|tab| tab.number == number) else {
            return (Self::from_row(row, at, last_number), None);
        };
        let closed = row.remove(place);
        let shown = if place < at { at - 1 } else { at.min(row.len().saturating_sub(1)) };
        (Self::from_row(row, shown, last_number), Some(closed))
    }

    /// Closes all of them for another text. Gives the closed ones, and which of them was shown.
    pub(super) fn close_all(self, opened: OpenedText) -> (Self, Vec<Rc<Tab>>, usize) {
        let number = self.last_number + 1;
        let (row, at) = self.into_row();
        (Self::only(Tab::new(number, opened)), row, at)
    }

    pub(super) fn rename(&mut self, number: u32, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        if self.shown.number == number {
            self.shown.name = name.into();
        }
        for tab in self.before.iter_mut().chain(&mut self.after) {
            if tab.number == number {
                Rc::make_mut(tab).name = name.into();
            }
        }
    }

    fn into_row(self) -> (Vec<Rc<Tab>>, usize) {
        let mut row = self.before;
        let at = row.len();
        row.push(self.shown.at_rest());
        row.extend(self.after);
        (row, at)
    }

    fn from_row(mut row: Vec<Rc<Tab>>, shown: usize, last_number: u32) -> Self {
        if row.is_empty() {
            return Self::only(Tab::new(last_number + 1, OpenedText::untitled()));
        }
        let after = row.split_off((shown + 1).min(row.len()));
        let shown = row.pop().map(Rc::unwrap_or_clone).unwrap_or_default();
        Self { shown, before: row, after, last_number }
    }

    fn only(shown: Tab) -> Self {
        let last_number = shown.number;
        Self { shown, before: Vec::new(), after: Vec::new(), last_number }
    }
}

impl OpenedText {
    pub(crate) fn example(example: &Example) -> Self {
        Self { name: example.name().into(), text: example.text().into(), is_example: true }
    }

    /// The example that the page opens with.
    pub(crate) fn first_example() -> Self {
        Self::example(examples::first())
    }

    /// An empty text.
    pub(crate) fn untitled() -> Self {
        Self { name: UNTITLED.into(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(name: &str) -> OpenedText {
        OpenedText { name: name.into(), text: format!("{name}: 1\n").into(), is_example: false }
    }

    fn example() -> OpenedText {
        OpenedText { is_example: true, ..opened("example") }
    }

    /// The names in order, the shown one in brackets.
    fn row(tabs: &Tabs) -> String {
        let names = tabs.iter().map(|tab| {
            let is_shown = tab.number == tabs.shown.number;
            if is_shown { format!("[{}]", tab.name) } else { tab.name.to_string() }
        });
        names.collect::<Vec<_>>().join(" ")
    }

    fn of(names: &[&str], shown: usize) -> Tabs {
        let tabs = Tabs::new(example()).open(names.iter().map(|name| opened(name)));
        let number = tabs.iter().nth(shown).map_or(0, |tab| tab.number);
        tabs.show(number)
    }

    fn number(tabs: &Tabs, name: &str) -> u32 {
        tabs.iter().find(|tab| &*tab.name == name).map_or(u32::MAX, |tab| tab.number)
    }

    #[test]
    fn a_text_takes_the_place_of_one_that_nobody_would_miss() {
        let tabs = Tabs::new(example());
        assert_eq!(row(&tabs.clone().open([opened("a"), opened("b")])), "[a] b");
        let mut touched = tabs.clone();
        touched.shown.source.text = "example: 2\n".into();
        assert_eq!(row(&touched.clone().open([opened("a")])), "example [a]");
        touched.shown.source.text = " \n".into();
        assert_eq!(row(&touched.open([opened("a")])), "[a]");
        let mut assumed = tabs.clone();
        assumed.shown.source.assumptions.account_limit = Some(3);
        assert_eq!(row(&assumed.open([opened("a")])), "example [a]");
        let mut answered = tabs.clone();
        answered.shown.source.answers.insert("key".into(), "1".into());
        assert_eq!(row(&answered.open([opened("a")])), "example [a]");
        let mut pinned = tabs.clone();
        pinned.shown.pinned = Some(pinned.shown.source.clone());
        assert_eq!(row(&pinned.open([opened("a")])), "example [a]");
        assert_eq!(row(&of(&["a", "b"], 0).open([example()])), "a [example] b");
        assert_eq!(row(&tabs.open([])), "[example]");
    }

    #[test]
    fn each_text_opened_has_a_number_of_its_own() {
        let tabs = of(&["a", "b"], 0);
        let (tabs, closed) = tabs.clone().close(number(&tabs, "b"));
        let tabs = tabs.open([opened("c")]);
        let closed = closed.expect("it was there");
        let mut numbers: Vec<u32> = tabs.iter().map(|tab| tab.number).collect();
        numbers.push(closed.number);
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 3);
    }

    #[test]
    fn closing_shows_the_neighbour_and_can_be_undone() {
        for (shown, close, expected) in [
            (0, "a", "[b] c"),
            (1, "a", "[b] c"),
            (2, "c", "a [b]"),
            (1, "b", "a [c]"),
            (0, "c", "[a] b"),
            (0, "none", "[a] b c"),
        ] {
            let tabs = of(&["a", "b", "c"], shown);
            let (closed, _) = tabs.clone().close(number(&tabs, close));
            assert_eq!(row(&closed), expected, "{close} closed, {shown} shown");
        }
        let tabs = of(&["a"], 0);
        let (empty, closed) = tabs.clone().close(tabs.shown.number);
        assert_eq!(row(&empty), "[Untitled]");
        assert_eq!(&*empty.shown.source.text, "");
        assert_eq!(empty.reopen(closed.into_iter().collect(), 0).shown, tabs.shown);
    }

    #[test]
    fn answers_and_view_are_back_when_a_tab_is_shown_again() {
        let mut tabs = of(&["a", "b"], 0);
        tabs.shown.source.assumptions.account_limit = Some(3);
        tabs.shown.is_typing = true;
        let [a, b] = ["a", "b"].map(|name| number(&tabs, name));
        let tabs = tabs.show(b);
        assert_eq!(tabs.shown.source.assumptions.account_limit, None);
        let tabs = tabs.show(a);
        assert_eq!(tabs.shown.source.assumptions.account_limit, Some(3));
        assert!(!tabs.shown.is_typing, "nobody types into a text that is not shown");
        assert_eq!(row(&tabs.show(99)), "[a] b");
    }

    #[test]
    fn names_are_given_and_never_taken_away() {
        let mut tabs = of(&["a", "b", "c"], 1);
        for (name, to) in [("a", "one"), ("b", " two "), ("c", "  ")] {
            tabs.rename(number(&tabs, name), to);
        }
        assert_eq!(row(&tabs), "one [two] c");
    }

    #[test]
    fn starting_afresh_gives_back_what_was_open() {
        let tabs = of(&["a", "b"], 1);
        let (fresh, row_before, shown) = tabs.close_all(example());
        assert_eq!(row(&fresh), "[example]");
        assert_eq!(row(&fresh.reopen(row_before, shown)), "a [b]");
    }
}
