//! Valgrind, which counts instructions.

use super::apt;
use super::requirement::Requirement;
use crate::process;

/// Counts instructions with its tool callgrind.
pub(crate) const VALGRIND: Requirement = Requirement {
    name: "valgrind",
    takes: "a minute",
    is_there: || Ok(process::succeeds(process::command("valgrind").arg("--version"))),
    install: Some(|| apt::install(&["valgrind"])),
    by_hand: "Install valgrind with the system's packages.",
};
