//! The order of entries that are known by their numbers alone.

use std::cmp::Ordering;
use std::ops::Range;
use std::slice;

/// Compares what is looked for with an entry.
pub(crate) type Compare<'a> = &'a dyn Fn(u32) -> Ordering;

/// The most numbers that are moved to make place for one.
const MAX_PART: usize = 512;

/// Entries in order, by number.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    count: u32,
    /// All numbers in order, in parts that are never empty and of at most [`MAX_PART`]. None at all while
    /// the entries came in order, as most do: then the numbers are the order.
    parts: Vec<Vec<u32>>,
}

/// Place of a missing entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    part: usize,
    at: usize,
}

impl Order {
    /// The order of `count` entries that came in order.
    pub(crate) const fn ascending(count: u32) -> Self {
        Self { count, parts: Vec::new() }
    }

    pub(crate) fn is_ascending(&self) -> bool {
        self.parts.is_empty()
    }

    /// The number of an entry, or where one like it belongs.
    pub(crate) fn find(&self, compare: Compare<'_>) -> Result<u32, Place> {
        if self.is_ascending() {
            // Most entries come in order: what is greater than the last one belongs behind it. And often the
            // last one comes again.
            let count = self.count as usize;
            match self.count.checked_sub(1).map(|last| (last, compare(last))) {
                Some((_, Ordering::Greater)) => return Err(Place { part: 0, at: count }),
                Some((last, Ordering::Equal)) => return Ok(last),
                Some((_, Ordering::Less)) | None => {}
            }
            let found = search(count, &|at| compare(at as u32));
            return found.map(|at| at as u32).map_err(|at| Place { part: 0, at });
        }
        let after = search(self.parts.len(), &|part| compare(self.parts[part][0]));
        let part = match after {
            Ok(part) => return Ok(self.parts[part][0]),
            // What is less than all belongs into the first one.
            Err(after) => after.saturating_sub(1),
        };
        let numbers = &self.parts[part];
        let found = search(numbers.len(), &|at| compare(numbers[at]));
        found.map(|at| numbers[at]).map_err(|at| Place { part, at })
    }

    /// Adds the next number at a place that [`Self::find`] gave.
    pub(crate) fn add(&mut self, place: Place) {
        let (next, mut place) = (self.count, place);
        self.count += 1;
        if self.is_ascending() {
            if place.at == next as usize {
                return;
            }
            let numbers: Vec<u32> = (0..next).collect();
            self.parts = numbers.chunks(MAX_PART / 2).map(<[u32]>::to_vec).collect();
            place = Place { part: place.at / (MAX_PART / 2), at: place.at % (MAX_PART / 2) };
        }
        let part = &mut self.parts[place.part];
        part.insert(place.at, next);
        if part.len() > MAX_PART {
            let second = part.split_off(MAX_PART / 2);
            self.parts.insert(place.part + 1, second);
        }
    }

    /// All numbers in order.
    pub(crate) fn numbers(&self) -> Numbers<'_> {
        let ascending = if self.is_ascending() { 0..self.count } else { 0..0 };
        Numbers { ascending, part: [].iter(), parts: self.parts.iter() }
    }
}

/// Returns the position of the one that compares as equal among `count` things in order, or the one where
/// it belongs.
fn search(count: usize, compare: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    let mut range = 0..count;
    while !range.is_empty() {
        let middle = range.start.midpoint(range.end);
        match compare(middle) {
            Ordering::Less => range.end = middle,
            Ordering::Greater => range.start = middle + 1,
            Ordering::Equal => return Ok(middle),
        }
    }
    Err(range.start)
}

/// Iterator of [`Order::numbers`].
#[derive(Debug)]
pub(crate) struct Numbers<'a> {
    ascending: Range<u32>,
    part: slice::Iter<'a, u32>,
    parts: slice::Iter<'a, Vec<u32>>,
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if let Some(number) = self.ascending.next() {
            return Some(number);
        }
        loop {
            if let Some(number) = self.part.next() {
                return Some(*number);
            }
            self.part = self.parts.next()?.iter();
        }
    }
}
