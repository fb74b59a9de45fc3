//! The items of a list of services or environments: written, or given by an expression.

use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::scalar::{self, expression};
use crate::resolve::view::View;
use crate::rules;

/// Items of a list.
pub(super) enum Items {
    /// They stand in the list.
    Written,
    /// An expression gives their names.
    Given(Vec<String>),
    /// They depend on what the text doesn't settle.
    Unknown(String),
}

/// Reads the list of `what`: services, environments. A single text is reported, and read as a list with it.
pub(super) fn read(list: &View<'_>, what: &str, reader: &mut Reader<'_, '_>) -> Items {
    let text = match expression(list) {
        None => list.as_str().map(str::to_owned),
        Some(text) => match given_list::read(what, list, reader) {
            GivenList::Known(texts) => return Items::Given(texts),
            GivenList::NoList(text) => Some(text),
            GivenList::Unknown => {
                let subject = format!("The list of {what} is");
                scalar::report_runtime(list.span(), &subject, text, reader);
                return Items::Unknown(text.to_owned());
            }
        },
    };
    match text.filter(|text| !text.trim().is_empty()) {
        None => Items::Written,
        Some(text) => {
            let expected = format!(
                "Expected a list of {what} here, as in `items: [a, b]`. It is drawn as a list with this one."
            );
            found::report(&rules::LIST_EXPECTED, list, &expected, reader);
            Items::Given(vec![text])
        }
    }
}
