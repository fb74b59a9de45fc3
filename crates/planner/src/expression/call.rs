//! Functions of values: `.split(",")`, `.contains("x")`, `.size()` and the others that real files call.

use deployline_engine::format::lower_case;

use super::number::Number;
use super::value::{MAX_TEXT_BYTES, Value};

/// Result of a function; `None` for one that is not known, or not for such values.
pub(super) fn call(receiver: &Value, name: &str, arguments: &[Value]) -> Option<Value> {
    match receiver {
        Value::List(items) => of_list(items, name, arguments),
        Value::Map(entries) => match (name, arguments) {
            ("get", [key]) => Some(entry(entries, &text(key))),
            ("size", []) => Some(Value::Number(Number::of_count(entries.len()))),
            _ => None,
        },
        Value::Null => None,
        Value::Flag(_) | Value::Number(_) | Value::Text(_) => {
            of_text(&text(receiver), name, arguments)
        }
    }
}

/// Value of a key or at an index, as in `list[0]` and `map.key`.
pub(super) fn at(receiver: &Value, key: &Value) -> Option<Value> {
    match receiver {
        Value::List(items) => items.get(key.number()?.as_index()?).cloned(),
        Value::Map(entries) => Some(entry(entries, &text(key))),
        Value::Null | Value::Flag(_) | Value::Number(_) | Value::Text(_) => None,
    }
}

fn entry(entries: &[(String, Value)], key: &str) -> Value {
    let found = entries.iter().find(|(name, _)| name == key);
    found.map_or(Value::Null, |(_, value)| value.clone())
}

fn of_list(items: &[Value], name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("size" | "length", []) => Some(Value::Number(Number::of_count(items.len()))),
        ("isEmpty", []) => Some(Value::Flag(items.is_empty())),
        ("get", [index]) => items.get(index.number()?.as_index()?).cloned(),
        ("contains", [item]) => {
            let wanted = text(item);
            Some(Value::Flag(items.iter().any(|item| text(item) == wanted)))
        }
        ("join", [separator]) => {
            let texts: Vec<String> = items.iter().map(text).collect();
            bounded(texts.join(&text(separator)))
        }
        _ => None,
    }
}

fn of_text(receiver: &str, name: &str, arguments: &[Value]) -> Option<Value> {
    let flag = |flag| Some(Value::Flag(flag));
    match (name, arguments) {
        ("contains", [part]) => flag(receiver.contains(&text(part))),
        ("startsWith", [start]) => flag(receiver.starts_with(&text(start))),
        ("endsWith", [end]) => flag(receiver.ends_with(&text(end))),
        ("equals", [other]) => flag(receiver == text(other)),
        ("equalsIgnoreCase", [other]) => flag(lower_case(receiver) == lower_case(&text(other))),
        ("isEmpty", []) => flag(receiver.is_empty()),
        ("length" | "size", []) => {
            Some(Value::Number(Number::of_count(receiver.encode_utf16().count())))
        }
        ("toLowerCase", []) => bounded(lower_case(receiver)),
        // The upper case of other letters would need tables that nothing else here does.
        ("toUpperCase", []) if receiver.is_ascii() => {
            Some(Value::Text(receiver.to_ascii_uppercase()))
        }
        ("toString", []) => Some(Value::text(receiver)),
        ("trim", []) => Some(Value::text(receiver.trim())),
        ("concat", [other]) => bounded(format!("{receiver}{}", text(other))),
        ("substring", [start]) => substring(receiver, start, None),
        ("substring", [start, end]) => substring(receiver, start, Some(end)),
        ("replace", [from, to]) => replace(receiver, &text(from), &text(to)),
        ("replaceAll", [from, to]) => replace(receiver, &literal_pattern(&text(from))?, &text(to)),
        ("split", [separator]) => {
            let separator = literal_pattern(&text(separator))?;
            (!separator.is_empty()).then(|| split(receiver, &separator))
        }
        _ => None,
    }
}

/// The items between separators; empty ones at the end are left out, as in Java.
fn split(text: &str, separator: &str) -> Value {
    let mut items: Vec<&str> = text.split(separator).collect();
    while items.len() > 1 && items.last().is_some_and(|item| item.is_empty()) {
        items.pop();
    }
    Value::List(items.into_iter().map(Value::text).collect())
}

fn substring(receiver: &str, start: &Value, end: Option<&Value>) -> Option<Value> {
    let offset = |index: &Value| {
        let index = index.number()?.as_index()?;
        let ends = receiver.char_indices().map(|(offset, _)| offset).chain([receiver.len()]);
        ends.into_iter().nth(index)
    };
    let end = match end {
        Some(end) => offset(end)?,
        None => receiver.len(),
    };
    receiver.get(offset(start)?..end).map(Value::text)
}

fn replace(receiver: &str, from: &str, to: &str) -> Option<Value> {
    if from.is_empty() {
        return None;
    }
    // Counted first: the result could be longer than any text should be.
    let count = receiver.matches(from).count();
    let added = count.saturating_mul(to.len().saturating_sub(from.len()));
    let fits = receiver.len().saturating_add(added) <= MAX_TEXT_BYTES;
    fits.then(|| Value::Text(receiver.replace(from, to)))
}

/// The text that a regular expression stands for, where it has no other meaning.
fn literal_pattern(pattern: &str) -> Option<String> {
    let mut literal = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => literal.push(chars.next().filter(|next| !next.is_ascii_alphanumeric())?),
            '.' | '|' | '^' | '$' | '*' | '+' | '?' | '(' | ')' | '[' | '{' => return None,
            _ => literal.push(c),
        }
    }
    Some(literal)
}

fn bounded(text: String) -> Option<Value> {
    (text.len() <= MAX_TEXT_BYTES).then_some(Value::Text(text))
}

fn text(value: &Value) -> String {
    value.clone().into_text()
}
