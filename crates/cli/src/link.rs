//! `deployline link`

use std::process::ExitCode;

use anyhow::{Result, ensure};
use deployline_export::steers_terminal;
use deployline_share::{LinkState, PlanSource, Text, write_link};

use crate::args::LinkArgs;
use crate::embedded::Choice;
use crate::{files, streams};

/// Prints a link that carries the files.
///
/// # Errors
/// Where a file can't be read, or the page is no address.
pub(crate) fn run(args: &LinkArgs) -> Result<ExitCode> {
    let choice = Choice { pipeline: args.pipeline.as_deref(), is_joined: true };
    let sources = files::read_all(&args.file, &args.further, choice)?.into_iter();
    let texts = sources.map(|source| Text { name: source.name, text: source.text }).collect();
    let plan = PlanSource { texts, ..PlanSource::default() };
    let page = args.page.trim_end_matches('#');
    ensure!(
        !page.contains(steers_terminal),
        "`--page {page}` is no address: it has control characters"
    );
    let link = write_link(&LinkState { plan, ..LinkState::default() });
    streams::print(&format!("{page}#{link}\n"))?;
    Ok(ExitCode::SUCCESS)
}
