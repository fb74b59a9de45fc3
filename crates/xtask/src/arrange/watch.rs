//! What of a wasm runs: the same program, which says so.
//!
//! Code comes in stretches: once begun, a stretch is run through to its end, where the program may go
//! on elsewhere. All stretches of a module are numbered, in the order in which they stand.

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType,
    Instruction, Module, ValType,
};
use wasmparser::{
    CodeSectionReader, ExportSectionReader, FunctionBody, GlobalSectionReader, Operator, Parser,
};

/// What the flags are exported as, behind it their number.
const RAN: &str = "ran ";
/// So many stretches have their flags in one number: the first in its lowest bit.
const FLAGS: usize = i64::BITS as usize;

/// Stretches that were run.
pub(crate) struct Ran(Vec<bool>);

impl Ran {
    /// From a list of them, one in a line.
    pub(crate) fn listed(list: &str) -> Result<Self> {
        let numbers = list.lines().map(str::parse).collect::<Result<Vec<usize>, _>>();
        let numbers = numbers.context("this is no list of stretches")?;
        let mut ran = vec![false; numbers.iter().max().map_or(0, |last| last + 1)];
        for number in numbers {
            ran[number] = true;
        }
        Ok(Self(ran))
    }

    /// Those whose list is in a file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let list = fs::read_to_string(path);
        Self::listed(&list.with_context(|| format!("can't read {}", path.display()))?)
    }

    #[cfg(test)]
    pub(super) fn new(ran: Vec<bool>) -> Self {
        Self(ran)
    }

    pub(super) fn has(&self, stretch: usize) -> bool {
        self.0.get(stretch).is_some_and(|&ran| ran)
    }

    /// The functions that were called.
    pub(super) fn functions(&self, bodies: &[FunctionBody<'_>]) -> Result<Vec<usize>> {
        let starts = starts(bodies)?;
        Ok((0..bodies.len()).filter(|&function| self.has(starts[function])).collect())
    }

    /// Of the same program with its functions in another order.
    pub(super) fn reordered(&self, bodies: &[FunctionBody<'_>], order: &[usize]) -> Result<Self> {
        let starts = starts(bodies)?;
        let stretches = order.iter().flat_map(|&function| starts[function]..starts[function + 1]);
        Ok(Self(stretches.map(|stretch| self.has(stretch)).collect()))
    }
}

/// Each function's first stretch, and behind them the number of all.
pub(super) fn starts(bodies: &[FunctionBody<'_>]) -> Result<Vec<usize>> {
    let mut starts = vec![0];
    for (function, body) in bodies.iter().enumerate() {
        starts.push(starts[function] + stretches(body)?);
    }
    Ok(starts)
}

/// Whether another stretch begins behind it.
pub(super) fn ends_stretch(operator: &Operator<'_>) -> bool {
    use Operator::{Block, BrIf, Else, End, If, Loop};
    matches!(operator, Block { .. } | Loop { .. } | If { .. } | Else | End | BrIf { .. })
}

fn stretches(body: &FunctionBody<'_>) -> Result<usize> {
    let mut reader = body.get_operators_reader()?;
    let mut stretches = 1;
    while !reader.eof() {
        stretches += usize::from(ends_stretch(&reader.read()?) && !reader.eof());
    }
    Ok(stretches)
}

/// The same program, which says what of it was run.
pub(super) fn watched(wasm: &[u8]) -> Result<Vec<u8>> {
    let bodies = super::functions(wasm)?.bodies;
    let stretches = bodies.iter().map(stretches).sum::<Result<usize>>()?;
    let numbers = u32::try_from(stretches.div_ceil(FLAGS))?;
    let mut module = Module::new();
    let mut watched = Watched { numbers, globals: 0, stretches: 0 };
    watched
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("{error}"))?;
    Ok(module.finish())
}

struct Watched {
    numbers: u32,
    /// How many the program has of its own; ours come behind them.
    globals: u32,
    /// How many have a flag already.
    stretches: usize,
}

impl Watched {
    fn begin_stretch(&mut self, function: &mut Function) {
        let global = self.globals + (self.stretches / FLAGS) as u32;
        function.instructions().global_get(global);
        function.instructions().i64_const(1 << (self.stretches % FLAGS));
        function.instructions().i64_or().global_set(global);
        self.stretches += 1;
    }
}

impl Reencode for Watched {
    type Error = Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_global_section(self, globals, section)?;
        self.globals = globals.len();
        let flags = GlobalType { val_type: ValType::I64, mutable: true, shared: false };
        for _ in 0..self.numbers {
            globals.global(flags, &ConstExpr::i64_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_export_section(self, exports, section)?;
        for number in 0..self.numbers {
            let name = format!("{RAN}{number}");
            exports.export(&name, ExportKind::Global, self.globals + number);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for body in section {
            let body = body?;
            let mut function = self.new_function_with_parsed_locals(&body)?;
            let mut reader = body.get_operators_reader()?;
            self.begin_stretch(&mut function);
            while !reader.eof() {
                let operator = reader.read()?;
                let begins = ends_stretch(&operator) && !reader.eof();
                let instruction: Instruction<'_> = self.instruction(operator)?;
                function.instruction(&instruction);
                if begins {
                    self.begin_stretch(&mut function);
                }
            }
            code.function(&function);
        }
        Ok(())
    }
}
