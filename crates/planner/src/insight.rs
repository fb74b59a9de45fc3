//! Questions about a run, one file each. All read a [`crate::Plan`] and its [`crate::Schedule`] and
//! change neither; all take linear or n log n time in the number of deployments.
//!
//! - [`chain`], [`critical_path`]: what did it wait for, and what did that wait for?

mod chain;
#[cfg(test)]
pub(crate) mod samples;

pub use chain::{chain, critical_path};
