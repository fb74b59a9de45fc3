//! Short lists of words: errors, waits.

use deployline_span::Span;
use deployline_yaml::{Node, NodeKind};

use crate::resolve::budget::CountedList;
use crate::resolve::context::Reader;
use crate::resolve::found::{self, Found};
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::rules;

/// A word as a run would read it.
pub(super) struct Word<'a> {
    /// `None` where only a run knows it.
    pub(super) text: Option<String>,
    pub(super) span: Span,
    /// The scalar of a word that stands in the text.
    pub(super) node: Option<Node<'a>>,
    /// By what it is given.
    pub(super) found: Found,
}

/// A list by its key, with the messages about it.
pub(super) struct ListReader {
    pub(super) key: &'static str,
    /// `true` where one word may stand in its place.
    pub(super) may_be_one: bool,
    /// Start of a sentence about what an expression gives, and what is drawn in its place.
    pub(super) given: (&'static str, &'static str),
    pub(super) expected: &'static str,
}

impl ListReader {
    /// Reads the words of a list, be it by an expression; none where it is no list: reports it.
    pub(super) fn read<'a>(&self, list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Word<'a>> {
        match list.kind() {
            NodeKind::Sequence if !inspect(self.key, list, reader) => Vec::new(),
            NodeKind::Sequence => {
                list.items().iter().map(|item| word(item, self.given, reader)).collect()
            }
            _ if expression(list).is_some() => self.by_expression(list, reader),
            _ if self.may_be_one => vec![word(list, self.given, reader)],
            _ => self.report(list, reader),
        }
    }

    fn by_expression<'a>(&self, list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Word<'a>> {
        let known = |text, found| Word { text: Some(text), span: list.span(), node: None, found };
        match given_list::read(self.key, list, reader) {
            GivenList::Known(texts) => {
                texts.into_iter().map(|text| known(text, Found::default())).collect()
            }
            GivenList::NoList(text) if self.may_be_one => {
                vec![known(text, Found::of(list, reader))]
            }
            GivenList::NoList(_) => self.report(list, reader),
            // An input has a default, or a value that is missing.
            GivenList::Unknown => vec![word(list, self.given, reader)],
        }
    }

    fn report<'a>(&self, list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Word<'a>> {
        found::report(&rules::FAILURE_STRATEGY_INVALID, list, self.expected, reader);
        Vec::new()
    }
}

/// Reads a word; reports one that only a run knows: `given` is the start of a sentence, and what is drawn.
pub(super) fn word<'a>(
    view: &View<'a>,
    given: (&str, &str),
    reader: &mut Reader<'_, 'a>,
) -> Word<'a> {
    let text = match scalar::read(view, reader) {
        Some(Scalar::Known(text)) => Some(text),
        Some(Scalar::Runtime(_)) => {
            scalar::report_given(view.span(), given, scalar::written(view), reader);
            None
        }
        Some(Scalar::Several(_)) | None => Some(String::new()),
    };
    let is_written = expression(view).is_none();
    let found = match is_written && view.kind() == NodeKind::Scalar && view.in_place_of().is_none()
    {
        true => Found::default(),
        false => Found::of(view, reader),
    };
    Word { text, span: found::place(view), node: is_written.then(|| view.node()), found }
}

/// Counts the items of a list before they are read; `false` where these are too many.
pub(super) fn inspect(name: &str, list: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    let count = list.item_count();
    reader.cx.budget.inspect(count, &CountedList { name, of: None, count, span: list.span() })
}
