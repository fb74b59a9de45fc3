//! `service` and `environment` of the whole pipeline: those of the stages without their own.

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

impl<'a> Defaults<'a> {
    pub(super) fn read(pipeline: &View<'a>, reader: &mut Reader<'_, 'a>) -> Self {
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
