//! Values of expressions.

use super::missing::Missing;
use super::number::Number;

/// A value, or the part of it that is missing.
pub(crate) type Evaluated = Result<Value, Missing>;

/// The longest text that an expression may yield, in bytes.
pub(super) const MAX_TEXT_BYTES: usize = 1 << 16;

/// A value of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl Value {
    /// A text, by what it is called in the YAML.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Adds the value to a text, as the product puts it there.
    pub(crate) fn write_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(true) => out.push_str("true"),
            Self::Flag(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    item.write_to(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    out.push_str(key);
                    out.push_str(": ");
                    value.write_to(out);
                }
                out.push('}');
            }
        }
    }

    /// The value as text.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            other => {
                let mut text = String::new();
                other.write_to(&mut text);
                text
            }
        }
    }

    /// The value as a truth; `None` for what is neither true nor false.
    pub(crate) fn truth(&self) -> Option<bool> {
        match self {
            Self::Null => Some(false),
            Self::Flag(flag) => Some(*flag),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The value as a number, where it is one or a text of one.
    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => Number::from_text(text),
            Self::Null | Self::Flag(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Number of bytes, about, that a copy takes.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Null | Self::Flag(_) | Self::Number(_) => 1,
            Self::Text(text) => text.len() + 1,
            Self::List(items) => items.iter().map(Self::size).sum::<usize>() + 1,
            Self::Map(entries) => {
                entries.iter().map(|(key, value)| key.len() + value.size()).sum::<usize>() + 1
            }
        }
    }
}
