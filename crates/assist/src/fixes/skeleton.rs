//! Skeletons of missing keys, with names to replace.

use deployline_span::Span;
use deployline_yaml::write::{Layout, Value, Writer};
use deployline_yaml::{Fix, Node, NodeKind, TextEdit};

/// A key and a value to start from.
pub(super) struct Skeleton {
    title: &'static str,
    key: &'static str,
    value: fn() -> Value,
}

pub(super) const SERVICE: Skeleton =
    Skeleton { title: "Add a service", key: "service", value: service };

pub(super) const SERVICES: Skeleton = Skeleton {
    title: "Add a service to the list",
    key: "values",
    value: || Value::List(vec![service()]),
};

pub(super) const ENVIRONMENT: Skeleton =
    Skeleton { title: "Add an environment", key: "environment", value: environment };

pub(super) const ENVIRONMENTS: Skeleton = Skeleton {
    title: "Add an environment to the list",
    key: "values",
    value: || Value::List(vec![environment()]),
};

pub(super) const INFRASTRUCTURES: Skeleton = Skeleton {
    title: "Add an infrastructure",
    key: "infrastructureDefinitions",
    value: infrastructures,
};

fn service() -> Value {
    Value::map([("serviceRef", Value::text("my_service"))])
}

fn environment() -> Value {
    Value::map([
        ("environmentRef", Value::text("my_environment")),
        ("infrastructureDefinitions", infrastructures()),
    ])
}

fn infrastructures() -> Value {
    Value::List(vec![Value::map([("identifier", Value::text("my_infrastructure"))])])
}

/// Adds the skeleton to a mapping: behind its key if that is there with nothing in it, else before the
/// first key.
pub(super) fn add(text: &str, mapping: Node<'_>, skeleton: &Skeleton) -> Option<Fix> {
    let title = skeleton.title.to_owned();
    let fix = |span, insert| Some(Fix { title, edits: vec![TextEdit { span, insert }] });
    let source = mapping.span().source;
    let (first, _) = mapping.entries().next()?;
    let first_at = first.span().range().start;
    let column = column_of(text, first_at);
    let layout = Layout::near(text, mapping);
    let mut writer = Writer::new(layout);
    let value = (skeleton.value)();
    match mapping.entry(skeleton.key) {
        Some((_, value)) if value.is_aliased() => None,
        Some((key, missing)) if missing.is_null() && missing.span().range().is_empty() => {
            let behind = key.span().range().end;
            let colon = behind + text.get(behind..)?.find(':')? + 1;
            if mapping.is_flow() {
                writer.text = format!(" {}", layout.flow(&value));
            } else {
                writer.value(column, &value);
            }
            fix(Span::new(source, colon, colon), writer.text)
        }
        Some((_, empty)) if empty.is_null() || is_empty_list(empty) => {
            fix(empty.span(), layout.flow(&value))
        }
        Some(_) => None,
        None => {
            if mapping.is_flow() {
                writer.text = format!("{}, ", layout.flow_entry(skeleton.key, &value));
            } else {
                writer.entry(column, skeleton.key, &value);
                writer.new_line(column);
            }
            fix(Span::new(source, first_at, first_at), writer.text)
        }
    }
}

fn is_empty_list(value: Node<'_>) -> bool {
    value.kind() == NodeKind::Sequence && value.items().len() == 0
}

fn column_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}
