//! A program runs as before, whatever of it is in the rest.

use wasmi::{AsContextMut, Caller, Engine, Extern, Linker, Module, Store, Val};

use super::*;
use crate::arrange::layout::Meant;
use crate::arrange::watch;

/// Has what compilers make of loops, matches, early returns and panics.
const PROGRAM: &str = r#"
(module
  (type $number (func (param i32) (result i32)))
  (import "./page_bg.js" "__wbg_told_0123456789abcdef" (func $told (param i32)))
  (memory (export "memory") 1)
  (table (export "functions") 3 funcref)
  (table (export "objects") 1 externref)
  (global $depth (mut i32) (i32.const 100))
  (elem (table 0) (i32.const 0) func $twice $halved $told)

  (func $twice (type $number) local.get 0 i32.const 2 i32.mul)
  (func $halved (type $number)
    local.get 0
    call $told
    local.get 0
    i32.const 1
    i32.shr_u)
  (func $fails (param i32) (local.get 0) (call $told) unreachable)

  ;; One of three weights, by a list of where they are. It counts from 1.
  (data (i32.const 128) "\8c\00\00\00\94\00\00\00\9c\00\00\00")
  (data (i32.const 140) "\05\00\00\00five\07\00\00\00\00\00\00\00\09\00\00\00\00\00\00\00")
  (func $weight (param i32) (result i32)
    local.get 0
    i32.const 3
    i32.rem_u
    i32.const 1
    i32.add
    i32.const 4
    i32.mul
    i32.load offset=124
    i32.load)

  (func $switched (param $i i32) (param $sum i32) (result i32) (local $x i32) (local $wide i64)
    block $fourth
      block $third
        block $second
          block $first
            local.get $i
            i32.const 5
            i32.rem_u
            br_table $first $second $third $fourth
          end
          local.get $sum
          local.get $i
          i32.const 3
          i32.mul
          i32.add
          local.get $i
          call $weight
          i32.add
          local.tee $sum
          call $told
          br $fourth
        end
        local.get $i
        i32.const 10
        i32.gt_u
        if
          local.get $sum
          i64.extend_i32_u
          i64.const 33
          i64.shl
          local.set $wide
          local.get $i
          i32.const 30
          i32.gt_u
          if
            local.get $wide
            i64.const 32
            i64.shr_u
            i32.wrap_i64
            return
          end
          local.get $sum
          i32.const 7
          i32.add
          local.set $sum
        else
          local.get $sum
          local.get $i
          i32.xor
          local.tee $x
          local.set $sum
          i32.const 8
          local.get $x
          i32.store
          global.get $depth
          i32.const 1
          i32.sub
          global.set $depth
        end
        br $fourth
      end
      block (result i32)
        local.get $sum
        i32.const 1
        i32.and
        if
          local.get $sum
          i32.const 17
          i32.add
          local.get $i
          call $switched_once
          br 1
        end
        local.get $sum
        local.get $i
        i32.const 2
        i32.rem_u
        call_indirect 0 (type $number)
        local.set $x
        local.get $x
        i32.const 1000
        i32.gt_u
        br_if $fourth
        local.get $x
        i32.const 3
        i32.add
      end
      local.set $sum
    end
    local.get $sum
    local.get $x
    i32.add)

  (data (i32.const 164) "\ff\ff\00\00once, and twice, and no name")
  (func $switched_once (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.rotl
    i32.const 164
    i32.load
    i32.and
    local.get 0
    call $kept
    i32.add)

  ;; What $x was before is read behind the block where the second branch goes there.
  (func $kept (param $n i32) (result i32) (local $x i32)
    local.get $n
    i32.const 3
    i32.add
    local.set $x
    block $out
      local.get $n
      i32.const 4
      i32.and
      br_if $out
      local.get $n
      call $told
      local.get $n
      i32.const 2
      i32.and
      br_if $out
      local.get $n
      i32.const 1000
      i32.mul
      local.set $x
      local.get $x
      call $told
    end
    local.get $x
    local.get $n
    call $chosen
    i32.add)

  ;; The same, where the first of a table's ways goes there.
  (func $chosen (param $n i32) (result i32) (local $x i32)
    local.get $n
    i32.const 5
    i32.add
    local.set $x
    block $out
      local.get $n
      i32.const 4
      i32.and
      br_if $out
      block $on
        local.get $n
        call $told
        local.get $n
        i32.const 1
        i32.and
        br_table $out $on
      end
      local.get $n
      i32.const 2000
      i32.mul
      local.set $x
      local.get $x
      call $told
    end
    local.get $x)

  ;; What is changed, by a number and by a global that it is at.
  (data (i32.const 208) "....what was last")
  (data (i32.const 240) "....what came first")
  (global $last i32 (i32.const 208))
  (func $run (export "run") (param $n i32) (result i32) (local $i i32) (local $sum i32) (local $odd i32)
    global.get $last
    local.get $n
    i32.store
    i32.const 0
    local.get $n
    i32.store offset=240
    local.get $n
    i32.const 91
    i32.eq
    if
      local.get $n
      call $fails
      unreachable
    end
    block $out
      loop $again
        local.get $i
        local.get $n
        i32.ge_u
        br_if $out
        local.get $i
        local.get $sum
        call $switched
        local.set $sum
        local.get $i
        i32.const 1
        i32.add
        local.set $i
        local.get $sum
        i32.const 1
        i32.and
        i32.eqz
        br_if $again
        local.get $odd
        i32.const 1
        i32.add
        local.set $odd
        local.get $sum
        i32.const 0xfffff
        i32.gt_u
        if
          local.get $sum
          i32.const 0xfff
          i32.and
          local.set $sum
          i32.const 16
          local.get $odd
          i32.store
          br $again
        end
        local.get $odd
        i32.const 40
        i32.lt_u
        br_if $again
      end
      local.get $odd
      i32.const 5
      i32.mul
      local.get $sum
      i32.add
      return
    end
    local.get $sum
    local.get $odd
    i32.add)
)
"#;

/// What one sees of a run.
#[derive(Debug, PartialEq)]
struct Seen {
    /// Nothing where it ended with a trap.
    result: Option<i32>,
    told: Vec<i32>,
    memory: Vec<u8>,
}

#[derive(Default)]
struct Host {
    told: Vec<i32>,
    rest: Option<Module>,
    brought: usize,
}

/// Runs the program, or its first part with the rest. Says how often that was brought, too.
fn run(wasm: &[u8], rest: Option<&[u8]>, n: i32) -> (Seen, usize) {
    let engine = Engine::default();
    let rest = rest.map(|rest| Module::new(&engine, rest).unwrap());
    let mut store = Store::new(&engine, Host { rest: rest.clone(), ..Host::default() });
    let mut linker = Linker::new(&engine);
    let tell = |mut caller: Caller<'_, Host>, number: i32| caller.data_mut().told.push(number);
    for name in ["__wbg_told_0123456789abcdef", "0"] {
        linker.func_wrap("./page_bg.js", name, tell).unwrap();
    }
    linker.func_wrap(REST, "bring", bring).unwrap();
    let module = Module::new(&engine, wasm).unwrap();
    let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
    let run = instance.get_typed_func::<i32, i32>(&store, "run").unwrap();
    let result = run.call(&mut store, n).ok();
    let brought = store.data().brought;
    if let Some(rest) = rest.filter(|_| brought == 0) {
        // It may come at any time.
        let lent = |name: &str| instance.get_export(&store, name).unwrap();
        let lent: Vec<Extern> = rest.imports().map(|import| lent(import.name())).collect();
        start(&mut store, &rest, &lent);
    }
    let memory = instance.get_memory(&store, "memory").unwrap().data(&store)[..1024].to_vec();
    (Seen { result, told: store.into_data().told, memory }, brought)
}

/// The rest, with what the first part lends it.
fn start(mut store: impl AsContextMut<Data = Host>, rest: &Module, lent: &[Extern]) {
    let mut linker = Linker::new(rest.engine());
    for (import, lent) in rest.imports().zip(lent) {
        linker.define(import.module(), import.name(), *lent).unwrap();
    }
    linker.instantiate_and_start(&mut store, rest).unwrap();
}

/// As web/rest.js does it.
fn bring(mut caller: Caller<'_, Host>) {
    caller.data_mut().brought += 1;
    let module = caller.data().rest.clone().expect("nothing was to be brought");
    let lent = module.imports().map(|import| caller.get_export(import.name()).unwrap());
    let lent: Vec<Extern> = lent.collect();
    start(&mut caller, &module, &lent);
    let is_here = caller.get_export("isHere").and_then(Extern::into_global).unwrap();
    is_here.set(&mut caller, Val::I32(1)).unwrap();
}

/// What is where in the program's memory.
fn layout() -> Layout {
    let [weights, five, seven, nine, mask] = [128, 140, 148, 156, 164];
    let to = [five, seven, nine];
    Layout::new(
        vec![
            weights..five,
            five..seven,
            seven..nine,
            nine..mask,
            mask..mask + 19,
            208..225,
            240..259,
        ],
        (0..).zip(to).map(|(at, thing)| Meant { by: weights + 4 * at, thing }),
        [Meant { by: weights - 4, thing: weights }, Meant { by: mask, thing: mask }],
        [],
    )
}

const RUNS: [i32; 8] = [0, 1, 2, 3, 12, 35, 76, 91];

fn program() -> Vec<u8> {
    wat::parse_str(PROGRAM).unwrap()
}

fn stretches(wasm: &[u8]) -> usize {
    let bodies = crate::arrange::functions(wasm).unwrap().bodies;
    watch::starts(&bodies).unwrap().pop().unwrap()
}

#[test]
fn it_runs_as_before_whatever_is_in_the_rest() {
    let whole = program();
    let stretches = stretches(&whole);
    // Numbers from a generator by Knuth: with each, other stretches are said to have run.
    let mut state = 1_u64;
    for share in (0..=100).step_by(5) {
        for _ in 0..8 {
            let ran = (0..stretches).map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % 100 < share
            });
            let (first, rest) = apart(&whole, &Ran::new(ran.collect()), &layout()).unwrap();
            for n in RUNS {
                let (before, _) = run(&whole, None, n);
                assert_eq!(run(&first, Some(&rest), n).0, before, "{n} with {share} %");
            }
        }
    }
}

