//! A module as it is before it is taken apart.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use wasmparser::{
    CompositeInnerType, ElementItems, ExternalKind, FuncType, GlobalType, MemoryType, Operator,
    Parser, Payload, RefType, TableType, TypeRef, ValidPayload, Validator,
};

use super::body::{Body, Stretches};
use crate::arrange::layout::{self, Segment};
use crate::arrange::watch::Ran;

/// The module, by its sections.
pub(super) struct Program<'a> {
    pub types: Vec<FuncType>,
    /// The types of imported functions, and of our own behind them.
    pub kinds: Vec<u32>,
    pub imported: usize,
    pub tables: Vec<TableType>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<GlobalType>,
    /// What globals are at first, as the operators that say so.
    pub initial: Vec<Operator<'a>>,
    /// Which are found from outside: exported, in a table, or the start.
    pub found: BTreeSet<u32>,
    pub bodies: Vec<Body<'a>>,
    /// Which of ours ran.
    pub has_run: Vec<bool>,
    /// What is in memory at first.
    pub content: Vec<Segment<'a>>,
}

impl<'a> Program<'a> {
    pub(super) fn read(wasm: &'a [u8], ran: &Ran) -> Result<Self> {
        let mut program = Program {
            types: Vec::new(),
            kinds: Vec::new(),
            imported: 0,
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            initial: Vec::new(),
            found: BTreeSet::new(),
            bodies: Vec::new(),
            has_run: Vec::new(),
            content: Vec::new(),
        };
        let mut validator = Validator::new();
        let mut stretches = Stretches { ran, next: 0 };
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
                let kind = program.kinds[program.imported + program.bodies.len()] as usize;
                program.has_run.push(ran.has(stretches.next));
                let validator = function.into_validator(Default::default());
                let types = &program.types;
                let body = Body::read(&body, types, &types[kind], validator, &mut stretches)?;
                program.bodies.push(body);
            }
            program.section(payload)?;
        }
        Ok(program)
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    for kind in group?.into_types() {
                        let CompositeInnerType::Func(kind) = kind.composite_type.inner else {
                            bail!("it has types that are none of functions");
                        };
                        self.types.push(kind);
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let TypeRef::Func(kind) = import?.ty else {
                        bail!("it imports more than functions");
                    };
                    self.kinds.push(kind);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    self.kinds.push(kind?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(memory?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    self.globals.push(global.ty);
                    for operator in global.init_expr.get_operators_reader() {
                        self.initial.push(operator?);
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.found.insert(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => {
                self.found.insert(func);
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let ElementItems::Functions(functions) = element?.items else { continue };
                    for function in functions {
                        self.found.insert(function?);
                    }
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    let segment = layout::segment(&data?)?;
                    self.content.push(segment.context("content without an address")?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether it comes into the rest.
    pub(super) fn is_seldom(&self, function: u32) -> bool {
        let own = (function as usize).checked_sub(self.imported);
        own.is_some_and(|own| !self.has_run[own])
    }

    /// The table by which functions are called.
    pub(super) fn function_table(&self) -> Result<u32> {
        let mut tables = (0..).zip(&self.tables);
        let mut tables =
            tables.by_ref().filter(|(_, table)| table.element_type == RefType::FUNCREF);
        let (table, _) = tables.next().context("it has no table of functions")?;
        if tables.next().is_some() {
            bail!("it has more than one table of functions");
        }
        Ok(table)
    }
}
