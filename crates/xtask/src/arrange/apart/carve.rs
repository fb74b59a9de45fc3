//! Makes a function of a tail, and a call of it where the tail was.
//!
//! ```text
//! block                      block
//!   … br_if 0                  … br_if 0
//!   the tail           →       what the tail needs, call, what it has changed
//!   … br 1 …                   br 1, or on, as the function says
//! end                        end
//! ```
//!
//! The function is given what is on the stack and the locals that the tail reads. It returns, in this
//! order, what each way out of the tail takes along, the locals that are read later, and, where there
//! are several ways, the number of the one to take.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Function, Instruction};
use wasmparser::{Operator, ValType};

use super::body::{Body, Tail};
use super::live::{Live, Locals};
use super::rest::known;

/// What a call takes without what is given and returned, in bytes.
const CALL_BYTES: u64 = 9;
/// For each local or number that is given or returned.
const VALUE_BYTES: u64 = 2;
/// For each way out but the last.
const WAY_BYTES: u64 = 6;
/// What the end of the program knows beside its code, like a place in the source: less than that is, as
/// it compresses.
const FATAL_BYTES: u64 = 4;

/// How a tail is left. Behind its block comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Below,
    /// By a branch to a block around, as seen from the tail's own.
    To(u32),
}

/// A tail as a function of its own.
pub(super) struct Carved<'a> {
    body: &'a Body<'a>,
    tail: &'a Tail,
    ways: Vec<Way>,
    /// Locals of the body.
    given: Vec<u32>,
    returned: Vec<u32>,
}

/// What operators become in the module that they come to.
pub(super) trait Write {
    /// Writes what is no branch and knows no local.
    fn operator(&mut self, function: &mut Function, operator: &Operator<'_>) -> Result<()>;
}

/// Locals that a function is given beside those it has.
pub(super) struct Added {
    first: u32,
    types: Vec<wasm_encoder::ValType>,
}

impl Added {
    /// To so many that are there.
    pub(super) fn to(locals: usize) -> Self {
        Self { first: locals as u32, types: Vec::new() }
    }

    fn local(&mut self, kind: ValType) -> Result<u32> {
        let place = self.first + self.types.len() as u32;
        self.types.push(val_type(kind)?);
        Ok(place)
    }

    pub(super) fn types(self) -> Vec<wasm_encoder::ValType> {
        self.types
    }
}

impl<'a> Carved<'a> {
    /// Nothing where the call would take as much as the tail.
    pub(super) fn new(body: &'a Body<'a>, tail: &'a Tail, live: &Live) -> Result<Option<Self>> {
        let operators = &body.operators[tail.start..tail.end];
        let (mut known, mut written) = (BTreeSet::new(), BTreeSet::new());
        for operator in operators {
            match *operator {
                Operator::LocalGet { local_index } => {
                    known.insert(local_index);
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    known.insert(local_index);
                    written.insert(local_index);
                }
                _ => {}
            }
        }
        let ways = ways(operators, tail)?;
        let mut later = Locals::default();
        for way in &ways {
            later.add(match way {
                Way::Below => &live.below,
                Way::To(depth) => live.at_blocks.get(*depth as usize).context("no block")?,
            });
        }
        let given = known.into_iter().filter(|&local| live.at_start.has(local)).collect();
        let returned = written.into_iter().filter(|&local| later.has(local)).collect();
        let carved = Self { body, tail, ways, given, returned };
        let beside = if carved.ways.is_empty() { FATAL_BYTES } else { 0 };
        Ok((tail.bytes + beside > carved.call_bytes()).then_some(carved))
    }

    fn call_bytes(&self) -> u64 {
        let values = self.given.len() + self.returned.len() + self.taken().len();
        let ways = self.ways.len().saturating_sub(1);
        CALL_BYTES + VALUE_BYTES * values as u64 + WAY_BYTES * ways as u64
    }

    pub(super) fn start(&self) -> usize {
        self.tail.start
    }

    pub(super) fn end(&self) -> usize {
        self.tail.end
    }

    pub(super) fn operators(&self) -> &'a [Operator<'a>] {
        &self.body.operators[self.tail.start..self.tail.end]
    }

