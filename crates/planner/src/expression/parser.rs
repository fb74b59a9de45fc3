//! Parser that evaluates as it reads: no tree is kept, since a text is evaluated once.
//!
//! ```text
//! choice   = any ("?" choice ":" choice)?
//! any      = all ("||" all)*            all = equality ("&&" equality)*
//! equality = order (("==" | "!=" | "=~" | "!~" | "=^" | "!^" | "=$" | "!$") order)*
//! order    = unary (("<" | "<=" | ">" | ">=") unary)*
//! unary    = "!"* primary ("." name ("(" arguments ")")? | "[" choice "]")*
//! primary  = text | number | "(" choice ")" | "[" arguments "]" | "<+" choice ">" | "${{" choice "}}"
//!          | path
//! ```

mod operators;
mod values;

use super::cursor::Cursor;
use super::missing::{Missing, Why};
use super::value::Evaluated;

/// Depth of brackets and of variables in variables, together.
const MAX_DEPTH: usize = 48;

/// Knows what paths stand for.
pub(crate) trait Scope {
    /// The value of a path such as `pipeline.variables.x`, asked for at a depth.
    fn value(&mut self, path: &str, depth: usize) -> Evaluated;

    /// Takes so many bytes of work; `false` where that is too much.
    fn take(&mut self, bytes: usize) -> bool;

    /// Depth that is taken already: that of a variable whose value is evaluated.
    fn depth(&self) -> usize;

    /// Notes that a text which is no flag is compared with one: `"yes" == true`.
    fn compares_flag(&mut self, _text: &str) {}
}

/// The value of a text that is one expression, maybe with calls behind it; `None` for any other text.
pub(super) fn evaluate(text: &str, scope: &mut dyn Scope) -> Option<Evaluated> {
    let mut parser = Parser::new(text, scope);
    let value = parser.with_calls().ok()?;
    parser.cursor.skip_blanks();
    (parser.cursor.offset == text.len()).then_some(value)
}

/// The value of a condition.
pub(crate) fn condition(text: &str, scope: &mut dyn Scope) -> Result<bool, Missing> {
    let mut parser = Parser::new(text, scope);
    parser.nothing_is_null = true;
    parser.flag()
}

/// A text that can't be read as an expression.
struct Broken(Why);

type Parsed = Result<Evaluated, Broken>;

struct Parser<'t, 's> {
    cursor: Cursor<'t>,
    scope: &'s mut dyn Scope,
    depth: usize,
    /// Number of `<+` around the offset.
    expressions: usize,
    /// `true` where the innermost expression stands in `${{ }}`.
    is_in_braces: bool,
    /// Number of `(` and `[` around the offset since the last of these.
    brackets: usize,
    /// `true` where a name that nothing has stands for `null`, as in a condition.
    nothing_is_null: bool,
}

impl<'t, 's> Parser<'t, 's> {
    fn new(text: &'t str, scope: &'s mut dyn Scope) -> Self {
        let depth = scope.depth();
        let (expressions, brackets) = (0, 0);
        let cursor = Cursor { text, offset: 0 };
        let (is_in_braces, nothing_is_null) = (false, false);
        Self { cursor, scope, depth, expressions, is_in_braces, brackets, nothing_is_null }
    }

    /// The value, where all of the text was read; else the rest that can't be.
    fn end(mut self, value: Parsed) -> Evaluated {
        self.cursor.skip_blanks();
        match value {
            Ok(value) if self.cursor.offset == self.cursor.text.len() => value,
            Ok(_) => Err(Missing::of_text(self.cursor.rest(), Why::Unread)),
            Err(Broken(Why::Unread)) if !self.cursor.rest().is_empty() => {
                Err(Missing::of_text(self.cursor.rest(), Why::Unread))
            }
            Err(Broken(why)) => Err(Missing::of_text(self.cursor.text, why)),
        }
    }

    fn in_brackets<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Broken>,
    ) -> Result<T, Broken> {
        self.brackets += 1;
        let value = read(self)?;
        self.brackets -= 1;
        Ok(value)
    }

    fn expect(&mut self, token: &str) -> Result<(), Broken> {
        if self.cursor.takes(token) { Ok(()) } else { Err(Broken(Why::Unread)) }
    }

    fn unread_since(&self, start: usize) -> Missing {
        let written = self.cursor.since(start);
        match self.expressions {
            0 => Missing::of_text(written, Why::Unread),
            _ => self.of_path(written.trim(), Why::Unread),
        }
    }

    /// The value of a path is missing, in the brackets that stand around it.
    fn of_path(&self, path: &str, why: Why) -> Missing {
        let missing = Missing::of_path(path, why);
        if self.is_in_braces { missing.in_braces() } else { missing }
    }
}
