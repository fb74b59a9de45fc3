//! How many bytes the page and the embed in `dist/` are: as files, and as a server would transfer
//! them. They are compared to the recorded ones.

mod growth;
mod record;
mod table;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::{progress, project};
use record::Figure;

/// What is loaded together.
const PARTS: [Part; 3] = [
    // The element and its wasm; its style sheet is in the script. And embed.html.
    Part { name: "embed", gzip_bytes_limit: Some(150_000), is_in: is_of_embed },
    // All that a visitor loads who opens it, by itself or by a link to a usual text: the editor too.
    Part { name: "page", gzip_bytes_limit: Some(350_000), is_in: is_of_page },
    // What is loaded when it is first used: the page's panels, dialogs and exports, the editor's
    // search, completions and marks of what is wrong, the element's rest.
    Part { name: "later", gzip_bytes_limit: None, is_in: is_for_later },
];

/// Files that are loaded together.
struct Part {
    name: &'static str,
    /// What it is to be at the most, compressed, where that is laid down.
    gzip_bytes_limit: Option<usize>,
    is_in: fn(&str) -> bool,
}

/// deployline.js, deployline-0123456789abcdef.wasm, and embed.html with what is its own. The page's
/// names begin with `deployline-web-`.
fn is_of_embed(name: &str) -> bool {
    let is_element = name.starts_with("deployline") && !name.starts_with("deployline-web");
    let is_embed = is_element || name.starts_with("embed.");
    is_embed && !is_for_developers(name) && !is_for_later(name)
}

fn is_of_page(name: &str) -> bool {
    !is_of_embed(name) && !is_for_later(name) && !is_for_developers(name)
}

/// help-0123456789abcdef.js, share-…, deployline_rest-0123456789abcdef.wasm, and chunks like
/// deployline-web-panels-0123456789abcdef.wasm: the page's own wasm ends with `_bg.wasm`.
fn is_for_later(name: &str) -> bool {
    let is_page = name.starts_with("deployline-web-");
    let is_chunk = is_page && name.ends_with(".wasm") && !name.ends_with("_bg.wasm");
    is_chunk || ["help-", "share-", "deployline_rest-"].iter().any(|it| name.starts_with(it))
}

/// What no visitor loads: types, and what `?bench` asks for.
fn is_for_developers(name: &str) -> bool {
    name.ends_with(".d.ts") || name.starts_with("bench-")
}

/// What a file is, for the table; in the table's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Wasm,
    JavaScript,
    Css,
    Html,
    Other,
}

/// A file's size, as it is and compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bytes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// A file of the page.
#[derive(Debug)]
struct Asset {
    /// Relative to `dist/`.
    name: String,
    kind: Kind,
    bytes: Bytes,
}

/// Prints the tables, and fails where a part has grown.
pub(crate) fn report() -> Result<()> {
    let start = Instant::now();
    let assets = measure(&project::dist())?;
    progress::ended("Measured", &format!("{} files", assets.len()), start);
    print!("{}", table::format(&assets));
    let figures = figures(&assets);
    let recorded = record::read()?;
    print!("\n{}", growth::table(&figures, &recorded, &PARTS));
    let complaints = growth::complaints(&figures, &recorded, &PARTS);
    ensure!(
        complaints.is_empty(),
        "{}. Look at what the last change brought in; if it is worth its bytes, take the new sizes \
         over with `cargo xtask sizes record`, and say so in the commit",
        complaints.join(", and ")
    );
    Ok(())
}

/// Writes down what later sizes are compared to.
pub(crate) fn rewrite() -> Result<()> {
    let figures = figures(&measure(&project::dist())?);
    print!("{}", growth::table(&figures, &figures, &PARTS));
    record::write(&figures)
}

