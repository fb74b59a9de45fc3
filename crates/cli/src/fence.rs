//! `deployline fence`

use std::process::ExitCode;

use anyhow::Result;
use deployline_export::{Fence, printable};

use crate::args::FenceArgs;
use crate::{exit, files, streams};

/// Prints what a fenced block becomes, and its mistakes on the standard error.
///
/// # Errors
/// Where the file can't be read.
pub(crate) fn run(args: &FenceArgs) -> Result<ExitCode> {
    let source = files::read(&args.file, files::TEXTS)?;
    let Fence { html, mistakes, .. } = deployline_export::fence(&source.text, &args.info);
    let printed = streams::print(&html);
    let errors: String =
        mistakes.iter().map(|mistake| format!("error: {}\n", printable(mistake))).collect();
    streams::report(&errors)?;
    printed?;
    Ok(if mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(exit::HAS_ERRORS) })
}
