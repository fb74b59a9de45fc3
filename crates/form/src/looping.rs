//! Reads the looping strategy.

use deployline_engine::Schema;
use deployline_schema::MappingKind;
use deployline_yaml::{Node, NodeKind};

use super::locks::{AliasedSpans, lock, start_of};
use super::{AxisForm, ExcludeRow, Field, Item, Lock, StrategyForm, StrategyKind};

/// Returns `true` for a key of a matrix that is no axis, in either schema.
pub(crate) fn is_matrix_setting(name: &str) -> bool {
    [MappingKind::Matrix, MappingKind::V1Matrix].iter().any(|kind| kind.key(name).is_some())
}

/// The key of each kind of strategy.
pub(crate) fn kind_key(kind: StrategyKind, schema: Schema) -> Option<&'static str> {
    match (kind, schema) {
        (StrategyKind::Matrix, _) => Some("matrix"),
        (StrategyKind::Repeat, _) => Some("repeat"),
        (StrategyKind::Parallelism, Schema::V0) => Some("parallelism"),
        (StrategyKind::Parallelism, Schema::V1) => Some("for"),
        (StrategyKind::None | StrategyKind::Unknown, _) => None,
    }
}

/// Kind of the strategy that a mapping holds.
pub(crate) fn kind_of(strategy: Node<'_>, schema: Schema) -> StrategyKind {
    let kinds = [StrategyKind::Matrix, StrategyKind::Repeat, StrategyKind::Parallelism];
    let is_there = |kind: &StrategyKind| {
        kind_key(*kind, schema)
            .and_then(|key| strategy.get(key))
            .is_some_and(|value| !value.is_null())
    };
    kinds.into_iter().find(is_there).unwrap_or(StrategyKind::Unknown)
}

