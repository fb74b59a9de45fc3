//! The pictures of one pipeline in every arrangement, byte for byte.
//!
//! After a change that is meant, write each anew with the command that its case names.

use std::path::Path;
use std::process::Command;

#[test]
fn every_arrangement_has_its_picture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (option, value) in [
        ("rows", "order"),
        ("rows", "lanes"),
        ("rows", "services"),
        ("rows", "targets"),
        ("color-by", "environment"),
        ("color-by", "status"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_deployline"))
            .args(["plan", "--format", "svg", &format!("--{option}"), value])
            .arg(root.join("../../web/examples/scenario-2.yaml"))
            .output()
            .expect("the binary runs");
        let expected = root.join(format!("tests/pictures/{option}-{value}.svg"));
        let expected = std::fs::read_to_string(&expected).expect("a picture to compare with");
        let found = String::from_utf8(output.stdout).expect("UTF-8");
        // A shape in a line, so that what differs can be read.
        let lines = |svg: &str| svg.replace("><", ">\n<");
        assert_eq!(lines(&found), lines(&expected), "--{option} {value}");
    }
}
