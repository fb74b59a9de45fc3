//! How wide a text is, without a browser: close enough to decide what fits.

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
        _ => 0.68,
    }
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
    if kept.trim().is_empty() { String::new() } else { format!("{}…", kept.trim_end()) }
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
    }
}
