//! Operations of the form on texts nobody meant to write: each is done, or refused with a reason.

use deployline_form::operation::edit;
use deployline_yaml::{TextEdit, parse};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{config, shapes, soup};
use crate::form::candidates;

/// Most operations that are tried on one text.
const MAX_TRIED: usize = 20;

proptest! {
    #![proptest_config(config(3_000))]

    #[test]
    fn on_yaml_soup(text in soup::yaml(), first in any::<Index>()) {
        try_operations(&text, first);
    }
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn on_pipeline_soup(text in soup::pipeline(), first in any::<Index>()) {
        try_operations(&text, first);
    }

    #[test]
    fn on_wrong_shapes(text in shapes::stages(), first in any::<Index>()) {
        try_operations(&text, first);
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn on_a_broken_corpus(text in soup::broken_corpus(), first in any::<Index>()) {
        try_operations(&text, first);
    }
}

/// # Panics
/// When an operation does, when its edits don't fit the text, or when it leaves another thing out.
fn try_operations(text: &str, first: Index) {
    let before = parse(text);
    let operations = candidates::of(&deployline_form::read(text, &before.documents));
    let step = operations.len() / MAX_TRIED + 1;
    for operation in operations.iter().skip(first.index(step)).step_by(step) {
        match edit(text, operation) {
            Ok(edits) => {
                let after = TextEdit::apply_all(&edits, text);
                let codes = |text: &str| {
                    parse(text).diagnostics.into_iter().map(|it| it.code).collect::<Vec<_>>()
                };
                assert_eq!(codes(text), codes(&after), "{operation:?}\n{text}\n{after}");
            }
            Err(refusal) => {
                assert_ne!(refusal.message(text), "");
                assert!(text.get(refusal.span.range()).is_some(), "{refusal:?}\n{text}");
            }
        }
    }
}

/// A list in brackets is no only value where another key stands beside it in lines.
#[test]
fn what_stands_beside_a_list_is_not_lost() {
    let text = "stages:
  - id: moor
    service:
      items: [deck]
      on-failure:
        - errors: [all]
          action: abort
    environment: {id: dock, deploy-to: pier}
";
    let operations = candidates::of(&deployline_form::read(text, &parse(text).documents));
    let mut refused = 0;
    for operation in operations {
        if let Err(refusal) = edit(text, &operation)
            && text[refusal.span.range()] == *"on-failure"
        {
            refused += 1;
        }
    }
    assert_eq!(refused, 2, "switching to one, whichever is kept");
}
