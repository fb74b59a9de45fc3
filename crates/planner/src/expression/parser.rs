//! Parser that evaluates as it reads: no tree is kept, since a text is evaluated once.
//!
//! ```text
//! choice   = any ("?" choice ":" choice)?
//! any      = all ("||" all)*            all = equality ("&&" equality)*
//! equality = order (("==" | "!=" | "=~" | "!~" | "=^" | "!^" | "=$" | "!$") order)*
//! order    = unary (("<" | "<=" | ">" | ">=") unary)*
//! unary    = "!"* primary ("." name ("(" arguments ")")? | "[" choice "]")*
//! primary  = text | number | "(" choice ")" | "[" arguments "]" | "<+" choice ">" | path
//! ```

use super::call::{at, call};
use super::compare::{Operator, compare};
use super::cursor::Cursor;
use super::missing::{Missing, Why};
use super::number::Number;
use super::parts::{TextPart, is_expression, parts};
use super::value::{Evaluated, MAX_TEXT_BYTES, Value};

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
    let value = parser.choice();
    parser.end(value).and_then(|value| truth(&value, text))
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
        Self { cursor, scope, depth, expressions, brackets, nothing_is_null: false }
    }

    fn end(mut self, value: Parsed) -> Evaluated {
        self.cursor.skip_blanks();
        match value {
            Ok(value) if self.cursor.offset == self.cursor.text.len() => value,
            Ok(_) => Err(Missing::of_text(self.cursor.text, Why::Unread)),
            Err(Broken(why)) => Err(Missing::of_text(self.cursor.text, why)),
        }
    }

    fn choice(&mut self) -> Parsed {
        if self.depth >= MAX_DEPTH {
            return Err(Broken(Why::TooLong));
        }
        self.depth += 1;
        let start = self.cursor.offset;
        let condition = self.any()?;
        let mut value = condition;
        if self.cursor.takes("?") {
            let yes = self.choice()?;
            self.expect(":")?;
            let no = self.choice()?;
            let written = self.cursor.since(start);
            value = match value.and_then(|value| truth(&value, written)) {
                Ok(true) => yes,
                Ok(false) => no,
                Err(missing) => Err(missing),
            };
        }
        self.depth -= 1;
        Ok(value)
    }

    fn any(&mut self) -> Parsed {
        let start = self.cursor.offset;
        let mut left = self.all()?;
        while self.cursor.takes("||") {
            let right = self.all()?;
            left = logical(left, right, true, self.cursor.since(start));
        }
        Ok(left)
    }

    fn all(&mut self) -> Parsed {
        let start = self.cursor.offset;
        let mut left = self.equality()?;
        while self.cursor.takes("&&") {
            let right = self.equality()?;
            left = logical(left, right, false, self.cursor.since(start));
        }
        Ok(left)
    }

    fn equality(&mut self) -> Parsed {
        const OPERATORS: [(&str, Operator, bool); 8] = [
            ("==", Operator::Equal, true),
            ("!=", Operator::Equal, false),
            ("=~", Operator::Matches, true),
            ("!~", Operator::Matches, false),
            ("=^", Operator::StartsWith, true),
            ("!^", Operator::StartsWith, false),
            ("=$", Operator::EndsWith, true),
            ("!$", Operator::EndsWith, false),
        ];
        let start = self.cursor.offset;
        let mut left = self.order()?;
        while let Some((_, operator, wanted)) =
            OPERATORS.iter().find(|(it, ..)| self.cursor.takes(it))
        {
            let right = self.order()?;
            left = self.compared(start, (left, right), *operator, *wanted);
        }
        Ok(left)
    }

    fn order(&mut self) -> Parsed {
        let start = self.cursor.offset;
        let mut left = self.unary()?;
        loop {
            self.cursor.skip_blanks();
            // Directly in an expression, `>` closes it.
            let closes = self.expressions > 0 && self.brackets == 0;
            let is_greater = self.cursor.is_at(">") && !closes;
            let is_less = self.cursor.is_at("<") && !self.cursor.is_at("<+");
            if !is_greater && !is_less {
                return Ok(left);
            }
            self.cursor.offset += 1;
            let or_equal = self.cursor.is_at("=");
            self.cursor.offset += usize::from(or_equal);
            let operator = if or_equal { Operator::LessOrEqual } else { Operator::Less };
            let right = self.unary()?;
            let sides = if is_less { (left, right) } else { (right, left) };
            left = self.compared(start, sides, operator, true);
        }
    }

    fn compared(
        &mut self,
        start: usize,
        (left, right): (Evaluated, Evaluated),
        operator: Operator,
        wanted: bool,
    ) -> Evaluated {
        let (left, right) = (left?, right?);
        if let (Value::Flag(_), Value::Text(text)) | (Value::Text(text), Value::Flag(_)) =
            (&left, &right)
            && !matches!(text.as_str(), "true" | "false")
        {
            self.scope.compares_flag(text);
        }
        let found = compare(operator, &left, &right);
        found.map(|found| Value::Flag(found == wanted)).ok_or_else(|| self.unread_since(start))
    }

    fn unary(&mut self) -> Parsed {
        let mut negations = 0_usize;
        while self.cursor.takes("!") {
            negations += 1;
        }
        self.cursor.skip_blanks();
        let start = self.cursor.offset;
        let value = self.with_calls()?;
        if negations == 0 {
            return Ok(value);
        }
        let truth = value.and_then(|value| truth(&value, self.cursor.since(start)));
        Ok(truth.map(|truth| Value::Flag(truth != (negations % 2 == 1))))
    }

    /// A value with the calls behind it.
    fn with_calls(&mut self) -> Parsed {
        let start = self.cursor.offset;
        let mut value = self.primary()?;
        loop {
            if self.cursor.is_at("[") {
                self.cursor.offset += 1;
                let key = self.in_brackets(Self::choice)?;
                self.expect("]")?;
                value = value.and_then(|value| {
                    let key = key?;
                    at(&value, &key).ok_or_else(|| self.unread_since(start))
                });
            } else if self.cursor.is_at(".") {
                let behind = self.cursor.offset;
                self.cursor.offset += 1;
                let name = self.cursor.word();
                value = if self.cursor.is_at("(") {
                    self.call(start, value, name)?
                } else if self.expressions == 0 {
                    // `<+pipeline.name>.json`: text behind an expression.
                    self.cursor.offset = behind;
                    return Ok(value);
                } else {
                    let key = Value::text(name);
                    value.and_then(|value| at(&value, &key).ok_or_else(|| self.unread_since(start)))
                };
            } else {
                return Ok(value);
            }
        }
    }

    /// A call of `name`, from its bracket on.
    fn call(&mut self, start: usize, receiver: Evaluated, name: &str) -> Parsed {
        self.expect("(")?;
        if name == "default" {
            let given = self.cursor.raw_argument().ok_or(Broken(Why::Unread))?;
            let is_open = match &receiver {
                Ok(value) => matches!(value, Value::Null),
                Err(missing) => matches!(missing.why, Why::Input | Why::NoSuchName { .. }),
            };
            return Ok(if is_open { Ok(Value::text(given)) } else { receiver });
        }
        let arguments = self.arguments(")")?;
        Ok(receiver.and_then(|receiver| {
            let arguments = arguments?;
            if !self.scope.take(receiver.size()) {
                return Err(Missing::of_text(self.cursor.text, Why::TooLong));
            }
            call(&receiver, name, &arguments).ok_or_else(|| self.unread_since(start))
        }))
    }

    fn primary(&mut self) -> Parsed {
        self.cursor.skip_blanks();
        match self.cursor.rest().bytes().next() {
            Some(b'"' | b'\'') => self.quoted(),
            Some(b'(') => {
                self.cursor.offset += 1;
                let value = self.in_brackets(Self::choice)?;
                self.expect(")")?;
                Ok(value)
            }
            Some(b'[') => {
                self.cursor.offset += 1;
                let items = self.in_brackets(|parser| parser.items("]"))?;
                Ok(items.map(Value::List))
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.cursor.is_at("<+") => self.expression(),
            _ => self.path(),
        }
    }

    /// An expression, from its `<+` on.
    fn expression(&mut self) -> Parsed {
        self.cursor.offset += 2;
        self.expressions += 1;
        let brackets = std::mem::take(&mut self.brackets);
        let value = self.choice()?;
        self.expect(">")?;
        self.brackets = brackets;
        self.expressions -= 1;
        Ok(value)
    }

    fn number(&mut self) -> Parsed {
        let start = self.cursor.offset;
        let number = Number::from_text(self.cursor.number());
        Ok(number.map(Value::Number).ok_or_else(|| self.unread_since(start)))
    }

    /// A path as in `pipeline.variables.<+matrix.region>`, or a word that stands for a value.
    fn path(&mut self) -> Parsed {
        let start = self.cursor.offset;
        let mut path = self.cursor.path().to_owned();
        if path.is_empty() {
            return Err(Broken(Why::Unread));
        }
        let mut missing = None;
        while self.cursor.is_at("<+") {
            match self.expression()? {
                Ok(value) => value.write_to(&mut path),
                Err(part) => missing = missing.or(Some(part)),
            }
            path.push_str(self.cursor.path());
            if path.len() > MAX_TEXT_BYTES {
                return Err(Broken(Why::TooLong));
            }
        }
        if let Some(missing) = missing {
            return self.behind_missing(missing);
        }
        match path.as_str() {
            "true" => return Ok(Ok(Value::Flag(true))),
            "false" => return Ok(Ok(Value::Flag(false))),
            "null" => return Ok(Ok(Value::Null)),
            _ => {}
        }
        // `pipeline.name.toLowerCase(`: the last word is a function.
        if self.cursor.is_at("(") {
            let (receiver, name) = path.rsplit_once('.').unwrap_or(("", &path));
            let value = match receiver {
                "" => Err(Missing::of_path(&format!("{name}(…)"), Why::Run)),
                receiver => self.look_up(receiver),
            };
            return self.call(start, value, name);
        }
        Ok(self.look_up(&path))
    }

    fn behind_missing(&mut self, missing: Missing) -> Parsed {
        if self.cursor.is_at("(") {
            self.expect("(")?;
            let _arguments = self.arguments(")")?;
        }
        Ok(Err(missing))
    }

    fn look_up(&mut self, path: &str) -> Evaluated {
        if self.expressions == 0 {
            // Only in `<+…>` a word is a path.
            return Err(Missing::of_text(path, Why::Unread));
        }
        match self.scope.value(path, self.depth) {
            Err(Missing { why: Why::NoSuchName { .. }, .. }) if self.nothing_is_null => {
                Ok(Value::Null)
            }
            value => value,
        }
    }

    /// A text in quotes, with the values of the expressions in it.
    fn quoted(&mut self) -> Parsed {
        let text = self.cursor.quoted().ok_or(Broken(Why::Unread))?;
        if !is_expression(&text) {
            return Ok(Ok(Value::Text(text)));
        }
        if self.depth >= MAX_DEPTH {
            return Err(Broken(Why::TooLong));
        }
        let mut replaced = String::new();
        for part in parts(&text) {
            match part {
                TextPart::Literal(literal) => replaced.push_str(literal),
                TextPart::Expression { written, .. } => {
                    let mut parser = Parser::new(written, self.scope);
                    (parser.depth, parser.nothing_is_null) = (self.depth + 1, self.nothing_is_null);
                    let value = parser.with_calls();
                    match parser.end(value) {
                        Ok(value) => value.write_to(&mut replaced),
                        Err(missing) => return Ok(Err(missing)),
                    }
                }
            }
            if replaced.len() > MAX_TEXT_BYTES.max(text.len()) {
                return Err(Broken(Why::TooLong));
            }
        }
        Ok(Ok(Value::Text(replaced)))
    }

    /// Values between commas, up to a bracket.
    fn arguments(&mut self, close: &str) -> Result<Result<Vec<Value>, Missing>, Broken> {
        self.in_brackets(|parser| parser.items(close))
    }

    fn items(&mut self, close: &str) -> Result<Result<Vec<Value>, Missing>, Broken> {
        let mut items = Ok(Vec::new());
        if self.cursor.takes(close) {
            return Ok(items);
        }
        loop {
            let item = self.choice()?;
            items = items.and_then(|mut items: Vec<Value>| {
                items.push(item?);
                Ok(items)
            });
            if !self.cursor.takes(",") {
                self.expect(close)?;
                return Ok(items);
            }
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
            _ => Missing::of_path(written.trim(), Why::Unread),
        }
    }
}

/// Two truths joined by `||` or `&&`: one that is `decisive` decides, whatever the other is.
fn logical(left: Evaluated, right: Evaluated, decisive: bool, written: &str) -> Evaluated {
    let left = left.and_then(|value| truth(&value, written));
    let right = right.and_then(|value| truth(&value, written));
    match (left, right) {
        (Ok(found), _) | (_, Ok(found)) if found == decisive => Ok(Value::Flag(decisive)),
        (Err(missing), _) | (_, Err(missing)) => Err(missing),
        (Ok(_), Ok(_)) => Ok(Value::Flag(!decisive)),
    }
}

fn truth(value: &Value, written: &str) -> Result<bool, Missing> {
    value.truth().ok_or_else(|| Missing::of_text(written, Why::NoFlag))
}
