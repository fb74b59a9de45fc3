//! Questions about a run, one file each. All read a [`crate::Plan`] and its [`crate::Schedule`] and
//! change neither; but for [`longer_waits`], all take linear or n log n time in the number of deployments.
//!
//! - [`chain`], [`critical_path`]: what did it wait for, and what did that wait for?
//! - [`levels`]: how many run and wait, and how many could run, at each time?
//! - [`early_starts`]: what starts although something before it in a sequential list still runs?
//! - [`usage`]: what does a stage make of its slots?
//! - [`combinations`]: how would it run with the other flags?
//! - [`moves`]: what did a change do to it?
//! - [`waiting_for`], [`first_and_last`], [`longer_waits`]: which stages wait for others, where each begins and ends,
//!   and which wait for more than they did?
//! - [`moment`], [`state_at`]: what is going on at an instant?

mod chain;
mod combinations;
mod early_starts;
mod levels;
mod moment;
mod moves;
mod usage;
mod waits;

pub use chain::{chain, critical_path};
pub use combinations::{Combination, combinations};
pub use early_starts::{EarlyStarts, early_starts};
pub use levels::{Level, levels};
pub use moment::{Moment, RunState, moment, state_at};
pub use moves::{Move, Moves, moves};
pub use usage::{Usage, usage};
pub use waits::{Wait, first_and_last, longer_waits, waiting_for};
