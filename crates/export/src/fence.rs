//! HTML in the place of a fenced block of a document:
//!
//! ````markdown
//! ```deployline view=lanes duration=5m
//! pipeline: …
//! ```
//! ````
//!
//! a picture, the same as a table below it, and a note where the YAML or an option has a mistake.
//! mdBook, MkDocs and remark put this one HTML in place of the block, so that a document looks the
//! same whatever built it. It holds no empty line, at which Markdown would end it, no script and no
//! id, and its class names and colours are its own.

mod options;

use std::fmt::Write;

use deployline_engine::format;
use deployline_planner::analyze;
use deployline_planner::rules::ASSUMPTION_UNMATCHED;

use crate::html::parts;
use crate::markup::{Escaped, Name};
use crate::{Report, Source, picture, shown_message};

pub use options::Options;

/// Rows of the table; a document is read by people.
pub const MAX_ROWS: usize = 200;

/// Mistakes in the options that are listed.
const MAX_MISTAKES: usize = 50;

/// HTML of a block, and its mistakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The HTML, one line after the other.
    pub html: String,
    /// Mistakes, a sentence each, for the builder of the document.
    pub mistakes: Vec<String>,
    /// Number of planned deployments, which is what most of the time goes into.
    pub deployments: usize,
}

/// Turns the text of a block into HTML. `info` is the rest of the line behind the block's first word.
///
/// ```
/// let fence = deployline_export::fence("stage: {name: Ask, type: Approval}", "duration=5m");
/// assert!(fence.html.contains("1 stage, 0 deployments, 5m"));
/// assert_eq!(fence.mistakes, [""; 0]);
/// ```
pub fn fence(text: &str, info: &str) -> Fence {
    let (options, mistakes) = Options::parse(info);
    let mut mistakes = shown_mistakes(mistakes);
    let (inputs, assumptions) = options.assume();
    let analysis = analyze(&[text], &inputs, &assumptions);
    let sources = [Source { name: String::new(), text: text.to_owned() }];
    let report = Report::new(&analysis, &assumptions, &sources);
    let mut html = String::from("<div class=\"deployline-fence\">\n");
    if options.is_live {
        open_element(&mut html, text, &options);
    }
    static_part(&mut html, &report, &options, &mistakes);
    if options.is_live {
        html.push_str("</deploy-line>\n");
    }
    html.push_str("</div>\n");
    // An option for what the block does not have is a mistake in the block, as a misspelt one is.
    let unmatched = analysis.diagnostics.iter().filter(|it| it.code == ASSUMPTION_UNMATCHED.code);
    mistakes.extend(unmatched.map(|found| shown_message(&found.message)));
    let (errors, more) = crate::notes::errors(&report);
    mistakes.extend(errors.into_iter().map(|note| format!("{}: {}", note.place, note.message)));
    if more > 0 {
        mistakes.push(format!("and {}", format::count(more, "more error")));
    }
    let deployments = report.plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    Fence { html, mistakes, deployments }
}

/// The first mistakes in the options, each no longer than a message, and how many more there are.
fn shown_mistakes(mistakes: Vec<String>) -> Vec<String> {
    let more = mistakes.len().saturating_sub(MAX_MISTAKES);
    let mut shown: Vec<String> =
        mistakes.iter().take(MAX_MISTAKES).map(|mistake| shown_message(mistake)).collect();
    if more > 0 {
        shown.push(format!("and {}", format::count(more, "more mistake")));
    }
    shown
}

/// The live element takes the YAML from its first child and the place of all that is in it; where it
/// can't run, its content stays.
fn open_element(out: &mut String, text: &str, options: &Options) {
    out.push_str("<deploy-line");
    for (name, value) in &options.given {
        let _ = write!(out, " {name}=\"{}\"", Escaped(value));
    }
    // The first line break in a `pre` is dropped.
    let _ = writeln!(out, "><pre hidden=\"\">&#10;{}</pre>", Escaped(text));
}

fn static_part(out: &mut String, report: &Report<'_>, options: &Options, mistakes: &[String]) {
    let has_plan = !report.plan.stages.is_empty();
    out.push_str("<figure style=\"margin:1em 0\">\n");
    if has_plan {
        drawing(out, report, options);
        let (name, overview) = (Name(crate::title(report)), crate::overview(report));
        let _ = write!(out, "<figcaption><strong>{name}</strong>: {overview}");
        for sentence in crate::assumed::sentences(report) {
            let _ = write!(out, ". {}", Escaped(sentence.trim_end_matches('.')));
        }
        out.push_str("</figcaption>\n");
    }
    parts::notes(out, report, mistakes);
    if has_plan {
        out.push_str("<details><summary>Deployments in order</summary>\n");
        out.push_str("<div role=\"group\" aria-label=\"Deployments in order\" tabindex=\"0\" ");
        out.push_str("style=\"overflow-x:auto\">\n");
        parts::table(out, report, MAX_ROWS);
        out.push_str("</div>\n</details>\n");
    } else {
        let yaml = report.sources.iter().map(|source| source.text.as_str()).collect::<String>();
        let _ = writeln!(out, "<pre><code>{}</code></pre>", Escaped(&yaml));
    }
    out.push_str("</figure>\n");
}

