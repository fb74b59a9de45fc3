//! The plan as one HTML file that works from disk: no script, nothing from elsewhere, light and dark
//! as its reader is, and made to be printed.

pub(crate) mod parts;

use std::fmt::Write;

use deployline_engine::words::shown::isolated;

use crate::markup::{Escaped, Name};
use crate::{Look, Report, picture};

/// The page's own style sheet.
const STYLE: &str = include_str!("html/style.css");

/// Only the two style sheets of the file may be, each by its hash: nothing that anyone could have
/// smuggled in does anything.
const POLICY: &str = "default-src 'none'; \
                      style-src 'sha256-k9MPc4dmdZsTkMe9Fynd1wK48v+Gw8Chub88a33hh8s=' \
                      'sha256-tc9dK0vAWMV6Vh37uq7q7HuVi/njXLT92JPuxaoYmK4='; \
                      base-uri 'none'; form-action 'none'";

/// Rows of the picture and of the table in it; beyond that a browser grows slow.
pub const MAX_HTML_ROWS: usize = 2_000;

/// The plan as a self-contained HTML file.
pub fn html(report: &Report<'_>, look: &Look) -> String {
    let look = Look { max_rows: look.max_rows.min(MAX_HTML_ROWS), ..*look };
    let title = crate::title(report);
    let mut out = String::from("<!doctype html>\n");
    let _ = write!(
        out,
        "<html lang=\"en\" data-theme=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}: its deployments in order</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        look.theme.as_str(),
        Escaped(&isolated(title))
    );
    let _ = writeln!(out, "<h1>{}</h1>", Name(title));
    let _ = writeln!(out, "<p class=\"facts\">{}</p>", Escaped(&crate::overview(report)));
    assumptions(&mut out, report);
    parts::notes(&mut out, report, &[]);
    timeline(&mut out, report, &look);
    order(&mut out, report);
    out.push_str("<section aria-label=\"Table\">\n<h2>Deployments</h2>\n<div class=\"scroll\" ");
    out.push_str("role=\"region\" aria-label=\"Deployments in order\" tabindex=\"0\">\n");
    parts::table(&mut out, report, MAX_HTML_ROWS);
    out.push_str("</div>\n</section>\n");
    yaml(&mut out, report);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn assumptions(out: &mut String, report: &Report<'_>) {
    out.push_str("<ul class=\"assumed\" aria-label=\"Assumed\">\n");
    for sentence in crate::assumed::sentences(report) {
        let _ = writeln!(out, "<li>{}</li>", Name(&sentence));
    }
    out.push_str("</ul>\n");
}

fn timeline(out: &mut String, report: &Report<'_>, look: &Look) {
    if report.plan.stages.is_empty() {
        return;
    }
    out.push_str("<section aria-label=\"Timeline\">\n<h2>Timeline</h2>\n");
    out.push_str("<div class=\"scroll\" role=\"region\" aria-label=\"Picture\" tabindex=\"0\">\n");
    out.push_str(&picture::inline(report, look));
    out.push_str("\n</div>\n");
    if picture::is_folded(report, look) {
        out.push_str("<p>There are too many deployments for a row each: a line is a stage.</p>\n");
    }
    out.push_str("</section>\n");
}

fn order(out: &mut String, report: &Report<'_>) {
    if report.plan.stages.is_empty() {
        return;
    }
    out.push_str("<section aria-label=\"Order in words\">\n<h2>Order in words</h2>\n<dl>\n");
    for stage in crate::order::stages(report) {
        let _ = writeln!(
            out,
            "<dt>{}</dt><dd><p>{}</p><p>{}</p></dd>",
            Name(&stage.name),
            Escaped(&stage.facts),
            Name(&stage.sequence)
        );
    }
    out.push_str("</dl>\n</section>\n");
}

fn yaml(out: &mut String, report: &Report<'_>) {
    out.push_str("<section aria-label=\"YAML\">\n<h2>YAML</h2>\n");
    for source in report.sources {
        if report.sources.len() > 1 {
            let _ = writeln!(out, "<h3>{}</h3>", Name(&source.name));
        }
        // Line breaks as they are: nothing reads this as Markdown. The first one in a `pre` is dropped.
        let text = Escaped(&source.text).to_string();
        let text = text.replace("&#13;&#10;", "\n").replace("&#13;", "\n").replace("&#10;", "\n");
        let _ = writeln!(out, "<pre tabindex=\"0\">\n{text}</pre>");
    }
    out.push_str("</section>\n");
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;
    use deployline_planner::{Inputs, analyze};

    use super::*;
    use crate::Source;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    fn page(text: &str) -> String {
        let assumptions = Assumptions::default();
        let analysis = analyze(&[text], &Inputs::default(), &assumptions);
        let sources = [Source { name: "a.yaml".into(), text: text.into() }];
        let report = Report::new(&analysis, &assumptions, &sources);
        html(&report, &Look::default())
    }

    /// A text's hash as a content-security policy has it.
    fn hash(text: &str) -> String {
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
    }

    #[test]
    fn the_policy_allows_the_style_sheets_of_the_file_and_no_other() {
        let page = page("stage: {name: Ask, type: Approval}");
        let sheets = page.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next());
        let hashes: Vec<String> = sheets.map(hash).collect();
        let expected = format!("style-src {} {}; ", hashes[0], hashes[1]);
        assert!(
            POLICY.contains(&expected),
            "a style sheet has changed: the policy is to have {expected}"
        );
        assert_eq!(hashes.len(), 2);
    }

    #[test]
    fn every_line_break_of_the_yaml_is_one() {
        let page = page("a: 1\r\nb: 2\rc: 3\n");
        assert!(page.contains("<pre tabindex=\"0\">\na: 1\nb: 2\nc: 3\n</pre>"), "{page}");
    }

    #[test]
    fn the_yaml_is_there_as_it_was_written() {
        let text = "\n\nstage:\t{name: '</pre><script>', type: \"a&#10;b\"}\n";
        let page = page(text);
        let pre = page.split("<pre tabindex=\"0\">\n").nth(1).expect("it has the YAML");
        let pre = pre.split("</pre>").next().unwrap_or_default();
        let back = pre.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let back = back.replace("&#39;", "'").replace("&#123;", "{").replace("&#125;", "}");
        let back = back.replace("&#9;", "\t").replace("&amp;", "&");
        assert_eq!(back, text);
    }

    #[test]
    fn a_text_without_a_plan_is_a_page_with_notes() {
        let page = page("a: [");
        assert!(page.contains("aria-label=\"Notes\"") && !page.contains("<svg"), "{page}");
    }
}
