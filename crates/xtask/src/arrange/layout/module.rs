//! A module as far as its memory goes, and where in the file its code is.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result};
use wasmparser::{
    DefinedDataSymbol, KnownCustom, Linking, Name, Parser, Payload, RelocSectionReader,
    SymbolFlags, SymbolInfo, TypeRef,
};

use super::{Place, Segment, segment};

pub(super) struct Module<'a> {
    wasm: &'a [u8],
    /// The sections with code and with content: their numbers, and where in the file they begin.
    starts: Vec<(u32, usize)>,
    /// What is in memory, and where in the file that is.
    segments: Vec<(Segment<'a>, usize)>,
    /// Where in the file the functions are, without the imported ones.
    bodies: Vec<Range<usize>>,
    names: BTreeMap<usize, &'a str>,
    /// The functions by name; nothing where two have the same one.
    named: BTreeMap<&'a str, Option<usize>>,
    /// Where the linker put what it has names for; nothing where that is nowhere.
    pub things: Vec<Option<Place>>,
    pub relocations: Vec<RelocSectionReader<'a>>,
}

impl<'a> Module<'a> {
    pub(super) fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut read = Self {
            wasm,
            starts: Vec::new(),
            segments: Vec::new(),
            bodies: Vec::new(),
            names: BTreeMap::new(),
            named: BTreeMap::new(),
            things: Vec::new(),
            relocations: Vec::new(),
        };
        let (mut number, mut imported) = (0, 0);
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            let section = payload.as_section();
            let start = section.as_ref().map(|(_, range)| range.start as usize);
            match payload {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { .. } => {
                    read.starts.extend(start.map(|start| (number, start)));
                }
                Payload::CodeSectionEntry(body) => {
                    let Range { start, end } = body.range();
                    read.bodies.push(start as usize..end as usize);
                }
                Payload::DataSection(section) => {
                    read.starts.extend(start.map(|start| (number, start)));
                    for data in section {
                        let data = data?;
                        let segment = segment(&data)?.context("content without an address")?;
                        let start = data.range.end as usize - segment.data.len();
                        read.segments.push((segment, start));
                    }
                }
                Payload::CustomSection(section) => read.custom(section.as_known(), imported)?,
                _ => {}
            }
            number += u32::from(section.is_some());
        }
        Ok(read)
    }

    fn custom(&mut self, section: KnownCustom<'a>, imported: usize) -> Result<()> {
        match section {
            KnownCustom::Linking(linking) => {
                for part in linking {
                    let Linking::SymbolTable(symbols) = part? else { continue };
                    for symbol in symbols {
                        let place = self.place(&symbol?)?;
                        self.things.push(place);
                    }
                }
            }
            KnownCustom::Reloc(relocations) => self.relocations.push(relocations),
            KnownCustom::Name(names) => {
                for names in names {
                    let Name::Function(names) = names? else { continue };
                    for naming in names {
                        let naming = naming?;
                        let Some(own) = (naming.index as usize).checked_sub(imported) else {
                            continue;
                        };
                        self.names.insert(own, naming.name);
                        let named = self.named.entry(naming.name);
                        named.and_modify(|own| *own = None).or_insert(Some(own));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn place(&self, symbol: &SymbolInfo<'_>) -> Result<Option<Place>> {
        let SymbolInfo::Data { flags, symbol: Some(symbol), .. } = symbol else { return Ok(None) };
        let &DefinedDataSymbol { index, offset, size } = symbol;
        if flags.contains(SymbolFlags::ABSOLUTE) || size == 0 {
            return Ok(None);
        }
        let (segment, _) = self.segments.get(index as usize).context("no such segment")?;
        let start = segment.address + offset;
        Ok(Some(start..start + size))
    }

    /// The sections with code and with content.
    pub(super) fn sections(&self) -> impl Iterator<Item = u32> {
        self.starts.iter().map(|(number, _)| *number)
    }

    /// Each segment's address and bytes, but for empty ones.
    pub(super) fn content(&self) -> impl Iterator<Item = (u32, &'a [u8])> {
        let segments = self.segments.iter().map(|(segment, _)| (segment.address, segment.data));
        segments.filter(|(_, data)| !data.is_empty())
    }

    /// Where in the file a section with code or content begins.
    pub(super) fn start(&self, section: u32) -> Option<usize> {
        self.starts.iter().find(|(number, _)| *number == section).map(|(_, start)| *start)
    }

    /// Where in memory that is which is at a place in the file.
    pub(super) fn address(&self, offset: usize) -> Option<u32> {
        self.segments.iter().find_map(|(segment, start)| {
            let within = offset.checked_sub(*start).filter(|&at| at < segment.data.len())?;
            Some(segment.address + within as u32)
        })
    }

    pub(super) fn byte(&self, address: u32) -> Option<u8> {
        let segment = self.segment(address)?;
        Some(segment.data[(address - segment.address) as usize])
    }

    /// The address at a place in memory.
    pub(super) fn word(&self, address: u32) -> Result<u32> {
        let segment = self.segment(address);
        let bytes = segment.and_then(|segment| {
            segment.data[(address - segment.address) as usize..].first_chunk::<4>()
        });
        Ok(u32::from_le_bytes(*bytes.context("an address outside of memory")?))
    }

    fn segment(&self, address: u32) -> Option<&Segment<'a>> {
        let mut segments = self.segments.iter().map(|(segment, _)| segment);
        segments.find(|segment| segment.place().contains(&address))
    }

    /// The number that is in code at a place in the file. The linker writes each with five bytes, with a
    /// sign or without.
    pub(super) fn number(&self, offset: usize) -> Result<u32> {
        let bytes = self.wasm.get(offset..).and_then(|rest| rest.first_chunk::<5>());
        let bytes = bytes.context("a number behind the end")?;
        Ok((0..).zip(bytes).fold(0, |sum, (at, byte)| sum | u32::from(byte & 0x7f) << (7 * at)))
    }

    /// Where in another module of the same functions that is which is here at a place in the file.
    pub(super) fn same_in(&self, other: &Module<'_>, offset: usize) -> Option<usize> {
        let own = self.bodies.partition_point(|body| body.end <= offset);
        let (body, name) = (self.bodies.get(own)?, self.names.get(&own)?);
        self.named[name]?;
        let there = &other.bodies[(*other.named.get(name)?)?];
        let is_within = body.start <= offset && body.len() == there.len();
        is_within.then(|| there.start + (offset - body.start))
    }
}
