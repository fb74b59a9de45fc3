//! Rows by lane, by service and by target.

use deployline_engine::{Deploy, Ms, Stage, StagePlan, StageRun, Target, Work};
use deployline_map::Map;

use super::{ByStart, GroupedRows, HeaderRow};
use crate::colors::environment;
use crate::filter::Matches;
use crate::{Arrangement, GroupId};

/// A row per slot. What the filter does not find keeps its place.
pub(super) fn lanes(plan: &StagePlan, run: &StageRun, matches: &Matches) -> GroupedRows {
    let most = run.runs.iter().map(|run| run.lane as usize + 1).max().unwrap_or(0);
    let mut lanes = vec![Vec::new(); most];
    for (index, run) in (0..).zip(&run.runs) {
        lanes[run.lane as usize].push(index);
    }
    let mut grouped = GroupedRows::of(plan.deployments.len());
    for (number, members) in
        (1..).zip(lanes).filter(|(_, members): &(usize, Vec<u32>)| !members.is_empty())
    {
        let label = Label { group: None, name: format!("slot {number}"), depth: 0 };
        let stage_members = Members { plan, run, matches };
        let mut header = stage_members.header(label, &members, false);
        header.deployments = ByStart::new(members, &run.runs);
        grouped.push_header(header);
    }
    grouped
}

/// A group per service; `None` for a stage that has none.
pub(super) fn services(
    stage: &Stage,
    plan: &StagePlan,
    run: &StageRun,
    arrangement: &Arrangement,
    matches: &Matches,
) -> Option<GroupedRows> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    if deploy.services.items.is_empty() {
        return None;
    }
    let names = deploy.services.items.iter().map(|item| item.name.text.as_str());
    let names = Names::new(names);
    let stage_members = Members { plan, run, matches };
    let groups = names.split(all(plan), |index| plan.deployments[index].service);
    let mut grouped = GroupedRows::of(plan.deployments.len());
    for (name, members) in groups {
        let group = GroupId::Service { stage: stage.identifier.clone(), service: name.to_owned() };
        let label = Label { name: name.to_owned(), depth: 0, group: Some(group) };
        if stage_members.open(&mut grouped, arrangement, label, &members) {
            stage_members.rows(&mut grouped, &members);
        }
    }
    Some(grouped)
}

/// A group per environment, and in it one per infrastructure; `None` for a stage that deploys
/// nothing.
pub(super) fn targets(
    stage: &Stage,
    plan: &StagePlan,
    run: &StageRun,
    arrangement: &Arrangement,
    matches: &Matches,
) -> Option<GroupedRows> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    let stage_members = Members { plan, run, matches };
    let (environments, places) = target_names(deploy);
    let target = |index: usize| plan.deployments[index].target;
    let mut grouped = GroupedRows::of(plan.deployments.len());
    for (name, members) in environments.split(all(plan), target) {
        let (stage, environment) = (stage.identifier.clone(), name.to_owned());
        let group = GroupId::Environment { stage: stage.clone(), environment: environment.clone() };
        let label = Label { name: name.to_owned(), depth: 0, group: Some(group) };
        if !stage_members.open(&mut grouped, arrangement, label, &members) {
            continue;
        }
        for (place, members) in places.split(members.into_iter(), target) {
            let group = GroupId::Infrastructure {
                stage: stage.clone(),
                environment: environment.clone(),
                infrastructure: place.to_owned(),
            };
            let label = Label { name: place.to_owned(), depth: 1, group: Some(group) };
            if stage_members.open(&mut grouped, arrangement, label, &members) {
                stage_members.rows(&mut grouped, &members);
            }
        }
    }
    Some(grouped)
}

fn target_names(deploy: &Deploy) -> (Names<'_>, Names<'_>) {
    let targets = &deploy.targets.items;
    (
        Names::new(targets.iter().map(environment)),
        Names::new(targets.iter().map(Target::short_name)),
    )
}

fn all(plan: &StagePlan) -> std::ops::Range<u32> {
    0..u32::try_from(plan.deployments.len()).unwrap_or(u32::MAX)
}

/// The names of an axis, each once, and which name each item has.
struct Names<'a> {
    names: Vec<&'a str>,
    of_item: Vec<usize>,
}

impl<'a> Names<'a> {
    fn new(items: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers = Map::new();
        let mut names = Vec::new();
        let of_item = items.map(|name| {
            *numbers.or_insert_with(name, || {
                names.push(name);
                names.len() - 1
            })
        });
        let of_item = of_item.collect();
        Self { names, of_item }
    }

    /// Deployments by the name of their item, in order; those without one come last.
    fn split(
        &self,
        indexes: impl Iterator<Item = u32>,
        item: impl Fn(usize) -> Option<u32>,
    ) -> Vec<(&'a str, Vec<u32>)> {
        let mut groups = vec![Vec::new(); self.names.len() + 1];
        for index in indexes {
            let name = item(index as usize).and_then(|item| self.of_item.get(item as usize));
            groups[name.copied().unwrap_or(self.names.len())].push(index);
        }
        let names = self.names.iter().copied().chain(["unknown"]);
        names.zip(groups).filter(|(_, members)| !members.is_empty()).collect()
    }
}

/// Name of a header.
struct Label {
    group: Option<GroupId>,
    name: String,
    depth: u8,
}

/// A stage's deployments, and which of them are found.
struct Members<'a> {
    plan: &'a StagePlan,
    run: &'a StageRun,
    matches: &'a Matches,
}

impl Members<'_> {
    fn is_found(&self, index: u32) -> bool {
        self.matches.has(self.plan.deployments[index as usize])
    }

    /// Adds a group's header unless nothing of it is found; true where its rows follow.
    fn open(
        &self,
        grouped: &mut GroupedRows,
        arrangement: &Arrangement,
        label: Label,
        members: &[u32],
    ) -> bool {
        let is_collapsed =
            label.group.as_ref().is_some_and(|group| arrangement.collapsed.contains(group));
        let header = self.header(label, members, is_collapsed);
        if header.found == 0 {
            return false;
        }
        grouped.push_header(header);
        !is_collapsed
    }

    fn rows(&self, grouped: &mut GroupedRows, members: &[u32]) {
        let found = members.iter().filter(|&&index| self.is_found(index));
        found.for_each(|&index| grouped.push_one(index));
    }

    fn header(&self, label: Label, members: &[u32], is_collapsed: bool) -> HeaderRow {
        let runs = &self.run.runs;
        let found: Vec<u32> = members.iter().copied().filter(|&i| self.is_found(i)).collect();
        let times = || members.iter().map(|&index| runs[index as usize]);
        HeaderRow {
            group: label.group,
            name: label.name,
            depth: label.depth,
            found: found.len(),
            total: members.len(),
            from: times().map(|run| run.start).min().unwrap_or(Ms(0)),
            to: times().map(|run| run.end).max().unwrap_or(Ms(0)),
            is_collapsed,
            deployments: if is_collapsed { ByStart::new(found, runs) } else { ByStart::default() },
        }
    }
}
