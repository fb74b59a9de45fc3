//! The texts of the last visit, kept by the browser and by nobody else.
//!
//! Of several windows, the one that changes a text last is the one that is kept.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, JSON};
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::browser::{self, storage};
use crate::state::{Opened, Tab, Tabs};

/// Another version, another form: an older page must not read a newer one's.
const KEY: &str = "deployline-texts-v1";
/// Browsers keep about five million characters for a whole site.
const MAX_BYTES: usize = 2 << 20;
/// Length of a pause.
const PAUSE_MS: u32 = 500;

/// The kept texts, and the number of the one that was shown.
///
/// ```text
/// [1, ["release.yaml", "pipeline: …"], ["Untitled", "stages: …"]]
/// ```
pub(crate) fn texts() -> Option<(Vec<Opened>, usize)> {
    if is_bench() {
        return None;
    }
    let kept = JSON::parse(&storage()?.get_item(KEY).ok()??).ok()?;
    let kept = Array::from(&kept);
    let texts: Vec<Opened> = kept.iter().skip(1).filter_map(text_from).collect();
    let shown = kept.get(0).as_f64().unwrap_or_default() as usize;
    (!texts.is_empty()).then_some((texts, shown))
}

fn text_from(pair: JsValue) -> Option<Opened> {
    let pair = Array::from(&pair);
    let part = |index| Some(pair.get(index).as_string()?.into());
    Some(Opened { name: part(0)?, text: part(1)?, is_example: false })
}

/// Keeps the texts whenever they have not changed for a moment, and when the page goes away.
#[hook]
pub(crate) fn use_kept_texts(tabs: &Tabs) {
    let pending = use_mut_ref(|| None::<Tabs>);
    let last = use_mut_ref(|| Texts(tabs.clone()));
    {
        let pending = pending.clone();
        use_effect_with(Texts(tabs.clone()), move |texts| {
            // What is there when the page starts is kept already, or need not be.
            let is_other = last.replace(texts.clone()) != *texts;
            let timer = (is_other && !is_bench()).then(|| {
                pending.replace(Some(texts.0.clone()));
                Timeout::new(PAUSE_MS, move || keep_pending(&pending))
            });
            move || drop(timer)
        });
    }
    use_effect_with((), move |()| {
        let leaving = EventListener::new(&gloo::utils::window(), "pagehide", move |_| {
            keep_pending(&pending);
        });
        move || drop(leaving)
    });
}

fn keep_pending(pending: &Rc<RefCell<Option<Tabs>>>) {
    let (Some(tabs), Some(storage)) = (pending.take(), storage()) else { return };
    // A full storage keeps nothing: then the texts last as long as the page.
    let _ = match as_json(&tabs) {
        Some(json) => storage.set_item(KEY, &json),
        None => storage.remove_item(KEY),
    };
}

/// `None` where there is nothing to keep, or too much.
fn as_json(tabs: &Tabs) -> Option<String> {
    let bytes: usize = tabs.iter().map(|tab| tab.source.text.len()).sum();
    let kept: Vec<&Tab> = if bytes <= MAX_BYTES {
        tabs.iter().collect()
    } else {
        [&tabs.shown].into_iter().filter(|tab| tab.source.text.len() <= MAX_BYTES).collect()
    };
    if kept.iter().all(|tab| !tab.has_own_text()) {
        return None;
    }
    let shown = kept.iter().position(|tab| tab.number == tabs.shown.number).unwrap_or(0);
    let texts = kept.iter().map(|tab| {
        let [name, text] = [&*tab.name, &*tab.source.text].map(JsValue::from_str);
        JsValue::from(Array::of2(&name, &text))
    });
    let all: Array = [JsValue::from_f64(shown as f64)].into_iter().chain(texts).collect();
    JSON::stringify(&all).ok()?.as_string()
}

/// The benchmark starts from the same text each time.
fn is_bench() -> bool {
    let window = browser::window();
    let query = window.and_then(|it| it.location().search().ok()).unwrap_or_default();
    query.trim_start_matches('?').split('&').any(|part| part.split('=').next() == Some("bench"))
}

/// Names and texts of the tabs. A text is compared by identity: each edit makes another.
#[derive(Clone)]
struct Texts(Tabs);

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(one, other): (&Tab, &Tab)| {
            one.name == other.name && Rc::ptr_eq(&one.source.text, &other.source.text)
        };
        self.0.shown.number == other.0.shown.number
            && self.0.count() == other.0.count()
            && self.0.iter().zip(other.0.iter()).all(is_same)
    }
}