fn figures(assets: &[Asset]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for part in &PARTS {
        for (kind, name) in table::KINDS {
            let of_kind = |asset: &&Asset| asset.kind == kind && (part.is_in)(&asset.name);
            let gzip_bytes = table::sum(assets.iter().filter(of_kind)).gzip;
            if gzip_bytes > 0 {
                figures.push(Figure { part: part.name.into(), kind: name.into(), gzip_bytes });
            }
        }
    }
    figures
}

fn measure(dist: &Path) -> Result<Vec<Asset>> {
    ensure!(
        dist.join("index.html").is_file(),
        "there is no page in {}: run `cargo xtask build`",
        dist.display()
    );
    let mut assets = Vec::new();
    for path in files(dist)? {
        let content =
            fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().into_owned();
        assets.push(Asset { kind: kind(&name), name, bytes: compress(&content)? });
    }
    assets.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    Ok(assets)
}

/// Every file below `folder`, but none whose name starts with a dot: Trunk works in such a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("in {}", folder.display()))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn kind(name: &str) -> Kind {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("wasm") => Kind::Wasm,
        Some("js" | "mjs") => Kind::JavaScript,
        Some("css") => Kind::Css,
        Some("html") => Kind::Html,
        _ => Kind::Other,
    }
}

/// At the strongest levels, as a server with files compressed beforehand would send them.
fn compress(content: &[u8]) -> Result<Bytes> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content).context("gzip failed")?;
    let gzip = gzip.finish().context("gzip failed")?;
    let mut brotli = Vec::new();
    let strongest = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut brotli, &strongest).context("brotli failed")?;
    Ok(Bytes { raw: content.len(), gzip: gzip.len(), brotli: brotli.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_go_by_the_extension() {
        assert_eq!(kind("deployline-web-1a2b_bg.wasm"), Kind::Wasm);
        assert_eq!(kind("snippets/editor/inline0.js"), Kind::JavaScript);
        assert_eq!(kind("index.html"), Kind::Html);
        assert_eq!(kind("icon.svg"), Kind::Other);
        assert_eq!(kind("LICENSE"), Kind::Other);
    }

    #[test]
    fn repetition_compresses() {
        let bytes = compress("stage ".repeat(1_000).as_bytes()).unwrap();
        assert_eq!(bytes.raw, 6_000);
        assert!(bytes.brotli < bytes.gzip && bytes.gzip < 100, "{bytes:?}");
    }

    #[test]
    fn what_a_visitor_loads_is_of_one_part() {
        for (name, expect) in [
            ("deployline.js", vec!["embed"]),
            ("deployline-0123456789abcdef.wasm", vec!["embed"]),
            ("embed.html", vec!["embed"]),
            ("deployline-web-0123456789abcdef_bg.wasm", vec!["page"]),
            ("editor-0123456789abcdef.js", vec!["page"]),
            ("index.html", vec!["page"]),
            ("deployline-web-panels-0123456789abcdef.wasm", vec!["later"]),
            ("help-0123456789abcdef.js", vec!["later"]),
            ("share-0123456789abcdef.js", vec!["later"]),
            ("deployline_rest-0123456789abcdef.wasm", vec!["later"]),
            ("deployline.d.ts", vec![]),
            ("bench-0123456789abcdef.js", vec![]),
        ] {
            let parts = PARTS.iter().filter(|part| (part.is_in)(name)).map(|part| part.name);
            assert_eq!(parts.collect::<Vec<_>>(), expect, "{name}");
        }
    }

    #[test]
    fn figures_are_by_part_and_kind() {
        let asset = |name: &str, gzip| {
            let bytes = Bytes { gzip, ..Bytes::default() };
            Asset { name: name.to_owned(), kind: kind(name), bytes }
        };
        let assets = [asset("deployline.js", 5), asset("editor-1.js", 7), asset("boot-1.js", 1)];
        let figures = figures(&assets);
        let figures = figures.iter().map(|it| (it.part.as_str(), it.kind.as_str(), it.gzip_bytes));
        assert_eq!(
            figures.collect::<Vec<_>>(),
            [("embed", "JavaScript", 5), ("page", "JavaScript", 8)]
        );
    }
}
