//! Layouts as they are, and as they are read of what linkers write.

use std::slice;

use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, DataSymbolDefinition, Encode, Function,
    FunctionSection, LinkingSection, MemorySection, MemoryType, Module, NameMap, NameSection,
    SymbolTable, TypeSection,
};

use super::*;

/// Where a text, a list with its address, a number and the end of all are.
struct Places {
    text: u32,
    list: u32,
    number: u32,
}

const LINKED: Places = Places { text: 64, list: 72, number: 80 };
/// In the part, they have changed places.
const PART: Places = Places { number: 64, text: 68, list: 76 };

const CODE: u32 = 3;
const DATA: u32 = 4;

/// A program of one function, which knows the list by its second word, and the number.
fn module(places: &Places) -> Module {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut memories = MemorySection::new();
    let kind = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    memories.memory(kind);
    let mut function = Function::new([]);
    // As the linker writes numbers: each with five bytes.
    for number in [places.list + 4, places.number] {
        function.raw([0x41]).raw(padded(number)).raw([0x1a]);
    }
    function.instructions().end();
    let mut code = CodeSection::new();
    code.function(&function);
    let mut content = DataSection::new();
    let mut memory = [0; 20];
    let mut put = |at: u32, bytes: &[u8]| {
        memory[at as usize - 64..][..bytes.len()].copy_from_slice(bytes);
    };
    put(places.text, b"the text");
    put(places.list, &[1, 0, 0, 0]);
    put(places.list + 4, &places.text.to_le_bytes());
    put(places.number, &[42, 0, 0, 0]);
    content.active(0, &ConstExpr::i32_const(64), memory);
    module.section(&types).section(&functions).section(&memories).section(&code).section(&content);
    module
}

fn padded(number: u32) -> [u8; 5] {
    let part = |at: u32| (number >> (7 * at)) as u8 & 0x7f | if at < 4 { 0x80 } else { 0 };
    [0, 1, 2, 3, 4].map(part)
}

/// What functions are called.
fn named(mut module: Module, name: &str) -> Vec<u8> {
    let mut names = NameMap::new();
    names.append(0, name);
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    module.finish()
}

/// Of which type, how far behind the section's beginning, of which symbol, and how far beside it.
type Entry = (u8, u32, u32, Option<i32>);

