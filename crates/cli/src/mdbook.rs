//! `deployline mdbook`: a preprocessor of mdBook.
//!
//! mdBook asks `supports RENDERER`, then writes `[context, book]` as JSON to the standard input and
//! reads the book back from the standard output. Only a chapter's `content` and `sub_items` are
//! looked at, wherever they are: versions differ in what is around them.

mod fences;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use deployline_export::printable;
use serde_json::Value;

use crate::args::{MdbookArgs, MdbookQuestion};
use crate::files;

/// Answers mdBook.
///
/// # Errors
/// Where what comes in is no book.
pub(crate) fn run(args: &MdbookArgs) -> Result<ExitCode> {
    if let Some(MdbookQuestion::Supports { renderer }) = &args.question {
        // The others get the YAML as it is, which is what they can show.
        return Ok(if renderer == "html" { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    let input = serde_json::from_reader(std::io::stdin().lock());
    let input: Value = input.context("expected a book from mdBook as JSON")?;
    let mut book = match input {
        Value::Array(mut parts) if parts.len() == 2 => parts.swap_remove(1),
        _ => bail!("expected a context and a book from mdBook"),
    };
    rewrite(&mut book);
    files::print(&book.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Every chapter below, in order.
fn rewrite(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(rewrite),
        Value::Object(entries) => {
            if let Some(Value::Object(chapter)) = entries.get_mut("Chapter") {
                rewrite_chapter(chapter);
            }
            entries.values_mut().filter(|value| !value.is_string()).for_each(rewrite);
        }
        _ => {}
    }
}

fn rewrite_chapter(chapter: &mut serde_json::Map<String, Value>) {
    let name = chapter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let path = chapter.get("source_path").or_else(|| chapter.get("path"));
    let place = path.and_then(Value::as_str).map_or(name, str::to_owned);
    let Some(Value::String(content)) = chapter.get_mut("content") else { return };
    let (rewritten, mistakes) = fences::rewrite(content);
    for mistake in mistakes {
        eprintln!("error: {}: {}", printable(&place), printable(&mistake));
    }
    *content = rewritten;
}
