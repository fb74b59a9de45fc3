//! The dialogs that share and export, in JavaScript of their own, and what they ask of the page.

use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::Callback;

use super::address::MOST_CHARS;
use super::exports::{attributes, export, title};
use super::link;
use crate::browser;
use crate::chunk::chunk;
use crate::derived::{Derived, Shared};
use crate::state::{Action, Tab};

/// Which dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Share,
    Export,
}

/// What the page shows at the moment it is asked.
pub(crate) struct Asked {
    pub(crate) tab: Tab,
    /// The plan of the text as it is.
    pub(crate) derived: Shared<Derived>,
}

#[wasm_bindgen]
extern "C" {
    type ShareModule;

    #[wasm_bindgen(method, catch)]
    fn open(
        this: &ShareModule,
        kind: &str,
        root: &Element,
        ask: &Function,
        most_chars: u32,
    ) -> Result<(), JsValue>;
}

/// Opens a dialog in `root`. The page does not change while it is open.
pub(crate) fn open(kind: Kind, root: Element, asked: Asked, act: Callback<Action>) {
    let kind = match kind {
        Kind::Share => "share",
        Kind::Export => "export",
    };
    spawn_local(async move {
        if load_and_open(kind, &root, asked).await.is_none() {
            let words = "A part of the page could not be loaded. Reload the page and try again.";
            act.emit(Action::Notify(words.to_owned()));
        }
    });
}

/// Both are fetched at the same time.
async fn load_and_open(kind: &str, root: &Element, asked: Asked) -> Option<()> {
    spawn_local(async {
        // Where that fails, it does so below again.
        let _ = load_answer().await;
    });
    let module = browser::load("share").await.ok()?.unchecked_into::<ShareModule>();
    let (answer, asked) = (load_answer().await.ok()?, Rc::new(asked));
    let ask: Closure<dyn Fn(String) -> JsValue> =
        Closure::new(move |what: String| answer(&what, asked.clone()));
    let ask: Function = ask.into_js_value().unchecked_into();
    module.open(kind, root, &ask, MOST_CHARS as u32).ok()
}

chunk!(exports: load_answer -> fn(&str, Rc<Asked>) -> JsValue = answer);

/// `link` gives a promise of the fragment, empty where there can be none; `title` and `attributes` a
/// text; a format its text and a note.
fn answer(what: &str, asked: Rc<Asked>) -> JsValue {
    let Asked { tab, derived } = &*asked;
    match what {
        "link" => {
            let shared = tab.carried();
            let fragment = async move { link::of_state(&shared).await.unwrap_or_default() };
            future_to_promise(async move { Ok(fragment.await.into()) }).into()
        }
        "title" => title(tab, derived).into(),
        "attributes" => attributes(tab).into(),
        format => {
            let made = export(format, tab, derived);
            Array::of2(&made.text.into(), &made.note.into()).into()
        }
    }
}
