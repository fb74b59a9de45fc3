//! From the structs of the JSON to a state; `None` for what is no part of a plan.

use deployline_engine::{Assumptions, At, AxisName, DurationKey, Ms};
use deployline_planner::Inputs;
use deployline_timeline::{Arrangement, ColorBy, GroupId, TimeWindow};

use super::{Axes, Color, Duration, Failure, Group, Link, Plan, Rows, Text, View};
use crate::{LinkState, PlanSource};

impl Link {
    pub(crate) fn into_state(self) -> Option<LinkState> {
        let pinned = match self.pinned {
            Some(plan) => Some(plan.into_source()?),
            None => None,
        };
        Some(LinkState { plan: self.plan.into_source()?, pinned, view: self.view.into_view()? })
    }
}

impl Plan {
    fn into_source(self) -> Option<PlanSource> {
        let text = |Text { name, text }| crate::Text { name, text };
        let mut inputs = Inputs::default();
        for (stage, Axes { services, targets }) in self.parallel {
            for (axis, choice) in [(AxisName::Services, services), (AxisName::Targets, targets)] {
                if let Some(is_parallel) = choice {
                    inputs.parallel.insert((stage.clone(), axis), is_parallel);
                }
            }
        }
        let durations = self.durations.into_iter().map(Duration::into_entry);
        let failure = |Failure { stage, index }| (stage, index);
        Some(PlanSource {
            texts: self.texts.into_iter().map(text).collect(),
            inputs,
            answers: self.answers.into_iter().collect(),
            assumptions: Assumptions {
                duration: self.duration.map_or(Assumptions::default().duration, Ms),
                durations: durations.collect::<Option<_>>()?,
                uneven: self.uneven,
                account_limit: self.account_limit.map(u32::from),
                failures: self.failures.into_iter().map(failure).collect(),
            },
        })
    }
}

impl Duration {
    fn into_entry(self) -> Option<(DurationKey, Ms)> {
        let Self { stage, index, service, environment, infrastructure, ms } = self;
        let key = match (stage, index, service, environment, infrastructure) {
            (Some(stage), None, None, None, None) => DurationKey::Stage(stage),
            (Some(stage), Some(index), None, None, None) => DurationKey::Deployment(stage, index),
            (None, None, Some(service), None, None) => DurationKey::Service(service),
            (None, None, None, None, Some(infrastructure)) => {
                DurationKey::Infrastructure(infrastructure)
            }
            (None, None, None, Some(environment), Some(infrastructure)) => {
                DurationKey::Target(environment, infrastructure)
            }
            (None, None, Some(service), None, Some(infrastructure)) => {
                DurationKey::ServiceInfrastructure(service, infrastructure)
            }
            (None, None, Some(service), Some(environment), Some(infrastructure)) => {
                DurationKey::ServiceTarget(service, environment, infrastructure)
            }
            _ => return None,
        };
        Some((key, Ms(ms)))
    }
}

impl View {
    fn into_view(self) -> Option<crate::View> {
        let folded = self.folded.into_iter().map(Group::into_id);
        Some(crate::View {
            arrangement: Arrangement {
                rows: self.rows.into(),
                color_by: self.color.into(),
                collapsed: folded.collect::<Option<_>>()?,
                filter: self.filter,
            },
            window: self.window.map(|it| TimeWindow { from: Ms(it.from), to: Ms(it.to) }),
            shows_critical_path: self.critical_path,
            is_waves: self.waves,
            selection: self.selected.map(|it| At { stage: it.stage, index: it.index }),
        })
    }
}

impl From<Rows> for deployline_timeline::Rows {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Order => Self::Order,
            Rows::Lanes => Self::Lanes,
            Rows::Services => Self::Services,
            Rows::Targets => Self::Targets,
        }
    }
}

impl From<Color> for ColorBy {
    fn from(color: Color) -> Self {
        match color {
            Color::Service => Self::Service,
            Color::Environment => Self::Environment,
            Color::Status => Self::Status,
        }
    }
}

impl Group {
    fn into_id(self) -> Option<GroupId> {
        let Self { stage, service, environment, infrastructure } = self;
        Some(match (service, environment, infrastructure) {
            (None, None, None) => GroupId::Stage(stage),
            (Some(service), None, None) => GroupId::Service { stage, service },
            (None, Some(environment), None) => GroupId::Environment { stage, environment },
            (None, Some(environment), Some(infrastructure)) => {
                GroupId::Infrastructure { stage, environment, infrastructure }
            }
            _ => return None,
        })
    }
}
