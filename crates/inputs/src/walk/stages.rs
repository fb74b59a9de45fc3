//! The path to each stage, in the order in which the planner reads them.

use deployline_engine::{STAGE_BUDGET, Schema};
use deployline_planner::{View, Views};
use deployline_yaml::NodeKind;

use crate::path::Step;

/// Contents of the place where a stage is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    /// The contents of a stage.
    Stage,
    /// Only the `spec:` of one.
    Spec,
    /// Something instead of a list of stages.
    NoList,
}

/// The path to each stage from the `pipeline:` of an input set.
pub(crate) fn paths<'a>(views: &Views<'a>) -> Vec<(Vec<Step<'a>>, Contents)> {
    let path: Vec<Step<'a>> = views.fill_path.iter().map(|key| Step::Key(key)).collect();
    let Some(list) = &views.list else {
        let is_spec = |stage: &View<'a>| stage.get("spec").is_none() && stage.get("type").is_none();
        let place = |is_spec| if is_spec { Contents::Spec } else { Contents::Stage };
        let alone = |stage: &View<'a>| {
            let steps = [Step::Only(stage.clone()), Step::Key("stage")];
            (path.iter().cloned().chain(steps).collect(), place(is_spec(stage)))
        };
        return views.stages.iter().map(|it| alone(&it.stage)).collect();
    };
    if list.kind() != NodeKind::Sequence {
        return vec![(path, Contents::NoList)];
    }
    let (mut path, mut places) = (path, Vec::new());
    match views.pipeline.schema {
        Schema::V0 => nested(list, &mut path, &mut places),
        Schema::V1 => flat(list, &mut path, &mut places),
    }
    places.into_iter().map(|path| (path, Contents::Stage)).collect()
}

/// `- stage:`, or `- parallel:` with a list of these, which may stand below `stages:` as in the newer schema.
fn nested<'a>(list: &View<'a>, path: &mut Vec<Step<'a>>, places: &mut Vec<Vec<Step<'a>>>) {
    for (index, item) in list.items().into_iter().enumerate() {
        if places.len() >= STAGE_BUDGET {
            return;
        }
        let depth = path.len();
        path.push(Step::Item { index, list: list.clone() });
        match item.value("parallel") {
            Some(group) => {
                path.push(Step::Key("parallel"));
                let list = group.value("stages");
                path.extend(list.as_ref().map(|_| Step::Key("stages")));
                let list = list.unwrap_or(group);
                for (index, member) in list.items().iter().enumerate() {
                    if places.len() >= STAGE_BUDGET {
                        return;
                    }
                    path.push(Step::Item { index, list: list.clone() });
                    places.push(to_stage(member, path));
                    path.pop();
                }
            }
            None => places.push(to_stage(&item, path)),
        }
        path.truncate(depth);
    }
}

fn to_stage<'a>(item: &View<'a>, path: &[Step<'a>]) -> Vec<Step<'a>> {
    let mut path = path.to_vec();
    path.extend(item.value("stage").map(|_| Step::Key("stage")));
    path
}

/// `- id:`, or a group of these.
fn flat<'a>(list: &View<'a>, path: &mut Vec<Step<'a>>, places: &mut Vec<Vec<Step<'a>>>) {
    for (index, item) in list.items().into_iter().enumerate() {
        if places.len() >= STAGE_BUDGET {
            return;
        }
        let depth = path.len();
        path.push(Step::Item { index, list: list.clone() });
        let group = ["parallel", "group"]
            .into_iter()
            .find_map(|key| Some((key, item.at(&[key, "stages"])?)));
        match group {
            Some((key, stages)) => {
                path.extend([Step::Key(key), Step::Key("stages")]);
                flat(&stages, path, places);
            }
            None => places.push(path.clone()),
        }
        path.truncate(depth);
    }
}
