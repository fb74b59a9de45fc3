//! Files and the standard streams.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use deployline_export::Source;

/// Reads the files in order; the first one holds something.
///
/// # Errors
/// Where one can't be read, or the first one is empty.
pub(crate) fn read_all(first: &Path, further: &[PathBuf]) -> Result<Vec<Source>> {
    let paths = std::iter::once(first).chain(further.iter().map(PathBuf::as_path));
    let stdin_count = paths.clone().filter(|path| is_stdin(path)).count();
    ensure!(stdin_count <= 1, "the standard input can be read only once: give `-` one time");
    let sources: Vec<Source> = paths.map(read).collect::<Result<_>>()?;
    ensure!(!sources[0].text.trim().is_empty(), "{} is empty", sources[0].name);
    Ok(sources)
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads a file, or the standard input.
///
/// # Errors
/// Where it can't be read or is no text.
pub(crate) fn read(path: &Path) -> Result<Source> {
    let name =
        if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.with_context(|| format!("can't read {name}"))?;
    let text = String::from_utf8(bytes)
        .with_context(|| format!("{name} is no UTF-8 text; save it as UTF-8"))?;
    Ok(Source { name, text })
}

/// Writes to the standard output.
///
/// # Errors
/// Where it can't be written to.
pub(crate) fn print(output: &str) -> Result<()> {
    match std::io::stdout().write_all(output.as_bytes()) {
        // Whoever reads may have seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("can't write to the standard output"),
    }
}
