//! Identifiers of new stages, beside lines that can't be read.

use deployline_form::Address;
use deployline_form::operation::{Operation, StageKind, StagePosition, edit};
use deployline_yaml::TextEdit;

#[test]
fn names_of_lines_that_can_not_be_read_are_taken_in_their_document_alone() {
    let operation = Operation::AddStage {
        kind: StageKind::Deployment,
        to: StagePosition::Before(Address(vec![0])),
    };
    let stage = "    - stage: {identifier: ask, name: Ask, type: Approval}\n";
    let other = "---\ninputSet:\n  identifier: night\n";
    let broken = "  identifier: deploy: x\n";
    for (text, expected) in [
        (format!("pipeline:\n  stages:\n{stage}{other}"), "identifier: deploy\n"),
        (
            format!("pipeline:\n  stages:\n{stage}{other}  pipeline:\n  {broken}"),
            "identifier: deploy\n",
        ),
        (
            format!(
                "{}---\npipeline:\n  stages:\n{stage}",
                &other[4..].replace("  identifier: night\n", broken)
            ),
            "identifier: deploy\n",
        ),
        (format!("pipeline:\n{broken}  stages:\n{stage}{other}"), "identifier: deploy_2\n"),
    ] {
        let edits = edit(&text, &operation).unwrap_or_else(|refusal| panic!("{refusal:?}: {text}"));
        let after = TextEdit::apply_all(&edits, &text);
        assert!(after.contains(expected), "{after}");
    }
}
