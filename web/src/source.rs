//! All that decides a plan and its schedule.

use std::rc::Rc;

use deployline_engine::Assumptions;
use deployline_inputs::Answers;
use deployline_planner::Inputs;

/// All that decides a plan and its schedule.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Source {
    /// The YAML.
    pub(crate) text: Rc<str>,
    /// Choices where the YAML leaves something open.
    pub(crate) inputs: Inputs,
    /// Answers given by hand for the rest that it leaves open.
    pub(crate) answers: Answers,
    /// Answers as they were when they were added to the text last.
    pub(crate) added: Option<Rc<AddedAnswers>>,
    /// Assumptions about the run.
    pub(crate) assumptions: Assumptions,
}

/// The input sets that are laid over the pipeline, without choices where the YAML leaves something open.
pub(crate) fn without_choices(inputs: &Inputs) -> Inputs {
    Inputs { input_sets: inputs.input_sets.clone(), ..Inputs::default() }
}

/// Answers given by hand for a text, which became a part of the text after it.
#[derive(Debug, PartialEq)]
pub(crate) struct AddedAnswers {
    text: Rc<str>,
    inputs: Inputs,
    answers: Answers,
}

/// Answers that no document can hold, and so stay beside the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RemainingAnswers {
    pub(crate) inputs: Inputs,
    pub(crate) answers: Answers,
}

impl Source {
    /// The same with another text. Where that is the text to which answers were added, the addition
    /// was undone, and the answers are back.
    pub(crate) fn with_text(self, text: Rc<str>) -> Self {
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

    /// The same with documents in its text that hold the answers, all but `remaining`.
    pub(crate) fn with_added(self, text: Rc<str>, remaining: RemainingAnswers) -> Self {
        let Self { text: before, inputs, answers, .. } = self;
        let added = Some(Rc::new(AddedAnswers { text: before, inputs, answers }));
        Self { text, inputs: remaining.inputs, answers: remaining.answers, added, ..self }
    }
}
