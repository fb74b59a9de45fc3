//! `--durations FILE`

use std::path::Path;

use anyhow::{Context, Result};
use deployline_engine::{DurationKey, Ms};
use deployline_map::Map;

/// Reads a map from keys to durations.
///
/// # Errors
/// Where the file can't be read, is no such map, or a value is no duration.
pub(crate) fn read(path: &Path) -> Result<Map<DurationKey, Ms>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("can't read the durations in {}", path.display()))?;
    parse(&text).with_context(|| format!("in the durations of {}", path.display()))
}

fn parse(text: &str) -> Result<Map<DurationKey, Ms>> {
    let map: std::collections::BTreeMap<String, String> =
        serde_yaml::from_str(text).context("expected a map such as `cart@prod/eu-1: 5m`")?;
    map.iter()
        .map(|(key, duration)| {
            let duration = duration.parse().with_context(|| format!("`{key}`"))?;
            Ok((DurationKey::from_text(key), duration))
        })
        .collect()
}
