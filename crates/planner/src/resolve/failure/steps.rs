//! Rules of steps, with those of the groups around them.

use std::sync::Arc;

use deployline_engine::{FailureRule, StepRules, bounded_name};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::action::Level;
use super::level::read_rules;
use super::list::inspect;
use super::words::Words;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::steps;
use crate::resolve::view::View;

/// Depth of groups in groups, below which nothing is read.
const MAX_DEPTH: usize = 12;

/// Reads the rules of the steps in these lists of `holder`, which are known by their keys.
pub(super) fn read<'a>(
    holder: &View<'a>,
    lists: [(&str, Level); 2],
    words: &'static Words,
    reader: &mut Reader<'_, 'a>,
) -> Vec<StepRules> {
    let mut found = Vec::new();
    for (key, level) in lists {
        if let Some(list) = holder.value(key)
            && steps::have_failure_strategies(&list, reader.cx)
        {
            let mut steps = StepReader { words, levels: Vec::new(), level, found: &mut found };
            steps.read_list(&list, reader);
        }
    }
    found
}

struct StepReader<'f> {
    words: &'static Words,
    /// Rules of the groups around the present step, the outermost first.
    levels: Vec<Arc<[FailureRule]>>,
    level: Level,
    found: &'f mut Vec<StepRules>,
}

impl StepReader<'_> {
    fn read_list<'a>(&mut self, list: &View<'a>, reader: &mut Reader<'_, 'a>) {
        // The documentation of the newer schema has one step in the place of a list.
        if self.words.is_newer && list.kind() == NodeKind::Mapping {
            return self.read_item(list, reader);
        }
        if !inspect("steps", list, reader) {
            return;
        }
        for item in list.items() {
            self.read_item(&item, reader);
        }
    }

    fn read_item<'a>(&mut self, item: &View<'a>, reader: &mut Reader<'_, 'a>) {
        let (side_by_side, group): (&[&str], _) = match self.words.is_newer {
            true => (&["parallel", "steps"], "group"),
            false => (&["parallel"], "stepGroup"),
        };
        if let Some(list) = item.at(side_by_side) {
            self.read_list(&list, reader);
        } else if let Some(group) = item.value(group) {
            self.read_group(&group, reader);
        } else if self.words.is_newer {
            self.read_step(item, reader);
        } else if let Some(step) = item.value("step") {
            self.read_step(&step, reader);
        }
    }

    fn read_group<'a>(&mut self, group: &View<'a>, reader: &mut Reader<'_, 'a>) {
        if self.levels.len() == MAX_DEPTH {
            return;
        }
        let rules = read_rules(group, Level::StepGroup, self.words, reader).rules;
        self.levels.push(rules.into());
        if let Some(inner) = group.value("steps") {
            self.read_list(&inner, reader);
        }
        self.levels.pop();
    }

    /// Adds a step with rules of its own, or of a group around it.
    fn read_step<'a>(&mut self, step: &View<'a>, reader: &mut Reader<'_, 'a>) {
        let own = read_rules(step, self.level, self.words, reader).rules;
        let levels = std::iter::once(own.into()).chain(self.levels.iter().rev().cloned());
        let levels: Vec<Arc<[FailureRule]>> = levels.filter(|rules| !rules.is_empty()).collect();
        let name = self.words.names.iter().find_map(|key| step.str_of(key));
        // Failure strategies of a rollback's own steps have no part in the order.
        if let Some(name) = name
            && self.level == Level::Step
            && !levels.is_empty()
            && take_step(step.span(), reader)
        {
            self.found.push(StepRules { step: bounded_name(name), levels });
        }
    }
}

/// Takes a step with rules, which each stage of a template holds anew; `false` where these are too many.
fn take_step(span: Span, reader: &mut Reader<'_, '_>) -> bool {
    let steps = CountedList { name: "steps", of: None, count: 1, span };
    reader.cx.budget.take(Item::Value, &steps)
}
