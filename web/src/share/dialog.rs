//! The dialogs that share and export, in JavaScript of their own, and what they ask of the page.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::address::MAX_CHARS;
use super::exports::{attributes, export, title};
use super::link;
use crate::browser;
use crate::chunk::chunk;
use crate::derived::{Derived, Shared};
use crate::plan::Planned;
use crate::state::{Action, Dialog, DialogRequest, Tab};

/// The open text as it was when a dialog opened, which writes it in many formats.
#[derive(Clone)]
struct Contents {
    tab: Tab,
    /// The plan of the text as it is.
    derived: Shared<Derived>,
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

/// Opens the dialog that was asked for last in `root`, as soon as it is loaded, with what the page shows
/// by then. The page does not change while it is open.
#[hook]
pub(crate) fn use_dialogs(
    request: Option<DialogRequest>,
    root: &NodeRef,
    tab: &Tab,
    plan: &Planned,
    act: &Callback<Action>,
) {
    // As the page shows it now, and not when the dialog was asked for.
    let latest = use_mut_ref(|| None::<Contents>);
    latest.replace(Some(Contents { tab: tab.clone(), derived: plan.derived.clone() }));
    let pending = request.filter(|request| request.is_pending);
    let (root, act) = (root.clone(), act.clone());
    use_effect_with(pending, move |pending| {
        let Some(DialogRequest { dialog, number, .. }) = *pending else { return };
        spawn_local(async move {
            let is_loaded = load_and_open(dialog, &root, &latest).await.is_some();
            act.emit(Action::DialogLoaded { number, is_loaded });
        });
    });
}

/// Loads both parts of the dialogs before they are asked for.
pub(crate) async fn load_ahead() {
    // Where that fails, the dialog that is asked for says so.
    let _ = load_answer().await;
    let _ = browser::load("share").await;
}

/// Both parts are fetched at the same time.
async fn load_and_open(
    dialog: Dialog,
    root: &NodeRef,
    latest: &RefCell<Option<Contents>>,
) -> Option<()> {
    spawn_local(async {
        // Where that fails, it does so below again.
        let _ = load_answer().await;
    });
    let module = browser::load("share").await.ok()?.unchecked_into::<ShareModule>();
    let answer = load_answer().await.ok()?;
    let Contents { tab, derived } = latest.borrow().clone()?;
    let contents = Rc::new(Contents { derived: derived.of(&tab.source), tab });
    let ask: Closure<dyn Fn(String) -> JsValue> =
        Closure::new(move |what: String| answer(&what, contents.clone()));
    let ask: Function = ask.into_js_value().unchecked_into();
    let name = match dialog {
        Dialog::Share => "share",
        Dialog::Export => "export",
    };
    module.open(name, &root.cast()?, &ask, MAX_CHARS as u32).ok()
}

chunk!(tools: load_answer -> fn(&str, Rc<Contents>) -> JsValue = answer);

/// `link` gives a promise of the fragment, empty where there can be none; `title` and `attributes` a
/// text; a format its text and a note.
fn answer(what: &str, contents: Rc<Contents>) -> JsValue {
    let Contents { tab, derived } = &*contents;
    match what {
        "link" => {
            let tab = tab.clone();
            let fragment = async move { link::fragment_from_tab(&tab).await.unwrap_or_default() };
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
