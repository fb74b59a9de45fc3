//! What is planned while someone types: small pipelines with each key, large ones when they pause,
//! so that no key waits for a hundred thousand deployments.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::state::{Source, State};

/// From this many deployments on, planning waits for a pause.
const MANY: usize = 2_000;
/// How long a pause is.
const PAUSE_MS: u32 = 120;

/// The source to plan; `count` is how many deployments the last plan had.
#[hook]
pub(crate) fn use_settled(state: &State, count: usize) -> Source {
    let settled = use_mut_ref(|| state.source.text.clone());
    let pauses = use_state(|| 0_u32);
    if !state.is_typing || count < MANY {
        settled.replace(state.source.text.clone());
    }
    let text = settled.borrow().clone();
    use_effect_with(state.source.text.clone(), move |text| {
        let is_behind = !Rc::ptr_eq(text, &settled.borrow());
        let text = text.clone();
        let timer = is_behind.then(|| {
            Timeout::new(PAUSE_MS, move || {
                settled.replace(text);
                pauses.set(*pauses + 1);
            })
        });
        move || drop(timer)
    });
    Source { text, ..state.source.clone() }
}
