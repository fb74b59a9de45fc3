//! Changes of the text that is shown.

use std::rc::Rc;

use deployline_import::{Cleaned, FileText, attach, clean};

use super::{Notice, Offer, State, Tab};
use crate::derived::{Derived, Shared};
use crate::flags::{self, BothFlags, FlagChange, Flip};
use crate::reading::is_large;
use crate::source::RemainingAnswers;

/// Most bytes by which a key changes a text, with the indent and the pair it may add.
/// A larger change was pasted.
const A_FEW_KEYS: usize = 40;

impl State {
    pub(super) fn with_text(mut self, text: Rc<str>) -> Self {
        let tab = &mut self.tabs.shown;
        tab.is_typing = false;
        tab.is_pasted = false;
        tab.source = tab.source.clone().with_text(text);
        Self { notice: None, ..self }
    }

    pub(super) fn with_typed(self, text: Rc<str>) -> Self {
        let before = &self.tabs.shown.source.text;
        let is_typing = text.len().abs_diff(before.len()) <= A_FEW_KEYS;
        let mut state = self.with_text(text);
        state.tabs.shown.is_typing = is_typing;
        state
    }

    /// A pasted text is cleaned where it is clear how: a large one when it has been read.
    pub(super) fn with_pasted(self, text: Rc<str>) -> Self {
        if is_large(&text) {
            let mut state = self.with_text(text);
            state.tabs.shown.is_pasted = true;
            return state;
        }
        match clean(&text) {
            Some(cleaned) => self.with_text(text).with_cleaned(cleaned),
            None => self.with_text(text),
        }
    }

    /// The text that is shown, cleaned.
    fn with_cleaned(self, cleaned: Cleaned) -> Self {
        let Tab { number, source, .. } = &self.tabs.shown;
        let undo = Offer::Undo { tab: *number, text: source.text.clone() };
        let notice = Some(Notice::note(cleaned.what, Some(undo)));
        Self { notice, ..self.with_text(cleaned.text.into()) }
    }

    /// A large text was cleaned when it had been read; by then another one may be shown.
    pub(super) fn with_read(self, of: &Rc<str>, cleaned: Cleaned) -> Self {
        let tab = &self.tabs.shown;
        let is_shown = tab.is_pasted && Rc::ptr_eq(of, &tab.source.text);
        if is_shown { self.with_cleaned(cleaned) } else { self }
    }

    /// Files become further documents of the text.
    pub(super) fn with_attached(self, files: &[FileText], message: String) -> Self {
        let text = self.tabs.shown.source.text.clone();
        let attached = attach(&text, files);
        let undo = Offer::Undo { tab: self.tabs.shown.number, text };
        let notice = Some(Notice::note(message, Some(undo)));
        Self { notice, ..self.with_text(attached.into()) }
    }

    /// An edit is made of the text `of`: its places are those of no other.
    pub(super) fn with_edit(self, of: &str, text: Rc<str>) -> Self {
        if *of == *self.tabs.shown.source.text {
            return self.with_text(text);
        }
        Self { notice: Some(Notice::problem(flags::TEXT_HAS_CHANGED)), ..self }
    }

    pub(super) fn with_added_answers(mut self, text: Rc<str>, remaining: RemainingAnswers) -> Self {
        let tab = &mut self.tabs.shown;
        tab.source = tab.source.clone().with_added(text, remaining);
        tab.is_typing = false;
        Self { notice: None, ..self }
    }

    /// The stage is the one that was clicked, which may stand elsewhere by now.
    pub(super) fn with_flip(self, flip: Flip, clicked: &Shared<Derived>) -> Self {
        let plan = clicked.clone().of(&self.tabs.shown.source);
        let stage = flags::same_stage(flip.stage, clicked, &plan);
        let change = stage.and_then(|stage| flags::flip(Flip { stage, ..flip }, &plan));
        self.with_flags(change.map(|change| vec![change]))
    }

    pub(super) fn with_both_flags(self, both: BothFlags, clicked: &Shared<Derived>) -> Self {
        let plan = clicked.clone().of(&self.tabs.shown.source);
        let stage = flags::same_stage(both.stage, clicked, &plan);
        self.with_flags(stage.and_then(|stage| flags::set_both(BothFlags { stage, ..both }, &plan)))
    }

    fn with_flags(self, changes: Result<Vec<FlagChange>, String>) -> Self {
        let changes = match changes {
            Ok(changes) => changes,
            Err(reason) => return Self { notice: Some(Notice::problem(reason)), ..self },
        };
        changes.into_iter().fold(self, |state, change| match change {
            FlagChange::Text(text) => state.with_text(text.into()),
            FlagChange::Choice { stage, axis, parallel } => {
                state.with_choice(stage, axis, parallel)
            }
        })
    }
}
