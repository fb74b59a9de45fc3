//! The steps of a stage: what each of its deployments goes through.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".

use std::sync::Arc;

use deployline_span::Span;

use super::limit::Timeout;
use super::name::bounded_name;
use crate::Ms;

/// The steps of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Number of steps, those in groups included, each counted once.
    pub count: u32,
    /// The first ones by name, groups and their looping strategies named too.
    pub lines: Vec<String>,
    /// Equal parts that the work of a deployment has: steps that wait have none, steps side by side share one.
    pub parts: u32,
    /// The shortest timeout of a step that is one part.
    pub shortest_timeout: Option<Timeout>,
    /// Identifiers of the steps, in order; the stages of one template share them.
    pub identifiers: Arc<[String]>,
    /// `true` where there may be steps that `identifiers` lacks: of a template, or given by an expression.
    pub has_unread: bool,
    /// The step that is nested deepest, where that is deep.
    pub deepest: Option<NestedStep>,
    /// Steps and groups in the order of the text, each before those within it; at most [`STEP_BUDGET`] of them. The
    /// stages of one template share them.
    pub tree: Arc<[Step]>,
    /// Those of the tree that wait, in order.
    pub waits: Vec<StepWait>,
    /// Steps and groups that a rollback runs, as `tree` has them; a wait among them is a part of its length.
    pub rollback: Arc<[Step]>,
}

/// The most steps and groups of a stage that are kept one by one. What stands behind them has no part of its own.
pub const STEP_BUDGET: usize = 1_000;

/// A step, a group of steps, or steps side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its identifier, or its name where it has none; empty where it has neither.
    pub identifier: String,
    /// Its name.
    pub name: String,
    /// Its type, such as `ShellScript`; empty for a group.
    pub step_type: String,
    /// Kind of its contents.
    pub kind: StepKind,
    /// Number of steps and groups within it, which are the next ones in the list.
    pub inner: u32,
    /// The longest that it may take, of one that works and where the text says so.
    pub timeout: Option<Timeout>,
    /// Its place in the text.
    pub span: Span,
}

/// Kind of a step's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Work: one share of that of the deployment.
    Work,
    /// A wait, which [`Steps::waits`] has.
    Wait,
    /// Nothing in a run without failures: its condition says so.
    LeftOut,
    /// Steps one after the other.
    Group,
    /// Steps side by side.
    SideBySide,
    /// The runs of one step or group, which a strategy makes.
    Loop {
        /// Number of them that go at once; `None` for all.
        at_once: Option<u32>,
    },
}

/// A step that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepWait {
    /// Its index in [`Steps::tree`].
    pub step: u32,
    /// Event that ends the wait.
    pub kind: WaitKind,
    /// The longest that it waits, where the text says so.
    pub timeout: Option<Timeout>,
}

/// Event that ends the wait of a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitKind {
    /// A time; `None` where only a run knows it.
    Time(Option<Ms>),
    /// The word of a person, or of another system.
    Approval,
    /// All steps of the pipeline that name this barrier.
    Barrier(String),
    /// Those of the same run that hold this key until their stage ends; `None` where only a run knows the key, or
    /// where it is held until the pipeline ends, which holds up nothing in the same run.
    Queue(Option<String>),
}

impl Steps {
    /// The identifier of a step of the tree; empty where it has none.
    pub fn identifier(&self, step: u32) -> &str {
        self.tree.get(step as usize).map_or("", |step| &step.identifier)
    }
}

impl Step {
    /// A step with its names cut as others are.
    pub fn new(identifier: &str, name: &str, step_type: &str, kind: StepKind, span: Span) -> Self {
        Self {
            identifier: bounded_name(identifier),
            name: bounded_name(name),
            step_type: bounded_name(step_type),
            kind,
            inner: 0,
            timeout: None,
            span,
        }
    }
}

/// A step inside of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedStep {
    /// Number of nodes from the stage down to it, without the stage: groups, parallel lists, strategies and itself.
    pub levels: u32,
    /// Names of the groups around it and its own.
    pub path: String,
    /// Its place in the text.
    pub span: Span,
}
