//! Combinations of a matrix with `include`, which v0 has as a list alone.

use deployline_engine::{Child, LoopValues, Stage, Value as LoopValue, is_cut_name};
use deployline_yaml::write::Value;

/// The combinations of a stage that only a list has, as those of a matrix with `include`.
pub(super) fn listed(of: &Stage) -> Option<Vec<Value>> {
    let looping = of.looping.as_ref()?;
    let LoopValues::Listed(listed) = &looping.values else { return None };
    if looping.children.iter().any(|child| child.is_placeholder) {
        return None;
    }
    let combination = |child: &Child| {
        let values = listed.get(child.position as usize)?;
        let entry =
            |(key, value): &(String, LoopValue)| Some((key.clone().into(), written(value)?));
        Some(Value::Map(values.iter().map(entry).collect::<Option<_>>()?))
    };
    looping.children.iter().map(combination).collect()
}

/// A value of a strategy; `None` for one of which the start alone is known.
fn written(value: &LoopValue) -> Option<Value> {
    Some(match value {
        LoopValue::Text(text) => (!is_cut_name(text)).then(|| Value::text(text))?,
        LoopValue::List(items) => Value::List(items.iter().map(written).collect::<Option<_>>()?),
        LoopValue::Map(entries) => {
            let entry =
                |(key, value): &(String, LoopValue)| Some((key.clone().into(), written(value)?));
            Value::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}
