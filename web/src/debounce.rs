//! Debounce: what waits for a pause, so that no key and no box waits for a hundred thousand deployments.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::derived::{Derived, Shared};
use crate::reading::is_large;
use crate::source::Source;
use crate::state::Tab;

/// From this many deployments on, planning waits for a pause in typing.
const MANY: usize = 2_000;
/// From this many on, what is beside the picture waits too.
const SOME: usize = 100;
/// Length of a pause: longer than from one key to the next.
const PAUSE_MS: u32 = 250;

/// Source to plan: with each key, or where there are many deployments or a large text, as of the last
/// pause.
#[hook]
pub(crate) fn use_debounced_source(tab: &Tab, count: usize) -> Source {
    let is_waiting = tab.is_typing && (count >= MANY || is_large(&tab.source.text));
    let text = use_debounced(&Text(tab.source.text.clone()), is_waiting).0;
    Source { text, ..tab.source.clone() }
}

/// Plan that tables and texts beside the picture show: the picture comes first.
#[hook]
pub(crate) fn use_unhurried(derived: &Shared<Derived>) -> Shared<Derived> {
    use_debounced(derived, derived.deployment_count() >= SOME)
}

/// The value, or while `is_waiting`, the one that was there when it last stayed for a moment.
#[hook]
fn use_debounced<T: Clone + PartialEq + 'static>(value: &T, is_waiting: bool) -> T {
    let last = use_mut_ref(|| value.clone());
    let pauses = use_state(|| 0_u32);
    if !is_waiting {
        last.replace(value.clone());
    }
    let shown = last.borrow().clone();
    use_effect_with(value.clone(), move |value| {
        let is_behind = *last.borrow() != *value;
        let value = value.clone();
        let timer = is_behind.then(|| {
            Timeout::new(PAUSE_MS, move || {
                last.replace(value);
                pauses.set(*pauses + 1);
            })
        });
        move || drop(timer)
    });
    shown
}

/// A text that is compared by identity: each edit makes another one.
#[derive(Clone)]
struct Text(Rc<str>);

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
