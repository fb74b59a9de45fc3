//! Values: texts, numbers, lists, paths and expressions, with the calls behind them.

use super::{Broken, MAX_DEPTH, Parsed, Parser};
use crate::expression::call::{at, call};
use crate::expression::missing::{Missing, Why};
use crate::expression::number::Number;
use crate::expression::parts::{TextPart, is_expression, parts};
use crate::expression::value::{Evaluated, MAX_TEXT_BYTES, Value};

impl Parser<'_, '_> {
    /// A value with the calls behind it.
    pub(super) fn with_calls(&mut self) -> Parsed {
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
            _ if self.cursor.is_at("${{") => self.in_braces(),
            _ => self.path(),
        }
    }

    /// An expression, from its `<+` on.
    fn expression(&mut self) -> Parsed {
        self.cursor.offset += 2;
        self.expressions += 1;
        let brackets = std::mem::take(&mut self.brackets);
        let is_in_braces = std::mem::replace(&mut self.is_in_braces, false);
        let value = self.choice()?;
        self.expect(">")?;
        (self.brackets, self.is_in_braces) = (brackets, is_in_braces);
        self.expressions -= 1;
        Ok(value)
    }

    /// An expression of the newer schema, from its `${{` on: in it, `>` is no bracket.
    fn in_braces(&mut self) -> Parsed {
        self.cursor.offset += 3;
        self.expressions += 1;
        let brackets = std::mem::replace(&mut self.brackets, 1);
        let is_in_braces = std::mem::replace(&mut self.is_in_braces, true);
        let value = self.choice()?;
        self.expect("}}")?;
        (self.brackets, self.is_in_braces) = (brackets, is_in_braces);
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
                "" => Err(self.without_receiver(name)),
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
            // Deeper down, another text is what is missing.
            Err(missing) if self.is_in_braces && missing.is_of_path(path) => {
                Err(missing.in_braces())
            }
            value => value,
        }
    }

    /// A function of nothing: dates are of a run, of others nothing is known.
    fn without_receiver(&self, name: &str) -> Missing {
        let why = if name.starts_with("current") { Why::Run } else { Why::Unread };
        let call = format!("{name}(…)");
        if self.expressions > 0 { self.of_path(&call, why) } else { Missing::of_text(&call, why) }
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
        let (mut replaced, mut first_missing) = (String::new(), None);
        for part in parts(&text) {
            match part {
                TextPart::Literal(literal) => replaced.push_str(literal),
                TextPart::Expression { written, .. } => {
                    let mut parser = Parser::new(written, self.scope);
                    (parser.depth, parser.nothing_is_null) = (self.depth + 1, self.nothing_is_null);
                    let value = parser.with_calls();
                    match parser.end(value) {
                        Ok(value) => value.write_to(&mut replaced),
                        Err(missing) => first_missing = first_missing.or(Some(missing)),
                    }
                }
            }
            if replaced.len() > MAX_TEXT_BYTES.max(text.len()) {
                return Err(Broken(Why::TooLong));
            }
        }
        Ok(first_missing.map_or(Ok(Value::Text(replaced)), Err))
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
}
