//! The table of times, compared to their targets.

use std::fmt::Write as _;

const MAX_BYTES: f64 = 64.0;
const MAX_WASM_RATIO: f64 = 2.0;

/// A step of a case, and its median times.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) n: u32,
    pub(super) native_ns: f64,
    pub(super) wasm_ns: f64,
}

/// Returns a table with every measure in a line.
pub(super) fn table(rows: &[Row]) -> String {
    let mut table =
        format!("{:<15} {:>8} {:>12} {:>12} {:>7}\n", "median of", "n", "native", "wasm", "ratio");
    for Row { name, n, native_ns, wasm_ns } in rows {
        let name = name.replace('_', " ");
        let (native, wasm, ratio) = (ms(*native_ns), ms(*wasm_ns), wasm_ns / native_ns);
        let _ = writeln!(table, "{name:<15} {n:>8} {native:>12} {wasm:>12} {ratio:>7.2}");
    }
    table
}

/// Formats a line for each target, with the measured value and whether it meets the target.
pub(super) fn targets(rows: &[Row], bytes_per_deployment: f64) -> String {
    let mut lines = String::new();
    let mut target = |name: &str, found: String, is_met: bool| {
        let word = if is_met { "met" } else { "MISSED" };
        let _ = writeln!(lines, "{name:<52} {found:>10}  {word}");
    };
    for (n, most_ms) in [(10_000, 10.0), (100_000, 120.0)] {
        for row in rows.iter().filter(|row| row.n == n && row.name == "grid_all") {
            let name = format!("{n} deployments from text: at most {most_ms} ms");
            target(&name, ms(row.native_ns), row.native_ns <= most_ms * 1e6);
            let ratio = row.wasm_ns / row.native_ns;
            let name = format!("{n} in WebAssembly: at most {MAX_WASM_RATIO} × native");
            target(&name, format!("{ratio:.2}"), ratio <= MAX_WASM_RATIO);
        }
    }
    for (name, growth) in growths(rows) {
        let name = format!("growth of {}: at most 1 × n log n", name.replace('_', " "));
        target(&name, format!("{growth:.2}"), growth <= 1.0);
    }
    let found = format!("{bytes_per_deployment:.1}");
    let name = format!("bytes of plan and schedule, a deployment: at most {MAX_BYTES}");
    target(&name, found, bytes_per_deployment <= MAX_BYTES);
    lines
}

/// Formats the growth from the last but one size to the largest, beside that of n log n.
fn growths(rows: &[Row]) -> Vec<(&'static str, f64)> {
    let pairs = rows.windows(2).filter(|pair| pair[0].name == pair[1].name && pair[0].n >= 1_000);
    let growth = |pair: &[Row]| {
        let n_log_n = |row: &Row| f64::from(row.n) * f64::from(row.n).ln();
        (pair[1].native_ns / pair[0].native_ns) / (n_log_n(&pair[1]) / n_log_n(&pair[0]))
    };
    let whole = pairs.filter(|pair| pair[0].name.ends_with("_all") && pair[1].n >= 10_000);
    whole.map(|pair| (pair[1].name, growth(pair))).collect()
}

fn ms(nanoseconds: f64) -> String {
    format!("{:.3} ms", nanoseconds / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn row(name: &'static str, n: u32, native_ns: f64, wasm_ns: f64) -> Row {
        Row { name, n, native_ns, wasm_ns }
    }

    #[test]
    fn a_line_for_each_measure() {
        let rows = [row("grid_all", 10_000, 1_450_000.0, 2_175_000.0)];
        let expected = "\
median of              n       native         wasm   ratio
grid all           10000     1.450 ms     2.175 ms    1.50
";
        assert_eq!(table(&rows), expected);
    }

    #[test]
    fn targets_are_met_or_missed() {
        let rows = [
            row("grid_all", 10_000, 2e6, 5e6),
            row("grid_all", 100_000, 150e6, 200e6),
            row("real_all", 1, 1e6, 1e6),
        ];
        let expected = "\
10000 deployments from text: at most 10 ms             2.000 ms  met
10000 in WebAssembly: at most 2 × native                   2.50  MISSED
100000 deployments from text: at most 120 ms         150.000 ms  MISSED
100000 in WebAssembly: at most 2 × native                  1.33  met
growth of grid all: at most 1 × n log n                    6.00  MISSED
bytes of plan and schedule, a deployment: at most 64       60.9  met
";
        assert_eq!(targets(&rows, 60.94), expected);
    }
}
