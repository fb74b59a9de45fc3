//! A function's code as it stands, and the tails of it that did not run.
//!
//! Code is in blocks within blocks. Where a block was left before its end each time, all from there to
//! its end is a tail: it is entered at one place only, from above.

use anyhow::{Context, Result, ensure};
use wasmparser::{
    BlockType, FrameKind, FuncType, FuncValidator, FunctionBody, Operator, ValType,
    WasmModuleResources,
};

use crate::arrange::watch::{Ran, ends_stretch};

/// A function.
pub(super) struct Body<'a> {
    /// Of its parameters, and of its other locals.
    pub locals: Vec<ValType>,
    pub parameters: usize,
    pub operators: Vec<Operator<'a>>,
    /// For what ends a block: where the block begins. For `else`, where its `if` is.
    pub begins: Vec<usize>,
    /// For each `if` that has one: where its `else` is.
    pub elses: Vec<Option<usize>>,
    /// In the order in which they stand. None is in another.
    pub tails: Vec<Tail>,
}

/// What follows a place in a block, to its end.
#[derive(Debug)]
pub(super) struct Tail {
    pub start: usize,
    /// Where the `end` or `else` is that ends the block.
    pub end: usize,
    pub bytes: u64,
    /// What of the block is on the stack where the tail begins.
    pub stack: Vec<ValType>,
    /// What the block leaves behind.
    pub results: Vec<ValType>,
    /// Whether it is left by its end, too.
    pub is_left_below: bool,
    /// The blocks that it is in, the innermost first, the function last.
    pub blocks: Vec<Enclosing>,
}

/// A block around a tail.
#[derive(Clone, Debug)]
pub(super) struct Enclosing {
    pub is_loop: bool,
    /// What a branch to it takes along.
    pub takes: Vec<ValType>,
}

/// What a stretch is told by: the functions before have had so many.
pub(super) struct Stretches<'a> {
    pub ran: &'a Ran,
    pub next: usize,
}

/// A block that has begun.
struct Open {
    begins: usize,
    /// Of what did not run in it, or in the arm of an `if`.
    tail: Option<Tail>,
}

impl<'a> Body<'a> {
    pub(super) fn read<R: WasmModuleResources>(
        body: &FunctionBody<'a>,
        types: &[FuncType],
        kind: &FuncType,
        mut validator: FuncValidator<R>,
        stretches: &mut Stretches<'_>,
    ) -> Result<Self> {
        let mut reader = body.get_binary_reader();
        validator.read_locals(&mut reader)?;
        let locals = (0..validator.len_locals()).map(|local| validator.get_local_type(local));
        let mut read = Self {
            locals: locals.collect::<Option<_>>().context("a local without a type")?,
            parameters: kind.params().len(),
            operators: Vec::new(),
            begins: Vec::new(),
            elses: Vec::new(),
            tails: Vec::new(),
        };
        let mut opens = vec![Open { begins: 0, tail: None }];
        let mut has_run = stretches.begin();
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let offset = reader.original_position();
            let operator = reader.read()?;
            let at = read.operators.len();
            let ends_block = matches!(operator, Operator::End | Operator::Else);
            let is_in_tail = opens.iter().any(|open| open.tail.is_some());
            let open = opens.last_mut().context("code behind its end")?;
            read.begins.push(open.begins);
            read.elses.push(None);
            if ends_block && let Some(mut tail) = open.tail.take() {
                tail.end = at;
                tail.bytes = offset - tail.bytes;
                let frame = validator.get_control_frame(0).context("no block")?;
                tail.is_left_below = !frame.unreachable;
                read.tails.push(tail);
            } else if !ends_block && !has_run && !is_in_tail {
                open.tail = tail(&validator, types, at, offset)?;
            }
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    opens.push(Open { begins: at, tail: None });
                }
                Operator::Else => read.elses[open.begins] = Some(at),
                Operator::End => {
                    opens.pop();
                }
                Operator::TryTable { .. } | Operator::Try { .. } => {
                    ensure!(false, "code with exceptions can't be taken apart yet");
                }
                _ => {}
            }
            validator.op(offset, &operator)?;
            if ends_stretch(&operator) && !reader.eof() {
                has_run = stretches.begin();
            }
            read.operators.push(operator);
        }
        Ok(read)
    }
}

impl Stretches<'_> {
    /// Whether the next one has run.
    fn begin(&mut self) -> bool {
        self.next += 1;
        self.ran.has(self.next - 1)
    }
}

/// A tail from here on; none where it can't be told what it takes and leaves.
fn tail<R: WasmModuleResources>(
    validator: &FuncValidator<R>,
    types: &[FuncType],
    start: usize,
    offset: u64,
) -> Result<Option<Tail>> {
    let depth = validator.control_stack_height() as usize;
    let mut blocks = Vec::with_capacity(depth);
    let mut results = Vec::new();
    for at in 0..depth {
        let frame = validator.get_control_frame(at).context("no block")?;
        let (takes, leaves) = match frame.block_type {
            BlockType::Empty => (Vec::new(), Vec::new()),
            BlockType::Type(value) => (Vec::new(), vec![value]),
            BlockType::FuncType(kind) => {
                let kind = types.get(kind as usize).context("a block of no type")?;
                (kind.params().to_vec(), kind.results().to_vec())
            }
        };
        if at == 0 {
            results = leaves.clone();
        }
        let is_loop = frame.kind == FrameKind::Loop;
        blocks.push(Enclosing { is_loop, takes: if is_loop { takes } else { leaves } });
    }
    let own = validator.get_control_frame(0).context("no block")?;
    let height = validator.operand_stack_height() as usize - own.height;
    let stack = (0..height).rev().map(|depth| validator.get_operand_type(depth).flatten());
    let stack: Option<Vec<ValType>> = stack.collect();
    let is_plain = results.len() <= 1 && blocks.iter().all(|block| block.takes.len() <= 1);
    Ok(stack.filter(|_| is_plain && !own.unreachable).map(|stack| Tail {
        start,
        end: start,
        // Until its end is known, where it begins.
        bytes: offset,
        stack,
        results,
        is_left_below: false,
        blocks,
    }))
}
