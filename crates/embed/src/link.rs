//! The state in a link.

use deployline_share::{LinkState, OpenedLink, PlanSource, Text, View};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Plan;

/// Limit of an inflated link: inflating stops there.
#[wasm_bindgen(js_name = inflatedBytesLimit)]
pub fn inflated_bytes_limit() -> usize {
    deployline_share::MAX_PAYLOAD_BYTES
}

#[wasm_bindgen]
impl Plan {
    /// Replaces the plan by that of a link; `inflated` are its bytes, no longer compressed. Returns the
    /// reason where it can't be read; then nothing is changed.
    #[wasm_bindgen(js_name = readLink)]
    pub fn read_link(&mut self, inflated: &[u8]) -> Option<String> {
        match deployline_share::read_payload(inflated) {
            Ok(OpenedLink { state, note }) => {
                self.take(state);
                self.link_note = note;
                None
            }
            Err(error) => Some(error.to_string()),
        }
    }

    /// Returns the state of a link to this plan, not yet compressed.
    #[wasm_bindgen(js_name = writeLink)]
    pub fn write_link(&self) -> Vec<u8> {
        let texts = self.sources.iter();
        let texts =
            texts.map(|source| Text { name: source.name.clone(), text: source.text.clone() });
        deployline_share::write_payload(&LinkState {
            plan: PlanSource {
                texts: texts.collect(),
                inputs: self.inputs.clone(),
                answers: self.answers.clone(),
                assumptions: self.assumptions.clone(),
            },
            pinned: None,
            view: View {
                arrangement: self.arrangement.clone(),
                window: self.window,
                ..View::default()
            },
        })
    }

    fn take(&mut self, state: LinkState) {
        let texts = state.plan.texts.into_iter();
        let sources = texts.map(|Text { name, text }| deployline_export::Source { name, text });
        self.sources = sources.collect();
        self.inputs = state.plan.inputs;
        self.answers = state.plan.answers;
        self.assumptions = state.plan.assumptions;
        self.assumed = Vec::new();
        self.arrangement = state.view.arrangement;
        self.window = state.view.window;
        self.plan_anew();
    }
}

/// Makes the fragment of a link from its compressed bytes.
#[wasm_bindgen(js_name = linkFragment)]
pub fn link_fragment(deflated: &[u8]) -> String {
    deployline_share::write_fragment(deflated)
}