#[test]
fn the_program_does_what_the_test_is_for() {
    let seen = RUNS.map(|n| run(&program(), None, n).0);
    assert_eq!(seen[0].result, Some(0));
    // 0 + 0 * 3 and the first weight; then 5 ^ 1, which counts twice and goes to memory. One was odd.
    assert_eq!(seen[2].result, Some(4 + 4 + 1));
    assert_eq!(seen[2].memory[8], 4);
    assert!(seen[6].told.len() > 10, "{seen:?}");
    assert_eq!(seen[7].result, None, "it ends with a trap");
}

/// What ran of the program, as the watched one says.
fn ran(n: i32) -> Ran {
    let watched = watch::watched(&program()).unwrap();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    linker.func_wrap("./page_bg.js", "__wbg_told_0123456789abcdef", |_: i32| {}).unwrap();
    let module = Module::new(&engine, &watched[..]).unwrap();
    let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
    let run = instance.get_typed_func::<i32, i32>(&store, "run").unwrap();
    run.call(&mut store, n).ok();
    let mut list = String::new();
    for number in 0.. {
        let Some(flags) = instance.get_global(&store, &format!("ran {number}")) else { break };
        let Val::I64(flags) = flags.get(&store) else { panic!("flags are 64 bits") };
        for bit in (0..64).filter(|bit| flags >> bit & 1 == 1) {
            list += &format!("{}\n", 64 * number + bit);
        }
    }
    Ran::listed(&list).unwrap()
}

