//! How many bytes the page in `dist/` is: as files, and as a server would transfer them.

mod table;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::{progress, project};

/// The wasm is the one part that grows by itself with each dependency. Of its 626 KB, a bare Yew page is
/// 64, compiling the core for speed is 30, and the words of help while typing are 10. This leaves one per
/// cent: a part that is only sometimes needed is better loaded when it is.
const WASM_GZIP_LIMIT_BYTES: usize = 632_000;

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

/// Prints the table, and fails when the wasm is over its limit.
pub(crate) fn report() -> Result<()> {
    let start = Instant::now();
    let assets = measure(&project::dist())?;
    progress::ended("Measured", &format!("{} files", assets.len()), start);
    print!("{}", table::format(&assets));
    check_limit(table::sum(assets.iter().filter(|asset| asset.kind == Kind::Wasm)))
}

fn check_limit(wasm: Bytes) -> Result<()> {
    ensure!(
        wasm.gzip <= WASM_GZIP_LIMIT_BYTES,
        "the wasm is {} bytes gzipped, over its limit of {WASM_GZIP_LIMIT_BYTES}: \
         look at what the last change brought in, or raise the limit with a reason",
        wasm.gzip
    );
    Ok(())
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
    fn too_large_a_wasm_fails() {
        let gzip = |gzip| Bytes { gzip, ..Bytes::default() };
        assert!(check_limit(gzip(WASM_GZIP_LIMIT_BYTES)).is_ok());
        let error = check_limit(gzip(WASM_GZIP_LIMIT_BYTES + 1)).unwrap_err().to_string();
        assert!(error.contains("632001 bytes gzipped, over its limit of 632000"), "{error}");
    }
}
