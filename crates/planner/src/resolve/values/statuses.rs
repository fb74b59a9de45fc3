//! Values of the expressions that ask for an outcome.
//!
//! Follows `docs/semantics.md`, "Conditions that ask how something went".

use deployline_engine::{Ask, Status};

use super::outcomes::NotEnded;
use super::scope::ReaderScope;
use crate::expression::{Evaluated, Missing, Value, Why};

impl ReaderScope<'_, '_, '_> {
    /// The status of a stage that has been read.
    pub(super) fn status_of(&mut self, path: &str, has_ended: Result<u32, NotEnded>) -> Evaluated {
        match has_ended {
            Ok(stage) => self.outcome(path, Ask::Stage(stage), Status::in_expressions),
            Err(NotEnded) => Err(Missing::of_path(path, Why::NotEnded)),
        }
    }

    /// The status of what has ended so far.
    pub(super) fn status_so_far(&mut self, path: &str) -> Evaluated {
        self.outcome(path, Ask::SoFar, Status::in_expressions)
    }

    /// `OnPipelineSuccess` and the like; `None` for another name. In a stage that is about to start nothing has failed.
    pub(super) fn status_flag(&mut self, path: &str) -> Option<Evaluated> {
        let is_failed = |status| status == Status::Failed;
        Some(match path {
            "Always" | "OnStageSuccess" => Ok(Value::Flag(true)),
            "OnStageFailure" => Ok(Value::Flag(false)),
            "OnPipelineFailure" => self.outcome(path, Ask::SoFar, is_failed),
            "OnPipelineSuccess" => self.outcome(path, Ask::SoFar, |status| !is_failed(status)),
            _ => return None,
        })
    }
}