#[test]
fn what_ran_runs_without_the_rest() {
    let (first, rest) = apart(&program(), &ran(12), &layout()).unwrap();
    assert_eq!(run(&first, Some(&rest), 12).1, 0);
    assert_eq!(run(&first, Some(&rest), 3).1, 0);
    // It goes another way, but is brought once.
    assert_eq!(run(&first, Some(&rest), 76).1, 1);
}

#[test]
fn what_did_not_run_is_not_in_the_first_part() {
    let whole = program();
    let length = |wasm: &[u8]| {
        let bodies = crate::arrange::functions(wasm).unwrap().bodies;
        bodies.iter().map(|body| body.range().end - body.range().start).sum::<u64>()
    };
    let of_first = |n| length(&apart(&whole, &ran(n), &layout()).unwrap().0);
    assert!(of_first(0) * 2 < of_first(12), "{} and {}", of_first(0), of_first(12));
    assert!(of_first(0) * 2 < length(&whole), "{} of {}", of_first(0), length(&whole));
}

/// Whether what is to be in memory at first is in the module.
fn has(wasm: &[u8], content: &[u8]) -> bool {
    wasm.windows(content.len()).any(|bytes| bytes == content)
}

#[test]
fn what_only_the_rest_knows_of_is_in_the_rest() {
    let (weights, mask) = ([0x8c, 0, 0, 0, 0x94, 0, 0, 0], b"once, and twice");
    // The first run does nothing; the second comes to the weights, by a number beside them.
    for (n, with_weights) in [(0, false), (1, true)] {
        let (first, rest) = apart(&program(), &ran(n), &layout()).unwrap();
        for content in [&weights[..], b"five"] {
            assert_eq!(has(&first, content), with_weights, "{content:?} after {n}");
            assert_eq!(has(&rest, content), !with_weights, "{content:?} after {n}");
        }
        assert!(!has(&first, mask) && has(&rest, mask));
        // No name says what that is.
        assert!(has(&first, b", and no name") && !has(&rest, b"and no name"));
    }
}

#[test]
fn imports_of_the_page_go_by_numbers() {
    let (first, rest) = apart(&program(), &ran(12), &layout()).unwrap();
    let engine = Engine::default();
    let imports = |wasm: &[u8]| {
        let module = Module::new(&engine, wasm).unwrap();
        let name = |import: wasmi::ImportType<'_>| format!("{} {}", import.module(), import.name());
        let mut names: Vec<String> = module.imports().map(name).collect();
        names.sort();
        names
    };
    assert_eq!(imports(&first), ["./page_bg.js 0", "./rest.js bring"]);
    let lent = ["global 0", "global 1", "memory 0", "table 0", "table 1"];
    assert_eq!(imports(&rest), lent.map(|name| format!("./rest.js {name}")));
}

#[test]
fn what_it_does_not_know_is_refused() {
    for (module, expect) in [
        ("(module)", "no table of functions"),
        (r#"(module (import "a" "b" (memory 1)))"#, "imports more than functions"),
        (
            "(module (table 1 funcref) (elem declare func 0) (func ref.func 0 drop))",
            "put into the rest",
        ),
        ("(module (table 1 funcref) (table 1 funcref))", "more than one table"),
    ] {
        let error =
            apart(&wat::parse_str(module).unwrap(), &Ran::new(Vec::new()), &Layout::default())
                .unwrap_err();
        assert!(error.to_string().contains(expect), "{error}");
    }
}
