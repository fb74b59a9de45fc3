//! The pipeline as the planner reads it, for those who show or change what is written.

use deployline_engine::Pipeline;
use deployline_yaml::Document;

use super::find::{Found, StageSource};
use super::view::View;
use super::{Context, read_documents};
use crate::Inputs;

/// A pipeline with what was read on the way to it.
#[derive(Clone, Default)]
pub struct Views<'a> {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// Its mapping; `None` for a part of one.
    pub root: Option<View<'a>>,
    /// The list of its stages; `None` where one stage stands alone.
    pub list: Option<View<'a>>,
    /// The keys from the `pipeline:` of an input set to what fills this list.
    pub fill_path: &'static [&'static str],
    /// One for each stage of the pipeline.
    pub stages: Vec<StageView<'a>>,
}

/// One stage as it is read.
#[derive(Clone)]
pub struct StageView<'a> {
    /// The contents of `stage:`, of a part only what is there, or what stands in a stage's place.
    pub stage: View<'a>,
    /// The same, or the template's body with its inputs filled in.
    pub body: View<'a>,
    /// The key and value of its services, taken from another stage where it says so.
    pub services: Option<(&'static str, View<'a>)>,
    /// The key and value of its environments, taken from another stage where it says so.
    pub targets: Option<(&'static str, View<'a>)>,
}

/// Reads the pipeline that `documents` hold, and keeps what is read.
pub fn views<'a>(documents: &'a [Document], inputs: &'a Inputs) -> Views<'a> {
    let (pipeline, views, _) = read_documents(documents, inputs, true);
    Views { pipeline, ..views }
}

impl<'a> Views<'a> {
    /// Those of a pipeline whose stages are still to be read.
    pub(super) fn of(found: &Found<'a>) -> Self {
        let list = match &found.stages {
            StageSource::List(list) => Some(list.clone()),
            StageSource::Stage(_) | StageSource::Spec(_) | StageSource::None => None,
        };
        Self { root: found.pipeline.clone(), list, fill_path: found.fill_path, ..Self::default() }
    }
}

/// Keeps a stage that is about to be read.
pub(super) fn keep<'a>(stage: &View<'a>, cx: &mut Context<'a>) {
    if let Some(views) = &mut cx.views {
        let body = stage.clone();
        views.stages.push(StageView { stage: stage.clone(), body, services: None, targets: None });
    }
}

/// Changes what is kept of the stage that is being read.
pub(super) fn add<'a>(cx: &mut Context<'a>, change: impl FnOnce(&mut StageView<'a>)) {
    if let Some(stage) = cx.views.as_mut().and_then(|views| views.stages.last_mut()) {
        change(stage);
    }
}
