//! The largest texts that are read: how long each reader takes, and how much memory.

use std::path::Path;

use anyhow::{Context, Result};

use super::page;
use crate::{growth, process, progress, project};

/// The most bytes of a text, less what a header may need.
const BYTES: &str = "4000000";
/// Milliseconds and megabytes that no reader may take on the machine that the targets are of.
const TARGET: (u64, u64) = (1_000, 256);

/// Number of texts that are pasted into the page.
const PASTED: usize = 10;

/// A reader of a list, the time that the processor spends on it, and the most memory that it has.
struct Row {
    list: String,
    reader: String,
    milliseconds: u64,
    megabytes: u64,
}

/// Reads a text of the greatest size for each list. Times above the target are named, but do not fail.
pub(crate) fn measure() -> Result<()> {
    let program = growth::build()?;
    let names = process::read(process::command(&program).arg("names"))?;
    let mut rows = Vec::new();
    for list in names.lines() {
        progress::say("Reading", list);
        let times = process::read(process::command(&program).args(["time", list, BYTES]))?;
        for line in times.lines() {
            rows.push(row(list, line).with_context(|| format!("no time: {line}"))?);
        }
    }
    let above = rows.iter().filter(|row| row.milliseconds > TARGET.0 || row.megabytes > TARGET.1);
    println!("{} of {} are above {} ms or {} MB", above.count(), rows.len(), TARGET.0, TARGET.1);
    print!("{}", worst("slowest", &mut rows, |row| row.milliseconds));
    print!("{}", worst("most memory", &mut rows, |row| row.megabytes));
    print!("{}", worst_of_each_reader(&mut rows));
    in_page(&program, &mut rows)
}

/// Pastes the texts that take longest to plan into the page; `tests/bench/largest.mjs` measures and prints.
fn in_page(program: &Path, rows: &mut [Row]) -> Result<()> {
    let folder = project::cargo_target()?.join("largest-texts");
    std::fs::create_dir_all(&folder)?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.milliseconds));
    let mut files = Vec::new();
    for row in rows.iter().filter(|row| row.reader == "plan").take(PASTED) {
        let text = process::read(process::command(program).args(["longest", &row.list, BYTES]))?;
        let name: String =
            row.list.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let file = folder.join(name).with_extension("yaml");
        std::fs::write(&file, text)?;
        files.push(file);
    }
    page::drive("largest.mjs", &files)
}

fn row(list: &str, line: &str) -> Option<Row> {
    let mut cells = line.split('\t');
    let (reader, milliseconds) = (cells.next()?.to_owned(), cells.next()?.parse().ok()?);
    let megabytes = cells.next()?.parse().ok()?;
    Some(Row { list: list.to_owned(), reader, milliseconds, megabytes })
}

/// The ten worst lists, each with its worst reader.
fn worst(title: &str, rows: &mut [Row], measure: impl Fn(&Row) -> u64) -> String {
    rows.sort_by_key(|row| std::cmp::Reverse(measure(row)));
    let mut seen: Vec<&str> = Vec::new();
    let mut out = format!("{title}:\n");
    for row in rows.iter() {
        if seen.len() == 10 {
            break;
        }
        if !seen.contains(&row.list.as_str()) {
            seen.push(&row.list);
            out += &format!(
                "{:>8} ms {:>6} MB  {}, {}\n",
                row.milliseconds, row.megabytes, row.list, row.reader
            );
        }
    }
    out
}

/// For each reader its five slowest lists, and the five that take most memory.
fn worst_of_each_reader(rows: &mut [Row]) -> String {
    let mut readers: Vec<String> = Vec::new();
    for row in rows.iter() {
        if !readers.contains(&row.reader) {
            readers.push(row.reader.clone());
        }
    }
    let mut out = String::new();
    let mut add = |unit: &str, measure: &dyn Fn(&Row) -> u64| {
        rows.sort_by_key(|row| std::cmp::Reverse(measure(row)));
        for reader in &readers {
            let own = rows.iter().filter(|row| row.reader == *reader).take(5);
            let own: Vec<String> =
                own.map(|row| format!("{} {unit} {}", measure(row), row.list)).collect();
            out += &format!("{reader}: {}\n", own.join("; "));
        }
    };
    add("ms", &|row| row.milliseconds);
    add("MB", &|row| row.megabytes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_named_once_by_its_worst_reader() {
        let line = |list: &str, line: &str| row(list, line).unwrap();
        let mut rows =
            [line("a", "plan\t10\t5"), line("a", "svg\t30\t6"), line("b", "plan\t20\t900")];
        let slowest = worst("slowest", &mut rows, |row| row.milliseconds);
        let lines: Vec<&str> = slowest.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].ends_with("a, svg") && lines[2].ends_with("b, plan"), "{slowest}");
        assert!(row("a", "plan\tfast").is_none());
        let expected =
            "svg: 30 ms a\nplan: 20 ms b; 10 ms a\nsvg: 6 MB a\nplan: 900 MB b; 5 MB a\n";
        assert_eq!(worst_of_each_reader(&mut rows), expected);
    }
}
