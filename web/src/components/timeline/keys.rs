//! Keys of the picture.

use std::cell::RefCell;
use std::rc::Rc;

use deployline_engine::{Deploy, DeploymentId, DurationKey, Failure, Ms, Status, Work, words};
use deployline_timeline::{Direction, GroupId, Rows};
use yew::prelude::*;

use super::{DrawnPicture, TimelineProps, toggled};
use crate::state::{Action, Assumption, View};
use crate::zoom;

/// Keys and what they do, for a list below the picture.
pub(crate) const KEYS: [(&str, &str); 10] = [
    ("Arrows", "to the next bar"),
    ("Home, End", "to the first, the last bar"),
    ("Enter", "to its lines in the YAML"),
    ("Shift Enter", "to its stage in the YAML"),
    ("[ and ]", "makes it shorter, longer"),
    ("F", "assumes that it fails, or no longer"),
    ("C, Shift C", "folds its group, its stage"),
    ("+, −, 0", "zooms in, out, to all of the run"),
    ("Shift and arrows", "moves through the time"),
    ("Escape", "picks none"),
];

/// Handles the keys while the picture has the focus.
pub(super) fn handler(
    latest: &Rc<RefCell<Option<DrawnPicture>>>,
    props: &TimelineProps,
) -> Callback<KeyboardEvent> {
    let latest = latest.clone();
    let (view, selection) = (props.view.clone(), props.selection);
    let (act, on_reveal) = (props.act.clone(), props.on_reveal.clone());
    let on_stage = props.on_stage.clone();
    Callback::from(move |event: KeyboardEvent| {
        let Some(drawn) = latest.borrow().clone() else { return };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(command) = command_of(&event.key(), event.shift_key()) else { return };
        event.prevent_default();
        match (command, selection) {
            (Command::Go(direction), _) => go(&drawn, selection, direction, &act),
            (Command::Zoom(step), _) => {
                let end = drawn.derived.analysis.schedule.end;
                let window = zoom::stepped(view.window, end, step);
                act.emit(Action::Look(View { window, ..view.clone() }));
            }
            (Command::Deselect, _) => act.emit(Action::Select(None)),
            (Command::Reveal, Some(at)) => on_reveal.emit(at),
            (Command::RevealStage, Some(at)) => on_stage.emit(at.stage as usize),
            (Command::Fail, Some(at)) => fail(&drawn, at, &act),
            (Command::Resize(factor), Some(at)) => resize(&drawn, at, factor, &act),
            (Command::Fold { stage }, Some(at)) => {
                if let Some(group) = group_of(&drawn, at, view.arrangement.rows, stage, &view) {
                    act.emit(Action::Look(toggled(&view, group)));
                }
            }
            (
                Command::Reveal
                | Command::RevealStage
                | Command::Fail
                | Command::Resize(_)
                | Command::Fold { .. },
                None,
            ) => {}
        }
    })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Command {
    Go(Direction),
    Zoom(zoom::Step),
    Reveal,
    RevealStage,
    Fail,
    Resize(f64),
    Fold { stage: bool },
    Deselect,
}

fn command_of(key: &str, is_shift: bool) -> Option<Command> {
    Some(match key {
        "ArrowLeft" if is_shift => Command::Zoom(zoom::Step::Earlier),
        "ArrowRight" if is_shift => Command::Zoom(zoom::Step::Later),
        "ArrowUp" => Command::Go(Direction::Up),
        "ArrowDown" => Command::Go(Direction::Down),
        "ArrowLeft" => Command::Go(Direction::Left),
        "ArrowRight" => Command::Go(Direction::Right),
        "Home" => Command::Go(Direction::First),
        "End" => Command::Go(Direction::Last),
        "+" | "=" => Command::Zoom(zoom::Step::In),
        "-" => Command::Zoom(zoom::Step::Out),
        "0" => Command::Zoom(zoom::Step::Fit),
        "Enter" if is_shift => Command::RevealStage,
        "Enter" => Command::Reveal,
        "f" | "F" => Command::Fail,
        "[" => Command::Resize(0.8),
        "]" => Command::Resize(1.25),
        "c" | "C" => Command::Fold { stage: is_shift },
        "Escape" => Command::Deselect,
        _ => return None,
    })
}

fn go(
    drawn: &DrawnPicture,
    selection: Option<DeploymentId>,
    direction: Direction,
    act: &Callback<Action>,
) {
    let active = selection.map(|at| (at.stage as usize, at.index as usize));
    let next = drawn.picture.next_bar(drawn.derived.planned(), active, direction);
    if let Some((stage, index)) = next {
        act.emit(Action::Select(Some(DeploymentId { stage: stage as u32, index: index as u32 })));
    }
}

fn fail(drawn: &DrawnPicture, at: DeploymentId, act: &Callback<Action>) {
    let Some(stage) = stage_id(drawn, at) else { return };
    let fails = drawn.derived.assumptions.failures.contains_key(&(stage.clone(), at.index));
    let failure = (!fails).then(Failure::default);
    act.emit(Action::Assume(Assumption::Failure(stage, at.index, failure)));
}

fn resize(drawn: &DrawnPicture, at: DeploymentId, factor: f64, act: &Callback<Action>) {
    let run = drawn.derived.analysis.schedule.run(at);
    // One that runs another pipeline lasts as long as that.
    let runs_pipeline = drawn.derived.analysis.plan.child_at(at).is_some();
    if runs_pipeline || run.is_none_or(|run| run.status == Status::Skipped) {
        return;
    }
    let Some(stage) = stage_id(drawn, at) else { return };
    let work = drawn.derived.analysis.schedule.work(at);
    let seconds = (work.0 as f64 / 1000.0 * factor).round().max(1.0);
    let key = DurationKey::Deployment(stage, at.index);
    let duration = Ms(seconds as u64 * 1000);
    act.emit(Action::Assume(Assumption::Duration(key, Some(duration))));
}

/// The identifier of a deployment's stage.
pub(super) fn stage_id(drawn: &DrawnPicture, at: DeploymentId) -> Option<String> {
    let pipeline = &drawn.derived.analysis.plan.pipeline;
    Some(pipeline.stages.get(at.stage as usize)?.identifier.clone())
}

/// The innermost group of a deployment that is there to be folded, or the folded one it is in.
fn group_of(
    drawn: &DrawnPicture,
    at: DeploymentId,
    rows: Rows,
    is_stage: bool,
    view: &View,
) -> Option<GroupId> {
    let stage_id = stage_id(drawn, at)?;
    let of_stage = GroupId::Stage(stage_id.clone());
    let plan = &drawn.derived.analysis.plan;
    if let Some(child) = plan.child_of(at.stage as usize) {
        let around = &plan.pipeline.stages[child.of.stage as usize].identifier;
        let around = GroupId::Stage(around.clone());
        if view.arrangement.collapsed.contains(&around) {
            return Some(around);
        }
    }
    if is_stage {
        return Some(of_stage);
    }
    let stage = &plan.pipeline.stages[at.stage as usize];
    let deployment = plan.stages[at.stage as usize].deployments.get(at.index as usize)?;
    let (Work::Deploy(deploy), Some(service), Some(target)) =
        (&stage.work, deployment.service, deployment.target)
    else {
        return Some(of_stage);
    };
    let groups = match rows {
        Rows::Order | Rows::Lanes => vec![of_stage],
        Rows::Services => {
            let service = words::service_label(deploy, service).to_owned();
            vec![of_stage, GroupId::Service { stage: stage_id, service }]
        }
        Rows::Targets => {
            let mut groups = vec![of_stage];
            groups.extend(places(deploy, target, &stage_id).into_iter().flatten());
            groups
        }
    };
    let folded = groups.iter().find(|group| view.arrangement.collapsed.contains(group)).cloned();
    folded.or_else(|| groups.last().cloned())
}

fn places(deploy: &Deploy, target: u32, stage: &str) -> Option<[GroupId; 2]> {
    let target = deploy.targets.items.get(target as usize)?;
    let environment = target.environment.as_ref().map(|it| it.text.clone()).unwrap_or_default();
    Some([
        GroupId::Environment { stage: stage.to_owned(), environment: environment.clone() },
        GroupId::Infrastructure {
            stage: stage.to_owned(),
            environment,
            infrastructure: target.short_name().to_owned(),
        },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_commands_with_and_without_shift() {
        assert_eq!(command_of("ArrowLeft", false), Some(Command::Go(Direction::Left)));
        assert_eq!(command_of("ArrowLeft", true), Some(Command::Zoom(zoom::Step::Earlier)));
        assert_eq!(command_of("Enter", true), Some(Command::RevealStage));
        assert_eq!(command_of("C", true), Some(Command::Fold { stage: true }));
        assert_eq!(command_of("Tab", false), None, "the way out stays open");
        assert_eq!(command_of("PageDown", false), None, "the browser scrolls");
    }
}
