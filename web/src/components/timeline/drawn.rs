//! The picture as it is drawn: the way from an event back to the run.

use std::rc::Rc;

use deployline_engine::DeploymentId;
use deployline_timeline::{GroupId, LayoutOptions, Picture, Scene, TimeWindow, Viewport};
use yew::prelude::*;

use super::TimelineProps;
use super::compared::Compared;
use super::size::VisibleRows;
use crate::derived::{Derived, Shared};

/// A picture that is drawn, with all that it was made from.
#[derive(Clone)]
pub(super) struct DrawnPicture {
    pub(super) derived: Shared<Derived>,
    pub(super) picture: Rc<Picture>,
    pub(super) scene: Rc<Scene>,
    pub(super) viewport: Viewport,
    pub(super) options: LayoutOptions,
}

impl DrawnPicture {
    /// Returns true for a deployment with a bar of its own in sight. Of many in one bar, or somewhere
    /// else, there
    /// is no element to point to.
    pub(super) fn has_bar(&self, at: DeploymentId) -> bool {
        self.scene.bars.iter().any(|bar| bar.at() == at)
    }

    /// Group that is folded with a stage.
    pub(super) fn stage_group(&self, stage: usize) -> Option<GroupId> {
        let stages = &self.derived.analysis.plan.pipeline.stages;
        Some(GroupId::Stage(stages.get(stage)?.identifier.clone()))
    }
}

/// Lays the visible part out; `None` before its size is known.
#[hook]
pub(super) fn use_drawn(
    props: &TimelineProps,
    picture: &Rc<Picture>,
    visible: Option<VisibleRows>,
    window: Option<TimeWindow>,
    is_printed: bool,
) -> Option<DrawnPicture> {
    let derived = &props.derived;
    let deps = (derived.clone(), props.comparison.clone(), props.otherwise.clone());
    let compared = use_memo(deps, |(derived, comparison, otherwise)| {
        Compared::new(derived, comparison.as_ref(), otherwise.as_ref())
    });
    let viewport = visible.map(|visible| visible.viewport(window, is_printed));
    let deps = (viewport, Shared(picture.clone()), Shared(compared), derived.clone());
    let scene = use_memo(deps, |(viewport, picture, compared, derived)| {
        Some(Rc::new(lay_out((*viewport)?, picture, compared, derived)))
    });
    let (viewport, scene) = viewport.zip((*scene).clone())?;
    Some(DrawnPicture {
        derived: derived.clone(),
        picture: picture.clone(),
        scene,
        viewport,
        options: options(viewport.width),
    })
}

fn options(width: f64) -> LayoutOptions {
    LayoutOptions { has_controls: true, ..LayoutOptions::for_width(width) }
}

fn lay_out(viewport: Viewport, picture: &Picture, compared: &Compared, derived: &Derived) -> Scene {
    let options = options(viewport.width);
    let ghost = |stage: usize, index: usize| compared.span(derived, stage, index);
    picture.layout_with_ghosts(derived.planned(), &viewport, &options, &ghost)
}
