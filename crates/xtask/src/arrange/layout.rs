//! What is where in memory when a program starts, and what of it points where.

mod linked;
mod module;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, ensure};
use wasmparser::{Data, DataKind, Operator};

use module::Module;

/// A range of addresses.
pub(super) type Place = Range<u32>;

/// The things in memory: what the program has a name for. What has none is never moved.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// Each thing's place, in the order of addresses. None is empty, and no two overlap.
    places: Vec<Place>,
    /// For each thing, those it points to.
    pointed_to: Vec<BTreeSet<usize>>,
    /// What code means by an address that is written in it: it may lie beside what is meant.
    meant: BTreeMap<u32, BTreeSet<usize>>,
    /// What anything may point to of which nothing is known.
    always: BTreeSet<usize>,
}

/// A part of the memory's first content.
#[derive(Clone, Copy)]
pub(super) struct Segment<'a> {
    pub address: u32,
    pub data: &'a [u8],
}

/// A thing is meant, here by one of its addresses.
pub(super) struct Meant {
    /// From this address, or by this number.
    pub by: u32,
    pub thing: u32,
}

impl<'a> Segment<'a> {
    pub(super) fn place(&self) -> Place {
        self.address..self.address + self.data.len() as u32
    }

    /// Of what is in it, what is there too. Nothing where that is empty.
    pub(super) fn within(&self, place: &Place) -> Option<Self> {
        let own = self.place();
        let (start, end) = (place.start.max(own.start), place.end.min(own.end));
        let from = |address: u32| (address - own.start) as usize;
        (start < end).then(|| Self { address: start, data: &self.data[from(start)..from(end)] })
    }
}

impl Layout {
    /// Of a program in parts, by what the linker knows of the whole.
    pub(super) fn read(linked: &[u8], parts: &[Vec<u8>]) -> Result<Self> {
        linked::layout(linked, parts)
    }

    pub(super) fn new(
        mut places: Vec<Place>,
        in_content: impl IntoIterator<Item = Meant>,
        in_code: impl IntoIterator<Item = Meant>,
        always: impl IntoIterator<Item = u32>,
    ) -> Self {
        places.sort_by_key(|place| (place.start, place.end));
        let mut layout = Self::default();
        for place in places {
            match layout.places.last_mut() {
                // A thing of two names, or one within another, like the end of a text.
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => layout.places.push(place),
            }
        }
        layout.pointed_to = vec![BTreeSet::new(); layout.places.len()];
        for Meant { by, thing } in in_content {
            if let (Some(from), Some(to)) = (layout.thing_at(by), layout.thing_at(thing)) {
                layout.pointed_to[from].insert(to);
            }
        }
        for Meant { by, thing } in in_code {
            let thing = layout.thing_at(thing);
            layout.meant.entry(by).or_default().extend(thing);
        }
        layout.always = always.into_iter().filter_map(|thing| layout.thing_at(thing)).collect();
        layout
    }

    /// The places of what no program comes to that has these numbers in its code.
    pub(super) fn unknown_to(&self, numbers: impl IntoIterator<Item = u32>) -> Vec<Place> {
        let mut open: Vec<usize> = self.always.iter().copied().collect();
        for number in numbers {
            open.extend(self.thing_at(number));
            open.extend(self.meant.get(&number).into_iter().flatten());
        }
        let mut known = BTreeSet::new();
        while let Some(thing) = open.pop() {
            if known.insert(thing) {
                open.extend(&self.pointed_to[thing]);
            }
        }
        let mut unknown: Vec<Place> = Vec::new();
        for (thing, place) in self.places.iter().enumerate() {
            match unknown.last_mut() {
                _ if known.contains(&thing) => {}
                Some(last) if last.end == place.start => last.end = place.end,
                _ => unknown.push(place.clone()),
            }
        }
        unknown
    }

    fn thing_at(&self, address: u32) -> Option<usize> {
        let thing = self.places.partition_point(|place| place.end <= address);
        self.places.get(thing).is_some_and(|place| place.contains(&address)).then_some(thing)
    }
}

/// Whether what is in memory at first is the same in two modules.
pub(super) fn have_same_content(one: &[u8], other: &[u8]) -> Result<bool> {
    Ok(Module::read(one)?.content().eq(Module::read(other)?.content()))
}

/// What is at once at its address; nothing where the program is to put it there by itself.
pub(super) fn segment<'a>(data: &Data<'a>) -> Result<Option<Segment<'a>>> {
    let DataKind::Active { memory_index: 0, offset_expr } = &data.kind else { return Ok(None) };
    let mut reader = offset_expr.get_operators_reader();
    let Operator::I32Const { value } = reader.read()? else { return Ok(None) };
    ensure!(matches!(reader.read()?, Operator::End), "an address that is to be computed");
    Ok(Some(Segment { address: value as u32, data: data.data }))
}
