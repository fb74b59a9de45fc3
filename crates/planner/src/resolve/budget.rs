//! Budget of a plan: how much its stages may hold and read, so that lists which multiply end quickly.
//!
//! One list in the text may be read by any number of stages: `deployToAll`, groups, filters,
//! `useFromStage` and templates each name it in a few bytes. What a stage takes counts against what
//! all stages may take, and is given back where the stage turns out to be too large; what is
//! inspected on the way counts too, and is never given back. Lists are counted before they are read.

use deployline_engine::DEPLOYMENT_BUDGET;
use deployline_engine::format::number;
use deployline_span::Span;

/// The most values of strategies and names of clusters, in all stages together.
const MAX_VALUES: usize = 5 * DEPLOYMENT_BUDGET;
/// The most items of lists, and tags of entities, that are inspected.
const MAX_INSPECTED: usize = 20 * DEPLOYMENT_BUDGET;

/// The most steps of stages in which steps run several times, all together.
pub(super) const MAX_LOOP_STEPS: usize = DEPLOYMENT_BUDGET;

/// Kind of the items of a list. A stage has at least as many deployments as services, and as targets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Service,
    Target,
    Value,
}

/// A list as messages name it, and the number of its items.
pub(super) struct CountedList<'n> {
    /// Its key.
    pub(super) name: &'n str,
    /// Identifier of the entity or environment whose list it is.
    pub(super) of: Option<&'n str>,
    pub(super) count: usize,
    pub(super) span: Span,
}

/// The numbers of items that stages hold.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    services: usize,
    targets: usize,
    values: usize,
}

/// Reason why a stage can't be drawn: what it multiplies, and the list that was too much.
pub(super) struct Exceeded {
    pub(super) message: String,
    pub(super) list: Span,
}

/// Counts what the stages take, and keeps what is left for the stages to come.
pub(super) struct Budget {
    taken: Amounts,
    /// As it was before this stage.
    taken_before: Amounts,
    inspections_left: usize,
    children_left: usize,
    steps_left: usize,
    stages: usize,
    exceeded: Option<Exceeded>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            taken: Amounts::default(),
            taken_before: Amounts::default(),
            inspections_left: MAX_INSPECTED,
            children_left: DEPLOYMENT_BUDGET,
            steps_left: MAX_LOOP_STEPS,
            stages: 0,
            exceeded: None,
        }
    }

    /// Takes a stage. Returns the number of those before it.
    pub(super) fn take_stage(&mut self) -> usize {
        self.stages += 1;
        self.stages - 1
    }

    /// Begins a stage: from here on, what is taken is its own.
    pub(super) fn start_stage(&mut self) {
        self.taken_before = self.taken;
    }

    /// Ends a stage; where it was too large, gives back what it took and says why.
    pub(super) fn end_stage(&mut self) -> Option<Exceeded> {
        let exceeded = self.exceeded.take()?;
        self.taken = self.taken_before;
        Some(exceeded)
    }

    /// Returns `true` where this stage is too large already, so that no more of it needs to be read.
    pub(super) fn is_exceeded(&self) -> bool {
        self.exceeded.is_some()
    }

    /// Takes the items of a list; `false` where that is too much.
    pub(super) fn take(&mut self, item: Item, list: &CountedList<'_>) -> bool {
        self.take_count(item, list.count, list)
    }

    /// Takes the items of a list inside an item that was taken with the list around it.
    pub(super) fn take_nested(&mut self, item: Item, list: &CountedList<'_>) -> bool {
        self.take_count(item, list.count.saturating_sub(1), list)
    }

    fn take_count(&mut self, item: Item, count: usize, list: &CountedList<'_>) -> bool {
        if !self.inspect(count, list) {
            return false;
        }
        let before = &self.taken_before;
        let (taken, before, most) = match item {
            Item::Service => (&mut self.taken.services, before.services, DEPLOYMENT_BUDGET),
            Item::Target => (&mut self.taken.targets, before.targets, DEPLOYMENT_BUDGET),
            Item::Value => (&mut self.taken.values, before.values, MAX_VALUES),
        };
        *taken = taken.saturating_add(count);
        // One of them is one bar, which is drawn in any case.
        if *taken > most && *taken - before > 1 {
            self.exceeded = Some(Exceeded { message: self.too_many(item, list), list: list.span });
        }
        !self.is_exceeded()
    }

    /// Counts items that are inspected; `false` where these are too many.
    pub(super) fn inspect(&mut self, count: usize, list: &CountedList<'_>) -> bool {
        if self.is_exceeded() {
            return false;
        }
        match self.inspections_left.checked_sub(count) {
            Some(left) => self.inspections_left = left,
            None => {
                self.exceeded =
                    Some(Exceeded { message: too_many_to_inspect(list), list: list.span });
            }
        }
        !self.is_exceeded()
    }

    /// Number of items that were inspected.
    #[cfg(test)]
    pub(super) fn inspected(&self) -> usize {
        MAX_INSPECTED - self.inspections_left
    }

    /// Amounts taken so far, to give back what is taken from here on.
    pub(super) fn taken(&self) -> Amounts {
        self.taken
    }

    /// Gives back what was taken since [`Budget::taken`] was asked.
    pub(super) fn give_back_to(&mut self, taken: Amounts) {
        self.taken = taken;
    }

    /// Number of children that strategies may still make.
    pub(super) fn children_left(&self) -> usize {
        self.children_left
    }

    /// Takes the steps of a stage of which some run several times; `false` where these are too many.
    pub(super) fn take_steps(&mut self, count: usize) -> bool {
        let left = self.steps_left.checked_sub(count);
        self.steps_left = left.unwrap_or(self.steps_left);
        left.is_some()
    }

    /// Takes the children of a strategy.
    pub(super) fn take_children(&mut self, count: usize) {
        self.children_left = self.children_left.saturating_sub(count);
    }

    fn too_many(&self, item: Item, list: &CountedList<'_>) -> String {
        if item == Item::Value {
            return format!(
                "With {list}, strategies and names of clusters have more than {} values, the most \
                 that one pipeline may have, all stages together. Shorten the list, or use it in \
                 fewer stages.",
                number(MAX_VALUES)
            );
        }
        let services = self.taken.services - self.taken_before.services;
        let targets = self.taken.targets - self.taken_before.targets;
        let factors = match item {
            Item::Target if services > 1 => {
                format!("services ({}) × {}", number(services), list.within(targets))
            }
            Item::Target => list.within(targets),
            _ => list.within(services),
        };
        let deployments = services.max(1).saturating_mul(targets.max(1));
        format!(
            "This stage has at least {} deployments: {factors}. At most {} are drawn in one \
             pipeline, all stages together. Shorten one of the lists, or use them in fewer stages.",
            number(deployments),
            number(DEPLOYMENT_BUDGET)
        )
    }
}

fn too_many_to_inspect(list: &CountedList<'_>) -> String {
    format!(
        "With {list}, the stages read more than {} items of lists, filters and tags, the most that \
         one pipeline may read. Shorten the lists, or use them in fewer stages.",
        number(MAX_INSPECTED)
    )
}

impl std::fmt::Display for CountedList<'_> {
    /// ``deployToAll` of `prod` (10,000)``
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = self.of.map(|of| format!(" of `{of}`")).unwrap_or_default();
        write!(f, "`{}`{of} ({})", self.name, number(self.count))
    }
}

impl CountedList<'_> {
    fn within(&self, all: usize) -> String {
        if all <= self.count {
            return self.to_string();
        }
        format!("lists with {} items, the last of them {self}", number(all))
    }
}
