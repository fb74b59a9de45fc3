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
use deployline_engine::format::number;
use deployline_export::printable;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::args::{MdbookArgs, MdbookQuestion};
use crate::files::{self, Limit};
use crate::streams;

const BOOK: Limit = Limit { megabytes: 32, what: "a book" };
/// The most blocks of a book that are drawn.
const MAX_BLOCKS: usize = 1_000;
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
    let mut count = 0;
    let mut printed = 0;
    for content in contents {
        let fences::Rewritten { markdown, mistakes: found } =
            fences::rewrite(&content.markdown, &mut count, MAX_BLOCKS);
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
    if count > MAX_BLOCKS {
        let (count, most) = (number(count), number(MAX_BLOCKS));
        mistakes
            .insert(0, format!("error: the book has {count} blocks; {most} are drawn at most\n"));
    }
    if mistakes.len() > MAX_MISTAKES {
        let more = number(mistakes.len() - MAX_MISTAKES);
        mistakes.truncate(MAX_MISTAKES);
        mistakes.push(format!("error: and {more} more like these\n"));
    }
    Ok(mistakes.concat())
}
