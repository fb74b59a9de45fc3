//! Takes one step once, for callgrind to count: `bench-instructions CASE N STEP`.

use std::hint::black_box;
use std::process::ExitCode;

use deployline_bench::{Case, Input, Output, Step, prepare, run};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((case, step)) = read(&words) else {
        eprintln!("usage: bench-instructions CASE N STEP");
        return ExitCode::FAILURE;
    };
    let input = black_box(prepare(step, &case));
    black_box(the_step_that_is_counted(&case, input));
    ExitCode::SUCCESS
}

fn read(words: &[String]) -> Option<(Case, Step)> {
    let [case, n, step] = words else { return None };
    Some((Case::named(case, n.parse().ok()?)?, Step::named(step)?))
}

/// Callgrind counts from where this is called to where it returns, and knows it by its name.
#[inline(never)]
fn the_step_that_is_counted(case: &Case, input: Input) -> Output {
    run(case, input)
}
