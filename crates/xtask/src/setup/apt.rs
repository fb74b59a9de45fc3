//! Debian packages, installed as root or with a `sudo` that asks nothing.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::process;

/// Updates the package lists and installs `packages`.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    ensure!(process::find_on_path("apt-get").is_some(), "this system has no apt-get");
    let user = process::read(process::command("id").arg("-u"))?;
    let prefix = prefix(user.trim() == "0");
    if prefix.first() == Some(&"sudo") {
        let allowed = process::succeeds(process::command("sudo").args(["-n", "true"]));
        ensure!(allowed, "that takes root, or a sudo without a password");
    }
    process::run(apt_get(&prefix).arg("update"))?;
    process::run(apt_get(&prefix).args(["install", "-y", "--no-install-recommends"]).args(packages))
}

fn apt_get(prefix: &[&str]) -> Command {
    let mut command = process::command(prefix[0]);
    command.args(&prefix[1..]).arg("apt-get");
    command
}

/// `env` comes after `sudo`, which drops the variables of its caller.
fn prefix(is_root: bool) -> Vec<&'static str> {
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive"];
    let sudo = if is_root { &[][..] } else { &["sudo", "-n"][..] };
    [sudo, &quiet].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sudo_only_when_not_root() {
        assert_eq!(prefix(true), ["env", "DEBIAN_FRONTEND=noninteractive"]);
        assert_eq!(prefix(false), ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]);
    }
}
