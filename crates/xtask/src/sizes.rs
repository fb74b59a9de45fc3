//! The sizes of the page and the embed in `dist/`, held against their limits.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};

use crate::project;

/// Files that a visitor loads together, and the limit of their size.
struct Total {
    name: &'static str,
    /// After `gzip -9`.
    limit_bytes: usize,
    contains: fn(&str) -> bool,
}

/// The limits. One that has to be raised needs a reason in the commit.
const TOTALS: [Total; 3] = [
    // Everything up to the moment when the page answers: HTML, styles, JavaScript, the first wasm. The aim is 480,000:
    // docs/decisions/0013 has what takes the rest.
    Total { name: "before alive", limit_bytes: 641_500, contains: is_before_alive },
    // Everything that a visit loads which uses every part of the page. Budgets and refusals of what is too large,
    // and reading it in steps, took 15 KB: docs/decisions/0013 has them.
    Total { name: "a whole visit", limit_bytes: 1_296_000, contains: is_of_page },
    // The element with its wasm, and embed.html. The aim is 220,000: docs/decisions/0013 has what it takes.
    Total { name: "embed", limit_bytes: 486_000, contains: is_of_embed },
];

/// Prints every file's size and the totals, and fails where a total is above its limit.
pub(crate) fn check() -> Result<()> {
    let files = measure(&project::dist())?;
    print!("{}", table(&files));
    let above = above_limit(&files);
    ensure!(
        above.is_empty(),
        "{}. Look at what the last change brought in: a later module (`chunk!`), a smaller \
         dependency or less generic code may help",
        above.join(", and ")
    );
    Ok(())
}

/// `deployline.js`, `deployline-0123456789abcdef.wasm`, and embed.html with its own files.
fn is_of_embed(name: &str) -> bool {
    let is_element = name.starts_with("deployline") && !name.starts_with("deployline-web");
    (is_element || name.starts_with("embed.")) && !is_for_developers(name)
}

fn is_of_page(name: &str) -> bool {
    !is_of_embed(name) && !is_for_developers(name)
}

/// All files of the page but modules that load in the background, and files for offline use.
fn is_before_alive(name: &str) -> bool {
    let is_chunk = name.starts_with("deployline-web-")
        && name.ends_with(".wasm")
        && !name.ends_with("_bg.wasm");
    let is_later = ["editor-", "share-", "sw.js"].iter().any(|start| name.starts_with(start));
    is_of_page(name) && !is_chunk && !is_later
}

/// Types and the script of `?bench`: no visitor loads them.
fn is_for_developers(name: &str) -> bool {
    name.ends_with(".d.ts") || name.starts_with("bench-")
}

/// Names relative to `dist`, with their sizes after `gzip -9`.
fn measure(dist: &Path) -> Result<Vec<(String, usize)>> {
    ensure!(
        dist.join("index.html").is_file(),
        "there is no page in {}: run `cargo xtask build`",
        dist.display()
    );
    let mut files = Vec::new();
    for (name, path) in project::files_below(dist)? {
        let content =
            fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
        files.push((name, gzip_bytes(&content)?));
    }
    Ok(files)
}

fn gzip_bytes(content: &[u8]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content).context("gzip failed")?;
    Ok(gzip.finish().context("gzip failed")?.len())
}

fn table(files: &[(String, usize)]) -> String {
    let mut table = String::new();
    for (name, bytes) in files {
        let _ = writeln!(table, "{bytes:>9}  {name}");
    }
    let _ = writeln!(table, "\nbytes after gzip -9");
    for total in &TOTALS {
        let Total { name, limit_bytes, .. } = total;
        let _ = writeln!(table, "{:>9}  {name}, limit {limit_bytes}", total.bytes(files));
    }
    table
}

/// A sentence for each total above its limit.
fn above_limit(files: &[(String, usize)]) -> Vec<String> {
    let above = TOTALS.iter().filter(|total| total.bytes(files) > total.limit_bytes);
    above
        .map(|total| {
            let bytes = total.bytes(files);
            format!("{} is {bytes} bytes, its limit is {}", total.name, total.limit_bytes)
        })
        .collect()
}

impl Total {
    fn bytes(&self, files: &[(String, usize)]) -> usize {
        files.iter().filter(|(name, _)| (self.contains)(name)).map(|(_, bytes)| bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_in_its_totals() {
        for (name, expect) in [
            ("deployline.js", vec!["embed"]),
            ("deployline-0123456789abcdef.wasm", vec!["embed"]),
            ("embed.html", vec!["embed"]),
            ("deployline-web-0123456789abcdef_bg.wasm", vec!["before alive", "a whole visit"]),
            ("index.html", vec!["before alive", "a whole visit"]),
            ("editor-0123456789abcdef.js", vec!["a whole visit"]),
            ("deployline-web-panels-0123456789abcdef.wasm", vec!["a whole visit"]),
            ("share-0123456789abcdef.js", vec!["a whole visit"]),
            ("sw.js", vec!["a whole visit"]),
            ("deployline.d.ts", vec![]),
            ("bench-0123456789abcdef.js", vec![]),
        ] {
            let totals = TOTALS.iter().filter(|total| (total.contains)(name));
            assert_eq!(totals.map(|total| total.name).collect::<Vec<_>>(), expect, "{name}");
        }
    }

    #[test]
    fn a_total_above_its_limit_is_named() {
        let limit = TOTALS.iter().find(|total| total.name == "embed").unwrap().limit_bytes;
        let files = |bytes| vec![("deployline.js".to_owned(), bytes)];
        assert_eq!(above_limit(&files(limit)), [""; 0]);
        let above = above_limit(&files(limit + 1));
        assert_eq!(above, [format!("embed is {} bytes, its limit is {limit}", limit + 1)]);
    }
}
