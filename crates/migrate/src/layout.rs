//! Entries of a pipeline from what its stages wait for.
//!
//! ```text
//! after   a []   b [a]   c [a]   d [b c]        a, parallel(b, c), d
//! after   a []   b []    c [a]                  only a DAG says this
//! ```

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use deployline_engine::Stage;
use deployline_map::sort_numbers;

/// Stages in their order, by their index.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Entries one after the other, the stages of each side by side.
    Entries(Vec<Vec<usize>>),
    /// No entries have this order; each stage stands behind those that it waits for.
    Graph(Vec<usize>),
}

/// Finds the entries of these stages.
pub(crate) fn layout(stages: &[Stage]) -> Layout {
    let order = if is_in_order(stages) { (0..stages.len()).collect() } else { in_order(stages) };
    match entries(stages, &order) {
        Some(entries) => Layout::Entries(entries),
        None => Layout::Graph(order),
    }
}

fn entries(stages: &[Stage], order: &[usize]) -> Option<Vec<Vec<usize>>> {
    let mut entries: Vec<Vec<usize>> = Vec::new();
    for &index in order {
        let after = &stages[index].after;
        match entries.last_mut() {
            None if after.is_empty() => entries.push(vec![index]),
            None => return None,
            Some(last) if is_same(after, &stages[last[0]].after) => last.push(index),
            Some(last) if is_all(after, last) => entries.push(vec![index]),
            Some(_) => return None,
        }
    }
    Some(entries)
}

fn is_same(a: &Arc<[u32]>, b: &Arc<[u32]>) -> bool {
    Arc::ptr_eq(a, b) || sorted(a) == sorted(b)
}

fn is_all(after: &[u32], entry: &[usize]) -> bool {
    let mut entry: Vec<u32> = entry.iter().map(|index| *index as u32).collect();
    sort_numbers(&mut entry, &|a, b| a.cmp(&b));
    sorted(after) == entry
}

fn sorted(after: &[u32]) -> Vec<u32> {
    let mut after = after.to_vec();
    sort_numbers(&mut after, &|a, b| a.cmp(&b));
    after.dedup();
    after
}

/// Returns true where each stage stands behind those that it waits for. Lists that stages share are read once.
fn is_in_order(stages: &[Stage]) -> bool {
    let mut last: Option<&Arc<[u32]>> = None;
    stages.iter().enumerate().all(|(index, Stage { after, .. })| {
        let is_shared = last.replace(after).is_some_and(|last| Arc::ptr_eq(last, after));
        is_shared || after.iter().all(|before| (*before as usize) < index)
    })
}

/// The stages, each behind those that it waits for; else in the order of the text. Those of a cycle come last.
fn in_order(stages: &[Stage]) -> Vec<usize> {
    let mut open: Vec<usize> = stages.iter().map(|stage| sorted(&stage.after).len()).collect();
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); stages.len()];
    for (index, stage) in stages.iter().enumerate() {
        for before in sorted(&stage.after) {
            if let Some(behind) = behind.get_mut(before as usize) {
                behind.push(index);
            }
        }
    }
    let roots = (0..stages.len()).filter(|index| open[*index] == 0);
    let mut ready: BinaryHeap<Reverse<usize>> = roots.map(Reverse).collect();
    let mut order = Vec::with_capacity(stages.len());
    while let Some(Reverse(index)) = ready.pop() {
        order.push(index);
        for &next in &behind[index] {
            open[next] -= 1;
            if open[next] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    order.extend((0..stages.len()).filter(|index| open[*index] > 0));
    order
}
