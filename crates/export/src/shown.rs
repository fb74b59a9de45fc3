//! The diagnostics that a format shows: of many of a kind, the first ones and a count.

use deployline_map::Map;
use deployline_yaml::{Diagnostic, Severity};

/// The most diagnostics of a kind that are shown.
const MAX_OF_A_KIND: usize = 100;

/// The diagnostics of a kind that are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// Name of the rule.
    pub code: &'static str,
    /// Severity of each.
    pub severity: Severity,
    /// How many there are besides the shown ones.
    pub count: usize,
}

/// Returns the first diagnostics of each kind in their order, and the kinds that have more.
pub fn shown(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<Unshown>) {
    let mut counts: Map<(&'static str, Severity), usize> = Map::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let count = counts.or_default((diagnostic.code, diagnostic.severity));
        *count += 1;
        if *count <= MAX_OF_A_KIND {
            shown.push(diagnostic);
        }
    }
    let more = counts.iter().filter(|(_, count)| **count > MAX_OF_A_KIND);
    let unshown = more.map(|(&(code, severity), count)| Unshown {
        code,
        severity,
        count: count - MAX_OF_A_KIND,
    });
    (shown, unshown.collect())
}

/// The most characters of a message that are shown: it may quote any text.
const MESSAGE_CHARS: usize = 600;

/// Returns a message as far as it is shown.
pub fn shown_message(message: &str) -> String {
    match message.char_indices().nth(MESSAGE_CHARS) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}
