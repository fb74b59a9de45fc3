//! The way from the `pipeline:` of an input set to a value in it.

use deployline_planner::{View, identity_of};

/// One step.
#[derive(Clone)]
pub(crate) enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an item of a list.
    Item {
        /// Its position.
        index: usize,
        /// The list, by whose items it is known which of them the input set means.
        list: View<'a>,
    },
    /// To the one stage of a text that holds no list: the stage, or the part of it that is there.
    Only(View<'a>),
}

/// A path in a stage in words: `services › values › 2`.
pub(crate) fn in_words(path: &[Step<'_>]) -> String {
    let words = path.iter().filter_map(|step| match step {
        Step::Key("spec" | "stage" | "template" | "templateInputs") | Step::Only(_) => None,
        Step::Key(key) => Some((*key).to_owned()),
        Step::Item { index, list } => Some(name_of(list, *index)),
    });
    words.collect::<Vec<_>>().join(" › ")
}

/// The name of an item, or its number from 1.
fn name_of(list: &View<'_>, index: usize) -> String {
    let item = list.node().items().nth(index);
    let identity = item.and_then(identity_of);
    identity.map_or_else(|| (index + 1).to_string(), |identity| identity.name.to_owned())
}
