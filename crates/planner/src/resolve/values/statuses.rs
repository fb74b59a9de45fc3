//! Values of the expressions that ask for an outcome.
//!
//! Follows `docs/semantics.md`, "Conditions that ask how something went".

use deployline_engine::{Ask, Status};

use super::children::{Child, ChildIndex};
use super::scope::ReaderScope;
use crate::expression::{Evaluated, Missing, Value, Why};

impl ReaderScope<'_, '_, '_> {
    /// The status of a stage that has been read.
    pub(super) fn status_of(&mut self, path: &str, has_ended: Result<u32, Why>) -> Evaluated {
        match has_ended {
            Ok(stage) => self.outcome(path, Ask::Stage(stage), Status::in_expressions),
            Err(why) => Err(Missing::of_path(path, why)),
        }
    }

    /// The status of a child of a loop that a run calls so; `None` for what is no child of one that has been read.
    pub(super) fn status_of_child(&mut self, path: &str, identifier: &str) -> Option<Evaluated> {
        let missing = |why| Err(Missing::of_path(path, why));
        Some(match self.values.read.child(identifier, self.graph)? {
            Err(why) => missing(why),
            Ok(Child { stage, index }) => match index {
                ChildIndex::Known(index) => {
                    self.outcome(path, Ask::Child(stage, index), Status::in_expressions)
                }
                ChildIndex::None => self.no_such_name(path, None),
                ChildIndex::Unknown => missing(Why::OfChild),
            },
        })
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
