//! The place where the targets of a stage are written.

use deployline_span::Span;

use crate::resolve::context::Reader;
use crate::resolve::propagation::{self, Taker, Takes, Value};
use crate::resolve::refused;
use crate::resolve::view::View;
use crate::rules;

/// The targets as they are written; of a list, also what this stage has in the place of one that it
/// takes from another stage.
pub(in crate::resolve) enum TargetSource<'a> {
    Environments {
        view: View<'a>,
        own: View<'a>,
    },
    Group {
        view: View<'a>,
        own: View<'a>,
    },
    Single(View<'a>),
    Older(View<'a>),
    /// Nothing could be taken from the named stage.
    NotTaken(Span),
    /// There are keys of the older model, which don't count beside those of the newer one.
    Refused(Span),
    Missing(Span),
}

const NEWER: Takes =
    Takes { keys: &["environment", "infrastructure"], references: &["environmentRef"] };
const OLDER: Takes = Takes {
    keys: &["infrastructure", "environment"],
    references: &["environmentRef", "environment"],
};

/// Keys that may hold environments; the first that is there counts.
const KEYS: [&str; 4] = ["environments", "environmentGroup", "environment", "infrastructure"];

impl<'a> TargetSource<'a> {
    /// Finds the targets of a `spec`, following `useFromStage`.
    pub(in crate::resolve) fn find(
        spec: &View<'a>,
        taker: Taker<'a>,
        reader: &mut Reader<'_, 'a>,
    ) -> Self {
        let found = KEYS.iter().find_map(|key| Some((*key, spec.value(key)?)));
        let Some((key, own)) = found else { return Self::Missing(spec.first_key_span()) };
        if key == "infrastructure" && refused::is_newer(spec) {
            return Self::Refused(spec.key_span(key));
        }
        if matches!(key, "environments" | "environmentGroup") && own.use_from_stage().is_some() {
            return Self::several(key, own, reader);
        }
        let takes = if key == "infrastructure" { &OLDER } else { &NEWER };
        let (key, view) = match propagation::follow(&own, takes, taker, reader) {
            Value::Own => (key, own.clone()),
            Value::Taken(key, view) => {
                report_own_infrastructures(&own, reader);
                (key, view)
            }
            Value::NotTaken => return Self::NotTaken(own.span()),
        };
        match key {
            "environments" => Self::Environments { view, own },
            "environmentGroup" => Self::Group { view, own },
            "environment" => Self::Single(view),
            _ => Self::Older(view),
        }
    }

    /// Environments that are to be taken as a list, which the product doesn't know.
    fn several(key: &'static str, own: View<'a>, reader: &mut Reader<'_, 'a>) -> Self {
        reader.report(
            &rules::PROPAGATION_SEVERAL_ENVIRONMENTS,
            own.key_span("useFromStage"),
            "The product lets one `environment` alone be taken. Write the environments here.",
        );
        let has_list = own.value("values").or_else(|| own.value("environments")).is_some();
        match key {
            _ if !has_list => Self::NotTaken(own.span()),
            "environments" => Self::Environments { view: own.clone(), own },
            _ => Self::Group { view: own.clone(), own },
        }
    }

    pub(in crate::resolve) fn is_list(&self) -> bool {
        matches!(self, Self::Environments { .. } | Self::Group { .. })
    }

    /// The key and value that are read.
    pub(in crate::resolve) fn view(&self) -> Option<(&'static str, View<'a>)> {
        match self {
            Self::Environments { view, .. } => Some(("environments", view.clone())),
            Self::Group { view, .. } => Some(("environmentGroup", view.clone())),
            Self::Single(view) => Some(("environment", view.clone())),
            Self::Older(view) => Some(("infrastructure", view.clone())),
            Self::NotTaken(_) | Self::Refused(_) | Self::Missing(_) => None,
        }
    }
}

/// Reports infrastructures beside `useFromStage`, which count in the place of those that are taken.
fn report_own_infrastructures(own: &View<'_>, reader: &mut Reader<'_, '_>) {
    let Some(beside) = own.taker() else { return };
    let infrastructures = ["infrastructureDefinitions", "infrastructureDefinition"];
    if let Some(key) = infrastructures.into_iter().find(|key| beside.value(key).is_some()) {
        reader.report(
            &rules::PROPAGATION_OWN_INFRASTRUCTURES,
            beside.key_span(key),
            "The environment is taken, and these infrastructures count in the place of its own. In the \
             product this needs a setting of the account.",
        );
    }
}
