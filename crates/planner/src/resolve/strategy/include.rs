//! `include` of a matrix of the newer schema: maps that add to combinations, or are combinations of their own.
//!
//! ```text
//! region: [eu, us]        include: [{region: eu, zone: a}, {region: ap}]
//! {eu, a} {us} {ap}       the first fits a combination, the second none
//! ```

use deployline_engine::{LoopValues, Value, bounded_name};
use deployline_map::{Map, Set};
use deployline_yaml::NodeKind;

use super::count::within_budget;
use super::values::{Strategy, take_values, value_of};
use crate::resolve::budget::CountedList;
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, expression};
use crate::resolve::view::View;
use crate::rules;

/// A combination: names and their values.
type Combination = Vec<(String, Value)>;

/// The maps of `include`.
#[derive(Default)]
pub(super) struct Inclusions {
    pub(super) maps: Vec<Combination>,
    /// `true` where an expression gives the list.
    pub(super) is_unknown: bool,
    span: deployline_span::Span,
}

impl Inclusions {
    /// Reads the maps; `None` where these are too many.
    pub(super) fn read(matrix: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let Some(list) = matrix.value("include") else { return Some(Self::default()) };
        let span = list.span();
        if let Some(text) = expression(&list) {
            scalar::report_runtime(span, "Which combinations are added is", text, reader);
            return Some(Self { maps: Vec::new(), is_unknown: true, span });
        }
        if !take_values("include", list.item_count(), span, reader) {
            return None;
        }
        let mut maps = Vec::new();
        for item in list.items() {
            if item.kind() != NodeKind::Mapping {
                let message = "Expected a map with values of axes, or of names of its own.";
                reader.report(&rules::MATRIX_AXIS_EMPTY, item.span(), message);
                continue;
            }
            if !take_values("include", item.node().entries().len(), item.span(), reader) {
                return None;
            }
            let entries = item.entries().into_iter();
            let entries = entries.filter_map(|(key, value)| {
                Some((bounded_name(key.as_str()?), value_of(&value, reader)))
            });
            maps.push(entries.collect());
        }
        Some(Self { maps, is_unknown: false, span })
    }

    /// Adds the maps to the combinations of a matrix; `None` where that is too much.
    pub(super) fn add_to(
        self,
        strategy: Strategy,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Strategy> {
        let Strategy { values, positions, .. } = &strategy;
        let LoopValues::Matrix(axes) = values else { return Some(strategy) };
        let names: Set<&str> = axes.iter().map(|axis| axis.key.as_str()).collect();
        let count = positions.len() + self.maps.len();
        if !within_budget(&[("combinations", count)], self.span, reader) {
            return None;
        }
        let (groups, keys) = self.by_axes(&names);
        let effort = positions.len().saturating_mul(keys + axes.len() + self.maps.len() / 8);
        let list =
            CountedList { name: "include", of: None, count: self.maps.len(), span: self.span };
        if !reader.cx.budget.inspect(effort, &list) {
            return None;
        }
        let mut has_joined = vec![false; self.maps.len()];
        let owned = |(key, value): (&str, Value)| (key.to_owned(), value);
        let mut combinations: Vec<Combination> = positions
            .iter()
            .map(|position| values.of(*position).into_iter().map(owned).collect())
            .collect();
        for combination in &mut combinations {
            let mut fitting: Set<usize> = Set::new();
            for (axes, by_values) in groups.iter() {
                let texts = texts_of(combination, axes);
                for map in by_values.get(&texts).into_iter().flatten() {
                    fitting.insert(*map);
                }
            }
            for map in fitting.iter() {
                has_joined[*map] = true;
                join(combination, &self.maps[*map], &names);
            }
        }
        let own =
            self.maps.iter().zip(&has_joined).filter(|(map, joined)| !**joined && !map.is_empty());
        combinations.extend(own.map(|(map, _)| map.clone()));
        let count = combinations.len();
        let of_all = Strategy::new(LoopValues::Listed(combinations), count);
        Some(Strategy { values: of_all.values, positions: of_all.positions, ..strategy })
    }

    /// The maps by the axes that they name and the values of these, and the number of such axes.
    fn by_axes(&self, names: &Set<&str>) -> (ByAxes, usize) {
        let mut groups = ByAxes::new();
        let mut keys = 0;
        for (index, map) in self.maps.iter().enumerate() {
            let of_axes = map.iter().filter(|(key, _)| names.contains(&key.as_str()));
            let axes: Set<&String> = of_axes.map(|(key, _)| key).collect();
            let axes: Vec<String> = axes.iter().map(|key| (*key).clone()).collect();
            let texts = texts_of(map, &axes);
            if !groups.contains_key(&axes) {
                keys += axes.len() + 1;
            }
            groups.or_default(axes).or_default(texts).push(index);
        }
        (groups, keys)
    }
}

/// Indexes of maps by the axes that they name, and by the values of these.
type ByAxes = Map<Vec<String>, Map<Vec<String>, Vec<usize>>>;

/// The values of a combination for these names, as text.
fn texts_of(combination: &[(String, Value)], names: &[String]) -> Vec<String> {
    let text = |name: &String| {
        let value = combination.iter().find(|(key, _)| key == name);
        value.map(|(_, value)| value.to_string()).unwrap_or_default()
    };
    names.iter().map(text).collect()
}

/// Adds what a map has beside axes; of a name that two maps give, the later value counts.
fn join(combination: &mut Combination, map: &Combination, axes: &Set<&str>) {
    for (key, value) in map.iter().filter(|(key, _)| !axes.contains(&key.as_str())) {
        match combination.iter_mut().find(|(other, _)| other == key) {
            Some((_, old)) => *old = value.clone(),
            None => combination.push((key.clone(), value.clone())),
        }
    }
}
