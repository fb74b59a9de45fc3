//! Changes of the choice of stages that run.
//!
//! Follows `docs/semantics.md`, "Partial runs".

use deployline_map::Set;

use crate::{PartialRun, Plan, Stage};

impl Plan {
    /// The choice with a stage taken into the run or left out of it; `None` where no stage would be left. A choice of
    /// all stages is none.
    pub fn with_stage(&self, identifier: &str, runs: bool) -> Option<PartialRun> {
        let PartialRun { chosen, mut rerun_from } = self.pipeline.partial.clone();
        let all = || self.own_stages().iter().map(|stage| &stage.identifier);
        let mut chosen = chosen.unwrap_or_else(|| all().cloned().collect());
        if runs {
            chosen.insert(identifier.to_owned());
        } else {
            chosen.remove(identifier);
            rerun_from.remove(identifier);
        }
        let is_any = all().any(|stage| chosen.contains(stage));
        let is_all = all().all(|stage| chosen.contains(stage));
        is_any.then(|| PartialRun { chosen: Some(chosen).filter(|_| !is_all), rerun_from })
    }

    /// The choice of one stage alone.
    pub fn with_stage_alone(&self, identifier: &str) -> PartialRun {
        let is_only = self.own_stages().iter().all(|stage| stage.identifier == identifier);
        let chosen = (!is_only).then(|| Set::from([identifier.to_owned()]));
        PartialRun { chosen, rerun_from: Set::new() }
    }

    /// The choice that repeats the run from a stage, or does so no more. Others of its entry, which have failed with
    /// it, stay with it.
    pub fn with_rerun_from(&self, identifier: &str, reruns: bool) -> PartialRun {
        let PartialRun { chosen, mut rerun_from } = self.pipeline.partial.clone();
        if reruns {
            let entry = |name: &str| {
                let mut stages = self.own_stages().iter();
                stages.find(|stage| stage.identifier == name).map(|stage| stage.entry)
            };
            let own = entry(identifier);
            rerun_from = rerun_from.iter().filter(|other| entry(other) == own).cloned().collect();
            rerun_from.insert(identifier.to_owned());
        } else {
            rerun_from.remove(identifier);
        }
        PartialRun { chosen, rerun_from }
    }

    /// The stages of the pipeline itself: those that it runs go with the stages around them.
    fn own_stages(&self) -> &[Stage] {
        &self.pipeline.stages[..self.own_stage_count()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pipeline, expand, samples};

    /// `a`, then `b` and `c` side by side.
    fn plan(partial: PartialRun) -> Plan {
        let stage = |(name, entry)| Stage { entry, ..samples::other(name) };
        let stages = [("a", 0), ("b", 1), ("c", 1)].map(stage).to_vec();
        expand(Pipeline { stages, partial, ..Pipeline::default() })
    }

    fn partial(chosen: Option<&str>, rerun_from: &str) -> PartialRun {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        PartialRun { chosen: chosen.map(names), rerun_from: names(rerun_from) }
    }

    #[test]
    fn stages_are_taken_in_and_left_out() {
        for (before, (stage, runs), expected) in [
            ((None, ""), ("b", false), Some((Some("a c"), ""))),
            ((Some("a c"), ""), ("b", true), Some((None, ""))),
            ((Some("a c"), ""), ("c", false), Some((Some("a"), ""))),
            ((Some("a"), ""), ("a", false), None),
            ((Some("a gone"), ""), ("a", false), None),
            ((None, "b c"), ("b", false), Some((Some("a c"), "c"))),
        ] {
            let found = plan(partial(before.0, before.1)).with_stage(stage, runs);
            let expected = expected.map(|(chosen, rerun_from)| partial(chosen, rerun_from));
            assert_eq!(found, expected, "{before:?} {stage} {runs}");
        }
        assert_eq!(plan(partial(None, "c")).with_stage_alone("b"), partial(Some("b"), ""));
    }

    #[test]
    fn a_run_is_repeated_from_stages_of_one_entry() {
        for (before, (stage, reruns), expected) in [
            ("", ("b", true), "b"),
            ("b", ("c", true), "b c"),
            ("b", ("a", true), "a"),
            ("a", ("c", true), "c"),
            ("gone", ("c", true), "c"),
            ("b c", ("b", false), "c"),
        ] {
            let found = plan(partial(None, before)).with_rerun_from(stage, reruns);
            assert_eq!(found, partial(None, expected), "{before} {stage}");
        }
    }
}
