//! The time that each step takes on this machine: `cargo xtask bench`.
//!
//! The names are read there: the case, the step, and the size.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod core {
    use deployline_bench::{Case, Step, prepare, run};
    use divan::Bencher;

    const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
    const LARGE: [usize; 2] = [10_000, 100_000];
    /// A hundred thousand stages are more text than is read.
    const STAGES: [usize; 2] = [1_000, 10_000];

    #[divan::bench(args = SIZES)]
    fn grid_parse(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::Parse, &Case::grid(n));
    }

    #[divan::bench(args = SIZES)]
    fn grid_resolve(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::Resolve, &Case::grid(n));
    }

    #[divan::bench(args = SIZES)]
    fn grid_expand(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::Expand, &Case::grid(n));
    }

    #[divan::bench(args = SIZES)]
    fn grid_schedule(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::Schedule, &Case::grid(n));
    }

    #[divan::bench(args = SIZES)]
    fn grid_all(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::All, &Case::grid(n));
    }

    #[divan::bench(args = LARGE)]
    fn pairs_all(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::All, &Case::pairs(n));
    }

    #[divan::bench(args = LARGE)]
    fn matrix_all(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::All, &Case::matrix(n));
    }

    #[divan::bench(args = STAGES)]
    fn stages_all(bencher: Bencher<'_, '_>, n: usize) {
        measure(bencher, Step::All, &Case::stages(n));
    }

    #[divan::bench(args = [1])]
    fn real_all(bencher: Bencher<'_, '_>, _one: usize) {
        measure(bencher, Step::All, &Case::real());
    }

    fn measure(bencher: Bencher<'_, '_>, step: Step, case: &Case) {
        bencher.with_inputs(|| prepare(step, case)).bench_values(|input| run(case, input));
    }
}