    /// The function's parameters and results.
    pub(super) fn kind(&self) -> (Vec<ValType>, Vec<ValType>) {
        let local = |&local: &u32| self.body.locals[local as usize];
        let parameters = self.tail.stack.iter().copied().chain(self.given.iter().map(local));
        let taken = self.taken().into_iter().map(|(_, kind)| kind);
        let returned = self.returned.iter().map(local);
        let number = (self.ways.len() > 1).then_some(ValType::I32);
        (parameters.collect(), taken.chain(returned).chain(number).collect())
    }

    fn takes(&self, way: Way) -> &[ValType] {
        match way {
            Way::Below => &self.tail.results,
            Way::To(depth) => &self.tail.blocks[depth as usize].takes,
        }
    }

    /// What ways take along, one behind the other.
    fn taken(&self) -> Vec<(Way, ValType)> {
        let of_way = |&way: &Way| self.takes(way).iter().map(move |&kind| (way, kind));
        self.ways.iter().flat_map(of_way).collect()
    }

    fn number(&self, way: Way) -> i32 {
        self.ways.iter().position(|&other| other == way).unwrap_or_default() as i32
    }

    /// What stands where the tail was. The call itself is the caller's.
    pub(super) fn write_call<'b>(
        &self,
        code: &mut Vec<Instruction<'b>>,
        added: &mut Added,
        call: impl IntoIterator<Item = Instruction<'b>>,
    ) -> Result<()> {
        code.extend(self.given.iter().map(|&local| Instruction::LocalGet(local)));
        code.extend(call);
        // Behind the block, one goes by doing nothing: it is asked for last.
        let Some((&last, others)) = self.ways.split_first() else {
            code.push(Instruction::Unreachable);
            return Ok(());
        };
        if others.is_empty() {
            code.extend(self.returned.iter().rev().map(|&local| Instruction::LocalSet(local)));
            code.extend(branch(last));
            return Ok(());
        }
        let number = added.local(ValType::I32)?;
        code.push(Instruction::LocalSet(number));
        code.extend(self.returned.iter().rev().map(|&local| Instruction::LocalSet(local)));
        let mut kept = BTreeMap::new();
        for (way, kind) in self.taken().into_iter().rev() {
            let local = added.local(kind)?;
            kept.insert(way, local);
            code.push(Instruction::LocalSet(local));
        }
        for &way in others {
            let Way::To(depth) = way else { continue };
            code.push(Instruction::LocalGet(number));
            if others.len() > 1 {
                code.extend([Instruction::I32Const(self.number(way)), Instruction::I32Eq]);
            }
            match kept.get(&way) {
                None => code.push(Instruction::BrIf(depth)),
                Some(&local) => code.extend([
                    Instruction::If(BlockType::Empty),
                    Instruction::LocalGet(local),
                    Instruction::Br(depth + 1),
                    Instruction::End,
                ]),
            }
        }
        code.extend(kept.get(&last).map(|&local| Instruction::LocalGet(local)));
        code.extend(branch(last));
        Ok(())
    }

    /// The tail as a function.
    pub(super) fn function(&self, write: &mut impl Write) -> Result<Function> {
        let stack = self.tail.stack.len();
        let given = (stack as u32..).zip(&self.given);
        let mut places: BTreeMap<u32, u32> = given.map(|(place, &local)| (local, place)).collect();
        let mut added = Added::to(stack + self.given.len());
        for local in self.operators().iter().filter_map(local) {
            if let Entry::Vacant(place) = places.entry(local) {
                place.insert(added.local(self.body.locals[local as usize])?);
            }
        }
        let taken = self.taken();
        let mut kept = BTreeMap::new();
        if self.ways.len() > 1 {
            for &(way, kind) in &taken {
                kept.insert(way, added.local(kind)?);
            }
        }
        let mut function = Function::new_with_locals_types(added.types());
        for &way in self.ways.iter().rev() {
            let takes = match self.takes(way) {
                [] => BlockType::Empty,
                [kind, ..] => BlockType::Result(val_type(*kind)?),
            };
            function.instruction(&Instruction::Block(takes));
        }
        for place in 0..stack {
            function.instruction(&Instruction::LocalGet(place as u32));
        }
        self.write_tail(&mut function, &places, write)?;
        for &way in &self.ways {
            function.instruction(&Instruction::End);
            if self.ways.len() > 1 {
                if let Some(&local) = kept.get(&way) {
                    function.instruction(&Instruction::LocalSet(local));
                }
                // Those of other ways are 0.
                for (way, _) in &taken {
                    function.instruction(&Instruction::LocalGet(kept[way]));
                }
            }
            for local in &self.returned {
                function.instruction(&Instruction::LocalGet(places[local]));
            }
            if self.ways.len() > 1 {
                function.instruction(&Instruction::I32Const(self.number(way)));
            }
            function.instruction(&Instruction::Return);
        }
        function.instruction(&Instruction::End);
        Ok(function)
    }

    fn write_tail(
        &self,
        function: &mut Function,
        places: &BTreeMap<u32, u32>,
        write: &mut impl Write,
    ) -> Result<()> {
        let mut depth = 0;
        for operator in self.operators() {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => depth += 1,
                Operator::End => depth -= 1,
                _ => {}
            }
            let target = |relative: u32| self.target(relative, depth);
            let instruction = match operator {
                Operator::LocalGet { local_index } => Instruction::LocalGet(places[local_index]),
                Operator::LocalSet { local_index } => Instruction::LocalSet(places[local_index]),
                Operator::LocalTee { local_index } => Instruction::LocalTee(places[local_index]),
                Operator::Br { relative_depth } => Instruction::Br(target(*relative_depth)?),
                Operator::BrIf { relative_depth } => Instruction::BrIf(target(*relative_depth)?),
                Operator::BrTable { targets } => {
                    let others = targets.targets().map(|depth| target(depth?));
                    let others = others.collect::<Result<Vec<u32>>>()?;
                    Instruction::BrTable(others.into(), target(targets.default())?)
                }
                Operator::Return => Instruction::Br(target(depth + self.return_depth())?),
                other => {
                    write.operator(function, other)?;
                    continue;
                }
            };
            function.instruction(&instruction);
        }
        Ok(())
    }

    /// How far the function is, as seen from the tail's block.
    fn return_depth(&self) -> u32 {
        self.tail.blocks.len() as u32 - 1
    }

    /// Where a branch leads in the function.
    fn target(&self, relative: u32, depth: u32) -> Result<u32> {
        let Some(outward) = relative.checked_sub(depth) else { return Ok(relative) };
        let way = way(outward, self.tail);
        let place = self.ways.iter().position(|&other| other == way);
        Ok(depth + place.context("a way out that was not seen")? as u32)
    }
}

