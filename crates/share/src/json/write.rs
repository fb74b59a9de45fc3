//! From a state to the structs of the JSON.

use deployline_engine::{Assumptions, AxisName, DurationKey};
use deployline_planner::Inputs;
use deployline_timeline::{ColorBy, GroupId};

use super::{Color, Duration, Failure, Group, Link, Plan, Rows, Selected, Text, View, Window};
use crate::{LinkState, PlanSource};

impl From<&LinkState> for Link {
    fn from(LinkState { plan, pinned, view }: &LinkState) -> Self {
        Self { plan: plan.into(), pinned: pinned.as_ref().map(Plan::from), view: view.into() }
    }
}

impl From<&PlanSource> for Plan {
    fn from(PlanSource { texts, inputs, answers, assumptions }: &PlanSource) -> Self {
        let Assumptions { duration, durations, uneven, account_limit, failures } = assumptions;
        let text = |text: &crate::Text| Text { name: text.name.clone(), text: text.text.clone() };
        let failure =
            |(stage, index): &(String, u32)| Failure { stage: stage.clone(), index: *index };
        let mut plan = Self {
            texts: texts.iter().map(text).collect(),
            answers: answers.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            duration: (*duration != Assumptions::default().duration).then_some(duration.0),
            durations: durations.iter().map(|(key, ms)| Duration::new(key.clone(), ms.0)).collect(),
            uneven: *uneven,
            account_limit: account_limit.and_then(|limit| limit.try_into().ok()),
            failures: failures.iter().map(failure).collect(),
            ..Self::default()
        };
        let Inputs { parallel } = inputs;
        for ((stage, axis), is_parallel) in parallel {
            let axes = plan.parallel.entry(stage.clone()).or_default();
            let choice = match axis {
                AxisName::Services => &mut axes.services,
                AxisName::Targets => &mut axes.targets,
            };
            *choice = Some(*is_parallel);
        }
        plan
    }
}

impl Duration {
    fn new(key: DurationKey, ms: u64) -> Self {
        let mut duration = Self { ms, ..Self::default() };
        match key {
            DurationKey::Stage(stage) => duration.stage = Some(stage),
            DurationKey::Deployment(stage, index) => {
                (duration.stage, duration.index) = (Some(stage), Some(index));
            }
            DurationKey::Service(service) => duration.service = Some(service),
            DurationKey::Infrastructure(infrastructure) => {
                duration.infrastructure = Some(infrastructure);
            }
            DurationKey::Target(environment, infrastructure) => {
                (duration.environment, duration.infrastructure) =
                    (Some(environment), Some(infrastructure));
            }
            DurationKey::ServiceInfrastructure(service, infrastructure) => {
                (duration.service, duration.infrastructure) = (Some(service), Some(infrastructure));
            }
            DurationKey::ServiceTarget(service, environment, infrastructure) => {
                duration.service = Some(service);
                (duration.environment, duration.infrastructure) =
                    (Some(environment), Some(infrastructure));
            }
        }
        duration
    }
}

impl From<&crate::View> for View {
    fn from(view: &crate::View) -> Self {
        let crate::View { arrangement, window, shows_critical_path, is_waves, selection } = view;
        Self {
            rows: arrangement.rows.into(),
            color: arrangement.color_by.into(),
            filter: arrangement.filter.clone(),
            folded: arrangement.collapsed.iter().cloned().map(Group::from).collect(),
            window: window.map(|window| Window { from: window.from.0, to: window.to.0 }),
            critical_path: *shows_critical_path,
            waves: *is_waves,
            selected: selection.map(|at| Selected { stage: at.stage, index: at.index }),
        }
    }
}

impl From<deployline_timeline::Rows> for Rows {
    fn from(rows: deployline_timeline::Rows) -> Self {
        match rows {
            deployline_timeline::Rows::Order => Self::Order,
            deployline_timeline::Rows::Lanes => Self::Lanes,
            deployline_timeline::Rows::Services => Self::Services,
            deployline_timeline::Rows::Targets => Self::Targets,
        }
    }
}

impl From<ColorBy> for Color {
    fn from(color_by: ColorBy) -> Self {
        match color_by {
            ColorBy::Service => Self::Service,
            ColorBy::Environment => Self::Environment,
            ColorBy::Status => Self::Status,
        }
    }
}

impl From<GroupId> for Group {
    fn from(group: GroupId) -> Self {
        let (stage, service, environment, infrastructure) = match group {
            GroupId::Stage(stage) => (stage, None, None, None),
            GroupId::Service { stage, service } => (stage, Some(service), None, None),
            GroupId::Environment { stage, environment } => (stage, None, Some(environment), None),
            GroupId::Infrastructure { stage, environment, infrastructure } => {
                (stage, None, Some(environment), Some(infrastructure))
            }
        };
        Self { stage, service, environment, infrastructure }
    }
}
