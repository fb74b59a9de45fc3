//! The steps of a list in which a DAG could run.
//!
//! A stage stands in the step behind the last of those that it waits for. There it waits for all of the step before:
//! it does in the DAG, too, where it names each of them.

use std::ops::Range;

/// The stages by their steps, each step in the order of the text.
pub(super) struct Layers(Vec<Vec<usize>>);

impl Layers {
    /// Finds them from the stages that each one waits for.
    ///
    /// # Errors
    /// Gives a stage that never starts.
    pub(super) fn of(waits_for: &[Vec<usize>]) -> Result<Self, usize> {
        let mut followers = vec![Vec::new(); waits_for.len()];
        let mut open: Vec<usize> = waits_for.iter().map(Vec::len).collect();
        for (stage, others) in waits_for.iter().enumerate() {
            others.iter().for_each(|other| followers[*other].push(stage));
        }
        let mut layers = Vec::new();
        let mut layer: Vec<usize> = (0..open.len()).filter(|stage| open[*stage] == 0).collect();
        let mut count = 0;
        while !layer.is_empty() {
            let mut next = Vec::new();
            for follower in layer.iter().flat_map(|stage| &followers[*stage]) {
                open[*follower] -= 1;
                if open[*follower] == 0 {
                    next.push(*follower);
                }
            }
            deployline_map::sort_by(&mut next, Ord::cmp);
            count += layer.len();
            layers.push(std::mem::replace(&mut layer, next));
        }
        match open.iter().position(|open| *open > 0).filter(|_| count < waits_for.len()) {
            Some(stage) => Err(stage),
            None => Ok(Self(layers)),
        }
    }

    /// The first stage that waits for more in the list than in the DAG.
    pub(super) fn first_that_waits_longer(&self, waits_for: &[Vec<usize>]) -> Option<usize> {
        let waits_longer = |before: &[usize], stage: usize| {
            before.iter().any(|other| !waits_for[stage].contains(other))
        };
        let pairs = self.0.windows(2);
        let found = pairs.flat_map(|pair| {
            pair[1].iter().copied().filter(|stage| waits_longer(&pair[0], *stage))
        });
        found.min()
    }

    /// The ranges of the steps in a list in their order.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        self.0.iter().map(move |layer| {
            let start = end;
            end += layer.len();
            start..end
        })
    }

    /// The moves that put the stages into the order of their steps, one after the other: from an index, and before
    /// which one. As many as can stay where they are.
    pub(super) fn moves(&self) -> Vec<(usize, usize)> {
        let order = self.0.concat();
        let stays = longest_rise(&order);
        let mut now: Vec<usize> = (0..order.len()).collect();
        let mut moves = Vec::new();
        let mut before = None;
        for stage in order {
            if !stays[stage] {
                let place = |stage: usize| now.iter().position(|it| *it == stage).unwrap_or(0);
                let (from, to) = (place(stage), before.map_or(0, |before| place(before) + 1));
                moves.push((from, to));
                now.remove(from);
                now.insert(if to > from { to - 1 } else { to }, stage);
            }
            before = Some(stage);
        }
        moves
    }
}

/// By number those of a longest series in which each is larger than the one before.
fn longest_rise(order: &[usize]) -> Vec<bool> {
    // By length, the place of the least number at which a series of that length ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; order.len()];
    for (place, number) in order.iter().enumerate() {
        let length = ends.partition_point(|end| order[*end] < *number);
        previous[place] = length.checked_sub(1).map(|before| ends[before]);
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut rises = vec![false; order.len()];
    let mut place = ends.last().copied();
    while let Some(at) = place {
        rises[order[at]] = true;
        place = previous[at];
    }
    rises
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(order: &[&[usize]]) -> (Vec<usize>, usize) {
        let layers = Layers(order.iter().map(|layer| layer.to_vec()).collect());
        let moves = layers.moves();
        let mut list: Vec<usize> = (0..order.concat().len()).collect();
        for (from, to) in &moves {
            let stage = list[*from];
            list.insert(*to, stage);
            list.remove(if to <= from { from + 1 } else { *from });
        }
        (list, moves.len())
    }

    #[test]
    fn as_few_as_can_be_change_their_places() {
        assert_eq!(moved(&[&[0], &[1, 2]]), (vec![0, 1, 2], 0));
        assert_eq!(moved(&[&[3], &[0, 1], &[2]]), (vec![3, 0, 1, 2], 1));
        assert_eq!(moved(&[&[1, 2, 3], &[0]]), (vec![1, 2, 3, 0], 1));
        assert_eq!(moved(&[&[2], &[1], &[0]]), (vec![2, 1, 0], 2));
        assert_eq!(moved(&[&[1, 4], &[0, 3], &[2]]), (vec![1, 4, 0, 3, 2], 3));
    }
}
