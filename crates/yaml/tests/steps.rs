//! `Reading`: the same in steps as at once.

use deployline_span::SourceId;
use deployline_yaml::{Budget, Parsed, Reading, parse};

/// Reads in steps; gives the number of those that were not the last of their round, in which others have their
/// turn.
fn in_steps(text: &str) -> (Parsed, usize) {
    let mut reading = Reading::new(text, SourceId(0), Budget::default());
    let mut turns = 0;
    loop {
        let mut round = reading.round();
        while round.step() {
            turns += 1;
        }
        let ended = round.end();
        if let Some(parsed) = reading.take(ended) {
            return (parsed, turns);
        }
    }
}

#[track_caller]
fn check(text: &str, turns: usize) {
    let (parsed, had) = in_steps(text);
    assert_eq!(format!("{parsed:?}"), format!("{:?}", parse(text)));
    assert_eq!(had, turns);
}

#[test]
fn steps_are_of_some_thousand_events() {
    // Beside the items there are start and end of the stream, the document and the list.
    check("- a\n", 0);
    check(&"- a\n".repeat(994), 1);
    check(&"- a\n".repeat(9_994), 10);
}

#[test]
fn a_round_for_each_line_that_cant_be_read_has_steps_too() {
    let broken = format!("{}b: [\n", "- a\n".repeat(1_500));
    // Both rounds read more than a thousand items and less than two thousand.
    check(&broken, 2);
    let too_large = " ".repeat(Budget::default().bytes + 1);
    check(&too_large, 0);
}
