//! Completions at the cursor.

mod candidate;
mod conditions;
mod dependencies;
pub(crate) mod keys;
mod references;
mod values;

use std::borrow::Cow;

use deployline_engine::format::lower_case;

use crate::lenient::{Expected, LenientTree};

/// Completions at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// First byte of the word that a choice replaces.
    pub from: usize,
    /// One past its last byte.
    pub to: usize,
    /// The most likely first.
    pub items: Vec<Completion>,
    /// True where the list is not cut: after further typing, it can be filtered instead of asked for anew.
    pub is_complete: bool,
}

/// One of several that could stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Label in the list, compared with what is typed.
    pub label: String,
    /// A few words beside it.
    pub detail: Cow<'static, str>,
    /// Text that is inserted; the cursor goes behind it.
    pub insert: String,
    /// Its kind.
    pub kind: CompletionKind,
    /// Meaning, and effect on the order.
    pub doc: Cow<'static, str>,
}

/// Kind of a [`Completion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A key.
    Key,
    /// A word or flag.
    Value,
    /// The identifier of something.
    Reference,
    /// `<+…>`
    Expression,
}

impl CompletionKind {
    /// Its name at the page's edge.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Value => "value",
            Self::Reference => "reference",
            Self::Expression => "expression",
        }
    }
}

/// The most completions in a list: typing narrows a longer one.
const MAX_COMPLETIONS: usize = 300;

/// Returns what could stand at byte `offset`; `None` where nothing is known that could, as in comments and
/// text of several lines. Reads the text once, broken or not.
///
/// ```
/// let text = "stage:\n  type: Deployment\n  when:\n    pipelineStatus: \n";
/// let found = deployline_assist::complete(text, text.len() - 1).expect("there are three words");
/// let labels: Vec<&str> = found.items.iter().map(|item| item.label.as_str()).collect();
/// assert_eq!(labels, ["Success", "Failure", "All"]);
/// ```
pub fn complete(text: &str, offset: usize) -> Option<Completions> {
    let tree = LenientTree::new(text, offset);
    let mut context = tree.context.clone()?;
    let condition = conditions::condition(&tree, &context);
    if condition.is_some() {
        context.word = conditions::expression(text, &context.word, offset);
    }
    let context = &context;
    let mut items = match context.expected {
        Expected::Key { holder, own } => keys::of(&tree, context, holder, own),
        Expected::Value { key } => {
            let mut items = values::of_key(&tree, context, key);
            if condition.is_some() {
                items.extend(conditions::outcomes(&tree, context, key));
            }
            items
        }
        Expected::Item { list } => {
            let mut items = values::of_item(&tree, context, list);
            items.extend(keys::of_item(&tree, context, list));
            items
        }
    };
    let mut is_complete = true;
    if items.len() > MAX_COMPLETIONS {
        let typed = lower_case(text.get(context.word.start..offset).unwrap_or_default());
        items.retain(|item| lower_case(&item.label).contains(&typed));
        is_complete = items.len() <= MAX_COMPLETIONS && typed.is_empty();
        items.truncate(MAX_COMPLETIONS);
    }
    let (from, to) = (context.word.start, context.word.end);
    (!items.is_empty()).then_some(Completions { from, to, items, is_complete })
}
