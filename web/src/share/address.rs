//! The page's address carries what is shown: whoever copies it has a link, and a link that is pasted
//! into it is opened.
//!
//! It is written when nothing has changed for a moment, in the place of the entry that is there, and
//! holds no old text in between. The page as it opens has none, and neither has a text that is
//! too long for one.

use deployline_engine::Ms;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::link;
use crate::browser::window;
use crate::paint::{idle, next_paint};
use crate::state::{Action, Tab};

/// Length of a pause: longer than planning a large text takes.
const PAUSE_MS: u32 = 600;
/// The longest fragment: many programs cut what is longer, and a browser's history keeps each.
pub(super) const MAX_CHARS: usize = 32_000;
/// A text that is longer than this is not even compressed for the address: it hardly ever fits.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// Keeps the address at what is shown, and opens what is put into it.
#[hook]
pub(crate) fn use_address(tab: &Tab, act: &Callback<Action>, is_first: bool) {
    // Where a run is played and which bars are marked is not in a link.
    let mut shown = tab.clone();
    (shown.view.playhead, shown.view.dependents_of) = (None::<Ms>, None);
    // Counts what was shown: what is compressed when something else has come is dropped.
    let latest = use_mut_ref(|| 0_u32);
    let last = use_mut_ref(|| shown.clone());
    let given = use_mut_ref(GivenAddress::default);
    let last_given = given.clone();
    use_effect_with(shown, move |shown| {
        *latest.borrow_mut() += 1;
        let before = last.replace(shown.clone());
        // What the page starts with is in the address already, or need not be.
        let timer = (is_first && before != *shown).then(|| {
            let is_other = before.source.text != shown.source.text;
            // But one that was just put into it is of the text it brought.
            let is_of_it = is_other && hash() == Some(std::mem::take(&mut given.borrow_mut().hash));
            if (is_other && !is_of_it) || shown.is_as_it_opens() {
                clear_after_paint();
            }
            let (of, shown) = (*latest.borrow(), shown.clone());
            Timeout::new(PAUSE_MS, move || {
                spawn_local(async move {
                    let fragment = fragment(&shown).await;
                    if *latest.borrow() == of {
                        put(fragment.as_deref());
                    }
                });
            })
        });
        move || drop(timer)
    });
    let act = act.clone();
    use_effect_with((), move |()| {
        let on_change = is_first.then(|| {
            EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
                let number = last_given.borrow().number.wrapping_add(1);
                last_given.replace(GivenAddress { hash: hash().unwrap_or_default(), number });
                let (act, last_given) = (act.clone(), last_given.clone());
                spawn_local(async move {
                    let link = link::state_from_address().await;
                    // A long link takes longer to read than one that was put there after it.
                    if last_given.borrow().number != number {
                        return;
                    }
                    match link {
                        None => {}
                        Some(Ok(shared)) => act.emit(Action::OpenLink(shared)),
                        Some(Err(problem)) => act.emit(Action::Notify(problem)),
                    }
                });
            })
        });
        move || drop(on_change)
    });
}

/// Fragment that the user, and not the page, put into the address last.
#[derive(Default)]
struct GivenAddress {
    hash: String,
    /// Another number, another one.
    number: u32,
}

/// Fragment that carries a tab.
async fn fragment(tab: &Tab) -> Option<String> {
    if tab.is_as_it_opens() || tab.source.text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let fragment = link::fragment_from_tab(tab).await?;
    (fragment.len() <= MAX_CHARS).then_some(fragment)
}

fn hash() -> Option<String> {
    window()?.location().hash().ok()
}

/// Takes away what is of an old text. The picture and the editor come first: a browser takes milliseconds
/// for it, and reads the page's icon anew.
fn clear_after_paint() {
    let old = hash();
    spawn_local(async move {
        next_paint().await;
        idle().await;
        // What came meanwhile is of another text.
        if hash() == old {
            put(None);
        }
    });
}

/// Writes the address, in the place of the one in the history; does nothing where it is that.
fn put(fragment: Option<&str>) {
    let Some(window) = window() else { return };
    let location = window.location();
    let wanted = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    if hash().as_ref() == Some(&wanted) {
        return;
    }
    let (Ok(path), Ok(search)) = (location.pathname(), location.search()) else { return };
    let Ok(history) = window.history() else { return };
    // A browser that takes no more changes for now gets the next one.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&(path + &search + &wanted)));
}
