//! The tables of `parallel-flags.md`: each row is a stage, built from its cells and planned.

use deployline_engine::{expand, words};
use deployline_planner::{Inputs, resolve};

use super::markdown::table_rows;

/// A row: how the axes are written, and what follows.
pub(crate) struct Row {
    line: usize,
    services: String,
    targets: String,
    /// The order, the limit and the diagnostics.
    expected: [String; 3],
}

/// The rows of all tables whose first column is `services`, their orders looked up in the table of
/// orders of the same document.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let orders = table_rows(text, "order");
    let sequence_of = |name: &str| -> String {
        let row = orders.iter().find(|(_, cells)| cells[0] == name);
        row.map_or_else(|| panic!("unknown order `{name}`"), |(_, cells)| cells[1].to_owned())
    };
    let row = |(line, cells): (usize, Vec<&str>)| Row {
        line,
        services: cells[0].to_owned(),
        targets: cells[1].to_owned(),
        expected: [sequence_of(cells[2]), cells[3].to_owned(), cells[4].to_owned()],
    };
    table_rows(text, "services").into_iter().map(row).collect()
}

/// What differs, if anything.
pub(crate) fn check(row: &Row) -> Option<String> {
    let yaml = stage(row);
    let parsed = deployline_yaml::parse(&yaml);
    assert!(parsed.diagnostics.is_empty(), "line {}: no YAML:\n{yaml}", row.line);
    let (pipeline, diagnostics) = resolve(&parsed.documents, &Inputs::default());
    let plan = expand(pipeline);
    let stage = &plan.stages[0];
    let found =
        diagnostics.iter().map(|found| format!("{} {}", found.severity.as_str(), found.code));
    let actual = [
        words::sequence(&plan.pipeline.stages[0], stage),
        stage.max_concurrency.to_string(),
        found.collect::<Vec<_>>().join(", "),
    ];
    let differs = actual != row.expected;
    differs.then(|| {
        format!("line {}:\n  - {:?}\n  + {:?}\nof\n{yaml}", row.line, row.expected, actual)
    })
}

const ONE_ENVIRONMENT: &str = "environmentRef: E1, infrastructureDefinitions: [{identifier: I1}]";
const ENVIRONMENTS: &str = "[\
    {environmentRef: E1, infrastructureDefinitions: [{identifier: I1}, {identifier: I2}]}, \
    {environmentRef: E2, infrastructureDefinitions: [{identifier: I3}]}]";

fn stage(row: &Row) -> String {
    let services = match kind_and_metadata(&row.services) {
        ("one", _) => "service: {serviceRef: S1}".to_owned(),
        ("list", metadata) => {
            format!("services:\n    values: [{{serviceRef: S1}}, {{serviceRef: S2}}]{metadata}")
        }
        (other, _) => panic!("line {}: unknown services `{other}`", row.line),
    };
    let targets = match kind_and_metadata(&row.targets) {
        ("one", _) => format!("environment: {{{ONE_ENVIRONMENT}}}"),
        ("list", metadata) => format!("environments:\n    values: {ENVIRONMENTS}{metadata}"),
        ("group", metadata) => {
            let group = "environmentGroup:\n    envGroupRef: G";
            format!("{group}\n    environments: {ENVIRONMENTS}{metadata}")
        }
        (other, _) => panic!("line {}: unknown targets `{other}`", row.line),
    };
    format!("spec:\n  {services}\n  {targets}\n")
}

/// "list, `metadata: {}`" is a list with that line below it.
fn kind_and_metadata(cell: &str) -> (&str, String) {
    match cell.split_once(", ") {
        None => (cell, String::new()),
        Some((kind, yaml)) => (kind, format!("\n    {}", yaml.trim_matches('`'))),
    }
}
