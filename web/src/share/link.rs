//! A text as the fragment of an address, and back.

use std::rc::Rc;

use deployline_share::{
    LinkError, LinkState, MAX_PAYLOAD_BYTES, read_fragment, read_payload, write_fragment,
    write_payload,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::browser::window;

/// What came by a link: `None` where there was none.
pub(crate) type Arrived = Option<Result<Rc<LinkState>, LinkError>>;

#[wasm_bindgen(module = "/src/share/deflate.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn deflate(bytes: &[u8]) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    async fn inflate(bytes: &[u8], most: u32) -> Result<JsValue, JsValue>;
}

/// The fragment that carries a state, without its `#`; `None` where it is longer than any reader takes
/// or the browser can't compress.
pub(super) async fn of_state(state: &LinkState) -> Option<String> {
    let payload = write_payload(state);
    if payload.len() > MAX_PAYLOAD_BYTES {
        return None;
    }
    let deflated = deflate(&payload).await.ok()?;
    Some(write_fragment(&Uint8Array::from(deflated).to_vec()))
}

/// State that the page's address carries.
pub(crate) async fn of_address() -> Arrived {
    let hash = window()?.location().hash().ok()?;
    match read_fragment(&hash) {
        Ok(deflated) => Some(inflated(&deflated?).await.map(Rc::new)),
        Err(error) => Some(Err(error)),
    }
}

async fn inflated(deflated: &[u8]) -> Result<LinkState, LinkError> {
    let inflated = inflate(deflated, MAX_PAYLOAD_BYTES as u32).await;
    read_payload(&Uint8Array::from(inflated.map_err(|_| LinkError::Damaged)?).to_vec())
}
