//! Diagnostics for people: the message, the place, and the line it is about.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use deployline_export::{Report, Source, printable};
use deployline_span::Span;
use deployline_yaml::{Diagnostic, LineIndex, Severity};

/// All diagnostics, each followed by an empty line.
pub(crate) fn render(report: &Report<'_>) -> String {
    let indexes: Vec<_> =
        report.sources.iter().map(|source| LineIndex::new(&source.text)).collect();
    let all = report.diagnostics.iter().filter_map(|found| {
        let number = usize::from(found.span.source.0);
        render_one(found, report.sources.get(number)?, indexes.get(number)?)
    });
    all.map(|text| format!("{text}\n\n")).collect()
}

fn render_one(diagnostic: &Diagnostic, source: &Source, index: &LineIndex) -> Option<String> {
    let text = source.text.as_str();
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let related = diagnostic.related.iter();
    let related: Vec<_> =
        related.filter(|related| related.span.source == diagnostic.span.source).collect();
    let spans = related.iter().map(|related| related.span).chain([diagnostic.span]);
    let shown = lines_around(spans, text);
    // The renderer reads all that it is given, once for each diagnostic.
    let place = |span| {
        let Range { start, end } = first_line(span, text);
        start - shown.start..end - shown.start
    };
    let mut snippet = Snippet::source(&text[shown.clone()])
        .line_start(index.line_column(text, shown.start).line)
        .path(source.name.as_str())
        .annotation(AnnotationKind::Primary.span(place(diagnostic.span)));
    for related in related {
        let label = printable(&related.message);
        snippet =
            snippet.annotation(AnnotationKind::Context.span(place(related.span)).label(label));
    }
    let message = printable(&diagnostic.message);
    let mut group = level.primary_title(message.as_str()).id(diagnostic.code).element(snippet);
    if let Some(fix) = &diagnostic.fix {
        group = group.element(Level::HELP.message(printable(&fix.title)));
    }
    Some(Renderer::plain().render(&[group]))
}

/// Long places are pointed at by their first line.
fn first_line(span: Span, text: &str) -> Range<usize> {
    let range = span.range();
    let line_end = text[range.clone()].find(['\n', '\r']).map_or(range.end, |i| range.start + i);
    range.start..line_end
}

/// The whole lines from the first to the last of the places.
fn lines_around(spans: impl Iterator<Item = Span>, text: &str) -> Range<usize> {
    let places = spans.map(|span| first_line(span, text));
    let all = places.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or_default();
    let start = text[..all.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[all.end..].find('\n').map_or(text.len(), |at| all.end + at);
    start..end
}
