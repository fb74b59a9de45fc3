//! Inputs that are no text, or have no end.

mod support;

#[cfg(unix)]
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
#[cfg(unix)]
use std::process::{Command, Stdio};

use support::{deployline, stderr};

/// A folder of its own for a test; it goes with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("deployline-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the command, which is to refuse its input, and returns the message.
fn refusal(arguments: &[&str], input: &str) -> String {
    let output = deployline(arguments, input);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(output.stdout.is_empty());
    said
}

#[test]
#[cfg(unix)]
fn reading_ends_at_the_limit() {
    for (arguments, what) in [
        (&["plan", "/dev/zero"][..], "4 MB (4,194,304 bytes)"),
        (&["fence", "/dev/zero"], "4 MB (4,194,304 bytes)"),
        (&["link", "/dev/zero"], "4 MB (4,194,304 bytes)"),
        (&["plan", "-", "--durations", "/dev/zero"], "1 MB (1,048,576 bytes)"),
    ] {
        let said = refusal(arguments, "stage: {type: Approval}");
        assert!(said.contains("/dev/zero is too large: "), "{said}");
        assert!(said.contains(what), "{said}");
    }
    // Nobody writes all of that: the pipe has no end.
    let endless = "yes 'a: 1' | \"$0\" plan - 2>&1 >/dev/null";
    let output = Command::new("sh")
        .args(["-c", endless, env!("CARGO_BIN_EXE_deployline")])
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("error: standard input is too large: "), "{said}");
    let output = Command::new(env!("CARGO_BIN_EXE_deployline"))
        .arg("mdbook")
        .stdin(std::fs::File::open("/dev/zero").expect("it is there"))
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("a book may have 32 MB (33,554,432 bytes)"), "{said}");
}

