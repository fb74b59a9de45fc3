//! Diagnostics for people: the message, the place, and the line it is about.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use deployline_export::{Report, Source, printable};
use deployline_planner::{Diagnostic, Severity, Span};

/// All diagnostics, each followed by an empty line.
pub(crate) fn render(report: &Report<'_>) -> String {
    let all = report.diagnostics.iter().filter_map(|found| render_one(found, report.sources));
    all.map(|text| format!("{text}\n\n")).collect()
}

fn render_one(diagnostic: &Diagnostic, sources: &[Source]) -> Option<String> {
    let source = sources.get(usize::from(diagnostic.span.source.0))?;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut snippet = Snippet::source(source.text.as_str())
        .path(source.name.as_str())
        .annotation(AnnotationKind::Primary.span(first_line(diagnostic.span, &source.text)));
    for related in &diagnostic.related {
        if related.span.source == diagnostic.span.source {
            let span = first_line(related.span, &source.text);
            let label = printable(&related.message);
            snippet = snippet.annotation(AnnotationKind::Context.span(span).label(label));
        }
    }
    let message = printable(&diagnostic.message);
    let mut group = level.primary_title(message.as_str()).id(diagnostic.code).element(snippet);
    if let Some(fix) = &diagnostic.fix {
        group = group.element(Level::HELP.message(printable(&fix.title)));
    }
    Some(Renderer::plain().render(&[group]))
}

/// Long places are pointed at by their first line.
fn first_line(span: Span, text: &str) -> std::ops::Range<usize> {
    let range = span.range();
    let line_end = text[range.clone()].find(['\n', '\r']).map_or(range.end, |i| range.start + i);
    range.start..line_end
}
