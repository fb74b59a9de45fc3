//! Looping strategies: as data, as YAML, and the children they make.

use super::model::{OnFailure, infrastructure_name, service_name};

/// A strategy of a stage.
#[derive(Clone, Debug)]
pub(crate) struct LoopCase {
    pub(crate) kind: LoopKind,
    pub(crate) max_concurrency: Option<usize>,
    pub(crate) on_failure: OnFailure,
}

#[derive(Clone, Debug)]
pub(crate) enum LoopKind {
    /// Services and infrastructures; which axis is written first; maps of one or both that drop.
    Matrix {
        services: usize,
        places: usize,
        services_first: bool,
        exclude: Vec<(Option<usize>, Option<usize>)>,
    },
    /// Services, from a place in their list to another one.
    Items { count: usize, start: Option<usize>, end: Option<usize>, percent: bool },
    /// Slices of the list of services.
    Slices { count: usize, size: usize, percent: bool },
    /// All alike.
    Times(usize),
    /// Each to its own infrastructure.
    Parallelism(usize),
}

/// One run of the stage.
pub(crate) struct ChildCase {
    pub(crate) service: usize,
    pub(crate) infrastructure: usize,
    /// What it was given, as text.
    pub(crate) values: String,
}

impl LoopKind {
    pub(crate) fn children(&self) -> Vec<ChildCase> {
        let child = |service, infrastructure, values| ChildCase { service, infrastructure, values };
        match *self {
            Self::Matrix { .. } => self.combinations(),
            Self::Items { count, start, end, percent } => {
                let place = |n| if percent { share(count, n) } else { n };
                let end = match (end, start) {
                    (Some(end), _) => place(end).max(1),
                    // The engine's own: the last one is dropped.
                    (None, Some(_)) => count - 1,
                    (None, None) if percent => count - 1,
                    (None, None) => count,
                };
                let chosen = (0..count).filter(|i| start.is_none_or(|start| *i >= place(start)));
                let chosen = chosen.filter(|i| *i < end);
                chosen.map(|i| child(i, 0, format!("item: {}", service_name(i)))).collect()
            }
            Self::Slices { count, size, percent } => {
                let size = if percent { share(count, size).max(1) } else { size };
                let names: Vec<String> = (0..count).map(service_name).collect();
                let slices = names.chunks(size).map(|slice| slice.join(", "));
                slices.map(|slice| child(0, 0, format!("partition: [{slice}]"))).collect()
            }
            Self::Times(count) => {
                (0..count).map(|i| child(0, 0, format!("iteration: {i}"))).collect()
            }
            Self::Parallelism(count) => {
                (0..count).map(|i| child(0, i, format!("iteration: {i}"))).collect()
            }
        }
    }

    fn combinations(&self) -> Vec<ChildCase> {
        let Self::Matrix { services, places, services_first, exclude } = self else {
            return vec![];
        };
        let mut pairs = Vec::new();
        if *services_first {
            (0..*services).for_each(|s| pairs.extend((0..*places).map(|p| (s, p))));
        } else {
            (0..*places).for_each(|p| pairs.extend((0..*services).map(|s| (s, p))));
        }
        let is_dropped = |(service, place): (usize, usize)| {
            exclude
                .iter()
                .any(|(s, p)| s.is_none_or(|s| s == service) && p.is_none_or(|p| p == place))
        };
        pairs.retain(|pair| !is_dropped(*pair));
        let child = |(service, infrastructure)| {
            let service_text = format!("service: {}", service_name(service));
            let place_text = format!("place: {}", infrastructure_name(infrastructure));
            let values = match services_first {
                true => format!("{service_text}, {place_text}"),
                false => format!("{place_text}, {service_text}"),
            };
            ChildCase { service, infrastructure, values }
        };
        pairs.into_iter().map(child).collect()
    }

