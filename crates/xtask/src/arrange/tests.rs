//! Of a small module: what refers to what, before and after.

use wasm_encoder::{
    ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    ImportSection, StartSection, TableSection, TableType, TypeSection,
};
use wasmparser::{ElementItems, Operator};

use super::*;

fn operators<'a>(body: &FunctionBody<'a>) -> Vec<Operator<'a>> {
    let reader = body.get_operators_reader().unwrap();
    reader.into_iter().collect::<Result<_, _>>().unwrap()
}

/// The number that a function begins with.
fn number(body: &FunctionBody<'_>) -> i32 {
    match operators(body)[0] {
        Operator::I32Const { value } => value,
        ref other => panic!("{other:?}"),
    }
}

/// Functions by the numbers they begin with: what each calls, and by what it is found.
fn described(wasm: &[u8]) -> Vec<String> {
    let Functions { imported, bodies } = functions(wasm).unwrap();
    let name = |function: u32| match function.checked_sub(imported) {
        None => "the imported one".to_owned(),
        Some(own) => number(&bodies[own as usize]).to_string(),
    };
    let mut lines: Vec<String> = Vec::new();
    for (function, body) in (imported..).zip(&bodies) {
        for operator in operators(body) {
            if let Operator::Call { function_index } = operator {
                lines.push(format!("{} calls {}", name(function), name(function_index)));
            }
        }
    }
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::FunctionSection(section) => {
                for (function, kind) in (imported..).zip(section) {
                    lines.push(format!("{} is of type {}", name(function), kind.unwrap()));
                }
            }
            Payload::StartSection { func, .. } => lines.push(format!("starts with {}", name(func))),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.unwrap();
                    lines.push(format!("{} is {}", export.name, name(export.index)));
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let ElementItems::Functions(items) = element.unwrap().items else { panic!() };
                    let names = items.into_iter().map(|item| name(item.unwrap()));
                    lines.push(format!("table: {}", names.collect::<Vec<_>>().join(" ")));
                }
            }
            _ => {}
        }
    }
    lines.sort();
    lines
}

/// Nothing that could run: a call here leaves the stack as it happens to be. One function is imported. Of our four, 10 and 30 have much in common.
fn module() -> Vec<u8> {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([], [wasm_encoder::ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("page", "paint", EntityType::Function(0));
    let mut kinds = FunctionSection::new();
    for kind in [0, 1, 0, 0] {
        kinds.function(kind);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: wasm_encoder::RefType::FUNCREF,
        minimum: 2,
        maximum: None,
        table64: false,
        shared: false,
    });
    let mut exports = ExportSection::new();
    exports.export("plan", ExportKind::Func, 3).export("draw", ExportKind::Func, 2);
    let mut elements = ElementSection::new();
    let at = ConstExpr::i32_const(0);
    elements.active(Some(0), &at, Elements::Functions([4, 1].as_slice().into()));
    let mut code = CodeSection::new();
    for (number, calls, same) in
        [(10, [2, 3], true), (20, [0, 2], false), (30, [1, 0], true), (40, [3, 4], false)]
    {
        let mut function = Function::new([]);
        let mut write = function.instructions();
        write.i32_const(number).drop();
        for step in 0..8 {
            let value = if same { 70_000 + step } else { number * 90_000 + step * step * number };
            write.i32_const(value).drop();
        }
        write.call(calls[0]).call(calls[1]).end();
        code.function(&function);
    }
    module.section(&types).section(&imports).section(&kinds).section(&tables);
    module.section(&exports).section(&StartSection { function_index: 1 });
    module.section(&elements).section(&code);
    module.finish()
}

#[test]
fn everything_refers_to_the_same_functions_as_before() {
    let before = module();
    let after = arranged(&before, |_| true).unwrap();
    assert_eq!(described(&after), described(&before));
    let described = described(&before);
    for line in ["10 calls 20", "20 is of type 1", "table: 40 10", "plan is 30", "starts with 10"] {
        assert!(described.iter().any(|described| described == line), "{line}: {described:?}");
    }
}

#[test]
fn like_functions_come_together() {
    let after = arranged(&module(), |_| true).unwrap();
    let bodies = functions(&after).unwrap().bodies;
    let numbers: Vec<i32> = bodies.iter().map(number).collect();
    assert_eq!(numbers[..2], [10, 30]);
}

#[test]
fn what_is_no_wasm_is_refused() {
    assert!(arranged(b"\0asm\x01\0\0\0\x0a", |_| true).is_err());
    assert!(arranged(b"<html>", |_| true).is_err());
}

/// As web/embed/src/parts.ts does it.
fn put_together(first: &[u8], rest: &[u8]) -> Vec<u8> {
    let data = Parser::new(0).parse_all(rest).find_map(|payload| match payload.unwrap() {
        Payload::CustomSection(section) if section.name() == "rest" => Some(section.data()),
        _ => None,
    });
    let (numbers, data) = data.unwrap().split_at(16);
    let (length, functions) = data.split_at(5);
    let places =
        numbers.chunks(4).map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap()) as usize);
    let [all, length_at, stubs_at, stubs_end] = places.collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!(all, first.len());
    let kept = &first[length_at + length.len()..stubs_at];
    [&first[..length_at], length, kept, functions, &first[stubs_end..]].concat()
}

#[test]
fn what_is_cut_in_two_can_be_put_together() {
    let before = module();
    let usual = [1, 2];
    let arranged = arranged(&before, |function| usual.contains(&function)).unwrap();
    let (first, rest) = seldom::cut(&arranged, usual.len()).unwrap();
    assert_eq!(described(&put_together(&first, &rest)), described(&before));

    let bodies = functions(&first).unwrap().bodies;
    let stops = |body: &FunctionBody<'_>| matches!(operators(body)[0], Operator::Unreachable);
    assert_eq!(bodies.iter().map(stops).collect::<Vec<_>>(), [false, false, true, true]);
    let mut kept: Vec<i32> = bodies[..2].iter().map(number).collect();
    kept.sort_unstable();
    assert_eq!(kept, [20, 30]);
}

#[test]
fn what_is_usual_as_a_whole_is_not_cut() {
    assert!(seldom::cut(&module(), 4).is_err());
}
