//! How much may be held and looked at, so that lists which multiply end quickly.
//!
//! One list in the text may be read by any number of stages: `deployToAll`, groups, filters,
//! `useFromStage` and templates each name it in a few bytes. What a stage holds counts against what
//! all stages may hold, and is given back where the stage turns out to be too large; what is looked
//! at on the way counts too, and is never given back. Lists are counted before they are read.

use deployline_engine::format::number;
use deployline_engine::{DEPLOYMENT_BUDGET, Stage, Work};
use deployline_span::Span;
use deployline_yaml::Diagnostic;

use super::{Context, services, targets};
use crate::rules::TOO_MANY_DEPLOYMENTS;

/// The most values of strategies and names of clusters, in all stages together.
const MOST_VALUES: usize = 5 * DEPLOYMENT_BUDGET;
/// The most items of lists, and tags of entities, that are looked at.
const MOST_LOOKS: usize = 20 * DEPLOYMENT_BUDGET;

/// What lists are made of. A stage has at least as many deployments as services, and as targets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Service,
    Target,
    Value,
}

/// A list, for the message where it is too much.
pub(super) struct List<'n> {
    /// Its key, and whose it is.
    pub(super) name: &'n str,
    pub(super) of: Option<&'n str>,
    pub(super) count: usize,
    pub(super) span: Span,
}

/// What is left for the stages to come.
pub(super) struct Room {
    held: Held,
    /// As it was before this stage.
    before: Held,
    looks_left: usize,
    /// Why this stage can't be drawn.
    full: Option<(String, Span)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    services: usize,
    targets: usize,
    values: usize,
}

impl Room {
    pub(super) fn new() -> Self {
        let none = Held { services: 0, targets: 0, values: 0 };
        Self { held: none, before: none, looks_left: MOST_LOOKS, full: None }
    }

    /// Whether this stage is too large already: then nothing more needs to be read of it.
    pub(super) fn is_full(&self) -> bool {
        self.full.is_some()
    }

    /// Makes room for the items of a list; `false` where there is none left.
    pub(super) fn hold(&mut self, item: Item, list: &List<'_>) -> bool {
        self.hold_more(item, list.count, list)
    }

    /// The same where one of the items has been counted with the list around this one.
    pub(super) fn multiply(&mut self, item: Item, list: &List<'_>) -> bool {
        self.hold_more(item, list.count.saturating_sub(1), list)
    }

    fn hold_more(&mut self, item: Item, count: usize, list: &List<'_>) -> bool {
        if !self.look_at(count, list) {
            return false;
        }
        let (held, before, most) = match item {
            Item::Service => (&mut self.held.services, self.before.services, DEPLOYMENT_BUDGET),
            Item::Target => (&mut self.held.targets, self.before.targets, DEPLOYMENT_BUDGET),
            Item::Value => (&mut self.held.values, self.before.values, MOST_VALUES),
        };
        *held = held.saturating_add(count);
        // One of them is one bar, which is drawn in any case.
        if *held > most && *held - before > 1 {
            self.full = Some((self.too_many(item, list), list.span));
        }
        !self.is_full()
    }

    /// Whether so many items may be looked at.
    pub(super) fn look_at(&mut self, count: usize, list: &List<'_>) -> bool {
        if self.is_full() {
            return false;
        }
        match self.looks_left.checked_sub(count) {
            Some(left) => self.looks_left = left,
            None => self.full = Some((too_much_to_look_at(list), list.span)),
        }
        !self.is_full()
    }

    pub(super) fn held(&self) -> Held {
        self.held
    }

    /// Forgets what was held since: it was only looked at.
    pub(super) fn hold_only(&mut self, held: Held) {
        self.held = held;
    }

    fn too_many(&self, item: Item, list: &List<'_>) -> String {
        if item == Item::Value {
            return format!(
                "{list} makes more than {} values of strategies and names of clusters, with those \
                 of the other stages. Shorten the list, or let fewer stages use it.",
                number(MOST_VALUES)
            );
        }
        let services = self.held.services - self.before.services;
        let targets = self.held.targets - self.before.targets;
        let factors = match item {
            Item::Target if services > 1 => {
                format!("services ({}) × {}", number(services), list.within(targets))
            }
            Item::Target => list.within(targets),
            _ => list.within(services),
        };
        let deployments = services.max(1).saturating_mul(targets.max(1));
        format!(
            "{factors} make at least {} deployments of this stage; at most {} are drawn in one \
             pipeline, all stages together. Shorten one of the lists, or let fewer stages use them.",
            number(deployments),
            number(DEPLOYMENT_BUDGET)
        )
    }
}

fn too_much_to_look_at(list: &List<'_>) -> String {
    format!(
        "{list} is one list too many: the stages look at more than {} items of lists, filters and \
         tags, and make too many deployments to draw. Shorten the lists, or let fewer stages use \
         them.",
        number(MOST_LOOKS)
    )
}

impl std::fmt::Display for List<'_> {
    /// ``deployToAll` of `prod` (10,000)``
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = self.of.map(|of| format!(" of `{of}`")).unwrap_or_default();
        write!(f, "`{}`{of} ({})", self.name, number(self.count))
    }
}

impl List<'_> {
    fn within(&self, all: usize) -> String {
        if all <= self.count {
            return self.to_string();
        }
        format!("lists of {} items, the last of them {self},", number(all))
    }
}

/// Reads what a stage does, and draws one bar for it where that is too much.
pub(super) fn bounded<'a>(
    stage: &mut Stage,
    cx: &mut Context<'a>,
    read: impl FnOnce(&mut Stage, &mut Context<'a>),
) {
    cx.room.before = cx.room.held;
    let found = cx.diagnostics.len();
    read(stage, cx);
    let Some((message, place)) = cx.room.full.take() else { return };
    cx.room.held = cx.room.before;
    // What there is to say about so many items is no help.
    cx.diagnostics.truncate(found);
    let diagnostic: Diagnostic = TOO_MANY_DEPLOYMENTS.at(stage.span, message);
    cx.diagnostics.push(diagnostic.with_related(place, "This list multiplies"));
    one_bar(stage);
}

fn one_bar(stage: &mut Stage) {
    stage.looping = None;
    let Work::Deploy(deploy) = &mut stage.work else {
        stage.work = Work::Unknown;
        return;
    };
    deploy.listed = None;
    if deploy.services.items.len() != 1 {
        deploy.services.items = vec![services::unknown("all services", stage.span)];
    }
    deploy.targets.items = vec![targets::unknown("more than can be drawn", None, stage.span)];
}
