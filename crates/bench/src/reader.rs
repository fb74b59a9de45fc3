//! Readers of a text: the plan, each format of the command line, and the parts of the page.

use deployline_engine::Assumptions;
use deployline_export::{Look, Report, Source};
use deployline_planner::{Analysis, Inputs, analyze};
use deployline_timeline::{Arrangement, LayoutOptions, Picture, Planned, Viewport, shapes};

/// A text with its analysis, which most readers begin with.
pub struct Prepared {
    sources: [Source; 1],
    analysis: Analysis,
    assumptions: Assumptions,
}

impl Prepared {
    /// Analyzes a text.
    pub fn new(text: String) -> Self {
        let assumptions = Assumptions::default();
        let analysis = analyze(&[&text], &Inputs::default(), &assumptions);
        Self { sources: [Source { name: "x.yaml".into(), text }], analysis, assumptions }
    }

    fn text(&self) -> &str {
        &self.sources[0].text
    }

    fn report(&self) -> Report<'_> {
        Report::new(&self.analysis, &self.assumptions, &self.sources)
    }

    fn planned(&self) -> Planned<'_> {
        self.report().planned()
    }
}

/// A reader: its name, and what it does. The number is the size of what it made.
pub type Reader = (&'static str, fn(&Prepared) -> usize);

/// All readers.
pub const READERS: &[Reader] = &[
    ("plan", |it| {
        let analysis = analyze(&[it.text()], &Inputs::default(), &it.assumptions);
        analysis.diagnostics.len()
    }),
    ("text", |it| deployline_export::text(&it.report()).len()),
    ("json", |it| deployline_export::json(&it.report()).len()),
    ("csv", |it| deployline_export::csv(&it.report()).len()),
    ("mermaid", |it| deployline_export::mermaid(&it.report()).len()),
    ("markdown", |it| deployline_export::markdown(&it.report()).len()),
    ("pull request", |it| deployline_export::pull_request(&it.report()).len()),
    ("html", |it| deployline_export::html(&it.report(), &Look::default()).len()),
    ("svg", |it| deployline_export::picture(&it.report(), &Look::default()).len()),
    ("facts", |it| deployline_export::facts(&it.report()).len()),
    ("timeline", |it| {
        let picture = Picture::new(it.planned(), &Arrangement::default());
        let viewport = Viewport { height: 900.0, ..Viewport::all(1280.0) };
        let scene = picture.layout(it.planned(), &viewport, &LayoutOptions::for_width(1280.0));
        shapes(&scene, &Default::default()).len()
    }),
    ("form", |it| deployline_form::read(it.text(), &it.analysis.documents).entries.len()),
    ("open inputs", |it| {
        let (inputs, answers) = (Inputs::default(), deployline_inputs::Answers::new());
        deployline_inputs::open_inputs(&it.analysis.documents, &inputs, &answers).len()
    }),
    ("resolved", |it| {
        let (inputs, answers) = (Inputs::default(), deployline_inputs::Answers::new());
        let documents = &it.analysis.documents;
        deployline_inputs::resolved::resolved(it.text(), documents, &inputs, &answers).text.len()
    }),
    ("other schema", |it| {
        let (documents, inputs) = (&it.analysis.documents, Inputs::default());
        let result = deployline_migrate::migrated(it.text(), documents, &inputs, &it.assumptions);
        result.map_or(0, |result| result.text.len() + result.notes.len())
    }),
    ("outline", |it| deployline_assist::outline(it.text()).len()),
    ("fixes", |it| {
        deployline_assist::fixes(it.text(), &it.analysis.documents, &it.analysis.diagnostics).len()
    }),
    ("completion", |it| {
        let end = it.text().len();
        deployline_assist::complete(it.text(), end).map_or(0, |found| found.items.len())
    }),
    ("hover", |it| hover(it, last_word(it.text()))),
    ("hover on services", |it| it.text().rfind("services:").map_or(0, |at| hover(it, at))),
    ("clean", |it| deployline_import::clean(it.text()).map_or(0, |it| it.text.len())),
];

/// The place is counted from the end, where all items are alike: in the middle stands something else at
/// each length.
fn hover(it: &Prepared, offset: usize) -> usize {
    deployline_assist::hover(it.text(), offset, &it.analysis).map_or(0, |_| 1)
}

fn last_word(text: &str) -> usize {
    let end = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    end.trim_end_matches(char::is_alphanumeric).len()
}
