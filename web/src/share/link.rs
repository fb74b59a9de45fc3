//! A text as the fragment of an address, and back.
//!
//! What reads and writes links is loaded with the first one, together with what the answers in it need
//! ([`crate::answers`]).

use std::pin::Pin;
use std::rc::Rc;

use deployline_share::{
    LinkError, MAX_PAYLOAD_BYTES, OpenedLink, is_link, read_fragment, read_payload, write_fragment,
    write_payload,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::answers;
use crate::browser::window;
use crate::chunk::{NotLoaded, chunk};
use crate::state::Tab;

/// State that a link carries, or the reason why it can't be read; `None` where there is no link.
pub(crate) type ReadLink = Option<Result<Rc<OpenedLink>, String>>;

/// A result that the browser's compression is waited for.
type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

chunk!(links: load_writer -> fn(Tab) -> Pending<Option<String>> = |tab| Box::pin(write(tab)));
chunk!(links: load_reader -> fn(String) -> Pending<Result<OpenedLink, String>> = |hash| Box::pin(read(hash)));

#[wasm_bindgen(module = "/src/share/deflate.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn deflate(bytes: &[u8]) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    async fn inflate(bytes: &[u8], most: u32) -> Result<JsValue, JsValue>;
}

/// The fragment that carries a tab, without its `#`; `None` where it is longer than any reader takes
/// or the browser can't compress.
pub(super) async fn fragment_from_tab(tab: &Tab) -> Option<String> {
    let write = load_writer().await.ok()?;
    write(tab.clone()).await
}

async fn write(tab: Tab) -> Option<String> {
    let payload = write_payload(&tab.link_state());
    if payload.len() > MAX_PAYLOAD_BYTES {
        return None;
    }
    let deflated = deflate(&payload).await.ok()?;
    Some(write_fragment(&Uint8Array::from(deflated).to_vec()))
}

/// State that the page's address carries.
pub(crate) async fn state_from_address() -> ReadLink {
    let hash = window()?.location().hash().ok()?;
    if !is_link(&hash) {
        return None;
    }
    Some(load_and_read(hash).await.map(Rc::new))
}

async fn load_and_read(hash: String) -> Result<OpenedLink, String> {
    let not_loaded = |NotLoaded| {
        "The link could not be opened: a part of the page could not be loaded. Check the network, and \
         reload the page."
            .to_owned()
    };
    let read = load_reader().await.map_err(not_loaded)?;
    // A link may bring answers, and planning can't wait for their code.
    answers::load().await.map_err(not_loaded)?;
    read(hash).await
}

async fn read(hash: String) -> Result<OpenedLink, String> {
    let in_words = |error: LinkError| error.to_string();
    let deflated = read_fragment(&hash).map_err(in_words)?.unwrap_or_default();
    let inflated = inflate(&deflated, MAX_PAYLOAD_BYTES as u32).await;
    let inflated = inflated.map_err(|_| in_words(LinkError::Damaged))?;
    read_payload(&Uint8Array::from(inflated).to_vec()).map_err(in_words)
}
