//! Letters without their case, to compare what people type.
//!
//! The scripts that names are written in where there is a case: Latin, Greek, Cyrillic and Armenian.
//! The standard library's tables, of all scripts, take 8 KB gzipped in a page.

/// The text in lower case.
pub fn lower_case(text: &str) -> String {
    text.chars().map(lower).collect()
}

fn lower(c: char) -> char {
    let code = u32::from(c);
    let lower = match code {
        // ASCII, Latin-1, Greek, Cyrillic, and the wide letters beside Chinese ones.
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0xff21..=0xff3a => code + 0x20,
        0x391..=0x3ab | 0x410..=0x42f => code + 0x20,
        0x400..=0x40f => code + 0x50,
        // Upper and lower case by turns.
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 => code | 1,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => code | 1,
        0x1e00..=0x1e95 | 0x1ea0..=0x1eff => code | 1,
        0x139..=0x148 | 0x179..=0x17e | 0x4c1..=0x4ce => code + code % 2,
        0x178 => 0xff,
        // Greek: a sigma that ends a word, and what has an accent.
        0x3c2 => 0x3c3,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 0x25,
        0x38c => 0x3cc,
        0x38e | 0x38f => code + 0x3f,
        0x531..=0x556 => code + 0x30,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_as_in_the_standard_library() {
        let latin = ('\0'..='\u{17f}').chain('\u{1e00}'..='\u{1eff}');
        let all = latin.chain('\u{380}'..='\u{3ce}').chain('\u{400}'..='\u{58f}');
        // A dotted I is two letters there. There is no capital of a final sigma, and hardly one of a
        // sharp S; a palochka is written as an I.
        let others = ['\u{130}', '\u{3a2}', 'ς', '\u{1e9e}', '\u{4c0}'];
        for c in all.chain('\u{ff00}'..='\u{ff5e}').filter(|c| !others.contains(c)) {
            assert_eq!(lower(c).to_string(), c.to_lowercase().to_string(), "{c:?}");
        }
        assert_eq!(lower_case("ΆΛΦΑΣ"), lower_case("άλφας"));
        assert_eq!(
            lower_case("Ærø ÉTÉ ŽUPA ΆΛΦΑ ЁЖ Աբ 注文 🚀"),
            "ærø été župa άλφα ёж աբ 注文 🚀"
        );
    }
}
