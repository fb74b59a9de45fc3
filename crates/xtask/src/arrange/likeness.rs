//! An order in which what is alike stands side by side.

use std::collections::HashMap;

/// So many bytes in a row make a piece: shorter ones are found everywhere.
const PIECE: usize = 8;
/// A piece that more texts than these have says nothing about which belong together.
const AT_MOST: usize = 50;
/// How far back deflate finds what is repeated.
const WINDOW: usize = 32 * 1024;
/// Without it, the shortest texts would always come first: all they have may be found somewhere.
const LENGTH_AT_LEAST: usize = 60;

/// Starts with the first text; next is always the one that has, for its length, the most pieces in
/// common with those right before it.
pub(super) fn order(texts: &[&[u8]]) -> Vec<usize> {
    let (pieces, holders) = pieces(texts);
    let mut near = Near { shared: vec![0; texts.len()], times: vec![0; holders.len()] };
    let mut left: Vec<usize> = (0..texts.len()).collect();
    let (mut order, mut oldest, mut bytes) = (Vec::with_capacity(texts.len()), 0, 0);
    while !left.is_empty() {
        let likeness = |text: usize| {
            f64::from(near.shared[text]) / (texts[text].len() + LENGTH_AT_LEAST) as f64
        };
        // Of equal ones the first.
        let alike = |&a: &usize, &b: &usize| likeness(left[a]).total_cmp(&likeness(left[b]));
        let best = (0..left.len()).rev().max_by(alike).unwrap_or(0);
        let next = left.remove(best);
        order.push(next);
        near.enters(&pieces[next], &holders);
        bytes += texts[next].len();
        while bytes > WINDOW && oldest + 1 < order.len() {
            near.leaves(&pieces[order[oldest]], &holders);
            bytes -= texts[order[oldest]].len();
            oldest += 1;
        }
    }
    order
}

/// What stands right before the next text.
struct Near {
    /// Of each text, how many of its pieces are near.
    shared: Vec<u32>,
    /// How many near texts have each piece.
    times: Vec<u32>,
}

impl Near {
    fn enters(&mut self, pieces: &[usize], holders: &[Vec<usize>]) {
        for &piece in pieces {
            self.times[piece] += 1;
            if self.times[piece] == 1 {
                holders[piece].iter().for_each(|&text| self.shared[text] += 1);
            }
        }
    }

    fn leaves(&mut self, pieces: &[usize], holders: &[Vec<usize>]) {
        for &piece in pieces {
            self.times[piece] -= 1;
            if self.times[piece] == 0 {
                holders[piece].iter().for_each(|&text| self.shared[text] -= 1);
            }
        }
    }
}

/// For each text its telling pieces, and for each piece the texts that have it.
fn pieces(texts: &[&[u8]]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let mut holders: Vec<Vec<usize>> = Vec::new();
    for (text, bytes) in texts.iter().enumerate() {
        for piece in bytes.windows(PIECE) {
            let number = *numbers.entry(piece).or_insert(holders.len());
            if number == holders.len() {
                holders.push(Vec::new());
            }
            if holders[number].last() != Some(&text) {
                holders[number].push(text);
            }
        }
    }
    let mut pieces = vec![Vec::new(); texts.len()];
    for (piece, texts) in holders.iter().enumerate() {
        if (2..=AT_MOST).contains(&texts.len()) {
            texts.iter().for_each(|&text| pieces[text].push(piece));
        }
    }
    (pieces, holders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_side_by_side() {
        let texts =
            ["the first of the letters", "one, two, three, four", "the first of the numbers"];
        let bytes = texts.map(str::as_bytes);
        assert_eq!(order(&bytes), [0, 2, 1]);
    }

    #[test]
    fn each_is_there_once() {
        // Some are too short for a piece, some are the same, some are more than the window.
        let long = vec![b'x'; WINDOW];
        let texts: Vec<&[u8]> = vec![b"", &long, b"ab", &long, b"", b"xxxxxxxxxxxxxxxx"];
        let mut order = order(&texts);
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4, 5]);
        assert_eq!(super::order(&[]), [] as [usize; 0]);
    }
}
