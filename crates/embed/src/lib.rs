//! A plan for other people's pages: the functions of the core for `<deploy-line>`, its iframe and the
//! remark plugin, in one small wasm without a framework.
//!
//! The steps, in order:
//! 1. a page makes a [`Plan`], gives it options by their names ([`Plan::set`]) and a text, or the state of
//!    a link ([`Plan::read_link`]);
//! 2. [`Plan::facts`] has totals, [`Plan::rows`] and [`Plan::axis`] draw the visible part,
//!    [`Plan::table`] and [`Plan::notes`] are for those who read;
//! 3. [`Plan::flip`] changes a checkbox, and with it the text.
//!
//! Markup comes as text in which every name is escaped; the page parses it and never assigns it to
//! `innerHTML`. What is data comes as JSON. [`fence()`] is what documentation tools call in Node.

mod drawn;
mod link;
mod plan;

use wasm_bindgen::prelude::wasm_bindgen;

pub use link::{inflated_bytes_limit, link_fragment};
pub use plan::Plan;

/// Replacement of a fenced block, for a documentation tool.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Fence(deployline_export::Fence);

#[wasm_bindgen]
impl Fence {
    /// The HTML, one line after the other.
    #[wasm_bindgen(getter)]
    pub fn html(&self) -> String {
        self.0.html.clone()
    }

    /// Mistakes in the block's options, a sentence in each line.
    #[wasm_bindgen(getter)]
    pub fn mistakes(&self) -> String {
        self.0.mistakes.join("\n")
    }
}

/// Turns the text of a block into HTML; `info` is the rest of the line behind the block's first word.
#[wasm_bindgen]
pub fn fence(text: &str, info: &str) -> Fence {
    Fence(deployline_export::fence(text, info))
}

/// The style sheet of [`Plan::rows`] and [`Plan::axis`], light and dark as the page around them is.
#[wasm_bindgen(js_name = styleSheet)]
pub fn style_sheet() -> String {
    deployline_timeline::svg::style_sheet()
}

/// The compressed bytes that the fragment of a link carries; none where it is no link of ours.
///
/// # Errors
/// Fails if the link is damaged, too long or of a later version; says what to do.
#[wasm_bindgen(js_name = deflatedBytes)]
pub fn deflated_bytes(fragment: &str) -> Result<Option<Vec<u8>>, String> {
    deployline_share::read_fragment(fragment).map_err(|error| error.to_string())
}
