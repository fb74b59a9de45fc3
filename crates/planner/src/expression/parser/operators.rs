//! Operators, from `? :` down to `!`, of values that may be missing.

use super::{Broken, MAX_DEPTH, Parsed, Parser};
use crate::expression::compare::{Operator, compare};
use crate::expression::missing::{Missing, Why};
use crate::expression::value::{Evaluated, Value};

impl Parser<'_, '_> {
    /// A condition, whose value is true or false.
    pub(super) fn flag(mut self) -> Result<bool, Missing> {
        let text = self.cursor.text;
        let value = self.choice();
        self.end(value).and_then(|value| truth(&value, text))
    }

    pub(super) fn choice(&mut self) -> Parsed {
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
