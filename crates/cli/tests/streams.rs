//! Standard streams that are closed, full or read by nobody; inputs without an end.

#![cfg(unix)]

mod support;

use std::process::{Command, Output, Stdio};

use support::{deployline, stderr, stdout};

const GOOD: &str = "stage: {name: Ask, type: Approval}\n";
const BAD: &str = "stage: [\n";

/// Commands that write to the standard output, with their input.
fn commands() -> Vec<(&'static str, String)> {
    let formats =
        ["text", "json", "yaml", "svg", "html", "csv", "mermaid", "markdown", "pull-request"];
    let mut commands: Vec<(&str, String)> =
        formats.iter().map(|format| (GOOD, format!("plan - --format {format}"))).collect();
    commands.extend([
        (GOOD, "fence -".to_owned()),
        (GOOD, "link -".to_owned()),
        ("[{}, {\"items\": []}]", "mdbook".to_owned()),
        ("", "--help".to_owned()),
        ("", "--version".to_owned()),
        ("", "plan --help".to_owned()),
        ("", "help link".to_owned()),
    ]);
    commands
}

/// Runs `deployline ARGUMENTS` in a shell, with redirections behind.
fn shell(arguments: &str, redirections: &str, input: &str) -> Output {
    let mut child = Command::new("sh")
        .args([
            "-c",
            &format!("\"$0\" {arguments} {redirections}"),
            env!("CARGO_BIN_EXE_deployline"),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut stdin = child.stdin.take().expect("it has an input");
    // A command that stops at its arguments reads nothing.
    let _ = std::io::Write::write_all(&mut stdin, input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[test]
fn an_output_that_takes_nothing_is_status_3() {
    for (input, arguments) in commands() {
        for (redirection, reason) in [(">&-", "it is closed"), (">/dev/full", "No space left")] {
            if redirection == ">/dev/full" && !cfg!(target_os = "linux") {
                continue;
            }
            let output = shell(&arguments, redirection, input);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(3), "{arguments} {redirection}: {said}");
            assert!(said.contains("error: can't write to the standard output: "), "{said}");
            assert!(said.contains(reason), "{said}");
        }
        let output = shell(&arguments, ">/dev/null", input);
        assert_eq!(output.status.code(), Some(0), "{arguments}: {}", stderr(&output));
    }
}

#[test]
fn messages_that_can_not_be_written_are_status_3() {
    let commands = [
        (BAD, "plan -"),
        (BAD, "plan - --format csv"),
        (BAD, "fence -"),
        (
            "[{}, {\"items\": [{\"Chapter\": {\"content\": \"```deployline\\na: [\\n```\"}}]}]",
            "mdbook",
        ),
        ("no book", "mdbook"),
        ("", "plan no/such/file"),
        ("", "plan --format pdf"),
        ("", ""),
    ];
    for (input, arguments) in commands {
        for redirection in ["2>&-", "2>/dev/full", "2>&- >&-"] {
            if redirection == "2>/dev/full" && !cfg!(target_os = "linux") {
                continue;
            }
            let output = shell(arguments, redirection, input);
            assert_eq!(output.status.code(), Some(3), "{arguments} {redirection}");
        }
    }
    // The other output is written all the same.
    let output = shell("fence -", "2>&-", BAD);
    assert!(stdout(&output).contains("<div class=\"deployline-fence\">"));
    // Who has nothing to say misses nothing.
    let output = shell("plan -", "2>&-", GOOD);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_reader_that_has_gone_ends_the_command_quietly() {
    for (input, arguments) in commands() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_deployline"))
            .args(arguments.split(' '))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        // The input ends later, so nothing is written before the reader has gone.
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("it has an input");
        let _ = std::io::Write::write_all(&mut stdin, input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        // Help is printed without reading: it may have been in time.
        let reads = !input.is_empty();
        let status = output.status.code();
        assert!(status == Some(141) || !reads && status == Some(0), "{arguments}: {status:?}");
        assert_eq!(stderr(&output), "", "{arguments}");
    }
}

#[test]
fn the_help_lists_the_statuses() {
    for arguments in [&["--help"][..], &["plan", "--help"], &["help", "mdbook"]] {
        let output = deployline(arguments, "");
        let help = stdout(&output);
        assert_eq!(output.status.code(), Some(0));
        assert!(help.contains("Exit status:\n  0  ") && help.contains("\n  141  the"), "{help}");
    }
}
