//! What the user gave, and one pure reducer. All else is derived.

use std::rc::Rc;

use deployline_planner::{Assumptions, At, AxisName, DurationKey, Inputs, Ms};
use deployline_studio::inputs::Answers;
use deployline_timeline::{Arrangement, TimeWindow};
use yew::Reducible;

/// By how many bytes a key changes a text at the most, with the indent and the pair it may add.
/// What changes more was pasted.
const A_FEW_KEYS: usize = 40;

/// What the page shows and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// What is planned.
    pub(crate) source: Source,
    /// Counts the documents opened so far: another number, another document, not an edit.
    pub(crate) document: u32,
    /// Whether the text is being typed, and not pasted or changed by a checkbox.
    pub(crate) is_typing: bool,
    /// How the picture is drawn.
    pub(crate) view: View,
    /// The deployment whose details are shown.
    pub(crate) selection: Option<At>,
    /// What was kept to be compared with.
    pub(crate) pinned: Option<Source>,
    /// What stands beside the YAML.
    pub(crate) panel: Panel,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Something the user should know about the last thing they did.
    pub(crate) notice: Option<String>,
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

/// What the user did.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Opened another text.
    Open(Rc<str>),
    /// Typed.
    Type(Rc<str>),
    /// Flipped checkboxes that stand for places in the text: the text after it.
    Rewrite(Rc<str>),
    /// Flipped a checkbox that stands for an expression.
    Choose { stage: String, axis: AxisName, parallel: bool },
    /// Takes back what was chosen for an expression.
    Unchoose { stage: String, axis: AxisName },
    /// Gave something that the YAML leaves open, or took it back.
    Answer(String, Option<String>),
    /// Took back all that was given by hand.
    ForgetAnswers,
    /// Added what was given by hand to the text: the text after it, and what it can't hold.
    AddAnswers(Rc<str>, Stays),
    /// Assumed something about the run, or no longer.
    Assume(Assumption),
    /// Picked a deployment, or none.
    Select(Option<At>),
    /// Looked at the picture in another way.
    Look(View),
    /// Kept the present plan to compare with, or let go of it.
    Pin(bool),
    /// Chose what stands beside the YAML.
    ShowPanel(Panel),
    /// Switched light and dark.
    SetTheme(Theme),
    /// Something could not be done.
    Notify(String),
    /// Has read the notice.
    DismissNotice,
}

/// Something that is assumed about the run; `None` takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Assumption {
    /// How long everything takes of which nothing else is said.
    DefaultDuration(Ms),
    /// How long some take.
    Duration(DurationKey, Option<Ms>),
    /// Plausible durations from a seed.
    Uneven(Option<u64>),
    /// How many the account lets run at once.
    AccountLimit(Option<u32>),
    /// Whether a deployment fails: stage identifier and index.
    Failure(String, u32, bool),
    /// Nothing any more.
    Reset,
}

impl State {
    pub(crate) fn new(text: &str, theme: Theme) -> Self {
        Self {
            source: Source { text: text.into(), ..Source::default() },
            document: 0,
            is_typing: false,
            view: View::default(),
            selection: None,
            pinned: None,
            panel: Panel::default(),
            theme,
            notice: None,
        }
    }

    /// The state after an action.
    pub(crate) fn reduce(&self, action: Action) -> Self {
        let mut state = self.clone();
        match action {
            Action::Open(text) => {
                let opened = Self::new(&text, self.theme);
                return Self { document: self.document + 1, panel: self.panel, ..opened };
            }
            Action::Type(text) => {
                let is_typing = text.len().abs_diff(self.source.text.len()) <= A_FEW_KEYS;
                state = Self { is_typing, ..state.with_text(text) };
            }
            Action::Rewrite(text) => state = Self { is_typing: false, ..state.with_text(text) },
            Action::Choose { stage, axis, parallel } => {
                state.source.inputs.parallel.insert((stage, axis), parallel);
            }
            Action::Unchoose { stage, axis } => {
                state.source.inputs.parallel.remove(&(stage, axis));
            }
            Action::Answer(key, Some(answer)) => {
                state.source.answers.insert(key, answer);
            }
            Action::Answer(key, None) => {
                state.source.answers.remove(&key);
            }
            Action::ForgetAnswers => {
                state.source.answers.clear();
                state.source.inputs.parallel.clear();
            }
            Action::AddAnswers(text, stays) => {
                state.source = state.source.with_added(text, stays);
                state.is_typing = false;
                state.notice = None;
            }
            Action::Assume(assumption) => assumption.add_to(&mut state.source.assumptions),
            Action::Select(selection) => state.selection = selection,
            Action::Look(view) => state.view = view,
            Action::Pin(is_pinned) => state.pinned = is_pinned.then(|| self.source.clone()),
            Action::ShowPanel(panel) => state.panel = panel,
            Action::SetTheme(theme) => state.theme = theme,
            Action::Notify(notice) => state.notice = Some(notice),
            Action::DismissNotice => state.notice = None,
        }
        state
    }