/// Path of a count in a strategy: of `for`, in one of several ways.
pub(crate) fn count_path(strategy: Node<'_>, schema: Schema) -> &'static [&'static str] {
    match strategy.get("for") {
        _ if schema == Schema::V0 => &["parallelism"],
        Some(count) if count.get("times").is_some() => &["for", "times"],
        Some(count) if count.kind() == NodeKind::Scalar => &["for"],
        _ => &["for", "iterations"],
    }
}

/// Keys of a strategy that differ between the schemas.
pub(crate) struct Keys {
    /// Path of the name of each run of a matrix.
    pub(crate) node_name: &'static [&'static str],
    /// Path of a number of times.
    pub(crate) times: [&'static str; 2],
    /// Path of the size of the parts.
    pub(crate) partition_size: [&'static str; 2],
    /// Words for the unit of numbers below `repeat`.
    pub(crate) units: [&'static str; 2],
}

/// Those of a schema.
pub(crate) fn keys(schema: Schema) -> &'static Keys {
    match schema {
        Schema::V0 => &Keys {
            node_name: &["matrix", "nodeName"],
            times: ["repeat", "times"],
            partition_size: ["repeat", "partitionSize"],
            units: ["Count", "Percentage"],
        },
        Schema::V1 => &Keys {
            node_name: &["matrix", "node-name"],
            times: ["repeat", "iterations"],
            partition_size: ["repeat", "partition-size"],
            units: ["count", "percentage"],
        },
    }
}

/// Path of the limit in a strategy of this kind.
pub(crate) fn limit_path(kind: StrategyKind, schema: Schema) -> &'static [&'static str] {
    match (kind, schema) {
        (_, Schema::V1) => &["max-parallel"],
        (StrategyKind::Repeat, _) => &["repeat", "maxConcurrency"],
        (StrategyKind::Matrix, _) => &["matrix", "maxConcurrency"],
        _ => &["maxConcurrency"],
    }
}

const FAIL_FAST: &str = "This schema has `fail-fast` for that: write it in the YAML.";

pub(super) fn read(
    stage: Node<'_>,
    schema: Schema,
    shared: &AliasedSpans,
    outer: Option<&Lock>,
) -> StrategyForm {
    let Some(strategy) = stage.get("strategy").filter(|strategy| !strategy.is_null()) else {
        let span = start_of(stage);
        return StrategyForm { span, lock: outer.cloned(), ..StrategyForm::default() };
    };
    let kind = kind_of(strategy, schema);
    let unknown = || lock("This strategy is none that the form knows.", strategy);
    let lock = outer
        .cloned()
        .or_else(|| shared.map_lock(Some(strategy)))
        .or_else(|| (kind == StrategyKind::Unknown).then(unknown));
    let field = |path: &[&str]| shared.field(strategy, path, lock.as_ref());
    let keys = keys(schema);
    let matrix = strategy.get("matrix").filter(|_| kind == StrategyKind::Matrix);
    let inner_lock = lock.clone().or_else(|| shared.map_lock(matrix));
    let exclude = matrix.and_then(|matrix| matrix.get("exclude"));
    let exclude_lock = inner_lock.clone().or_else(|| shared.list_lock(exclude));
    let items = strategy.at(&["repeat", "items"]);
    let items_lock = lock
        .clone()
        .or_else(|| shared.map_lock(strategy.get("repeat")))
        .or_else(|| shared.list_lock(items));
    StrategyForm {
        kind,
        axes: matrix.map(|matrix| axes(matrix, shared, inner_lock.as_ref())).unwrap_or_default(),
        exclude: exclude.map(|it| rows(it, shared, exclude_lock.as_ref())).unwrap_or_default(),
        exclude_lock,
        node_name: shared.expression_field(strategy, keys.node_name, lock.as_ref()),
        times: field(&keys.times),
        items: items.map(|it| values(it, shared, items_lock.as_ref())).unwrap_or_default(),
        items_lock,
        start: field(&["repeat", "start"]),
        end: field(&["repeat", "end"]),
        unit: field(&["repeat", "unit"]),
        units: keys.units,
        partition_size: field(&keys.partition_size),
        parallelism: field(count_path(strategy, schema)),
        max_concurrency: field(limit_path(kind, schema)),
        on_failure: match schema {
            Schema::V0 => field(&["onFailure"]),
            Schema::V1 => Field {
                lock: Some(super::locks::lock(FAIL_FAST, strategy)),
                ..field(&["onFailure"])
            },
        },
        span: strategy.span(),
        lock,
    }
}

fn axes(matrix: Node<'_>, shared: &AliasedSpans, outer: Option<&Lock>) -> Vec<AxisForm> {
    let of = |(key, value): (Node<'_>, Node<'_>)| {
        let name = key.as_str().filter(|name| !is_matrix_setting(name))?;
        let lock = outer.cloned().or_else(|| shared.list_lock(Some(value)));
        Some(AxisForm {
            name: name.to_owned(),
            values: values(value, shared, lock.as_ref()),
            span: key.span().to(value.span()),
            lock,
        })
    };
    matrix.entries().filter_map(of).collect()
}

/// A list of single values; others among them are locked.
fn values(list: Node<'_>, shared: &AliasedSpans, outer: Option<&Lock>) -> Vec<Item> {
    let of = |item: Node<'_>| {
        let lock = outer.cloned().or_else(|| shared.lock(item));
        Item { name: shared.value(item, lock.as_ref()), span: item.span(), lock }
    };
    list.items().map(of).collect()
}

fn rows(exclude: Node<'_>, shared: &AliasedSpans, outer: Option<&Lock>) -> Vec<ExcludeRow> {
    let of = |row: Node<'_>| {
        let lock = outer.cloned().or_else(|| shared.map_lock(Some(row)));
        let cell = |(key, value): (Node<'_>, Node<'_>)| -> Option<(String, Field)> {
            Some((key.as_str()?.to_owned(), shared.value(value, lock.as_ref())))
        };
        ExcludeRow { cells: row.entries().filter_map(cell).collect(), span: row.span(), lock }
    };
    exclude.items().map(of).collect()
}
