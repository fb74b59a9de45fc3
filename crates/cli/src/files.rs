//! Files and the standard input. Reading ends at a limit, whatever is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use deployline_engine::format::number;
use deployline_export::Source;
use deployline_yaml::LineIndex;

use crate::embedded::{self, Choice};

/// The most bytes of all texts that are planned together.
pub(crate) const TEXTS: Limit = Limit { megabytes: 4, what: "the texts of one plan" };

/// Time in which a pipe is opened by who has been started to write to it.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

const MAX_FILES: usize = 1_000;

/// The most that is read of something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) megabytes: usize,
    /// Noun for the message to people.
    pub(crate) what: &'static str,
}

impl Limit {
    fn bytes(self) -> usize {
        self.megabytes << 20
    }
}

/// Reads the files in order; the first one holds something.
///
/// # Errors
/// Where one can't be read, the first one is empty, all together are too large, or a file of another language
/// holds no pipeline.
pub(crate) fn read_all(
    first: &Path,
    further: &[PathBuf],
    choice: Choice<'_>,
) -> Result<Vec<Source>> {
    let paths = std::iter::once(first).chain(further.iter().map(PathBuf::as_path));
    ensure!(
        further.len() < MAX_FILES,
        "at most {} files are planned together, expected a pipeline and what belongs to it",
        number(MAX_FILES)
    );
    let stdin_count = paths.clone().filter(|path| is_stdin(path)).count();
    ensure!(stdin_count <= 1, "the standard input can be read only once: give `-` one time");
    let mut sources: Vec<Source> = Vec::new();
    let mut left = TEXTS.bytes();
    for path in paths {
        let name = name_of(path);
        let Some(bytes) = read_bytes(path, left)? else { bail!(too_large(&name, TEXTS)) };
        left -= bytes.len();
        let text = into_text(bytes, &name)?;
        ensure!(!sources.is_empty() || !text.trim().is_empty(), "{name} is empty");
        let of_further = Choice { pipeline: None, ..choice };
        let choice = if sources.is_empty() { choice } else { of_further };
        sources.push(embedded::yaml_of(Source { name, text }, choice)?);
    }
    Ok(sources)
}

/// Returns true for `-`, which stands for the standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn name_of(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Reads a file, or the standard input.
///
/// # Errors
/// Where it can't be read, is too large or is no text.
pub(crate) fn read(path: &Path, limit: Limit) -> Result<Source> {
    let name = name_of(path);
    let Some(bytes) = read_bytes(path, limit.bytes())? else { bail!(too_large(&name, limit)) };
    let text = into_text(bytes, &name)?;
    Ok(Source { name, text })
}

fn too_large(name: &str, limit: Limit) -> String {
    let Limit { megabytes, what } = limit;
    let bytes = number(limit.bytes());
    format!(
        "{name} is too large: {what} may have {megabytes} MB ({bytes} bytes), and no more is read"
    )
}

/// Returns the bytes; `None` if there are more than `limit`.
fn read_bytes(path: &Path, limit: usize) -> Result<Option<Vec<u8>>> {
    let failed = || format!("can't read {}", name_of(path));
    if is_stdin(path) {
        return read_at_most(io::stdin().lock(), limit).with_context(failed);
    }
    let file = open(path)?.with_context(failed)?;
    let metadata = file.metadata().with_context(failed)?;
    ensure!(!metadata.is_dir(), "{} is a folder; give the files in it", path.display());
    if metadata.is_file() && usize::try_from(metadata.len()).is_ok_and(|len| len > limit) {
        return Ok(None);
    }
    read_at_most(file, limit).with_context(failed)
}

/// Opens a file. A named pipe opens when its writer does, which may be never: people get to know what is
/// waited for.
#[cfg(unix)]
fn open(path: &Path) -> Result<io::Result<File>> {
    use std::os::unix::fs::FileTypeExt;

    let is_pipe = std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo());
    if !is_pipe {
        return Ok(File::open(path));
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    let pipe = path.to_owned();
    // Nobody receives it where this command has ended before.
    std::thread::spawn(move || sender.send(File::open(pipe)).ok());
    if let Ok(opened) = receiver.recv_timeout(PATIENCE) {
        return Ok(opened);
    }
    let name = deployline_export::printable(&name_of(path));
    crate::streams::report(&format!(
        "{name} is a pipe: waiting for a program that writes to it\n"
    ))?;
    Ok(receiver.recv().unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into())))
}

#[cfg(not(unix))]
fn open(path: &Path) -> Result<io::Result<File>> {
    Ok(File::open(path))
}

fn read_at_most(from: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One byte more tells what is too large from what just fits.
    from.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

fn into_text(bytes: Vec<u8>, name: &str) -> Result<String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        bail!("{name} is UTF-16 text, expected UTF-8; save it as UTF-8");
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let offset = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let before = String::from_utf8_lossy(&bytes[..offset]);
    let place = LineIndex::new(&before).line_column(&before, offset);
    bail!(
        "{name} is no UTF-8 text: byte 0x{:02x} at line {}, column {} (offset {offset}); save it as \
         UTF-8",
        bytes.get(offset).copied().unwrap_or_default(),
        place.line,
        place.column
    )
}
