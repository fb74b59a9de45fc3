//! The step of a stage that is nested deepest, for [`nested_too_deep`](crate::rules::NESTED_TOO_DEEP).

use deployline_engine::{NestedStep, bounded_name};
use deployline_yaml::Node;

/// Levels from which on the deepest step is kept.
const DEEP: u32 = 12;

/// The deepest step of a list, where it is nested deep.
pub(super) fn deepest(list: Node<'_>) -> Option<NestedStep> {
    let mut nesting = Nesting::default();
    nesting.list(list, 0);
    nesting.deepest
}

pub(super) fn written_name<'a>(node: Node<'a>, other: &'a str) -> &'a str {
    let name = ["name", "identifier", "id"].iter().find_map(|key| node.get(key)?.as_str());
    name.unwrap_or(other)
}

/// Looks for the step that is nested deepest.
#[derive(Default)]
struct Nesting<'a> {
    /// Names of the groups around the present item.
    names: Vec<&'a str>,
    deepest: Option<NestedStep>,
}

impl<'a> Nesting<'a> {
    /// Looks at a list that is so many levels down. The text's own budget of depth bounds the recursion.
    fn list(&mut self, list: Node<'a>, levels: u32) {
        for item in list.items() {
            if let Some(inner) = item.get("parallel") {
                self.list(inner, levels + 1);
            } else if let Some(group) = item.get("stepGroup") {
                self.names.push(written_name(group, "group"));
                if let Some(inner) = group.get("steps") {
                    self.list(inner, levels + own_levels(group));
                }
                self.names.pop();
            } else {
                let step = item.get("step").unwrap_or(item);
                self.step(step, levels + own_levels(step));
            }
        }
    }

    fn step(&mut self, step: Node<'a>, levels: u32) {
        if levels < DEEP || self.deepest.as_ref().is_some_and(|deepest| deepest.levels >= levels) {
            return;
        }
        let names = self.names.iter().copied().chain([written_name(step, "step")]);
        let path = names.map(bounded_name).collect::<Vec<_>>().join(" › ");
        self.deepest = Some(NestedStep { levels, path, span: step.span() });
    }
}

/// A step or a group, and its strategy.
fn own_levels(node: Node<'_>) -> u32 {
    1 + u32::from(node.get("strategy").is_some_and(|strategy| !strategy.is_null()))
}
