//! What the user gave, and one pure reducer. All else is derived.

mod action;
mod link;
mod notice;
mod receive;
mod tab;

use std::rc::Rc;

use deployline_engine::{Assumptions, Ms};
use deployline_import::{attach, clean};
use deployline_inputs::Answers;
use deployline_planner::Inputs;
use deployline_timeline::{Arrangement, TimeWindow};
use yew::Reducible;

pub(crate) use self::action::{Action, Assumption};
pub(crate) use self::notice::{Notice, Offer};
pub(crate) use self::tab::{Opened, Tab, Tabs};
use crate::examples;

/// By how many bytes a key changes a text at the most, with the indent and the pair it may add.
/// What changes more was pasted.
const A_FEW_KEYS: usize = 40;

/// What the page shows and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// The open texts, one of them shown.
    pub(crate) tabs: Tabs,
    /// What stands beside the YAML.
    pub(crate) panel: Panel,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Something the user should know about the last thing they did.
    pub(crate) notice: Option<Notice>,
    /// How often a deployment was picked: each time it comes into sight. What another tab or a link
    /// has picked stays out of sight, where it was left so.
    pub(crate) picks: u32,
}

/// All that decides a plan and its schedule.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Source {
    /// The YAML.
    pub(crate) text: Rc<str>,
    /// Choices where the YAML leaves something open.
    pub(crate) inputs: Inputs,
    /// What was given by hand for the rest that it leaves open.
    pub(crate) answers: Answers,
    /// What had been given when it was added to the text last.
    pub(crate) added: Option<Rc<Added>>,
    /// What is assumed about the run.
    pub(crate) assumptions: Assumptions,
}

/// What was given by hand for a text, and became a part of the text after it.
#[derive(Debug, PartialEq)]
pub(crate) struct Added {
    text: Rc<str>,
    inputs: Inputs,
    answers: Answers,
}

impl Source {
    /// The same with another text. Where that is the text to which answers were added, it was taken
    /// back, and the answers are back.
    fn with_text(self, text: Rc<str>) -> Self {
        match &self.added {
            Some(added) if *added.text == *text => Self {
                inputs: added.inputs.clone(),
                answers: added.answers.clone(),
                added: None,
                text,
                ..self
            },
            _ => Self { text, ..self },
        }
    }

    /// The same with documents in its text that say what was given by hand; `stays` is what they
    /// can't say.
    fn with_added(self, text: Rc<str>, stays: Stays) -> Self {
        let Self { text: before, inputs, answers, .. } = self;
        let added = Some(Rc::new(Added { text: before, inputs, answers }));
        Self { text, inputs: stays.inputs, answers: stays.answers, added, ..self }
    }
}

/// What stays beside the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stays {
    pub(crate) inputs: Inputs,
    pub(crate) answers: Answers,
}

/// How the picture is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct View {
    /// Rows, colours and the filter.
    pub(crate) arrangement: Arrangement,
    /// The visible time; `None` for all of the run, however long it gets.
    pub(crate) window: Option<TimeWindow>,
    /// Whether the chain that decides the end is shown.
    pub(crate) shows_critical_path: bool,
    /// Whether the run is drawn as if each target were finished before the next one.
    pub(crate) is_waves: bool,
    /// The instant that is looked at, while the run is played.
    pub(crate) playhead: Option<Ms>,
}

/// A way to edit the pipeline. The YAML is always there; any other stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Panel {
    /// The text alone.
    #[default]
    Yaml,
    /// Stages, services and targets as fields.
    Form,
    /// What the YAML leaves open.
    Inputs,
    /// The pipeline as it would run.
    Resolved,
}

impl Panel {
    /// In the order of their tabs.
    pub(crate) const ALL: [Self; 4] = [Self::Yaml, Self::Form, Self::Inputs, Self::Resolved];

    pub(crate) fn caption(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Form => "Form",
            Self::Inputs => "Inputs",
            Self::Resolved => "Resolved",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }
}

impl State {
    pub(crate) fn new(opened: Opened, theme: Theme) -> Self {
        Self { tabs: Tabs::new(opened), panel: Panel::default(), theme, notice: None, picks: 0 }
    }

