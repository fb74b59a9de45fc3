//! `deployline mdbook`: a preprocessor of mdBook.
//!
//! mdBook asks `supports RENDERER`, then writes `[context, book]` as JSON to the standard input and
//! reads the book back from the standard output. Only the chapters' contents with a block in them are
//! written anew. Every other byte of the book stays: what it holds is for mdBook and other
//! preprocessors to read.

mod book;
mod fences;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use deployline_engine::format;
use deployline_export::printable;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::args::{MdbookArgs, MdbookQuestion};
use crate::files::{self, Limit};
use crate::streams;
use fences::Budget;

const BOOK: Limit = Limit { megabytes: 32, what: "a book" };
const BUDGET: Budget = Budget { blocks: 1_000, deployments: 5_000_000, bytes: 64 << 20 };
/// The most mistakes that are printed.
const MAX_MISTAKES: usize = 100;

/// Answers mdBook.
///
/// # Errors
/// Where what comes in is no book, or the book can't be written.
pub(crate) fn run(args: &MdbookArgs) -> Result<ExitCode> {
    if let Some(MdbookQuestion::Supports { renderer }) = &args.question {
        // The others get the YAML as it is, which is what they can show.
        return Ok(if renderer == "html" { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let input = files::read(Path::new("-"), BOOK)?;
    let (_, book): (IgnoredAny, &RawValue) = serde_json::from_str(&input.text)
        .context("expected a book from mdBook as JSON: a context and a book in a list")?;
    let mistakes = rewrite(book.get())?;
    streams::report(&mistakes)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the book with its blocks drawn, and returns the mistakes in them.
fn rewrite(book: &str) -> Result<String> {
    let contents = book::contents(book).context("can't read the book")?;
    let mut mistakes = Vec::new();
    let (mut budget, mut left_out) = (BUDGET, 0);
    let mut printed = 0;
    for content in contents {
        let fences::Rewritten { markdown, mistakes: found } =
            fences::rewrite(&content.markdown, &mut budget, &mut left_out);
        mistakes.extend(found.into_iter().map(|mistake| {
            format!("error: {}: {}\n", printable(&content.place), printable(&mistake))
        }));
        if markdown == content.markdown {
            continue;
        }
        streams::print(&book[printed..content.range.start])?;
        streams::print(&serde_json::to_string(&markdown)?)?;
        printed = content.range.end;
    }
    streams::print(&book[printed..])?;
    if left_out > 0 {
        let Budget { blocks, deployments, bytes } = BUDGET;
        let message = format!(
            "error: {} stay as they are; a book may have {} with {} and {} MB of HTML\n",
            format::count(left_out, "block"),
            format::count(blocks, "block"),
            format::count(deployments, "deployment"),
            bytes >> 20
        );
        mistakes.insert(0, message);
    }
    if mistakes.len() > MAX_MISTAKES {
        let more = format::number(mistakes.len() - MAX_MISTAKES);
        mistakes.truncate(MAX_MISTAKES);
        mistakes.push(format!("error: and {more} more like these\n"));
    }
    Ok(mistakes.concat())
}
