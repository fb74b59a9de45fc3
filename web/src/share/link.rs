//! A text as the fragment of an address, and back.
//!
//! What reads and writes links is loaded with the first one, together with what the answers in it need
//! ([`crate::answers`]).

use std::rc::Rc;

use deployline_share::{
    LinkError, LinkState, MAX_PAYLOAD_BYTES, OpenedLink, read_fragment, read_payload,
    write_fragment, write_payload,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::answers;
use crate::browser::window;
use crate::chunk::{NotLoaded, chunk};

/// State that a link carries, or the reason why it can't be read; `None` where there is no link.
pub(crate) type ReadLink = Option<Result<Rc<OpenedLink>, String>>;

chunk!(links: load_writer -> fn(&LinkState) -> Vec<u8> = write_payload);
chunk!(links: load_reader -> fn(&[u8]) -> Result<OpenedLink, LinkError> = read_payload);

#[wasm_bindgen(module = "/src/share/deflate.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn deflate(bytes: &[u8]) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    async fn inflate(bytes: &[u8], most: u32) -> Result<JsValue, JsValue>;
}

/// The fragment that carries a state, without its `#`; `None` where it is longer than any reader takes
/// or the browser can't compress.
pub(super) async fn fragment_from_state(state: &LinkState) -> Option<String> {
    let write_payload = load_writer().await.ok()?;
    let payload = write_payload(state);
    if payload.len() > MAX_PAYLOAD_BYTES {
        return None;
    }
    let deflated = deflate(&payload).await.ok()?;
    Some(write_fragment(&Uint8Array::from(deflated).to_vec()))
}

/// State that the page's address carries.
pub(crate) async fn state_from_address() -> ReadLink {
    let hash = window()?.location().hash().ok()?;
    let state = match read_fragment(&hash) {
        Ok(deflated) => read(&deflated?).await,
        Err(error) => Err(error.to_string()),
    };
    Some(state.map(Rc::new))
}

async fn read(deflated: &[u8]) -> Result<OpenedLink, String> {
    let not_loaded = |NotLoaded| {
        "The link could not be opened: a part of the page could not be loaded. Check the network, and \
         reload the page."
            .to_owned()
    };
    let read_payload = load_reader().await.map_err(not_loaded)?;
    // A link may bring answers, and planning can't wait for their code.
    answers::load().await.map_err(not_loaded)?;
    let inflated = inflate(deflated, MAX_PAYLOAD_BYTES as u32).await;
    let inflated = inflated.map_err(|_| LinkError::Damaged.to_string())?;
    read_payload(&Uint8Array::from(inflated).to_vec()).map_err(|error| error.to_string())
}