fn linked(entries: &[(u32, &[Entry])]) -> Vec<u8> {
    let mut module = module(&LINKED);
    let mut symbols = SymbolTable::new();
    let places = [("text", LINKED.text, 8), ("list", LINKED.list, 8), ("number", LINKED.number, 4)];
    for (name, start, size) in places {
        let place = DataSymbolDefinition { index: 0, offset: start - 64, size };
        symbols.data(0, name, Some(place));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    module.section(&linking);
    for (section, entries) in entries {
        let mut data = Vec::new();
        section.encode(&mut data);
        (entries.len() as u32).encode(&mut data);
        for &(kind, offset, symbol, beside) in *entries {
            data.push(kind);
            offset.encode(&mut data);
            symbol.encode(&mut data);
            if let Some(beside) = beside {
                beside.encode(&mut data);
            }
        }
        module.section(&CustomSection { name: "reloc.X".into(), data: data.into() });
    }
    named(module, "run")
}

// In code: the count, the length and the number of locals are before the first `i32.const`.
const IN_CODE: [Entry; 2] = [(4, 4, 1, Some(4)), (4, 11, 2, Some(0))];
// In content: the count, what kind it is, an address of three bytes and `end`, and the length.
const IN_CONTENT: [Entry; 1] = [(5, 7 + (LINKED.list + 4 - 64), 0, Some(0))];

fn all() -> Vec<u8> {
    linked(&[(CODE, &IN_CODE), (DATA, &IN_CONTENT)])
}

#[test]
fn what_code_comes_to_is_known_to_it() {
    let places = vec![0..4, 8..16, 16..20, 32..40, 32..36, 64..68];
    let in_content = [Meant { by: 8, thing: 34 }, Meant { by: 32, thing: 8 }];
    let layout = Layout::new(places, in_content, [Meant { by: 60, thing: 64 }], []);
    let unknown = |numbers: &[u32]| layout.unknown_to(numbers.iter().copied());
    assert_eq!(unknown(&[]), [0..4, 8..20, 32..40, 64..68]);
    assert_eq!(unknown(&[3]), [8..20, 32..40, 64..68]);
    // By the second one to the third, and back; not to what stands beside it.
    assert_eq!(unknown(&[8]), [0..4, 16..20, 64..68]);
    assert_eq!(unknown(&[60]), [0..4, 8..20, 32..40]);
    assert_eq!(unknown(&[20, 31, 1000]), unknown(&[]));
    let layout = Layout { always: [4].into(), ..layout };
    assert_eq!(layout.unknown_to([3]), [8..20, 32..40]);
}

#[test]
fn what_the_linker_knows_holds_for_where_things_are_now() {
    let layout = Layout::read(&all(), &[named(module(&PART), "run")]).unwrap();
    let Places { text, list, number } = PART;
    let expected = Layout::new(
        vec![text..text + 8, list..list + 8, number..number + 4],
        [Meant { by: list + 4, thing: text }],
        [Meant { by: list + 4, thing: list }, Meant { by: number, thing: number }],
        [],
    );
    assert_eq!(layout, expected);
}

#[test]
fn what_is_not_found_stays_with_all_that_it_points_to() {
    // The text and the number are known by code alone, the list by none.
    let code = [(4, 4, 0, Some(LINKED.list as i32 + 4 - LINKED.text as i32)), IN_CODE[1]];
    let linked = linked(&[(CODE, &code), (DATA, &IN_CONTENT)]);
    let Places { text, list, number } = LINKED;
    let layout = Layout::read(&linked, &[named(module(&LINKED), "run")]).unwrap();
    assert_eq!(layout.places, [text..text + 8, number..number + 4]);
    let number = number..number + 4;
    assert_eq!(layout.unknown_to([]), slice::from_ref(&number));
    assert_eq!(layout.unknown_to([list]), slice::from_ref(&number));
    // A function of another name tells nothing.
    let layout = Layout::read(&linked, &[named(module(&LINKED), "other")]).unwrap();
    assert_eq!(layout.unknown_to([]), []);
}

#[test]
fn what_does_not_fit_is_said() {
    let part = || named(module(&PART), "run");
    let one = |entry: Entry| linked(&[(CODE, &IN_CODE), (DATA, &[entry])]);
    for (linked, part, expect) in [
        (named(module(&LINKED), "run"), part(), "--emit-relocs"),
        (linked(&[(CODE, &IN_CODE)]), part(), "--emit-relocs"),
        (one((5, IN_CONTENT[0].1, 1, Some(0))), part(), "40 is written where the linker says 48"),
        (one((5, 0, 0, Some(0))), part(), "an address outside of memory"),
        (one((23, IN_CONTENT[0].1, 0, Some(0))), part(), "MemoryAddrLocrelI32"),
    ] {
        let error = Layout::read(&linked, &[part]).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    }
}

#[test]
fn content_that_was_changed_is_seen() {
    let same = |places: &Places| {
        have_same_content(&named(module(places), "run"), &module(&PART).finish()).unwrap()
    };
    assert!(same(&PART));
    assert!(!same(&LINKED));
}

#[test]
fn things_that_are_not_the_same_are_found_out() {
    let mut part = named(module(&PART), "run");
    let at = part.windows(8).position(|bytes| bytes == b"the text").unwrap();
    part[at] = b'T';
    let error = Layout::read(&all(), &[part]).unwrap_err().to_string();
    assert_eq!(error, "another thing is where 40 should be");
}
