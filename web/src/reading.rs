//! Reading of large texts: in steps, so that the page answers between them and says what it does.
//!
//! A small text is planned at once.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use deployline_import::clean_parsed;
use deployline_planner::{Checks, ParsedTexts, Resolution};
use deployline_span::SourceId;
use deployline_yaml::{Budget, Parsed, Reading};
use js_sys::Date;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::answers;
use crate::chunk::{chunk, poll_once};
use crate::derived::{Derived, Shared};
use crate::paint::{next_paint, next_turn};
use crate::source::Source;
use crate::state::Action;

/// From this many bytes on, a text is large: reading it takes longer than a few frames.
const LARGE_BYTES: usize = 512 << 10;
/// Length of a step: what is clicked meanwhile is answered without a pause that one feels.
const STEP_MS: f64 = 40.0;

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
#[derive(Clone, Default, PartialEq)]
pub(crate) struct PlanRequest {
    pub(crate) source: Source,
    pub(crate) is_waves: bool,
    /// `true` where the text is cleaned first.
    pub(crate) is_pasted: bool,
}

/// The plan of a source, or while a large one is read, the plan before and the number of bytes. Before the
/// first one there is an empty plan.
#[hook]
pub(crate) fn use_latest_plan(
    request: PlanRequest,
    document: u32,
    act: &Callback<Action>,
) -> (LatestPlan, Option<usize>) {
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
            request: PlanRequest::default(),
        },
        Some(before) if is_read => LatestPlan { document, ..before },
        _ => {
            let derived = Shared(Rc::new(Derived::new(&request.source, request.is_waves)));
            LatestPlan { derived, document, request: request.clone() }
        }
    };
    latest.replace(Some(shown.clone()));
    let bytes = is_reading.then_some(request.source.text.len());
    let act = act.clone();
    use_effect_with((request, document, is_reading), move |(request, document, is_reading)| {
        let is_wanted = Rc::new(Cell::new(true));
        if *is_reading {
            let (request, document) = (request.clone(), *document);
            let is_wanted = is_wanted.clone();
            spawn_local(async move {
                match while_wanted(&is_wanted, Box::pin(read(&request))).await {
                    Some(Ok(derived)) => {
                        latest.replace(Some(LatestPlan { derived, document, request }));
                        redraw.force_update();
                    }
                    Some(Err(clean)) => act.emit(clean),
                    None => {}
                }
            });
        }
        // A newer request takes the place of this one.
        move || is_wanted.set(false)
    });
    (shown, bytes)
}

/// Plans in steps, or gives the action that cleans the text.
async fn read(request: &PlanRequest) -> Result<Shared<Derived>, Action> {
    let PlanRequest { source, is_waves, is_pasted } = request;
    next_paint().await;
    let parsed = ParsedTexts::of([parse(&source.text).await]);
    next_turn().await;
    if *is_pasted && let Some(cleaned) = clean_parsed(&source.text, &parsed) {
        return Err(Action::Clean { of: source.text.clone(), cleaned });
    }
    let parsed = answers::add(source, parsed);
    let mut resolution = Resolution::new(parsed.0.documents(), &source.inputs);
    take_steps(&mut || resolution.step()).await;
    let resolved = resolution.end();
    next_turn().await;
    let derived = Derived::from_resolved(parsed, resolved, source, *is_waves);
    next_turn().await;
    // Where they are not loaded yet, the picture does not wait for them.
    if let Some(Ok(checking)) = poll_once(load_checking()) {
        let mut checks = (checking.begin)(&derived);
        take_steps(&mut || (checking.step)(&mut checks)).await;
        (checking.end)(&derived, checks);
        next_turn().await;
    }
    Ok(Shared(Rc::new(derived)))
}

/// Parses in steps.
async fn parse(text: &str) -> Parsed {
    let mut reading = Reading::new(text, SourceId::default(), Budget::default());
    loop {
        let mut round = reading.round();
        take_steps(&mut || round.step()).await;
        let ended = round.end();
        if let Some(parsed) = reading.take(ended) {
            return parsed;
        }
    }
}

/// Takes one step after the other until none is left. Where they take long, the browser has its turn between
/// them, and after the last one.
async fn take_steps(step: &mut dyn FnMut() -> bool) {
    let mut start = Date::now();
    while step() {
        if Date::now() - start >= STEP_MS {
            next_turn().await;
            start = Date::now();
        }
    }
    next_turn().await;
}

/// The output of work, or `None` once it is no longer wanted.
async fn while_wanted<T>(is_wanted: &Cell<bool>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|cx| match is_wanted.get() {
        true => work.as_mut().poll(cx).map(Some),
        false => Poll::Ready(None),
    })
    .await
}

/// Functions of the chunk that finds all diagnostics.
#[derive(Clone, Copy)]
struct Checking {
    begin: fn(&Derived) -> Checks<'_>,
    step: fn(&mut Checks<'_>) -> bool,
    end: fn(&Derived, Checks<'_>),
}

chunk!(tools: load_checking -> Checking = Checking {
    begin: |derived| derived.checks(),
    step: |checks| checks.step(),
    end: |derived, checks| derived.keep_diagnostics(checks),
});

/// Loads what finds all diagnostics.
pub(crate) async fn load_ahead() {
    // Where that fails, the list of problems says so.
    let _ = load_checking().await;
}

/// Dispatches an action that reads a text of so many bytes; before a large one, the page says so.
pub(crate) fn emit_announced(act: &Callback<Action>, bytes: usize, action: Action) {
    if bytes < LARGE_BYTES {
        return act.emit(action);
    }
    let act = act.clone();
    act.emit(Action::AnnounceReading(bytes));
    spawn_local(async move {
        next_paint().await;
        act.emit(action);
    });
}
