//! Defaults of a pipeline that only the documentation shows: `service` and `environment` are those of the stages without
//! their own, and the rest is not used.

use crate::resolve::context::Reader;
use crate::resolve::unpublished;
use crate::resolve::view::View;

/// What a pipeline gives its stages.
#[derive(Default)]
pub(super) struct Defaults<'a> {
    /// The pipeline, where it has `service`.
    pub(super) of_services: Option<View<'a>>,
    /// The pipeline, where it has `environment`.
    pub(super) of_targets: Option<View<'a>>,
}

/// Keys that are not used, each with what is drawn.
const UNUSED: [(&str, &str); 4] = [
    ("concurrency", "It is not used: one run is drawn."),
    ("permissions", "It is not used, and has no part in the order."),
    ("status", "It is not used, and has no part in the order."),
    ("jobs", "It is the form of another product, and not read. Write `stages`."),
];

impl<'a> Defaults<'a> {
    pub(super) fn read(pipeline: &View<'a>, reader: &mut Reader<'_, 'a>) -> Self {
        for (key, read_as) in UNUSED.into_iter().filter(|(key, _)| pipeline.value(key).is_some()) {
            unpublished::report(pipeline.key_span(key), &format!("`{key}`"), read_as, reader);
        }
        let mut of = |key: &str| {
            let holder = pipeline.value(key).map(|_| pipeline.clone())?;
            unpublished::report(
                pipeline.key_span(key),
                &format!("`{key}` of a whole pipeline"),
                "It is read as that of each stage without its own.",
                reader,
            );
            Some(holder)
        };
        Self { of_services: of("service"), of_targets: of("environment") }
    }
}
