//! The choice of light and dark, kept by the browser.

use crate::browser::storage;
use crate::state::Theme;

/// Name under which the browser keeps it.
const KEY: &str = "deployline-theme";

/// The choice of an earlier visit.
pub(crate) fn kept() -> Theme {
    let kept = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    kept.and_then(|name| Theme::from_text(&name)).unwrap_or_default()
}

pub(crate) fn keep(theme: Theme) {
    if let Some(storage) = storage() {
        // A full storage keeps nothing: then the choice lasts as long as the page.
        let _ = storage.set_item(KEY, theme.as_str());
    }
}
