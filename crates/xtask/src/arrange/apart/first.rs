//! Writes the first part.

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, Module, TableSection, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ElementSectionReader,
    ExportSectionReader, FunctionSectionReader, GlobalSectionReader, ImportSectionReader, Parser,
    TableSectionReader, TypeSectionReader,
};

use super::carve::{Added, Carved};
use super::plan::Plan;
use super::{REST, data, rest};

/// What the module's name ends with that wasm-bindgen makes. Its imports are known by their numbers.
const BINDGEN: &str = "_bg.js";
/// The import that starts the rest.
const BRING: &str = "bring";
/// The export that is 1 when the rest has started.
const IS_HERE: &str = "isHere";

pub(super) fn write(wasm: &[u8], plan: &Plan<'_>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    First { plan, tails: 0 }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("{error}"))?;
    Ok(module.finish())
}

struct First<'a> {
    plan: &'a Plan<'a>,
    /// How many have been replaced by calls.
    tails: usize,
}

impl First<'_> {
    /// Starts the rest where that has not happened.
    fn needs_rest(&self) -> u32 {
        let functions = self.plan.in_first.len() as u32;
        functions + 1
    }

    fn bring(&self) -> u32 {
        self.plan.program.imported as u32
    }

    fn is_here(&self) -> u32 {
        self.plan.program.globals.len() as u32
    }

    /// Calls what is in the table.
    fn call(&self, slot: u32, type_index: u32) -> [Instruction<'static>; 3] {
        [
            Instruction::Call(self.needs_rest()),
            Instruction::I32Const(slot as i32),
            Instruction::CallIndirect { type_index, table_index: self.plan.function_table },
        ]
    }

    /// A function that ran, with calls where tails were.
    fn kept(&mut self, own: usize) -> Result<Function, Error<anyhow::Error>> {
        let body = &self.plan.program.bodies[own];
        let mut added = Added::to(body.locals.len());
        let mut code = Vec::new();
        let mut at = 0;
        for tail in &self.plan.carved[own] {
            for operator in &body.operators[at..tail.start()] {
                code.push(self.instruction(operator.clone())?);
            }
            self.replaced(tail, &mut code, &mut added)?;
            at = tail.end();
        }
        for operator in &body.operators[at..] {
            code.push(self.instruction(operator.clone())?);
        }
        let own = body.locals[body.parameters..].iter().map(|&kind| self.val_type(kind));
        let mut locals = own.collect::<Result<Vec<ValType>, _>>()?;
        locals.extend(added.types());
        let mut function = Function::new_with_locals_types(locals);
        for instruction in &code {
            function.instruction(instruction);
        }
        Ok(function)
    }

    fn replaced<'b>(
        &mut self,
        tail: &Carved<'_>,
        code: &mut Vec<Instruction<'b>>,
        added: &mut Added,
    ) -> Result<(), Error<anyhow::Error>> {
        let slot = self.plan.slot_of_carved(self.tails);
        let call = self.call(slot, self.plan.carved_types[self.tails]);
        self.tails += 1;
        tail.write_call(code, added, call).map_err(Error::UserError)
    }

    /// Calls a function of the rest with all that it is given.
    fn stub(&self, stub: usize) -> Function {
        let kind = self.plan.kind(self.plan.stubs[stub]);
        let mut function = Function::new([]);
        for parameter in 0..self.plan.program.types[kind as usize].params().len() {
            function.instruction(&Instruction::LocalGet(parameter as u32));
        }
        for instruction in self.call(self.plan.slot_of_stub(stub), kind) {
            function.instruction(&instruction);
        }
        function.instruction(&Instruction::End);
        function
    }
}

impl Reencode for First<'_> {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<anyhow::Error>> {
        // All that is called or found has its place.
        let place = self.plan.in_first.get(&function).copied();
        place.context("a call that was not seen").map_err(Error::UserError)
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_type_section(self, types, section)?;
        rest::add_types(types, self.plan).map_err(Error::UserError)
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        for (number, import) in section.into_imports().enumerate() {
            let import = import?;
            // Names that carry a hash each are a lot of what there is to load.
            let number = number.to_string();
            let name = if import.module.ends_with(BINDGEN) { &number } else { import.name };
            imports.import(import.module, name, self.entity_type(import.ty)?);
        }
        imports.import(REST, BRING, EntityType::Function(self.plan.plain_type));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        let program = self.plan.program;
        for own in (0..program.bodies.len()).filter(|&own| program.has_run[own]) {
            functions.function(program.kinds[program.imported + own]);
        }
        for &function in &self.plan.stubs {
            functions.function(self.plan.kind(function));
        }
        functions.function(self.plan.plain_type);
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        for (at, table) in (0..).zip(section) {
            let kind = rest::table_type(self.plan, at, table?.ty);
            tables.table(kind.map_err(Error::UserError)?);
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_global_section(self, globals, section)?;
        let flag = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(flag, &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_export_section(self, exports, section)?;
        exports.export(IS_HERE, ExportKind::Global, self.is_here());
        for (name, kind, index) in rest::lent(self.plan) {
            exports.export(&name, kind, index);
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_element_section(self, elements, section)?;
        let lent: Vec<u32> =
            self.plan.lent.iter().map(|function| self.plan.in_first[function]).collect();
        let slot = ConstExpr::i32_const(self.plan.lent_slot as i32);
        elements.active(Some(self.plan.function_table), &slot, Elements::Functions(lent.into()));
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        let program = self.plan.program;
        for own in (0..program.bodies.len()).filter(|&own| program.has_run[own]) {
            let function = self.kept(own)?;
            code.function(&function);
        }
        for stub in 0..self.plan.stubs.len() {
            code.function(&self.stub(stub));
        }
        let mut needs_rest = Function::new([]);
        let mut write = needs_rest.instructions();
        write.global_get(self.is_here()).i32_eqz().if_(BlockType::Empty);
        write.call(self.bring()).end().end();
        code.function(&needs_rest);
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        section: &mut DataSection,
        _: DataSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        *section = data::section(&self.plan.content.first);
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> Result<u32, Error<anyhow::Error>> {
        Ok(self.plan.content.first.len() as u32)
    }

    /// Names of functions and the like, which no longer fit.
    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        Ok(())
    }
}
