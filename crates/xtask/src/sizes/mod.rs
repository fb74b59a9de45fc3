//! How many bytes the page in `dist/` is: as files, and as a server would transfer them.

mod record;
mod table;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::{progress, project};

/// What is loaded together.
const PARTS: [Part; 2] = [
    // The element and its wasm; its style sheet is in the script.
    Part { name: "embed", wanted_gzip_bytes: 150_000, is_in: is_of_embed },
    Part { name: "page", wanted_gzip_bytes: 350_000, is_in: |name| !is_of_embed(name) },
];

/// Files that are loaded together.
struct Part {
    name: &'static str,
    /// What it is to be at the most, compressed. It says so where it is more; what fails is growth.
    wanted_gzip_bytes: usize,
    is_in: fn(&str) -> bool,
}

/// deployline.js, deployline-0123456789abcdef.wasm, and embed.html with what is its own. The page's
/// names begin with `deployline-web-`.
fn is_of_embed(name: &str) -> bool {
    let is_element = name.starts_with("deployline") && !name.starts_with("deployline-web");
    is_element || name.starts_with("embed.")
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

/// Prints the table, and fails where a part has grown.
pub(crate) fn report() -> Result<()> {
    let start = Instant::now();
    let assets = measure(&project::dist())?;
    progress::ended("Measured", &format!("{} files", assets.len()), start);
    print!("{}", table::format(&assets));
    let figures = figures(&assets);
    let recorded = record::read()?;
    print!("\n{}", record::table(&figures, &recorded, &PARTS));
    let grown = record::grown(&figures, &recorded);
    ensure!(
        grown.is_empty(),
        "more bytes than recorded: {}. Look at what the last change brought in, or take the new \
         figures over with `cargo xtask sizes record`, with a reason",
        grown.join(", ")
    );
    Ok(())
}

/// Writes down what later sizes are compared to.
pub(crate) fn rewrite() -> Result<()> {
    let figures = figures(&measure(&project::dist())?);
    print!("{}", record::table(&figures, &figures, &PARTS));
    record::write(&figures)
}

fn figures(assets: &[Asset]) -> record::Figures {
    let figure = |part: &Part| {
        let of_part = assets.iter().filter(|asset| (part.is_in)(&asset.name));
        (part.name.to_owned(), table::sum(of_part).gzip)
    };
    PARTS.iter().map(figure).collect()
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
    fn each_file_is_of_one_part() {
        for (name, is_embed) in [
            ("deployline.js", true),
            ("deployline-0123456789abcdef.wasm", true),
            ("embed.html", true),
            ("deployline-web-0123456789abcdef_bg.wasm", false),
            ("editor.js", false),
            ("index.html", false),
        ] {
            let parts = PARTS.iter().filter(|part| (part.is_in)(name)).map(|part| part.name);
            assert_eq!(parts.collect::<Vec<_>>(), [if is_embed { "embed" } else { "page" }]);
        }
    }
}
