//! Times of planning, native and in WebAssembly, beside their targets.
//!
//! Each measure is taken on both sides before the next one: a shared machine is faster at one time
//! than at another, and the ratio is to survive that.

pub(crate) mod limits;
mod native;
pub(crate) mod page;
mod report;
mod wasm;

use anyhow::{Context, Result};

use crate::{progress, setup};

/// The functions of `crates/bench/benches/core.rs`: case and step, and the sizes.
const MEASURES: [(&str, &[u32]); 9] = [
    ("grid_parse", &SIZES),
    ("grid_resolve", &SIZES),
    ("grid_expand", &SIZES),
    ("grid_schedule", &SIZES),
    ("grid_all", &SIZES),
    ("pairs_all", &[10_000, 100_000]),
    ("matrix_all", &[10_000, 100_000]),
    ("stages_all", &[1_000, 10_000]),
    ("real_all", &[1]),
];
const SIZES: [u32; 3] = [1_000, 10_000, 100_000];

/// Measures everything and prints it. Times above their targets are named, but do not fail: a time
/// says as much about the machine as about the program.
pub(crate) fn core() -> Result<()> {
    setup::ensure(setup::WASM_IN_NODE)?;
    native::build()?;
    let module = wasm::build()?;
    let bytes = wasm::bytes_per_deployment(&module)?;
    let mut rows = Vec::new();
    for (name, sizes) in MEASURES {
        progress::say("Measuring", name);
        let native = native::medians(name)?;
        for (n, wasm_ns) in sizes.iter().zip(wasm::medians(&module, name, sizes)?) {
            let native_ns = native.iter().find(|(of, _)| of == n).map(|(_, time)| *time);
            let native_ns = native_ns.with_context(|| format!("no time of {name} at {n}"))?;
            rows.push(report::Row { name, n: *n, native_ns, wasm_ns });
        }
    }
    print!("{}\n{}", report::table(&rows), report::targets(&rows, bytes));
    Ok(())
}
