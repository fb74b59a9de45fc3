//! `<+input>`, with `.default(…)` and `.allowedValues(…)` behind it.

/// A runtime input with its default and its allowed values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeInput<'a> {
    /// Value that a run takes where none is given.
    pub default: Option<&'a str>,
    /// Values that may be given; empty where any may.
    pub allowed: Vec<&'a str>,
}

impl<'a> RuntimeInput<'a> {
    /// Reads `<+input>` with its calls; `None` for any other text.
    pub fn from_text(text: &'a str) -> Option<Self> {
        parse(text)
    }
}

/// Returns `true` for the text of an input.
pub(super) fn is_input(text: &str) -> bool {
    text.trim_start().starts_with("<+input>")
}

/// Reads an input with its calls.
pub(super) fn parse(text: &str) -> Option<RuntimeInput<'_>> {
    let mut rest = text.trim().strip_prefix("<+input>")?;
    let mut input = RuntimeInput::default();
    while let Some((name, arguments, after)) = call(rest) {
        match name {
            "default" => input.default = Some(unquoted(arguments)),
            "allowedValues" => input.allowed = split(arguments),
            _ => {}
        }
        rest = after;
    }
    Some(input)
}

/// `.name(arguments)` and what follows it.
fn call(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.trim_start().strip_prefix('.')?.split_once('(')?;
    let end = closing(rest)?;
    Some((name.trim(), rest[..end].trim(), &rest[end + 1..]))
}

/// Offset of the bracket that closes one which opened before `text`, outside of quotes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => return Some(at),
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    None
}

fn split(arguments: &str) -> Vec<&str> {
    arguments.split(',').map(unquoted).filter(|value| !value.is_empty()).collect()
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_defaults_and_allowed_values_in_any_order() {
        for (text, default, allowed) in [
            ("<+input>", None, &[][..]),
            ("<+input>.default(eu)", Some("eu"), &[]),
            ("<+input>.default(\"a, (b)\")", Some("a, (b)"), &[]),
            ("<+input>.allowedValues(a, 'b',c)", None, &["a", "b", "c"]),
            ("<+input>.allowedValues(a,b).default(b)", Some("b"), &["a", "b"]),
            ("<+input>.default(b).allowedValues(a,b).executionInput()", Some("b"), &["a", "b"]),
            ("<+input>.regex(^x(1)$).default(x1)", Some("x1"), &[]),
            ("<+input>.default(open", None, &[]),
        ] {
            let expected = RuntimeInput { default, allowed: allowed.to_vec() };
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        assert_eq!(parse("<+pipeline.name>"), None);
    }
}
