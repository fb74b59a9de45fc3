//! As much of Markdown as the specs use: headings, fenced blocks, tables.

/// A `plan` block with the `yaml` block above it.
pub(crate) struct Case {
    /// The heading it stands under.
    pub(crate) heading: String,
    /// The line of the `plan` block's fence, from 1.
    pub(crate) line: usize,
    /// What stands behind the words `yaml` and `plan` on the fences.
    pub(crate) info: String,
    pub(crate) yaml: String,
    pub(crate) expected: String,
}

/// All cases of a document. A `yaml` block may be followed by several `plan` blocks. One with
/// `name=NAME` holds documents for others: `with=NAME` puts them behind a block.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut heading = "";
    let mut yaml: Option<(String, String)> = None;
    let mut named: Vec<(&str, String)> = Vec::new();
    let mut is_used = true;
    let mut lines = text.lines().enumerate();
    while let Some((line_idx, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title;
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let body: String = body.iter().map(|line| format!("{line}\n")).collect();
        if let Some(name) = info.strip_prefix("yaml name=") {
            named.push((name, body));
        } else if let Some(info) = info.strip_prefix("yaml") {
            assert!(is_used, "a yaml block before line {} has no plan", line_idx + 1);
            yaml = Some(with_documents(info, body, &named));
            is_used = false;
        } else if let Some(plan_info) = info.strip_prefix("plan") {
            let (yaml_info, yaml) = yaml.clone().expect("a plan follows its yaml");
            is_used = true;
            cases.push(Case {
                heading: heading.to_owned(),
                line: line_idx + 1,
                info: format!("{yaml_info} {plan_info}"),
                yaml,
                expected: body,
            });
        }
    }
    assert!(is_used, "the last yaml block has no plan");
    cases
}

/// Splits `with=NAME` off and puts the documents of that name behind the text.
fn with_documents(info: &str, body: String, named: &[(&str, String)]) -> (String, String) {
    let Some((before, after)) = info.split_once("with=") else { return (info.to_owned(), body) };
    let (name, after) = after.split_once(' ').unwrap_or((after, ""));
    let documents = named.iter().find(|(other, _)| *other == name);
    let (_, documents) = documents.unwrap_or_else(|| panic!("no yaml block is named `{name}`"));
    (format!("{before}{after}"), format!("{body}---\n{documents}"))
}

/// The cells of all tables whose first column has the title `first`, with their line from 1.
pub(crate) fn table_rows<'a>(text: &'a str, first: &str) -> Vec<(usize, Vec<&'a str>)> {
    let mut rows = Vec::new();
    let mut is_wanted = false;
    let mut is_in_table = false;
    for (line_idx, line) in text.lines().enumerate() {
        let Some(cells) = cells(line) else {
            is_in_table = false;
            continue;
        };
        if !is_in_table {
            is_in_table = true;
            is_wanted = cells.first() == Some(&first);
        } else if is_wanted && !cells[0].starts_with("---") {
            rows.push((line_idx + 1, cells));
        }
    }
    rows
}

fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}
