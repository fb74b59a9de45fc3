//! Names, paths and arguments that would steer a terminal, through every command and format.

mod support;

use std::path::PathBuf;

use support::{deployline, stderr, stdout};

/// Colours, a bell, a title, C1 controls, a line that looks like a message, directions, unseen marks.
const HOSTILE: &str = "a\u{1b}[31m\u{7}\u{1b}]0;t\u{7}\u{7f}\u{85}\u{9b}2J\r\nerror: b\u{202e}c\u{200b}\u{2028}\u{feff}\u{e0041}d";

/// The characters of an output that would steer a terminal; `kept` are those of its format.
fn steering(text: &str, kept: &[char]) -> String {
    let found = text.chars().filter(|c| !kept.contains(c));
    found.filter(|c| deployline_export::steers_terminal(*c)).collect()
}

/// A pipeline with the hostile name wherever one may stand, and with mistakes that quote it.
fn pipeline() -> String {
    let name: String = HOSTILE.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    format!(
        "pipeline:\n  identifier: \"{name}\"\n  name: \"{name}\"\n  stages:\n\
         \x20   - stage: {{identifier: \"{name}\", name: \"{name}\", type: Deployment, spec: {{\
         service: {{serviceRef: \"{name}\"}}, environment: {{environmentRef: \"{name}\", \
         infrastructureDefinitions: [{{identifier: \"{name}\"}}]}}}}, \
         strategy: {{repeat: {{items: [\"{name}\"]}}}}}}\n\
         \x20   - stage: {{identifier: \"{name}\", \"{name}\": 1, type: \"{name}\"}}\n\
         \x20   # \u{1b}[31m \u{202e} \u{9b}\n    - {{\"\u{202e}\u{200b}{name}\": 1}}\n"
    )
}

#[test]
fn no_format_steers_a_terminal() {
    let formats = ["text", "json", "yaml", "mermaid", "markdown", "pull-request"];
    for (format, kept) in formats.map(|format| (format, &['\n'])) {
        let output = deployline(&["plan", "-", "--format", format], &pipeline());
        assert!(stdout(&output).len() > 100, "{format}: {}", stderr(&output));
        assert_eq!(steering(&stdout(&output), kept), "", "{format}: {}", stdout(&output));
        assert_eq!(steering(&stderr(&output), &['\n']), "", "{format}: {}", stderr(&output));
    }
    // These have no escapes for marks of direction, or set directions themselves, for each name.
    for format in ["svg", "html", "csv"] {
        let output = deployline(&["plan", "-", "--format", format], &pipeline());
        let said = stdout(&output);
        assert!(said.len() > 100, "{format}: {}", stderr(&output));
        let said = said.replace("\r\n", "\n");
        let controls = said.chars().filter(|c| c.is_control() && *c != '\n');
        assert_eq!(controls.collect::<String>(), "", "{format}: {said}");
        assert!(!said.lines().any(|line| line.starts_with("error: b")) || format == "html");
    }
}

#[test]
fn structured_formats_keep_the_names_as_they_are() {
    let output = deployline(&["plan", "-", "--format", "json"], &pipeline());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["pipeline"]["name"], HOSTILE);
    let output = deployline(&["plan", "-", "--format", "yaml"], &pipeline());
    let yaml: serde_json::Value = serde_yaml::from_slice(&output.stdout).expect("YAML");
    assert_eq!(yaml, json);
}

#[test]
fn messages_of_documents_do_not_steer_a_terminal() {
    let output = deployline(&["fence", "-", "--info", HOSTILE], &pipeline());
    assert_eq!(steering(&stderr(&output), &['\n']), "");
    assert!(!stderr(&output).is_empty());
    let book = serde_json::json!([{}, {"items": [{"Chapter": {
        "name": HOSTILE, "path": HOSTILE,
        "content": format!("```deployline {HOSTILE}\n{}```\n", pipeline())
    }}]}]);
    let output = deployline(&["mdbook"], &book.to_string());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(steering(&stderr(&output), &['\n']), "");
    assert!(stderr(&output).starts_with("error: a\u{fffd}[31m"), "{}", stderr(&output));
}

#[test]
fn arguments_are_quoted_without_what_steers_a_terminal() {
    for arguments in [
        &[HOSTILE][..],
        &["plan", HOSTILE],
        &["plan", "-", HOSTILE, "--format", HOSTILE],
        &["plan", "-", "--duration", HOSTILE],
        &["plan", "-", "--fail", HOSTILE],
        &["plan", "-", "--uneven", HOSTILE],
        &["plan", "-", "--durations", HOSTILE],
        &["plan", &format!("--{HOSTILE}")],
        &["fence", HOSTILE],
        &["link", HOSTILE],
        &["mdbook", HOSTILE],
        &["link", "-", "--page", HOSTILE],
        &["help", HOSTILE],
    ] {
        let output = deployline(arguments, "stage: {type: Approval}");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert_eq!(steering(&said, &['\n']), "", "{arguments:?}: {said}");
        assert!(said.starts_with("error: ") && !said.contains("\nerror: b"), "{said}");
        assert!(output.stdout.is_empty(), "{}", stdout(&output));
    }
}

#[test]
#[cfg(unix)]
fn file_names_do_not_steer_a_terminal() {
    let folder = std::env::temp_dir().join(format!("deployline-names-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path: PathBuf = folder.join(HOSTILE);
    std::fs::write(&path, pipeline()).expect("a file");
    let path = path.to_str().expect("UTF-8");
    for format in ["text", "json", "yaml"] {
        let output = deployline(&["plan", path, path, "--format", format], "");
        assert_eq!(steering(&stdout(&output), &['\n']), "", "{format}");
        assert_eq!(steering(&stderr(&output), &['\n']), "", "{format}");
        let said = stdout(&output) + &stderr(&output);
        assert!(said.contains("[31m"), "{format} names the file: {said}");
    }
    let output = deployline(&["plan", "-", "--durations", path], "stage: {type: Approval}");
    assert_eq!(steering(&stderr(&output), &['\n']), "");
    assert_eq!(output.status.code(), Some(2));
    std::fs::remove_dir_all(&folder).expect("it goes");
}
