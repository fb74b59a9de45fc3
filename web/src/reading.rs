//! Reading of large texts: in steps, so that the page answers between them and says what it does.
//!
//! A small text is planned at once.

use std::cell::Cell;
use std::rc::Rc;

use deployline_planner::ParsedTexts;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::chunk::{chunk, poll_once};
use crate::derived::{Derived, Shared};
use crate::paint::next_paint;
use crate::source::Source;
use crate::state::Action;

/// From this many bytes on, a text is large: reading it takes longer than a few frames.
const LARGE_BYTES: usize = 512 << 10;

pub(crate) fn is_large(text: &str) -> bool {
    text.len() >= LARGE_BYTES
}

/// The plan that was made last.
#[derive(Clone)]
pub(crate) struct LatestPlan {
    pub(crate) derived: Shared<Derived>,
    /// Number of the tab that it is of.
    pub(crate) document: u32,
    request: PlanRequest,
}

/// All that decides a plan.
#[derive(Clone, PartialEq)]
struct PlanRequest {
    source: Source,
    is_waves: bool,
}

/// The plan of a source, or while a large one is read, the plan before and the number of bytes. Before the
/// first one there is an empty plan.
#[hook]
pub(crate) fn use_latest_plan(
    source: Source,
    is_waves: bool,
    document: u32,
) -> (LatestPlan, Option<usize>) {
    let request = PlanRequest { source, is_waves };
    let latest = use_mut_ref(|| None::<LatestPlan>);
    let redraw = use_force_update();
    let before = latest.take();
    let is_read = before.as_ref().is_some_and(|before| before.request == request);
    let is_reading = !is_read && is_large(&request.source.text);
    let shown = match before {
        Some(before) if is_reading => before,
        None if is_reading => LatestPlan {
            derived: Shared(Rc::new(Derived::of_nothing(&request.source))),
            document,
            request: PlanRequest { source: Source::default(), is_waves },
        },
        Some(before) if is_read => LatestPlan { document, ..before },
        _ => {
            let derived = Shared(Rc::new(Derived::new(&request.source, is_waves)));
            LatestPlan { derived, document, request: request.clone() }
        }
    };
    latest.replace(Some(shown.clone()));
    let bytes = is_reading.then_some(request.source.text.len());
    use_effect_with((request, document, is_reading), move |(request, document, is_reading)| {
        let is_wanted = Rc::new(Cell::new(true));
        if *is_reading {
            let (request, document) = (request.clone(), *document);
            let is_wanted = is_wanted.clone();
            spawn_local(async move {
                if let Some(derived) = read(&request, &is_wanted).await {
                    latest.replace(Some(LatestPlan { derived, document, request }));
                    redraw.force_update();
                }
            });
        }
        // A newer request takes the place of this one.
        move || is_wanted.set(false)
    });
    (shown, bytes)
}

/// Plans in steps, with a paint before each; `None` where it is no longer wanted.
async fn read(request: &PlanRequest, is_wanted: &Cell<bool>) -> Option<Shared<Derived>> {
    let PlanRequest { source, is_waves } = request;
    next_paint().await;
    let parsed = is_wanted.get().then(|| ParsedTexts::new(&[&source.text]))?;
    next_paint().await;
    let derived = is_wanted.get().then(|| Derived::from_parsed(parsed, source, *is_waves))?;
    next_paint().await;
    // Where it is not loaded yet, the picture does not wait for it.
    if let (true, Some(Ok(check))) = (is_wanted.get(), poll_once(load_check())) {
        check(&derived);
        next_paint().await;
    }
    is_wanted.get().then(|| Shared(Rc::new(derived)))
}

chunk!(tools: load_check -> fn(&Derived) = check);

fn check(derived: &Derived) {
    derived.diagnostics();
}

/// Loads what finds all diagnostics.
pub(crate) async fn load_ahead() {
    // Where that fails, the list of problems says so.
    let _ = load_check().await;
}

/// Dispatches an action that reads a text of so many bytes; before a large one, the page says so. The
/// action is made when its turn comes: by then there may be none.
pub(crate) fn emit_announced(
    act: &Callback<Action>,
    bytes: usize,
    action: Box<dyn FnOnce() -> Option<Action>>,
) {
    let act = act.clone();
    if bytes < LARGE_BYTES {
        return emit(&act, action);
    }
    act.emit(Action::AnnounceReading(bytes));
    spawn_local(async move {
        next_paint().await;
        emit(&act, action);
    });
}

fn emit(act: &Callback<Action>, action: Box<dyn FnOnce() -> Option<Action>>) {
    if let Some(action) = action() {
        act.emit(action);
    }
}
