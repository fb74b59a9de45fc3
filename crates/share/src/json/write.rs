//! From a state to the structs of the JSON.

use deployline_engine::{Assumptions, AxisName, DurationKey};
use deployline_planner::Inputs;
use deployline_timeline::{ColorBy, GroupId, Rows};

use super::{Duration, Link, Plan, StagePart, Text, View};
use crate::{LinkState, PlanSource};

impl From<&LinkState> for Link {
    fn from(LinkState { plan, pinned, view }: &LinkState) -> Self {
        Self { plan: plan.into(), pinned: pinned.as_ref().map(Plan::from), view: view.into() }
    }
}

impl From<&PlanSource> for Plan {
    fn from(PlanSource { texts, inputs, answers, assumptions }: &PlanSource) -> Self {
        let Inputs { parallel } = inputs;
        let Assumptions { duration, durations, uneven, account_limit, failures } = assumptions;
        let text = |name: &String, text: &String| Text { name: name.clone(), text: text.clone() };
        let choice = |((stage, axis), is_parallel): (&(String, AxisName), &bool)| {
            let (services, targets) = match axis {
                AxisName::Services => (Some(*is_parallel), None),
                AxisName::Targets => (None, Some(*is_parallel)),
            };
            StagePart { stage: stage.clone(), services, targets, ..StagePart::default() }
        };
        let failure = |(stage, index): &(String, u32)| StagePart {
            stage: stage.clone(),
            index: Some((*index).into()),
            ..StagePart::default()
        };
        Self {
            texts: texts.iter().map(|it| text(&it.name, &it.text)).collect(),
            parallel: parallel.iter().map(choice).collect(),
            answers: answers.iter().map(|(key, value)| text(key, value)).collect(),
            duration: (*duration != Assumptions::default().duration).then_some(duration.0),
            durations: durations.iter().map(|(key, ms)| Duration::new(key.clone(), ms.0)).collect(),
            uneven: *uneven,
            account_limit: account_limit.map(u64::from),
            failures: failures.iter().map(failure).collect(),
        }
    }
}

impl Duration {
    fn new(key: DurationKey, ms: u64) -> Self {
        let mut duration = Self { ms, ..Self::default() };
        match key {
            DurationKey::Stage(stage) => duration.stage = Some(stage),
            DurationKey::Deployment(stage, index) => {
                duration.stage = Some(stage);
                duration.index = Some(index.into());
            }
            DurationKey::Service(service) => duration.service = Some(service),
            DurationKey::Infrastructure(infrastructure) => {
                duration.infrastructure = Some(infrastructure);
            }
            DurationKey::Target(environment, infrastructure) => {
                duration.environment = Some(environment);
                duration.infrastructure = Some(infrastructure);
            }
            DurationKey::ServiceInfrastructure(service, infrastructure) => {
                duration.service = Some(service);
                duration.infrastructure = Some(infrastructure);
            }
            DurationKey::ServiceTarget(service, environment, infrastructure) => {
                duration.service = Some(service);
                duration.environment = Some(environment);
                duration.infrastructure = Some(infrastructure);
            }
        }
        duration
    }
}

impl From<&crate::View> for View {
    fn from(view: &crate::View) -> Self {
        let crate::View { arrangement, window, shows_critical_path, is_waves, selection } = view;
        let rows = match arrangement.rows {
            Rows::Order => "",
            Rows::Lanes => "lanes",
            Rows::Services => "services",
            Rows::Targets => "targets",
        };
        let color = match arrangement.color_by {
            ColorBy::Service => "",
            ColorBy::Environment => "environment",
            ColorBy::Status => "status",
        };
        Self {
            rows: rows.to_owned(),
            color: color.to_owned(),
            filter: arrangement.filter.clone(),
            folded: arrangement.collapsed.iter().cloned().map(StagePart::from).collect(),
            from: window.map(|window| window.from.0),
            to: window.map(|window| window.to.0),
            critical_path: shows_critical_path.then_some(true),
            waves: is_waves.then_some(true),
            selected_stage: selection.map(|at| at.stage.into()),
            selected_index: selection.map(|at| at.index.into()),
        }
    }
}

impl From<GroupId> for StagePart {
    fn from(group: GroupId) -> Self {
        let (stage, service, environment, infrastructure) = match group {
            GroupId::Stage(stage) => (stage, None, None, None),
            GroupId::Service { stage, service } => (stage, Some(service), None, None),
            GroupId::Environment { stage, environment } => (stage, None, Some(environment), None),
            GroupId::Infrastructure { stage, environment, infrastructure } => {
                (stage, None, Some(environment), Some(infrastructure))
            }
        };
        Self { stage, service, environment, infrastructure, ..Self::default() }
    }
}
