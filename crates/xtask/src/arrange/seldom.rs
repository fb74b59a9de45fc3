//! What of a wasm is seldom called, in a file of its own, from which the whole can be put together.
//!
//! Code stands in a wasm function after function. In the first file, those that are seldom called stand
//! last and hold nothing but `unreachable`; the second has what they hold:
//!
//! ```text
//! first   … code section: length, functions, stubs … data …
//! rest    \0asm, a custom section: how long the first file is, where in it the length is, from where to
//!         where the stubs are; the length then, and the functions in their place
//! ```
//!
//! The rest is a wasm too, though one that does nothing, so that servers compress it as one.

use std::ops::Range;

use anyhow::{Result, ensure};
use wasm_encoder::{CustomSection, Module};
use wasmparser::{Parser, Payload};

/// Numbers of any length may be written so, and it is then overwritten in its place.
const LENGTH_BYTES: usize = 5;
const CODE: u8 = 10;
/// No locals, `unreachable`, `end`; and before it how long that is.
const STUB: [u8; 4] = [3, 0, 0x00, 0x0b];

/// The file with the first functions, so many, and the file with the rest of them.
pub(super) fn cut(wasm: &[u8], usual: usize) -> Result<(Vec<u8>, Vec<u8>)> {
    let Code { section, bodies } = code(wasm)?;
    ensure!(usual < bodies.len(), "all of it is usual");
    let (start, end) = (bodies[usual].start, section.end);
    // The count and the functions that stay.
    let kept = &wasm[section.start..start];
    let stubs = STUB.repeat(bodies.len() - usual);
    let header_at = section.start - length_bytes(section.len()) - 1;
    ensure!(wasm[header_at] == CODE, "its numbers are longer than they need to be");

    let mut first = wasm[..header_at].to_vec();
    first.push(CODE);
    let length_at = first.len();
    first.extend(padded(kept.len() + stubs.len())?);
    first.extend_from_slice(kept);
    let stubs_at = first.len();
    first.extend_from_slice(&stubs);
    let stubs_end = first.len();
    first.extend_from_slice(&wasm[end..]);

    let seldom = &wasm[start..end];
    let mut data = Vec::new();
    for place in [first.len(), length_at, stubs_at, stubs_end] {
        data.extend(u32::try_from(place)?.to_le_bytes());
    }
    data.extend(padded(kept.len() + seldom.len())?);
    data.extend_from_slice(seldom);
    let mut rest = Module::new();
    rest.section(&CustomSection { name: "rest".into(), data: data.into() });
    Ok((first, rest.finish()))
}

struct Code {
    /// What the section holds, from the count of functions on.
    section: Range<usize>,
    /// Each with its length before it.
    bodies: Vec<Range<usize>>,
}

fn code(wasm: &[u8]) -> Result<Code> {
    let (mut section, mut bodies) = (0..0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::CodeSectionStart { unchecked_range: range, .. } => section = places(range)?,
            Payload::CodeSectionEntry(body) => {
                let body = places(body.range())?;
                bodies.push(body.start - length_bytes(body.len())..body.end);
            }
            _ => {}
        }
    }
    Ok(Code { section, bodies })
}

fn places(Range { start, end }: Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(start)?..usize::try_from(end)?)
}

/// How many bytes a number takes at the least.
fn length_bytes(number: usize) -> usize {
    (usize::BITS - number.max(1).leading_zeros()).div_ceil(7) as usize
}

/// A number in steps of seven bits, as long as the longest.
fn padded(number: usize) -> Result<[u8; LENGTH_BYTES]> {
    let number = u32::try_from(number)?;
    Ok(std::array::from_fn(|step| {
        let bits = (number >> (7 * step)) as u8 & 0x7f;
        if step + 1 < LENGTH_BYTES { bits | 0x80 } else { bits }
    }))
}
