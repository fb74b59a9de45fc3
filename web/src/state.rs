//! State of the page: what the user gave, and one pure reducer. All else is derived.

mod action;
mod link;
mod notice;
mod panel;
mod receive;
mod tab;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod view;

use std::rc::Rc;

use deployline_engine::{Assumptions, AxisName, DeploymentId};
use deployline_import::FileText;
use yew::Reducible;

pub(crate) use self::action::{Action, Assumption, Dialog, SourceChange};
pub(crate) use self::notice::{Notice, Offer};
pub(crate) use self::panel::Panel;
pub(crate) use self::tab::{OpenedText, Tab, Tabs};
pub(crate) use self::theme::Theme;
pub(crate) use self::view::View;
use crate::source::{Source, without_choices};

/// State of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// The open texts, one of them shown.
    pub(crate) tabs: Tabs,
    /// Panel beside the YAML.
    pub(crate) panel: Panel,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Message about the last thing the user did.
    pub(crate) notice: Option<Notice>,
    /// Number of bytes that the next action is going to read, where they are many.
    pub(crate) announced_bytes: Option<usize>,
    /// Dialog that was asked for last.
    pub(crate) dialog: Option<DialogRequest>,
    /// Number of picks: with each, the deployment comes into sight. A selection that another tab
    /// or a link brings stays out of sight, where it was left so.
    pub(crate) picks: u32,
}

/// Dialog that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DialogRequest {
    pub(crate) dialog: Dialog,
    /// Another number, another request.
    pub(crate) number: u32,
    /// `true` while it is being loaded.
    pub(crate) is_pending: bool,
}

impl State {
    pub(crate) fn new(opened: OpenedText, theme: Theme) -> Self {
        Self {
            tabs: Tabs::new(opened),
            panel: Panel::default(),
            theme,
            notice: None,
            announced_bytes: None,
            dialog: None,
            picks: 0,
        }
    }

    /// The state with texts that were open on the last visit.
    pub(crate) fn restored(texts: Vec<OpenedText>, shown: usize, theme: Theme) -> Self {
        let mut state = Self::new(OpenedText::untitled(), theme);
        state.tabs = state.tabs.open(texts);
        let shown = state.tabs.iter().nth(shown).map_or(0, |tab| tab.number);
        state.tabs = state.tabs.show(shown);
        let words = if state.tabs.count() == 1 { "Your text" } else { "Your texts" };
        let words = format!("{words} of the last visit, kept in this browser only.");
        state.notice = Some(Notice::note(words, Some(Offer::CloseAll)));
        state
    }

    /// The state after an action.
    pub(crate) fn reduce(&self, action: Action) -> Self {
        let state = Self { announced_bytes: None, ..self.clone() };
        match action {
            Action::AnnounceReading(bytes) => Self { announced_bytes: Some(bytes), ..state },
            Action::Open(texts, message) => state.with_opened(texts, message),
            Action::OpenLink(link) => state.with_opened_link(&link),
            Action::Receive(files, problems) => state.with_received(files, &problems),
            Action::Attach(files, message) => state.with_attached(&files, message),
            // What a notice offers is about the text that was shown.
            Action::ShowTab(number) => {
                Self { tabs: state.tabs.show(number), notice: None, ..state }
            }
            Action::CloseTab(number) => state.without_tab(number),
            Action::RenameTab(number, name) => state.with_name(number, &name),
            Action::Accept(offer) => state.with_offer(offer),
            Action::Type(text) => state.with_typed(text),
            Action::Paste(text) => state.with_pasted(text),
            Action::Clean { of, cleaned } => state.with_read(&of, cleaned),
            Action::Edit { of, text } => state.with_edit(&of, text),
            Action::Flip(flip, plan) => state.with_flip(flip, &plan),
            Action::SetFlags(both, plan) => state.with_both_flags(both, &plan),
            Action::Choose { stage, axis, parallel } => state.with_choice(stage, axis, parallel),
            Action::Unchoose { stage, axis } => state.with_source(|source| {
                source.inputs.parallel.remove(&(stage, axis));
            }),
            Action::Answer(key, answer) => state.with_answer(key, answer),
            Action::ForgetAnswers => state.with_source(|source| {
                source.answers.clear();
                source.inputs.parallel.clear();
            }),
            Action::Reset => state.with_source(|source| {
                source.inputs = without_choices(&source.inputs);
                source.answers.clear();
                source.assumptions = Assumptions::default();
            }),
            Action::AddAnswers(text, remaining) => state.with_added_answers(text, remaining),
            Action::Assume(assumption) => {
                state.with_source(|source| assumption.add_to(&mut source.assumptions))
            }
            Action::Change(change) => state.with_source(|source| change.0(source)),
            Action::ShowDependents(key) => state.with_view(|view| view.dependents_of = key),
            Action::Select(selection) => state.with_selection(selection),
            Action::Look(view) => state.with_view(|shown| *shown = view),
            Action::MovePlayhead(playhead) => state.with_view(|view| view.playhead = playhead),
            Action::ShowWaves(is_waves) => state.with_view(|view| view.is_waves = is_waves),
            Action::Pin(is_pinned) => state.with_pin(is_pinned),
            Action::ShowPanel(panel) => Self { panel, ..state },
            Action::SetTheme(theme) => Self { theme, ..state },
            Action::OpenDialog(dialog) => state.with_dialog(dialog),
            Action::DialogLoaded { number, is_loaded } => state.after_loading(number, is_loaded),
            Action::Notify(problem) => Self { notice: Some(Notice::problem(problem)), ..state },
            Action::AddNote(note) => state.with_note(&note),
            Action::DismissNotice => Self { notice: None, ..state },
        }
    }

