//! The stages that each stage has to wait for.
//!
//! To wait for one is to wait for all that it waits for. But a stage with `pipelineStatus: All` runs after a failure,
//! and what waits for it alone would run, too, which it does not in a list. So such a stage does not stand for those
//! before it.

use deployline_map::{Map, Set};
use deployline_yaml::{Node, NodeKind};

use super::Placed;
use crate::operation::Dependencies;

/// By stage those that it waits for; `steps` are the numbers of stages in the entries of the list.
pub(super) fn of(stages: &[Placed<'_>], steps: &[usize], kind: Dependencies) -> Vec<Vec<usize>> {
    let keeps_order = kind == Dependencies::Order;
    let names = stages.iter().enumerate();
    let names = names.filter_map(|(index, it)| Some((it.form.identifier.text.as_deref()?, index)));
    let names: Map<&str, usize> = names.collect();
    let mut needed: Vec<Vec<usize>> = Vec::with_capacity(stages.len());
    // Of those before, all that no other one stands for.
    let mut open: Vec<usize> = Vec::new();
    let mut gates = Gates::default();
    for count in steps {
        let first = needed.len();
        let mut covered = Set::new();
        let mut new_gates = Vec::new();
        for (index, stage) in stages.iter().enumerate().skip(first).take(*count) {
            let uses = Uses::of(stage);
            let waits_for = if keeps_order || uses.is_all || uses.is_gate || !uses.is_of_success {
                open.clone()
            } else {
                gates.with(uses.named(&names, first))
            };
            if uses.is_of_success {
                waits_for.iter().for_each(|other| _ = covered.insert(*other));
            }
            if uses.is_gate {
                new_gates.push(index);
            }
            needed.push(waits_for);
        }
        open.retain(|stage| !covered.contains(stage));
        open.extend(first..needed.len());
        if !new_gates.is_empty() {
            gates = Gates { stages: new_gates, end: needed.len() };
        }
    }
    needed
}

/// The last stages that ask a person: nothing behind them starts before.
#[derive(Default)]
struct Gates {
    stages: Vec<usize>,
    /// Index of the first stage behind them.
    end: usize,
}

impl Gates {
    /// These stages and the gates, but where one of them is behind these.
    fn with(&self, mut named: Vec<usize>) -> Vec<usize> {
        if !named.iter().any(|stage| *stage >= self.end) {
            named.extend(
                self.stages.iter().filter(|gate| !named.contains(gate)).collect::<Vec<_>>(),
            );
        }
        deployline_map::sort_by(&mut named, Ord::cmp);
        named
    }
}

/// References in the text of a stage to those before it.
#[derive(Default)]
struct Uses<'a> {
    names: Vec<&'a str>,
    /// It may use anything.
    is_all: bool,
    /// It asks a person.
    is_gate: bool,
    /// It runs only where all before it has gone well.
    is_of_success: bool,
}

impl<'a> Uses<'a> {
    fn of(stage: &Placed<'a>) -> Self {
        let status = stage.form.pipeline_status.text.as_deref();
        let mut uses = Uses {
            is_all: stage.form.template.is_some(),
            is_gate: stage.node.get("runMode").is_some_and(|mode| !mode.is_null()),
            is_of_success: status.is_none_or(|status| status == "Success"),
            ..Uses::default()
        };
        uses.look_in(stage.node);
        uses
    }

    fn look_in(&mut self, node: Node<'a>) {
        // An alias may stand for more than is worth a look.
        if node.is_aliased() {
            self.is_all = true;
            return;
        }
        match node.kind() {
            NodeKind::Null => {}
            NodeKind::Scalar => self.look_in_text(node.as_str().unwrap_or_default()),
            NodeKind::Sequence => node.items().for_each(|item| self.look_in(item)),
            NodeKind::Mapping => {
                for (key, value) in node.entries() {
                    match key.as_str() {
                        Some("useFromStage") => {
                            self.names.extend(value.get("stage").and_then(Node::as_str));
                        }
                        Some("type")
                            if value.as_str().is_some_and(|it| it.ends_with("Approval")) =>
                        {
                            self.is_gate = true;
                        }
                        _ => {}
                    }
                    self.look_in(value);
                }
            }
        }
    }

    fn look_in_text(&mut self, text: &'a str) {
        const STAGES: &str = "pipeline.stages.";
        if !text.contains("<+") {
            return;
        }
        self.is_all |= text.contains("exportedVariables") || text.contains("pipeline.stages[");
        for (at, _) in text.match_indices(STAGES) {
            let rest = &text[at + STAGES.len()..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'));
            self.names.push(&rest[..end.unwrap_or(rest.len())]);
        }
    }

    /// The named stages in front of an index, in order.
    fn named(&self, names: &Map<&str, usize>, end: usize) -> Vec<usize> {
        let stages = self.names.iter().filter_map(|name| stage_of(name, names));
        let stages: Set<usize> = stages.filter(|stage| *stage < end).collect();
        stages.iter().copied().collect()
    }
}

/// The stage with an identifier, or of which it is a child: `build_0_1` of `build`.
fn stage_of(name: &str, names: &Map<&str, usize>) -> Option<usize> {
    if let Some(stage) = names.get(name) {
        return Some(*stage);
    }
    let (stem, number) = name.rsplit_once('_')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| stage_of(stem, names))?
}
