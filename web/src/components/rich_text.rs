//! Messages with code in them.

use yew::prelude::*;

/// A message as elements: what stands between backticks is code. Names from a text are in it, and
/// stay text.
pub(crate) fn rich_text(message: &str) -> Html {
    let parts = message.split('`').enumerate();
    let parts = parts.map(|(number, part)| match number % 2 {
        0 => html! { {part} },
        _ => html! { <code>{part}</code> },
    });
    parts.collect()
}

/// A message for a place that holds text alone, such as a tooltip or the name of a control.
pub(crate) fn plain_text(message: &str) -> String {
    message.replace('`', "")
}