    fn with_opened(self, texts: Vec<OpenedText>, message: Option<String>) -> Self {
        let notice = message.map(|message| Notice::note(message, None));
        Self { tabs: self.tabs.open(texts), notice, ..self }
    }

    fn with_received(self, files: Vec<FileText>, problems: &[String]) -> Self {
        let action = receive::receive(files, &self.tabs.shown.source.text, problems);
        self.reduce(action)
    }

    fn with_name(mut self, number: u32, name: &str) -> Self {
        self.tabs.rename(number, name);
        self
    }

    fn with_source(mut self, change: impl FnOnce(&mut Source)) -> Self {
        change(&mut self.tabs.shown.source);
        self
    }

    fn with_choice(self, stage: String, axis: AxisName, parallel: bool) -> Self {
        self.with_source(|source| {
            source.inputs.parallel.insert((stage, axis), parallel);
        })
    }

    fn with_answer(self, key: String, answer: Option<String>) -> Self {
        self.with_source(|source| {
            match answer {
                Some(answer) => source.answers.insert(key, answer),
                None => source.answers.remove(&key),
            };
        })
    }

    fn with_view(mut self, change: impl FnOnce(&mut View)) -> Self {
        change(&mut self.tabs.shown.view);
        self
    }

    fn with_selection(mut self, selection: Option<DeploymentId>) -> Self {
        self.tabs.shown.selection = selection;
        Self { picks: self.picks.wrapping_add(1), ..self }
    }

    fn with_pin(mut self, is_pinned: bool) -> Self {
        let tab = &mut self.tabs.shown;
        tab.pinned = is_pinned.then(|| tab.source.clone());
        self
    }

    /// Adds a sentence to the notice, which keeps what it offers.
    fn with_note(self, note: &str) -> Self {
        let notice = match self.notice {
            Some(notice) => Notice { text: format!("{} {note}", notice.text), ..notice },
            None => Notice::note(note, None),
        };
        Self { notice: Some(notice), ..self }
    }

    /// One dialog at a time: while one is on its way, no other one is asked for.
    fn with_dialog(self, dialog: Dialog) -> Self {
        if self.dialog.is_some_and(|last| last.is_pending) {
            return self;
        }
        let number = self.dialog.map_or(0, |last| last.number.wrapping_add(1));
        Self { dialog: Some(DialogRequest { dialog, number, is_pending: true }), ..self }
    }

    fn after_loading(mut self, number: u32, is_loaded: bool) -> Self {
        let request = self.dialog.as_mut().filter(|request| request.number == number);
        let Some(request) = request else { return self };
        request.is_pending = false;
        if !is_loaded {
            let offer = Some(Offer::OpenDialog(request.dialog));
            let problem = Notice::problem("The dialog could not be loaded. Check the network.");
            self.notice = Some(Notice { offer, ..problem });
        }
        self
    }

    fn without_tab(self, number: u32) -> Self {
        let (tabs, closed) = self.tabs.close(number);
        let notice = closed.map(|tab| {
            let words = format!("Closed {}.", tab.name);
            Notice::note(words, Some(Offer::Reopen(vec![tab], 0)))
        });
        Self { tabs, notice, ..self }
    }

    /// Shows a tab and changes it; does nothing where it is closed.
    fn in_tab(mut self, number: u32, change: impl FnOnce(Self) -> Self) -> Self {
        if self.tabs.iter().all(|tab| tab.number != number) {
            return self;
        }
        self.tabs = self.tabs.show(number);
        change(self)
    }

    fn with_offer(mut self, offer: Offer) -> Self {
        self.notice = None;
        match offer {
            Offer::Undo { tab, text } => self.in_tab(tab, |state| state.with_text(text)),
            Offer::Restore(tab) => self.in_tab(tab.number, |mut state| {
                let name = state.tabs.shown.name.clone();
                state.tabs.shown = Tab { name, is_typing: false, ..Rc::unwrap_or_clone(tab) };
                state
            }),
            Offer::Reopen(tabs, shown) => {
                let tabs = self.tabs.reopen(tabs, shown);
                Self { tabs, ..self }
            }
            Offer::CloseAll => {
                let (tabs, closed, shown) = self.tabs.close_all(OpenedText::first_example());
                let offer = Some(Offer::Reopen(closed, shown));
                let notice = Some(Notice::note("Closed all tabs.", offer));
                Self { tabs, notice, ..self }
            }
            Offer::OpenDialog(dialog) => self.with_dialog(dialog),
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(State::reduce(&self, action))
    }
}
