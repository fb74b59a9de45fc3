//! Arranges the functions of a wasm file so that it compresses better: those that are alike stand side
//! by side. Nothing else changes, and it runs as before.
//!
//! The linker and wasm-bindgen write functions in an order that says nothing of what is in them.
//! Deflate finds what is repeated within 32 KB, and a program of ours has more than a megabyte.

mod apart;
mod layout;
mod likeness;
mod seldom;
#[cfg(test)]
mod tests;
mod watch;

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

use layout::Layout;
pub(crate) use watch::Ran;

/// Writes the file anew, in a better order.
pub(crate) fn file(path: &Path) -> Result<()> {
    let wasm = read(path)?;
    let arranged =
        arranged(&wasm, |_| true).with_context(|| format!("can't arrange {}", path.display()))?;
    write(path, &arranged)
}

/// Writes a file that says what of it runs ([`watch`]).
pub(crate) fn watched(path: &Path, out: &Path) -> Result<()> {
    let wasm = read(path)?;
    let watched =
        watch::watched(&wasm).with_context(|| format!("can't watch {}", path.display()))?;
    write(out, &watched)
}

/// Writes the file anew with the functions that ran alone, in a better order, and the others as `rest`.
pub(crate) fn in_two(path: &Path, ran: &Ran, rest: &Path) -> Result<()> {
    let wasm = read(path)?;
    let cut = || {
        let usual = ran.functions(&functions(&wasm)?.bodies)?;
        seldom::cut(&arranged(&wasm, |function| usual.contains(&function))?, usual.len())
    };
    let (first, others) = cut().with_context(|| format!("can't cut {}", path.display()))?;
    write(path, &first)?;
    write(rest, &others)
}

/// Where a program comes from.
#[derive(Debug)]
pub(crate) struct Origin {
    /// As the linker wrote it, with all that it knows of it.
    pub linked: PathBuf,
    /// As `wasm-split` cut it into parts.
    pub parts: Vec<PathBuf>,
}

/// Writes the file anew with the code that ran alone, and a second one that has the other code.
pub(crate) fn apart(path: &Path, ran: &Path, rest: &Path, origin: &Origin) -> Result<()> {
    let (wasm, ran) = (read(path)?, Ran::read(ran)?);
    let parts = origin.parts.iter().map(|part| read(part)).collect::<Result<Vec<_>>>()?;
    let layout = Layout::read(&read(&origin.linked)?, &parts)
        .with_context(|| format!("can't tell what of {} is where", origin.linked.display()))?;
    let taken = || {
        let is_known = parts.first().map(|part| layout::have_same_content(&wasm, part));
        ensure!(is_known.transpose()? == Some(true), "something changed what is in memory");
        let bodies = functions(&wasm)?.bodies;
        let usual = ran.functions(&bodies)?;
        let order = order(&bodies, |function| usual.contains(&function));
        let ran = ran.reordered(&bodies, &order)?;
        apart::apart(&reordered(&wasm, order)?, &ran, &layout)
    };
    let (first, others) =
        taken().with_context(|| format!("can't take {} apart", path.display()))?;
    write(path, &first)?;
    write(rest, &others)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("can't read {}", path.display()))
}

fn write(path: &Path, wasm: &[u8]) -> Result<()> {
    fs::write(path, wasm).with_context(|| format!("can't write {}", path.display()))
}

/// The same program with its functions in a better order, the usual ones first.
fn arranged(wasm: &[u8], is_usual: impl Fn(usize) -> bool) -> Result<Vec<u8>> {
    reordered(wasm, order(&functions(wasm)?.bodies, is_usual))
}

/// For each place the function that comes there, both counted without the imported ones.
fn order(bodies: &[FunctionBody<'_>], is_usual: impl Fn(usize) -> bool) -> Vec<usize> {
    let (usual, seldom): (Vec<usize>, Vec<usize>) = (0..bodies.len()).partition(|&at| is_usual(at));
    let mut order = Vec::with_capacity(bodies.len());
    for functions in [usual, seldom] {
        let code: Vec<&[u8]> = functions.iter().map(|&at| bodies[at].as_bytes()).collect();
        order.extend(likeness::order(&code).into_iter().map(|place| functions[place]));
    }
    order
}

fn reordered(wasm: &[u8], order: Vec<usize>) -> Result<Vec<u8>> {
    let imported = functions(wasm)?.imported;
    let mut places = vec![0; order.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = imported + u32::try_from(place)?;
    }
    let mut module = Module::new();
    Arranged { imported, order, places }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("{error}"))?;
    Ok(module.finish())
}

struct Functions<'a> {
    /// How many there are of others; ours are numbered after them.
    imported: u32,
    bodies: Vec<FunctionBody<'a>>,
}

fn functions(wasm: &[u8]) -> Result<Functions<'_>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    Ok(Functions { imported, bodies })
}

/// Writes a module with its own functions in another order.
struct Arranged {
    imported: u32,
    /// For each place the function that comes there, both counted without the imported ones.
    order: Vec<usize>,
    /// For each of them its new index.
    places: Vec<u32>,
}

impl Reencode for Arranged {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imported);
        Ok(own.map_or(function, |own| self.places[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for &function in &self.order {
            functions.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<FunctionBody<'_>>, _>>()?;
        for function in self.order.clone() {
            utils::parse_function_body(self, code, bodies[function].clone())?;
        }
        Ok(())
    }
}
