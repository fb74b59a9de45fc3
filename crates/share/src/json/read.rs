//! From the structs of the JSON to a state; `None` for what is no part of a plan.

use deployline_engine::{AxisName, DeploymentId, DurationKey, Ms};
use deployline_planner::Inputs;
use deployline_timeline::{Arrangement, ColorBy, GroupId, Rows, TimeWindow};

use super::{Duration, Link, Plan, StagePart, Text, View};
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
        let mut source = PlanSource::default();
        source
            .texts
            .extend(self.texts.into_iter().map(|Text { name, text }| crate::Text { name, text }));
        source.answers = self.answers.into_iter().map(|Text { name, text }| (name, text)).collect();
        source.inputs = inputs(self.parallel);
        let assumptions = &mut source.assumptions;
        if let Some(ms) = self.duration {
            assumptions.duration = Ms(ms);
        }
        for duration in self.durations {
            let (key, ms) = duration.into_entry()?;
            assumptions.durations.insert(key, ms);
        }
        assumptions.uneven = self.uneven;
        assumptions.account_limit = account_limit(self.account_limit)?;
        for StagePart { stage, index, .. } in self.failures {
            assumptions.failures.insert((stage, u32::try_from(index?).ok()?));
        }
        Some(source)
    }
}

fn inputs(choices: Vec<StagePart>) -> Inputs {
    let mut inputs = Inputs::default();
    for StagePart { stage, services, targets, .. } in choices {
        for (axis, choice) in [(AxisName::Services, services), (AxisName::Targets, targets)] {
            if let Some(is_parallel) = choice {
                inputs.parallel.insert((stage.clone(), axis), is_parallel);
            }
        }
    }
    inputs
}

/// A run that lets none start never ends.
fn account_limit(limit: Option<u64>) -> Option<Option<u32>> {
    match limit {
        Some(limit) => Some(Some(u32::try_from(limit).ok().filter(|limit| *limit > 0)?)),
        None => Some(None),
    }
}

impl Duration {
    fn into_entry(self) -> Option<(DurationKey, Ms)> {
        let Self { stage, index, service, environment, infrastructure, ms } = self;
        let key = match (stage, index, service, environment, infrastructure) {
            (Some(stage), None, None, None, None) => DurationKey::Stage(stage),
            (Some(stage), Some(index), None, None, None) => {
                DurationKey::Deployment(stage, index.try_into().ok()?)
            }
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
        let rows = match self.rows.as_str() {
            "" => Rows::Order,
            "lanes" => Rows::Lanes,
            "services" => Rows::Services,
            "targets" => Rows::Targets,
            _ => return None,
        };
        let color_by = match self.color.as_str() {
            "" => ColorBy::Service,
            "environment" => ColorBy::Environment,
            "status" => ColorBy::Status,
            _ => return None,
        };
        let mut arrangement =
            Arrangement { rows, color_by, filter: self.filter, ..Arrangement::default() };
        for part in self.folded {
            arrangement.collapsed.insert(part.into_group()?);
        }
        let window = match (self.from, self.to) {
            (Some(from), Some(to)) => Some(TimeWindow { from: Ms(from), to: Ms(to) }),
            (None, None) => None,
            _ => return None,
        };
        let selection = match (self.selected_stage, self.selected_index) {
            (Some(stage), Some(index)) => {
                Some(DeploymentId { stage: stage.try_into().ok()?, index: index.try_into().ok()? })
            }
            (None, None) => None,
            _ => return None,
        };
        Some(crate::View {
            arrangement,
            window,
            shows_critical_path: self.critical_path == Some(true),
            is_waves: self.waves == Some(true),
            selection,
        })
    }
}

impl StagePart {
    fn into_group(self) -> Option<GroupId> {
        let Self { stage, service, environment, infrastructure, .. } = self;
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
