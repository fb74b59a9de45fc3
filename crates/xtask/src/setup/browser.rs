//! The system's Chromium, and a font for it to draw with.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::apt;
use super::requirement::Requirement;
use crate::process;

/// Names the browser to use; Playwright's configuration reads it too.
pub(crate) const CHROMIUM_VARIABLE: &str = "DEPLOYLINE_CHROMIUM";

/// Usual places of a browser that isn't on `PATH`, or that a stub on `PATH` hides.
const USUAL_PLACES: [&str; 2] =
    ["/usr/bin/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const NAMES_ON_PATH: [&str; 4] =
    ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

/// Runs the end-to-end tests.
pub(crate) const CHROMIUM: Requirement = Requirement {
    name: "Chromium",
    takes: "a minute",
    is_there: || Ok(find_chromium()?.is_some()),
    install: Some(|| apt::install(&["chromium"])),
    by_hand: "Install Chromium or Chrome, and set DEPLOYLINE_CHROMIUM to its path \
              if it is in no usual place.",
};

/// Without any font, Chromium draws no text at all.
pub(crate) const FONTS: Requirement = Requirement {
    name: "a font for the browser",
    takes: "seconds",
    is_there: || Ok(has_font()),
    install: Some(|| apt::install(&["fonts-dejavu-core"])),
    by_hand: "Install any font, for example DejaVu or Liberation.",
};

/// The browser to test with; an error when the one named by the variable does not run.
pub(crate) fn find_chromium() -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os(CHROMIUM_VARIABLE).filter(|value| !value.is_empty()) {
        let named = PathBuf::from(named);
        ensure!(
            runs(&named),
            "{CHROMIUM_VARIABLE} is {}, which does not run; correct it or unset it",
            named.display()
        );
        return Ok(Some(named));
    }
    let places = USUAL_PLACES.iter().map(PathBuf::from).filter(|path| path.is_file());
    let on_path = NAMES_ON_PATH.iter().filter_map(|name| process::find_on_path(name));
    Ok(places.chain(on_path).find(|browser| runs(browser)))
}

/// Ubuntu's `chromium-browser` is there and only says to install something else.
fn runs(browser: &Path) -> bool {
    process::succeeds(process::command(browser).arg("--version"))
}

fn has_font() -> bool {
    // Other systems come with fonts.
    if !cfg!(target_os = "linux") {
        return true;
    }
    let listed = process::read(process::command("fc-list").arg("--format=%{family}\n"));
    // Without fc-list there may be fonts all the same: Chromium needs its library only.
    listed.is_ok_and(|families| !families.trim().is_empty())
        || has_font_file(Path::new("/usr/share/fonts"))
}

fn has_font_file(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().map(|entry| entry.path()).any(|path| {
        let extension = path.extension().and_then(OsStr::to_str);
        matches!(extension, Some("ttf" | "otf" | "ttc")) || has_font_file(&path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn font_files_are_found_in_folders() {
        let folder = env::temp_dir().join(format!("deployline-fonts-{}", std::process::id()));
        fs::create_dir_all(folder.join("truetype/dejavu")).unwrap();
        fs::write(folder.join("README"), "").unwrap();
        assert!(!has_font_file(&folder));
        fs::write(folder.join("truetype/dejavu/DejaVuSans.ttf"), "").unwrap();
        assert!(has_font_file(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_is_no_program_does_not_run() {
        assert!(!runs(Path::new(env!("CARGO_MANIFEST_DIR"))));
    }
}
