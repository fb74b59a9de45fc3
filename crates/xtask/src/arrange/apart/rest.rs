//! Writes the rest, and what it has in common with the first part.

use std::convert::Infallible;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, Function,
    FunctionSection, ImportSection, Instruction, Module, TableType, TypeSection, ValType,
};
use wasmparser::Operator;

use super::REST;
use super::carve::Write;
use super::data;
use super::plan::Plan;

pub(super) fn write(plan: &Plan<'_>) -> Result<Vec<u8>> {
    let (types, imports) = (types(plan)?, imports(plan)?);
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut write = Rest { plan };
    for &function in plan.in_rest.keys() {
        functions.function(plan.kind(function));
        code.function(&write.whole(function as usize - plan.program.imported)?);
    }
    for (tail, &kind) in plan.carved.iter().flatten().zip(&plan.carved_types) {
        functions.function(kind);
        code.function(&tail.function(&mut write)?);
    }
    let tails = plan.in_rest.len() as u32..functions.len();
    let found = plan.stubs.iter().map(|stub| plan.in_rest[stub]).chain(tails);
    let slot = ConstExpr::i32_const(plan.rest_slot() as i32);
    let mut elements = ElementSection::new();
    let found: Vec<u32> = found.collect();
    elements.active(Some(plan.function_table), &slot, Elements::Functions(found.into()));
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
    module.section(&data::section(&plan.content.rest));
    Ok(module.finish())
}

fn types(plan: &Plan<'_>) -> Result<TypeSection> {
    let mut types = TypeSection::new();
    for kind in &plan.program.types {
        types.ty().func_type(&known(RoundtripReencoder.func_type(kind.clone()))?);
    }
    add_types(&mut types, plan)?;
    Ok(types)
}

fn imports(plan: &Plan<'_>) -> Result<ImportSection> {
    let mut imports = ImportSection::new();
    for (name, kind, index) in lent(plan) {
        imports.import(REST, &name, entity(plan, kind, index)?);
    }
    Ok(imports)
}

fn entity(plan: &Plan<'_>, kind: ExportKind, index: u32) -> Result<EntityType> {
    let (program, at) = (plan.program, index as usize);
    Ok(match kind {
        ExportKind::Memory => known(RoundtripReencoder.memory_type(program.memories[at]))?.into(),
        ExportKind::Table => table_type(plan, index, program.tables[at])?.into(),
        _ => known(RoundtripReencoder.global_type(program.globals[at]))?.into(),
    })
}

/// What the first part lets the rest use, in the order of its own: there it has the same numbers.
pub(super) fn lent(plan: &Plan<'_>) -> Vec<(String, ExportKind, u32)> {
    let program = plan.program;
    let kinds = [
        ("memory", ExportKind::Memory, program.memories.len()),
        ("table", ExportKind::Table, program.tables.len()),
        ("global", ExportKind::Global, program.globals.len()),
    ];
    let of_kind = |(name, kind, count): (&str, ExportKind, usize)| {
        let name = name.to_owned();
        (0..count as u32).map(move |index| (format!("{name} {index}"), kind, index))
    };
    kinds.into_iter().flat_map(of_kind).collect()
}

/// The types that both have and the program had not.
pub(super) fn add_types(types: &mut TypeSection, plan: &Plan<'_>) -> Result<()> {
    for kind in &plan.added_types {
        types.ty().func_type(&known(RoundtripReencoder.func_type(kind.clone()))?);
    }
    Ok(())
}

/// With room for what each knows of the other.
pub(super) fn table_type(
    plan: &Plan<'_>,
    table: u32,
    mut kind: wasmparser::TableType,
) -> Result<TableType> {
    if table == plan.function_table {
        kind.initial = plan.slots().into();
        kind.maximum = kind.maximum.map(|most| most.max(kind.initial));
    }
    known(RoundtripReencoder.table_type(kind))
}

struct Rest<'a> {
    plan: &'a Plan<'a>,
}

impl Rest<'_> {
    fn whole(&mut self, own: usize) -> Result<Function> {
        let body = &self.plan.program.bodies[own];
        let locals = body.locals[body.parameters..].iter();
        let locals = locals.map(|&kind| known(RoundtripReencoder.val_type(kind)));
        let locals: Vec<ValType> = locals.collect::<Result<_>>()?;
        let mut function = Function::new_with_locals_types(locals);
        for operator in &body.operators {
            self.operator(&mut function, operator)?;
        }
        Ok(function)
    }
}

impl Write for Rest<'_> {
    fn operator(&mut self, function: &mut Function, operator: &Operator<'_>) -> Result<()> {
        if let Operator::Call { function_index } = *operator {
            if let Some(&own) = self.plan.in_rest.get(&function_index) {
                function.instruction(&Instruction::Call(own));
                return Ok(());
            }
            let slot =
                self.plan.slot_of_lent(function_index).context("a call that was not seen")?;
            function.instruction(&Instruction::I32Const(slot as i32));
            function.instruction(&Instruction::CallIndirect {
                type_index: self.plan.kind(function_index),
                table_index: self.plan.function_table,
            });
            return Ok(());
        }
        function.instruction(&known(RoundtripReencoder.instruction(operator.clone()))?);
        Ok(())
    }
}

/// What is the same as it was.
pub(super) fn known<T>(same: Result<T, Error<Infallible>>) -> Result<T> {
    same.map_err(|error| anyhow!("{error}"))
}
