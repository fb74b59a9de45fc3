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
    /// `<+matrix.service>` or `${{ matrix.service }}`: as written, and without its brackets.
    Expression { written: &'t str, inner: &'t str },
}

/// The parts of a text. An expression that isn't closed is literal text.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = TextPart<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let first = opening(rest).and_then(|start| Some((start, first_of(&rest[start..])?)));
        let (part, length) = match first {
            Some((0, (written, inner))) => (TextPart::Expression { written, inner }, written.len()),
            Some((start, _)) => (TextPart::Literal(&rest[..start]), start),
            None => (TextPart::Literal(rest), rest.len()),
        };
        rest = &rest[length..];
        Some(part)
    })
}

/// Offset of the first `<+` or `${{`. Preparing a search for a substring would take longer than looking at
/// most of these short texts.
fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let opens = |at: usize, pair: &[u8]| match pair {
        b"<+" => true,
        b"${" => bytes.get(at + 2) == Some(&b'{'),
        _ => false,
    };
    bytes.windows(2).enumerate().position(|(at, pair)| opens(at, pair))
}

/// The expression that a text begins with: as written, and without its brackets. `None` where it isn't closed.
fn first_of(text: &str) -> Option<(&str, &str)> {
    let (inner, close) = match text.strip_prefix("${{") {
        Some(behind) => (&behind[..closing_braces(behind)?], 2),
        None => (&text[2..2 + closing(&text[2..])?], 1),
    };
    let open = if close == 2 { 3 } else { 2 };
    Some((&text[..open + inner.len() + close], inner.trim()))
}

/// Offset of the `}}` that closes a `${{` which opened before `text`, outside of quotes.
fn closing_braces(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (offset, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '}') if before == '}' => return Some(offset - 1),
            (None, _) => {}
        }
        before = c;
    }
    None
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
            ("x_${{ a }}_y<+b>", "x_|[a]|_y|[b]"),
            ("${{ a == \"}}\" }}", "[a == \"}}\"]"),
            ("${{a} }", "${{a} }"),
            ("${a}}", "${a}}"),
        ] {
            let shown = parts(text).map(|part| match part {
                TextPart::Literal(text) => text.to_owned(),
                TextPart::Expression { inner, .. } => format!("[{inner}]"),
            });
            assert_eq!(shown.collect::<Vec<_>>().join("|"), expected, "{text}");
        }
    }
}