    /// The state with texts that were open on the last visit.
    pub(crate) fn recovered(texts: Vec<Opened>, shown: usize, theme: Theme) -> Self {
        let mut state = Self::new(Opened::untitled(), theme);
        state.tabs = state.tabs.open(texts);
        let shown = state.tabs.iter().nth(shown).map_or(0, |tab| tab.number);
        state.tabs = state.tabs.show(shown);
        let words = if state.tabs.count() == 1 { "Your text" } else { "Your texts" };
        let words = format!("{words} of the last visit, kept in this browser only.");
        state.notice = Some(Notice::note(words, Some(Offer::StartAfresh)));
        state
    }

    /// The state after an action.
    pub(crate) fn reduce(&self, action: Action) -> Self {
        let mut state = self.clone();
        let tab = &mut state.tabs.shown;
        match action {
            Action::Open(texts, told) => {
                state.tabs = state.tabs.open(texts);
                state.notice = told.map(|told| Notice::note(told, None));
            }
            Action::OpenLink(shared) => state = state.with_carried((*shared).clone()),
            Action::Receive(files, problems) => {
                return self.reduce(receive::receive(files, &tab.source.text, &problems));
            }
            Action::Attach(files, told) => {
                let before = tab.source.text.clone();
                state = state.with_text(attach(&before, &files).into());
                state.notice = Some(Notice::note(told, Some(Offer::TakeBack(before))));
            }
            Action::ShowTab(number) => state.tabs = state.tabs.show(number),
            Action::CloseTab(number) => state = state.without_tab(number),
            Action::RenameTab(number, name) => state.tabs.rename(number, &name),
            Action::Accept(offer) => state = state.with_offer(offer),
            Action::Type(text) => {
                let is_typing = text.len().abs_diff(tab.source.text.len()) <= A_FEW_KEYS;
                state = state.with_text(text);
                state.tabs.shown.is_typing = is_typing;
            }
            Action::Paste(text) => state = state.with_pasted(text),
            Action::Rewrite(text) => state = state.with_text(text),
            Action::Choose { stage, axis, parallel } => {
                tab.source.inputs.parallel.insert((stage, axis), parallel);
            }
            Action::Unchoose { stage, axis } => {
                tab.source.inputs.parallel.remove(&(stage, axis));
            }
            Action::Answer(key, Some(answer)) => {
                tab.source.answers.insert(key, answer);
            }
            Action::Answer(key, None) => {
                tab.source.answers.remove(&key);
            }
            Action::ForgetAnswers => {
                tab.source.answers.clear();
                tab.source.inputs.parallel.clear();
            }
            Action::AddAnswers(text, stays) => {
                tab.source = tab.source.clone().with_added(text, stays);
                tab.is_typing = false;
                state.notice = None;
            }
            Action::Assume(assumption) => assumption.add_to(&mut tab.source.assumptions),
            Action::Select(selection) => {
                tab.selection = selection;
                state.picks = state.picks.wrapping_add(1);
            }
            Action::Look(view) => tab.view = view,
            Action::Pin(is_pinned) => tab.pinned = is_pinned.then(|| tab.source.clone()),
            Action::ShowPanel(panel) => state.panel = panel,
            Action::SetTheme(theme) => state.theme = theme,
            Action::Notify(problem) => state.notice = Some(Notice::problem(problem)),
            Action::DismissNotice => state.notice = None,
        }
        state
    }

    fn with_text(mut self, text: Rc<str>) -> Self {
        let tab = &mut self.tabs.shown;
        tab.is_typing = false;
        tab.source = tab.source.clone().with_text(text);
        Self { notice: None, ..self }
    }

    /// What was pasted is mended where it is clear what was meant.
    fn with_pasted(self, text: Rc<str>) -> Self {
        match clean(&text) {
            Some(cleaned) => {
                let note = Notice::note(cleaned.what, Some(Offer::TakeBack(text)));
                Self { notice: Some(note), ..self.with_text(cleaned.text.into()) }
            }
            None => self.with_text(text),
        }
    }

    fn without_tab(self, number: u32) -> Self {
        let (tabs, closed) = self.tabs.close(number);
        let notice = closed.map(|tab| {
            let words = format!("Closed {}.", tab.name);
            Notice::note(words, Some(Offer::Reopen(vec![tab], 0)))
        });
        Self { tabs, notice, ..self }
    }

