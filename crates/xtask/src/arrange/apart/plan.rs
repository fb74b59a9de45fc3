//! Where everything comes, in the first part and in the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Result, bail};
use wasmparser::{FuncType, Operator, ValType};

use super::carve::Carved;
use super::data::{Content, Numbers};
use super::program::Program;
use crate::arrange::layout::Layout;

pub(super) struct Plan<'a> {
    pub program: &'a Program<'a>,
    /// For each of its functions.
    pub carved: &'a [Vec<Carved<'a>>],
    /// What types the program has not.
    pub added_types: Vec<FuncType>,
    /// The type of what takes and gives nothing.
    pub plain_type: u32,
    /// For each tail, one function's after the other's.
    pub carved_types: Vec<u32>,
    /// The program's functions by what they are in the first part; those of the rest that it calls or
    /// hands out are stubs there.
    pub in_first: BTreeMap<u32, u32>,
    pub stubs: Vec<u32>,
    /// And in the rest, where tails come behind them.
    pub in_rest: BTreeMap<u32, u32>,
    /// What the rest calls in the first.
    pub lent: Vec<u32>,
    pub function_table: u32,
    /// Where in the table they are. Behind them come the stubs' functions, and the tails.
    pub lent_slot: u32,
    pub content: Content<'a>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        program: &'a Program<'a>,
        carved: &'a [Vec<Carved<'a>>],
        layout: &Layout,
    ) -> Result<Self> {
        let functions = program.kinds.len() as u32;
        let (seldom, usual): (Vec<u32>, Vec<u32>) =
            (0..functions).partition(|&function| program.is_seldom(function));
        let Known { calls, numbers } = Known::of(program, carved)?;
        let stubs = program.found.iter().chain(&calls.of_first).copied();
        let stubs: BTreeSet<u32> = stubs.filter(|&function| program.is_seldom(function)).collect();
        // Of one type, they are all but the same.
        let mut stubs: Vec<u32> = stubs.into_iter().collect();
        stubs.sort_by_key(|&function| program.kinds[function as usize]);
        let lent = calls.of_rest.into_iter().filter(|&function| !program.is_seldom(function));

        // What is imported keeps its place, and one more is.
        let place = |(place, function): (u32, u32)| {
            (function, place + u32::from(place as usize >= program.imported))
        };
        let in_first = (0..).zip(usual.into_iter().chain(stubs.iter().copied())).map(place);
        let function_table = program.function_table()?;
        let mut plan = Self {
            program,
            carved,
            added_types: Vec::new(),
            plain_type: 0,
            carved_types: Vec::new(),
            in_first: in_first.collect(),
            stubs,
            in_rest: seldom.into_iter().zip(0..).collect(),
            lent: lent.collect(),
            function_table,
            lent_slot: u32::try_from(program.tables[function_table as usize].initial)?,
            content: Content::new(&program.content, layout, numbers),
        };
        plan.find_types();
        Ok(plan)
    }

    fn find_types(&mut self) {
        let types = (0..).zip(&self.program.types);
        let mut known: HashMap<(Vec<ValType>, Vec<ValType>), u32> = types
            .map(|(at, kind)| ((kind.params().to_vec(), kind.results().to_vec()), at))
            .collect();
        let mut next = self.program.types.len() as u32;
        let mut added = Vec::new();
        let mut find = |kind: (Vec<ValType>, Vec<ValType>)| {
            *known.entry(kind).or_insert_with_key(|(parameters, results)| {
                added.push(FuncType::new(parameters.iter().copied(), results.iter().copied()));
                next += 1;
                next - 1
            })
        };
        self.plain_type = find((Vec::new(), Vec::new()));
        self.carved_types = self.carved.iter().flatten().map(|tail| find(tail.kind())).collect();
        self.added_types = added;
    }

    pub(super) fn kind(&self, function: u32) -> u32 {
        self.program.kinds[function as usize]
    }

    /// Where in the table a function of the first part is that the rest calls.
    pub(super) fn slot_of_lent(&self, function: u32) -> Option<u32> {
        let place = self.lent.binary_search(&function).ok()?;
        Some(self.lent_slot + place as u32)
    }

    pub(super) fn slot_of_stub(&self, stub: usize) -> u32 {
        self.rest_slot() + stub as u32
    }

    pub(super) fn slot_of_carved(&self, carved: usize) -> u32 {
        self.rest_slot() + (self.stubs.len() + carved) as u32
    }

    /// From where on the rest writes into the table.
    pub(super) fn rest_slot(&self) -> u32 {
        self.lent_slot + self.lent.len() as u32
    }

    pub(super) fn slots(&self) -> u32 {
        self.slot_of_carved(self.carved_types.len())
    }
}

/// Which functions are called by name, and from where.
#[derive(Default)]
struct Calls {
    of_first: BTreeSet<u32>,
    of_rest: BTreeSet<u32>,
}

/// What code knows.
#[derive(Default)]
struct Known {
    calls: Calls,
    /// Those in the first part.
    numbers: Numbers,
}

impl Known {
    fn of(program: &Program<'_>, carved: &[Vec<Carved<'_>>]) -> Result<Self> {
        let mut known = Self::default();
        for operator in &program.initial {
            known.numbers.add(operator)?;
        }
        for ((body, tails), &has_run) in program.bodies.iter().zip(carved).zip(&program.has_run) {
            let mut tails = tails.iter().peekable();
            for (at, operator) in body.operators.iter().enumerate() {
                tails.next_if(|tail| tail.end() <= at);
                let is_in_tail = tails.peek().is_some_and(|tail| tail.start() <= at);
                let is_in_first = has_run && !is_in_tail;
                if is_in_first {
                    known.numbers.add(operator)?;
                }
                match *operator {
                    Operator::Call { function_index } if is_in_first => {
                        known.calls.of_first.insert(function_index);
                    }
                    Operator::Call { function_index } => {
                        known.calls.of_rest.insert(function_index);
                    }
                    Operator::RefFunc { .. }
                    | Operator::ReturnCall { .. }
                    | Operator::ReturnCallIndirect { .. }
                    | Operator::ReturnCallRef { .. }
                    | Operator::BrOnNull { .. }
                    | Operator::BrOnNonNull { .. }
                    | Operator::BrOnCast { .. }
                    | Operator::BrOnCastFail { .. }
                    | Operator::Throw { .. }
                    | Operator::ThrowRef
                    | Operator::MemoryInit { .. }
                    | Operator::DataDrop { .. }
                    | Operator::TableInit { .. }
                    | Operator::ElemDrop { .. } => {
                        bail!("{operator:?} can't be put into the rest yet");
                    }
                    _ => {}
                }
            }
        }
        Ok(known)
    }
}
