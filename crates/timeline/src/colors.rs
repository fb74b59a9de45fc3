//! A colour for each service. Colours repeat after [`COLOR_COUNT`]; names stand beside them.

use std::collections::BTreeMap;

use deployline_planner::{Pipeline, Work};

use crate::Color;

/// How many colours there are.
pub const COLOR_COUNT: u8 = 10;

/// Which colour a service has: the same in all stages of a pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceColors {
    by_name: BTreeMap<String, u8>,
    in_order: Vec<String>,
}

/// A service and its colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// The service.
    pub service: String,
    /// Its colour.
    pub color: Color,
}

impl ServiceColors {
    /// Colours in the order in which the services first appear.
    pub fn new(pipeline: &Pipeline) -> Self {
        let mut colors = Self::default();
        let deploys = pipeline.stages.iter().filter_map(|stage| match &stage.work {
            Work::Deploy(deploy) => Some(deploy),
            Work::Other | Work::Unknown => None,
        });
        for service in deploys.flat_map(|deploy| &deploy.services.items) {
            colors.add(&service.name.text);
        }
        colors
    }

    fn add(&mut self, name: &str) {
        if self.by_name.contains_key(name) {
            return;
        }
        let next = self.in_order.len() % usize::from(COLOR_COUNT);
        self.by_name.insert(name.to_owned(), u8::try_from(next).unwrap_or(0));
        self.in_order.push(name.to_owned());
    }

    /// The colour of a service.
    pub fn of(&self, service: &str) -> Color {
        self.by_name.get(service).map_or(Color::Neutral, |&color| Color::Service(color))
    }

    /// All services with their colours, in order of appearance.
    pub fn legend(&self) -> impl ExactSizeIterator<Item = LegendEntry> {
        self.in_order
            .iter()
            .map(|service| LegendEntry { service: service.clone(), color: self.of(service) })
    }
}