    /// The text where a stage names its service.
    pub(crate) fn service_text(&self) -> &'static str {
        match self {
            Self::Matrix { .. } => "<+matrix.service>",
            Self::Items { .. } => "<+repeat.item>",
            Self::Slices { .. } | Self::Times(_) | Self::Parallelism(_) => "S0",
        }
    }

    /// The text where a stage names its infrastructure.
    pub(crate) fn place_text(&self) -> &'static str {
        match self {
            Self::Matrix { .. } => "<+matrix.place>",
            Self::Parallelism(_) => "I<+strategy.iteration>",
            Self::Items { .. } | Self::Slices { .. } | Self::Times(_) => "I0",
        }
    }

    /// The keys below the strategy's own, but for its limit.
    fn settings(&self) -> (&'static str, Vec<String>) {
        match self {
            Self::Matrix { services, places, services_first, exclude } => {
                let list = |count, name: fn(usize) -> String| {
                    let names: Vec<String> = (0..count).map(name).collect();
                    format!("[{}]", names.join(", "))
                };
                let mut axes = vec![
                    format!("service: {}", list(*services, service_name)),
                    format!("place: {}", list(*places, infrastructure_name)),
                ];
                if !services_first {
                    axes.reverse();
                }
                let map = |(s, p): &(Option<usize>, Option<usize>)| {
                    let service = s.map(|s| format!("service: {}", service_name(s)));
                    let place = p.map(|p| format!("place: {}", infrastructure_name(p)));
                    let keys: Vec<String> = service.into_iter().chain(place).collect();
                    format!("{{{}}}", keys.join(", "))
                };
                let maps: Vec<String> = exclude.iter().map(map).collect();
                axes.push(format!("exclude: [{}]", maps.join(", ")));
                ("matrix", axes)
            }
            Self::Items { count, start, end, percent } => {
                let mut keys = items(*count, *percent);
                keys.extend(start.map(|start| format!("start: {start}")));
                keys.extend(end.map(|end| format!("end: {end}")));
                ("repeat", keys)
            }
            Self::Slices { count, size, percent } => {
                let mut keys = items(*count, *percent);
                keys.push(format!("partitionSize: {size}"));
                ("repeat", keys)
            }
            Self::Times(count) => ("repeat", vec![format!("times: {count}")]),
            Self::Parallelism(count) => ("parallelism", vec![count.to_string()]),
        }
    }
}

impl LoopCase {
    /// The lines of `strategy:` in the older schema.
    pub(crate) fn lines(&self) -> Vec<String> {
        let (kind, mut keys) = self.kind.settings();
        let mut lines = vec!["strategy:".to_owned()];
        if let LoopKind::Parallelism(count) = self.kind {
            lines.push(format!("  parallelism: {count}"));
        } else {
            keys.extend(self.max_concurrency.map(|limit| format!("maxConcurrency: {limit}")));
            lines.push(format!("  {kind}: {{{}}}", keys.join(", ")));
        }
        lines.extend(self.on_failure.line().map(|line| format!("  {line}")));
        lines
    }

    /// The lines of `strategy:` in the newer one.
    pub(crate) fn lines_v1(&self) -> Vec<String> {
        let (kind, keys) = match &self.kind {
            LoopKind::Times(n) | LoopKind::Parallelism(n) => {
                ("for", vec![format!("iterations: {n}")])
            }
            other => other.settings(),
        };
        let newer = |key: String| {
            key.replace("partitionSize", "partition-size").replace("unit: P", "unit: p")
        };
        let keys: Vec<String> = keys.into_iter().map(newer).collect();
        let mut lines = vec!["strategy:".to_owned(), format!("  {kind}: {{{}}}", keys.join(", "))];
        let limit = match self.kind {
            LoopKind::Parallelism(_) => None,
            _ => self.max_concurrency,
        };
        lines.extend(limit.map(|limit| format!("  max-parallel: {limit}")));
        if self.on_failure == OnFailure::FailFast {
            lines.push("  fail-fast: true".to_owned());
        }
        lines
    }

    /// The names of the children behind that of the stage: by their number, of a matrix by their places on its axes. None
    /// where one that is cancelled has no status of its own, and where the list is cut.
    pub(crate) fn child_names(&self) -> Vec<String> {
        let numbered = |count: usize| (0..count).map(|i| format!("_{i}")).collect();
        match &self.kind {
            _ if self.on_failure == OnFailure::FailFast => Vec::new(),
            LoopKind::Matrix { services_first, .. } => {
                let name = |child: ChildCase| match services_first {
                    true => format!("_{}_{}", child.service, child.infrastructure),
                    false => format!("_{}_{}", child.infrastructure, child.service),
                };
                self.kind.children().into_iter().map(name).collect()
            }
            LoopKind::Items { count, start: None, end: None, percent: false } => numbered(*count),
            LoopKind::Times(count) | LoopKind::Parallelism(count) => numbered(*count),
            LoopKind::Items { .. } | LoopKind::Slices { .. } => Vec::new(),
        }
    }

    /// How many run at once; nothing and 0 mean all.
    pub(crate) fn limit(&self, children: usize) -> usize {
        match (&self.kind, self.max_concurrency) {
            (LoopKind::Parallelism(_), _) | (_, None | Some(0)) => children,
            (_, Some(limit)) => limit,
        }
    }
}

fn items(count: usize, percent: bool) -> Vec<String> {
    let names: Vec<String> = (0..count).map(service_name).collect();
    let unit = if percent { "Percentage" } else { "Count" };
    vec![format!("items: [{}]", names.join(", ")), format!("unit: {unit}")]
}

/// So many percent, halves rounded up.
fn share(count: usize, percent: usize) -> usize {
    (count as f64 * percent as f64 / 100.0).round() as usize
}
