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
use crate::state::{Action, OpenedText, Tab, Tabs};

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
pub(crate) fn texts() -> Option<(Vec<OpenedText>, usize)> {
    if is_bench() {
        return None;
    }
    let kept = JSON::parse(&storage()?.get_item(KEY).ok()??).ok()?;
    let kept = Array::from(&kept);
    let texts: Vec<OpenedText> = kept.iter().skip(1).filter_map(text_from).collect();
    let shown = kept.get(0).as_f64().unwrap_or_default() as usize;
    (!texts.is_empty()).then_some((texts, shown))
}

fn text_from(pair: JsValue) -> Option<OpenedText> {
    let pair = Array::from(&pair);
    let part = |index| Some(pair.get(index).as_string()?.into());
    Some(OpenedText { name: part(0)?, text: part(1)?, is_example: false })
}

/// Keeps the texts whenever they have not changed for a moment, and when the page goes away. Says which
/// are too large to be kept.
#[hook]
pub(crate) fn use_kept_texts(tabs: &Tabs, act: &Callback<Action>) {
    let pending = use_mut_ref(|| None::<Tabs>);
    // Numbers of those that the user knows of.
    let known = use_mut_ref(Vec::<u32>::new);
    let last = use_mut_ref(|| Texts(tabs.clone()));
    {
        let (pending, known, act) = (pending.clone(), known.clone(), act.clone());
        use_effect_with(Texts(tabs.clone()), move |texts| {
            // What is there when the page starts is kept already, or need not be.
            let is_other = last.replace(texts.clone()) != *texts;
            let timer = (is_other && !is_bench()).then(|| {
                pending.replace(Some(texts.0.clone()));
                Timeout::new(PAUSE_MS, move || {
                    if let Some(note) = keep_pending(&pending, &known) {
                        act.emit(Action::AddNote(note));
                    }
                })
            });
            move || drop(timer)
        });
    }
    use_effect_with((), move |()| {
        let leaving = EventListener::new(&gloo::utils::window(), "pagehide", move |_| {
            keep_pending(&pending, &known);
        });
        move || drop(leaving)
    });
}

/// Keeps the pending texts. Gives a note about those that are too large, where they are not `known`.
fn keep_pending(pending: &RefCell<Option<Tabs>>, known: &RefCell<Vec<u32>>) -> Option<String> {
    let (tabs, storage) = (pending.take()?, storage()?);
    let (kept, mut left_out) = split(&tabs);
    left_out.retain(|tab| tab.has_own_text());
    // A full storage keeps nothing: then the texts last as long as the page.
    let _ = match as_json(&kept, tabs.shown.number) {
        Some(json) => storage.set_item(KEY, &json),
        None => storage.remove_item(KEY),
    };
    let numbers: Vec<u32> = left_out.iter().map(|tab| tab.number).collect();
    let is_news = !numbers.is_empty() && *known.borrow() != numbers;
    known.replace(numbers);
    is_news.then(|| note(&left_out))
}

/// Splits tabs in those that are kept and those that do not fit. The shown one is kept before the
/// others, which are so in their order.
fn split(tabs: &Tabs) -> (Vec<&Tab>, Vec<&Tab>) {
    let shown_bytes = tabs.shown.source.text.len();
    let mut free_bytes = MAX_BYTES.checked_sub(shown_bytes).unwrap_or(MAX_BYTES);
    tabs.iter().partition(|tab| {
        if tab.number == tabs.shown.number {
            return shown_bytes <= MAX_BYTES;
        }
        let free = free_bytes.checked_sub(tab.source.text.len());
        free_bytes = free.unwrap_or(free_bytes);
        free.is_some()
    })
}

/// Names the texts that are too large to be kept.
fn note(left_out: &[&Tab]) -> String {
    let names: Vec<&str> = left_out.iter().map(|tab| &*tab.name).collect();
    format!(
        "Too large for this browser to keep until the next visit: {}. Save such texts to a file \
         before you leave the page.",
        names.join(", ")
    )
}

/// `None` where there is nothing to keep.
fn as_json(kept: &[&Tab], shown: u32) -> Option<String> {
    if kept.iter().all(|tab| !tab.has_own_text()) {
        return None;
    }
    let shown = kept.iter().position(|tab| tab.number == shown).unwrap_or(0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{State, Theme};

    /// Checks which tabs are kept and which are not, with sizes in KiB.
    fn check(sizes: &[usize], shown: usize, expected: &str) {
        let texts = sizes.iter().enumerate().map(|(at, size)| {
            let text = "#".repeat(size << 10).into();
            OpenedText { name: at.to_string().into(), text, is_example: false }
        });
        let tabs = State::restored(texts.collect(), shown, Theme::System).tabs;
        let (kept, left_out) = split(&tabs);
        let names = |tabs: &[&Tab]| tabs.iter().map(|tab| tab.name.to_string()).collect::<Vec<_>>();
        let expected = expected.split(", but ");
        let found = [kept, left_out].map(|tabs| names(&tabs).join(" "));
        assert_eq!(found.to_vec(), expected.collect::<Vec<_>>(), "{sizes:?}, {shown} shown");
    }

    #[test]
    fn as_many_texts_are_kept_as_fit_and_the_others_are_named() {
        check(&[1, 2, 3], 0, "0 1 2, but ");
        check(&[1024, 1024], 0, "0 1, but ");
        check(&[1024, 1024, 1], 0, "0 1, but 2");
        check(&[1024, 1024, 1], 2, "0 2, but 1");
        check(&[3000, 5, 1], 0, "1 2, but 0");
        check(&[3000, 5, 1], 1, "1 2, but 0");
        check(&[3000], 0, ", but 0");
    }
}
