//! Conditions of a stage, and which of its runs they leave out.

use deployline_span::Span;

use crate::Status;

/// A condition of a stage or of its loop, as far as the text settles it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The condition as it is written.
    pub text: String,
    /// Its place in the text.
    pub span: Span,
    /// `true` for the condition of a loop or a multi-deployment as a whole.
    pub is_of_loop: bool,
    /// Outcomes that decide it; none where it is the same in every run.
    pub asks: Vec<Ask>,
    /// The deployments for which it is false: one row for each combination of the outcomes, in the order of
    /// [`outcome_combinations`].
    pub skips: Vec<Skips>,
    /// The part that the text doesn't settle; `None` where it is decided.
    pub missing: Option<String>,
    /// Value that counts where a part is missing.
    pub assumed: bool,
    /// Rows as those of `skips`, with the other value for what is missing; none where it is decided.
    pub otherwise: Vec<Skips>,
}

impl Condition {
    /// The deployments that it skips in a run with these outcomes.
    pub fn skips_with(&self, outcome: impl Fn(Ask) -> Status) -> &Skips {
        let row = self.asks.iter().fold(0, |row, ask| row * OUTCOMES.len() + digit(outcome(*ask)));
        self.skips.get(row).unwrap_or(&Skips::None)
    }
}

/// An outcome that a condition asks for. It is final when the condition is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// That of the stage at this index: one of [`OUTCOMES`].
    Stage(u32),
    /// That of a single child of the loop of the stage at this index, by its own index: one of [`OUTCOMES`].
    Child(u32, u32),
    /// That of everything that has ended: failed, ignored, or succeeded.
    SoFar,
}

/// Outcomes that a stage may have had when a later one is asked: after an abort none is.
pub const OUTCOMES: [Status; 4] =
    [Status::Succeeded, Status::Failed, Status::Ignored, Status::Skipped];

fn digit(status: Status) -> usize {
    match status {
        Status::Succeeded => 0,
        Status::Failed | Status::Aborted | Status::Cancelled => 1,
        Status::Ignored => 2,
        Status::Skipped => 3,
    }
}

/// All combinations of so many outcomes, that of the last one changing fastest; of none there is one.
pub fn outcome_combinations(count: usize) -> impl Iterator<Item = Vec<Status>> {
    let base = OUTCOMES.len();
    (0..base.pow(count as u32)).map(move |row| {
        let digit = |at: usize| OUTCOMES[row / base.pow((count - 1 - at) as u32) % base];
        (0..count).map(digit).collect()
    })
}

/// Deployments of a stage that a condition skips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Skips {
    /// All run.
    #[default]
    None,
    /// None runs.
    All,
    /// `true` for one that is skipped, of which there are not all: by index in a loop and in a list of pairs, else
    /// by service and target, the services outermost, so that no flag changes it.
    Some(Vec<bool>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_has_a_row_of_its_own() {
        let ask = [Ask::Stage(4), Ask::SoFar, Ask::Stage(1)];
        let all: Vec<Vec<Status>> = outcome_combinations(3).collect();
        assert_eq!(all.len(), 64);
        assert_eq!(all[1], [Status::Succeeded, Status::Succeeded, Status::Failed]);
        let row = |index| Skips::Some(vec![true; index]);
        let condition = Condition {
            text: String::new(),
            span: Span::default(),
            is_of_loop: false,
            asks: ask.to_vec(),
            skips: (0..64).map(row).collect(),
            missing: None,
            assumed: true,
            otherwise: Vec::new(),
        };
        for (index, outcomes) in all.iter().enumerate() {
            let outcome = |asked| match ask.iter().position(|it| *it == asked) {
                Some(at) => outcomes[at],
                None => Status::Aborted,
            };
            assert_eq!(*condition.skips_with(outcome), row(index));
        }
        assert_eq!(outcome_combinations(0).collect::<Vec<_>>(), [Vec::new()]);
    }
}
