//! The place where the targets of a stage are written.

use deployline_span::Span;

use crate::resolve::context::Reader;
use crate::resolve::propagation;
use crate::resolve::view::View;

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
    Missing(Span),
}

/// Keys that may hold environments; the first that is there counts.
pub(in crate::resolve) const KEYS: [&str; 4] =
    ["environments", "environmentGroup", "environment", "infrastructure"];

impl<'a> TargetSource<'a> {
    /// Finds the targets of a `spec`, following `useFromStage`.
    pub(in crate::resolve) fn find(
        spec: &View<'a>,
        entry: u32,
        reader: &mut Reader<'_, 'a>,
    ) -> Self {
        let found = KEYS.iter().find_map(|key| Some((*key, spec.value(key)?)));
        let Some((key, own)) = found else { return Self::Missing(spec.first_key_span()) };
        let (key, view) = if own.value("useFromStage").is_some() {
            let keys: &[&'static str] = match key {
                "infrastructure" => &["infrastructure", "environment"],
                _ => &["environment", "environments", "environmentGroup", "infrastructure"],
            };
            match propagation::take(&own, keys, entry, reader) {
                Some(taken) => taken,
                None => return Self::NotTaken(own.span()),
            }
        } else {
            (key, own.clone())
        };
        match key {
            "environments" => Self::Environments { view, own },
            "environmentGroup" => Self::Group { view, own },
            "environment" => Self::Single(view),
            _ => Self::Older(view),
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
            Self::NotTaken(_) | Self::Missing(_) => None,
        }
    }
}