    fn with_offer(mut self, offer: Offer) -> Self {
        self.notice = None;
        match offer {
            Offer::TakeBack(text) => self.with_text(text),
            Offer::Reopen(tabs, shown) => {
                let tabs = self.tabs.reopen(tabs, shown);
                Self { tabs, ..self }
            }
            Offer::StartAfresh => {
                let (tabs, closed, shown) = self.tabs.start_afresh(examples::first());
                let offer = Some(Offer::Reopen(closed, shown));
                let notice = Some(Notice::note("Put away what was open.", offer));
                Self { tabs, notice, ..self }
            }
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(State::reduce(&self, action))
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::{At, AxisName, DurationKey};
    use deployline_import::FileText;

    use super::*;

    fn opened(text: &str) -> Opened {
        Opened { name: "a.yaml".into(), text: text.into(), is_example: false }
    }

    fn example(text: &str) -> Opened {
        Opened { is_example: true, ..opened(text) }
    }

    fn of(text: &str) -> State {
        State::new(example(text), Theme::Dark)
    }

    fn text(state: &State) -> &str {
        &state.tabs.shown.source.text
    }

    fn offer(state: &State) -> Action {
        let offer = state.notice.as_ref().and_then(|notice| notice.offer.clone());
        Action::Accept(offer.expect("there is an offer"))
    }

    #[test]
    fn an_edit_changes_the_text_and_opens_no_other_document() {
        let state = of("p: true\n").reduce(Action::Notify("no".into()));
        let edited = state.reduce(Action::Rewrite("p: false\n".into()));
        assert_eq!(text(&edited), "p: false\n");
        assert_eq!(edited.notice, None);
        assert_eq!(edited.tabs.shown.number, state.tabs.shown.number);
        assert_eq!(edited.theme, state.theme);
    }

    #[test]
    fn another_text_forgets_what_was_said_of_the_last_one() {
        let choice =
            Action::Choose { stage: "deploy".into(), axis: AxisName::Services, parallel: false };
        let select = Action::Select(Some(At { stage: 0, index: 3 }));
        let state = of("a: 1").reduce(choice).reduce(select);
        assert_eq!(state.tabs.shown.source.inputs.parallel.len(), 1);
        let after = state.reduce(Action::Open(vec![opened("b: 2")], None));
        assert_eq!(after.tabs.shown.selection, None);
        assert_eq!(after.tabs.shown.source, Source { text: "b: 2".into(), ..Source::default() });
        assert_ne!(after.tabs.shown.number, state.tabs.shown.number);
        assert_eq!(after.theme, Theme::Dark);
    }

    #[test]
    fn what_is_pasted_is_mended_and_can_be_had_as_it_was() {
        let fenced = "```\nstages: []\n```\n";
        let pasted = of("a: 1").reduce(Action::Paste(fenced.into()));
        assert_eq!(text(&pasted), "stages: []\n");
        assert!(!pasted.notice.as_ref().expect("it is told").is_problem);
        let taken_back = pasted.reduce(offer(&pasted));
        assert_eq!(text(&taken_back), fenced);
        assert_eq!(taken_back.notice, None);
        assert_eq!(of("a: 1").reduce(Action::Paste("stages: []".into())).notice, None);
    }

    #[test]
    fn files_are_added_to_the_text_and_taken_away_again() {
        let file = FileText { name: "cart.yaml".into(), text: "service: {}\n".into() };
        let added = of("stages: []").reduce(Action::Attach(vec![file], "Added.".into()));
        assert_eq!(text(&added), "stages: []\n---\nservice: {}\n");
        assert_eq!(text(&added.reduce(offer(&added))), "stages: []");
    }

    #[test]
    fn a_closed_text_is_offered_with_all_that_was_said_of_it() {
        let two = of("").reduce(Action::Open(vec![opened("a: 1"), opened("b: 2")], None));
        let two = two.reduce(Action::Assume(Assumption::AccountLimit(Some(2))));
        let closed = two.reduce(Action::CloseTab(two.tabs.shown.number));
        assert_eq!((text(&closed), closed.tabs.count()), ("b: 2", 1));
        let again = closed.reduce(offer(&closed));
        assert_eq!((text(&again), again.tabs.count()), ("a: 1", 2));
        assert_eq!(again.tabs.shown, two.tabs.shown);
    }

    #[test]
    fn texts_of_the_last_visit_are_back_and_can_be_put_away() {
        let texts = vec![opened("a: 1"), opened("b: 2")];
        let state = State::recovered(texts, 1, Theme::Light);
        assert_eq!((text(&state), state.tabs.count()), ("b: 2", 2));
        let fresh = state.reduce(offer(&state));
        assert_eq!((text(&fresh), fresh.tabs.count()), (&*examples::first().text, 1));
        let back = fresh.reduce(offer(&fresh));
        assert_eq!((text(&back), back.tabs.count()), ("b: 2", 2));
        // What was stored may be another number than there are texts.
        assert_eq!(text(&State::recovered(vec![opened("a: 1")], 7, Theme::Light)), "a: 1");
    }

    #[test]
    fn assumptions_are_kept_apart_from_the_text_and_taken_back_one_by_one() {
        let cart = || DurationKey::Service("cart".into());
        let said = [
            Assumption::DefaultDuration(Ms(5)),
            Assumption::Duration(cart(), Some(Ms(7))),
            Assumption::Uneven(Some(1)),
            Assumption::AccountLimit(Some(3)),
            Assumption::Failure("deploy".into(), 2, true),
        ];
        let state = of("a: 1");
        let assume =
            |state: State, assumption: Assumption| state.reduce(Action::Assume(assumption));
        let assumed = said.into_iter().fold(state.clone(), assume);
        let expected = Assumptions {
            duration: Ms(5),
            durations: [(cart(), Ms(7))].into(),
            account_limit: Some(3),
            failures: [("deploy".to_owned(), 2)].into(),
            uneven: Some(1),
        };
        assert_eq!(assumed.tabs.shown.source.assumptions, expected);
        assert_eq!(text(&assumed), text(&state));
        let taken_back = [
            Assumption::DefaultDuration(Assumptions::default().duration),
            Assumption::Duration(cart(), None),
            Assumption::Uneven(None),
            Assumption::AccountLimit(None),
            Assumption::Failure("deploy".into(), 2, false),
        ];
        assert_eq!(taken_back.into_iter().fold(assumed.clone(), assume), state);
        assert_eq!(assume(assumed, Assumption::Reset), state);
    }

    #[test]
    fn answers_that_were_added_are_back_with_the_text_before() {
        let answer = |key: &str, value: &str| Action::Answer(key.into(), Some(value.into()));
        let state = of("a: <+input>").reduce(answer("a", "1"));
        let given = state.reduce(answer("b", "2"));
        let stays = Stays { answers: [("b".into(), "2".into())].into(), ..Stays::default() };
        let added = given.reduce(Action::AddAnswers("a: <+input>\n---\n".into(), stays));
        assert_eq!(added.tabs.shown.source.answers.keys().collect::<Vec<_>>(), ["b"]);
        let undone = added.reduce(Action::Type("a: <+input>".into()));
        assert_eq!(undone.tabs.shown.source, given.tabs.shown.source);
        assert_eq!(undone.reduce(Action::ForgetAnswers).tabs.shown.source.answers.len(), 0);
    }

    #[test]
    fn what_is_pinned_stays_while_the_text_is_edited() {
        let pinned = of("a: 1").reduce(Action::Pin(true));
        let edited = pinned.reduce(Action::Type("a: 2".into()));
        let text = |state: &State| state.tabs.shown.pinned.as_ref().map(|it| it.text.to_string());
        assert_eq!(text(&edited).as_deref(), Some("a: 1"));
        assert_eq!(text(&edited.reduce(Action::Pin(false))), None);
        assert_eq!(text(&edited.reduce(Action::Open(vec![opened("b: 1")], None))), None);
    }

    #[test]
    fn a_panel_stays_while_texts_are_opened() {
        let state = of("a: 1").reduce(Action::ShowPanel(Panel::Form));
        assert_eq!(state.reduce(Action::Open(vec![opened("b: 2")], None)).panel, Panel::Form);
        assert_eq!(state.reduce(Action::ShowPanel(Panel::Yaml)).panel, Panel::Yaml);
    }

    #[test]
    fn typing_is_known_from_pasting_and_from_flipping() {
        let state = of("a: 1");
        let after = |action: Action| state.reduce(action).tabs.shown.is_typing;
        assert!(after(Action::Type("a: 12".into())));
        assert!(!after(Action::Type("a: 1".repeat(40).into())));
        assert!(!after(Action::Rewrite("a: 2".into())));
    }

    #[test]
    fn themes_have_names_that_lead_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_text(theme.as_str()), Some(theme));
        }
        assert_eq!(Theme::from_text("sepia"), None);
    }
}
