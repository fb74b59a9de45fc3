//! Runs other programs, with errors that name the failed one and how to install a missing one.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::project;

/// `program`, to be run in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root());
    command
}

/// The Cargo that runs us, to be run in the repository's root.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// `npm` or `npx`, which are scripts under another name on Windows.
pub(crate) fn node_script(name: &str) -> Command {
    command(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

/// Runs to the end with our own input and output, and wants success.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| not_started(command))?;
    ensure!(status.success(), "`{}` failed: {status}", line(command));
    Ok(())
}

/// Runs without showing its output, and returns its standard output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| not_started(command))?;
    ensure!(
        output.status.success(),
        "`{}` failed: {}\n{}",
        line(command),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns whether the program exists and exits with success; its output is ignored.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The first program of this name on `PATH`.
pub(crate) fn find_on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

fn not_started(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    format!("`{}` could not be started; is {program} installed?", line(command))
}

/// The command as a person would type it: without the program's folder.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = run(command("no-such-program").arg("--fast")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`no-such-program --fast` could not be started; is no-such-program installed?"
        );
        assert!(!succeeds(&mut command("no-such-program")));
    }

    #[test]
    fn a_failure_carries_what_was_written() {
        let error = read(cargo().arg("no-such-command")).unwrap_err().to_string();
        assert!(error.starts_with("`cargo no-such-command` failed: exit "), "{error}");
        assert!(error.contains("no such command"), "{error}");
    }
}
