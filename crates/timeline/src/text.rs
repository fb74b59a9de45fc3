//! Estimated widths of texts, without a browser: close enough to decide what fits.

use deployline_engine::words::shown::{FIRST_STRONG_ISOLATE, POP_ISOLATE};

/// Estimated width in pixels in a common sans-serif font.
pub(crate) fn width(text: &str, font_px: f64) -> f64 {
    text.chars().map(em_of).sum::<f64>() * font_px
}

fn em_of(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '\'' | '!' | 'I' => 0.28,
        'f' | 't' | 'r' | ' ' | '-' | '/' | '(' | ')' => 0.37,
        '<' | '>' | '+' | '=' | '~' | '#' | '%' => 0.85,
        'm' | 'w' | 'M' | 'W' | '@' | '→' => 0.9,
        'A'..='Z' => 0.7,
        '\u{0}'..='\u{2ff}' => 0.61,
        // Scripts with wide letters, and pictures.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 1.0,
        '\u{ff00}'..='\u{ff60}' | '\u{1f000}'.. => 1.1,
        _ if is_unseen(c) => 0.0,
        _ => 0.68,
    }
}

/// Returns true for characters that join letters, part them or turn their direction: they take no room.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// The text, or its beginning with `…`, within `max_px`; empty where not even that fits.
pub(crate) fn fit(text: &str, max_px: f64, font_px: f64) -> String {
    if width(text, font_px) <= max_px {
        return text.to_owned();
    }
    let mut room = max_px - width("…", font_px);
    let kept = text.chars().take_while(|&c| {
        room -= em_of(c) * font_px;
        room >= 0.0
    });
    let kept: String = kept.collect();
    if kept.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        return String::new();
    }
    let mut kept = format!("{}…", kept.trim_end());
    // A name that is cut still ends within itself, with the dots.
    let open = kept.chars().fold(0_usize, |open, c| match c {
        '\u{2066}'..=FIRST_STRONG_ISOLATE => open + 1,
        POP_ISOLATE => open.saturating_sub(1),
        _ => open,
    });
    kept.extend(std::iter::repeat_n(POP_ISOLATE, open));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_to_what_fits() {
        assert_eq!(fit("cart", 100.0, 12.0), "cart");
        assert_eq!(fit("a-rather-long-service-name", 80.0, 12.0), "a-rather-lon…");
        assert_eq!(fit("cart", 5.0, 12.0), "");
        assert_eq!(fit("注文サービス", 50.0, 12.0), "注文サ…");
        assert_eq!(fit("", 5.0, 12.0), "");
        assert_eq!(fit("\u{2068}\u{202e}", 5.0, 12.0), "\u{2068}\u{202e}", "they take no room");
        assert_eq!(fit("\u{2068}注文\u{2069}", 15.0, 12.0), "");
    }

    #[test]
    fn a_name_that_is_cut_is_apart_from_what_follows_all_the_same() {
        for (name, expected) in [
            ("\u{2068}שירות-ארוך-מאוד\u{2069}", "\u{2068}שירות-…\u{2069}"),
            ("\u{2068}שירו\u{2069} → \u{2068}יעד\u{2069}", "\u{2068}שירו\u{2069} →…"),
            (
                "\u{2068}\u{2067}a\u{202e}-long-name\u{2069}\u{2069}",
                "\u{2068}\u{2067}a\u{202e}-long-n…\u{2069}\u{2069}",
            ),
        ] {
            assert_eq!(fit(name, 60.0, 12.0), expected);
        }
    }
}
