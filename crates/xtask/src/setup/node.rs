//! Node, which has to be there beforehand: every way to get it changes the machine.

use super::requirement::Requirement;
use crate::process;

const OLDEST_MAJOR: u32 = 20;

/// Bundles the editor, and runs the tests in WebAssembly and in the browser.
pub(crate) const NODE: Requirement = Requirement {
    name: "Node 20 or newer, with npm",
    takes: "",
    is_there: || {
        let version = process::read(process::command("node").arg("--version")).unwrap_or_default();
        let npm = process::succeeds(process::node_script("npm").arg("--version"));
        Ok(npm && major(&version).is_some_and(|major| major >= OLDEST_MAJOR))
    },
    install: None,
    by_hand: "Install it from nodejs.org, with a version manager, or with the system's packages \
              (Debian 13 or newer: `apt-get install nodejs npm`), and see that `node --version` \
              says 20 or more.",
};

/// `v20.20.2` is 20.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn majors() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major(""), None);
        assert_eq!(major("node 20"), None);
    }
}