fn branch(way: Way) -> Option<Instruction<'static>> {
    match way {
        Way::Below => None,
        Way::To(depth) => Some(Instruction::Br(depth)),
    }
}

/// Where a branch leads, to a block outside of a tail as seen from the tail's own.
fn way(outward: u32, tail: &Tail) -> Way {
    let is_own = outward == 0 && !tail.blocks[0].is_loop;
    if is_own { Way::Below } else { Way::To(outward) }
}

fn ways(operators: &[Operator<'_>], tail: &Tail) -> Result<Vec<Way>> {
    let mut ways = BTreeSet::new();
    if tail.is_left_below {
        ways.insert(Way::Below);
    }
    let mut depth = 0;
    for operator in operators {
        let mut to = |relative: u32| {
            ways.extend(relative.checked_sub(depth).map(|outward| way(outward, tail)));
        };
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => depth += 1,
            Operator::End => depth -= 1,
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                to(*relative_depth);
            }
            Operator::BrTable { targets } => {
                to(targets.default());
                for target in targets.targets() {
                    to(target?);
                }
            }
            Operator::Return => to(depth + tail.blocks.len() as u32 - 1),
            _ => {}
        }
    }
    Ok(ways.into_iter().collect())
}

fn local(operator: &Operator<'_>) -> Option<u32> {
    match *operator {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(local_index),
        _ => None,
    }
}

fn val_type(kind: ValType) -> Result<wasm_encoder::ValType> {
    known(RoundtripReencoder.val_type(kind))
}
