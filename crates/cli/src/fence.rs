//! `deployline fence`

use std::process::ExitCode;

use anyhow::Result;
use deployline_export::{Fence, printable};

use crate::args::FenceArgs;
use crate::files;

/// Prints what a fenced block becomes, and its mistakes on the standard error.
///
/// # Errors
/// Where the file can't be read.
pub(crate) fn run(args: &FenceArgs) -> Result<ExitCode> {
    let source = files::read(&args.file)?;
    let Fence { html, mistakes } = deployline_export::fence(&source.text, &args.info);
    files::print(&html)?;
    for mistake in &mistakes {
        eprintln!("error: {}", printable(mistake));
    }
    Ok(if mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
