//! What of a wasm runs at first, and a second wasm with the rest, which is there when it is called.
//!
//! ```text
//! first   the program: functions that ran, without the tails that did not; its memory and tables.
//!         For each other function that it calls or hands out, a stub.
//! rest    the other functions, the tails as functions, and what of the memory's content only they
//!         know. It has nothing of its own but them.
//! ```
//!
//! They find each other's functions in a table of the first. What ends with a call of the rest first
//! calls the import `bring`, once: it starts the rest with what the first exports, by which the
//! functions come into the table. So it has to be done when it returns, and nothing needs to know what
//! is where.

mod body;
mod carve;
mod data;
mod first;
mod live;
mod plan;
mod program;
mod rest;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result};
use wasmparser::Validator;

use super::layout::Layout;
use super::watch::Ran;
use carve::Carved;
use plan::Plan;
use program::Program;

/// The module of what the first imports for the rest, and of what the rest imports from the first.
const REST: &str = "./rest.js";

/// The first part and the rest.
pub(super) fn apart(wasm: &[u8], ran: &Ran, layout: &Layout) -> Result<(Vec<u8>, Vec<u8>)> {
    let program = Program::read(wasm, ran)?;
    let carved = carved(&program)?;
    let plan = Plan::new(&program, &carved, layout)?;
    let (first, rest) = (first::write(wasm, &plan)?, rest::write(&plan)?);
    for wasm in [&first, &rest] {
        Validator::new().validate_all(wasm).context("what came out is no wasm")?;
    }
    Ok((first, rest))
}

/// For each function that ran, the tails that are worth a function of their own.
fn carved<'a>(program: &'a Program<'_>) -> Result<Vec<Vec<Carved<'a>>>> {
    let of_body = |(body, has_run)| {
        let tails = if has_run { live::tails(body) } else { Vec::new() };
        tails.iter().filter_map(|(tail, live)| Carved::new(body, tail, live).transpose()).collect()
    };
    program.bodies.iter().zip(program.has_run.iter().copied()).map(of_body).collect()
}