    fn with_text(self, text: Rc<str>) -> Self {
        Self { source: self.source.with_text(text), notice: None, ..self }
    }
}

impl Assumption {
    fn add_to(self, assumptions: &mut Assumptions) {
        match self {
            Self::DefaultDuration(duration) => assumptions.duration = duration,
            Self::Duration(key, Some(duration)) => {
                assumptions.durations.insert(key, duration);
            }
            Self::Duration(key, None) => {
                assumptions.durations.remove(&key);
            }
            Self::Uneven(seed) => assumptions.uneven = seed,
            Self::AccountLimit(limit) => assumptions.account_limit = limit,
            Self::Failure(stage, index, true) => {
                assumptions.failures.insert((stage, index));
            }
            Self::Failure(stage, index, false) => {
                assumptions.failures.remove(&(stage, index));
            }
            Self::Reset => *assumptions = Assumptions::default(),
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
    use super::*;

    #[test]
    fn an_edit_changes_the_text_and_opens_no_other_document() {
        let state = State::new("p: true\n", Theme::Dark).reduce(Action::Notify("no".into()));
        let edited = state.reduce(Action::Rewrite("p: false\n".into()));
        assert_eq!(&*edited.source.text, "p: false\n");
        assert_eq!(edited.notice, None);
        assert_eq!((edited.document, edited.theme), (state.document, Theme::Dark));
    }

    #[test]
    fn another_text_forgets_what_was_said_of_the_last_one() {
        let choice =
            Action::Choose { stage: "deploy".into(), axis: AxisName::Services, parallel: false };
        let select = Action::Select(Some(At { stage: 0, index: 3 }));
        let state = State::new("a: 1", Theme::Light).reduce(choice).reduce(select);
        assert_eq!(state.source.inputs.parallel.len(), 1);
        let opened = state.reduce(Action::Open("b: 2".into()));
        assert_eq!(opened.selection, None);
        assert_eq!(opened.source, Source { text: "b: 2".into(), ..Source::default() });
        assert_eq!((opened.document, opened.theme), (1, Theme::Light));
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
        let state = State::new("a: 1", Theme::Light);
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
        assert_eq!(assumed.source.assumptions, expected);
        assert_eq!(assumed.source.text, state.source.text);
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
        let state = State::new("a: <+input>", Theme::Light).reduce(answer("a", "1"));
        let given = state.reduce(answer("b", "2"));
        let stays = Stays { answers: [("b".into(), "2".into())].into(), ..Stays::default() };
        let added = given.reduce(Action::AddAnswers("a: <+input>\n---\n".into(), stays));
        assert_eq!(added.source.answers.keys().collect::<Vec<_>>(), ["b"]);
        let undone = added.reduce(Action::Type("a: <+input>".into()));
        assert_eq!(undone.source, given.source);
        assert_eq!(undone.reduce(Action::ForgetAnswers).source.answers.len(), 0);
    }

    #[test]
    fn what_is_pinned_stays_while_the_text_is_edited() {
        let pinned = State::new("a: 1", Theme::Light).reduce(Action::Pin(true));
        let edited = pinned.reduce(Action::Type("a: 2".into()));
        assert_eq!(edited.pinned.as_ref().map(|source| &*source.text), Some("a: 1"));
        assert_eq!(edited.reduce(Action::Pin(false)).pinned, None);
        assert_eq!(edited.reduce(Action::Open("b: 1".into())).pinned, None);
    }

    #[test]
    fn a_panel_stays_while_texts_are_opened() {
        let state = State::new("a: 1", Theme::Light).reduce(Action::ShowPanel(Panel::Form));
        assert_eq!(state.reduce(Action::Open("b: 2".into())).panel, Panel::Form);
        assert_eq!(state.reduce(Action::ShowPanel(Panel::Yaml)).panel, Panel::Yaml);
    }

    #[test]
    fn typing_is_known_from_pasting_and_from_flipping() {
        let state = State::new("a: 1", Theme::Light);
        let after = |action: Action| state.reduce(action).is_typing;
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
