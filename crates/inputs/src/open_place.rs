//! Open inputs, and the documents that their answers go to.

use deployline_planner::View;

use crate::OpenInput;
use crate::path::Step;
use crate::question::ValueKind;

/// An open input, and where its answer goes.
pub(crate) struct OpenPlace<'a> {
    pub(crate) input: OpenInput,
    pub(crate) target: AnswerTarget<'a>,
}

/// Destination of an answer.
pub(crate) enum AnswerTarget<'a> {
    /// A value in an input set, of what has an answer.
    Path { path: Vec<Step<'a>>, kind: ValueKind, is_input: bool },
    /// Documents of entities.
    Count(CountOf),
    /// A document of a template.
    Template(TemplateUse<'a>),
    /// Nothing: no document can hold it, or nothing is answered.
    Nothing,
}

/// Entities that are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CountOf {
    /// All infrastructures of an environment.
    Infrastructures { environment: String },
    /// The environments of a group, with one infrastructure each.
    Members { group: String },
    /// Infrastructures in each of them.
    InEach { group: String },
    /// Entities that filters choose.
    Chosen(Filters),
}

/// Filters in one place, as far as their answer is concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// The environment whose infrastructures they choose; `None` where they choose environments.
    pub(crate) environment: Option<String>,
    /// The group whose environments they choose.
    pub(crate) group: Option<String>,
    /// Tags that an environment needs to be chosen.
    pub(crate) environment_tags: Vec<(String, String)>,
    /// Tags that an infrastructure needs.
    pub(crate) infrastructure_tags: Vec<(String, String)>,
    /// The services, where the tags are theirs.
    pub(crate) services: Vec<String>,
    /// True where these choose environments.
    pub(crate) services_choose_environments: bool,
}

/// A template that no text holds, and what its users give it.
pub(crate) struct TemplateUse<'a> {
    /// Its identifier.
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    /// `templateInputs` of its users.
    pub(crate) inputs: Vec<View<'a>>,
}

/// Answer for a template that deploys.
pub(crate) const A_DEPLOYMENT: &str = "A deployment";
