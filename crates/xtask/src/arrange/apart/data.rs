//! What of the memory's first content comes with the rest: all that only the rest knows of.

use std::collections::BTreeSet;
use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ConstExpr, DataSection, MemArg};
use wasmparser::Operator;

use super::rest::known;
use crate::arrange::layout::{Layout, Place, Segment};

/// What is no longer than this stays: a segment of its own takes as many bytes.
const SEGMENT_BYTES: usize = 8;

/// The memory's content, by where it comes.
pub(super) struct Content<'a> {
    pub first: Vec<Segment<'a>>,
    pub rest: Vec<Segment<'a>>,
}

impl<'a> Content<'a> {
    /// Of these segments, for a first part whose code has these numbers in it.
    pub(super) fn new(segments: &[Segment<'a>], layout: &Layout, numbers: Numbers) -> Self {
        let seldom = layout.unknown_to(numbers.0);
        let mut content = Self { first: Vec::new(), rest: Vec::new() };
        for segment in segments {
            let Place { start: mut at, end } = segment.place();
            for moved in seldom.iter().filter_map(|place| segment.within(place)) {
                // What is zero at first may be something else by the time that the rest is there.
                if moved.data.len() > SEGMENT_BYTES && has_content(&moved) {
                    content.keep(segment.within(&(at..moved.address)));
                    at = moved.place().end;
                    content.rest.push(moved);
                }
            }
            content.keep(segment.within(&(at..end)));
        }
        content
    }

    /// Where there is nothing, memory is zero by itself: as between things, for round addresses.
    fn keep(&mut self, segment: Option<Segment<'a>>) {
        self.first.extend(segment.filter(has_content));
    }
}

fn has_content(segment: &Segment<'_>) -> bool {
    segment.data.iter().any(|&byte| byte != 0)
}

pub(super) fn section(segments: &[Segment<'_>]) -> DataSection {
    let mut section = DataSection::new();
    for Segment { address, data } in segments {
        section.active(0, &ConstExpr::i32_const(*address as i32), data.iter().copied());
    }
    section
}

/// Numbers in code that may be addresses.
#[derive(Default)]
pub(super) struct Numbers(BTreeSet<u32>);

impl Numbers {
    pub(super) fn add(&mut self, operator: &Operator<'_>) -> Result<()> {
        if let Operator::I32Const { value } = *operator {
            self.0.insert(value as u32);
        }
        known(self.instruction(operator.clone())).map(drop)
    }
}

impl Reencode for Numbers {
    type Error = Infallible;

    /// What is loaded or stored is so far behind what is given.
    fn mem_arg(&mut self, place: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        self.0.extend(u32::try_from(place.offset));
        utils::mem_arg(self, place)
    }
}
