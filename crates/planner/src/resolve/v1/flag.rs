//! The flag that lets the items of a list run side by side.
//!
//! ```text
//! parallel        it
//! sequential      its opposite, an older spelling
//! neither         the published schema says one after the other, the documentation side by side
//! ```

use deployline_engine::{Axis, FlagPlace, Parallel, ParallelSource};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use crate::resolve::context::Reader;
use crate::resolve::view::View;
use crate::resolve::{no_effect, parallel, unpublished};
use crate::rules;

/// Reads the flag of a list.
pub(super) struct FlagReader {
    /// The viewer's choice for an expression.
    pub(super) choice: Option<bool>,
    /// The key of the axis.
    pub(super) place: Span,
    /// Number of items, as far as they are listed.
    pub(super) count: usize,
}

impl FlagReader {
    /// Reads the flag in the first of these mappings that has one.
    pub(super) fn read(&self, holders: &[&View<'_>], reader: &mut Reader<'_, '_>) -> Parallel {
        for holder in holders {
            report_limit(holder, reader);
        }
        let written = holders.iter().find_map(|holder| self.written(holder, reader));
        written.unwrap_or_else(|| self.missing(reader))
    }

    fn written(&self, holder: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Parallel> {
        let flags = (holder.value("parallel"), holder.value("sequential"));
        match flags {
            (Some(flag), other) => {
                if other.is_some() {
                    no_effect::report(holder, "sequential", "parallel", reader);
                }
                Some(parallel::written(&flag, self.choice, reader))
            }
            (None, Some(flag)) => {
                let read_as = "It is an older spelling, read as the opposite of `parallel`.";
                unpublished::report(holder.key_span("sequential"), "`sequential`", read_as, reader);
                let read = parallel::written(&flag, self.choice, reader);
                Some(match read.source {
                    ParallelSource::Expression(_) => read,
                    _ => Parallel { value: !read.value, ..read },
                })
            }
            (None, None) => None,
        }
    }

    fn missing(&self, reader: &mut Reader<'_, '_>) -> Parallel {
        let value = reader.cx.inputs.is_v1_default_parallel;
        if self.count > 1 {
            let drawn = if value { "side by side, as chosen" } else { "one after the other" };
            let message = format!(
                "Neither `parallel` nor `sequential` is written here. By the published schema the items run one after \
                 the other, by the documentation side by side. They are drawn {drawn}. Write `parallel: true` or \
                 `parallel: false`."
            );
            reader.report(&rules::V1_DEFAULT, self.place, message);
        }
        Parallel { value, source: ParallelSource::Default }
    }
}

fn report_limit(holder: &View<'_>, reader: &mut Reader<'_, '_>) {
    if holder.value("max-parallel").is_some() {
        let message = "`max-parallel` has no effect beside services or environments: it belongs below `strategy`. \
                       Remove it.";
        reader.report(&rules::NO_EFFECT, holder.key_span("max-parallel"), message);
    }
}

/// Place of the flag beside the list, if the list is a mapping of its own.
pub(super) fn flag_place(holder: &View<'_>) -> Option<FlagPlace> {
    let can_edit = holder.is_own() && holder.kind() == NodeKind::Mapping;
    can_edit.then(|| FlagPlace::beside_items(holder.span()))
}

/// An axis that is no list, and has no flag.
pub(super) fn one<T>(item: T) -> Axis<T> {
    Axis { items: vec![item], parallel: None, flag: None }
}
