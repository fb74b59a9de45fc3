//! A pipeline with the views that it was read from, for those who show or change what is written.

use deployline_engine::Pipeline;

use super::view::View;

/// A pipeline with the views that it was read from.
#[derive(Clone, Default)]
pub struct Views<'a> {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// Its mapping; `None` for a part of one.
    pub root: Option<View<'a>>,
    /// The list of its stages; `None` where one stage stands alone.
    pub list: Option<View<'a>>,
    /// The keys from the `pipeline:` of an input set to what fills this list.
    pub fill_path: Vec<&'static str>,
    /// One for each stage of the pipeline.
    pub stages: Vec<StageView<'a>>,
}

/// The views that one stage is read from.
#[derive(Clone)]
pub struct StageView<'a> {
    /// The contents of `stage:` or of a lone `spec:`, or the entry that is no stage.
    pub stage: View<'a>,
    /// The same, or the template's body with its inputs filled in.
    pub body: View<'a>,
    /// The key and value of its services, after `useFromStage`.
    pub services: Option<(&'static str, View<'a>)>,
    /// The key and value of its environments, after `useFromStage`.
    pub targets: Option<(&'static str, View<'a>)>,
}
