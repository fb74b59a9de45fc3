//! The sizes as a table: a line per kind, its files below it when there are several, and a total.

use std::fmt::Write as _;

use super::{Asset, Bytes, Kind};

/// In their order, with their names.
pub(super) const KINDS: [(Kind, &str); 5] = [
    (Kind::Wasm, "wasm"),
    (Kind::JavaScript, "JavaScript"),
    (Kind::Css, "CSS"),
    (Kind::Html, "HTML"),
    (Kind::Other, "other"),
];

/// The table, in bytes.
pub(super) fn format(assets: &[Asset]) -> String {
    let rows = rows(assets);
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut table =
        format!("{:width$} {:>11} {:>11} {:>11}\n", "bytes", "raw", "gzip -9", "brotli 11");
    for (name, Bytes { raw, gzip, brotli }) in rows {
        let [raw, gzip, brotli] = [raw, gzip, brotli].map(group_digits);
        let _ = writeln!(table, "{name:width$} {raw:>11} {gzip:>11} {brotli:>11}");
    }
    table
}

/// The sizes of several files together.
pub(super) fn sum<'a>(assets: impl Iterator<Item = &'a Asset>) -> Bytes {
    assets.fold(Bytes::default(), |sum, Asset { bytes, .. }| Bytes {
        raw: sum.raw + bytes.raw,
        gzip: sum.gzip + bytes.gzip,
        brotli: sum.brotli + bytes.brotli,
    })
}

fn rows(assets: &[Asset]) -> Vec<(String, Bytes)> {
    let mut rows = Vec::new();
    for (kind, title) in KINDS {
        let files: Vec<&Asset> = assets.iter().filter(|asset| asset.kind == kind).collect();
        if files.is_empty() {
            continue;
        }
        rows.push((title.to_owned(), sum(files.iter().copied())));
        if files.len() > 1 {
            rows.extend(files.iter().map(|file| (format!("  {}", file.name), file.bytes)));
        }
    }
    rows.push(("total".to_owned(), sum(assets.iter())));
    rows
}

/// `1234567` is `1,234,567`.
pub(super) fn group_digits(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str, kind: Kind, raw: usize, gzip: usize, brotli: usize) -> Asset {
        Asset { name: name.to_owned(), kind, bytes: Bytes { raw, gzip, brotli } }
    }

    #[test]
    fn a_table() {
        let assets = [
            asset("page_bg.wasm", Kind::Wasm, 1_234_567, 300_000, 250_000),
            asset("boot.js", Kind::JavaScript, 900, 500, 400),
            asset("page.js", Kind::JavaScript, 40_000, 9_000, 8_000),
            asset("index.html", Kind::Html, 2_000, 999, 800),
        ];
        assert_eq!(
            format(&assets),
            "\
bytes              raw     gzip -9   brotli 11
wasm         1,234,567     300,000     250,000
JavaScript      40,900       9,500       8,400
  boot.js          900         500         400
  page.js       40,000       9,000       8,000
HTML             2,000         999         800
total        1,277,467     310,499     259,200
"
        );
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")];
        for (number, expect) in cases {
            assert_eq!(group_digits(number), expect);
        }
    }
}
