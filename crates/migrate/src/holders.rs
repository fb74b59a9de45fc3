//! Surroundings of the stages of a list: the item of each, and the groups that it is in.
//!
//! ```text
//! v0   - parallel: [{stage: …}, …]           v1   - parallel: {stages: [{…}, …]}
//!      - stage: …                                 - group: {stages: [{…}, …]}
//! ```

use deployline_map::Map;
use deployline_planner::{View, Views};
use deployline_span::Span;
use deployline_yaml::NodeKind;
use deployline_yaml::write::{Comments, Value};

use crate::migration::Migration;

/// Items and groups around stages, by the place of each stage.
pub(crate) struct Holders<'a>(Map<Span, Holder<'a>>);

struct Holder<'a> {
    item: View<'a>,
    /// Items, keys and lists of the groups, the outermost first.
    groups: Vec<View<'a>>,
    conditions: Vec<View<'a>>,
}

impl<'a> Holders<'a> {
    /// The holders of the stages of a pipeline.
    pub(crate) fn of(views: &Views<'a>) -> Self {
        let mut holders = Self(Map::new());
        let of_pipeline: Vec<View<'a>> =
            views.root.iter().filter_map(|root| root.value("if")).collect();
        if let Some(list) = &views.list {
            holders.walk(list, &[], &of_pipeline);
        }
        holders
    }

    fn walk(&mut self, list: &View<'a>, groups: &[View<'a>], conditions: &[View<'a>]) {
        for item in list.items() {
            let Some(holder) = group_of(&item) else {
                let stage = item.value("stage").unwrap_or_else(|| item.clone());
                let (groups, conditions) = (groups.to_vec(), conditions.to_vec());
                self.0.insert(stage.span(), Holder { item, groups, conditions });
                continue;
            };
            let members = holder.value("stages").unwrap_or_else(|| holder.clone());
            let conditions_here = [&item, &holder].into_iter().filter_map(|it| it.value("if"));
            let conditions: Vec<_> = conditions.iter().cloned().chain(conditions_here).collect();
            let of_group = [item, holder, members.clone()];
            let groups: Vec<_> = groups.iter().cloned().chain(of_group).collect();
            self.walk(&members, &groups, &conditions);
        }
    }

    /// Conditions of the pipeline and of the groups around a stage.
    pub(crate) fn conditions(&self, stage: Span) -> &[View<'a>] {
        self.0.get(&stage).map_or(&[], |holder| &holder.conditions)
    }

    /// The comments of the groups around a stage, once.
    pub(crate) fn around(&self, stage: Span, migration: &mut Migration<'_>) -> Comments {
        let mut around = Comments::default();
        for group in self.0.get(&stage).iter().flat_map(|holder| holder.groups.iter().rev()) {
            around.add_outer(migration.comments.take(group));
        }
        around
    }

    /// Counterpart of a stage, with the comments of the stage and of its item.
    pub(crate) fn commented(
        &self,
        stage: Span,
        value: Value,
        migration: &mut Migration<'_>,
    ) -> Value {
        match self.0.get(&stage) {
            Some(Holder { item, .. }) => {
                let value = match item.value("stage") {
                    Some(inner) => migration.commented(&inner, value),
                    None => value,
                };
                migration.commented(item, value)
            }
            None => value,
        }
    }
}

/// The group of an item that holds one.
pub(crate) fn group_of<'a>(item: &View<'a>) -> Option<View<'a>> {
    let holder = item.value("parallel").or_else(|| item.value("group"))?;
    let holds = holder.kind() == NodeKind::Sequence || holder.value("stages").is_some();
    holds.then_some(holder)
}

/// The list of stages with its comments.
pub(crate) fn commented_list(
    views: &Views<'_>,
    stages: Vec<Value>,
    migration: &mut Migration<'_>,
) -> Value {
    let stages = Value::List(stages);
    match &views.list {
        Some(list) => migration.commented(list, stages),
        None => stages,
    }
}
