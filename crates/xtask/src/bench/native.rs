//! The times on this machine, by Divan.

use anyhow::{Context, Result};

use crate::process;

/// Seconds for one size.
const SAMPLING: &str = "2";

/// Compiles the benchmark beforehand, so that no measurement waits for it.
pub(super) fn build() -> Result<()> {
    process::run(cargo_bench().arg("--no-run"))
}

/// The median of each size, in nanoseconds.
pub(super) fn medians(name: &str) -> Result<Vec<(u32, f64)>> {
    let mut bench = cargo_bench();
    bench.args(["--", "--color", "never", "--max-time", SAMPLING, name]);
    let table = process::read(&mut bench)?;
    let medians: Option<Vec<_>> = rows(&table).map(|row| median(&row)).collect();
    medians.with_context(|| format!("Divan's table is not as expected:\n{table}"))
}

fn cargo_bench() -> std::process::Command {
    let mut cargo = process::cargo();
    cargo.args(["bench", "--quiet", "--package", "deployline-bench", "--bench", "core"]);
    cargo
}

/// Returns the cells of each line with a time, without the drawn branches before them.
///
/// ```text
///    ╰─ grid_all                     │               │               │
///       ├─ 1000        277.8 µs      │ 609.7 µs      │ 286.7 µs      │
/// ```
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let cells = table.lines().filter_map(|line| {
        let (_, line) = line.split_once("─ ")?;
        Some(line.split('│').map(str::trim).collect::<Vec<_>>())
    });
    cells.filter(|cells| cells[0].contains(' '))
}

fn median(cells: &[&str]) -> Option<(u32, f64)> {
    let n = cells[0].split(' ').next()?.parse().ok()?;
    Some((n, nanoseconds(cells.get(2)?)?))
}

fn nanoseconds(time: &str) -> Option<f64> {
    let (number, unit) = time.split_once(' ')?;
    let factor = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
Timer precision: 24 ns
core                 fastest       │ slowest       │ median        │ mean          │ samples │ iters
╰─ core                            │               │               │               │         │
   ╰─ grid_all                     │               │               │               │         │
      ├─ 1000        277.8 µs      │ 609.7 µs      │ 286.7 µs      │ 298.1 µs      │ 100     │ 100
      ╰─ 100000      10.7 ms       │ 1.2 s         │ 10.88 ms      │ 10.99 ms      │ 100     │ 100
";

    #[test]
    fn reads_the_medians() {
        let medians: Vec<_> = rows(TABLE).map(|row| median(&row)).collect();
        assert_eq!(medians, [Some((1_000, 286_700.0)), Some((100_000, 10_880_000.0))]);
    }

    #[test]
    fn an_unknown_unit_is_no_time() {
        assert_eq!(nanoseconds("1.2 s"), Some(1.2e9));
        assert_eq!(nanoseconds("1.2 min"), None);
        assert_eq!(nanoseconds(""), None);
    }
}
