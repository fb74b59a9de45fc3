//! What the user gave, and one pure reducer. All else is derived.

use std::rc::Rc;

use deployline_planner::{AxisName, Inputs};
use deployline_yaml::TextEdit;
use yew::Reducible;

/// What the page shows and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// The YAML.
    pub(crate) text: Rc<str>,
    /// Counts the documents opened so far: another number, another document, not an edit.
    pub(crate) document: u32,
    /// Choices where the YAML leaves something open.
    pub(crate) inputs: Inputs,
    /// The deployment whose details are shown.
    pub(crate) selection: Option<Selection>,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Something the user should know about the last thing they did.
    pub(crate) notice: Option<String>,
}

/// A deployment by its place in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    pub(crate) stage: usize,
    pub(crate) index: usize,
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
    /// Flipped a checkbox that stands for a place in the text.
    Edit(TextEdit),
    /// Flipped a checkbox that stands for an expression.
    Choose { stage: String, axis: AxisName, parallel: bool },
    /// Picked a deployment, or none.
    Select(Option<Selection>),
    /// Switched light and dark.
    SetTheme(Theme),
    /// Something could not be done.
    Notify(String),
    /// Has read the notice.
    DismissNotice,
}

impl State {
    pub(crate) fn new(text: &str, theme: Theme) -> Self {
        Self {
            text: text.into(),
            document: 0,
            inputs: Inputs::default(),
            selection: None,
            theme,
            notice: None,
        }
    }

    /// The state after an action.
    pub(crate) fn reduce(&self, action: Action) -> Self {
        let state = self.clone();
        match action {
            Action::Open(text) => {
                Self { text, document: self.document + 1, ..Self::new("", self.theme) }
            }
            Action::Type(text) => Self { text, notice: None, ..state },
            Action::Edit(edit) => {
                Self { text: edit.apply(&self.text).into(), notice: None, ..state }
            }
            Action::Choose { stage, axis, parallel } => {
                let mut state = state;
                state.inputs.parallel.insert((stage, axis), parallel);
                state
            }
            Action::Select(selection) => Self { selection, ..state },
            Action::SetTheme(theme) => Self { theme, ..state },
            Action::Notify(notice) => Self { notice: Some(notice), ..state },
            Action::DismissNotice => Self { notice: None, ..state },
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
    use deployline_planner::{SourceId, Span};

    #[test]
    fn an_edit_changes_the_text_and_opens_no_other_document() {
        let state = State::new("p: true\n", Theme::Dark);
        let edit = TextEdit { span: Span::new(SourceId(0), 3, 7), insert: "false".into() };
        let edited = state.reduce(Action::Edit(edit));
        assert_eq!(&*edited.text, "p: false\n");
        assert_eq!((edited.document, edited.theme), (state.document, Theme::Dark));
    }

    #[test]
    fn another_text_forgets_what_was_said_of_the_last_one() {
        let choice =
            Action::Choose { stage: "deploy".into(), axis: AxisName::Services, parallel: false };
        let select = Action::Select(Some(Selection { stage: 0, index: 3 }));
        let state = State::new("a: 1", Theme::Light).reduce(choice).reduce(select);
        assert_eq!(state.inputs.parallel.len(), 1);
        let opened = state.reduce(Action::Open("b: 2".into()));
        assert_eq!(opened.selection, None);
        assert_eq!(opened.inputs, Inputs::default());
        assert_eq!((opened.document, opened.theme), (1, Theme::Light));
    }

    #[test]
    fn themes_have_names_that_lead_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_text(theme.as_str()), Some(theme));
        }
        assert_eq!(Theme::from_text("sepia"), None);
    }
}