#[test]
fn what_just_fits_is_read_and_one_byte_more_is_not() {
    let folder = Folder::new("limits");
    let text = |bytes: usize| format!("stage: {{type: Approval}}\n{}\n", "#".repeat(bytes - 25));
    let fits = folder.file("fits.yaml", text(4 << 20).as_bytes());
    let output = deployline(&["plan", &fits], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let larger = folder.file("larger.yaml", text((4 << 20) + 1).as_bytes());
    assert!(refusal(&["plan", &larger], "").contains("4 MB (4,194,304 bytes)"));
    assert!(refusal(&["plan", "-"], &text((4 << 20) + 1)).contains("4 MB (4,194,304 bytes)"));
    // All files together, and how many.
    let many = [&["plan"][..], &["-"; 1_001]].concat();
    assert!(refusal(&many, "").contains("at most 1,000 files"));
    let further = folder.file("further.yaml", b"# one byte and more");
    assert!(refusal(&["plan", &fits, &further], "").contains("further.yaml is too large"));
}

#[test]
fn what_is_no_text_is_named_with_its_place() {
    let folder = Folder::new("texts");
    for (bytes, expected) in [
        (
            &b"a: \xc3\xa9\nb: \xff\n"[..],
            "byte 0xff at line 2, column 4 (offset 9); save it as UTF-8",
        ),
        (b"a\xe2\x82", "byte 0xe2 at line 1, column 2 (offset 1)"),
        (b"\xff\xfea\0", "is UTF-16 text, expected UTF-8"),
        (b" \n\n", "is empty"),
        (b"", "is empty"),
    ] {
        let file = folder.file("file.yaml", bytes);
        let said = refusal(&["plan", &file], "");
        assert!(said.contains(expected), "{said}");
    }
    let path = folder.0.to_str().expect("UTF-8");
    let said = refusal(&["plan", path], "");
    assert!(said.contains(" is a folder; give the files in it"), "{said}");
    let said = refusal(&["plan", "-", "--durations", path], "stage: {type: Approval}");
    assert!(said.contains(" is a folder"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_named_pipe_is_read_as_its_writer_fills_it() {
    let folder = Folder::new("pipes");
    let pipe = folder.0.join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let mut child = Command::new(env!("CARGO_BIN_EXE_deployline"))
        .arg("plan")
        .arg(&pipe)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // Without a writer, it says what it waits for.
    let mut said = String::new();
    let messages = child.stderr.take().expect("it is piped");
    BufReader::new(messages).read_line(&mut said).expect("text");
    assert!(said.ends_with("pipe is a pipe: waiting for a program that writes to it\n"), "{said}");
    std::fs::write(&pipe, "stage: {name: Ask, type: Approval}").expect("a reader");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(support::stdout(&output).contains("Ask"));
}

#[test]
fn durations_are_bounded_before_they_are_read() {
    let folder = Folder::new("durations");
    for (text, expected) in [
        ("a: ".to_owned() + &"[".repeat(80_000), "line 1"),
        ("[".repeat(80_000), "line 1"),
        ("{a: ".repeat(80_000), "line 1"),
        ("- ".repeat(80_000), "line 1"),
        ("S1: 2m\nS1@I1: {a: b}\n".to_owned(), "line 2, column 8: expected a duration"),
        ("S1: 2m\n? [a]\n: 1m\n".to_owned(), "line 2"),
        (
            "S1: 2m\nS2: 5 bananas\n".to_owned(),
            "line 2, column 5: `S2`: `5 bananas` is no duration",
        ),
        ("[a]\n".to_owned(), "expected a map such as `cart@prod/eu-1: 5m`"),
        ("S1: 1m\n---\nS2: 1m\n".to_owned(), "one document"),
        ("# nothing\n".to_owned(), "is empty"),
    ] {
        let file = folder.file("durations.yaml", text.as_bytes());
        let said = refusal(&["plan", "-", "--durations", &file], "stage: {type: Approval}");
        assert!(said.contains(expected), "{said}");
        assert!(said.len() < 1000, "{} bytes", said.len());
    }
}

/// The places in a Markdown or Terraform file stay those of the file, and one of several pipelines is chosen.
#[test]
fn pipelines_in_files_of_other_languages() {
    let folder = Folder::new("languages");
    let pipeline = |name: &str| {
        format!(
            "pipeline:\n  identifier: {name}\n  stages:\n    - stage: {{type: Approval, wehn: 1}}\n"
        )
    };
    let markdown = format!(
        "# Releases\n\n```yaml\n{}```\n\n~~~\n{}~~~\n",
        pipeline("first"),
        pipeline("second")
    );
    let markdown = folder.file("releases.md", markdown.as_bytes());
    let terraform =
        format!("resource \"a\" \"b\" {{\n  yaml = <<-EOT\n{}EOT\n}}\n", pipeline("third"));
    let terraform = folder.file("main.tf", terraform.as_bytes());
    for (arguments, name, place) in [
        (&["plan", markdown.as_str()][..], "first", "releases.md:7:31"),
        (&["plan", &markdown, "--pipeline", "second"], "second", "releases.md:14:31"),
        (&["plan", &terraform], "third", "main.tf:6:31"),
    ] {
        let output = deployline(arguments, "");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(printed.starts_with(&format!("{name}: 1 stage")), "{printed}");
        let said = stderr(&output);
        assert!(said.contains(place), "{said}");
        let is_chosen = arguments.len() > 2 || name == "third";
        assert_eq!(said.contains("holds 2 pipelines: first, second."), !is_chosen, "{said}");
    }
    let said = refusal(&["plan", &markdown, "--pipeline", "x"], "");
    assert!(said.contains("has no pipeline x, expected one of: first, second"), "{said}");
    let said = refusal(&["plan", "-", "--pipeline", "x"], "stage: {type: Approval}");
    assert!(said.contains("standard input is none"), "{said}");
    let empty = folder.file("empty.md", b"# Nothing\n");
    let said = refusal(&["plan", &empty], "");
    assert!(said.contains("holds no pipeline and nothing that belongs to one"), "{said}");
}
