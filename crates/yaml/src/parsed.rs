//! The result of reading a text: its documents, with the diagnostics and what was set aside.

use deployline_span::{SourceId, Span};

use crate::builder::Builder;
use crate::problem::Problem;
use crate::{Budget, Diagnostic, Diagnostics, Document, rules, unread};

/// The result of [`parse`](crate::parse).
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

/// `readable` is the text with spaces in the places that were left out.
pub(crate) fn finish(
    builder: Builder,
    problems: Vec<Problem>,
    text: &str,
    readable: &str,
) -> Parsed {
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

pub(crate) fn too_many_bytes(text: &str, source: SourceId, budget: Budget) -> Parsed {
    let message = format!(
        "The text has {} bytes; at most {} are read. Split it into several files.",
        text.len(),
        budget.bytes
    );
    let diagnostic = rules::YAML_TOO_LARGE.at(Span::new(source, 0, 0), message);
    Parsed { diagnostics: vec![diagnostic], ..Parsed::default() }
}
