//! Questions about a run, one file each. All read a [`crate::Plan`] and its [`crate::Schedule`] and
//! change neither; all take linear or n log n time in the number of deployments.
//!
//! - [`chain`], [`critical_path`]: what did it wait for, and what did that wait for?
//! - [`levels`]: how many run and wait, and how many could run, at each time?
//! - [`usage`]: what does a stage make of its slots?

mod chain;
mod levels;
#[cfg(test)]
pub(crate) mod samples;
mod usage;

pub use chain::{chain, critical_path};
pub use levels::{Level, levels};
pub use usage::{Usage, usage};
