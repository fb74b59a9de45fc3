//! The cycles of a graph.

/// The most cycles that are said: one mended cycle often mends others.
const MAX_CYCLES: usize = 20;

/// Finds cycles among the nodes that are not in `order`, which has all that are in none and behind none. Each node
/// is in one of them at most: the cycle is a list of nodes, each of which waits for the next, and the last for
/// the first.
pub(super) fn find(waits_for: &[Vec<usize>], order: &[usize]) -> Vec<Vec<usize>> {
    let mut is_done = vec![false; waits_for.len()];
    order.iter().for_each(|node| is_done[*node] = true);
    let mut place: Vec<Option<usize>> = vec![None; waits_for.len()];
    let mut cycles = Vec::new();
    for first in 0..waits_for.len() {
        let mut path = Vec::new();
        let mut next = (!is_done[first]).then_some(first);
        // Each node that is left waits for another one that is left, or for one on a cycle that was found.
        while let Some(node) = next {
            if let Some(start) = place[node] {
                cycles.push(path[start..].to_vec());
                break;
            }
            place[node] = Some(path.len());
            path.push(node);
            next = waits_for[node].iter().copied().find(|other| !is_done[*other]);
        }
        for node in path {
            place[node] = None;
            is_done[node] = true;
        }
        if cycles.len() == MAX_CYCLES {
            break;
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the cycles among nodes, each given by what it waits for.
    fn check(waits_for: &[&[usize]], order: &[usize], expected: &[&[usize]]) {
        let waits_for: Vec<Vec<usize>> = waits_for.iter().map(|it| it.to_vec()).collect();
        assert_eq!(find(&waits_for, order), expected, "{waits_for:?}");
    }

    #[test]
    fn each_cycle_is_found_once() {
        check(&[&[], &[0], &[1]], &[0, 1, 2], &[]);
        check(&[&[0]], &[], &[&[0]]);
        check(&[&[2], &[0], &[1]], &[], &[&[0, 2, 1]]);
        // Node 0 stands behind a cycle, and is in none.
        check(&[&[1], &[2], &[1]], &[], &[&[1, 2]]);
        check(&[&[1], &[0], &[3], &[2], &[]], &[4], &[&[0, 1], &[2, 3]]);
    }
}
