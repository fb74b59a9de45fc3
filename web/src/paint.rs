//! Waits for the browser: until it has painted, and until it is idle.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// `true` once the first picture has been painted: the rest comes then.
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
        let frame = Promise::new(&mut |resolve, _| {
            // Without frames, as in a hidden tab, there is nothing to wait for.
            if gloo::utils::window().request_animation_frame(&resolve).is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        let _ = JsFuture::from(frame).await;
    }
}

/// Waits until the browser had its turn: what was clicked and typed meanwhile, and what is to be painted.
pub(crate) async fn next_turn() {
    let _ = JsFuture::from(Promise::new(&mut |resolve: Function, _| after(0, &resolve))).await;
}

fn after(delay_ms: i32, call: &Function) {
    let window = gloo::utils::window();
    if window.set_timeout_with_callback_and_timeout_and_arguments_0(call, delay_ms).is_err() {
        let _ = call.call0(&JsValue::NULL);
    }
}

/// Waits until the browser has nothing else to do, but not for ever.
pub(crate) async fn idle() {
    const MAX_DELAY_MS: u32 = 1_000;
    const WITHOUT_IDLE_CALLBACKS_MS: i32 = 100;
    let _ = JsFuture::from(Promise::new(&mut |resolve: Function, _| {
        let window = gloo::utils::window();
        let options = web_sys::IdleRequestOptions::new();
        options.set_timeout(MAX_DELAY_MS);
        // Safari has no such callback.
        if window.request_idle_callback_with_options(&resolve, &options).is_err() {
            after(WITHOUT_IDLE_CALLBACKS_MS, &resolve);
        }
    }))
    .await;
}
