//! What may wait for a pause, so that no key and no box waits for a hundred thousand deployments.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::derived::{Derived, Shared};
use crate::state::{Source, Tab};

/// From this many deployments on, planning waits for a pause in typing.
const MANY: usize = 2_000;
/// From this many on, what is beside the picture waits too.
const SOME: usize = 100;
/// How long a pause is: longer than from one key to the next.
const PAUSE_MS: u32 = 250;

/// The source to plan: with each key, or with `count` deployments, as of the last pause.
#[hook]
pub(crate) fn use_settled(tab: &Tab, count: usize) -> Source {
    let is_waiting = tab.is_typing && count >= MANY;
    let text = use_last(&Text(tab.source.text.clone()), is_waiting).0;
    Source { text, ..tab.source.clone() }
}

/// What tables and texts beside the picture show: the picture comes first.
#[hook]
pub(crate) fn use_quiet(derived: &Shared<Derived>) -> Shared<Derived> {
    use_last(derived, derived.deployment_count() >= SOME)
}

/// Whether the first picture has been painted. What is around it comes then.
#[hook]
pub(crate) fn use_is_painted() -> bool {
    let is_painted = use_state_eq(|| false);
    let set = is_painted.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            next_paint().await;
            set.set(true);
        });
    });
    *is_painted
}

/// Two frames: the first is being made, after the second it has been seen.
pub(crate) async fn next_paint() {
    for _ in 0..2 {
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            // Without frames, as in a hidden tab, there is nothing to wait for.
            if gloo::utils::window().request_animation_frame(&resolve).is_err() {
                let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
            }
        });
        let _ = wasm_bindgen_futures::JsFuture::from(frame).await;
    }
}

/// The value, or while `is_waiting`, the one that was there when it last stayed for a moment.
#[hook]
fn use_last<T: Clone + PartialEq + 'static>(value: &T, is_waiting: bool) -> T {
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
