//! What the sizes are beside the recorded ones and beside what they are to be at the most.

use std::fmt::Write as _;

use super::record::Figure;
use super::{Part, table::group_digits};

/// The growth that is let pass, in per cent.
const TOLERANCE: usize = 2;

/// Every part in a line: its size, its change, and how far it is from its limit.
pub(super) fn table(measured: &[Figure], recorded: &[Figure], parts: &[Part]) -> String {
    let mut table = String::new();
    for Part { name, gzip_bytes_limit: limit, .. } in parts {
        let bytes = sum(measured, name).unwrap_or(0);
        let before = sum(recorded, name);
        let change = before.map(|before| format!("{:+.2} %", percent(bytes, before)));
        let place = match limit {
            None => "no limit".to_owned(),
            Some(limit) if bytes > *limit => {
                let (over, limit) = (group_digits(bytes - limit), group_digits(*limit));
                format!("{over} above the limit of {limit}")
            }
            Some(limit) => format!("limit {}", group_digits(*limit)),
        };
        let hint = match before {
            Some(before) if bytes * (100 + TOLERANCE) < before * 100 => {
                "; keep it so with `cargo xtask sizes record`"
            }
            _ => "",
        };
        let (bytes, change) = (group_digits(bytes), change.unwrap_or_default());
        let _ = writeln!(table, "{name:<6} {bytes:>9} gzip -9 {change:>9}  {place}{hint}");
    }
    table
}

/// What may not be, a sentence for each part: growth beyond the tolerance, and a limit that was kept
/// before. What was above its limit when it was recorded is only said by [`table`].
pub(super) fn complaints(measured: &[Figure], recorded: &[Figure], parts: &[Part]) -> Vec<String> {
    parts.iter().filter_map(|part| complaint(measured, recorded, part)).collect()
}

fn complaint(measured: &[Figure], recorded: &[Figure], part: &Part) -> Option<String> {
    let Part { name, gzip_bytes_limit: limit, .. } = part;
    let bytes = sum(measured, name)?;
    let Some(before) = sum(recorded, name) else {
        return Some(format!("no size of the {name} is recorded"));
    };
    let grown = || {
        let kinds = growth_of_kinds(measured, recorded, name);
        format!("the {name} has grown by {:.1} % ({kinds})", percent(bytes, before))
    };
    match limit {
        Some(limit) if bytes > *limit && before <= *limit => {
            Some(format!("{}, beyond its limit of {}", grown(), group_digits(*limit)))
        }
        _ if bytes * 100 > before * (100 + TOLERANCE) => Some(grown()),
        _ => None,
    }
}

/// `wasm +12,000, CSS +30`
fn growth_of_kinds(measured: &[Figure], recorded: &[Figure], part: &str) -> String {
    let of_part = measured.iter().filter(|figure| figure.part == part);
    let grown = of_part.filter_map(|Figure { kind, gzip_bytes, .. }| {
        let same = recorded.iter().find(|figure| figure.part == part && figure.kind == *kind);
        let before = same.map_or(0, |figure| figure.gzip_bytes);
        let more = gzip_bytes.checked_sub(before).filter(|more| *more > 0)?;
        Some(format!("{kind} +{}", group_digits(more)))
    });
    grown.collect::<Vec<_>>().join(", ")
}

fn sum(figures: &[Figure], part: &str) -> Option<usize> {
    let of_part = figures.iter().filter(|figure| figure.part == part);
    of_part.map(|figure| figure.gzip_bytes).reduce(|sum, bytes| sum + bytes)
}

fn percent(bytes: usize, before: usize) -> f64 {
    (bytes as f64 / before as f64 - 1.0) * 100.0
}

#[cfg(test)]
mod tests {
    use super::super::PARTS;
    use super::*;

    /// Of both parts, a wasm and a script.
    fn figures(embed: [usize; 2], page: [usize; 2]) -> Vec<Figure> {
        let figure = |part: &str, kind: &str, gzip_bytes| {
            let (part, kind) = (part.to_owned(), kind.to_owned());
            Figure { part, kind, gzip_bytes }
        };
        vec![
            figure("embed", "wasm", embed[0]),
            figure("embed", "JavaScript", embed[1]),
            figure("page", "wasm", page[0]),
            figure("page", "JavaScript", page[1]),
        ]
    }

    fn check(measured: &[Figure], recorded: &[Figure], expect: &[&str]) {
        assert_eq!(complaints(measured, recorded, &PARTS), expect);
    }

    #[test]
    fn growth_beyond_the_tolerance_is_named() {
        let recorded = figures([90_000, 10_000], [200_000, 100_000]);
        check(&recorded, &recorded, &[]);
        check(&figures([92_000, 10_000], [1_000, 1_000]), &recorded, &[]);
        check(
            &figures([92_501, 9_500], [198_000, 109_000]),
            &recorded,
            &[
                "the embed has grown by 2.0 % (wasm +2,501)",
                "the page has grown by 2.3 % (JavaScript +9,000)",
            ],
        );
    }

    #[test]
    fn a_limit_that_was_kept_holds() {
        let recorded = figures([140_000, 10_000], [300_000, 50_001]);
        check(
            &figures([140_001, 10_000], [301_000, 50_001]),
            &recorded,
            &["the embed has grown by 0.0 % (wasm +1), beyond its limit of 150,000"],
        );
    }

    #[test]
    fn what_was_never_recorded_is_named() {
        let all = figures([1, 1], [1, 1]);
        check(&all, &all[..2], &["no size of the page is recorded"]);
    }

    #[test]
    fn a_line_says_how_far_it_is_from_its_limit() {
        let recorded = figures([140_000, 10_000], [400_000, 50_000]);
        assert_eq!(
            table(&figures([140_000, 10_000], [350_000, 50_000]), &recorded, &PARTS[..2]),
            "embed    150,000 gzip -9   +0.00 %  limit 150,000\n\
             page     400,000 gzip -9  -11.11 %  50,000 above the limit of 350,000; \
             keep it so with `cargo xtask sizes record`\n"
        );
    }
}
