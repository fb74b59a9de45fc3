//! The parts of a text: expressions, and what stands between them.

/// Returns `true` for a text that holds an expression.
pub fn is_expression(text: &str) -> bool {
    opening(text).is_some()
}

/// A part of a text, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextPart<'t> {
    /// Characters that stand for themselves.
    Literal(&'t str),
    /// `<+matrix.service>`: as written, and without its brackets.
    Expression { written: &'t str, inner: &'t str },
}

/// The parts of a text. An expression that isn't closed is literal text.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = TextPart<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end_of = |start: usize| Some(start + 2 + closing(&rest[start + 2..])? + 1);
        let (part, length) = match opening(rest).map(|start| (start, end_of(start))) {
            Some((0, Some(end))) => {
                let inner = rest[2..end - 1].trim();
                (TextPart::Expression { written: &rest[..end], inner }, end)
            }
            Some((start, Some(_))) => (TextPart::Literal(&rest[..start]), start),
            Some((_, None)) | None => (TextPart::Literal(rest), rest.len()),
        };
        rest = &rest[length..];
        Some(part)
    })
}

/// Offset of the first `<+`. Preparing a search for a substring would take longer than looking at
/// most of these short texts.
fn opening(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| pair == b"<+")
}

/// Offset of the `>` that closes an expression which opened before `text`.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut before = ' ';
    for (offset, c) in text.char_indices() {
        match c {
            '+' if before == '<' => depth += 1,
            '>' if depth == 0 => return Some(offset),
            '>' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_parts_in_order() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("x_< +a>", "x_< +a>"),
            ("<+a>", "[a]"),
            ("x_<+ a >_y<+b>", "x_|[a]|_y|[b]"),
            ("<+<+a>.split(\",\")> z", "[<+a>.split(\",\")]| z"),
            ("a<+b", "a<+b"),
            ("<+a><+b", "[a]|<+b"),
        ] {
            let shown = parts(text).map(|part| match part {
                TextPart::Literal(text) => text.to_owned(),
                TextPart::Expression { inner, .. } => format!("[{inner}]"),
            });
            assert_eq!(shown.collect::<Vec<_>>().join("|"), expected, "{text}");
        }
    }
}