fn drawing(out: &mut String, report: &Report<'_>, options: &Options) {
    let height = options.height.map(|height| format!("max-height:{height}px;overflow-y:auto;"));
    let _ = writeln!(
        out,
        "<div role=\"group\" aria-label=\"Timeline\" tabindex=\"0\" style=\"{}overflow-x:auto\">",
        height.unwrap_or_default()
    );
    out.push_str(&picture::inline(report, &options.look));
    out.push_str("\n</div>\n");
    if picture::is_folded(report, &options.look) {
        out.push_str("<p>There are too many deployments for a row each: a line is a stage.</p>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../web/examples/scenario-2.yaml");

    #[test]
    fn errors_count_behind_many_warnings_and_the_first_ones_are_listed() {
        let empty = "- {}\n".repeat(80);
        let stages = "- stage: {identifier: a, type: Approval}\n".repeat(81);
        let Fence { mistakes, .. } = fence(&format!("stages:\n{empty}{stages}"), &"x ".repeat(70));
        assert_eq!(mistakes.len(), 102, "{mistakes:?}");
        assert_eq!(mistakes[50], "and 20 more mistakes");
        assert_eq!(mistakes[101], "and 30 more errors");
    }

    #[test]
    fn a_block_becomes_a_picture_facts_and_a_table() {
        let Fence { html, mistakes, deployments } = fence(TEXT, "");
        assert_eq!(deployments, 4);
        assert_eq!(mistakes, [""; 0]);
        for part in [
            "<strong><bdi>Scenario 2</bdi></strong>: 1 stage, 4 deployments, 2m. Each deployment is \
             assumed to take 1m</figcaption>",
            "<svg ",
            "<summary>Deployments in order</summary>",
            "<td><bdi>S1</bdi></td><td><bdi>E1</bdi></td><td><bdi>I2</bdi></td><td>1m</td><td>2m</td>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("<deploy-line"), "{html}");
    }

    #[test]
    fn html_is_one_block_for_markdown_and_well_formed() {
        let hostile = "stage:\n  name: \"a\\n\\n```\\n# x </pre></script><!-- ]]> {{#include y}}\"\n\n\n  type: X\n";
        for text in [TEXT, hostile, "", "a: [", "\n\n\n"] {
            for info in ["", "live height=300 veiw=x", "view=lanes,theme=dark"] {
                let Fence { html, .. } = fence(text, info);
                assert!(html.lines().all(|line| !line.trim().is_empty()), "{html}");
                roxmltree::Document::parse(&html).unwrap_or_else(|error| panic!("{error}: {html}"));
                assert!(!html.contains("{{") && !html.contains("```"), "{html}");
            }
        }
    }

    #[test]
    fn mistakes_are_said_in_the_document_and_to_its_builder() {
        let Fence { html, mistakes, .. } = fence(&TEXT.replace("type: Deployment", "type: 'x"), "");
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert!(mistakes[0].starts_with("line "), "{mistakes:?}");
        assert!(html.contains("<strong>Error</strong>, line "), "{html}");
        let Fence { html, mistakes, .. } = fence(TEXT, "veiw=lanes");
        assert_eq!(mistakes.len(), 1);
        assert!(html.contains("veiw"), "{html}");
    }

    #[test]
    fn an_option_for_what_is_not_there_is_a_mistake() {
        for (info, expected) in [
            ("fail=deploy:3 durations=\"S1=2m\"", &[][..]),
            (
                "fail=deploy:4 durations=\"S3=2m\"",
                &[
                    "The duration for `S3` is for no deployment: there is no service `S3`.",
                    "Number 5 of `deploy` is assumed to fail, but the stage `deploy` has 4",
                ],
            ),
            (
                "assume=when:deploy=false",
                &["`when:deploy` is assumed, but the text does not leave it"],
            ),
        ] {
            let Fence { html, mistakes, .. } = fence(TEXT, info);
            assert_eq!(mistakes.len(), expected.len(), "{mistakes:?}");
            for (mistake, expected) in mistakes.iter().zip(expected) {
                assert!(mistake.starts_with(expected), "{mistake}");
                assert!(html.contains("<strong>Warning</strong>"), "{html}");
            }
        }
        let Fence { html, .. } = fence(TEXT, "fail=deploy:0");
        assert!(html.contains("Number 1 of deploy fails"), "{html}");
    }

    #[test]
    fn a_live_block_carries_its_yaml_and_options_around_the_picture() {
        let Fence { html, .. } =
            fence("stage: {name: '<a>', type: X}", "live view=lanes height=300");
        let document = roxmltree::Document::parse(&html).expect("well-formed");
        let element = document.descendants().find(|node| node.has_tag_name("deploy-line"));
        let element = element.expect("it is live");
        assert_eq!(
            (element.attribute("view"), element.attribute("height")),
            (Some("lanes"), Some("300"))
        );
        let first = element.first_element_child().expect("it has the YAML");
        assert_eq!(first.text(), Some("\nstage: {name: '<a>', type: X}"));
        assert!(element.descendants().any(|node| node.tag_name().name() == "svg"));
    }

    #[test]
    fn too_many_rows_are_a_line_for_each_stage() {
        let many = "stage: {name: A, type: X, strategy: {parallelism: 400}}";
        let Fence { html, .. } = fence(many, "");
        assert!(html.contains("a line is a stage"), "{html}");
        assert!(html.contains("… and 200 more"), "{html}");
    }
}
