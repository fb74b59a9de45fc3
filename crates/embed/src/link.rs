//! The state in a link.

use deployline_share::{Look, Shared, Source, Text};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Plan;

/// The most bytes that a link may unfold to: whoever inflates stops there.
#[wasm_bindgen(js_name = inflatedBytesLimit)]
pub fn inflated_bytes_limit() -> usize {
    deployline_share::MOST_BYTES
}

#[wasm_bindgen]
impl Plan {
    /// Takes all that a link carries; `inflated` are its bytes, no longer compressed. A mistake
    /// otherwise, and nothing is changed.
    #[wasm_bindgen(js_name = readLink)]
    pub fn read_link(&mut self, inflated: &[u8]) -> Option<String> {
        match deployline_share::read(inflated) {
            Ok(shared) => {
                self.take(shared);
                None
            }
            Err(error) => Some(error.to_string()),
        }
    }

    /// What a link to this plan carries, not yet compressed.
    #[wasm_bindgen(js_name = writeLink)]
    pub fn write_link(&self) -> Vec<u8> {
        let texts = self.sources.iter();
        let texts =
            texts.map(|source| Text { name: source.name.clone(), text: source.text.clone() });
        deployline_share::write(&Shared {
            plan: Source {
                texts: texts.collect(),
                inputs: self.inputs.clone(),
                answers: self.answers.clone(),
                assumptions: self.assumptions.clone(),
            },
            pinned: None,
            look: Look {
                arrangement: self.arrangement.clone(),
                window: self.window,
                ..Look::default()
            },
        })
    }

    fn take(&mut self, shared: Shared) {
        let texts = shared.plan.texts.into_iter();
        let sources = texts.map(|Text { name, text }| deployline_export::Source { name, text });
        self.sources = sources.collect();
        self.inputs = shared.plan.inputs;
        self.answers = shared.plan.answers;
        self.assumptions = shared.plan.assumptions;
        self.arrangement = shared.look.arrangement;
        self.window = shared.look.window;
        self.plan_anew();
    }
}

/// The fragment of a link, out of the compressed bytes.
#[wasm_bindgen(js_name = linkFragment)]
pub fn link_fragment(deflated: &[u8]) -> String {
    deployline_share::fragment(deflated)
}
