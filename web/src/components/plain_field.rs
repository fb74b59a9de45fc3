//! The YAML in a plain text field: until the editor is there, or for good where it can't be had.
//!
//! Such a field knows one kind of line break, one unit long. The text has its own, and keeps them.

use std::rc::Rc;

use deployline_engine::format::number;
use deployline_yaml::lines;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::context::use_act;
use crate::state::Action;

/// The most characters that are pasted, here and in the editor: as many as the bytes that are read.
const MAX_CHARACTERS: usize = 4 << 20;

#[derive(Properties, PartialEq)]
pub(crate) struct PlainFieldProps {
    pub(crate) text: Rc<str>,
    pub(crate) field: NodeRef,
}

#[function_component(PlainField)]
pub(crate) fn plain_field(props: &PlainFieldProps) -> Html {
    let PlainFieldProps { text, field } = props;
    let act = use_act();
    let before = text.clone();
    let oninput = emit_found(&act, move |event: InputEvent| {
        let area: HtmlTextAreaElement = event.target()?.dyn_into().ok()?;
        let characters = area.text_length() as usize;
        if characters > MAX_CHARACTERS.max(before.len()) {
            area.set_value(&in_field(&before));
            return Some(Action::Notify(refusal(characters)));
        }
        let after = with_line_breaks_of(&before, &area.value()).into();
        let is_pasted = before.is_empty() && event.input_type() == "insertFromPaste";
        Some(if is_pasted { Action::Paste(after) } else { Action::Type(after) })
    });
    html! {
        <textarea ref={field} class="dl-textarea" aria-label="Pipeline YAML" spellcheck="false"
            value={in_field(text)} {oninput} />
    }
}

/// The reason why a text of so many characters was not pasted.
pub(crate) fn refusal(characters: usize) -> String {
    format!(
        "The pasted text has {} characters; at most {} are read. It was not pasted. Split it into \
         several files, or paste only the pipeline.",
        number(characters),
        number(MAX_CHARACTERS)
    )
}

/// Selection of the field in UTF-16 units of `text`; `None` where the user is elsewhere.
pub(crate) fn selection(field: &NodeRef, text: &str) -> Option<(u32, u32)> {
    let area = field.cast::<HtmlTextAreaElement>()?;
    if !area.matches(":focus").ok()? {
        return None;
    }
    let (from, to) = (area.selection_start().ok()??, area.selection_end().ok()??);
    Some((offset_in_text(text, from), offset_in_text(text, to)))
}

fn in_field(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The field's text with the line breaks that the text before it began with.
fn with_line_breaks_of(before: &str, typed: &str) -> String {
    typed.replace('\n', lines::line_break(before, 0))
}

/// `offset` counts "\r\n" as one, the result as two; both are UTF-16 units.
fn offset_in_text(text: &str, offset: u32) -> u32 {
    let (mut at, mut left) = (0, offset as usize);
    let mut rest = text.chars().peekable();
    while left > 0 {
        let Some(c) = rest.next() else { break };
        at += c.len_utf16();
        if c != '\r' || rest.peek() != Some(&'\n') {
            left = left.saturating_sub(c.len_utf16());
        }
    }
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_stay_those_of_the_text() {
        for (before, typed, expected) in [
            ("a\r\nb\r\n", "a\nbc\n", "a\r\nbc\r\n"),
            ("a\nb\n", "a\nbc\n", "a\nbc\n"),
            ("a\rb\r", "a\nbc\n", "a\rbc\r"),
            ("a", "a\nb", "a\nb"),
            ("", "a\nb", "a\nb"),
        ] {
            assert_eq!(with_line_breaks_of(before, typed), expected);
        }
        assert_eq!(in_field("a\r\nb\rc\n"), "a\nb\nc\n");
    }

    #[test]
    fn a_place_in_the_field_is_a_place_in_the_text() {
        let text = "a\r\n🚀\r\nb";
        let places = [(0, 0), (1, 1), (2, 3), (4, 5), (5, 7), (6, 8), (99, 8)];
        for (offset, expected) in places {
            assert_eq!(offset_in_text(text, offset), expected, "{offset}");
        }
    }
}
