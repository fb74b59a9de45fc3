//! Reads what the linker knows of a program, for the parts that it was cut into.
//!
//! The linker writes it in custom sections where it is told to (`--emit-relocs`), in the form of
//! <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>: where things are, and where
//! in code and in content there is an address, and of what. `wasm-split` puts things elsewhere and says
//! nothing of it, but keeps functions and things as they are: what a part has in place of an address
//! says where the thing is now. What comes after it changes no address.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{RelocationEntry, RelocationType};

use super::module::Module;
use super::{Layout, Meant, Place};

/// The bytes of an address in content.
const WORD: u32 = u32::BITS / 8;

pub(super) fn layout(linked: &[u8], parts: &[Vec<u8>]) -> Result<Layout> {
    let linked = Linked::read(linked)?;
    let parts = parts.iter().map(|part| Module::read(part)).collect::<Result<Vec<_>>>()?;
    let found = Found::new(&linked, &parts)?;
    let (mut in_content, mut always) = (Vec::new(), Vec::new());
    for (thing, start) in found.starts.iter().enumerate() {
        let place = linked.place(thing);
        for (at, address) in linked.in_content.range(place.clone()) {
            let Some(thing) = found.starts[address.thing] else { continue };
            match start {
                Some(start) => in_content.push(Meant { by: start + (at - place.start), thing }),
                None => always.push(thing),
            }
        }
    }
    let in_code = linked.in_code.values().filter_map(|address| {
        let thing = found.starts[address.thing]?;
        Some(Meant { by: thing.wrapping_add_signed(address.beside), thing })
    });
    let places = found.things().map(|(thing, at)| at..at + linked.place(thing).len() as u32);
    Ok(Layout::new(places.collect(), in_content, in_code, always))
}

/// An address that is written somewhere.
struct Address {
    thing: usize,
    /// So many bytes from where it begins.
    beside: i32,
}

struct Linked<'a> {
    module: Module<'a>,
    /// By where in the file they are written.
    in_code: BTreeMap<usize, Address>,
    /// By where in memory they are.
    in_content: BTreeMap<u32, Address>,
    /// Where in memory there is an address or the number of a function: where parts differ.
    words: BTreeSet<u32>,
}

impl<'a> Linked<'a> {
    fn read(linked: &'a [u8]) -> Result<Self> {
        let module = Module::read(linked)?;
        let knows = |section: u32| {
            module.relocations.iter().any(|relocations| relocations.section_index() == section)
        };
        let is_told = !module.things.is_empty() && module.sections().all(knows);
        ensure!(is_told, "the linker did not say what is where (--emit-relocs)");
        let mut read = Self {
            module,
            in_code: BTreeMap::new(),
            in_content: BTreeMap::new(),
            words: BTreeSet::new(),
        };
        for section in read.module.relocations.clone() {
            // Those of other sections are for debuggers.
            let Some(start) = read.module.start(section.section_index()) else { continue };
            for entry in section.entries() {
                let entry = entry?;
                read.add(&entry, start + entry.offset as usize)?;
            }
        }
        Ok(read)
    }

    /// What is written at a place in the file.
    fn add(&mut self, entry: &RelocationEntry, offset: usize) -> Result<()> {
        use RelocationType as Of;
        match entry.ty {
            Of::MemoryAddrLeb | Of::MemoryAddrSleb => {
                if let Some(address) = self.address(entry, self.module.number(offset)?)? {
                    self.in_code.insert(offset, address);
                }
            }
            Of::MemoryAddrI32 => {
                let at = self.module.address(offset).context("an address outside of memory")?;
                if let Some(address) = self.address(entry, self.module.word(at)?)? {
                    self.in_content.insert(at, address);
                    self.words.insert(at);
                }
            }
            Of::TableIndexI32 => self.words.extend(self.module.address(offset)),
            Of::FunctionIndexLeb
            | Of::TableIndexSleb
            | Of::TypeIndexLeb
            | Of::GlobalIndexLeb
            | Of::TableNumberLeb => {}
            other => bail!("{other:?} is nothing that is known here"),
        }
        Ok(())
    }

    /// What is meant by the number that is written; nothing where that is no thing, like the end of all.
    fn address(&self, entry: &RelocationEntry, number: u32) -> Result<Option<Address>> {
        let thing = entry.index as usize;
        let Some(place) = self.module.things.get(thing).context("no such name")? else {
            return Ok(None);
        };
        let beside = i32::try_from(entry.addend).context("an address far from what is meant")?;
        let expected = place.start.wrapping_add_signed(beside);
        ensure!(number == expected, "{number:x} is written where the linker says {expected:x}");
        Ok(Some(Address { thing, beside }))
    }

    fn place(&self, thing: usize) -> Place {
        self.module.things[thing].clone().unwrap_or_default()
    }
}

/// Where the linker's things are in the parts.
struct Found {
    starts: Vec<Option<u32>>,
    /// Those whose own addresses were not looked at yet.
    open: Vec<usize>,
}

impl Found {
    fn new(linked: &Linked<'_>, parts: &[Module<'_>]) -> Result<Self> {
        let mut found = Self { starts: vec![None; linked.module.things.len()], open: Vec::new() };
        for (&offset, address) in &linked.in_code {
            for part in parts {
                if let Some(there) = linked.module.same_in(part, offset) {
                    found.put(address, part.number(there)?)?;
                }
            }
        }
        while let Some(thing) = found.open.pop() {
            let (old, new) = (linked.place(thing), found.starts[thing].unwrap_or_default());
            let part = parts.iter().find(|part| part.byte(new).is_some());
            let part = part.with_context(|| format!("nothing is at {new:x}"))?;
            for (at, address) in linked.in_content.range(old.clone()) {
                found.put(address, part.word(new + (at - old.start))?)?;
            }
            let mut at = old.start;
            while at < old.end {
                if linked.words.contains(&at) {
                    at += WORD;
                    continue;
                }
                let there = part.byte(new + (at - old.start));
                ensure!(linked.module.byte(at) == there, "another thing is where {at:x} should be");
                at += 1;
            }
        }
        Ok(found)
    }

    /// By a number that means it.
    fn put(&mut self, address: &Address, number: u32) -> Result<()> {
        let start = number.wrapping_sub(address.beside as u32);
        match self.starts[address.thing].replace(start) {
            None => self.open.push(address.thing),
            Some(other) => ensure!(other == start, "one thing at {other:x} and at {start:x}"),
        }
        Ok(())
    }

    fn things(&self) -> impl Iterator<Item = (usize, u32)> {
        self.starts.iter().enumerate().filter_map(|(thing, start)| Some((thing, (*start)?)))
    }
}
