//! A view as a tree: everything over it is in it.

use deployline_map::{Map, Set};
use deployline_planner::{RuntimeInput, Settled, View};
use deployline_span::Span;
use deployline_yaml::write::{Comments, Value};
use deployline_yaml::{NodeKind, ScalarStyle};

/// The comment behind what only a run knows.
pub(super) const UNKNOWN: &str = "# unknown until run time";

/// The most values that are written anew.
const MAX_ITEMS: usize = 400_000;

/// Number of nodes that have been written.
#[derive(Default)]
pub(super) struct Trees {
    written: usize,
    /// Inputs that no default settles: one text can't say which items a list has.
    open: Set<Span>,
    /// Values of expressions.
    settled: Map<Span, Settled>,
}

impl Trees {
    pub(super) fn new(settled: Map<Span, Settled>) -> Self {
        Self { settled, ..Self::default() }
    }

    /// The value of an expression that the text settles.
    pub(super) fn settled(&self, view: &View<'_>) -> Option<Value> {
        match self.settled.get(&view.span())? {
            Settled::Text(text) => Some(given(text)),
            Settled::List(items) => {
                Some(Value::List(items.iter().map(|item| given(item)).collect()))
            }
            Settled::Kept | Settled::AskedAtVariable => None,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.written >= MAX_ITEMS
    }

    /// Says that an input stays open, whatever its default is.
    pub(super) fn keep_open(&mut self, span: Span) {
        self.open.insert(span);
    }

    /// Default of an input.
    pub(super) fn default_of<'a>(&self, view: &View<'a>) -> Option<&'a str> {
        let input = RuntimeInput::from_text(view.as_str()?)?;
        input.default.filter(|_| !self.open.contains(&view.span()))
    }

    /// The value as it counts. Where too much has been written, there is nothing.
    pub(super) fn of(&mut self, view: &View<'_>) -> Value {
        if self.is_full() {
            return nothing();
        }
        self.written += 1;
        match view.kind() {
            NodeKind::Null if view.is_null() => nothing(),
            NodeKind::Null | NodeKind::Mapping => {
                let entry = |(key, value): (deployline_yaml::Node<'_>, View<'_>)| {
                    let key = key.as_str()?.to_owned();
                    let value = if holds_list(&key) && has_default(&value) {
                        Value::text(value.as_str().unwrap_or_default())
                    } else {
                        self.of(&value)
                    };
                    Some((key.into(), value))
                };
                Value::Map(view.entries().into_iter().filter_map(entry).collect())
            }
            NodeKind::Sequence => Value::List(view.items().iter().map(|it| self.of(it)).collect()),
            NodeKind::Scalar => self.scalar(view),
        }
    }
}

impl Trees {
    /// A scalar; of an input with a default, the default.
    fn scalar(&self, view: &View<'_>) -> Value {
        let text = view.as_str().unwrap_or_default();
        if let Some(value) = self.settled(view) {
            return value;
        }
        match self.default_of(view) {
            Some(default) => given(default),
            None if self.open.contains(&view.span()) => {
                Value::text(text).with_comments(Comments::behind(UNKNOWN))
            }
            None if view.node().style() == Some(ScalarStyle::Plain) && is_word(text) => {
                Value::word(text.to_owned())
            }
            None => Value::text(text),
        }
    }
}

/// True where a key holds a list or a mapping, which no default can say.
pub(super) fn holds_list(key: &str) -> bool {
    const KEYS: [&str; 8] = [
        "services",
        "values",
        "environments",
        "environment",
        "infrastructureDefinitions",
        "filters",
        "items",
        "stages",
    ];
    KEYS.contains(&key)
}

fn has_default(view: &View<'_>) -> bool {
    let input = view.as_str().and_then(RuntimeInput::from_text);
    input.is_some_and(|input| input.default.is_some())
}

pub(super) fn nothing() -> Value {
    Value::word("null")
}

/// A default: a flag or a number is one also without quotes.
pub(super) fn given(text: &str) -> Value {
    let is_flag = matches!(text, "true" | "false");
    if is_flag || is_number(text) { Value::word(text.to_owned()) } else { Value::text(text) }
}

/// True where every reader takes a text for the same decimal number.
fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    is_digits(whole) && is_digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// True where a text can stand anywhere without quotes.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        && !text.starts_with(['-', '.'])
        && !text.ends_with('.')
}
