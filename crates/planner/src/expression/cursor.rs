//! A position in a text that is read from left to right.

/// A text and how far it has been read.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) offset: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.offset..]
    }

    pub(super) fn is_at(&self, token: &str) -> bool {
        self.rest().starts_with(token)
    }

    /// What has been read since an offset.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.offset]
    }

    pub(super) fn skip_blanks(&mut self) {
        self.offset = self.text.len() - self.rest().trim_start().len();
    }

    /// Steps over `token` and the blanks before it, if it is next.
    pub(super) fn takes(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let is_next = self.is_at(token)
            // `!` is no negation in `!=`.
            && !(token == "!" && self.rest()[1..].starts_with(['=', '~', '^', '$']));
        self.offset += if is_next { token.len() } else { 0 };
        is_next
    }

    /// A name, as of a function.
    pub(super) fn word(&mut self) -> &'t str {
        self.text_of(|c| is_letter(c) || c == '-')
    }

    pub(super) fn path(&mut self) -> &'t str {
        self.text_of(|c| is_letter(c) || matches!(c, '-' | '.' | '$'))
    }

    pub(super) fn number(&mut self) -> &'t str {
        let start = self.offset;
        self.offset += usize::from(self.is_at("-"));
        self.text_of(|c| c.is_ascii_digit() || c == '.');
        self.since(start)
    }

    fn text_of(&mut self, is_part: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.offset += length;
        &rest[..length]
    }

    /// A text in quotes; `None` where it isn't closed.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let mut chars = self.rest().char_indices();
        let (_, quote) = chars.next()?;
        let (mut text, mut is_escaped) = (String::new(), false);
        for (offset, c) in chars {
            if is_escaped {
                if !matches!(c, '\\' | '"' | '\'') {
                    text.push('\\');
                }
                text.push(c);
                is_escaped = false;
            } else if c == '\\' {
                is_escaped = true;
            } else if c == quote {
                self.offset += offset + 1;
                return Some(text);
            } else {
                text.push(c);
            }
        }
        None
    }

    /// An argument that needs no quotes, as that of `.default(a,b)`, and the bracket behind it.
    pub(super) fn raw_argument(&mut self) -> Option<&'t str> {
        let (rest, mut quote, mut depth) = (self.rest(), None, 0_usize);
        for (offset, c) in rest.char_indices() {
            match (quote, c) {
                (Some(open), _) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(c),
                (None, '(') => depth += 1,
                (None, ')') if depth == 0 => {
                    self.offset += offset + 1;
                    let given = rest[..offset].trim();
                    let inner = |quote| given.strip_prefix(quote)?.strip_suffix(quote);
                    return Some(inner('"').or_else(|| inner('\'')).unwrap_or(given));
                }
                (None, ')') => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}
