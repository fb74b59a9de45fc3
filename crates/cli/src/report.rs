//! Diagnostics for people: the message, the place, and the line it is about.

mod excerpt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use deployline_assist::fixes;
use deployline_engine::format::count;
use deployline_export::{Report, printable, shown_message};
use deployline_yaml::{Diagnostic, Document, Fix, LineIndex, Severity, first_line};

use excerpt::{Excerpt, Lines, Place};

/// The most places of a diagnostic that are shown besides its own.
const MAX_RELATED: usize = 8;

/// Columns that no line reaches: excerpts are cut beforehand, since the renderer's time grows with what
/// it is given and not with what it shows.
const UNCUT: usize = 10_000;

/// Stands for a path until it is rendered: a control character, which no other text has then.
const PATH: &str = "\u{80}";

/// All diagnostics of the documents, each followed by an empty line.
pub(crate) fn render(report: &Report<'_>, documents: &[Document]) -> String {
    let main = report.sources.first().map_or("", |source| &source.text);
    let fixes = fixes(main, documents, report.diagnostics);
    let indexes: Vec<_> =
        report.sources.iter().map(|source| LineIndex::new(&source.text)).collect();
    let mut out = String::new();
    for (diagnostic_idx, diagnostic) in report.diagnostics.iter().enumerate() {
        let number = usize::from(diagnostic.span.source.0);
        if let Some((source, index)) = report.sources.get(number).zip(indexes.get(number)) {
            let lines = Lines { text: &source.text, index };
            let fixes = match fixes.get(diagnostic_idx) {
                Some(fixes) => fixes.as_slice(),
                None => diagnostic.fix.as_slice(),
            };
            out += &render_one((diagnostic, fixes), &printable(&source.name), lines);
            out += "\n\n";
        }
    }
    out
}

fn render_one((diagnostic, fixes): (&Diagnostic, &[Fix]), path: &str, lines: Lines<'_>) -> String {
    let related = diagnostic.related.iter();
    let related = related.filter(|related| related.span.source == diagnostic.span.source);
    let unshown = related.clone().count().saturating_sub(MAX_RELATED);
    let related = related.take(MAX_RELATED);
    let primary = Place { bytes: first_line(lines.text, diagnostic.span).range(), label: None };
    let others = related.map(|related| Place {
        bytes: first_line(lines.text, related.span).range(),
        label: Some(printable(&shown_message(&related.message))),
    });
    let excerpts = excerpt::excerpts(primary, others.collect(), lines);

    let message = printable(&shown_message(&diagnostic.message));
    let title = level(diagnostic.severity).primary_title(message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let places = excerpts.iter().map(|excerpt| excerpt.at);
    let places: Vec<String> =
        places.map(|at| format!("{path}:{}:{}", at.line, at.column)).collect();
    for excerpt in excerpts {
        group = group.element(snippet(excerpt));
    }
    if unshown > 0 {
        let message = format!("and {}", count(unshown, "more place"));
        group = group.element(Level::NOTE.message(message));
    }
    for fix in fixes {
        group = group.element(Level::HELP.message(printable(&shown_message(&fix.title))));
    }
    with_places(&Renderer::plain().term_width(UNCUT).render(&[group]), &places)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn snippet(excerpt: Excerpt) -> Snippet<'static, Annotation<'static>> {
    let annotations = excerpt.marks.into_iter().map(|mark| {
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark.range).label(mark.label)
    });
    let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line).path(PATH);
    snippet.annotations(annotations)
}

/// Writes the places in the text where the renderer has those in the excerpts: in a line that is cut, the
/// columns differ.
fn with_places(rendered: &str, places: &[String]) -> String {
    let mut parts = rendered.split(PATH);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, place) in parts.zip(places) {
        out += place;
        out += part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    }
    out
}
