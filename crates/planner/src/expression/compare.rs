//! Comparisons: `==`, `<`, `=~` and the like.

use super::value::Value;

/// An operator that compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Less,
    LessOrEqual,
    Matches,
    StartsWith,
    EndsWith,
}

/// What two values give: `None` where they can't be compared.
pub(super) fn compare(operator: Operator, left: &Value, right: &Value) -> Option<bool> {
    let texts = || Some((left.clone().into_text(), right.clone().into_text()));
    match operator {
        Operator::Equal => equal(left, right),
        Operator::Less => less(left, right, false),
        Operator::LessOrEqual => less(left, right, true),
        Operator::StartsWith => texts().map(|(text, start)| text.starts_with(&start)),
        Operator::EndsWith => texts().map(|(text, end)| text.ends_with(&end)),
        Operator::Matches => match right {
            Value::List(items) => Some(items.iter().any(|item| equal(left, item) == Some(true))),
            _ => texts().and_then(|(text, pattern)| matches(&text, &pattern)),
        },
    }
}

fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, _) | (_, Value::Null) => Some(false),
        // The product takes any text but `false` for true here.
        (Value::Flag(flag), Value::Text(text)) | (Value::Text(text), Value::Flag(flag)) => {
            Some(*flag != (text.is_empty() || text == "false"))
        }
        (Value::Flag(_), _) | (_, Value::Flag(_)) => Some(left == right),
        (Value::Number(_), _) | (_, Value::Number(_)) => {
            Some(left.number().is_some() && left.number() == right.number())
        }
        (Value::Text(left), Value::Text(right)) => Some(left == right),
        _ => Some(left == right),
    }
}

fn less(left: &Value, right: &Value, or_equal: bool) -> Option<bool> {
    let order = match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        _ => left.number()?.cmp(&right.number()?),
    };
    Some(if or_equal { order.is_le() } else { order.is_lt() })
}

/// `=~` with a pattern that needs no engine of regular expressions: texts in which `.` is any character, with
/// `.*` at their ends, between `|`. `None` for any other.
fn matches(text: &str, pattern: &str) -> Option<bool> {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    let inner = pattern.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let mut found = false;
    for choice in inner.unwrap_or(pattern).split('|') {
        let (start, choice) = choice.strip_prefix(".*").map_or((false, choice), |it| (true, it));
        let (end, choice) = choice.strip_suffix(".*").map_or((false, choice), |it| (true, it));
        if choice.contains(META) {
            return None;
        }
        found |= match (start, end) {
            (false, false) => text.chars().count() == choice.chars().count() && fits(text, choice),
            (true, false) => ends_with(text, choice),
            (false, true) => fits(text, choice),
            (true, true) if choice.contains('.') => return None,
            (true, true) => text.contains(choice),
        };
    }
    Some(found)
}

/// Characters with a meaning in regular expressions, but `.` and `|`.
const META: [char; 11] = ['\\', '^', '$', '*', '+', '?', '(', ')', '[', '{', '}'];

/// Returns `true` where `text` begins with what `pattern` stands for.
fn fits(text: &str, pattern: &str) -> bool {
    let mut chars = text.chars();
    pattern.chars().all(|wanted| chars.next().is_some_and(|c| wanted == '.' || c == wanted))
}

fn ends_with(text: &str, pattern: &str) -> bool {
    let mut chars = text.chars().rev();
    pattern.chars().rev().all(|wanted| chars.next().is_some_and(|c| wanted == '.' || c == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_patterns_match_the_whole_text() {
        for (text, pattern, expected) in [
            ("dev", "dev", Some(true)),
            ("dev2", "dev", Some(false)),
            ("qa", "dev|qa", Some(true)),
            ("qa", "^(dev|qa)$", Some(true)),
            ("release/1", "release.*", Some(true)),
            ("a release", ".*release", Some(true)),
            ("my release/1", ".*release.*", Some(true)),
            ("v1x2", "v1.2", Some(true)),
            ("v12", "v1.2", Some(false)),
            ("x", "[a-z]", None),
            ("x", "x+", None),
        ] {
            assert_eq!(matches(text, pattern), expected, "{text} =~ {pattern}");
        }
    }
}
