//! Reading a text into documents and diagnostics.

use deployline_span::{SourceId, Span};
use granit_parser::{Options, Parser, ScanError, options};

use crate::builder::{Builder, Step};
use crate::problem::Problem;
use crate::{Budget, Diagnostic, Diagnostics, Document, messages, recover, rules, unread};

/// The result of [`parse`].
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The documents that hold something, in the order of the text.
    pub documents: Vec<Document>,
    /// Errors of the text as YAML, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The places that were left out because they can't be read, in the order of the text.
    pub unread: Vec<Span>,
}

impl Parsed {
    /// Returns true if the text is not valid YAML, so that parts of it may be missing from the tree.
    pub fn is_broken(&self) -> bool {
        !self.diagnostics.is_empty()
    }
}

/// Reads YAML with the default [`Budget`].
pub fn parse(text: &str) -> Parsed {
    parse_with(text, SourceId::default(), Budget::default())
}

/// Reads YAML as the text numbered `source`, within `budget`. Never fails: what can't be read is
/// left out and reported in the diagnostics.
pub fn parse_with(text: &str, source: SourceId, budget: Budget) -> Parsed {
    if text.len() > budget.bytes {
        return too_many_bytes(text, source, budget);
    }
    let mut problems = Vec::new();
    let mut readable = None;
    // Each round sets one offending place aside and reads again; long texts get fewer rounds, so
    // that a text full of errors costs a bounded multiple of a correct one.
    for _ in 0..(RECOVERY_BYTES / text.len().max(1)).clamp(2, 24) {
        let current = readable.as_deref().unwrap_or(text);
        let mut builder = Builder::new(source, budget);
        let Some(problem) = read_until_problem(current, &mut builder) else {
            return finish(builder, problems, text, current);
        };
        let masked = recover::mask(current, &problem);
        problems.push(problem);
        match masked {
            Some(masked) => readable = Some(masked),
            None => break,
        }
    }
    let mut builder = Builder::new(source, budget);
    let readable = readable.as_deref().unwrap_or(text);
    read_around_problems(readable, &mut builder, &mut problems);
    finish(builder, problems, text, readable)
}

/// The most bytes that all recovery rounds together read.
const RECOVERY_BYTES: usize = 8 << 20;

fn read_until_problem(text: &str, builder: &mut Builder) -> Option<Problem> {
    let mut parser = Parser::new_from_str_with_options(text, reader_options());
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) if builder.event(&event, &span) == Step::Stop => break,
            Ok(_) => {}
            Err(error) => return Some(problem(text, &error)),
        }
    }
    builder.finish_document();
    None
}

/// Keeps each document as far as it can be read.
fn read_around_problems(text: &str, builder: &mut Builder, problems: &mut Vec<Problem>) {
    let mut parser = Parser::new_from_str_with_options(text, reader_options());
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) if builder.event(&event, &span) == Step::Stop => break,
            Ok(_) => {}
            Err(error) => {
                problems.push(problem(text, &error));
                builder.rests.push(error_offset(text, &error));
                builder.finish_document();
                if !matches!(parser.proceed_next_document(), Ok(true)) {
                    break;
                }
            }
        }
    }
    builder.finish_document();
}

fn reader_options() -> Options {
    options! { emit_unresolved_aliases: true }
}

fn problem(text: &str, error: &ScanError) -> Problem {
    messages::problem(text, error.kind(), error_offset(text, error))
}

fn error_offset(text: &str, error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or(text.len()).min(text.len())
}

/// `readable` is the text with spaces in the places that were left out.
fn finish(builder: Builder, problems: Vec<Problem>, text: &str, readable: &str) -> Parsed {
    let is_masked = !problems.is_empty();
    let Builder { source, mut documents, diagnostics, starts, rests, .. } = builder;
    let mut of_values = diagnostics.into_vec();
    let mut unread = if is_masked { unread::lines(text, readable, source) } else { Vec::new() };
    unread.extend(rests.into_iter().filter_map(|start| unread::rest(text, start, source)));
    unread::assign(&unread, &starts, &mut documents);
    if is_masked {
        snap_to_characters(&mut documents, &mut of_values, text);
    }
    let of_text = problems.into_iter().map(|problem| problem.into_diagnostic(text, source));
    let mut diagnostics = of_text.collect::<Diagnostics>().into_vec();
    diagnostics.extend(of_values);
    Diagnostic::sort(&mut diagnostics);
    let mut unread: Vec<Span> = unread.into_iter().map(|unread| unread.span).collect();
    deployline_map::sort_by(&mut unread, Ord::cmp);
    Parsed { documents, diagnostics, unread }
}

/// Masked bytes read as spaces: an offset among them may be inside a character of `text`.
fn snap_to_characters(documents: &mut [Document], found: &mut [Diagnostic], text: &str) {
    let snap = |offset: &mut u32| {
        let floor = text.floor_char_boundary(*offset as usize);
        // It is no greater than `offset` itself.
        *offset = u32::try_from(floor).unwrap_or(*offset);
    };
    for node in documents.iter_mut().flat_map(|document| &mut document.nodes) {
        snap(&mut node.start);
        snap(&mut node.end);
    }
    for diagnostic in found {
        let related = diagnostic.related.iter_mut().map(|related| &mut related.span);
        for span in related.chain([&mut diagnostic.span]) {
            snap(&mut span.start);
            snap(&mut span.end);
        }
    }
}

fn too_many_bytes(text: &str, source: SourceId, budget: Budget) -> Parsed {
    let message = format!(
        "The text has {} bytes; at most {} are read. Split it into several files.",
        text.len(),
        budget.bytes
    );
    let diagnostic = rules::YAML_TOO_LARGE.at(Span::new(source, 0, 0), message);
    Parsed { diagnostics: vec![diagnostic], ..Parsed::default() }
}
